//! Counts that are estimates, or vary by more than Poisson's law.
//!
//! A `Rate` has a whole count, and every average and rank rests on that. What is here has a type of its own, and gives limits alone.

use super::{
    confidence::{Confidence, at_level},
    interval::Interval,
    method::Method,
    rate_interval::RateInterval,
    widening::Widening,
};
use crate::{
    base::{Error, ErrorKind, Result, digits, exact, layout},
    rate::{Per, Population, Reading},
    special::{Quantile, Tail},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A count that need not be whole, because it was corrected or estimated, and whose variance may be several times its mean, because
/// several offences have one victim or periods vary by more than chance.
///
/// ```
/// use crimerate::{Confidence, Per, Population, interval::{EstimatedCount, Widening}};
///
/// // 60 victims of one offence, 15 of two, 5 of three and one of five.
/// let town = EstimatedCount::of_repeats([(1, 60), (2, 15), (3, 5), (5, 1)])?;
/// assert_eq!((town.count(), format!("{:.3}", town.dispersion())), (110.0, "1.727".into()));
/// let residents = Population::new(50_000)?;
/// let interval = town.rate_interval(residents, Widening::Stretched).per(Per::HUNDRED_THOUSAND);
/// assert_eq!(interval.to_string(), "168.5 to 279.4 per 100,000"); // by chance alone 180.8 to 265.2
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct EstimatedCount {
    count: f64,
    dispersion: f64,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    count: f64,
    dispersion: f64,
}

/// A widening at a confidence level. The default is stretched at 95 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WideningSpec {
    widening: Widening,
    confidence: Confidence,
}

at_level!(WideningSpec { widening: Widening = Widening::default() });

impl WideningSpec {
    /// The widening.
    #[must_use]
    pub const fn widening(self) -> Widening {
        self.widening
    }

    /// The confidence level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }
}

impl EstimatedCount {
    const MOST: f64 = 1e15;

    /// A count, and its variance over its mean; below 1 that is taken for 1.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] unless the count is from 0 to 10^15 and the dispersion from 0 to 1,000,000.
    pub fn new(count: f64, dispersion: f64) -> Result<Self> {
        let refused = |what, value, range| Err(ErrorKind::OutOfRange { what, value, range }.into());
        if !(0.0..=Self::MOST).contains(&count) {
            return refused("an estimated count", count, "from 0 to 10^15");
        }
        if !(0.0..=1e6).contains(&dispersion) {
            return refused("a dispersion", dispersion, "from 0 to 1,000,000");
        }
        // No minus zero.
        Ok(Self { count: count.abs(), dispersion: dispersion.max(1.0) })
    }

    /// A count that was corrected, such as 117.926 for the 112 that were seen. Its limits are those of a gamma law at that shape
    /// (McCullagh and Nelder's quasi-likelihood needs no whole number); where the factor of the correction is known,
    /// the limits of the count that was seen, times the factor, are the sounder ones.
    ///
    /// # Errors
    /// As [`EstimatedCount::new`].
    pub fn corrected(count: f64) -> Result<Self> {
        Self::new(count, 1.0)
    }

    /// From how many had how many: 60 victims of one offence, 15 of two and so on. The count is `sum k x_k`, its variance `sum k^2 x_k` (a
    /// compound Poisson count), so that its dispersion is the one over the other.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] where a sum is above 10^15, [`ErrorKind::OutOfRange`] as [`EstimatedCount::new`].
    pub fn of_repeats(frequencies: impl IntoIterator<Item = (u32, u64)>) -> Result<Self> {
        let (mut count, mut variance) = (0_u128, 0_u128);
        for (times, victims) in frequencies {
            let offences = u128::from(times) * u128::from(victims);
            count = count.saturating_add(offences);
            variance = variance.saturating_add(offences.saturating_mul(times.into()));
        }
        let most = Self::MOST as u128;
        if count > most {
            let (what, advice) = ("the number of offences".into(), "is it a number of offences?");
            return Err(ErrorKind::TooLarge { what, value: Some(count), most, advice }.into());
        }
        let dispersion = if count == 0 { 1.0 } else { exact::quotient(variance, count) };
        Self::new(count as f64, dispersion)
    }

    /// The count.
    #[must_use]
    pub const fn count(self) -> f64 {
        self.count
    }

    /// Its variance over its mean, at least 1.
    #[must_use]
    pub const fn dispersion(self) -> f64 {
        self.dispersion
    }

    /// The limits of the count.
    #[must_use]
    pub fn interval(self, spec: impl Into<WideningSpec>) -> Interval {
        let WideningSpec { widening, confidence } = spec.into();
        let upper = Quantile::gamma(Tail::Upper(confidence.tail()));
        let lower = upper.mirrored();
        let limits = |x: f64| (if x == 0.0 { 0.0 } else { lower.at(x) }, upper.at(x + 1.0));
        let (x, phi) = (self.count, self.dispersion);
        let (low, high) = widening.limits(x, phi, limits);
        Interval::at(low.max(0.0), high, confidence, || low)
    }

    /// The limits of the rate on a population.
    #[must_use]
    pub fn rate_interval(self, population: Population, spec: impl Into<WideningSpec>) -> RateInterval {
        RateInterval::new(self.interval(spec), population, Method::Exact)
    }

    /// The rate on a population, read per unit population.
    #[must_use]
    pub fn per(self, population: Population, per: Per) -> Reading {
        Reading::of_double(per.scale(self.count) / population.get() as f64, per)
    }
}

/// Such as `110, dispersion 1.73`.
impl fmt::Display for EstimatedCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = digits::as_given(self.count);
        let text = if self.dispersion > 1.0 {
            format!("{count}, dispersion {}", digits::fixed(self.dispersion, 2))
        } else {
            count
        };
        layout::pad(f, &text)
    }
}

impl TryFrom<Parts> for EstimatedCount {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(parts.count, parts.dispersion)
    }
}

impl From<EstimatedCount> for Parts {
    fn from(EstimatedCount { count, dispersion }: EstimatedCount) -> Self {
        Self { count, dispersion }
    }
}
