//! Sums of counts and populations.

use super::{per::Per, population::Population, rate::Rate, reading::Reading};
use crate::base::{Error, ErrorKind, Result, Undefined, digits, exact, layout, words};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign},
    str::FromStr,
};

/// Counts and populations added up over areas: what a pooled average is made of.
///
/// The sums are exact integers, so any order and any grouping of additions gives the same tally, and shards of a large
/// job can be added up anywhere.
///
/// ```
/// use crimerate::{Per, Rate, Tally};
///
/// let tally: Tally = [Rate::new(60, 3_000)?, Rate::new(4, 1_000)?].into_iter().collect();
/// assert_eq!((tally.count(), tally.population(), tally.areas()), (64, 4_000, 2));
/// assert_eq!(tally.per(Per::THOUSAND).unwrap().to_string(), "16.0 per 1,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Tally {
    count: u128,
    population: u128,
    areas: u64,
}

/// Sums travel as text: many readers of JSON lose integers above 2^53.
#[derive(Serialize, Deserialize)]
struct Parts {
    count: String,
    population: String,
    areas: u64,
}

impl Tally {
    /// Nothing added yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sums that were added up elsewhere, such as by a database, with the number of areas.
    ///
    /// ```
    /// use crimerate::{Rate, Tally};
    ///
    /// let there = Tally::of(60, 3_000, 1)?;
    /// assert_eq!(there + Rate::new(4, 1_000)?.into(), Tally::of(64, 4_000, 2)?);
    /// assert!(Tally::of(60, 3_000, 0).is_err());
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Inconsistent`] for sums that this number of areas cannot have, each with a population of at least 1 and no figure
    /// above what 64 bits hold.
    pub fn of(count: u128, population: u128, areas: u64) -> Result<Self> {
        let most = u128::from(areas) * u128::from(u64::MAX);
        if count <= most && (u128::from(areas)..=most).contains(&population) {
            Ok(Self { count, population, areas })
        } else {
            let areas = words::counted(usize::try_from(areas).unwrap_or(usize::MAX), "area");
            let [count, population] = [count, population].map(digits::grouped);
            let why = format!("{areas} cannot have count {count} and population {population}");
            Err(ErrorKind::Inconsistent { what: "tally", why }.into())
        }
    }

    /// The sum of counts.
    #[must_use]
    pub const fn count(self) -> u128 {
        self.count
    }

    /// The sum of populations.
    #[must_use]
    pub const fn population(self) -> u128 {
        self.population
    }

    /// How many areas are in the sums.
    #[must_use]
    pub const fn areas(self) -> u64 {
        self.areas
    }

    /// The pooled rate per unit population, `count * per / population` rounded once; `None` of no areas.
    #[must_use]
    pub fn per(self, per: Per) -> Option<Reading> {
        match self.count.checked_mul(per.get().into()) {
            Some(count) => (self.population != 0).then(|| Reading::of_fraction(count, self.population, per)),
            None => self.value().map(|per_head| Reading::of_double(per.scale(per_head), per)),
        }
    }

    /// The sums as one rate, where they fit.
    pub(crate) fn rate(self) -> Result<Rate, Undefined> {
        let (count, people) = (u64::try_from(self.count), u64::try_from(self.population));
        match (count, people.map(Population::new)) {
            (Ok(count), Ok(Ok(population))) => Ok(Rate::of(count, population)),
            (_, Ok(Err(_))) => Err(Undefined::NoAverage),
            _ => Err(Undefined::TooLarge),
        }
    }

    /// The pooled rate per head: sum of counts over sum of populations, rounded once.
    pub(crate) fn value(self) -> Option<f64> {
        (self.population != 0).then(|| exact::quotient(self.count, self.population))
    }

    /// The tally with counts that are in no area and of nobody.
    pub(crate) const fn with_unplaced(self, count: u128) -> Self {
        Self { count: self.count.saturating_add(count), ..self }
    }

    /// The tally without one of the rates that are in it.
    pub(crate) fn without(self, rate: Rate) -> Self {
        Self {
            count: self.count.saturating_sub(rate.count().into()),
            population: self.population.saturating_sub(rate.population().get().into()),
            areas: self.areas.saturating_sub(1),
        }
    }
}

/// Such as `64 on 4,000 in 2 areas`.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, population) = (digits::grouped(self.count), digits::grouped(self.population));
        let areas = words::counted(usize::try_from(self.areas).unwrap_or(usize::MAX), "area");
        layout::pad(f, &format!("{count} on {population} in {areas}"))
    }
}

/// Reads what prints, such as `64 on 4,000 in 2 areas`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for other text, [`ErrorKind::Inconsistent`] where that number of areas cannot have such sums.
impl FromStr for Tally {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = || {
            let (count, rest) = text.trim().split_once(" on ")?;
            let (population, areas) = rest.split_once(" in ")?;
            let (areas, _) = areas.split_once(" area").filter(|(_, end)| matches!(*end, "" | "s"))?;
            let (count, population) = (digits::ungrouped(count)?, digits::ungrouped(population)?);
            Some(Parts { count, population, areas: digits::whole(areas)? })
        };
        parts()
            .ok_or_else(|| {
                Error::from(ErrorKind::NotANumber {
                    what: "tally",
                    text: text.into(),
                    wanted: "sums in areas, such as 64 on 4,000 in 2 areas",
                })
            })?
            .try_into()
    }
}

/// Merges two tallies. No sum of 2^64 areas or fewer can overflow.
impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            population: self.population.saturating_add(other.population),
            areas: self.areas.saturating_add(other.areas),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl AddAssign<Rate> for Tally {
    fn add_assign(&mut self, rate: Rate) {
        *self += Self::from(rate);
    }
}

impl From<Rate> for Tally {
    fn from(rate: Rate) -> Self {
        Self { count: rate.count().into(), population: rate.population().get().into(), areas: 1 }
    }
}

impl Extend<Rate> for Tally {
    fn extend<I: IntoIterator<Item = Rate>>(&mut self, rates: I) {
        for rate in rates {
            *self += rate;
        }
    }
}

impl FromIterator<Rate> for Tally {
    fn from_iter<I: IntoIterator<Item = Rate>>(rates: I) -> Self {
        let mut tally = Self::new();
        tally.extend(rates);
        tally
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::new(), Add::add)
    }
}

impl TryFrom<Parts> for Tally {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let sum = |text: String| {
            text.parse().map_err(|_| {
                let wanted = "a whole number, such as 24";
                Error::from(ErrorKind::NotANumber { what: "sum", text, wanted })
            })
        };
        Self::of(sum(parts.count)?, sum(parts.population)?, parts.areas)
    }
}

impl From<Tally> for Parts {
    fn from(tally: Tally) -> Self {
        Self { count: tally.count.to_string(), population: tally.population.to_string(), areas: tally.areas }
    }
}
