//! Limits of a count and of a rate.
//!
//! The interval of a count and that of a rate are two types: `RateInterval` still has to be read per unit population, so limits of
//! a count are never taken for limits of a rate.

use super::{
    confidence::{Confidence, at_level},
    method::Method,
    widening::{Wider, widens},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, layout},
    rate::{Per, Population, Proportion},
    special::normal,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A lower and an upper limit, the confidence level they hold at, and whether the lower one was clamped.
///
/// It is in the units of what it was asked of: people for the [`Method`] of a count, a fraction for a [`Proportion`],
/// per unit population for a rate or a difference of rates that was read per that, and then it prints with it.
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
    per: Option<Per>,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    lower: f64,
    /// `None` is infinity, which JSON has no number for.
    upper: Option<f64>,
    confidence: Confidence,
    clamped: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per: Option<Per>,
}

/// The interval of a rate, still to be read per unit population.
///
/// ```
/// use crimerate::{Confidence, Per, Rate};
///
/// let interval = Rate::new(721, 2_939_927)?.interval(Confidence::P95);
/// assert_eq!(interval.per(Per::HUNDRED_THOUSAND).to_string(), "22.8 to 26.4 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateInterval {
    count: Interval,
    population: Population,
    method: Method,
}

/// Which interval: a method at a confidence level. The default is exact at 95 %.
///
/// Wherever one is asked for, a [`Confidence`], a [`Method`] or a pair of both will do; what prints, such as `exact at 95 %`, parses.
///
/// ```
/// use crimerate::{Confidence, Per, Rate, interval::{Spec, Widening, WithinDispersion}};
///
/// let rate = Rate::new(9, 50_000)?;
/// let read = |spec: Spec| rate.interval(spec).per(Per::HUNDRED_THOUSAND).to_string();
/// let spec = Spec::from(Confidence::P95);
/// assert_eq!(read(spec), "8.2 to 34.2 per 100,000");
/// let wider = spec.with_dispersion(WithinDispersion::new(2.2)?);
/// assert_eq!((wider.to_string().as_str(), read(wider).as_str()), ("exact at 95 %, stretched by phi_w 2.2 (as given)", "3.5 to 42.0 per 100,000"));
/// assert_eq!(read(wider.with_widening(Widening::Quasi)), "5.0 to 45.6 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    method: Method,
    confidence: Confidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wider: Option<Wider>,
}

impl Interval {
    /// Limits that need no clamp; where they meet, rounding may not cross them.
    pub(crate) const fn new(lower: f64, upper: f64, confidence: Confidence) -> Self {
        Self { lower, upper: if upper < lower { lower } else { upper }, confidence, clamped: false, per: None }
    }

    /// Limits after the clamp, and what the formula gave for the lower one.
    pub(crate) fn at(lower: f64, upper: f64, confidence: Confidence, raw_lower: impl FnOnce() -> f64) -> Self {
        // A positive limit was not clamped, so the formula need not be asked.
        let clamped = lower == 0.0 && raw_lower().to_bits() != lower.to_bits();
        Self { lower, upper, confidence, clamped, per: None }
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

    /// What it was read per, where it is of a rate or a difference of rates.
    #[must_use]
    pub const fn per(self) -> Option<Per> {
        self.per
    }

    /// The same limits as of something read per unit population.
    pub(crate) const fn read(self, per: Per) -> Self {
        Self { per: Some(per), ..self }
    }

    /// The same limits in other units.
    pub(crate) fn map(self, unit: impl Fn(f64) -> f64) -> Self {
        Self { lower: unit(self.lower), upper: unit(self.upper), ..self }
    }

    /// The limits alone with as many decimals, as they print.
    pub(crate) fn digits(self, decimals: usize) -> String {
        let show = |limit| digits::fixed(limit, decimals);
        format!("{} to {}", show(self.lower), show(self.upper))
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

    /// From the lower limit of one count to the upper limit of another, of the same population.
    pub(crate) fn spanning(self, most: Self) -> Self {
        let clamped = self.count.clamped;
        Self { count: Interval { upper: most.count.upper, clamped, ..self.count }, ..self }
    }

    /// The limits read per unit population.
    #[must_use]
    pub fn per(self, per: Per) -> Interval {
        self.count.map(|limit| per.scale(limit) / self.population.get() as f64).read(per)
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

impl Spec {
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

widens!(Spec);
at_level!(Spec { method: Method = Method::default() }, wider by ", ");

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = digits::precision(f, self.upper);
        let unit = self.per.map_or_else(String::new, |per| format!(" {per}"));
        layout::pad(f, &format!("{}{unit}", self.digits(decimals)))
    }
}

impl TryFrom<Parts> for Interval {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let Parts { lower, upper, confidence, clamped, per } = parts;
        let upper = upper.unwrap_or(f64::INFINITY);
        let why = match (lower.is_finite() && lower <= upper, clamped && lower != 0.0) {
            (true, false) => return Ok(Self { lower, upper, confidence, clamped, per }),
            (true, true) => format!("a lower limit that was clamped is 0, and not {lower}"),
            (false, _) => format!("there is no interval from {lower} to {upper}"),
        };
        Err(ErrorKind::Inconsistent { what: "interval", why }.into())
    }
}

impl From<Interval> for Parts {
    fn from(Interval { lower, upper, confidence, clamped, per }: Interval) -> Self {
        Self { lower, upper: Some(upper).filter(|limit| limit.is_finite()), confidence, clamped, per }
    }
}
