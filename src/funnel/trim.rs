//! How the most extreme areas are kept from deciding the dispersion that they are judged by.

use crate::base::{Error, ErrorKind, Result, choice, digits, layout};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How the most extreme areas are kept from deciding the dispersion that they are judged by. The default winsorises 10 %
/// at each end. Where limits rest on phi or tau^2 in [`Form::Exact`](crate::funnel::Form::Exact) they are divided by what chance leaves of the
/// squares; in [`Form::Normal`](crate::funnel::Form::Normal), and without dispersion, they are not, as in published funnels, and come
/// out a third too small.
///
/// ```
/// use crimerate::funnel::Trim;
///
/// assert_eq!(Trim::default(), Trim::winsorise(0.1)?);
/// assert_eq!(Trim::drop(0.05)?.to_string(), "5 % dropped at each end");
/// assert!(Trim::winsorise(0.5).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Trim {
    rule: TrimRule,
    fraction: f64,
}

/// What happens to the extreme z at each end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TrimRule {
    /// They are drawn in to the quantile there (type 7, interpolated).
    #[default]
    Winsorise,
    /// The fraction of all areas, rounded down, is dropped at each end.
    Drop,
}

choice!(TrimRule, "a rule for extreme areas", "winsorise or drop", { Winsorise => "winsorise", Drop => "drop" });

#[derive(Serialize, Deserialize)]
struct Parts {
    rule: TrimRule,
    fraction: f64,
}

impl Trim {
    /// All z as they are.
    pub const NONE: Self = Self { rule: TrimRule::Winsorise, fraction: 0.0 };

    /// The rule, with this fraction at each end.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a fraction that is not from 0 to below one half.
    pub fn new(rule: TrimRule, fraction: f64) -> Result<Self> {
        if (0.0..0.5).contains(&fraction) {
            Ok(Self { rule, fraction: fraction.abs() })
        } else {
            Err(ErrorKind::OutOfRange {
                what: "a fraction to trim at each end",
                value: fraction,
                range: "from 0 to below 0.5",
            }
            .into())
        }
    }

    /// The z beyond the quantiles of this fraction, at each end, are drawn in to them.
    ///
    /// # Errors
    /// As [`Trim::new`].
    pub fn winsorise(fraction: f64) -> Result<Self> {
        Self::new(TrimRule::Winsorise, fraction)
    }

    /// This fraction of the areas, rounded down, is dropped at each end.
    ///
    /// # Errors
    /// As [`Trim::new`].
    pub fn drop(fraction: f64) -> Result<Self> {
        Self::new(TrimRule::Drop, fraction)
    }

    /// The rule.
    #[must_use]
    pub const fn rule(self) -> TrimRule {
        self.rule
    }

    /// The fraction at each end.
    #[must_use]
    pub const fn fraction(self) -> f64 {
        self.fraction
    }
}

impl Default for Trim {
    fn default() -> Self {
        Self { rule: TrimRule::Winsorise, fraction: 0.1 }
    }
}

impl fmt::Display for Trim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = digits::per_cent(self.fraction);
        match self.rule {
            _ if self.fraction == 0.0 => layout::pad(f, NOTHING),
            TrimRule::Winsorise => layout::pad(f, &format!("{percent}{WINSORISED}")),
            TrimRule::Drop => layout::pad(f, &format!("{percent}{DROPPED}")),
        }
    }
}

const NOTHING: &str = "nothing trimmed";
const WINSORISED: &str = " % winsorised at each end";
const DROPPED: &str = " % dropped at each end";

/// Reads what prints, such as `10 % winsorised at each end`, the same fraction to the last bit.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for other text, else as [`Trim::new`].
impl FromStr for Trim {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("trim", "a share and what is done with it, such as 10 % winsorised at each end");
        let refused = || Error::from(ErrorKind::NotANumber { what, text: text.into(), wanted });
        if text == NOTHING {
            return Ok(Self::NONE);
        }
        let by = |rule, done: &str| text.strip_suffix(done).map(|percent| (rule, percent));
        let (rule, percent) =
            by(TrimRule::Winsorise, WINSORISED).or_else(|| by(TrimRule::Drop, DROPPED)).ok_or_else(refused)?;
        Self::new(rule, digits::hundredth(percent).ok_or_else(refused)?)
    }
}

impl TryFrom<Parts> for Trim {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(parts.rule, parts.fraction)
    }
}

impl From<Trim> for Parts {
    fn from(trim: Trim) -> Self {
        Self { rule: trim.rule, fraction: trim.fraction }
    }
}
