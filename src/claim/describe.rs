//! True sentences about an area.
//!
//! What is described can be checked: a description is made of claims as well as of sentences, and no claim of it may be
//! contradicted.

use super::{
    checker::Checker, claim::Claim, compared_with::ComparedWith, ordinal::ordinal, published::Published,
    relation::Relation, verdict::Verdict, words::listed,
};
use crate::{
    average::Rule,
    base::{Result, digits, words},
    league::Comparison,
    rate::Order,
    table::Area,
    time::{Change, Trend},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// True sentences about one area in plain English, and the claims among them that [`Checker::check`] can check.
///
/// Read back, it is as it was written; that it holds for a table is told by `claims.describe(read.area())? == read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Description {
    area: String,
    sentences: Vec<String>,
    claims: Vec<Claim>,
}

impl Checker {
    /// Describes an area: its rate with its interval, what is done about figures that mislead, how far it lies from which average, its rank and how sure that is, what it was before where that is given,
    /// who is not compared, and what the figures rest on. With a series ([`Checker::with_series`]) also how its latest rate lies to that of a year before (unless the
    /// table before is given, too), its trend, and since when it is the highest or the lowest, each as a claim of it is checked.
    /// Of an area whose count is suppressed: what is known by the ends of what it may be.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 600, 50_000), ("B", 300, 50_000), ("C", 310, 50_000)])?;
    /// let described = table.compare(Average::POOLED).claims(Per::THOUSAND).describe("A")?;
    /// assert_eq!(described.sentences()[0], "A has 600 counts among a population of 50,000, a rate of 12.0 per 1,000 (95 % interval \
    ///     11.1 to 13.0, exact).");
    /// assert_eq!(described.sentences()[2], "Its rate is the highest of the 3 areas compared; its true rank among them can only be 1 (rank sets, \
    ///     simultaneous at 95 %, exact).");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`LeagueTable::area`](crate::LeagueTable::area).
    pub fn describe(&self, area: &str) -> Result<Description> {
        let row = self.league().table().index(area)?;
        if let Some(within) = self.describe_within(row) {
            return Ok(within);
        }
        let here = self.league().area(area)?;
        let mut to = Description::new(here.area().label(), Vec::new(), Vec::new());
        self.describe_rate(here, self.league().table().has_denominator(row), &mut to);
        let policies = self.policies_told(row, false);
        to.sentences.extend(policies);
        self.describe_distance(here, row, &mut to);
        self.describe_rank(here, &mut to);
        self.describe_change(here, row, &mut to);
        self.describe_course(here.area(), &mut to)?;
        let basis = self.league().table().basis();
        to.sentences.extend(self.poisson());
        to.sentences.extend((!basis.is_empty()).then(|| format!("Basis: {basis}.")));
        Ok(to)
    }

    fn describe_rate(&self, here: Comparison<'_>, instead: bool, to: &mut Description) {
        let (rate, spec) = (here.rate().per(self.per()), self.league().how().interval());
        let (count, people) = (here.rate().count(), here.rate().population());
        let (decimals, nouns) = (digits::decimals(rate.value()), self.nouns());
        let within = spec.dispersion().or(self.within()).filter(|within| within.factor() > 1.0);
        let (interval, told) = match within {
            Some(within) if !self.is_at_ends() => {
                let told = format!("{}, for phi_w {within}", spec.method());
                (here.rate().interval(spec.with_dispersion(within)), told)
            }
            _ => (here.interval(), spec.method().to_string()),
        };
        to.sentences.push(format!(
            "{} has {} {}, a rate of {rate}{} ({} interval {}, {}).",
            here.area(),
            nouns.counts(count),
            if instead { format!("on a denominator of {people}") } else { format!("among {}", nouns.exposed(people)) },
            self.each(),
            spec.confidence(),
            interval.per(self.per()).digits(decimals),
            told,
        ));
        let printed = Published::new(&rate.plain(decimals), self.per());
        to.claims.extend(printed.ok().map(|printed| Claim::rate(here.area().label(), printed)));
    }

