//! A run of whole months.
//!
//! A period is its months and not its name: the year to March 2021 and 2020/21 are one, so that two files which name it differently
//! are about the same. No library of dates is needed for that: there are no days here.

use crate::base::{Error, ErrorKind, Result, layout};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Sub};

/// A month, a quarter, a half-year, a calendar, financial or rolling year, or any other run of whole months.
///
/// It reads what files say, prints as a person would, and what prints, parses. Two are equal where their months are:
///
/// ```
/// use crimerate::Period;
///
/// let month: Period = "2021-04".parse()?;
/// assert_eq!([month, "Apr-21".parse()?], ["April 2021".parse()?; 2]);
/// let year: Period = "year to March 2021".parse()?;
/// assert_eq!([year, "Apr 2020 to Mar 2021".parse()?, "2020-21".parse()?], ["2020/21".parse()?; 3]);
/// assert_eq!((year.to_string(), year.kind(), year.months()), ("2020/21".into(), "financial year", 12));
/// assert_eq!("2021 Q1".parse::<Period>()?.first_month(), "Jan 2021".parse()?);
/// assert_eq!((month - year, year.year_before().unwrap().to_string()), (12, "2019/20".into()));
/// assert!(year.contains("2020 Q4".parse()?) && !year.overlaps(month));
/// let error = "03/04".parse::<Period>().unwrap_err();
/// assert_eq!(error.to_string(), "\"03/04\" is no period: it may be March 2004, 3 April or 2003/04, so write the year with four digits");
/// # Ok::<(), crimerate::Error>(())
/// ```
///
/// `2011-12` is a month (ISO 8601) and a financial year, and is refused alone; among others [`Period::of_column`] reads it as these are.
/// A quarter of a financial year (`2020/21 Q1`, from April) prints as that of the calendar (`2020 Q2`).
///
/// Periods are in the order of their first months, then of their lengths. One less another is the months from the first month of
/// the other to its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// Months since the beginning of the year 0.
    first: u32,
    months: u32,
}

/// The months in words.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const YEAR: u32 = 12;
/// A year has four digits.
const FIRST: u32 = 1_000 * YEAR;
const LAST: u32 = 9_999 * YEAR + 11;
const APRIL: u32 = 3;

impl Period {
    /// A month, from 1 for January.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for another month than 1 to 12, and for a year that has not four digits.
    pub fn month(year: u32, month: u32) -> Result<Self> {
        Self::part("a month of the year", "from 1 to 12", month, YEAR, 1, year)
    }

    /// A quarter of a calendar year: the first is January to March.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for another quarter than 1 to 4, and for a year that has not four digits.
    pub fn quarter(year: u32, quarter: u32) -> Result<Self> {
        Self::part("a quarter", "from 1 to 4", quarter, 4, 3, year)
    }

    /// A half of a calendar year.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for another half than 1 or 2, and for a year that has not four digits.
    pub fn half_year(year: u32, half: u32) -> Result<Self> {
        Self::part("a half of a year", "1 or 2", half, 2, 6, year)
    }

    /// January to December.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a year that has not four digits.
    pub fn calendar_year(year: u32) -> Result<Self> {
        Self::part("a year", "", 1, 1, YEAR, year)
    }

    /// April of this year to March of the next.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a year that has not four digits, also for 9999.
    pub fn financial_year(year: u32) -> Result<Self> {
        let april = Self::month(year, APRIL + 1)?;
        Self::at(april.first, YEAR).ok_or_else(|| out_of_years(year))
    }

    /// The twelve months to a month, from 1 for January.
    ///
    /// # Errors
    /// As [`Period::month`], also where the year does not begin in one of four digits.
    pub fn year_to(year: u32, month: u32) -> Result<Self> {
        Self::month(year, month)?.ending_here(YEAR).ok_or_else(|| out_of_years(year))
    }

    /// From the first month of one period to the last month of another.
    ///
    /// # Errors
    /// [`ErrorKind::NotAPeriod`] where that is before it.
    pub fn from_to(first: Self, last: Self) -> Result<Self> {
        let end = last.first + last.months;
        let months = end.checked_sub(first.first).filter(|months| *months > 0);
        months.map(|months| Self { months, ..first }).ok_or_else(|| {
            let reason = "it ends before it begins";
            ErrorKind::NotAPeriod { text: format!("{first} to {last}"), reason: reason.into() }.into()
        })
    }

