//! A weighted sum of Poisson counts: what a standardised rate and a severity score are.
//!
//! With a weight a for each stratum (its share of the standard over its people) the sum is r = sum a x and its variance
//! v = sum a^2 x. The weights of strata without offences matter to the upper limits of Fay and Feuer and of Tiwari, so they are told
//! apart from the sum.

use crate::rate::{Per, Population, Rate, Reading};

/// The sum and what its limits rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WeightedSum {
    /// The counts that have a weight, added up.
    pub(super) count: u64,
    pub(super) value: f64,
    pub(super) variance: f64,
    pub(super) weights: StratumWeights,
    /// The rate, where there is one stratum.
    pub(super) only: Option<Rate>,
}

/// The largest weight of a count, and the means of the weights and of their squares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct StratumWeights {
    pub(super) largest: f64,
    pub(super) mean: f64,
    pub(super) mean_square: f64,
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

    /// Those of every weight over a number of people.
    pub(super) fn over(self, people: f64) -> Self {
        let [largest, mean] = [self.largest, self.mean].map(|weight| weight / people);
        Self { largest, mean, mean_square: self.mean_square / people / people }
    }
}

impl WeightedSum {
    /// Of counts with a weight each.
    pub(super) fn new(terms: impl Iterator<Item = (f64, u64)>, weights: StratumWeights) -> Self {
        let mut sum = Self::of_none(weights);
        terms.for_each(|(weight, count)| sum.add(weight, count));
        sum
    }

    /// Of no counts yet.
    pub(super) const fn of_none(weights: StratumWeights) -> Self {
        Self { count: 0, value: 0.0, variance: 0.0, weights, only: None }
    }

    /// With another count. Who adds counts up has seen that they fit.
    #[inline]
    pub(crate) fn add(&mut self, weight: f64, count: u64) {
        if weight > 0.0 {
            let part = weight * count as f64;
            self.count = self.count.saturating_add(count);
            self.value += part;
            self.variance += weight * part;
        }
    }

    /// Of one stratum with these people: the rate itself.
    pub(crate) fn on_only(self, people: Option<Population>) -> Self {
        Self { only: people.map(|people| Rate::of(self.count, people)), ..self }
    }

    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn value(&self) -> f64 {
        self.only.map_or(self.value, Rate::value)
    }

    pub(super) const fn variance(&self) -> f64 {
        self.variance
    }

    pub(crate) fn per(&self, per: Per) -> Reading {
        self.only.map_or_else(|| Reading::of_double(per.scale(self.value), per), |rate| rate.per(per))
    }
}

/// Gives what is a weighted sum of an area's counts its reading, its limits and its ratio.
macro_rules! weighted {
    ($Sum:ident) => {
        impl $Sum<'_> {
            /// Per unit population.
            #[must_use]
            pub fn per(&self, per: Per) -> Reading {
                self.sum.per(per)
            }

            /// The variance per head, `sum a^2 x`: a is the weight of one count, so the standard's share of its stratum over its people, or
            /// the weight of its offence over all people.
            #[must_use]
            pub const fn variance(&self) -> f64 {
                self.sum.variance()
            }

            /// Its limits: a [`Confidence`](crate::Confidence), a [`Method`](crate::standard::Method) or both. Weights are taken as known.
            ///
            /// # Errors
            /// [`Undefined::BelowTen`] by the public-health rule where fewer than 10 are counted in all.
            pub fn limits(&self, spec: impl Into<Spec>) -> Result<Limits, Undefined> {
                self.sum.limits(spec.into())
            }

            /// Whether limits by this method may be far too short, as Dobson's are where a count that is rare weighs much: those of Fay and
            /// Feuer, which never cover less than they say, lie further up by a quarter or more. Reports name such areas.
            #[must_use]
            pub fn is_lopsided(&self, spec: impl Into<Spec>) -> bool {
                self.sum.is_lopsided(spec.into())
            }

            /// How many times as high as another area's it is; both have to be to one standard, or by one list of weights.
            #[must_use]
            pub const fn ratio_to(self, base: Self) -> Ratio {
                Ratio::new(self.sum, base.sum)
            }
        }
    };
}

pub(super) use weighted;