    fn describe_distance(&self, here: Comparison<'_>, row: usize, to: &mut Description) {
        let name = here.area().label();
        let percent = match here.percent() {
            Ok(percent) => percent,
            Err(why) => return to.sentences.push(format!("No distance from the average can be told: {why}.")),
        };
        if here.average().is_ok_and(|average| average.areas() < 2) && self.is_in_its_average() {
            to.sentences.push("No distance from the average can be told: no other area is in it.".into());
            return self.claim_average(here, to);
        }
        let mut decimals = usize::from(percent.abs() < 9.95);
        if decimals > 0 && percent != 0.0 && percent.abs() < 0.95 {
            decimals = (digits::decimals(percent.abs()) - 1).min(3);
        }
        let shown = Self::percent_shown(here, percent, decimals);
        let average = self.average_told(here);
        let side = if percent < 0.0 { "below" } else { "above" };
        let told = if percent == 0.0 {
            to.sentences.push(format!("That equals {average}."));
            return self.claim_average(here, to);
        } else if digits::shows_zero(&shown) {
            format!("That is within 0.001 % of {average}")
        } else {
            let claim =
                if percent < 0.0 { Claim::percent_below(name, &shown) } else { Claim::percent_above(name, &shown) };
            to.claims.extend(claim.ok());
            format!("That is {shown} % {side} {average}")
        };
        to.sentences.push(match self.chance_of_distance(here) {
            Err(_) => format!("{told}."),
            Ok(found) => {
                let with = |asked: &Self| asked.chance_of_distance(here).ok();
                let ending = self.ending(found, with, ["further", "put it", "put it there"]);
                format!("{told}{ending}.")
            }
        });
        to.sentences.extend(self.suppressed_told(row));
        self.claim_average(here, to);
    }

    fn describe_change(&self, here: Comparison<'_>, row: usize, to: &mut Description) {
        let Some(earlier) = self.earlier() else { return };
        let change = match earlier.change(here.area()) {
            Ok(change) => change,
            Err(why) => return to.sentences.push(why),
        };
        let before = format!("Its rate before was {}", self.read(change.ratio().base()));
        let Some(percent) = change.percent().filter(|percent| percent.is_finite() && *percent != 0.0) else {
            return to.sentences.push(format!("{before}."));
        };
        let verb = if percent < 0.0 { "fell" } else { "rose" };
        let told = format!("{before}: it {verb} by {} %", digits::fixed(percent.abs(), 1));
        let before = change.ratio().base();
        to.sentences.push(match self.chance_of_change(here.rate(), before, row) {
            None => format!("{told}."),
            Some(found) => {
                let with = |asked: &Self| asked.chance_of_change(here.rate(), before, row);
                let ending = self.ending(found, with, ["more", "make it", "do that"]);
                format!("{told}{ending}.")
            }
        });
        to.sentences.extend(earlier.months_told(self.league().table(), row));
        let relation = Relation::percent_above(&format!("{percent:.1}"));
        to.claims
            .extend(relation.ok().map(|relation| Claim::compared(here.area().label(), relation, ComparedWith::Before)));
    }

    /// Whether chance accounts for it, or counts that vary by more: `, further than chance alone would put it (p)`.
    fn ending(
        &self,
        (p, how): (f64, String),
        with: impl Fn(&Self) -> Option<(f64, String)>,
        [further, would, could]: [&str; 3],
    ) -> String {
        let refuted = |p: f64| p <= self.sets_spec().confidence().alpha();
        let (known, times) = (self.within().is_some(), digits::as_given(self.asked()));
        match self.with_asked() {
            _ if !refuted(p) && known => format!("; counts that vary as much could {could} ({how})"),
            _ if !refuted(p) => format!("; chance alone could {could} ({how})"),
            Some(asked) if !with(asked).is_some_and(|(p, _)| refuted(p)) => {
                format!(
                    ", {further} than chance alone would {would}, though counts that vary {times} times as much could {could} ({how})"
                )
            }
            _ if known => format!(", {further} than counts that vary as much would {would} ({how})"),
            _ => format!(", {further} than chance alone would {would} ({how})"),
        }
    }

    fn claim_average(&self, here: Comparison<'_>, to: &mut Description) {
        let Ok(average) = here.average() else { return };
        let average = average.per(self.per());
        let digits = average.plain(average.decimals());
        let printed = Published::new(&digits, self.per());
        to.claims.extend(printed.ok().map(|printed| Claim::average(here.area().label(), printed)));
    }

    /// Whether an area is one of those that its average is made of.
    pub(super) fn is_in_its_average(&self) -> bool {
        let average = self.league().how().average();
        average.with_self() && !matches!(average.rule(), Rule::Fixed(_))
    }

