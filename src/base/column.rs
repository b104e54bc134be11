//! A column of rows of reports.

/// A column of the rows of a report, as databases, data frames and Arrow hold it: what is not there is `None`.
///
/// Every row of a report has `columns`, from the declaration that its CSV and its serialised form follow; a column has its kind also
/// where it holds nothing.
///
/// ```
/// use crimerate::{Average, Per, RowColumn, Table, league::Row};
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
/// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// let columns = Row::columns(report.rows());
/// assert_eq!(columns[2], ("count", RowColumn::Count(vec![Some(165), Some(273)])));
/// assert_eq!(columns[17], ("note", RowColumn::Text(vec![None, None])));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum RowColumn {
    /// Names, words and notes.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Count(Vec<Option<u64>>),
    /// Rates, ratios, ranks, probabilities, and levels between 0 and 1.
    Number(Vec<Option<f64>>),
}

impl RowColumn {
    pub(crate) const TEXT: Self = Self::Text(Vec::new());
    pub(crate) const COUNT: Self = Self::Count(Vec::new());
    pub(crate) const NUMBER: Self = Self::Number(Vec::new());

    /// With nothing in each further row.
    pub(super) fn resize(&mut self, rows: usize) {
        match self {
            Self::Text(texts) => texts.resize(rows, None),
            Self::Count(counts) => counts.resize(rows, None),
            Self::Number(numbers) => numbers.resize(rows, None),
        }
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Count(counts) => counts.len(),
            Self::Number(numbers) => numbers.len(),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
