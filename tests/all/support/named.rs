//! Tables of areas by their names.

use crimerate::{Average, LeagueTable, Table};

pub(crate) fn table(rows: &[(&str, u64, u64)]) -> Table {
    Table::from_rows(rows.iter().copied()).unwrap()
}

pub(crate) fn league(rows: &[(&str, u64, u64)]) -> LeagueTable {
    Table::from_rows(rows.iter().copied()).unwrap().compare(Average::POOLED)
}
