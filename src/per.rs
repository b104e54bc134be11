use crate::{Error, ErrorKind, Result, number};
use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroU32, str::FromStr};

/// How many people a rate is read per: 1,000, 100,000 and so on.
///
/// A rate itself has no multiplier; reading it needs one, so no bare number stands for it anywhere.
///
/// ```
/// use crimerate::{Per, Rate};
///
/// let firearms = Rate::new(721, 2_939_927)?;
/// assert_eq!(firearms.per(Per::HUNDRED_THOUSAND).to_string(), "24.5 per 100,000");
/// assert_eq!(firearms.per(Per::THOUSAND).to_string(), "0.245 per 1,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Per(NonZeroU32);

impl Per {
    /// Per head: the rate as a plain fraction.
    pub const ONE: Self = Self(NonZeroU32::MIN);
    /// Per 100: per cent.
    pub const HUNDRED: Self = Self::constant(100);
    /// Per 1,000.
    pub const THOUSAND: Self = Self::constant(1_000);
    /// Per 10,000.
    pub const TEN_THOUSAND: Self = Self::constant(10_000);
    /// Per 100,000.
    pub const HUNDRED_THOUSAND: Self = Self::constant(100_000);
    /// Per 1,000,000.
    pub const MILLION: Self = Self::constant(1_000_000);

    /// Any other multiplier.
    ///
    /// # Errors
    /// [`ErrorKind::ZeroPer`] for 0.
    pub fn new(people: u32) -> Result<Self> {
        NonZeroU32::new(people).map(Self).ok_or_else(|| ErrorKind::ZeroPer.into())
    }

    /// The multiplier.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// So many person-years as person-months, on which [annualised](crate::Table::annualised) tables are: 12 times as many.
    /// `None` above what a multiplier can be.
    #[must_use]
    pub fn years(self) -> Option<Self> {
        self.get().checked_mul(12).and_then(NonZeroU32::new).map(Self)
    }

    /// A number per head as a number per so many.
    pub(crate) fn scale(self, per_head: f64) -> f64 {
        per_head * f64::from(self.get())
    }

    const fn constant(people: u32) -> Self {
        match NonZeroU32::new(people) {
            Some(people) => Self(people),
            None => Self::ONE,
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "per {}", number::grouped(self.get()))
    }
}

/// Reads plain digits, such as `100000`.
///
/// # Errors
/// [`ErrorKind::NotAFigure`] for anything else or above 4,294,967,295, [`ErrorKind::ZeroPer`] for 0.
impl FromStr for Per {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match number::digits(text).map(u32::try_from) {
            Some(Ok(people)) => Self::new(people),
            _ => Err(ErrorKind::NotAFigure { text: text.into() }.into()),
        }
    }
}

impl TryFrom<u32> for Per {
    type Error = Error;

    fn try_from(people: u32) -> Result<Self> {
        Self::new(people)
    }
}

impl From<Per> for u32 {
    fn from(per: Per) -> Self {
        per.get()
    }
}
