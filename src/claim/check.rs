use super::{
    Claim, Says, Verdict,
    checked::{Checked, prints_as},
};
use crate::{
    Area, Average, Comparison, Confidence, Finding, LeagueTable, LeftOut, Observation, Order, Per, Policy, Published,
    Rank, RankFamily, RankSets, RankSpec, Rate, Result, Rounding, Rule, Significance, Test, Ties, Undefined,
    WithinDispersion, number, special::normal, within_dispersion,
};
use std::{cmp::Ordering, sync::OnceLock};

/// A league table that claims are checked against, and that describes its areas in sentences.
///
/// Of "the highest rate of any" it is said that it is
///
/// - *supported* where the area alone is first of those compared, and first is the only rank that it may truly have: its
///   simultaneous rank set at 95 % ([`RankSets`]) holds no other;
/// - *true of the figures but not certain* where it is first, or joint first, but may truly not be;
/// - *contradicted* where the known rate of another area is higher;
/// - *not checkable* where an area is missing, or suppressed with a bound that allows a rate as high. The verdict on the
///   areas that are compared stands beside, and those that are not are named.
///
/// An area that was left out on purpose has no say, but is named where its rate is higher. A claim of a rate or of an
/// average is supported where the figure prints as it does, however it is rounded at a tie.
///
/// "So many per cent above the average" says two things: that the figure prints so, and that the rate *is* above. So it is
///
/// - *supported* where the percentage prints as it does and equal rates are refuted at 5 % (p of at most 0.05, two-sided,
///   exact): against all other areas together where the average is pooled, against the average as if it were known where it is not;
/// - *true of the figures but not certain* where it prints so, but chance alone could put the rate there;
/// - *contradicted* where it does not print so.
///
/// "0 % above" says nothing of a side, so it needs no test.
///
/// Chance is that of Poisson counts, by exact tests, unless [`Compare::rank_sets`](crate::Compare::rank_sets) chose another
/// [`Test`] or a [`WithinDispersion`]: then rank sets are by these ([`Claims::rank_spec`]), though always simultaneous and at
/// 95 %. Of percentages the test stays the exact one; with a phi_w above 1, equal rates have to be refuted by
/// `(sqrt r1 - sqrt r2) / sqrt(phi_w (1/(4 n1) + 1/(4 n2)))` as a normal deviate too (the second term of the variance is
/// absent for an average taken as known). Where no such variation is given, the reasons say "Poisson variation only".
#[derive(Clone, Debug)]
pub struct Claims {
    /// Ranked from the highest rate, with competition ties.
    league: LeagueTable,
    sets: OnceLock<Option<RankSets>>,
    per: Per,
}

impl LeagueTable {
    /// The table as one that claims are checked against, its rates told per so many people. Claims of ranks are checked with
    /// competition ties, whatever the league table has.
    #[must_use]
    pub fn claims(&self, per: Per) -> Claims {
        let how = self.how().order(Order::Highest).ties(Ties::Competition);
        Claims { league: self.table().compare(how), sets: OnceLock::new(), per: per.on(self.table().basis()) }
    }
}

/// Where the rate of an area stands among those compared, from one end.
pub(super) struct Standing<'a> {
    /// The areas whose rates are further towards that end.
    pub(super) ahead: Vec<Comparison<'a>>,
    /// Other areas with an equal rate.
    pub(super) joint: Vec<Comparison<'a>>,
    /// The best and the worst rank that it may truly have.
    pub(super) set: (usize, usize),
}

