//! The average to compare with: a rule, with or without the area itself, over everyone or a group.
//!
//! A fixed average is 0 or from 1e-30 to 1e30, so that no ratio or reading of one leaves the range of doubles. An average names a
//! peer group by its place in the table, so it stays small and `Copy`.

use super::{
    means::{mean, means_without_self, median, medians_without_self},
    scope::Scope,
};
use crate::{
    base::{Error, ErrorKind, Result, digits, exact, layout, not_a_choice},
    rate::{Per, Population, Rate, Reading, Tally},
};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::RangeInclusive, str::FromStr};

/// The average to compare with: a rule, whether an area is in the average that it is compared with, and the areas that it is
/// over: everyone, or the area's own [`PeerGroups`](crate::PeerGroups).
///
/// Averages in common use disagree on real figures, so there is no default. On knife offences in 37 English forces (year to
/// March 2020, per 100,000):
///
/// | rule | value | here | take it for |
/// |---|---|---:|---|
/// | `pooled` | sum of counts over sum of populations | 83.6 | "the national rate": all people count the same, so large forces weigh most (64.4 without the Metropolitan Police) |
/// | `mean` | mean of rates: their sum over their number | 64.2 | what forces have on average, small ones counting as much as large (71.8 with the City of London in) |
/// | `median` | the middle rate, or the mean of the two in the middle | 57.6 | what a typical force has: no single force moves it far (59.3 with the City of London in) |
/// | fixed | a rate that is given | | a published average or a target, taken as known |
///
/// If in doubt, pooled: it is the rate of the country as a whole, and the one whose test,
/// [`Comparison::against_rest`](crate::Comparison::against_rest), is exact. Whichever it is, every report names it and the number
/// of areas in it.
///
/// ```
/// use crimerate::{Average, Per, Rate};
///
/// let rates = [Rate::new(60, 3_000)?, Rate::new(4, 1_000)?];
/// assert_eq!(Average::POOLED.of(&rates).map(|value| value.per(Per::THOUSAND).value()), Some(16.0));
/// assert_eq!(Average::MEAN.of(&rates).map(|value| value.per(Per::THOUSAND).value()), Some(12.0));
/// assert_eq!(Average::MEAN.without_self().to_string(), "mean of rates, the area itself left out");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "AverageParts")]
pub struct Average {
    rule: Rule,
    with_self: bool,
    #[serde(skip_serializing_if = "Scope::is_everyone")]
    over: Scope,
}

#[derive(Deserialize)]
struct AverageParts {
    rule: Rule,
    with_self: bool,
    #[serde(default)]
    over: Scope,
}

/// How an average is made; which to take is said at [`Average`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// Sum of counts over sum of populations: every person counts the same.
    Pooled,
    /// Unweighted mean of the areas' rates: every area counts the same.
    Mean,
    /// The middle rate: as many areas above as below.
    Median,
    /// A rate that is given, and taken as known.
    Fixed(Fixed),
}

/// A rate that is given as a number per unit population: 0, or from 1e-30 to 1e30.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Fixed {
    value: f64,
    per: Per,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    value: f64,
    per: Per,
}

/// The value of an average, still to be read per unit population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    per_head: f64,
    average: Average,
    areas: usize,
    /// What a pooled average is made of, so that it is read with one rounding, as a rate is.
    pooled: Option<Tally>,
}

impl Average {
    /// The pooled average: sum of counts over sum of populations.
    pub const POOLED: Self = Self::by(Rule::Pooled);
    /// The mean of rates, every area counting the same.
    pub const MEAN: Self = Self::by(Rule::Mean);
    /// The median rate.
    pub const MEDIAN: Self = Self::by(Rule::Median);

    const fn by(rule: Rule) -> Self {
        Self { rule, with_self: true, over: Scope::Everyone }
    }

    /// A rate that is given, such as a published national one.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a number that is neither 0 nor from 1e-30 to 1e30.
    pub fn fixed(value: f64, per: Per) -> Result<Self> {
        Fixed::new(value, per).map(|fixed| Self::by(Rule::Fixed(fixed)))
    }

    /// The same average with the area that is compared left out of it. A fixed rate stays what it is.
    #[must_use]
    pub const fn without_self(self) -> Self {
        Self { with_self: matches!(self.rule, Rule::Fixed(_)), ..self }
    }

    /// The same average over each area's group. Where an area has none, it has no average. A fixed rate stays what it is.
    #[must_use]
    pub fn over(self, group: impl Into<Scope>) -> Self {
        if matches!(self.rule, Rule::Fixed(_)) { self } else { Self { over: group.into(), ..self } }
    }

    /// The areas that it is over.
    #[must_use]
    pub const fn over_which(self) -> Scope {
        self.over
    }

