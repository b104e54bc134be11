//! Where the prior of the true rates comes from.
//!
//! One prior, two ways to find it. Marshall's moments and the gamma-Poisson likelihood both end in a mean and a variance of true
//! rates; weight, estimate, limits and probabilities follow from these two alone. The moments are pure functions of plain
//! numbers, added up from the left in the order of the areas, so a panel has the bits of its tables.

use super::{credible::CredibleInterval, likelihood};
use crate::{
    base::{Undefined, choice},
    interval::{Confidence, Interval},
    rate::{Per, Rate, Tally},
    special::{Quantile, Tail, gamma},
};

/// How mean and variance of the true rates are estimated. There is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Estimator {
    /// By moments, without a distribution (Marshall 1991, Appl. Statist. 40, 283).
    Marshall,
    /// By maximum likelihood, true rates following a gamma distribution (Clayton and Kaldor 1987, Biometrics 43, 671).
    GammaPoisson,
}

choice!(Estimator, "a way to smooth", "marshall or gamma-poisson", {
    Marshall => "marshall",
    GammaPoisson => "gamma-poisson",
});

/// Mean and variance of the true rates of all areas, as they were estimated; a variance of 0 where the rates differ by no
/// more than chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    mean: f64,
    variance: f64,
}

impl Prior {
    pub(crate) const fn new(mean: f64, variance: f64) -> Self {
        Self { mean, variance }
    }

    /// Of the rates of all areas and their sums; `None` of no area.
    pub(crate) fn of(smoother: Estimator, rates: &[Rate], tally: Tally) -> Option<Self> {
        let pooled = tally.value()?;
        let people: Vec<f64> = rates.iter().map(|rate| rate.population().get() as f64).collect();
        Some(match smoother {
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

    pub(super) fn interval(self, rate: Rate, confidence: Confidence) -> Result<CredibleInterval, Undefined> {
        let (shape, people) = self.posterior(rate)?;
        let upper = Quantile::gamma(Tail::Upper(confidence.tail()));
        let [lower, upper] = [upper.mirrored(), upper].map(|quantile| quantile.at(shape) / people);
        Ok(CredibleInterval::new(Interval::new(lower, upper, confidence)))
    }

    /// The probabilities that the true rate is below and above a value per head.
    pub(crate) fn tails(self, rate: Rate, value: f64) -> Result<(f64, f64), Undefined> {
        let (shape, people) = self.posterior(rate)?;
        Ok((gamma::lower(shape, people * value), gamma::upper(shape, people * value)))
    }
}

/// One area's part of the sum of squares, n (r - m)^2.
#[inline]
pub(crate) fn square(value: f64, mean: f64, people: f64) -> f64 {
    let away = value - mean;
    people * (away * away)
}
