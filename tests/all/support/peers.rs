//! Tables with lists of peers, drawn at random.

use crimerate::{Observation, Reason, Row, Table};
use proptest::{collection::vec, option, prelude::*};

/// Rows, lists of peers, and which areas are excluded.
pub(crate) type Given = (Vec<(Option<u64>, u64)>, Vec<Vec<bool>>, Vec<bool>);

pub(crate) fn given() -> impl Strategy<Value = Given> {
    (1..9_usize).prop_flat_map(|areas| {
        let count = option::weighted(0.9, prop_oneof![0..4_u64, 0..1_000_u64, any::<u64>()]);
        let people = prop_oneof![1..20_u64, 1..1_000_000_u64];
        (vec((count, people), areas), vec(vec(any::<bool>(), areas), areas), vec(prop::bool::weighted(0.1), areas))
    })
}

pub(crate) fn name(area: usize) -> String {
    format!("Area {area}")
}

pub(crate) fn table_of(rows: &[(Option<u64>, u64)]) -> Table {
    let observation = |count: Option<u64>| count.map_or(Observation::Missing(Reason::Blank), Observation::Known);
    let rows =
        rows.iter().enumerate().map(|(area, (count, people))| Row::new(name(area), observation(*count), *people));
    Table::from_rows(rows).unwrap()
}
