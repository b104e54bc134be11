//! A weighted sum of Poisson counts: what a standardised rate and a severity score are.
//!
//! With a weight a for each stratum (its share of the standard over its people) the sum is r = sum a x and its variance
//! v = sum a^2 x. The weights of strata without offences matter to the upper limits of Fay and Feuer and of Tiwari, so they are told
//! apart from the sum.

use super::method::{Method, Spec};
use crate::{
    base::Undefined,
    interval::{self, Interval},
    rate::{Per, Population, Rate, Reading},
    special::{Quantile, Tail},
};

/// The limits of a standardised rate or of a score, still to be read per unit population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    limits: Interval,
    /// What they are over: the people of the only stratum, or nothing.
    over: Option<Population>,
}

impl Limits {
    pub(super) const fn per_head(limits: Interval) -> Self {
        Self { limits, over: None }
    }

    /// The limits read per unit population.
    #[must_use]
    pub fn per(self, per: Per) -> Interval {
        let over = self.over.map_or(1.0, |people| people.get() as f64);
        self.limits.map(|limit| per.scale(limit) / over).read(per)
    }
}

/// The sum and what its limits rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightedSum {
    /// The counts that have a weight, added up.
    count: u64,
    value: f64,
    variance: f64,
    weights: StratumWeights,
    /// The rate, where there is one stratum.
    only: Option<Rate>,
}

/// The largest weight of a count, and the means of the weights and of their squares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct StratumWeights {
    largest: f64,
    mean: f64,
    mean_square: f64,
}

impl StratumWeights {
    pub(super) fn of(weights: impl Iterator<Item = f64>) -> Self {
        let (mut largest, mut sum, mut squares, mut number) = (0.0_f64, 0.0, 0.0, 0_u32);
        for weight in weights {
            (largest, sum, squares, number) =
                (largest.max(weight), sum + weight, squares + weight * weight, number + 1);
        }
        let number = f64::from(number.max(1));
        Self { largest, mean: sum / number, mean_square: squares / number }
    }

    /// Those of every weight over so many people.
    pub(super) fn over(self, people: f64) -> Self {
        let [largest, mean] = [self.largest, self.mean].map(|weight| weight / people);
        Self { largest, mean, mean_square: self.mean_square / people / people }
    }
}

impl WeightedSum {
    /// Of counts with a weight each.
    pub(super) fn new(terms: impl Iterator<Item = (f64, u64)>, weights: StratumWeights) -> Self {
        let (mut count, mut value, mut variance) = (0_u64, 0.0, 0.0);
        for (weight, here) in terms.filter(|(weight, _)| *weight > 0.0) {
            let part = weight * here as f64;
            // Who adds the counts up has seen that they fit.
            (count, value, variance) = (count.saturating_add(here), value + part, variance + weight * part);
        }
        Self { count, value, variance, weights, only: None }
    }

    /// Of one stratum: the rate itself.
    pub(super) const fn with_only(self, only: Option<Rate>) -> Self {
        Self { only, ..self }
    }

    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn value(&self) -> f64 {
        self.only.map_or(self.value, Rate::value)
    }

    pub(super) const fn variance(&self) -> f64 {
        self.variance
    }

    pub(super) fn per(&self, per: Per) -> Reading {
        self.only.map_or_else(|| Reading::of_double(per.scale(self.value), per), |rate| rate.per(per))
    }

    pub(super) fn limits(&self, spec: Spec) -> Result<Limits, Undefined> {
        let (confidence, tail) = (spec.confidence(), spec.confidence().tail());
        let method = match spec.method() {
            Method::Ohid if self.count < 10 => return Err(Undefined::BelowTen),
            Method::Ohid => interval::Method::Byar,
            Method::Dobson | Method::FayFeuer | Method::Tiwari => interval::Method::Exact,
        };
        let count = Interval::of_count(self.count, (confidence, method));
        if let Some(rate) = self.only {
            return Ok(Limits { limits: count, over: Some(rate.population()) });
        }
        let (lower, upper) = match spec.method() {
            Method::Dobson | Method::Ohid => self.dobson(count),
            Method::FayFeuer => {
                let StratumWeights { largest, .. } = self.weights;
                (self.gamma_lower(tail), gamma_upper(self.value + largest, self.variance + largest * largest, tail))
            }
            Method::Tiwari => {
                let StratumWeights { mean, mean_square, .. } = self.weights;
                (self.gamma_lower(tail), gamma_upper(self.value + mean, self.variance + mean_square, tail))
            }
        };
        Ok(Limits::per_head(Interval::at(lower.max(0.0), upper, confidence, || lower)))
    }

    /// Whether limits on the scale of the standard deviation may be far too short: the upper ones of Fay and Feuer, which never are, lie
    /// further from the sum by a quarter or more. Of means of 5 and 1 in two strata, the second weighing 20 times as much, Dobson's hold 63 % at
    /// 95 %, as nothing is known of the variance where nothing was counted.
    pub(super) fn is_lopsided(&self, spec: Spec) -> bool {
        if !matches!(spec.method(), Method::Dobson | Method::Ohid) {
            return false;
        }
        let upper = |method| self.limits((spec.confidence(), method).into()).map(|limits| limits.per(Per::ONE).upper());
        let (own, safe) = (upper(spec.method()), upper(Method::FayFeuer));
        own.ok().zip(safe.ok()).is_some_and(|(own, safe)| safe - self.value() > 1.25 * (own - self.value()))
    }

    /// r + sqrt(v/x) (L - x). Without an offence there is no standard deviation to scale by; then it is the largest weight, as
    /// if the next offence stood there.
    fn dobson(&self, count: Interval) -> (f64, f64) {
        if self.count == 0 {
            return (0.0, self.weights.largest * count.upper());
        }
        let (x, scale) = (self.count as f64, (self.variance / self.count as f64).sqrt());
        (self.value + scale * (count.lower() - x), self.value + scale * (count.upper() - x))
    }

    fn gamma_lower(&self, tail: f64) -> f64 {
        if self.value == 0.0 {
            return 0.0;
        }
        let shape = self.value / self.variance * self.value;
        self.variance / self.value * Quantile::gamma(Tail::Lower(tail)).at(shape)
    }
}

fn gamma_upper(value: f64, variance: f64, tail: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    variance / value * Quantile::gamma(Tail::Upper(tail)).at(value / variance * value)
}
