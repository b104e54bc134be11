use crate::{Basis, Error, ErrorKind, Over, Per, Population, Rate, Result, Tally, number};
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
/// assert_eq!(Average::POOLED.of(&rates).map(|value| value.per(Per::THOUSAND)), Some(16.0));
/// assert_eq!(Average::MEAN.of(&rates).map(|value| value.per(Per::THOUSAND)), Some(12.0));
/// assert_eq!(Average::MEAN.without_self().to_string(), "mean of rates, the area itself left out");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "AverageParts")]
pub struct Average {
    rule: Rule,
    with_self: bool,
    #[serde(skip_serializing_if = "Over::is_everyone")]
    over: Over,
}

#[derive(Deserialize)]
struct AverageParts {
    rule: Rule,
    with_self: bool,
    #[serde(default)]
    over: Over,
}

/// How an average is made; which to take is told at [`Average`].
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

/// A rate that is given as a number per so many people: 0, or from 1e-30 to 1e30.
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

/// The value of an average, still to be read per so many people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AverageValue {
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
        Self { rule, with_self: true, over: Over::Everyone }
    }

    /// A rate that is given, such as a published national one.
    ///
    /// # Errors
    /// [`ErrorKind::NotAnAverage`] for a number that is neither 0 nor from 1e-30 to 1e30.
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
    pub fn over(self, group: impl Into<Over>) -> Self {
        if matches!(self.rule, Rule::Fixed(_)) { self } else { Self { over: group.into(), ..self } }
    }

    /// The areas that it is over.
    #[must_use]
    pub const fn over_which(self) -> Over {
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

    /// What is wrong with a fixed average beside rates on this basis: one is of people and the others are of person-months.
    pub(crate) fn misfit(self, basis: &Basis) -> Option<String> {
        match self.rule {
            Rule::Fixed(fixed) if fixed.value > 0.0 && fixed.per != fixed.per.on(basis) => {
                let [own, theirs] = [fixed.per, fixed.per.on(basis)]
                    .map(|per| if per.is_in_person_months() { "person-months" } else { "people" });
                Some(format!("Not alike: the average is fixed per {own}, and the rates are per {theirs}."))
            }
            _ => None,
        }
    }

    /// The average of some rates, all of them in it whatever it is over; `None` of no rates, unless it is fixed.
    ///
    /// The mean adds the rates up in the order given. Rates that are all equal have themselves as their mean and median.
    #[must_use]
    pub fn of(self, rates: &[Rate]) -> Option<AverageValue> {
        let values: Vec<f64> = rates.iter().map(|rate| rate.value()).collect();
        let tally = rates.iter().copied().collect();
        self.among(tally, &values)
    }

    /// The average with every area in it, of rates that are added up and divided already.
    pub(crate) fn among(self, tally: Tally, values: &[f64]) -> Option<AverageValue> {
        Self { with_self: true, over: Over::Everyone, ..self }.value(tally, values)
    }

    /// The average that each of the rates is compared with, in their order; `None` where no rate is left to average.
    pub(crate) fn each(self, rates: &[Rate], tally: Tally, values: &[f64]) -> Vec<Option<AverageValue>> {
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

    /// As [`AverageValue::per`], of sums that are whole numbers below 2^53 when multiplied out.
    pub(crate) fn shown(self, per: Per, per_head: f64, count: f64, people: f64) -> f64 {
        match self.rule {
            Rule::Pooled => count * f64::from(per.get()) / people,
            Rule::Fixed(fixed) if fixed.per.get() == per.get() => fixed.value,
            Rule::Mean | Rule::Median | Rule::Fixed(_) => per.scale(per_head),
        }
    }

    fn value(self, tally: Tally, values: &[f64]) -> Option<AverageValue> {
        let per_head = match self.rule {
            Rule::Pooled => return self.pooled(tally),
            Rule::Mean => mean(values)?,
            Rule::Median => median(values)?,
            Rule::Fixed(fixed) => fixed.per_head(),
        };
        Some(self.told(per_head, values.len()))
    }

    fn pooled(self, tally: Tally) -> Option<AverageValue> {
        let areas = usize::try_from(tally.areas()).unwrap_or(usize::MAX);
        tally.value().map(|per_head| AverageValue { pooled: Some(tally), ..self.told(per_head, areas) })
    }

    /// In words, with the name of the groups that it is over.
    pub(crate) fn in_groups(self, name: &str) -> String {
        let without = if self.with_self { "" } else { ", the area itself left out" };
        format!("{} ({name}){without}", Self { with_self: true, ..self })
    }

    const fn told(self, per_head: f64, areas: usize) -> AverageValue {
        AverageValue { per_head, average: self, areas, pooled: None }
    }
}

/// Added up from the left and divided once; equal values are their own mean, whatever their sum rounds to.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    common(values).or_else(|| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64))
}

/// The value that all have.
pub(crate) fn common(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    values.iter().all(|value| value.to_bits() == first.to_bits()).then_some(first)
}

