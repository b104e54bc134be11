//! The limits of a weighted sum of counts.

use super::{
    method::{Method, Spec},
    sum::{StratumWeights, WeightedSum},
};
use crate::{
    base::Undefined,
    interval::{self, Confidence, Interval},
    rate::{Per, Population},
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

/// A method at a confidence level, made ready: what does not depend on the sum is found once.
#[derive(Clone, Debug)]
pub(crate) struct LimitsPlan {
    spec: Spec,
    /// Of many sums those of counts are made ready, too.
    counts: Option<interval::Plan>,
    /// The lower and the upper quantile of a gamma law, where the method takes them.
    gamma: Option<(Quantile, Quantile)>,
}

impl LimitsPlan {
    /// For one sum.
    pub(super) fn once(spec: Spec) -> Self {
        Self::new(spec, None)
    }

    /// For many.
    pub(crate) fn many(spec: Spec) -> Self {
        Self::new(spec, Some(interval::Plan::new(count_spec(spec))))
    }

    fn new(spec: Spec, counts: Option<interval::Plan>) -> Self {
        let gamma = match spec.method() {
            Method::FayFeuer | Method::Tiwari => {
                let tail = spec.confidence().tail();
                Some((Quantile::gamma(Tail::Lower(tail)), Quantile::gamma(Tail::Upper(tail))))
            }
            Method::Dobson | Method::Ohid => None,
        };
        Self { spec, counts, gamma }
    }

    /// The limits of a sum.
    pub(crate) fn of(&self, sum: &WeightedSum) -> Result<Limits, Undefined> {
        if self.spec.method() == Method::Ohid && sum.count < 10 {
            return Err(Undefined::BelowTen);
        }
        let alone = || Interval::of_count(sum.count, count_spec(self.spec));
        let count = || self.counts.as_ref().map_or_else(alone, |plan| plan.count(sum.count));
        if let Some(rate) = sum.only {
            return Ok(Limits { limits: count(), over: Some(rate.population()) });
        }
        let (lower, upper) = match &self.gamma {
            None => dobson(sum, count()),
            Some((lower, upper)) => {
                let StratumWeights { largest, mean, mean_square } = sum.weights;
                let (more, variance) = match self.spec.method() {
                    Method::Tiwari => (mean, mean_square),
                    _ => (largest, largest * largest),
                };
                // Of counts that are as many times smaller, so that their sum is this.
                let at = |value: f64| {
                    let own = if sum.value > 0.0 { value / sum.value * sum.variance } else { 0.0 };
                    (gamma(lower, value, own), gamma(upper, value + more, own + variance))
                };
                self.spec.widened().map_or_else(|| at(sum.value), |(how, phi)| how.limits(sum.value, phi, at))
            }
        };
        let confidence: Confidence = self.spec.confidence();
        Ok(Limits::per_head(Interval::at(lower.max(0.0), upper, confidence, || lower)))
    }
}

impl WeightedSum {
    pub(super) fn limits(&self, spec: Spec) -> Result<Limits, Undefined> {
        LimitsPlan::once(spec).of(self)
    }

    /// Whether limits on the scale of the standard deviation may be far too short: the upper ones of Fay and Feuer, which never are, lie
    /// further from the sum by a quarter or more. Of means of 5 and 1 in two strata, the second weighing 20 times as much, Dobson's hold 63 % at
    /// 95 %, as nothing is known of the variance where nothing was counted.
    pub(super) fn is_lopsided(&self, spec: Spec) -> bool {
        if !matches!(spec.method(), Method::Dobson | Method::Ohid) {
            return false;
        }
        let upper = |method| self.limits(spec.by(method)).map(|limits| limits.per(Per::ONE).upper());
        let (own, safe) = (upper(spec.method()), upper(Method::FayFeuer));
        own.ok().zip(safe.ok()).is_some_and(|(own, safe)| safe - self.value() > 1.25 * (own - self.value()))
    }
}

/// What limits of the count they rest on.
fn count_spec(spec: Spec) -> interval::Spec {
    let method = if spec.method() == Method::Ohid { interval::Method::Byar } else { interval::Method::Exact };
    let counts = interval::Spec::from((spec.confidence(), method));
    let Some(within) = spec.dispersion() else { return counts };
    let counts = counts.with_dispersion(within);
    spec.widened().map_or(counts, |(widening, _)| counts.with_widening(widening))
}

/// r + sqrt(v/x) (L - x), the limits of the count being widened where it varies by more than chance. Without an offence there is no standard deviation to scale by; then it is the largest weight, as
/// if the next offence stood there.
fn dobson(sum: &WeightedSum, count: Interval) -> (f64, f64) {
    if sum.count == 0 {
        return (0.0, sum.weights.largest * count.upper());
    }
    let (x, scale) = (sum.count as f64, (sum.variance / sum.count as f64).sqrt());
    (sum.value + scale * (count.lower() - x), sum.value + scale * (count.upper() - x))
}

/// The quantile of a gamma law with this mean and variance.
fn gamma(quantile: &Quantile, value: f64, variance: f64) -> f64 {
    if value == 0.0 { 0.0 } else { variance / value * quantile.at(value / variance * value) }
}
