//! Claims about a series: since when a rate is the highest, and by how much it rose a year.

use super::{
    checked::Checked,
    checker::Checker,
    claim::Claim,
    course::Course,
    factor::Factor,
    family::{AllTests, Picked},
    relation::Relation,
    side::Side,
    verdict::Verdict,
};
use crate::{
    base::{Error, ErrorKind, Result, digits, words},
    rate::{Order, Period},
    time::{AreaSeries, Since, Trend, TrendLimits},
};
use std::cmp::Ordering;

impl Claim {
    /// The area's latest rate is the highest since a period, that one left out.
    ///
    /// ```
    /// use crimerate::{Average, Claim, Per, claim::Verdict, time::Series};
    ///
    /// let years = [("2015", 900), ("2016", 700), ("2017", 640), ("2018", 705), ("2019", 850)];
    /// let series = Series::from_rows(years.map(|(year, count)| ("Kent", year, count, 1_850_000)))?;
    /// let latest = series.table("2019".parse()?)?.compare(Average::POOLED);
    /// let claims = latest.claims(Per::HUNDRED_THOUSAND).with_series(series);
    /// let since = |year: &str| Ok::<_, crimerate::Error>(Claim::highest_since("Kent", year.parse()?));
    /// assert_eq!(since("2015")?.to_string(), "Kent has the highest rate since 2015");
    /// assert_eq!(claims.check(&since("2015")?)?.verdict(), Verdict::Supported);
    /// assert_eq!(claims.check(&since("2013")?)?.verdict(), Verdict::NotCheckable);
    /// let up = Claim::rose_a_year("Kent", "0.6")?;
    /// assert_eq!(claims.check(&up)?.verdict(), Verdict::Contradicted);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn highest_since(area: impl Into<String>, since: Period) -> Self {
        Self::over_time(area, Course::Since { order: Order::Highest, since })
    }

    /// The area's latest rate is the lowest since a period, that one left out.
    #[must_use]
    pub fn lowest_since(area: impl Into<String>, since: Period) -> Self {
        Self::over_time(area, Course::Since { order: Order::Lowest, since })
    }

    /// The area's rate rose by as many per cent a year over the series (fell, below 0), as its trend has it.
    ///
    /// # Errors
    /// As [`Relation::percent_above`].
    pub fn rose_a_year(area: impl Into<String>, percent: &str) -> Result<Self> {
        Ok(Self::trend(area, Relation::percent_above(percent)?))
    }

    /// The area's rate of one year lies so to that of the year before, as its trend over the series has it.
    #[must_use]
    pub fn trend(area: impl Into<String>, relation: Relation) -> Self {
        Self::over_time(area, Course::Trend { relation })
    }
}

