//! A table compared with an average.

use super::{compare::Compare, comparison::Comparison, ranking::Ranking};
use crate::{
    average::{self, Average, Rule, Scope, Spread, ZScale},
    base::{Error, ErrorKind, Result, Undefined, each},
    interval::{self, RateInterval},
    rate::{Rate, Tally},
    table::{Area, Groups, LeftOut, Table},
};

/// What a table gives when it is compared with an average: a [`Comparison`] for each area that takes part, ranked.
///
/// Reading it [`per`](LeagueTable::per) unit population gives the [`Report`](crate::Report) that prints.
#[derive(Clone, Debug, PartialEq)]
pub struct LeagueTable {
    table: Table,
    how: Compare,
    /// For each area of the table, its place among those compared.
    places: Vec<Result<usize, LeftOut>>,
    /// For each area compared, its place in the table.
    compared: Vec<usize>,
    rates: Vec<Rate>,
    /// What is compared, per head: the rates, or values that stand in their places.
    values: Vec<f64>,
    of_values: bool,
    intervals: Vec<RateInterval>,
    averages: Vec<Result<average::Value, Undefined>>,
    average: Option<average::Value>,
    tally: Tally,
    /// The sums of each area's group, where the average is over groups.
    groups: Option<Vec<Result<Tally, Undefined>>>,
    /// On the scale of z.
    spread: Result<Spread, Undefined>,
    ranking: Ranking,
}

impl Table {
    /// Compares every area that has a rate with the average.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 30, 1_000), ("B", 10, 1_000)])?;
    /// let league = table.compare(Average::POOLED);
    /// let a = league.area("A")?;
    /// assert_eq!(a.average()?.per(Per::THOUSAND).to_string(), "20.0 per 1,000");
    /// assert_eq!(a.ratio(), Ok(1.5));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>) -> LeagueTable {
        self.compare_by(how.into(), None)
    }

    /// The same with a value per head for each area of the table, which stands in the place of its rate; what rests on counts means
    /// nothing then.
    pub(super) fn compare_values(&self, how: Compare, values: &[f64]) -> LeagueTable {
        self.compare_by(how, Some(values))
    }

    fn compare_by(&self, how: Compare, given: Option<&[f64]>) -> LeagueTable {
        let (mut places, mut compared, mut rates) = (Vec::with_capacity(self.len()), Vec::new(), Vec::new());
        for (index, rate) in self.rates().enumerate() {
            places.push(rate.map(|rate| {
                compared.push(index);
                rates.push(rate);
                rates.len() - 1
            }));
        }
        let values: Vec<f64> = match given {
            None => rates.iter().map(|rate: &Rate| rate.value()).collect(),
            Some(given) => compared.iter().filter_map(|place| given.get(*place).copied()).collect(),
        };
        let tally: Tally = rates.iter().copied().collect();
        let whole = tally.with_unplaced(self.unplaced_count());
        let (averages, groups) = match how.average().over_which() {
            Scope::Everyone => {
                let averages = how.average().each(&rates, whole, &values).into_iter();
                (averages.map(|average| average.ok_or(Undefined::NoAverage)).collect(), None)
            }
            over @ Scope::Group(_) => {
                let groups = self.groupings().get(over).map(AsRef::as_ref);
                let found = of_groups(how.average(), groups, &places, &compared, &rates);
                let (averages, tallies) = found.into_iter().unzip();
                (averages, Some(tallies))
            }
        };
        LeagueTable {
            intervals: self.rate_intervals(&compared, &rates, how.interval()),
            averages,
            groups,
            average: how.average().among(whole, &values),
            tally,
            spread: Spread::of(how.z(), if given.is_some() { &[] } else { &rates }, &values),
            ranking: match given {
                None => Ranking::new(&rates, how.order(), how.ties()),
                Some(_) => Ranking::of_finite(&values, how.order(), how.ties()),
            },
            of_values: given.is_some(),
            values,
            table: self.clone(),
            how,
            places,
            compared,
            rates,
        }
    }
}

impl Table {
    /// The interval of each rate: of all counts that it may stand for, where counts are rounded.
    fn rate_intervals(&self, compared: &[usize], rates: &[Rate], spec: interval::Spec) -> Vec<RateInterval> {
        let each = compared.iter().zip(rates);
        let rounded = each.map(|(place, rate)| self.rounded_interval(*place, *rate, |rate| rate.interval(spec)));
        rounded.collect::<Option<_>>().unwrap_or_else(|| interval::Plan::rates_of(rates, spec))
    }

