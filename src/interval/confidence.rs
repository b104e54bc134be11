//! Confidence levels, as their decimals say.

use crate::base::{Cell, Error, ErrorKind, Figure, Result, RowColumn, digits, exact, layout};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A confidence level between 0 and 1, such as 0.95, both ends left out.
///
/// A level is what its decimals say: 0.999 leaves 0.001, not `1.0 - 0.999` in binary, which is off by
/// 1 part in 10^15 there and 3 parts in 10^11 at 0.999999.
///
/// ```
/// use crimerate::Confidence;
///
/// assert_eq!(Confidence::new(0.999999)?.alpha(), 0.000001);
/// assert_eq!(Confidence::P95.to_string(), "95 %");
/// assert!(Confidence::new(95.0).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence {
    level: f64,
    alpha: f64,
}

impl Confidence {
    /// 90 %.
    pub const P90: Self = Self { level: 0.9, alpha: 0.1 };
    /// 95 %, the usual level.
    pub const P95: Self = Self { level: 0.95, alpha: 0.05 };
    /// 99 %.
    pub const P99: Self = Self { level: 0.99, alpha: 0.01 };
    /// 99.8 %, the outer limits of funnel plots.
    pub const P99_8: Self = Self { level: 0.998, alpha: 0.002 };

    /// Any other level.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] at 0, at 1, beyond them and for NaN.
    pub fn new(level: f64) -> Result<Self> {
        if level > 0.0 && level < 1.0 {
            Ok(Self { level, alpha: decimal_complement(level) })
        } else {
            Err(ErrorKind::OutOfRange {
                what: "a confidence level",
                value: level,
                range: "between 0 and 1, both left out (95 % is 0.95)",
            }
            .into())
        }
    }

    /// The level, such as 0.95.
    #[must_use]
    pub const fn level(self) -> f64 {
        self.level
    }

    /// What the level leaves, such as 0.05: the double nearest to 1 less the level's shortest decimals.
    #[must_use]
    pub const fn alpha(self) -> f64 {
        self.alpha
    }

    /// The level that leaves this.
    ///
    /// # Errors
    /// As [`Confidence::new`].
    pub(crate) fn leaving(alpha: f64) -> Result<Self> {
        let level = if alpha > 0.0 && alpha < 1.0 { decimal_complement(alpha) } else { alpha };
        Ok(Self { alpha, ..Self::new(level)? })
    }

    /// The probability in each tail of a two-sided interval, `alpha / 2`.
    pub(crate) const fn tail(self) -> f64 {
        self.alpha / 2.0
    }
}

/// 1 less the number that the shortest decimals of `level` stand for, in integers and rounded once.
fn decimal_complement(level: f64) -> f64 {
    let decimals = digits::behind_point(level);
    let unit = u32::try_from(decimals.len()).ok().and_then(|n| 10_u128.checked_pow(n));
    match (unit, decimals.parse::<u128>()) {
        (Some(unit), Ok(value)) if value < unit => exact::quotient(unit - value, unit),
        // More than 38 decimals: the level is below 1e-21, and the subtraction is exact to the last bit.
        _ => 1.0 - level,
    }
}

/// The default is 95 %.
impl Default for Confidence {
    fn default() -> Self {
        Self::P95
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} %", digits::per_cent(self.level)))
    }
}

impl Cell for Confidence {
    const COLUMN: RowColumn = RowColumn::NUMBER;

    fn figure(&self) -> Figure<'_> {
        Figure::Level(self.level)
    }
}

/// Reads a level such as `0.95`, or as it prints: `95 %`, which is the same level to the last bit.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for text that is no number, [`ErrorKind::OutOfRange`] for a number out of range.
impl FromStr for Confidence {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let level = match text.split_once('%') {
            Some((percent, "")) => digits::hundredth(percent.trim_end()),
            _ => text.parse().ok(),
        };
        let (what, wanted) = ("confidence", "a number between 0 and 1");
        Self::new(level.ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted })?)
    }
}

impl TryFrom<f64> for Confidence {
    type Error = Error;

    fn try_from(level: f64) -> Result<Self> {
        Self::new(level)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.level
    }
}

