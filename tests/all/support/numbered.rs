//! Tables of areas whose names are their numbers.

use crimerate::{Average, LeagueTable, Table};
use std::borrow::Borrow;

/// Counts and populations.
pub(crate) fn numbered(rates: impl IntoIterator<Item = impl Borrow<(u64, u64)>>) -> Table {
    let rows = rates.into_iter().enumerate().map(|(place, rate)| {
        let (count, people) = rate.borrow();
        (place.to_string(), *count, *people)
    });
    Table::from_rows(rows).unwrap()
}

/// The same, compared with their pooled average.
pub(crate) fn numbered_league(rates: impl IntoIterator<Item = impl Borrow<(u64, u64)>>) -> LeagueTable {
    numbered(rates).compare(Average::POOLED)
}