    /// The interval of all counts that a rounded one may stand for; none where counts are not rounded.
    pub(super) fn rounded_interval(
        &self,
        place: usize,
        rate: Rate,
        interval: impl Fn(Rate) -> RateInterval,
    ) -> Option<RateInterval> {
        let (least, most) = self.unrounded(place, rate.count())?;
        let [least, most] = [least, most].map(|count| interval(Rate::of(count, rate.population())));
        Some(least.spanning(most))
    }
}

impl LeagueTable {
    /// The same where nothing is known but the rates, so that they cannot be pooled.
    pub(super) fn without_counts(self) -> Self {
        if self.rule().rule() != Rule::Pooled {
            return self;
        }
        Self { averages: vec![Err(Undefined::NoCounts); self.len()], average: None, ..self }
    }
}

type OfGroup = (Result<average::Value, Undefined>, Result<Tally, Undefined>);

/// For each area that takes part the average of its group, and the sums of those in it. A group is averaged like a table of
/// its own, in the order of the areas.
fn of_groups(
    average: Average,
    groups: Option<&Groups>,
    places: &[Result<usize, LeftOut>],
    compared: &[usize],
    rates: &[Rate],
) -> Vec<OfGroup> {
    let mut found = vec![(Err(Undefined::NoGroup), Err(Undefined::NoGroup)); rates.len()];
    let Some(groups) = groups else { return found };
    for (list, members) in groups.lists().enumerate() {
        let present: Vec<usize> = members.iter().filter_map(|area| places.get(*area)?.as_ref().ok().copied()).collect();
        let rates: Vec<Rate> = present.iter().filter_map(|place| rates.get(*place).copied()).collect();
        let values: Vec<f64> = rates.iter().map(|rate| rate.value()).collect();
        let tally = rates.iter().copied().collect();
        for (&place, value) in present.iter().zip(average.each(&rates, tally, &values)) {
            let own = compared.get(place).and_then(|area| groups.of(*area)) == Some(list);
            if let Some(to) = found.get_mut(place).filter(|_| own) {
                *to = (value.ok_or(Undefined::NoAverage), Ok(tally));
            }
        }
    }
    found
}

impl LeagueTable {
    /// The table that was compared.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// How it was compared.
    #[must_use]
    pub const fn how(&self) -> Compare {
        self.how
    }