impl Checker {
    /// Judges a claim about the series.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where the series does not have the area; [`ErrorKind::Conflict`] where a period is longer than those of the series.
    pub(super) fn over_time(&self, claim: &Claim, says: Course, to: &mut Checked) -> Result<()> {
        let Some(series) = self.series() else {
            to.reasons.push("No series is given that would say so.".into());
            return Ok(());
        };
        if let Some(why) = self.apart_in_series(self.league().table().index(claim.area())?) {
            to.reasons.push(why);
            return Ok(());
        }
        let area = series.area(claim.area())?;
        match says {
            Course::Since { order, since } => {
                let months = series.months();
                if since.months() > months {
                    let each = if months == 1 { "months" } else { "shorter" };
                    let (what, why) =
                        (format!("checked since {since}"), format!("its periods are {each}; say since which"));
                    return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(claim.area()));
                }
                if !self.since_by_ends(claim, area, (order, since), to)? {
                    self.since(area, order, since, to);
                }
            }
            Course::Trend { relation } => self.trend(area, relation, to),
        }
        to.of_compared = to.verdict;
        Ok(())
    }

    pub(super) fn since(&self, area: AreaSeries<'_>, order: Order, since: Period, to: &mut Checked) {
        let periods = area.series().periods();
        let Some(last) = periods.last().copied() else { return };
        if last <= since || !periods.contains(&since) {
            let (first, of) = (periods.first().copied().unwrap_or(last), area.area());
            to.reasons.push(format!(
                "The series of {of} is of {first} to {last}, and does not have {since} before its last period."
            ));
            return;
        }
        let found = match order {
            Order::Highest => area.highest_since(last),
            Order::Lowest => area.lowest_since(last),
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => return to.reasons.push(format!("{last} is not compared: {}.", reason(&error))),
        };
        to.rate = Some(found.rate());
        let per = area.series().read(self.per());
        let (printed, each) =
            (found.rate().per(per), if per.is_in_person_months() { 12 } else { area.series().months() });
        let reached = found.since().is_none_or(|found| found <= since);
        let told = match found.since().zip(found.rate_then()) {
            Some((period, then)) if !reached => {
                let apart = match then.cmp_value(&found.rate()) {
                    Ordering::Equal => "the same as".to_owned(),
                    _ => format!("{} than", opposite(order)),
                };
                let before = if period.next() == Some(last) { ", the period before it" } else { "" };
                format!("{apart} in {period} ({}){before}", then.per(per).digits(printed.decimals()))
            }
            _ => found.to_string(),
        };
        to.reasons.push(format!("Its rate in {last} is {printed}{}, {told}.", words::each(each)));
        let gap = found.passes_over_after(since);
        to.verdict = match (reached, gap) {
            (false, _) => Verdict::Contradicted,
            (true, true) => Verdict::NotCheckable,
            (true, false) => self.certain_since(area, since, &found, to),
        };
        let further = since != found.first() && area.rate(since).is_ok();
        if further && found.since().is_none_or(|found| found < since) && reached {
            to.reasons.push(format!("It says no more than it could: that of {since} was {} too.", opposite(order)));
        }
        to.reasons.push("Each period is compared with every other as it is: seasons stay in.".into());
    }

    fn certain_since(&self, area: AreaSeries<'_>, since: Period, found: &Since, to: &mut Checked) -> Verdict {
        let level = self.sets_spec().confidence();
        let Some(p) = self.p_since(area, found) else {
            to.reasons.push(nothing_between(found, since));
            return Verdict::NotCheckable;
        };
        let all = || {
            let others = area.series().iter().filter_map(|other| self.p_of_since(other, found.order(), since));
            others.collect::<AllTests>()
        };
        let picked = match self.is_at_ends() && !self.is_chosen_beforehand() {
            true => Picked::of_areas(p, area.series().len(), true),
            false => self.picked_from(p, true, all),
        };
        let exact = found.p().unwrap_or(p);
        let within = self
            .within()
            .map_or_else(String::new, |within| format!(", and with phi_w {within} {}", digits::p_value(p)));
        to.reasons.push(format!(
            "Equal rates in it and in the nearest of the {} between: {} (exact, one-sided){within}{}.",
            found.between(),
            digits::p_value(exact),
            picked.as_ref().map_or_else(String::new, |picked| format!("; {}", picked.after(p)))
        ));
        to.p_alone = Some(p);
        let p = picked.map_or(p, |picked| picked.p);
        to.p = Some(p);
        if p <= level.alpha() { Verdict::Supported } else { Verdict::NotCertain }
    }

    /// The largest of the p-values of equal rates against each period between.
    fn p_since(&self, area: AreaSeries<'_>, found: &Since) -> Option<f64> {
        let exact = found.p()?;
        if self.within().is_none() {
            return Some(exact);
        }
        let side = if found.order() == Order::Highest { Side::More } else { Side::Less };
        let between = area.whole_rates_before(found.period());
        let between = between.take_while(|(period, _)| found.since().is_none_or(|since| *period > since));
        Some(between.map(|(_, other)| self.pair(found.rate(), other, Factor::ONE, side)).fold(exact, f64::max))
    }

    /// The same of an area that the sentence could have been about: 1 where it would not be so.
    fn p_of_since(&self, area: AreaSeries<'_>, order: Order, since: Period) -> Option<f64> {
        let last = area.series().periods().last().copied()?;
        let found = match order {
            Order::Highest => area.highest_since(last),
            Order::Lowest => area.lowest_since(last),
        };
        // What is suppressed may be so.
        let suppressed = || area.suppressed().any(|(period, _)| period == last).then_some(1.0);
        let Ok(found) = found else { return suppressed() };
        let holds = found.since().is_none_or(|then| then <= since) && !found.passes_over_after(since);
        if holds { self.p_since(area, &found) } else { Some(1.0) }
    }

    fn trend(&self, area: AreaSeries<'_>, relation: Relation, to: &mut Checked) {
        if let Some(suppressed) = suppressed_told(area, None) {
            return to.reasons.push(format!("{suppressed}, so there is no trend to be told."));
        }
        let trend = match area.trend() {
            Ok(trend) => trend,
            Err(error) => return to.reasons.push(format!("There is no trend: {}.", reason(&error))),
        };
        let level = self.sets_spec().confidence();
        let found = if relation.in_times() { trend.ratio() } else { trend.percent() };
        to.found = Some(found).filter(|found| found.is_finite());
        let interval = trend.interval(TrendLimits::default(), level);
        let [lower, upper] = [interval.lower(), interval.upper()].map(|limit| digits::signed(100.0 * (limit - 1.0), 1));
        to.reasons.push(format!(
            "Its trend over {} periods{} is {} % a year ({level} interval {lower} to {upper}, by Wald with Student's distribution, phi {} and at least 1).",
            trend.periods(),
            if trend.seasons() > 1 { ", beside the seasons of a year," } else { "" },
            digits::signed(trend.percent(), 1),
            digits::fixed(trend.phi(), 2)
        ));
        if !area.parts().is_empty() {
            let parts = area.parts_in_words(&area.parts());
            to.reasons.push(format!("Not in the trend, as figures have seasons: {parts}."));
        }
        let (factor, side, _) = relation.bound();
        let said = relation.is_said_of(found).unwrap_or(true);
        to.verdict = match (said, side) {
            (false, _) => Verdict::Contradicted,
            (true, None) => {
                to.reasons.push("No test can say that rates are equal.".into());
                Verdict::NotCertain
            }
            (true, Some(side)) => {
                // One-sided of a bound, two-sided of a figure, whose test is that of no trend.
                let two_sided = relation.is_printed();
                let test = |trend: Trend| match two_sided {
                    true => trend.p(TrendLimits::default()),
                    false => trend.p_beyond(factor.value(), side == Side::More),
                };
                let p = test(trend);
                let sides = if two_sided { "no trend: " } else { "just there: one-sided " };
                // One of which a count is suppressed may have any.
                let unknown = |area: &AreaSeries<'_>| area.suppressed().next().is_some();
                let all = || {
                    let known = area.series().iter().filter(|area| !unknown(area)).filter_map(|area| area.trend().ok());
                    known.map(test).collect::<AllTests>().with_unknown(area.series().iter().filter(unknown).count())
                };
                let picked = self.picked_from(p, !two_sided, all);
                let as_picked = picked.as_ref().map_or_else(String::new, |picked| format!("; {}", picked.after(p)));
                to.reasons.push(format!("Test of {sides}{}{as_picked}.", digits::p_value(p)));
                to.p_alone = Some(p);
                let p = picked.map_or(p, |picked| picked.p);
                to.p = Some(p);
                if p <= level.alpha() { Verdict::Supported } else { Verdict::NotCertain }
            }
        };
        to.weaken_if_only_whole(relation, [found]);
    }
}

