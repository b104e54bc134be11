//! One row of a series, as it was given.

use crate::{
    base::Error,
    rate::{Observation, Population},
    table::Row,
};

/// The count and the population of one area in one period, with its period as text or as a [`Period`](crate::Period).
///
/// ```
/// use crimerate::{Period, Row, time::SeriesRow};
///
/// let month: Period = "Apr-21".parse()?;
/// let typed = SeriesRow::new("Kent", month, 731, 1_846_500);
/// let read = SeriesRow::parse("Kent", "2021-04", "731", "1,846,500").line(2);
/// let short = SeriesRow::of(Row::new("Kent", 4_012, 1_846_500).code("E23000032").months(6), "2021");
/// # let _ = (typed, read, short);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRow {
    pub(super) row: Row,
    pub(super) period: String,
}

impl SeriesRow {
    /// A row of numbers, or of what reads as them.
    pub fn new<C, P>(area: impl Into<String>, period: impl Into<String>, count: C, population: P) -> Self
    where
        C: TryInto<Observation, Error: Into<Error>>,
        P: TryInto<Population, Error: Into<Error>>,
    {
        Self::of(Row::new(area, count, population), period)
    }

    /// A row of text, as files have it.
    #[must_use]
    pub fn parse(area: &str, period: &str, count: &str, population: &str) -> Self {
        Self::of(Row::parse(area, count, population), period)
    }

    /// A row of a table, of this period. Its [`months`](Row::months), where it gives any, are how many of those of the period its count covers.
    #[must_use]
    pub fn of(row: Row, period: impl Into<String>) -> Self {
        Self { row, period: period.into() }
    }

    /// The line of the file that it stands on.
    #[must_use]
    pub fn line(self, line: u64) -> Self {
        Self { row: self.row.line(line), ..self }
    }
}

/// A count without a population is still a count: its rate is what does not exist.
impl<N, T, C, P> From<(N, T, C, P)> for SeriesRow
where
    N: Into<String>,
    T: Into<String>,
    C: TryInto<Observation, Error: Into<Error>>,
    P: TryInto<Population, Error: Into<Error>>,
{
    fn from((area, period, count, population): (N, T, C, P)) -> Self {
        Self::new(area, period, count, population)
    }
}
