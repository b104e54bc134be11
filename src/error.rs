use crate::{Undefined, number};
use std::fmt;

/// Everything that can go wrong, in one word, with the area and the row it went wrong at.
///
/// It prints as one line that a person can act on:
///
/// ```
/// use crimerate::Table;
///
/// let error = Table::from_rows([("Kent", 729, 1_846_500), ("Heathrow", 12, 0)]).unwrap_err();
/// assert_eq!(error.to_string(), "Heathrow: row 2: population is zero, so no rate is defined");
/// ```
#[derive(Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Error(Box<Context>);

#[derive(Clone, PartialEq)]
struct Context {
    area: Option<String>,
    row: Option<u64>,
    kind: ErrorKind,
}

/// The fact behind an [`Error`], with the value that caused it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A population of zero: nobody is at risk, so no rate exists.
    #[error("population is zero, so no rate is defined")]
    ZeroPopulation,
    /// A row without a population.
    #[error("population is not given, so no rate is defined")]
    NoPopulation,
    /// Text that is not a population.
    #[error("population {text:?} is not a whole number from 0 to {}", u64::MAX)]
    NotAPopulation {
        /// The text as found.
        text: String,
    },
    /// Text that is neither a count nor a known symbol for a count that is not known.
    #[error(
        "count {text:?} is neither a whole number from 0 to {} nor one of ``, `..`, `:`, `[x]`, `[c]`, `*`",
        u64::MAX
    )]
    NotACount {
        /// The text as found.
        text: String,
    },
    /// A total that is below zero.
    #[error("count is {value}, and a total cannot be negative")]
    NegativeCount {
        /// The total.
        value: i128,
    },
    /// An area without a name.
    #[error("the area has no name")]
    NoName,
    /// Two rows with one name.
    #[error("the name stands in row {first} already")]
    DuplicateName {
        /// The row that had it first.
        first: u64,
    },
    /// Two rows with one code.
    #[error("the code {code:?} stands in row {first} already")]
    DuplicateCode {
        /// The code.
        code: String,
        /// The row that had it first.
        first: u64,
    },
    /// A table without a row.
    #[error("there is no row, so there is nothing to compare")]
    NoRows,
    /// A name or code that no area of the table has.
    #[error("no area has the name or code {text:?}")]
    UnknownArea {
        /// The name or code as asked for.
        text: String,
    },
    /// An area that takes no part in the comparison that it is looked up in.
    #[error("the area takes no part: {reason}")]
    LeftOut {
        /// Why.
        reason: String,
    },
    /// A figure that does not exist.
    #[error("{0}, so the figure does not exist")]
    Undefined(Undefined),
    /// An exclusion without a reason.
    #[error("an exclusion needs a reason")]
    NoReason,
    /// Columns of different lengths.
    #[error("the column {column} has {found} values, where there should be {expected}")]
    ColumnLength {
        /// The column.
        column: &'static str,
        /// How many values it should have.
        expected: usize,
        /// How many values the column has.
        found: usize,
    },
    /// A multiplier of zero.
    #[error("a rate cannot be read per 0")]
    ZeroPer,
    /// A confidence level outside the open interval from 0 to 1.
    #[error("confidence {level} is not between 0 and 1, both left out (95 % is 0.95)")]
    NotAConfidence {
        /// The level.
        level: f64,
    },
    /// Text that is no number, where a confidence level is asked for.
    #[error("confidence {text:?} is not a number between 0 and 1")]
    NotALevel {
        /// The text as found.
        text: String,
    },
    /// A proportion of nothing.
    #[error("total is zero, so no proportion is defined")]
    ZeroTotal,
    /// A proportion above one.
    #[error("count {count} is more than the total {total}, so it is no proportion")]
    CountAboveTotal {
        /// The count.
        count: u64,
        /// The total.
        total: u64,
    },
    /// A fixed average that is negative, not a number, or too near to what a double can hold.
    #[error("{value} is not an average: it has to be 0 or from 1e-30 to 1e30")]
    NotAnAverage {
        /// The value.
        value: f64,
    },
    /// An expected count that is negative, not a number, or too near to what a double can hold.
    #[error("{value} is not an expected count: it has to be 0 or from 1e-30 to 1e30")]
    NotExpected {
        /// The value.
        value: f64,
    },
    /// A target of a proportion that is not strictly between 0 and 1.
    #[error("{value} is not a target for proportions: it has to be between 0 and 1, both left out")]
    NotATarget {
        /// The value.
        value: f64,
    },
    /// A fraction to be trimmed that would leave nothing.
    #[error("{fraction} cannot be trimmed at each end: it has to be from 0 to below 0.5")]
    NotATrim {
        /// The fraction.
        fraction: f64,
    },
    /// A p-value that is none.
    #[error("{value} is not a probability from 0 to 1")]
    NotAProbability {
        /// The value.
        value: f64,
    },
    /// Text that is not a published figure.
    #[error("{text:?} is not a figure in plain digits, such as 24.5")]
    NotAFigure {
        /// The text as found.
        text: String,
    },
    /// A word that names none of the choices there are.
    #[error("{text:?} is not {what}: choose {choices}")]
    NotAChoice {
        /// What is chosen.
        what: &'static str,
        /// The text as found.
        text: String,
        /// The choices.
        choices: &'static str,
    },
    /// A serialised sum whose parts cannot belong together.
    #[error("a tally of {areas} areas cannot have count {count} and population {population}")]
    NotATally {
        /// How many areas it says it has.
        areas: u64,
        /// The count.
        count: u128,
        /// The population.
        population: u128,
    },
    /// Limits out of order, or not numbers.
    #[error("{lower} to {upper} is not an interval")]
    NotAnInterval {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
    },
    /// A serialised report whose figure does not follow from its counts and populations.
    #[error("{column} is given as {stated}, but its counts and populations give {computed}")]
    NotTheFigure {
        /// The column.
        column: &'static str,
        /// What is given.
        stated: String,
        /// What follows.
        computed: String,
    },
}

