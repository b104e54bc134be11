//! What is known of a count.

use crate::base::{Error, ErrorKind, Result, digits, layout, not_a_choice};
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
/// assert_eq!("3,437".parse(), Ok(Observation::Known(3_437)));
/// assert_eq!("[c]".parse(), Ok(Observation::SUPPRESSED));
/// assert_eq!("1-9".parse(), Ok(Observation::Suppressed { at_least: 1, at_most: Some(9) }));
/// assert_eq!("<5".parse(), Ok(Observation::Suppressed { at_least: 0, at_most: Some(4) }));
/// assert_eq!(">=10".parse(), Ok(Observation::Suppressed { at_least: 10, at_most: None }));
/// assert_eq!("..".parse(), Ok(Observation::Missing(Reason::NotAvailable)));
/// assert_eq!("".parse(), Ok(Observation::Missing(Reason::Blank)));
/// assert!("3,43".parse::<Observation>().is_err());
/// ```
/// In JSON and the like a plain number is a count too, text is read as above and nothing (`null`) is a blank; what is written
/// is always of one form: `{"known": 3437}`, `{"suppressed": {"at_least": 1, "at_most": 9}}`, `{"missing": "blank"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Observation {
    /// The count.
    Known(u64),
    /// There is a count, withheld so that nobody can be recognised (`[c]`, `*`), or given as a range (`1-9`, `<5`, `>=10`).
    Suppressed {
        /// The least that it can be; 0 where the publisher does not say.
        at_least: u64,
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
    /// The area is not in the table that the count would be from.
    NotInTable,
    /// The publisher says that it is not available (`..`, `:`, `[x]`).
    NotAvailable,
    /// The cell is empty and nothing says why.
    Blank,
    /// Records were added up, and there was none.
    NoRecord,
    /// Records were added up, and more was taken back than there was.
    NegativeTotal,
}

impl Observation {
    /// A count that is withheld, and nothing is said of it.
    pub const SUPPRESSED: Self = Self::Suppressed { at_least: 0, at_most: None };

    /// A count that is withheld or given as a range, by its two ends.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] where the most is below the least.
    pub fn between(at_least: u64, at_most: impl Into<Option<u64>>) -> Result<Self> {
        let at_most = at_most.into();
        match at_most.filter(|most| *most < at_least) {
            Some(most) => {
                let (what, range) = ("the most that a count can be", "the least that it can be, or more");
                Err(ErrorKind::OutOfRange { what, value: most as f64, range }.into())
            }
            None => Ok(Self::Suppressed { at_least, at_most }),
        }
    }

    /// The least and the most that the count can be, each the count itself where it is known; of one that is missing, from 0 to
    /// anything.
    #[must_use]
    pub const fn ends(self) -> (u64, Option<u64>) {
        match self {
            Self::Known(count) => (count, Some(count)),
            Self::Suppressed { at_least, at_most } => (at_least, at_most),
            Self::Missing(_) => (0, None),
        }
    }

    /// The count, where it is known.
    #[must_use]
    pub const fn known(self) -> Option<u64> {
        match self {
            Self::Known(count) => Some(count),
            Self::Suppressed { .. } | Self::Missing(_) => None,
        }
    }

    /// What is known of two counts together: their sum where both are known, the least and the most that it can be where one is
    /// suppressed. `None` where the sum is more than a count can be.
    pub(crate) fn together(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Known(count), Self::Known(other)) => count.checked_add(other).map(Self::Known),
            (Self::Missing(reason), Self::Missing(other)) => Some(Self::Missing(reason.max(other))),
            // One of them is in the table.
            (Self::Missing(Reason::NotInTable), _) | (_, Self::Missing(Reason::NotInTable)) => {
                Some(Self::Missing(Reason::NotAvailable))
            }
            (Self::Missing(reason), _) | (_, Self::Missing(reason)) => Some(Self::Missing(reason)),
            (one, other) => {
                let ((least, most), (other_least, other_most)) = (one.ends(), other.ends());
                let at_most = most.zip(other_most).and_then(|(one, other)| one.checked_add(other));
                Some(Self::Suppressed { at_least: least.saturating_add(other_least), at_most })
            }
        }
    }

    /// A total of signed records: a count, unless it is still negative after adding up.
    ///
    /// # Errors
    /// [`ErrorKind::NegativeTotal`] below zero.
    pub fn from_total(total: i64) -> Result<Self> {
        u64::try_from(total).map(Self::Known).map_err(|_| ErrorKind::NegativeTotal { value: total.into() }.into())
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
            Self::Known(count) => layout::pad(f, &digits::grouped(*count)),
            Self::Suppressed { at_least: 0, at_most: None } => layout::pad(f, SUPPRESSED),
            Self::Suppressed { at_least: 0, at_most: Some(most) } => {
                layout::pad(f, &format!("{SUPPRESSED}, {AT_MOST} {}", digits::grouped(*most)))
            }
            Self::Suppressed { at_least, at_most: None } => {
                layout::pad(f, &format!("{SUPPRESSED}, {AT_LEAST} {}", digits::grouped(*at_least)))
            }
            Self::Suppressed { at_least, at_most: Some(most) } => {
                let [least, most] = [*at_least, *most].map(digits::grouped);
                layout::pad(f, &format!("{SUPPRESSED}, {least}{TO}{most}"))
            }
            Self::Missing(reason) => reason.fmt(f),
        }
    }
}

const SUPPRESSED: &str = "suppressed";
const AT_MOST: &str = "at most";
const AT_LEAST: &str = "at least";
const TO: &str = " to ";

impl Reason {
    const ALL: [Self; 5] = [Self::NotInTable, Self::NotAvailable, Self::Blank, Self::NoRecord, Self::NegativeTotal];

