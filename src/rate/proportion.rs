//! A part of a whole.

use crate::base::{Error, ErrorKind, Result, digits, exact, layout};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A count out of a total that it cannot exceed, such as offences charged out of offences recorded.
///
/// A rate is something else: offences are not a part of the residents. The interval of a proportion is Wilson's.
///
/// ```
/// use crimerate::{Confidence, Proportion};
///
/// let charged = Proportion::new(15, 200)?;
/// let interval = charged.interval(Confidence::P95);
/// assert_eq!(format!("{:.3} to {:.3}", interval.lower(), interval.upper()), "0.046 to 0.120");
/// assert!(Proportion::new(201, 200).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Proportion {
    count: u64,
    total: u64,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    count: u64,
    total: u64,
}

impl Proportion {
    /// `count` out of `total`.
    ///
    /// # Errors
    /// [`ErrorKind::NotAProportion`] for a total of 0, and for a count above it.
    pub fn new(count: u64, total: u64) -> Result<Self> {
        if total == 0 || count > total {
            Err(ErrorKind::NotAProportion { count, total }.into())
        } else {
            Ok(Self { count, total })
        }
    }

    /// The count.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.count
    }

    /// The total.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.total
    }

    /// `count / total`, rounded once.
    #[must_use]
    pub fn value(self) -> f64 {
        exact::quotient(self.count.into(), self.total.into())
    }
}

/// Such as `15 of 200`.
impl fmt::Display for Proportion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} of {}", digits::grouped(self.count), digits::grouped(self.total)))
    }
}

/// Reads what prints, such as `15 of 200`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for other text, else as [`Proportion::new`].
impl FromStr for Proportion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.trim().split_once(" of ");
        let parts = parts.and_then(|(count, total)| Some((digits::whole(count)?, digits::whole(total)?)));
        let (count, total) = parts.ok_or_else(|| {
            Error::from(ErrorKind::NotANumber {
                what: "proportion",
                text: text.into(),
                wanted: "a count of a total, such as 15 of 200",
            })
        })?;
        Self::new(count, total)
    }
}

impl TryFrom<Parts> for Proportion {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(parts.count, parts.total)
    }
}

impl From<Proportion> for Parts {
    fn from(proportion: Proportion) -> Self {
        Self { count: proportion.count, total: proportion.total }
    }
}
