//! Intervals in bulk.
//!
//! Scalar and bulk limits are one function. A plan solves the limits of small counts once and uses the series for the others; a
//! single interval at 90, 95, 99 or 99.8 % uses a plan that is made when it is first needed, and at any other level takes
//! the same steps without the table. In bulk, a block in which small and large counts mix takes the series for all and
//! then the table for the small ones, so that both loops vectorise.

use super::{interval::Interval, limits::Formula, method::Method, rate_interval::RateInterval, spec::Spec};
use crate::{
    base::{Error, ErrorKind, Result, same_length},
    rate::{Per, Rate},
};
use ndarray::{Array1, ArrayView1};
use std::sync::OnceLock;

/// A method at a confidence level, made ready for many counts.
///
/// The limits of small counts are solved once; those of larger ones are a series that needs no iteration, so a million
/// exact intervals cost about what Byar's approximation does. One count at a time or whole columns, and with or without
/// a plan, the limits have the same bits.
///
/// Accuracy: exact and Jeffreys limits have a relative error of at most 2e-15 and mid-P limits of at most 1e-13, for
/// counts to 10^9 and levels from 0.5 to 0.999999; beyond, they are finite and in order.
///
/// ```
/// use crimerate::{Confidence, Interval, interval, ndarray::array};
///
/// let plan = interval::Plan::new(Confidence::P95);
/// let (lower, upper) = plan.counts(array![0, 10, 389].view());
/// assert_eq!(upper[1], Interval::of_count(10, Confidence::P95).upper());
/// assert_eq!(format!("{:.6} {:.6}", lower[2], upper[2]), "351.299160 429.644462");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    spec: Spec,
    formula: Formula,
    /// The limits of the counts below `formula.closed_from()`, and of 0, the lower ones not below zero.
    solved: Vec<(f64, f64)>,
    /// What the formula gives for the lower limit of no offences.
    raw_of_none: f64,
}

/// As many counts are worked on at a time, while they are in the nearest cache.
const BLOCK: usize = 256;

/// The levels that have a plan ready for every single count, once it was needed.
const USUAL: [f64; 4] = [0.9, 0.95, 0.99, 0.998];
static READY: [[OnceLock<Plan>; USUAL.len()]; Method::ALL.len()] =
    [const { [const { OnceLock::new() }; USUAL.len()] }; Method::ALL.len()];

impl Plan {
    /// Makes a method at a level ready: some 50 microseconds.
    #[must_use]
    pub fn new(spec: impl Into<Spec>) -> Self {
        let spec = spec.into();
        let formula = Formula::new(spec.method(), spec.confidence().tail());
        let raw_of_none = formula.at(0.0).0;
        let limits = |count: u64| widened(spec, count, &formula, clamped(count, formula.at(count as f64)));
        let solved = (0..formula.closed_from().max(1)).map(limits).collect();
        Self { spec, formula, solved, raw_of_none }
    }

