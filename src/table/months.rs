//! Rows whose counts cover periods of their own.

use std::{collections::BTreeMap, num::NonZeroU32};

/// The months of each row, where rows have their own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Months {
    rows: Vec<NonZeroU32>,
    /// The number that most rows have, the largest of several.
    usual: NonZeroU32,
}

impl Months {
    /// The months of a row that gives none, where others do.
    const YEAR: NonZeroU32 = NonZeroU32::MIN.saturating_add(11);

    /// Those of rows, where any row gives its own.
    pub(super) fn of_rows(rows: Vec<Option<NonZeroU32>>) -> Option<Self> {
        rows.iter()
            .any(Option::is_some)
            .then(|| Self::new(rows.into_iter().map(|own| own.unwrap_or(Self::YEAR)).collect()))
    }

    fn new(rows: Vec<NonZeroU32>) -> Self {
        let mut number: BTreeMap<NonZeroU32, usize> = BTreeMap::new();
        for months in &rows {
            *number.entry(*months).or_default() += 1;
        }
        let most = number.into_iter().max_by_key(|(months, rows)| (*rows, *months));
        Self { rows, usual: most.map_or(Self::YEAR, |(months, _)| months) }
    }

    /// The same with another row, of as many months as most.
    pub(super) fn with_row(self) -> Self {
        let rows = self.rows.into_iter().chain([self.usual]).collect();
        Self { rows, ..self }
    }

    pub(super) const fn usual(&self) -> NonZeroU32 {
        self.usual
    }

    pub(super) fn of(&self, index: usize) -> Option<NonZeroU32> {
        self.rows.get(index).copied()
    }

    /// Those of a row that has others than most.
    pub(super) fn short(&self, index: usize) -> Option<NonZeroU32> {
        self.of(index).filter(|months| *months != self.usual)
    }
}