    /// The rule.
    #[must_use]
    pub const fn rule(self) -> Rule {
        self.rule
    }

    /// Whether an area is in the average that it is compared with.
    #[must_use]
    pub const fn with_self(self) -> bool {
        self.with_self
    }

    /// The average of some rates, all of them in it whatever it is over; `None` of no rates, unless it is fixed.
    ///
    /// The mean adds the rates up in the order given. Rates that are all equal have themselves as their mean and median.
    #[must_use]
    pub fn of(self, rates: &[Rate]) -> Option<Value> {
        let values: Vec<f64> = rates.iter().map(|rate| rate.value()).collect();
        let tally = rates.iter().copied().collect();
        self.among(tally, &values)
    }

    /// The average with every area in it, of rates that are added up and divided already.
    pub(crate) fn among(self, tally: Tally, values: &[f64]) -> Option<Value> {
        Self { with_self: true, over: Scope::Everyone, ..self }.value(tally, values)
    }

    /// The average that each of the rates is compared with, in their order; `None` where no rate is left to average.
    pub(crate) fn each(self, rates: &[Rate], tally: Tally, values: &[f64]) -> Vec<Option<Value>> {
        if self.with_self {
            return vec![self.value(tally, values); rates.len()];
        }
        let others = rates.len().saturating_sub(1);
        let told = |per_head: Option<f64>| per_head.map(|per_head| self.told(per_head, others));
        match self.rule {
            Rule::Pooled => rates.iter().map(|&rate| self.pooled(tally.without(rate))).collect(),
            Rule::Mean | Rule::Median | Rule::Fixed(_) => self.others(values).into_iter().map(told).collect(),
        }
    }

    /// The average of the others per head for each value, where it follows from the values alone, as all but a pooled one
    /// do.
    pub(crate) fn others(self, values: &[f64]) -> Vec<Option<f64>> {
        match self.rule {
            Rule::Pooled => vec![None; values.len()],
            Rule::Mean => means_without_self(values),
            Rule::Median => medians_without_self(values),
            Rule::Fixed(fixed) => vec![Some(fixed.per_head()); values.len()],
        }
    }

    /// As [`Value::per`], of sums that are whole numbers below 2^53 when multiplied out.
    pub(crate) fn shown(self, per: Per, per_head: f64, count: f64, people: f64) -> f64 {
        match self.rule {
            Rule::Pooled => count * f64::from(per.get()) / people,
            Rule::Fixed(fixed) if fixed.per.get() == per.get() => fixed.value,
            Rule::Mean | Rule::Median | Rule::Fixed(_) => per.scale(per_head),
        }
    }

    fn value(self, tally: Tally, values: &[f64]) -> Option<Value> {
        let per_head = match self.rule {
            Rule::Pooled => return self.pooled(tally),
            Rule::Mean => mean(values)?,
            Rule::Median => median(values)?,
            Rule::Fixed(fixed) => fixed.per_head(),
        };
        Some(self.told(per_head, values.len()))
    }

    fn pooled(self, tally: Tally) -> Option<Value> {
        let areas = usize::try_from(tally.areas()).unwrap_or(usize::MAX);
        tally.value().map(|per_head| Value { pooled: Some(tally), ..self.told(per_head, areas) })
    }

    /// In words, with the name of the groups that it is over.
    pub(crate) fn in_groups(self, name: &str) -> String {
        let without = if self.with_self { "" } else { ", the area itself left out" };
        format!("{} ({name}){without}", Self { with_self: true, ..self })
    }

    const fn told(self, per_head: f64, areas: usize) -> Value {
        Value { per_head, average: self, areas, pooled: None }
    }
}

/// What is neither so small nor so large that a figure derived from it could leave the range of doubles.
pub(crate) const POSSIBLE: RangeInclusive<f64> = 1e-30..=1e30;

impl Fixed {
    fn new(value: f64, per: Per) -> Result<Self> {
        if value == 0.0 || POSSIBLE.contains(&value) {
            Ok(Self { value: value.abs(), per })
        } else {
            Err(ErrorKind::OutOfRange { what: "an average", value, range: "0 or from 1e-30 to 1e30" }.into())
        }
    }

    /// The number, as it was given.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// What it is per.
    #[must_use]
    pub const fn per(self) -> Per {
        self.per
    }

    fn per_head(self) -> f64 {
        self.value / f64::from(self.per.get())
    }
}

impl Value {
    /// The average per unit population, which prints as `83.6 per 100,000`.
    ///
    /// A pooled average is read as the fraction that it is, with one rounding, and a fixed one as it was given.
    #[must_use]
    pub fn per(self, per: Per) -> Reading {
        let scaled = || Reading::of_double(per.scale(self.per_head), per);
        match self.average.rule {
            Rule::Fixed(fixed) if fixed.per.get() == per.get() => Reading::of_double(fixed.value, per),
            _ => self.pooled.and_then(|tally| tally.per(per)).unwrap_or_else(scaled),
        }
    }

