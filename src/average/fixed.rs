//! An average that is given.

use crate::{
    base::{Error, ErrorKind, Result, digits, layout},
    rate::Per,
};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::RangeInclusive, str::FromStr};

/// A rate that is given as a number per unit population: 0, or from 1e-30 to 1e30.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Fixed {
    pub(super) value: f64,
    pub(super) per: Per,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    value: f64,
    per: Per,
}

/// What is neither so small nor so large that a figure derived from it could leave the range of doubles.
pub(crate) const POSSIBLE: RangeInclusive<f64> = 1e-30..=1e30;

impl Fixed {
    pub(super) fn new(value: f64, per: Per) -> Result<Self> {
        if value == 0.0 || POSSIBLE.contains(&value) {
            Ok(Self { value: value.abs(), per })
        } else {
            Err(ErrorKind::OutOfRange { what: "an average", value, range: "0 or from 1e-30 to 1e30" }.into())
        }
    }

    /// The number, as it was given.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// What it is per.
    #[must_use]
    pub const fn per(self) -> Per {
        self.per
    }

    pub(super) fn per_head(self) -> f64 {
        self.value / f64::from(self.per.get())
    }
}

/// Such as `83.6 per 100,000`, with all the digits that were given.
impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} {}", digits::as_given(self.value), self.per))
    }
}

/// Reads what prints, such as `83.6 per 100,000`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] without a number or what it is per, [`ErrorKind::OutOfRange`] as [`Average::fixed`](crate::Average::fixed).
impl FromStr for Fixed {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("average", "a number per unit population, such as 83.6 per 100,000");
        let parts = text.split_once(' ').and_then(|(value, per)| {
            Some((digits::ungrouped(value)?.parse().ok()?, per.starts_with("per ").then_some(per)?))
        });
        let (value, per) = parts.ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted })?;
        Self::new(value, per.parse()?)
    }
}

impl TryFrom<Parts> for Fixed {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(parts.value, parts.per)
    }
}

impl From<Fixed> for Parts {
    fn from(fixed: Fixed) -> Self {
        Self { value: fixed.value, per: fixed.per }
    }
}
