//! Where the prior of the true rates comes from.
//!
//! One prior, two ways to find it. Marshall's moments and the gamma-Poisson likelihood both end in a mean and a variance of true
//! rates; weight, estimate, limits and probabilities follow from these two alone. The moments are pure functions of plain
//! numbers, added up from the left in the order of the areas, so a panel has the bits of its tables.

use super::{credible::CredibleInterval, estimator::Estimator, likelihood};
use crate::{
    base::Undefined,
    interval::{Confidence, Interval},
    rate::{Per, Rate, Tally},
    special::{Quantile, Tail, gamma},
};

/// Mean and variance of the true rates of all areas, as they were estimated; a variance of 0 where the rates differ by no
/// more than chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    mean: f64,
    variance: f64,
}

/// How sure a prior is that was estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimated {
    /// How many areas of one size would tell as much.
    areas: f64,
    /// The variance of its mean.
    of_mean: f64,
    /// The mean of `1 / (A + m/n)^2`.
    telling: f64,
}

impl Estimated {
    /// Whether limits can allow for it.
    pub(super) fn is_enough(self) -> bool {
        self.areas > LEAST + 1.0 - SLACK
    }
}

/// From this number of areas and fewer the variance of the variance is without bounds.
const LEAST: f64 = 3.0;

/// Of areas of one size a sum of squares may round to a little less than their number.
const SLACK: f64 = 1e-9;

impl Prior {
    pub(crate) const fn new(mean: f64, variance: f64) -> Self {
        Self { mean, variance }
    }

    /// Of the rates of all areas and their sums; `None` of no area.
    pub(crate) fn of(estimator: Estimator, rates: &[Rate], tally: Tally) -> Option<Self> {
        let pooled = tally.value()?;
        let people: Vec<f64> = rates.iter().map(|rate| rate.population().get() as f64).collect();
        Some(match estimator {
            Estimator::Marshall => {
                let values: Vec<f64> = rates.iter().map(|rate| rate.value()).collect();
                let squares = values.iter().zip(&people).fold(0.0, |sum, (value, n)| sum + square(*value, pooled, *n));
                Self::marshall(pooled, squares, rates.len() as f64, tally.population() as f64)
            }
            Estimator::GammaPoisson => {
                let counts: Vec<f64> = rates.iter().map(|rate| rate.count() as f64).collect();
                let (mean, dispersion) = likelihood::maximum(&counts, &people, pooled);
                Self { mean, variance: mean * mean * dispersion }
            }
        })
    }

    /// Marshall's moments: m is the pooled rate, A = max(0, s2 - m / mean n), with s2 = sum n (r - m)^2 / sum n. Without
    /// the clamp 9, 10, 11 and 10 of 1,000 would be smoothed to a negative rate.
    #[inline]
    pub(crate) fn marshall(pooled: f64, squares: f64, areas: f64, people: f64) -> Self {
        let excess = squares / people - pooled / (people / areas);
        Self { mean: pooled, variance: if excess > 0.0 { excess } else { 0.0 } }
    }

    /// The mean, per unit population.
    #[must_use]
    pub fn mean(self, per: Per) -> f64 {
        per.scale(self.mean)
    }

    /// The standard deviation, per unit population.
    #[must_use]
    pub fn sd(self, per: Per) -> f64 {
        per.scale(self.variance.sqrt())
    }

    /// Whether the variance is 0: the rates differ by no more than chance, so every estimate is the mean.
    #[must_use]
    pub fn is_pooled(self) -> bool {
        self.variance == 0.0
    }

    pub(crate) const fn parts(self) -> (f64, f64) {
        (self.mean, self.variance)
    }

    /// The share that an area's own rate has in its estimate, n A / (n A + m).
    #[inline]
    pub(crate) fn weight(self, people: f64) -> f64 {
        let own = self.variance * people;
        own / (own + self.floor())
    }

    /// m + (r - m) times the weight.
    #[inline]
    pub(crate) fn estimate(self, value: f64, people: f64) -> f64 {
        self.mean + (value - self.mean) * self.weight(people)
    }

