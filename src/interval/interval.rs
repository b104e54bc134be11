//! Limits of a count and of a rate.
//!
//! The interval of a count and that of a rate are two types: `RateInterval` still has to be read per unit population, so limits of
//! a count are never taken for limits of a rate.

use super::confidence::Confidence;
use crate::{
    base::{Error, ErrorKind, Result, digits, layout},
    rate::Per,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A lower and an upper limit, the confidence level they hold at, and whether the lower one was clamped.
///
/// It is in the units of what it was asked of: people for the [`Method`](crate::Method) of a count, a fraction for a [`Proportion`](crate::Proportion),
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
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) confidence: Confidence,
    pub(super) clamped: bool,
    pub(super) per: Option<Per>,
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

    /// The limits alone with this number of decimals, as they print.
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