    /// How many months it has.
    #[must_use]
    pub const fn months(self) -> u32 {
        self.months
    }

    /// Its first month.
    #[must_use]
    pub const fn first_month(self) -> Self {
        Self { months: 1, ..self }
    }

    /// Its last month.
    #[must_use]
    pub const fn last_month(self) -> Self {
        Self { first: self.first + self.months - 1, months: 1 }
    }

    /// The period of as many months, k months later (earlier, below 0); `None` beyond years of four digits.
    #[must_use]
    pub fn shifted(self, months: i32) -> Option<Self> {
        Self::at(self.first.checked_add_signed(months)?, self.months)
    }

    /// The same months of the year before.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        self.shifted(-12)
    }

    /// The period of as many months that follows.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.shifted(i32::try_from(self.months).ok()?)
    }

    /// The period of as many months that ends with this one's last month.
    #[must_use]
    pub fn ending_here(self, months: u32) -> Option<Self> {
        Self::at((self.first + self.months).checked_sub(months)?, months)
    }

    /// Whether all months of the other are among its own.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.first + other.months <= self.first + self.months
    }

    /// Whether any month is in both.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.first < other.first + other.months && other.first < self.first + self.months
    }

    /// What it is: `month`, `quarter`, `half-year`, `calendar year`, `financial year`, `year to a month`, or `months` for any other run.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match (self.months, self.first % YEAR) {
            (1, _) => "month",
            (3, 0 | 3 | 6 | 9) => "quarter",
            (6, 0 | 6) => "half-year",
            (YEAR, 0) => "calendar year",
            (YEAR, APRIL) => "financial year",
            (YEAR, _) => "year to a month",
            _ => "months",
        }
    }

    /// The calendar year of its last month.
    pub(crate) const fn last_year(self) -> u32 {
        (self.first + self.months - 1) / YEAR
    }

    pub(super) fn at(first: u32, months: u32) -> Option<Self> {
        let last = first.checked_add(months)?.checked_sub(1)?;
        (months > 0 && first >= FIRST && last <= LAST).then_some(Self { first, months })
    }

    /// One of the equal parts of a calendar year.
    fn part(what: &'static str, range: &'static str, number: u32, parts: u32, months: u32, year: u32) -> Result<Self> {
        if number == 0 || number > parts {
            return Err(ErrorKind::OutOfRange { what, value: number.into(), range }.into());
        }
        let first = year.checked_mul(YEAR).and_then(|first| first.checked_add((number - 1) * months));
        first.and_then(|first| Self::at(first, months)).ok_or_else(|| out_of_years(year))
    }

    fn month_name(self) -> String {
        let name = MONTHS.get((self.first % YEAR) as usize).copied().unwrap_or_default();
        format!("{name} {}", self.first / YEAR)
    }
}

fn out_of_years(year: u32) -> Error {
    ErrorKind::OutOfRange { what: "the year of a period", value: year.into(), range: "of four digits" }.into()
}

/// The months from the first month of the other to that of this one.
impl Sub for Period {
    type Output = i32;

    fn sub(self, other: Self) -> i32 {
        // Both are below 120,000.
        self.first as i32 - other.first as i32
    }
}

/// Such as `April 2021`, `2021 Q1`, `2021 H1`, `2021`, `2020/21`, `year to June 2021` or `January 2021 to May 2021`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first / YEAR, self.first % YEAR);
        let text = match self.kind() {
            "month" => self.month_name(),
            "quarter" => format!("{year} Q{}", month / 3 + 1),
            "half-year" => format!("{year} H{}", month / 6 + 1),
            "calendar year" => year.to_string(),
            "financial year" => format!("{year}/{:02}", (year + 1) % 100),
            "year to a month" => format!("year to {}", self.last_month().month_name()),
            _ => format!("{} to {}", self.first_month().month_name(), self.last_month().month_name()),
        };
        layout::pad(f, &text)
    }
}

impl TryFrom<String> for Period {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}
