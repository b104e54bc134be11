use crate::{Error, ErrorKind, Result, number};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What is known of an area's count: the number, or why there is none.
///
/// A count that is not known is never taken for zero: its area leaves the numerator and the denominator of every
/// average together, and the answer says so.
///
/// Text in the forms that official tables use reads as an observation:
///
/// ```
/// use crimerate::{Observation, Reason};
///
/// assert_eq!("3437".parse(), Ok(Observation::Known(3_437)));
/// assert_eq!("[c]".parse(), Ok(Observation::Suppressed { at_most: None }));
/// assert_eq!("..".parse(), Ok(Observation::Missing(Reason::NotAvailable)));
/// assert_eq!("".parse(), Ok(Observation::Missing(Reason::Blank)));
/// assert!("3,437".parse::<Observation>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observation {
    /// The count.
    Known(u64),
    /// There is a count, withheld so that nobody can be recognised (`[c]`, `*`).
    Suppressed {
        /// The most that it can be, where the publisher says so.
        at_most: Option<u64>,
    },
    /// There is no count.
    Missing(Reason),
}

/// Why there is no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// The publisher says that it is not available (`..`, `:`, `[x]`).
    NotAvailable,
    /// The cell is empty and nothing says why.
    Blank,
    /// Records were added up, and there was none.
    NoRecord,
}

impl Observation {
    /// The count, where it is known.
    #[must_use]
    pub const fn known(self) -> Option<u64> {
        match self {
            Self::Known(count) => Some(count),
            Self::Suppressed { .. } | Self::Missing(_) => None,
        }
    }

    /// What is known of two counts together: their sum where both are known, the most that it can be where one is
    /// suppressed. `None` where the sum is more than a count can be.
    pub(crate) fn together(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Known(count), Self::Known(other)) => count.checked_add(other).map(Self::Known),
            (Self::Missing(reason), Self::Missing(other)) => Some(Self::Missing(reason.max(other))),
            (Self::Missing(reason), _) | (_, Self::Missing(reason)) => Some(Self::Missing(reason)),
            (one, other) => {
                let most = |observation| match observation {
                    Self::Suppressed { at_most } => at_most,
                    _ => observation.known(),
                };
                let at_most = most(one).zip(most(other)).and_then(|(one, other)| one.checked_add(other));
                Some(Self::Suppressed { at_most })
            }
        }
    }

    /// A total of signed records: a count, unless it is still negative after adding up.
    ///
    /// # Errors
    /// [`ErrorKind::NegativeCount`] below zero.
    pub fn from_total(total: i64) -> Result<Self> {
        u64::try_from(total).map(Self::Known).map_err(|_| ErrorKind::NegativeCount { value: total.into() }.into())
    }
}

impl From<u64> for Observation {
    fn from(count: u64) -> Self {
        Self::Known(count)
    }
}

impl fmt::Display for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(count) => f.pad(&number::grouped(*count)),
            Self::Suppressed { at_most: None } => f.pad("suppressed"),
            Self::Suppressed { at_most: Some(most) } => {
                f.pad(&format!("suppressed, at most {}", number::grouped(*most)))
            }
            Self::Missing(reason) => reason.fmt(f),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotAvailable => "not available",
            Self::Blank => "left blank",
            Self::NoRecord => "without a record",
        })
    }
}

/// Reads plain digits and the symbols of official tables: `..`, `:`, `[x]` not available; `[c]`, `*` suppressed.
///
/// # Errors
/// [`ErrorKind::NegativeCount`] for a negative integer, [`ErrorKind::NotACount`] for any other text.
impl FromStr for Observation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.trim() {
            "" => Ok(Self::Missing(Reason::Blank)),
            ".." | ":" | "[x]" => Ok(Self::Missing(Reason::NotAvailable)),
            "[c]" | "*" => Ok(Self::Suppressed { at_most: None }),
            text => match (number::digits(text), text.parse::<i64>()) {
                (Some(count), _) => Ok(Self::Known(count)),
                (None, Ok(total)) if total < 0 => Self::from_total(total),
                _ => Err(ErrorKind::NotACount { text: text.into() }.into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_keeps_its_meaning() {
        let parse = |text: &str| text.parse::<Observation>().unwrap();
        for text in ["..", ":", "[x]", " .. "] {
            assert_eq!(parse(text), Observation::Missing(Reason::NotAvailable), "{text}");
        }
        for text in ["[c]", "*"] {
            assert_eq!(parse(text), Observation::Suppressed { at_most: None }, "{text}");
        }
        assert_eq!(parse(" "), Observation::Missing(Reason::Blank));
        assert_eq!(parse(" 0 "), Observation::Known(0));
        assert_eq!(parse("18446744073709551615"), Observation::Known(u64::MAX));
    }

    #[test]
    fn what_is_no_count_is_refused_by_name() {
        let error = |text: &str| text.parse::<Observation>().unwrap_err();
        assert_eq!(error("-3").kind(), &ErrorKind::NegativeCount { value: -3 });
        for text in ["3,437", "12.0", "1e3", "+5", "n/a", "18446744073709551616", "-0", "٣"] {
            assert_eq!(error(text).kind(), &ErrorKind::NotACount { text: text.into() });
        }
    }
}