/// Lets a spec that is something at a confidence level be named by either, or by the pair of both, and gives it its text form.
macro_rules! at_level {
    ($spec:ident { $how:ident: $type:ident = $default:expr } $(, $rest:ident by $named:expr)?) => {
        impl From<$crate::interval::Confidence> for $spec {
            fn from(confidence: $crate::interval::Confidence) -> Self {
                (confidence, $default).into()
            }
        }

        impl From<$type> for $spec {
            fn from($how: $type) -> Self {
                ($crate::interval::Confidence::default(), $how).into()
            }
        }

        impl From<($crate::interval::Confidence, $type)> for $spec {
            fn from((confidence, $how): ($crate::interval::Confidence, $type)) -> Self {
                Self { $how, confidence $(, $rest: None)? }
            }
        }

        impl std::fmt::Display for $spec {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let text = format!("{} at {}", self.$how, self.confidence);
                $(let text = self.$rest.map_or(text.clone(), |rest| format!("{text}{}{rest}", $named));)?
                $crate::base::layout::pad(f, &text)
            }
        }

        /// Reads what prints, such as `exact at 95 %`, or either part of it alone.
        ///
        /// # Errors
        /// [`ErrorKind::NotAChoice`](crate::ErrorKind::NotAChoice) for another word, else as
        /// [`Confidence`](crate::Confidence).
        impl std::str::FromStr for $spec {
            type Err = $crate::base::Error;

            fn from_str(text: &str) -> $crate::base::Result<Self> {
                $(if let Some((text, rest)) = text.split_once($named) {
                    let $rest = Some(rest.parse()?);
                    return Ok(Self { $rest, ..text.parse()? });
                })?
                let level = |text: &str| text.parse::<$crate::interval::Confidence>();
                match (text.split_once(" at "), level(text)) {
                    (Some((how, confidence)), _) => Ok((level(confidence)?, how.parse()?).into()),
                    (None, Ok(confidence)) => Ok(confidence.into()),
                    (None, Err(_)) => text.parse::<$type>().map(Into::into),
                }
            }
        }
    };
}

pub(crate) use at_level;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tail_is_the_decimal_complement() {
        for (level, alpha) in [
            (0.5, 0.5),
            (0.9, 0.1),
            (0.95, 0.05),
            (0.99, 0.01),
            (0.998, 0.002),
            (0.999, 0.001),
            (0.9999, 0.0001),
            (0.999_999, 0.000_001),
            (0.999_999_999_9, 0.000_000_000_1),
        ] {
            assert_eq!(Confidence::new(level).unwrap().alpha(), alpha, "{level}");
        }
        let named = [Confidence::P90, Confidence::P95, Confidence::P99, Confidence::P99_8];
        for constant in named {
            assert_eq!(Confidence::new(constant.level()), Ok(constant));
        }
        let shown = |level: f64| Confidence::new(level).unwrap().to_string();
        let expected = ["99.8 %", "95 %", "50 %", "5 %", "0.1 %", "99.9999 %", "99.99999999999999 %"];
        assert_eq!([0.998, 0.95, 0.5, 0.05, 0.001, 0.999_999, 1.0 - f64::EPSILON / 2.0].map(shown), expected);
        assert_eq!(Confidence::new(1.0 - f64::EPSILON / 2.0).unwrap().alpha(), 1e-16);
        assert_eq!(Confidence::new(f64::MIN_POSITIVE).unwrap().alpha(), 1.0);
    }

    #[test]
    fn what_is_no_level_is_refused() {
        for level in [0.0, 1.0, -0.1, 95.0, f64::NAN, f64::INFINITY, -0.0] {
            assert!(Confidence::new(level).is_err(), "{level}");
            assert!(level.to_string().parse::<Confidence>().is_err());
        }
        assert_eq!(
            "95".parse::<Confidence>().unwrap_err().to_string(),
            "95 is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)"
        );
    }

    proptest! {
        #[test]
        fn level_and_tail_add_up_to_one(level in 1e-300..1.0_f64) {
            let confidence = Confidence::new(level).unwrap();
            prop_assert!(confidence.alpha() > 0.0);
            prop_assert!((confidence.level() + confidence.alpha() - 1.0).abs() <= f64::EPSILON);
        }
    }
}