    /// How many areas take part.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rates.len()
    }

    /// Whether no area takes part.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rates.is_empty()
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none, [`ErrorKind::LeftOut`] with the reason where it takes no part.
    pub fn area(&self, area: &str) -> Result<Comparison<'_>> {
        Ok(self.find(area)?.1)
    }

    /// As [`LeagueTable::area`], with the place among those that take part.
    pub(crate) fn find(&self, area: &str) -> Result<(usize, Comparison<'_>)> {
        let index = self.table.index(area)?;
        let found = self.place(index).and_then(|place| Some((place, self.at(place)?)));
        found.ok_or_else(|| {
            let left_out = self.places.get(index).and_then(|place| place.as_ref().err());
            let reason = left_out.map_or_else(String::new, ToString::to_string);
            Error::from(ErrorKind::LeftOut { reason }).in_area(self.table.areas().get(index).map_or(area, Area::label))
        })
    }

    /// Each area of the table in its order: its comparison, or why it takes no part.
    pub fn areas(&self) -> impl Iterator<Item = (&Area, Result<Comparison<'_>, LeftOut>)> {
        (0..).zip(self.table.areas()).filter_map(|(index, area)| Some((area, self.outcome(index)?)))
    }

    /// The comparison of the area in a place of the table, or why it takes no part.
    pub(crate) fn outcome(&self, index: usize) -> Option<Result<Comparison<'_>, LeftOut>> {
        match self.places.get(index)? {
            Ok(place) => Some(Ok(self.at(*place)?)),
            Err(left_out) => Some(Err(left_out.clone())),
        }
    }

    /// The areas that take part, from the first rank to the last.
    pub fn ranked(&self) -> impl Iterator<Item = Comparison<'_>> {
        self.ranking.listing().iter().filter_map(|&place| self.at(place))
    }

    /// The areas that take no part, and why, in the order of the table.
    pub fn left_out(&self) -> impl Iterator<Item = (&Area, &LeftOut)> {
        let places = self.table.areas().iter().zip(&self.places);
        places.filter_map(|(area, place)| Some((area, place.as_ref().err()?)))
    }

    /// The average that all areas are compared with, where it is one and the same.
    ///
    /// # Errors
    /// [`Undefined::OwnAverages`] where each area is compared with an average of its own ([`Comparison::average`]), being
    /// left out of it or compared with its group; [`Undefined::NoAverage`] where no area takes part.
    pub fn average(&self) -> Result<average::Value, Undefined> {
        let rule = self.rule();
        match rule.rule() {
            Rule::Fixed(_) => self.average_of_all(),
            _ if rule.with_self() && rule.over_which().is_everyone() => self.average_of_all(),
            _ => Err(Undefined::OwnAverages),
        }
    }

    /// The average, by the rule that was chosen, of all the areas that take part, whatever each is compared with.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, Undefined};
    ///
    /// let table = Table::from_rows([("A", 30, 1_000), ("B", 10, 1_000)])?;
    /// let league = table.compare(Average::MEAN.without_self());
    /// assert_eq!(league.average(), Err(Undefined::OwnAverages));
    /// assert_eq!(league.area("A")?.average()?.per(Per::THOUSAND).value(), 10.0);
    /// assert_eq!(league.average_of_all()?.per(Per::THOUSAND).value(), 20.0);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where no area takes part.
    pub fn average_of_all(&self) -> Result<average::Value, Undefined> {
        self.average.ok_or(Undefined::NoAverage)
    }

    /// The counts and populations of the areas that take part, added up.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// The centre of the rates and how far they lie from it, on the scale of z that was chosen.
    ///
    /// # Errors
    /// As [`Comparison::z`].
    pub const fn spread(&self) -> Result<Spread, Undefined> {
        self.spread
    }

    /// The same on any scale.
    ///
    /// # Errors
    /// As [`Comparison::z`], on that scale.
    pub fn spread_on(&self, scale: ZScale) -> Result<Spread, Undefined> {
        if scale == self.how.z() {
            return self.spread;
        }
        Spread::of(scale, self.fractions(), &self.values)
    }

    /// What is compared, per head.
    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The rates, where they are what is compared.
    pub(super) fn fractions(&self) -> &[Rate] {
        if self.of_values { &[] } else { &self.rates }
    }

    /// The rates of the areas that take part, in the order of the table.
    #[must_use]
    pub fn rates(&self) -> &[Rate] {
        &self.rates
    }

    /// Their ranking, in the same order.
    #[must_use]
    pub const fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// The groups that the average is over, if it is over groups that the table has.
    pub(crate) fn groups(&self) -> Option<&Groups> {
        self.table.groupings().get(self.how.average().over_which()).map(AsRef::as_ref)
    }

    pub(crate) const fn rule(&self) -> Average {
        self.how.average()
    }

    /// The area in a place of the table, where it takes part.
    pub(crate) fn row(&self, index: usize) -> Option<Comparison<'_>> {
        self.at(self.place(index)?)
    }

    /// For each area that takes part its place in the table.
    pub(crate) fn compared_places(&self) -> &[usize] {
        &self.compared
    }

    /// Its place among those that take part.
    pub(crate) fn place(&self, index: usize) -> Option<usize> {
        self.places.get(index)?.as_ref().ok().copied()
    }

    /// The areas that take part, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Comparison<'_>> {
        (0..self.len()).filter_map(|place| self.at(place))
    }

    pub(crate) fn at(&self, place: usize) -> Option<Comparison<'_>> {
        Some(Comparison {
            area: self.table.areas().get(*self.compared.get(place)?)?,
            rate: *self.rates.get(place)?,
            value: *self.values.get(place)?,
            interval: *self.intervals.get(place)?,
            average: *self.averages.get(place)?,
            tally: match &self.groups {
                None => Ok(self.tally),
                Some(groups) => *groups.get(place)?,
            },
            spread: self.spread,
            rank: self.ranking.rank(place)?,
            percentile: self.ranking.percentile(place)?,
            of: self.len(),
        })
    }
}

each!(LeagueTable, Comparison<'a>);