/// The mean of the others for each value, from sums of what stands before and after it: nothing is subtracted, so an
/// outlier left out leaves no rounding behind.
fn means_without_self(values: &[f64]) -> Vec<Option<f64>> {
    if values.len() < 2 {
        return vec![None; values.len()];
    }
    let mut after: Vec<f64> =
        values.iter().rev().scan(0.0, |sum, value| Some(std::mem::replace(sum, *sum + value))).collect();
    after.reverse();
    let others = (values.len() - 1) as f64;
    let before = values.iter().scan(0.0, |sum, value| Some(std::mem::replace(sum, *sum + value)));
    let mut means: Vec<Option<f64>> =
        before.zip(after).map(|(before, after)| Some((before + after) / others)).collect();
    if let Some((odd, common)) = nearly_all_equal(values) {
        // Others that are all equal are their own mean, as in `mean`.
        for (place, mean) in means.iter_mut().enumerate() {
            if odd.is_none_or(|odd| odd == place) {
                *mean = Some(common);
            }
        }
    }
    means
}

/// The value that all have, or all but the one in the place that is named too.
fn nearly_all_equal(values: &[f64]) -> Option<(Option<usize>, f64)> {
    let [first, second, ..] = values else { return None };
    [first, second].into_iter().find_map(|common| {
        let mut others = values.iter().enumerate().filter(|(_, value)| value.to_bits() != common.to_bits());
        match (others.next(), others.next()) {
            (odd, None) => Some((odd.map(|(place, _)| place), *common)),
            _ => None,
        }
    })
}

/// The median of the others for each value: the middle of the sorted values with one place stepped over.
fn medians_without_self(values: &[f64]) -> Vec<Option<f64>> {
    let mut sorted: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut medians = vec![None; values.len()];
    for (place, (_, i)) in sorted.iter().enumerate() {
        let without = |k: usize| sorted.get(if k < place { k } else { k + 1 }).map(|pair| pair.0);
        if let Some(median) = medians.get_mut(*i) {
            *median = middle(values.len() - 1, without);
        }
    }
    medians
}

/// The middle value, or the mean of the two in the middle, which is the type-7 quantile at one half.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    middle(sorted.len(), |i| sorted.get(i).copied())
}

/// The median of `len` sorted values.
fn middle(len: usize, sorted: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let upper = sorted(len / 2)?;
    match len {
        0 => None,
        len if len.is_multiple_of(2) => Some((sorted(len / 2 - 1)? + upper) / 2.0),
        _ => Some(upper),
    }
}

/// What is neither so small nor so large that a figure derived from it could leave the range of doubles.
pub(crate) const POSSIBLE: RangeInclusive<f64> = 1e-30..=1e30;

impl Fixed {
    fn new(value: f64, per: Per) -> Result<Self> {
        if value == 0.0 || POSSIBLE.contains(&value) {
            Ok(Self { value: value.abs(), per })
        } else {
            Err(ErrorKind::NotAnAverage { value }.into())
        }
    }

    fn per_head(self) -> f64 {
        self.value / f64::from(self.per.get())
    }
}

impl AverageValue {
    /// The average per so many people.
    #[must_use]
    pub fn per(self, per: Per) -> f64 {
        match self.average.rule {
            Rule::Fixed(fixed) if fixed.per.get() == per.get() => fixed.value,
            _ => self.pooled.and_then(|tally| tally.per(per)).unwrap_or_else(|| per.scale(self.per_head)),
        }
    }

    /// The count that the average makes expected of so many people: of a pooled average its sums times and over whole
    /// numbers, rounded once, so that equal rates have just the counts they are expected to have.
    pub(crate) fn expected(self, population: Population) -> f64 {
        let people = population.get();
        let exact = self.pooled.and_then(|sums| Some((sums.count().checked_mul(people.into())?, sums.population())));
        exact.map_or(self.per_head * people as f64, |(product, population)| number::quotient(product, population))
    }

    /// The average as odds, of a part to the rest: of a pooled average its sums, rounded once. Infinite where it is 1.
    pub(crate) fn odds(self) -> f64 {
        let exact = self.pooled.map(|sums| (sums.count(), sums.population().saturating_sub(sums.count())));
        exact.map_or(self.per_head / (1.0 - self.per_head), |(part, rest)| number::quotient(part, rest))
    }

    /// What a pooled average is made of.
    pub(crate) const fn sums(self) -> Option<Tally> {
        self.pooled
    }

    /// The average per so many people as it prints: a pooled one rounded once, halves away from zero.
    pub(crate) fn digits(self, per: Per, decimals: usize) -> String {
        let exactly = || {
            let sums = self.pooled?;
            Some(number::exact(sums.count().checked_mul(per.get().into())?, sums.population(), decimals))
        };
        exactly().unwrap_or_else(|| number::fixed(self.per(per), decimals))
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
        match self.rule {
            Rule::Pooled => f.write_str("pooled")?,
            Rule::Mean => f.write_str("mean of rates")?,
            Rule::Median => f.write_str("median")?,
            Rule::Fixed(fixed) => write!(f, "fixed at {} {}", number::as_given(fixed.value), fixed.per)?,
        }
        f.write_str(if self.over.is_everyone() { "" } else { " of each area's group" })?;
        f.write_str(if self.with_self { "" } else { ", the area itself left out" })
    }
}

/// Reads `pooled`, `mean` or `median`.
///
/// # Errors
/// [`ErrorKind::NotAChoice`] for anything else.
impl FromStr for Average {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "pooled" => Ok(Self::POOLED),
            "mean" => Ok(Self::MEAN),
            "median" => Ok(Self::MEDIAN),
            _ => {
                let (what, choices) = ("an average", "pooled, mean or median");
                Err(ErrorKind::NotAChoice { what, text: text.into(), choices }.into())
            }
        }
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
