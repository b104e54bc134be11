use crate::{ErrorKind, Observation, Population, Result};

/// One area's figures on their way into a [`Table`](crate::Table), not yet checked.
///
/// A row may hold text that turned out to be no number: the table refuses it with its area and its row, and
/// [`Table::check`](crate::Table::check) lists every such row at once. `(name, count, population)` is a row.
///
/// ```
/// use crimerate::{Row, Table};
///
/// let rows = [
///     Row::parse("Kent", "729", "1846500").line(2),
///     Row::parse("Essex", "1,119", "1832800").line(3),
///     Row::parse("Heathrow", "12", "0").line(4),
/// ];
/// let errors = Table::check(rows);
/// assert_eq!(errors.len(), 2);
/// assert_eq!(errors[1].to_string(), "Heathrow: row 4: population is zero, so no rate is defined");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) count: Result<Observation>,
    pub(crate) population: Result<Population>,
    pub(crate) line: Option<u64>,
}

impl Row {
    /// A row of numbers. The count is a `u64`, or an [`Observation`] where it may not be known.
    pub fn new(name: impl Into<String>, count: impl Into<Observation>, population: u64) -> Self {
        Self {
            name: name.into(),
            code: None,
            count: Ok(count.into()),
            population: Population::new(population),
            line: None,
        }
    }

    /// A row without a population, to be refused or, by [`Table::from_rows_leaving_out`](crate::Table), left out.
    pub fn without_population(name: impl Into<String>, count: impl Into<Observation>) -> Self {
        Self { population: Err(ErrorKind::NoPopulation.into()), ..Self::new(name, count, 1) }
    }

    /// A row of text, as a file has it: the count as [`Observation`] reads it, the population in plain digits.
    #[must_use]
    pub fn parse(name: &str, count: &str, population: &str) -> Self {
        Self { name: name.into(), code: None, count: count.parse(), population: population.parse(), line: None }
    }

    /// A row whose count is a sum of signed records, which may have come out negative.
    pub fn from_total(name: impl Into<String>, total: i64, population: u64) -> Self {
        Self { count: Observation::from_total(total), ..Self::new(name, 0, population) }
    }

    /// The row with the area's official code.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The row with its line in the file, the header being line 1, for messages; without it, its place from 1.
    #[must_use]
    pub const fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

impl<N: Into<String>, C: Into<Observation>> From<(N, C, u64)> for Row {
    fn from((name, count, population): (N, C, u64)) -> Self {
        Self::new(name, count, population)
    }
}
