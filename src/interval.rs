use crate::{
    Confidence, Error, ErrorKind, Method, Per, Population, Proportion, Result, confidence::at_level, special::normal,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A lower and an upper limit, the confidence level they hold at, and whether the lower one was clamped.
///
/// It is in the units of what it was asked of: people for the [`Method`] of a count, a fraction for a [`Proportion`],
/// per so many for a rate that was read `per` so many.
///
/// ```
/// use crimerate::{Confidence, Interval, Method};
///
/// let interval = Interval::of_count(0, Confidence::P95);
/// assert_eq!(interval.lower(), 0.0);
/// assert!((interval.upper() - 3.688879454113936).abs() < 1e-14); // -ln 0.025
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Interval {
    lower: f64,
    upper: f64,
    confidence: Confidence,
    clamped: bool,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    lower: f64,
    /// `None` is infinity, which JSON has no number for.
    upper: Option<f64>,
    confidence: Confidence,
    clamped: bool,
}

/// The interval of a rate, still to be read per so many people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateInterval {
    count: Interval,
    population: Population,
    method: Method,
}

/// Which interval: a method at a confidence level. The default is exact at 95 %.
///
/// Wherever one is asked for, a [`Confidence`], a [`Method`] or a pair of both will do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IntervalSpec {
    method: Method,
    confidence: Confidence,
}

impl Interval {
    /// Limits that need no clamp; where they meet, rounding may not cross them.
    pub(crate) const fn new(lower: f64, upper: f64, confidence: Confidence) -> Self {
        Self { lower, upper: if upper < lower { lower } else { upper }, confidence, clamped: false }
    }

    /// Limits after the clamp, and what the formula gave for the lower one.
    pub(crate) fn at(lower: f64, upper: f64, confidence: Confidence, raw_lower: impl FnOnce() -> f64) -> Self {
        // A positive limit was not clamped, so the formula need not be asked.
        let clamped = lower == 0.0 && raw_lower().to_bits() != lower.to_bits();
        Self { lower, upper, confidence, clamped }
    }

    /// The lower limit.
    #[must_use]
    pub const fn lower(self) -> f64 {
        self.lower
    }

    /// The upper limit.
    #[must_use]
    pub const fn upper(self) -> f64 {
        self.upper
    }

    /// The confidence level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }

    /// Whether the formula gave a lower limit that cannot be (below 0, or other than 0 for a count of 0), so that 0
    /// stands in its place.
    #[must_use]
    pub const fn clamped(self) -> bool {
        self.clamped
    }

    /// Whether a value lies between the limits, or on one.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        (self.lower..=self.upper).contains(&value)
    }
}

impl RateInterval {
    pub(crate) const fn new(count: Interval, population: Population, method: Method) -> Self {
        Self { count, population, method }
    }

    /// The limits read per so many people.
    #[must_use]
    pub fn per(self, per: Per) -> Interval {
        let read = |limit: f64| per.scale(limit) / self.population.get() as f64;
        Interval { lower: read(self.count.lower), upper: read(self.count.upper), ..self.count }
    }

    /// The limits for the count itself.
    #[must_use]
    pub const fn count(self) -> Interval {
        self.count
    }

    /// The method.
    #[must_use]
    pub const fn method(self) -> Method {
        self.method
    }
}

impl Proportion {
    /// Wilson's score interval (Wilson 1927; method 3 of Newcombe 1998), written so that nothing cancels.
    #[must_use]
    pub fn interval(self, confidence: Confidence) -> Interval {
        let z = normal::upper_quantile(confidence.tail());
        let (lower, upper) = wilson(self.count(), self.total(), z);
        Interval::new(lower, upper, confidence)
    }
}

/// The roots of (p - x/n)^2 = z^2 p (1 - p) / n: the upper one as it stands, the lower one as their product over it.
fn wilson(count: u64, total: u64, z: f64) -> (f64, f64) {
    let (x, n, zz) = (count as f64, total as f64, z * z);
    let rest = (total - count) as f64;
    let upper = x + zz / 2.0 + z * (x * (rest / n) + zz / 4.0).sqrt();
    let lower = if count == 0 { 0.0 } else { x * (x / n) / upper };
    (lower, if rest == 0.0 { 1.0 } else { upper / (n + zz) })
}

impl IntervalSpec {
    /// The method.
    #[must_use]
    pub const fn method(self) -> Method {
        self.method
    }

    /// The confidence level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }
}

at_level!(IntervalSpec { method: Method });

impl fmt::Display for IntervalSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.method, self.confidence)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = crate::number::precision(f, self.upper);
        let show = |limit| crate::number::fixed(limit, decimals);
        write!(f, "{} to {}", show(self.lower), show(self.upper))
    }
}

impl TryFrom<Parts> for Interval {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let Parts { lower, upper, confidence, clamped } = parts;
        let upper = upper.unwrap_or(f64::INFINITY);
        if lower.is_finite() && lower <= upper {
            Ok(Self { lower, upper, confidence, clamped })
        } else {
            Err(ErrorKind::NotAnInterval { lower, upper }.into())
        }
    }
}

impl From<Interval> for Parts {
    fn from(Interval { lower, upper, confidence, clamped }: Interval) -> Self {
        Self { lower, upper: Some(upper).filter(|limit| limit.is_finite()), confidence, clamped }
    }
}
