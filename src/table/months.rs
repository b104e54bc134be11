//! Rows whose counts cover periods of their own.

use super::{area::Area, table::Table};
use crate::base::{digits, words};
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

    pub(super) fn of(&self, index: usize) -> Option<NonZeroU32> {
        self.rows.get(index).copied()
    }

    fn short(&self, index: usize) -> Option<NonZeroU32> {
        self.of(index).filter(|months| *months != self.usual)
    }
}

impl Table {
    /// The months of a row that has others than most.
    pub(super) fn short(&self, index: usize) -> Option<NonZeroU32> {
        self.own_months()?.short(index)
    }

    /// What is said with everything that rests on the figures of such a row.
    pub(super) fn short_told(&self, index: usize) -> Option<String> {
        let (months, area, usual) = (self.short(index)?, self.areas().get(index)?, self.own_months()?.usual);
        Some(format!("{area}: figures of {}, those of most areas of {usual}; {SEASONS}.", of_months(months)))
    }

    /// Who has other months than most.
    pub(super) fn months_note(&self) -> Option<String> {
        let usual = self.own_months()?.usual;
        let short = (0..).zip(self.areas()).filter_map(|(index, area)| Some((area, self.short(index)?)));
        let short: Vec<(&Area, NonZeroU32)> = short.collect();
        let rows = words::counted(self.len() - short.len(), "area");
        let others = match short.len() {
            0 => return Some(format!("Months: {usual} in every area; rates are for a year.")),
            1..=5 => {
                let each = short.iter().map(|(area, own)| format!("{area} has {}", of_months(*own)));
                each.collect::<Vec<_>>().join(", ")
            }
            many => format!("{} areas have others", digits::grouped(many as u64)),
        };
        Some(format!(
            "Months: {usual} in {rows}, but {others}; each population counts for its own months, and {SEASONS}."
        ))
    }
}

const SEASONS: &str = "crime has seasons, so that a part of a year is not its share of the year";

fn of_months(months: NonZeroU32) -> String {
    words::counted(months.get() as usize, "month")
}
