//! Rows of reports as columns.

use super::{column::RowColumn, figure::Figure, rows::Line};

impl RowColumn {
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
                numbers.push(Some(x));
            }
            (column, _) => column.resize(column.len() + 1),
        }
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