    fn describe_rank(&self, here: Comparison<'_>, to: &mut Description) {
        let areas = self.league().len();
        if areas < 2 {
            return to.sentences.push("No other area is compared.".into());
        }
        let (high, low) = (self.standing(here, Order::Highest), self.standing(here, Order::Lowest));
        let (order, standing) =
            if low.ahead.len() < high.ahead.len() { (Order::Lowest, low) } else { (Order::Highest, high) };
        let rank = standing.ahead.len() + 1;
        let place = if rank == 1 { order.to_string() } else { format!("{} {order}", ordinal(rank)) };
        let joint = if standing.joint.is_empty() { "the " } else { "joint " };
        let set = self.set_told("its true rank", standing.set, order);
        to.sentences
            .push(format!("Its rate is {joint}{place} of the {} compared; {set}", words::counted(areas, "area")));
        let single = standing.set.0 == standing.set.1 && !self.is_at_ends();
        to.sentences.extend(self.set_upheld(here).filter(|_| single));
        let name = here.area().label();
        to.claims.extend(u32::try_from(rank).ok().and_then(|rank| Claim::among(name, order, rank).ok()));
        let silent = self.silent(here.rate(), order);
        let end = if order == Order::Highest { "high" } else { "low" };
        to.sentences.extend(self.silent_told(&silent, order));
        if let Some(list) = listed(&silent.ahead, |it| self.left_out_told(it)) {
            to.sentences.push(format!("Left out, though {end}er: {list}."));
        }
        if let Some(list) = listed(&silent.unknown, |(area, why)| format!("{area} ({why})")) {
            to.sentences.push(format!("Left out, its rate not known: {list}."));
        }
    }
}

impl Checker {
    /// What the series says of an area: each as a claim that is checked, with the reasons of its verdict as sentences.
    fn describe_course(&self, area: &Area, to: &mut Description) -> Result<()> {
        if self.series().is_none() {
            return Ok(());
        }
        let own = match self.series_of(area) {
            Ok(own) => own,
            Err(why) => {
                to.sentences.push(why);
                return Ok(());
            }
        };
        let figure = |percent: f64| digits::fixed(percent, 1);
        let mut claims = Vec::new();
        if self.earlier().is_none() {
            let row = self.league().table().index(area.label())?;
            let change = self.on_year_before(row).map(|(rate, before)| Change::between(before, rate)).ok();
            let percent = change.and_then(Change::percent).filter(|percent| percent.is_finite());
            let relation = percent.map_or(Ok(Relation::ABOVE), |percent| Relation::percent_above(&figure(percent)))?;
            match change.filter(|change| change.ratio().rate().count() == 0 && percent.is_none()) {
                Some(_) => to.sentences.push("None were counted in its last period, and none a year before.".into()),
                None => claims.push(Claim::compared(area.label(), relation, ComparedWith::YearBefore)),
            }
        }
        let trend = own.trend().ok().map(Trend::percent).filter(|percent| percent.is_finite());
        let relation = trend.map_or(Ok(Relation::ABOVE), |percent| Relation::percent_above(&figure(percent)))?;
        claims.push(Claim::trend(own.area(), relation));
        claims.extend(own.furthest_since().map(|found| {
            let since = found.since().unwrap_or(found.first());
            match found.order() {
                Order::Highest => Claim::highest_since(own.area(), since),
                Order::Lowest => Claim::lowest_since(own.area(), since),
            }
        }));
        for claim in claims {
            let checked = self.check(&claim)?;
            // What is said of all is said once below.
            to.sentences
                .extend(checked.reasons().iter().filter(|reason| Some(*reason) != self.poisson().as_ref()).cloned());
            // What cannot be checked says why, and is no claim.
            to.claims.extend((checked.verdict() != Verdict::NotCheckable).then_some(claim));
        }
        Ok(())
    }
}

impl Description {
    pub(super) fn new(area: &str, sentences: Vec<String>, claims: Vec<Claim>) -> Self {
        Self { area: area.into(), sentences, claims }
    }

    /// The area.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.area
    }

    /// The sentences.
    #[must_use]
    pub fn sentences(&self) -> &[String] {
        &self.sentences
    }

    /// The claims that the sentences make of the areas compared; none of them is contradicted.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }
}

/// The sentences, each on a line.
impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sentence) in self.sentences.iter().enumerate() {
            write!(f, "{}{}", if place == 0 { "" } else { "\n" }, words::one_line(sentence))?;
        }
        Ok(())
    }
}
