//! What an average comes to.

use super::{
    average::Average,
    means::{mean, means_without_self, median, medians_without_self},
    rule::Rule,
    scope::Scope,
};
use crate::{
    base::exact,
    rate::{Per, Population, Rate, Reading, Tally},
};

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

    const fn told(self, per_head: f64, areas: usize) -> Value {
        Value { per_head, average: self, areas, pooled: None }
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
