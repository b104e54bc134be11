//! League tables of numbered areas, and their ranks in replicate years.

use crimerate::{
    Average, Compare, LeagueTable, Order, Table,
    rank::{self, CountModel, Replicate, WithinDispersion},
};
use proptest::{prelude::*, sample::select};

pub(crate) fn league(rates: &[(u64, u64)], how: impl Into<Compare>) -> LeagueTable {
    let rows = rates.iter().enumerate().map(|(i, (count, people))| (format!("A{i}"), *count, *people));
    Table::from_rows(rows).unwrap().compare(how)
}

/// What the truncation, 1e-12 in all, and rounding may change.
pub(crate) const NEAR: f64 = 1e-12;

pub(crate) fn over(phi: f64) -> CountModel {
    CountModel::Overdispersed(WithinDispersion::new(phi).unwrap())
}

pub(crate) fn table(rates: &[(u64, u64)]) -> Table {
    let rows = rates.iter().enumerate();
    Table::from_rows(rows.map(|(i, (count, people))| (format!("area {i}"), *count, *people))).unwrap()
}

pub(crate) fn ranks(rates: &[(u64, u64)], order: Order, spec: impl Into<Replicate>) -> rank::Distribution {
    table(rates).compare(Compare::with(Average::POOLED).with_order(order)).replicate_ranks(spec).unwrap()
}

/// The lines of the reference: law, count, population, P(none above), P(none below), ranks.
pub(crate) fn reference() -> Vec<(CountModel, u64, u64, Vec<f64>)> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(include_str!("../../data/replicate_ranks.csv").as_bytes());
    let line = |record: csv::StringRecord| {
        let law = match &record[0] {
            "poisson" => CountModel::Poisson,
            "gamma-poisson" => CountModel::GammaPoisson,
            _ => over(2.2),
        };
        let figures = record.iter().skip(3).map(|figure| figure.parse().unwrap()).collect();
        (law, record[1].parse().unwrap(), record[2].parse().unwrap(), figures)
    };
    reader.records().map(|record| line(record.unwrap())).collect()
}

pub(crate) fn rate() -> impl Strategy<Value = (u64, u64)> {
    let count = prop_oneof![1 => Just(0_u64), 6 => 0..40_u64, 3 => 40..3_000_u64];
    let people = prop_oneof![3 => select(vec![10_u64, 20, 40, 1_000]), 3 => 1..5_000_u64, 1 => 1..u64::MAX / 8];
    (count, people)
}

pub(crate) fn any_law() -> impl Strategy<Value = CountModel> {
    prop_oneof![Just(CountModel::Poisson), Just(CountModel::GammaPoisson), (0.1..40.0).prop_map(over)]
}