    /// The count that a population has at the average: of a pooled average its sums times and over whole numbers, rounded
    /// once, so that equal rates have just the counts they are expected to have.
    ///
    /// ```
    /// use crimerate::{Average, Population, Rate};
    ///
    /// let national = Average::POOLED.of(&[Rate::new(60, 3_000)?, Rate::new(4, 1_000)?]).unwrap();
    /// assert_eq!(national.expected(Population::new(500)?), 8.0);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn expected(self, population: Population) -> f64 {
        let people = population.get();
        let exact = self.pooled.and_then(|sums| Some((sums.count().checked_mul(people.into())?, sums.population())));
        exact.map_or(self.per_head * people as f64, |(product, population)| exact::quotient(product, population))
    }

    /// The average as odds, of a part to the rest: of a pooled average its sums, rounded once. Infinite where it is 1.
    pub(crate) fn odds(self) -> f64 {
        let exact = self.pooled.map(|sums| (sums.count(), sums.population().saturating_sub(sums.count())));
        exact.map_or(self.per_head / (1.0 - self.per_head), |(part, rest)| exact::quotient(part, rest))
    }

    /// What a pooled average is made of.
    pub(crate) const fn sums(self) -> Option<Tally> {
        self.pooled
    }

    /// The average per head, for arithmetic.
    pub(crate) const fn per_head(self) -> f64 {
        self.per_head
    }

    /// How many areas are in it.
    #[must_use]
    pub const fn areas(self) -> usize {
        self.areas
    }

    /// Which average it is.
    #[must_use]
    pub const fn average(self) -> Average {
        self.average
    }
}

impl fmt::Display for Average {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self.rule {
            Rule::Pooled => POOLED.to_owned(),
            Rule::Mean => MEAN_OF_RATES.to_owned(),
            Rule::Median => MEDIAN.to_owned(),
            Rule::Fixed(fixed) => format!("{FIXED}{fixed}"),
        };
        let over = if self.over.is_everyone() { "" } else { " of each area's group" };
        layout::pad(f, &format!("{rule}{over}{}", if self.with_self { "" } else { WITHOUT_SELF }))
    }
}

const POOLED: &str = "pooled";
const MEAN: &str = "mean";
const MEAN_OF_RATES: &str = "mean of rates";
const MEDIAN: &str = "median";
const FIXED: &str = "fixed at ";
const WITHOUT_SELF: &str = ", the area itself left out";

/// Such as `83.6 per 100,000`, with all the digits that were given.
impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} {}", digits::as_given(self.value), self.per))
    }
}

/// Reads what prints, such as `83.6 per 100,000`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] without a number or what it is per, [`ErrorKind::OutOfRange`] as [`Average::fixed`].
impl FromStr for Fixed {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("average", "a number per unit population, such as 83.6 per 100,000");
        let parts = text.split_once(' ').and_then(|(value, per)| {
            Some((digits::ungrouped(value)?.parse().ok()?, per.starts_with("per ").then_some(per)?))
        });
        let (value, per) = parts.ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted })?;
        Self::new(value, per.parse()?)
    }
}

/// Reads what prints (`mean of rates, the area itself left out`, `fixed at 83.6 per 100,000`), and `mean` for `mean of rates`.
/// Averages over groups are not read: which groups is for a table to say.
///
/// # Errors
/// [`ErrorKind::NotAChoice`] for anything else, and as [`Fixed`].
impl FromStr for Average {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if let Some(fixed) = text.strip_prefix(FIXED) {
            return Ok(Self::by(Rule::Fixed(fixed.parse()?)));
        }
        let (rule, without) = text.strip_suffix(WITHOUT_SELF).map_or((text, false), |rule| (rule, true));
        let average = match rule {
            POOLED => Self::POOLED,
            MEAN | MEAN_OF_RATES => Self::MEAN,
            MEDIAN => Self::MEDIAN,
            _ => {
                let (what, choices) = ("an average", "pooled, mean or median");
                return Err(not_a_choice(what, text, choices, &[POOLED, MEAN, MEDIAN]));
            }
        };
        Ok(if without { average.without_self() } else { average })
    }
}

impl From<AverageParts> for Average {
    fn from(parts: AverageParts) -> Self {
        let average = Self::by(parts.rule).over(parts.over);
        if parts.with_self { average } else { average.without_self() }
    }
}

impl TryFrom<Parts> for Fixed {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(parts.value, parts.per)
    }
}

impl From<Fixed> for Parts {
    fn from(fixed: Fixed) -> Self {
        Self { value: fixed.value, per: fixed.per }
    }
}
