//! The unit population that a rate is read per.
//!
//! A `Per` knows whether it is of people or of person-months, and a report takes that from its table, so that no yearly rate looks
//! like one on people; figures do not depend on it, and 1,200,000 person-months read as *100,000 a year*.

use crate::base::{Error, ErrorKind, Result, digits, layout};
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
///
/// Two are equal where they are per as many of the same: 1,200,000 person-months are 100,000 people for a year, and not
/// 1,200,000 people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Per {
    number: NonZeroU32,
    person_months: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Parts {
    People(u32),
    #[serde(rename_all = "kebab-case")]
    PersonMonths {
        person_months: u32,
    },
}

impl Per {
    /// Per head: the rate as a plain fraction.
    pub const ONE: Self = Self::people(NonZeroU32::MIN);
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
    /// [`ErrorKind::OutOfRange`] for 0.
    pub fn new(people: u32) -> Result<Self> {
        let (what, range) = ("a number that rates are read per", "from 1 to 4,294,967,295");
        let refused = || ErrorKind::OutOfRange { what, value: 0.0, range }.into();
        NonZeroU32::new(people).map(Self::people).ok_or_else(refused)
    }

    /// The multiplier.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.number.get()
    }

    /// A number of people for a year, to read rates on person-months by, which [annualised](crate::Table::annualised) tables have:
    /// 12 times as many. `None` above what a multiplier can be.
    ///
    /// ```
    /// use crimerate::{Per, Rate};
    ///
    /// let half_a_year = Rate::new(130, 6 * 510_000)?; // person-months
    /// let yearly = Per::HUNDRED_THOUSAND.years().unwrap();
    /// assert_eq!(half_a_year.per(yearly).to_string(), "51.0 per 100,000 a year");
    /// assert_eq!(yearly.get(), 1_200_000);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn years(self) -> Option<Self> {
        let months = self.get().checked_mul(if self.person_months { 1 } else { Self::YEAR })?;
        Some(Self { number: NonZeroU32::new(months)?, person_months: true })
    }

    /// Whether it is read per unit of person-months, as [`Per::years`] is.
    #[must_use]
    pub const fn is_in_person_months(self) -> bool {
        self.person_months
    }

    /// The months of a year.
    const YEAR: u32 = 12;

    const fn people(number: NonZeroU32) -> Self {
        Self { number, person_months: false }
    }

    /// The same number, of person-months or of people: it changes what is printed and no figure.
    pub(crate) const fn in_person_months(self, person_months: bool) -> Self {
        Self { person_months, ..self }
    }

    /// A number per head as a number per unit.
    pub(crate) fn scale(self, per_head: f64) -> f64 {
        per_head * f64::from(self.get())
    }

    /// Per how many of whom, which stands behind the number (` people`).
    pub(crate) fn of(self, whom: &str) -> String {
        let number = self.get();
        match self.person_months {
            true if number.is_multiple_of(Self::YEAR) => {
                format!("per {}{whom} a year", digits::grouped(number / Self::YEAR))
            }
            true if number == 1 => "per person-month".into(),
            true => format!("per {} person-months", digits::grouped(number)),
            false => format!("per {}{whom}", digits::grouped(number)),
        }
    }

    const fn constant(people: u32) -> Self {
        match NonZeroU32::new(people) {
            Some(people) => Self::people(people),
            None => Self::ONE,
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.of(""))
    }
}

/// Reads what prints (`per 100,000`, `per 100,000 a year`, `per 50 person-months`), with or without its `per` and its commas, and round numbers
/// in words: `per million`, `per hundred thousand`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for anything else or above 4,294,967,295, [`ErrorKind::OutOfRange`] for 0.
impl FromStr for Per {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wanted = "a whole number up to 4294967295 in plain digits, such as 100000";
        let refused = || Error::from(ErrorKind::NotANumber { what: "per", text: text.into(), wanted });
        let words: Vec<&str> = text.split_whitespace().collect();
        let words = words.strip_prefix(&["per"]).unwrap_or(&words);
        let number = |text: &str| digits::whole(text).and_then(|number| u32::try_from(number).ok()).ok_or_else(refused);
        let round: &[(&[&str], Self)] = &[
            (&["million"], Self::MILLION),
            (&["hundred", "thousand"], Self::HUNDRED_THOUSAND),
            (&["ten", "thousand"], Self::TEN_THOUSAND),
            (&["thousand"], Self::THOUSAND),
        ];
        for (words_of, per) in round {
            match words.strip_prefix(*words_of) {
                Some([]) => return Ok(*per),
                Some(["a", "year"]) => return per.years().ok_or_else(refused),
                _ => {}
            }
        }
        match words {
            ["person-month"] => Ok(Self::ONE.in_person_months(true)),
            [people] => Self::new(number(people)?),
            [months, "person-months"] => Ok(Self::new(number(months)?)?.in_person_months(true)),
            [people, "a", "year"] => Self::new(number(people)?)?.years().ok_or_else(refused),
            _ => Err(refused()),
        }
    }
}

impl TryFrom<u32> for Per {
    type Error = Error;

    fn try_from(people: u32) -> Result<Self> {
        Self::new(people)
    }
}

impl TryFrom<Parts> for Per {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let (Parts::People(number) | Parts::PersonMonths { person_months: number }) = parts;
        Ok(Self { person_months: matches!(parts, Parts::PersonMonths { .. }), ..Self::new(number)? })
    }
}

impl From<Per> for Parts {
    fn from(per: Per) -> Self {
        let number = per.get();
        if per.person_months { Self::PersonMonths { person_months: number } } else { Self::People(number) }
    }
}
