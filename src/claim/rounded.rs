//! Numbers derived from rounded figures.

use super::published::Published;
use crate::base::{Error, ErrorKind, Result, digits, layout};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number derived from rounded figures, with the least and the most that their rounding allows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Range")]
pub struct Rounded {
    least: f64,
    value: f64,
    most: f64,
}

#[derive(Deserialize)]
struct Range {
    least: f64,
    value: f64,
    most: f64,
}

impl Published {
    /// This figure less another, read per this one's number of people.
    #[must_use]
    pub fn difference(self, other: Self) -> Rounded {
        let convert = f64::from(self.per().get()) / f64::from(other.per().get());
        let (low, high) = self.range();
        let (other_low, other_high) = other.range();
        Rounded {
            least: low - other_high * convert,
            value: self.value() - other.value() * convert,
            most: high - other_low * convert,
        }
    }

    /// This figure over another; `None` where rounding allows the other to be zero.
    #[must_use]
    pub fn ratio(self, other: Self) -> Option<Rounded> {
        let convert = f64::from(other.per().get()) / f64::from(self.per().get());
        let (low, high) = self.range();
        let (other_low, other_high) = other.range();
        (other_low > 0.0).then(|| Rounded {
            least: low / other_high * convert,
            value: self.value() / other.value() * convert,
            most: high / other_low * convert,
        })
    }

    /// How many per cent this figure lies above another; `None` where rounding allows the other to be zero.
    #[must_use]
    pub fn percent(self, other: Self) -> Option<Rounded> {
        let percent = |ratio: f64| 100.0 * (ratio - 1.0);
        self.ratio(other).map(|ratio| Rounded {
            least: percent(ratio.least),
            value: percent(ratio.value),
            most: percent(ratio.most),
        })
    }
}

impl Rounded {
    /// The least that rounding allows.
    #[must_use]
    pub const fn least(self) -> f64 {
        self.least
    }

    /// The value of the printed figures as they stand.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// The most that rounding allows.
    #[must_use]
    pub const fn most(self) -> f64 {
        self.most
    }
}

/// Such as `1.461 (1.455 to 1.467)`.
impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or(3);
        let show = |value| digits::fixed(value, decimals);
        layout::pad(f, &format!("{} ({} to {})", show(self.value), show(self.least), show(self.most)))
    }
}

impl TryFrom<Range> for Rounded {
    type Error = Error;

    fn try_from(Range { least, value, most }: Range) -> Result<Self> {
        let why = || format!("{value} is not from {least} to {most}");
        let ordered = least <= value && value <= most && least.is_finite() && most.is_finite();
        if ordered {
            Ok(Self { least, value, most })
        } else {
            Err(ErrorKind::Inconsistent { what: "rounded figure", why: why() }.into())
        }
    }
}
