//! What is refused, with the area, the row and the value.

use super::{kind::ErrorKind, layout, undefined::Undefined, words};
use std::{convert::Infallible, fmt};

/// Everything that can go wrong, in one word, with the area, the indicator, the period, the stratum, the row and the column it went wrong at.
///
/// It prints as one line that a person can act on:
///
/// ```
/// use crimerate::Table;
///
/// let error = Table::from_rows([("Kent", 729, 1_846_500), ("Heathrow", 12, 0)]).unwrap_err();
/// assert_eq!(error.to_string(), "Heathrow: row 2: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say so by Table::unplaced");
/// ```
#[derive(Clone, PartialEq)]
pub struct Error(Box<Context>);

#[derive(Clone, PartialEq)]
struct Context {
    area: Option<String>,
    indicator: Option<String>,
    period: Option<String>,
    stratum: Option<String>,
    row: Option<u64>,
    column: Option<String>,
    kind: ErrorKind,
    advice: Option<&'static str>,
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

    /// The indicator of a panel or of records, where there is one.
    #[must_use]
    pub fn indicator(&self) -> Option<&str> {
        self.0.indicator.as_deref()
    }

    /// The period of records, where there is one.
    #[must_use]
    pub fn period(&self) -> Option<&str> {
        self.0.period.as_deref()
    }

    /// The stratum or the offence of standardised figures, where there is one.
    #[must_use]
    pub fn stratum(&self) -> Option<&str> {
        self.0.stratum.as_deref()
    }

    /// The row, where there is one: the line of the file (the header being 1), or the place in the iterator from 1.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.0.row
    }

    /// The column of a file, where there is one, by its heading.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// The same error with the area named.
    #[must_use]
    pub fn in_area(mut self, area: impl Into<String>) -> Self {
        self.0.area = Some(area.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same error with the indicator named.
    #[must_use]
    pub fn in_indicator(mut self, indicator: impl Into<String>) -> Self {
        self.0.indicator = Some(indicator.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same error with the period named.
    #[must_use]
    pub fn in_period(mut self, period: impl Into<String>) -> Self {
        self.0.period = Some(period.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same error with the stratum, or the offence, named.
    #[must_use]
    pub fn in_stratum(mut self, stratum: impl Into<String>) -> Self {
        self.0.stratum = Some(stratum.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same error with what else may be done about it.
    #[must_use]
    pub(crate) fn advising(mut self, advice: &'static str) -> Self {
        self.0.advice = Some(advice);
        self
    }

    /// The same error with the row named.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.0.row = Some(row);
        self
    }

    /// The same error with the column of the file named, by its heading.
    #[must_use]
    pub fn in_column(mut self, heading: impl Into<String>) -> Self {
        self.0.column = Some(heading.into()).filter(|heading| !heading.is_empty());
        self
    }
}

impl From<Undefined> for Error {
    fn from(undefined: Undefined) -> Self {
        ErrorKind::Undefined(undefined).into()
    }
}

/// Lets what cannot fail stand where something can.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        let (area, indicator, period, stratum) = (None, None, None, None);
        Self(Box::new(Context { area, indicator, period, stratum, row: None, column: None, kind, advice: None }))
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.0.to_string())
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(area) = &self.area {
            write!(f, "{}: ", words::one_line(area))?;
        }
        if let Some(indicator) = &self.indicator {
            write!(f, "indicator {}: ", words::one_line(indicator))?;
        }
        if let Some(period) = &self.period {
            write!(f, "period {}: ", words::one_line(period))?;
        }
        if let Some(stratum) = &self.stratum {
            write!(f, "{}: ", words::one_line(stratum))?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}{}", if self.column.is_some() { ", " } else { ": " })?;
        }
        if let Some(column) = &self.column {
            write!(f, "column {}: ", words::one_line(column))?;
        }
        write!(f, "{}", self.kind)?;
        self.advice.map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

/// Shows the message, because `fn main() -> Result<(), Error>` prints this form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Refuses the first column that has another length than it should have.
pub(crate) fn same_length(expected: usize, columns: impl IntoIterator<Item = (&'static str, usize)>) -> Result<()> {
    match columns.into_iter().find(|(_, found)| *found != expected) {
        Some((what, found)) => {
            let (expected, found) = (vec![expected], vec![found]);
            Err(ErrorKind::ShapesDiffer { what, axes: "values", expected, found }.into())
        }
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
        fn travels<T: Send + Sync + Clone + PartialEq + 'static>() {}
        travels::<Error>();
        assert_eq!((size_of::<Error>(), size_of::<Result<()>>()), (size_of::<usize>(), size_of::<usize>()));
    }

    #[test]
    fn names_area_indicator_and_row_on_one_line() {
        let error = Error::from(ErrorKind::NoRows);
        assert_eq!(error.to_string(), "there is no row, so there is nothing to compare");
        let error = error.at_row(17).in_area("Kent\nand more");
        assert_eq!(error.to_string(), "Kent\\nand more: row 17: there is no row, so there is nothing to compare");
        assert_eq!((error.area(), error.indicator(), error.row()), (Some("Kent\nand more"), None, Some(17)));
        assert_eq!(format!("{error:?}"), error.to_string());
        let error = Error::from(Undefined::ZeroAverage).in_area("Kent").in_indicator("arson");
        assert_eq!(error.to_string(), "Kent: indicator arson: the average is zero, so the figure does not exist");
        assert_eq!((error.indicator(), error.period()), (Some("arson"), None));
        let error = Error::from(ErrorKind::ZeroPopulation).in_area("Kent").in_period("2019");
        assert!(error.to_string().starts_with("Kent: period 2019: population is zero"));
        assert_eq!(error.period(), Some("2019"));
        let error = Error::from(ErrorKind::ZeroPopulation).in_area("Kent").in_stratum("0-4").at_row(3);
        assert!(error.to_string().starts_with("Kent: 0-4: row 3: population is zero"));
        assert_eq!(error.stratum(), Some("0-4"));
    }
}