/// With no period between that it passes, a rate is the highest since no other than its own.
fn nothing_between(found: &Since, since: Period) -> String {
    let then = found.rate_then().filter(|_| found.since() == Some(since));
    let told = match then.map(|then| found.rate().cmp_value(&then)) {
        None => format!("{since} has no rate of all of it"),
        Some(Ordering::Less) => format!("it fell since {since}"),
        Some(Ordering::Equal) => format!("it is as it was in {since}"),
        Some(Ordering::Greater) => format!("it rose since {since}"),
    };
    format!("No period lies between, and {told}.")
}

const fn opposite(order: Order) -> &'static str {
    match order {
        Order::Highest => "lower",
        Order::Lowest => "higher",
    }
}

pub(super) fn reason(error: &Error) -> String {
    match error.kind() {
        ErrorKind::LeftOut { reason } => reason.clone(),
        kind => kind.to_string(),
    }
}

/// Which counts of an area are suppressed from a period on, or at all, such as `Kent: the count of 2018 is suppressed`.
pub(super) fn suppressed_told(area: AreaSeries<'_>, from: Option<Period>) -> Option<String> {
    let there = area.suppressed().filter(|(period, _)| from.is_none_or(|from| *period >= from));
    let there: Vec<String> = there.map(|(period, count)| format!("{period} ({count})")).collect();
    let [of, are] = if there.len() == 1 { ["count", "is"] } else { ["counts", "are"] };
    (!there.is_empty())
        .then(|| format!("{}: the {of} of {} {are} not known", area.area(), words::listed(&there, ", ", "period")))
}