    /// The method and the level.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.spec
    }

    /// The interval of a Poisson mean from one count.
    #[must_use]
    pub fn count(&self, count: u64) -> Interval {
        let solved = usize::try_from(count).ok().and_then(|index| self.solved.get(index));
        let closed = || widened(self.spec, count, &self.formula, clamped(count, self.formula.closed(count as f64)));
        let (lower, upper) = solved.copied().unwrap_or_else(closed);
        let raw = || if count == 0 { self.raw_of_none } else { self.formula.at(count as f64).0 };
        Interval::at(lower, upper, self.spec.confidence(), raw)
    }

    /// The interval of a rate.
    #[must_use]
    pub fn rate(&self, rate: Rate) -> RateInterval {
        RateInterval::new(self.count(rate.count()), rate.population(), self.spec.method())
    }

    /// The intervals of some rates, by a plan where there are enough of them to pay for one.
    pub(crate) fn rates_of(rates: &[Rate], spec: Spec) -> Vec<RateInterval> {
        let made = (usual(spec).is_none() && rates.len() > BLOCK).then(|| Self::new(spec));
        let interval = |rate: &Rate| made.as_ref().map_or_else(|| rate.interval(spec), |plan| plan.rate(*rate));
        rates.iter().map(interval).collect()
    }

    /// The lower and the upper limits of a column of counts.
    #[must_use]
    pub fn counts(&self, counts: ArrayView1<'_, u64>) -> (Array1<f64>, Array1<f64>) {
        let counts = counts.as_standard_layout();
        let (mut lower, mut upper) = (vec![0.0; counts.len()], vec![0.0; counts.len()]);
        self.fill(counts.as_slice().unwrap_or_default(), &mut lower, &mut upper, |_, _, _| {});
        (lower.into(), upper.into())
    }

    /// As [`Plan::counts`], into columns that exist; nothing is allocated.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] where the columns differ in length; nothing is written then.
    pub fn counts_into(&self, counts: &[u64], lower: &mut [f64], upper: &mut [f64]) -> Result<()> {
        same_length(counts.len(), [("lower", lower.len()), ("upper", upper.len())])?;
        self.fill(counts, lower, upper, |_, _, _| {});
        Ok(())
    }

    /// The lower and the upper limits of a column of rates, per unit population: `limit * per / population`.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] where the columns differ in length, [`ErrorKind::ZeroPopulation`] with its row
    /// (counted from 1) where a population is zero.
    pub fn rates(
        &self,
        counts: ArrayView1<'_, u64>,
        populations: ArrayView1<'_, u64>,
        per: Per,
    ) -> Result<(Array1<f64>, Array1<f64>)> {
        let (counts, populations) = (counts.as_standard_layout(), populations.as_standard_layout());
        let (mut lower, mut upper) = (vec![0.0; counts.len()], vec![0.0; counts.len()]);
        let (counts, populations) = (counts.as_slice().unwrap_or_default(), populations.as_slice().unwrap_or_default());
        self.rates_into(counts, populations, per, &mut lower, &mut upper)?;
        Ok((lower.into(), upper.into()))
    }

    /// As [`Plan::rates`], into columns that exist; nothing is allocated.
    ///
    /// # Errors
    /// As [`Plan::rates`]; nothing is written then.
    pub fn rates_into(
        &self,
        counts: &[u64],
        populations: &[u64],
        per: Per,
        lower: &mut [f64],
        upper: &mut [f64],
    ) -> Result<()> {
        let lengths = [("population", populations.len()), ("lower", lower.len()), ("upper", upper.len())];
        same_length(counts.len(), lengths)?;
        if let Some((row, _)) = (1..).zip(populations).find(|(_, people)| **people == 0) {
            return Err(Error::from(ErrorKind::ZeroPopulation).at_row(row));
        }
        self.fill(counts, lower, upper, |start, lower, upper| {
            let populations = populations.get(start..).unwrap_or_default();
            for ((lower, upper), &people) in lower.iter_mut().zip(upper).zip(populations) {
                *lower = per.scale(*lower) / people as f64;
                *upper = per.scale(*upper) / people as f64;
            }
        });
        Ok(())
    }

    /// Fills the columns block by block and hands each block on with its start, while it is near.
    fn fill(
        &self,
        counts: &[u64],
        lower: &mut [f64],
        upper: &mut [f64],
        mut finish: impl FnMut(usize, &mut [f64], &mut [f64]),
    ) {
        let from = self.solved.len() as u64;
        let blocks = counts.chunks(BLOCK).zip(lower.chunks_mut(BLOCK)).zip(upper.chunks_mut(BLOCK));
        for (start, ((counts, lower), upper)) in (0..).step_by(BLOCK).zip(blocks) {
            let least = counts.iter().fold(u64::MAX, |least, &count| least.min(count));
            let most = counts.iter().fold(0, |most, &count| most.max(count));
            if most >= from {
                self.formula.each(counts, lower, upper);
                if self.spec.widened().is_some() {
                    for ((&count, lower), upper) in counts.iter().zip(&mut *lower).zip(&mut *upper) {
                        (*lower, *upper) = widened(self.spec, count, &self.formula, (*lower, *upper));
                    }
                }
            }
            if least < from {
                for ((&count, lower), upper) in counts.iter().zip(&mut *lower).zip(&mut *upper) {
                    // Always a look at the table and then a choice by bits: a branch would be guessed wrong half the time.
                    let (low, high) = self.solved.get(count.min(from - 1) as usize).copied().unwrap_or_default();
                    let keep = u64::from(count < from).wrapping_sub(1);
                    let choose = |solved: f64, series: f64| (solved.to_bits() & !keep) | (series.to_bits() & keep);
                    *lower = f64::from_bits(choose(low, *lower));
                    *upper = f64::from_bits(choose(high, *upper));
                }
            }
            finish(start, lower, upper);
        }
    }
}

impl Interval {
    /// The interval of a Poisson mean from one count. For many counts at one level, make a [`Plan`].
    #[must_use]
    pub fn of_count(count: u64, spec: impl Into<Spec>) -> Self {
        let spec = spec.into();
        if let Some(plan) = usual(spec) {
            return plan.count(count);
        }
        let formula = Formula::new(spec.method(), spec.confidence().tail());
        let raw = formula.at(count as f64);
        let (lower, upper) = widened(spec, count, &formula, clamped(count, raw));
        Self::at(lower, upper, spec.confidence(), || raw.0)
    }
}

impl Rate {
    /// The interval of the rate: that of its count, over its population.
    ///
    /// ```
    /// use crimerate::{Confidence, Method, Per, Rate};
    ///
    /// let rate = Rate::new(721, 2_939_927)?;
    /// let exact = rate.interval(Confidence::P95).per(Per::HUNDRED_THOUSAND);
    /// assert_eq!(exact.to_string(), "22.8 to 26.4 per 100,000");
    /// let byar = rate.interval((Confidence::P95, Method::Byar)).per(Per::HUNDRED_THOUSAND);
    /// assert_eq!(byar.to_string(), "22.8 to 26.4 per 100,000");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn interval(self, spec: impl Into<Spec>) -> RateInterval {
        let spec = spec.into();
        RateInterval::new(Interval::of_count(self.count(), spec), self.population(), spec.method())
    }
}

/// The plan of a usual level, made when it is first needed.
fn usual(spec: Spec) -> Option<&'static Plan> {
    if spec.widened().is_some() {
        return None;
    }
    let level = USUAL.iter().position(|level| level.to_bits() == spec.confidence().level().to_bits())?;
    let plan = READY.get(spec.method() as usize)?.get(level)?;
    Some(plan.get_or_init(|| Plan::new(spec)))
}

/// The limits with the variation of the spec, none of them negative, from those by chance alone.
fn widened(spec: Spec, count: u64, formula: &Formula, by_chance: (f64, f64)) -> (f64, f64) {
    let Some((widening, phi)) = spec.widened() else { return by_chance };
    let x = count as f64;
    let at = |shrunk: f64| if shrunk == x { by_chance } else { clamped(count, formula.at(shrunk)) };
    clamped(count, widening.limits(x, phi, at))
}

/// No lower limit is negative, that of no offences is 0 by every method, and none is above the upper one.
fn clamped(count: u64, (lower, upper): (f64, f64)) -> (f64, f64) {
    let possible = if count > 0 && lower > 0.0 { lower } else { 0.0 };
    (possible, if upper < possible { possible } else { upper })
}