    /// The mean, or any number above 0 where that is 0 and the variance with it.
    #[inline]
    fn floor(self) -> f64 {
        if self.mean > 0.0 { self.mean } else { 1.0 }
    }

    /// Shape and people of the gamma distribution that an area's true rate follows once its count is known.
    fn posterior(self, rate: Rate) -> Result<(f64, f64), Undefined> {
        if self.is_pooled() {
            return Err(Undefined::Pooled);
        }
        let people = self.mean / self.variance;
        Ok((self.mean * people + rate.count() as f64, people + rate.population().get() as f64))
    }

    /// The same, widened so that its variance has in it that the prior was estimated; the mean stays. To the variance is added
    /// `(1 - w)^2 var m`, and after Morris `2 (1 - w)^2 / (I - 3) f d^2`: `d` is the distance of the rate from the mean, but at least one and at most
    /// two standard deviations of it, `sqrt(A + m/n)`, and `f` how much more a rate tells of A than rates do on average, `1 / (A + m/n)^2` over its mean, but at least 1. No more is added than 4 A.
    fn widened(self, rate: Rate, estimated: Estimated) -> Result<(f64, f64), Undefined> {
        let (shape, people) = self.posterior(rate)?;
        if !estimated.is_enough() {
            return Err(Undefined::TooFewToSmooth);
        }
        let (n, value) = (rate.population().get() as f64, rate.value());
        let (mean, variance) = (shape / people, shape / people / people);
        let (rest, spread) = (1.0 - self.weight(n), self.variance + self.mean / n);
        let telling = (1.0 / (spread * spread) / estimated.telling).max(1.0);
        let of_weight = (2.0 / (estimated.areas - LEAST) * rest * rest * telling).min(1.0);
        let apart = (value - self.mean).powi(2).clamp(spread, 4.0 * spread);
        let wide = variance + rest * rest * estimated.of_mean + (of_weight * apart).min(4.0 * self.variance);
        Ok((mean * mean / wide, mean / wide))
    }

    /// How sure it is, of the areas that it was estimated from: Marshall's moments weigh them by their people, so that a variance rests on as many as
    /// `(sum n)^2 / sum n^2`; the likelihood takes each for what it tells.
    pub(super) fn estimated(self, estimator: Estimator, rates: &[Rate]) -> Estimated {
        let (mut all, mut squares, mut telling) = (0.0, 0.0, 0.0);
        for rate in rates {
            let n = rate.population().get() as f64;
            let spread = self.variance + self.mean / n;
            (all, squares, telling) = (all + n, squares + n * n, telling + 1.0 / (spread * spread));
        }
        let (number, of_mean) = (rates.len() as f64, (self.variance * (squares / all) + self.mean) / all);
        let areas = match estimator {
            Estimator::Marshall => all / squares * all,
            Estimator::GammaPoisson => number,
        };
        Estimated { areas, of_mean, telling: telling / number }
    }

    fn of_true_rate(self, rate: Rate, estimated: Option<Estimated>) -> Result<(f64, f64), Undefined> {
        estimated.map_or_else(|| self.posterior(rate), |estimated| self.widened(rate, estimated))
    }

    pub(super) fn interval(
        self,
        rate: Rate,
        estimated: Option<Estimated>,
        confidence: Confidence,
    ) -> Result<CredibleInterval, Undefined> {
        let (shape, people) = self.of_true_rate(rate, estimated)?;
        let upper = Quantile::gamma(Tail::Upper(confidence.tail()));
        let [lower, upper] = [upper.mirrored(), upper].map(|quantile| quantile.at(shape) / people);
        Ok(CredibleInterval::new(Interval::new(lower, upper, confidence)))
    }

    /// The probabilities that the true rate is below and above a value per head.
    pub(super) fn tails(self, rate: Rate, estimated: Option<Estimated>, value: f64) -> Result<(f64, f64), Undefined> {
        let (shape, people) = self.of_true_rate(rate, estimated)?;
        Ok((gamma::lower(shape, people * value), gamma::upper(shape, people * value)))
    }
}

/// One area's part of the sum of squares, n (r - m)^2.
#[inline]
pub(crate) fn square(value: f64, mean: f64, people: f64) -> f64 {
    let away = value - mean;
    people * (away * away)
}