impl Error {
    /// The fact, for code that has to tell one from another.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The area, where there is one.
    #[must_use]
    pub fn area(&self) -> Option<&str> {
        self.0.area.as_deref()
    }

    /// The row, where there is one: the line of the file (the header being 1), or the place in the iterator from 1.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.0.row
    }

    /// The same error with the area named.
    #[must_use]
    pub fn in_area(mut self, area: impl Into<String>) -> Self {
        self.0.area = Some(area.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same error with the row named.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.0.row = Some(row);
        self
    }
}

impl From<Undefined> for Error {
    fn from(undefined: Undefined) -> Self {
        ErrorKind::Undefined(undefined).into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(Context { area: None, row: None, kind }))
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(area) = &self.area {
            write!(f, "{}: ", number::one_line(area))?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}: ")?;
        }
        write!(f, "{}", self.kind)
    }
}

/// Shows the message, because `fn main() -> Result<(), Error>` prints this form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Refuses the first column that has another length than it should have.
pub(crate) fn same_length<const N: usize>(expected: usize, columns: [(&'static str, usize); N]) -> Result<()> {
    match columns.into_iter().find(|(_, found)| *found != expected) {
        Some((column, found)) => Err(ErrorKind::ColumnLength { column, expected, found }.into()),
        None => Ok(()),
    }
}

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_word_and_can_travel() {
        fn travels<T: Send + Sync + Clone + 'static>() {}
        travels::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn names_area_and_row_on_one_line() {
        let error = Error::from(ErrorKind::ZeroPopulation);
        assert_eq!(error.to_string(), "population is zero, so no rate is defined");
        let error = error.at_row(17).in_area("Kent\nand more");
        assert_eq!(error.to_string(), "Kent\\nand more: row 17: population is zero, so no rate is defined");
        assert_eq!((error.area(), error.row()), (Some("Kent\nand more"), Some(17)));
        assert_eq!(format!("{error:?}"), error.to_string());
    }
}