/// The areas that have no say, beside a rate.
#[derive(Default)]
pub(super) struct Silent<'a> {
    /// Those whose rate may be as far towards the end, with the reason.
    pub(super) absent: Vec<(&'a Area, LeftOut)>,
    /// Those left out on purpose whose rate is further towards it.
    pub(super) ahead: Vec<(&'a Area, LeftOut, Rate)>,
    /// Those left out on purpose whose rate is not known.
    pub(super) unknown: Vec<(&'a Area, LeftOut)>,
}

impl Claims {
    /// The league table, ranked from the highest rate.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// What rates are told per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// Checks a claim.
    ///
    /// Claims of ranks work out the rank sets of all areas, once.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where no area has the name or code that the claim names.
    pub fn check(&self, claim: &Claim) -> Result<Checked> {
        let row = self.league.table().index(&claim.area)?;
        let mut checked = Checked {
            claim: claim.clone(),
            verdict: Verdict::NotCheckable,
            of_compared: Verdict::NotCheckable,
            compared: self.league.len(),
            per: self.per,
            rate: None,
            rank: None,
            rank_set: None,
            found: None,
            ahead: Vec::new(),
            absent: Vec::new(),
            left_out_ahead: Vec::new(),
            reasons: Vec::new(),
            basis: self.league.table().basis().clone(),
        };
        match (claim.says, self.league.row(row)) {
            (Says::Rate(rate), _) => self.rate(row, rate, &mut checked),
            (_, None) => checked.reasons.push(self.takes_no_part(row)),
            (Says::Among { order, places }, Some(here)) => {
                self.among(here, order, places.get() as usize, &mut checked);
            }
            (Says::Above(percent), Some(here)) => self.percent(here, percent.0, 1.0, &mut checked),
            (Says::Below(percent), Some(here)) => self.percent(here, percent.0, -1.0, &mut checked),
            (Says::Average(average), Some(here)) => self.average(here, average, &mut checked),
        }
        checked.reasons.extend(self.policies_told(row, matches!(claim.says, Says::Rate(_))));
        Ok(checked)
    }

    /// What is done about an area that takes part, and unless its rate stands alone, which other areas something is done about.
    pub(super) fn policies_told(&self, row: usize, alone: bool) -> Vec<String> {
        let table = self.league.table();
        if self.league.place(row).is_none() {
            return Vec::new();
        }
        let mut told = table.policies_touching(row);
        if alone {
            return told;
        }
        let place = |area: &str| table.index(area).ok();
        let others = table.policies().filter(|(area, policy)| {
            let into = match policy {
                Policy::Exclude { .. } => return false,
                Policy::Merge { into, .. } => into,
                _ => area.name(),
            };
            place(area.name()) != Some(row)
                && place(into).is_some_and(|into| into != row && self.league.place(into).is_some())
        });
        let list = listed(&others.collect::<Vec<_>>(), |(area, policy)| format!("{area} ({})", policy.done()));
        told.extend(list.map(|list| format!("Among the other areas compared: {list}.")));
        told
    }

    fn takes_no_part(&self, row: usize) -> String {
        let why = self.league.table().rate(row).and_then(Result::err).map(|why| why.to_string()).unwrap_or_default();
        let rate = self.league.table().excluded_rate(row).map(|rate| format!("; its rate is {}", rate.per(self.per)));
        format!("It takes no part: {why}{}.", rate.unwrap_or_default())
    }

    fn among(&self, here: Comparison<'_>, order: Order, places: usize, to: &mut Checked) {
        let (standing, silent) = (self.standing(here, order), self.silent(here.rate(), order));
        let (table, of) = (self.league.table().len(), to.claim.of.map(|of| of.get() as usize));
        let lacking = of.map_or(0, |of| of.saturating_sub(table));
        // Which of those compared it speaks of is not known, so those ahead may not be among them.
        let narrower = of.filter(|of| *of < self.league.len());
        let (ahead, silent_areas) = (standing.ahead.len(), silent.absent.len() + lacking);
        let judge = |silent: usize| match ahead {
            ahead if ahead >= places => Verdict::Contradicted,
            ahead if ahead + silent >= places || self.league.len() + silent < 2 => Verdict::NotCheckable,
            _ if standing.set.1 + silent <= places => Verdict::Supported,
            _ => Verdict::NotCertain,
        };
        (to.verdict, to.of_compared) = (judge(silent_areas), judge(0));
        if narrower.is_some() && to.verdict == Verdict::Contradicted {
            to.verdict = Verdict::NotCheckable;
        }
        (to.rate, to.rank_set) = (Some(here.rate()), Some(standing.set));
        to.rank = Some(Rank::of(ahead + 1));
        to.ahead = standing.ahead.iter().map(|it| it.area().name().to_owned()).collect();
        to.absent = silent.absent.iter().map(|(area, _)| area.name().to_owned()).collect();
        to.left_out_ahead = silent.ahead.iter().map(|(area, ..)| area.name().to_owned()).collect();
        let (rate, further) = (here.rate().per(self.per), further(order));
        let areas = number::counted(self.league.len(), "area");
        to.reasons.push(format!(
            "Its rate is {rate}, {}rank {} of the {areas} compared, {order} first.",
            if standing.joint.is_empty() { "" } else { "joint " },
            ahead + 1
        ));
        if let Some(list) = listed(&standing.ahead, |it| format!("{} ({})", it.area(), it.rate().per(self.per))) {
            to.reasons.push(format!("{}: {list}.", capital(further)));
        }
        if let Some(list) = listed(&standing.joint, |it| it.area().to_string()) {
            to.reasons.push(format!("As {}: {list}.", if order == Order::Highest { "high" } else { "low" }));
        }
        if self.league.len() < 2 {
            to.reasons.push("No other area is compared.".into());
        } else if to.of_compared != Verdict::Contradicted {
            to.reasons.push(self.set_told(standing.set, order));
        }
        if places >= self.league.len() + silent_areas && places > 1 {
            let of = number::grouped((self.league.len() + silent_areas) as u64);
            to.reasons.push(format!("That would be true of any of them: there are {of}."));
        }
        if let Some(of) = narrower {
            let (of, areas) = (number::counted(of, "area"), number::grouped(self.league.len() as u64));
            to.reasons.push(format!("It speaks of {of}, and {areas} are compared: which are meant is not known."));
        }
        if let Some(list) = listed(&silent.absent, |(area, why)| format!("{area} ({why})")) {
            to.reasons.push(format!("Not compared, and perhaps {further}: {list}."));
        }
        if lacking > 0 {
            let of = number::grouped((table + lacking) as u64);
            to.reasons
                .push(format!("The table has {} of the {of} areas that it speaks of.", number::grouped(table as u64)));
        }
        if let Some(list) = listed(&silent.ahead, |it| self.left_out_told(it)) {
            to.reasons.push(format!("Left out, though {further}: {list}."));
        }
        if let Some(list) = listed(&silent.unknown, |(area, why)| format!("{area} ({why})")) {
            to.reasons.push(format!("Left out, its rate not known: {list}."));
        }
    }

    pub(super) fn left_out_told(&self, (area, why, rate): &(&Area, LeftOut, Rate)) -> String {
        format!("{area} with {} ({why})", rate.per(self.per))
    }

    /// What a rank set says.
    pub(super) fn set_told(&self, (lower, upper): (usize, usize), order: Order) -> String {
        let spec = self.rank_spec();
        let [from, to] = [lower, upper].map(|rank| number::grouped(rank as u64));
        let ranks = match upper - lower {
            0 => format!("can only be {from}"),
            1 => format!("may be {from} or {to}"),
            _ => format!("may be {from} to {to}"),
        };
        let poisson = self.poisson();
        let from = if order == Order::Lowest { ", lowest first," } else { "" };
        format!("Its true rank among them{from} {ranks} (rank sets, {spec}{poisson}).")
    }

    /// Where a rate stands, from either end.
    pub(super) fn standing<'a>(&'a self, here: Comparison<'a>, order: Order) -> Standing<'a> {
        let (mut ahead, mut joint) = (Vec::new(), Vec::new());
        let ranked: Vec<Comparison<'a>> = self.league.ranked().collect();
        let from_the_end: Box<dyn Iterator<Item = &Comparison<'a>>> = match order {
            Order::Highest => Box::new(ranked.iter()),
            Order::Lowest => Box::new(ranked.iter().rev()),
        };
        for there in from_the_end {
            match order.place(there.rate().cmp_value(&here.rate())) {
                Ordering::Less => ahead.push(*there),
                Ordering::Equal if there.area() != here.area() => joint.push(*there),
                Ordering::Equal => {}
                Ordering::Greater => break,
            }
        }
        let areas = self.league.len();
        let set = self.sets().and_then(|sets| sets.set(here.area().name()).ok());
        let (lower, upper) = set.map_or((1, areas), |set| (set.lower(), set.upper()));
        let set = match order {
            Order::Highest => (lower, upper),
            Order::Lowest => (areas + 1 - upper, areas + 1 - lower),
        };
        Standing { ahead, joint, set }
    }

    /// The areas without a say beside a rate.
    pub(super) fn silent(&self, rate: Rate, order: Order) -> Silent<'_> {
        let mut silent = Silent::default();
        for (row, (area, outcome)) in self.league.areas().enumerate() {
            let Err(why) = outcome else { continue };
            let bound = match why {
                // The figures of an area that was merged are in another one.
                LeftOut::ZeroPopulation | LeftOut::Merged { .. } => continue,
                LeftOut::Excluded(_) => {
                    match self.league.table().excluded_rate(row) {
                        None => silent.unknown.push((area, why)),
                        Some(its) if order.place(its.cmp_value(&rate)).is_lt() => silent.ahead.push((area, why, its)),
                        Some(_) => {}
                    }
                    continue;
                }
                LeftOut::NotKnown(Observation::Suppressed { at_most: Some(most) }) => Some(most),
                LeftOut::NotKnown(_)
                | LeftOut::NoPopulation
                | LeftOut::NotInBoth
                | LeftOut::NotInTable
                | LeftOut::OtherPolicy => None,
            };
            let most = bound.and_then(|most| Some(Rate::of(most, self.league.table().population(row)?)));
            // A suppressed count may be 0 whatever its bound.
            let reaches = order == Order::Lowest || most.is_none_or(|most| most.cmp_value(&rate).is_ge());
            if reaches {
                silent.absent.push((area, why));
            }
        }
        silent
    }

    /// How rank sets are made: by the test and the variation within areas that [`Compare::rank_sets`](crate::Compare::rank_sets)
    /// chose, for all areas at once and at 95 %, whatever it chose of these.
    #[must_use]
    pub fn rank_spec(&self) -> RankSpec {
        let chosen = self.league.how().rank_sets.unwrap_or_default();
        chosen.with_family(RankFamily::Simultaneous).with_confidence(Confidence::P95)
    }

    /// The variation within areas, where it is above that of Poisson counts.
    fn within(&self) -> Option<WithinDispersion> {
        self.rank_spec().dispersion().filter(|within| within.factor() > 1.0)
    }

    /// What is said beside a verdict that allows for no more than Poisson variation.
    fn poisson(&self) -> String {
        let told = || format!("; {}", within_dispersion::variation(self.rank_spec().dispersion()));
        self.within().map_or_else(told, |_| String::new())
    }

    /// The sets; they take time proportional to the square of the number of areas.
    fn sets(&self) -> Option<&RankSets> {
        self.sets.get_or_init(|| self.league.rank_sets(self.rank_spec()).ok()).as_ref()
    }

    fn rate(&self, row: usize, claimed: Published, to: &mut Checked) {
        let table = self.league.table();
        let claimed = claimed.on(table.basis());
        let known = table.rate(row).and_then(Result::ok).or_else(|| table.excluded_rate(row));
        let Some(rate) = known else {
            to.reasons.push(self.takes_no_part(row));
            let bounds = (table.observation(row), table.population(row));
            if let (Some(Observation::Suppressed { at_most: Some(most) }), Some(people)) = bounds {
                let least = claimed.counts(people, Rounding::HalfAwayFromZero).map(|counts| *counts.start());
                if least.is_none_or(|least| least > most) {
                    (to.verdict, to.of_compared) = (Verdict::Contradicted, Verdict::Contradicted);
                    let exposed = claimed.per().exposed(people);
                    to.reasons.push(format!("{claimed} on {people} {exposed} would be more offences."));
                }
            }
            return;
        };
        let mut findings = Rounding::ALL.iter().map(|rounding| claimed.check(rate, *rounding));
        let agreeing = findings.find(Finding::agrees);
        to.verdict = if agreeing.is_some() { Verdict::Supported } else { Verdict::Contradicted };
        let finding = agreeing.unwrap_or_else(|| claimed.check(rate, Rounding::default()));
        (to.of_compared, to.rate) = (to.verdict, Some(rate));
        to.found = Some(rate.per(claimed.per()).value());
        to.reasons.push(format!("{finding}."));
        if let Some(Err(why)) = table.rate(row) {
            to.reasons.push(format!("It takes no part in comparisons: {why}."));
        }
    }

    fn percent(&self, here: Comparison<'_>, claimed: Published, sign: f64, to: &mut Checked) {
        to.rate = Some(here.rate());
        let percent = match here.percent() {
            Ok(percent) => percent,
            Err(why) => return to.reasons.push(format!("There is no percentage: {why}.")),
        };
        to.found = Some(percent);
        let decimals = claimed.decimals() as usize;
        let side = |percent: f64| if percent < 0.0 { "below" } else { "above" };
        let told = |percent: f64| format!("{} % {}", number::fixed(percent.abs(), decimals.max(1)), side(percent));
        let own = format!("{} % {}", Self::percent_shown(here, percent, decimals.max(1)), side(percent));
        let average = self.average_told(here);
        to.reasons.push(format!("Its rate is {}, {own} {average}.", here.rate().per(self.per)));
        to.reasons.extend(self.suppressed_told());
        let agrees = prints_as(claimed, sign * percent);
        to.verdict = if !agrees {
            Verdict::Contradicted
        } else {
            match self.chance(here) {
                _ if claimed.value() == 0.0 => Verdict::Supported,
                Ok((p, told)) => {
                    let (verdict, refuted) = match p <= Confidence::P95.alpha() {
                        true => (Verdict::Supported, "are refuted"),
                        false => (Verdict::NotCertain, "are not refuted"),
                    };
                    to.reasons.push(format!("Equal rates {refuted} at 5 %: {told}."));
                    verdict
                }
                Err(why) => {
                    to.reasons.push(format!("What chance could do is not known: {why}."));
                    Verdict::NotCertain
                }
            }
        };
        to.of_compared = to.verdict;
        if !agrees {
            let others = self.other_averages(|average| {
                let percent = 100.0 * (here.rate().value() / average - 1.0);
                (average > 0.0).then(|| (told(percent), prints_as(claimed, sign * percent)))
            });
            to.reasons.extend(others);
        }
    }

    fn average(&self, here: Comparison<'_>, claimed: Published, to: &mut Checked) {
        let claimed = claimed.on(self.league.table().basis());
        to.rate = Some(here.rate());
        let average = match here.average() {
            Ok(average) => average,
            Err(why) => return to.reasons.push(format!("There is no average: {why}.")),
        };
        to.found = Some(average.per(claimed.per()));
        let decimals = claimed.decimals() as usize;
        let shown = |value: f64| format!("{} {}", number::fixed(value, decimals.max(1)), claimed.per());
        let own = format!("{} {}", average.digits(claimed.per(), decimals.max(1)), claimed.per());
        to.reasons.push(format!("The average is {}: {}.", self.average_name(here), own));
        to.reasons.extend(self.suppressed_told());
        let agrees = prints_as(claimed, average.per(claimed.per()));
        to.verdict = if agrees { Verdict::Supported } else { Verdict::Contradicted };
        to.of_compared = to.verdict;
        if !agrees {
            let others = self.other_averages(|average| {
                let average = claimed.per().scale(average);
                Some((shown(average), prints_as(claimed, average)))
            });
            to.reasons.extend(others);
        }
    }

    /// What suppressed counts could make of a pooled average that leaves them out.
    pub(super) fn suppressed_told(&self) -> Option<String> {
        let average = self.league.how().average();
        let pooled = average.rule() == Rule::Pooled && average.over_which().is_everyone();
        let suppressed = |why: &LeftOut| matches!(why, LeftOut::NotKnown(Observation::Suppressed { .. }));
        let any = pooled && self.league.left_out().any(|(_, why)| suppressed(why));
        any.then(|| self.league.per(self.per).suppressed_note()).flatten()
    }

    /// What the averages in common use would give, and which of them agrees.
    fn other_averages(&self, of: impl Fn(f64) -> Option<(String, bool)>) -> Option<String> {
        let told = [Average::POOLED, Average::MEAN, Average::MEDIAN].into_iter().filter_map(|average| {
            let (shown, agrees) = of(average.of(self.league.rates())?.per_head())?;
            Some(format!("{average}: {shown}{}", if agrees { ", which agrees" } else { "" }))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("By the averages of all compared: {}.", told.join("; ")))
    }

    /// The p-value of the area's rate being no other than the average, two-sided, and what it is: exactly against all other
    /// areas where the average is pooled, against the average as if it were known otherwise. With variation within areas the
    /// larger of that and the one of square roots, so that it makes nothing surer.
    pub(super) fn chance(&self, here: Comparison<'_>) -> Result<(f64, String), Undefined> {
        let average = here.average()?;
        let (own, people) = (here.rate().value(), here.rate().population().get() as f64);
        let (p, apart, variance, whom) = match average.average().rule() {
            Rule::Pooled => {
                let whom = match self.league.how().average().over_which().is_everyone() {
                    true => "the other areas together",
                    false => "the other areas of its group together",
                };
                let ratio = here.against_rest()?;
                let others = ratio.base().population().get() as f64;
                let apart = own.sqrt() - ratio.base().value().sqrt();
                (ratio.significance(Test::Exact), apart, 0.25 / people + 0.25 / others, whom)
            }
            _ => {
                let apart = own.sqrt() - average.per_head().sqrt();
                (
                    here.rate().beside(average).significance(Test::Exact),
                    apart,
                    0.25 / people,
                    "the average as if it were known",
                )
            }
        };
        Ok(match self.within() {
            None => (p.two_sided(), format!("{}, against {whom}{}", exact(p), self.poisson())),
            Some(within) => {
                let wide = (2.0 * normal::upper_tail(apart.abs() / (within.factor() * variance).sqrt())).min(1.0);
                let told = if wide < 0.0001 { "p < 0.0001".into() } else { format!("p = {}", number::fixed(wide, 4)) };
                let told = format!("{}, and by square roots with phi_w {within} {told}, against {whom}", exact(p));
                (p.two_sided().max(wide), told)
            }
        })
    }

    /// The per cent between a rate and the average, without a sign: of a pooled average as an exact fraction.
    pub(super) fn percent_shown(here: Comparison<'_>, percent: f64, decimals: usize) -> String {
        let exactly = || {
            let (rate, sums) = (here.rate(), here.average().ok()?.sums()?);
            let own = u128::from(rate.count()).checked_mul(sums.population())?;
            let average = sums.count().checked_mul(rate.population().get().into())?;
            let apart = own.abs_diff(average).checked_mul(100)?;
            (average > 0).then(|| number::exact(apart, average, decimals))
        };
        exactly().unwrap_or_else(|| number::fixed(percent.abs(), decimals))
    }

    /// Such as `the pooled average of 37 areas`.
    pub(super) fn average_name(&self, here: Comparison<'_>) -> String {
        let how = self.league.how().average();
        let areas = match here.average() {
            Ok(average) if how.with_self() => number::counted(average.areas(), "area"),
            Ok(average) => number::counted(average.areas(), "other area"),
            Err(_) => return "no average".into(),
        };
        let group = self.league.groups().map(|groups| format!("{areas} of its group ({})", groups.name()));
        let areas = group.unwrap_or(areas);
        match how.rule() {
            Rule::Pooled => format!("the pooled average of {areas}"),
            Rule::Mean => format!("the mean of the rates of {areas}"),
            Rule::Median => format!("the median rate of {areas}"),
            Rule::Fixed(_) => format!("a given average of {}", how.to_string().trim_start_matches("fixed at ")),
        }
    }

    /// Such as `the pooled average of 37 areas, 83.6 per 100,000`.
    pub(super) fn average_told(&self, here: Comparison<'_>) -> String {
        let name = self.average_name(here);
        match (here.average(), self.league.how().average().rule()) {
            (Err(_), _) | (_, Rule::Fixed(_)) => name,
            (Ok(average), _) => {
                format!("{name}, {} {}", average.digits(self.per, number::decimals(average.per(self.per))), self.per)
            }
        }
    }
}

/// Such as `exact p = 0.0010`.
pub(super) fn exact(p: Significance) -> String {
    format!("exact {}", p.to_string().trim_end_matches(" (exact)"))
}

const fn further(order: Order) -> &'static str {
    match order {
        Order::Highest => "higher",
        Order::Lowest => "lower",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first few of a list, and how many more there are; `None` of none.
pub(super) fn listed<T>(items: &[T], tell: impl Fn(&T) -> String) -> Option<String> {
    const TOLD: usize = 5;
    let told: Vec<String> = items.iter().take(TOLD).map(tell).collect();
    match items.len() {
        0 => None,
        n if n <= TOLD => Some(told.join(", ")),
        n => Some(format!("{} and {} more", told.join(", "), number::grouped((n - TOLD) as u64))),
    }
}
