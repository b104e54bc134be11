//! One area's rate as it was published.

use crate::{
    base::{Error, ErrorKind, Result, digits},
    rate::{Observation, Per, Population},
    table::Row,
};
use serde::Deserialize;

/// One area's rate as it was published, on its way into [`PublishedRates`](crate::league::PublishedRates) and not yet checked.
///
/// `(name, rate)` is one, and so is `(name, code, rate)`. The rate is decimal text: digits, one point at most, commas between all
/// thousands or none; or one of the symbols by which an [`Observation`] is not known (`..`, `[c]`, nothing at all). Read by serde
/// it has the fields `area` (or `name`), `rate` and, where it is there, `code`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PublishedRate {
    #[serde(alias = "name")]
    pub(super) area: String,
    #[serde(default)]
    pub(super) code: Option<String>,
    pub(super) rate: String,
    #[serde(default)]
    line: Option<u64>,
    #[serde(skip)]
    distinct: bool,
}

impl PublishedRate {
    /// A rate as it was printed.
    pub fn new(area: impl Into<String>, rate: impl Into<String>) -> Self {
        Self { area: area.into(), code: None, rate: rate.into(), line: None, distinct: false }
    }

    /// With the area's official code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// With its line in the file, the header being line 1, for messages; without it, its place from 1.
    #[must_use]
    pub fn line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    /// Of an area of its own, though its name is like another: see [`Row::distinct`].
    #[must_use]
    pub fn distinct(self) -> Self {
        Self { distinct: true, ..self }
    }

    /// The rate as an exact fraction: its digits over the people that make one of the last.
    pub(super) fn row(&self, per: Per) -> Row {
        let (count, population) = match fraction(self.rate.trim(), per) {
            Ok((count, population)) => (Ok(count), Ok(population)),
            Err(error) => (Err(error), Population::try_from(u64::from(per.get()))),
        };
        let row = Row { count, population, ..Row::new(self.area.clone(), 0_u64, 1_u64) };
        let row = self.code.iter().cloned().fold(row, Row::code);
        let row = self.line.into_iter().fold(row, Row::line);
        if self.distinct { row.distinct() } else { row }
    }
}

/// `24.50 per 1,000` is 245 in 10,000: equal decimals are equal fractions, however many zeros they were printed with.
fn fraction(text: &str, per: Per) -> Result<(Observation, Population)> {
    let per = u64::from(per.get());
    let Some((mut digits, mut decimals)) = decimal(text) else {
        return match text.parse() {
            Ok(unknown @ (Observation::Missing(_) | Observation::SUPPRESSED)) => Ok((unknown, Population::new(per)?)),
            _ => {
                let wanted = "a decimal number from 0 in plain digits, such as 24.5, or one of ``, `..`, `:`, `[x]`, `NA`, `[c]`, `*`";
                Err(ErrorKind::NotANumber { what: "rate", text: text.into(), wanted }.into())
            }
        };
    };
    while decimals > 0 && digits.is_multiple_of(10) {
        (digits, decimals) = (digits / 10, decimals - 1);
    }
    let people = 10_u128.pow(decimals) * u128::from(per);
    let held = u64::try_from(digits).ok().zip(u64::try_from(people).ok());
    let (count, people) = held.or_else(|| nearest(digits, people)).ok_or_else(|| {
        let (what, advice) = ("the rate's decimals times what it is per", "round the rate");
        Error::from(ErrorKind::TooLarge { what: what.into(), value: None, most: u64::MAX.into(), advice })
    })?;
    Ok((Observation::Known(count), Population::new(people)?))
}

/// The digits of a decimal number without its point, 28 at most, and how many stand behind it.
fn decimal(text: &str) -> Option<(u128, u32)> {
    let text = digits::ungrouped(text)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let point = text.len() > whole.len();
    let readable = !whole.is_empty() && point != fraction.is_empty() && whole.len() + fraction.len() <= 28;
    let digits = format!("{whole}{fraction}");
    let plain = readable && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| plain)?, u32::try_from(fraction.len()).ok()?))
}

/// The fraction next to one that is too large to be held: the last of its convergents that can be. It is off by less than 1e-19 of the fraction, so
/// that the double that is read is that of the decimals. Nothing where that would be zero.
fn nearest(numerator: u128, denominator: u128) -> Option<(u64, u64)> {
    let (mut above, mut below) = (numerator, denominator);
    let (mut last, mut found) = ((0_u64, 1_u64), (1_u64, 0_u64));
    while below > 0 {
        let (whole, rest) = (above / below, above % below);
        let next = |of: u64, before: u64| u64::try_from(whole.checked_mul(of.into())?.checked_add(before.into())?).ok();
        let (Some(count), Some(people)) = (next(found.0, last.0), next(found.1, last.1)) else { break };
        (last, found) = (found, (count, people));
        (above, below) = (below, rest);
    }
    Some(found).filter(|(count, people)| *count > 0 && *people > 0)
}

impl<N: Into<String>, R: Into<String>> From<(N, R)> for PublishedRate {
    fn from((area, rate): (N, R)) -> Self {
        Self::new(area, rate)
    }
}

/// Name, code and rate.
impl<N: Into<String>, C: Into<String>, R: Into<String>> From<(N, C, R)> for PublishedRate {
    fn from((area, code, rate): (N, C, R)) -> Self {
        Self::new(area, rate).code(code)
    }
}