    const fn words(self) -> &'static str {
        match self {
            Self::NotInTable => "not in the table",
            Self::NotAvailable => "not available",
            Self::Blank => "left blank",
            Self::NoRecord => "without a record",
            Self::NegativeTotal => "with a total below zero",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, self.words())
    }
}

/// Reads what prints.
///
/// # Errors
/// [`ErrorKind::NotAChoice`] for other text.
impl FromStr for Reason {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|reason| reason.words() == text.trim()).ok_or_else(|| {
            let choices = "not in the table, not available, left blank, without a record or with a total below zero";
            not_a_choice("a reason", text, choices, &Self::ALL.map(Self::words))
        })
    }
}

/// Reads digits, with commas between all thousands or with none; the symbols of official tables (`..`, `:`, `[x]`, `NA` not
/// available; `[c]`, `*` suppressed); ranges (`1-9`, `<5`, `<=4`, `>9`, `>=10`, `10+`); and the words that print.
///
/// # Errors
/// [`ErrorKind::NegativeTotal`] for a negative integer, [`ErrorKind::NotANumber`] for any other text.
impl FromStr for Observation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        match text {
            "" => return Ok(Self::Missing(Reason::Blank)),
            ".." | ":" | "[x]" | "NA" | "N/A" => return Ok(Self::Missing(Reason::NotAvailable)),
            "[c]" | "*" | SUPPRESSED => return Ok(Self::SUPPRESSED),
            _ => {}
        }
        if let Some(count) = digits::whole(text) {
            return Ok(Self::Known(count));
        }
        if let Some(ends) = range(text.strip_prefix(SUPPRESSED).and_then(|rest| rest.strip_prefix(',')).unwrap_or(text))
        {
            let read = ends.and_then(|(least, most)| Self::between(least, most).ok());
            return match read.ok_or_else(|| not_a_count(text))? {
                Self::Suppressed { at_least, at_most: Some(most) } if at_least == most => Ok(Self::Known(most)),
                read => Ok(read),
            };
        }
        match (text.parse(), text.parse::<i64>()) {
            (Ok(reason), _) => Ok(Self::Missing(reason)),
            (Err(_), Ok(total)) if total < 0 => Self::from_total(total),
            _ => Err(not_a_count(text)),
        }
    }
}

/// The ends of a range in one of the ways that tables and answers write it; `None` within where they are no ends.
#[allow(clippy::option_option, reason = "no range, and a range without ends, are two things")]
fn range(text: &str) -> Option<Option<(u64, Option<u64>)>> {
    let text = text.trim();
    let number = |text: &str| digits::whole(text.trim());
    let after = |signs: &[&str]| signs.iter().find_map(|sign| text.strip_prefix(sign));
    if let Some(most) = after(&["<=", "\u{2264}", AT_MOST]) {
        return Some(number(most).map(|most| (0, Some(most))));
    }
    if let Some(least) = after(&[">=", "\u{2265}", AT_LEAST]).or_else(|| text.strip_suffix('+')) {
        return Some(number(least).map(|least| (least, None)));
    }
    if let Some(above) = text.strip_prefix('<') {
        return Some(number(above).and_then(|above| Some((0, Some(above.checked_sub(1)?)))));
    }
    if let Some(below) = text.strip_prefix('>') {
        return Some(number(below).and_then(|below| Some((below.checked_add(1)?, None))));
    }
    let dashes = [TO, "-", "\u{2013}"].into_iter().find_map(|dash| text.split_once(dash));
    let (least, most) = dashes.filter(|(least, _)| !least.trim().is_empty())?;
    Some(number(least).zip(number(most)).map(|(least, most)| (least, Some(most))))
}

/// What is refused as a count.
pub(super) fn not_a_count(text: &str) -> Error {
    let wanted = "a whole number from 0 to 18446744073709551615 or one of ``, `..`, `:`, `[x]`, `NA`, `[c]`, `*`, `1-9`, `<5`, `>=10`";
    ErrorKind::NotANumber { what: "count", text: text.into(), wanted }.into()
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
            assert_eq!(parse(text), Observation::SUPPRESSED, "{text}");
        }
        for (text, ends) in [
            ("1-9", (1, Some(9))),
            ("1 \u{2013} 9", (1, Some(9))),
            ("10 to 1,000", (10, Some(1_000))),
            ("<5", (0, Some(4))),
            ("<=4", (0, Some(4))),
            ("\u{2264} 4", (0, Some(4))),
            (">9", (10, None)),
            (">=10", (10, None)),
            ("10+", (10, None)),
            ("0-0", (0, Some(0))),
        ] {
            assert_eq!(parse(text).ends(), ends, "{text}");
            assert_eq!(parse(&parse(text).to_string()), parse(text), "{text}");
        }
        assert_eq!(parse(" "), Observation::Missing(Reason::Blank));
        assert_eq!(parse(" 0 "), Observation::Known(0));
        assert_eq!(parse("18446744073709551615"), Observation::Known(u64::MAX));
    }

    #[test]
    fn what_is_no_count_is_refused_by_name() {
        let error = |text: &str| text.parse::<Observation>().unwrap_err();
        assert_eq!(error("-3").kind(), &ErrorKind::NegativeTotal { value: -3 });
        for text in [
            "3,43",
            "12.0",
            "1e3",
            "+5",
            "n/a",
            "9-1",
            "1-",
            "<0",
            "<",
            "1-9-12",
            "5++",
            ">18446744073709551615",
            "18446744073709551616",
            "-0",
            "٣",
        ] {
            let is_named = |found: &String| found == text;
            assert!(matches!(error(text).kind(), ErrorKind::NotANumber { what: "count", text, .. } if is_named(text)));
        }
    }
}
