//! Rates drawn at random, and league tables with z on a scale.

use crimerate::{Average, Compare, LeagueTable, Per, Rate, Table, average::ZScale};
use proptest::{collection::vec, prelude::*, sample::select};

pub(crate) fn compared(table: &Table, scale: ZScale) -> LeagueTable {
    table.compare(Compare::with(Average::POOLED).with_z(scale))
}

pub(crate) fn rates() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let near = || (80..120_u64, Just(1_000_u64));
    let far =
        prop_oneof![8 => near(), 1 => (0..10_000_u64, 1..10_000_u64), 1 => (0..4_u64, select(vec![1_u64, 1_000]))];
    let huge = vec((1..u64::MAX, 1..u64::MAX), 2..9);
    let tied = vec((1..5_u64, Just(4_u64)), 2..9);
    prop_oneof![8 => vec(far, 2..25), 2 => tied, 2 => huge, 1 => vec(near(), 100..200)]
}

pub(crate) fn value((count, people): (u64, u64)) -> f64 {
    Rate::new(count, people).unwrap().per(Per::ONE).value()
}
