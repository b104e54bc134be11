//! Rows of reports as columns.

use super::{figure::Figure, rows::Line};

/// A column of the rows of a report, as databases, data frames and Arrow hold it: what is not there is `None`.
///
/// Every row of a report has `columns`, from the declaration that its CSV and its serialised form follow; a column has its kind also
/// where it holds nothing.
///
/// ```
/// use crimerate::{Average, Per, RowColumn, Table, league::ReportRow};
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
/// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// let columns = ReportRow::columns(report.rows());
/// assert_eq!(columns[2], ("count", RowColumn::Count(vec![Some(165), Some(273)])));
/// assert_eq!(columns[16], ("note", RowColumn::Text(vec![None, None])));
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

    /// An empty column that can hold a figure.
    const fn like(figure: Figure<'_>) -> Self {
        match figure {
            Figure::Text(_) | Figure::Word(_) => Self::TEXT,
            Figure::Count(_) => Self::COUNT,
            Figure::Nothing | Figure::Number(_) | Figure::Probability(_) | Figure::Level(_) => Self::NUMBER,
        }
    }

    fn push(&mut self, figure: Figure<'_>) {
        match (self, figure) {
            (Self::Text(texts), Figure::Text(text) | Figure::Word(text)) => texts.push(Some(text.into())),
            (Self::Count(counts), Figure::Count(count)) => counts.push(Some(count)),
            (Self::Number(numbers), Figure::Number(x) | Figure::Probability(x) | Figure::Level(x)) => {
                numbers.push(Some(x))
            }
            (column, _) => column.resize(column.len() + 1),
        }
    }

    /// With nothing in each further row.
    fn resize(&mut self, rows: usize) {
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

/// The columns of some rows, from those without rows; the items of lists have theirs after the list's.
pub(crate) fn columns<L: Line>(
    mut columns: Vec<(&'static str, RowColumn)>,
    lines: impl IntoIterator<Item = L>,
) -> Vec<(&'static str, RowColumn)> {
    for (row, line) in lines.into_iter().enumerate() {
        let mut next = 0;
        for (name, figure) in line.cells() {
            let found = columns.iter().skip(next).position(|(known, _)| *known == name);
            let at = found.map_or(next, |further| next + further);
            if found.is_none() {
                let mut column = RowColumn::like(figure);
                column.resize(row);
                columns.insert(at, (name, column));
            }
            if let Some((_, column)) = columns.get_mut(at) {
                column.push(figure);
            }
            next = at + 1;
        }
        columns.iter_mut().for_each(|(_, column)| column.resize(row + 1));
    }
    columns
}
