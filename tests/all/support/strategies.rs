//! Rates, observations, averages, comparisons and tables, drawn at random.

use crimerate::{
    Average, Compare, Confidence, Method, Observation, Order, Per, Rate, Reason, Row, Table, Ties,
    average::ZScale,
    league::{BandScale, BandSpec},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Counts with many zeros, small ones, ties, and the largest there are.
pub(crate) fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..4_u64, 3 => 0..1_000_u64, 2 => 0..1_000_000_000_u64, 1 => any::<u64>(), 1 => Just(u64::MAX)]
}

pub(crate) fn population() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => select(vec![1_u64, 2, 10, 1_000, 8_700]),
        3 => 1..10_000_000_u64,
        1 => 1..=u64::MAX,
        1 => Just(100_000_000_000_000_000),
    ]
}

pub(crate) fn rate() -> impl Strategy<Value = Rate> {
    (count(), population()).prop_map(|(count, people)| Rate::new(count, people).unwrap())
}

pub(crate) fn rates() -> impl Strategy<Value = Vec<Rate>> {
    prop_oneof![vec(rate(), 1..40), rate().prop_flat_map(|rate| vec(Just(rate), 1..12)), vec(rate(), 1..3)]
}

pub(crate) fn observation() -> impl Strategy<Value = Observation> {
    prop_oneof![
        6 => count().prop_map(Observation::Known),
        1 => proptest::option::of(count()).prop_map(|at_most| Observation::Suppressed { at_least: 0, at_most }),
        1 => select(vec![Reason::Blank, Reason::NotAvailable]).prop_map(Observation::Missing),
    ]
}

pub(crate) fn average() -> impl Strategy<Value = Average> {
    (select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN]), any::<bool>(), 0.0..100.0).prop_map(
        |(average, with_self, value)| {
            let fixed = Average::fixed(value, Per::THOUSAND).unwrap();
            let average = if value > 80.0 { fixed } else { average };
            if with_self { average } else { average.without_self() }
        },
    )
}

pub(crate) fn compare() -> impl Strategy<Value = Compare> {
    let level = select(vec![0.5, 0.9, 0.95, 0.998, 0.999_999]);
    let ranks = (select(Order::ALL), select(Ties::ALL));
    (average(), level, select(Method::ALL), ranks, select(ZScale::ALL)).prop_map(
        |(average, level, method, (order, ties), z)| {
            let confidence = Confidence::new(level).unwrap();
            Compare::with(average).with_interval((confidence, method)).with_order(order).with_ties(ties).with_z(z)
        },
    )
}

pub(crate) fn bands() -> impl Strategy<Value = BandSpec> {
    let scales = vec![BandScale::Raw, BandScale::Log, BandScale::ShapiroWilk(Confidence::P95)];
    (select(vec![0.5, 1.0, 2.0, 10.0]), select(scales)).prop_map(|(k, scale)| BandSpec::new(k).unwrap().on(scale))
}

pub(crate) fn table() -> impl Strategy<Value = Table> {
    vec((observation(), population(), 0..10_u8), 1..30).prop_map(|rows| {
        let name = |index: usize| format!("Area {index}");
        let made = rows.iter().enumerate().map(|(index, (count, people, fate))| {
            let row = Row::new(name(index), *count, if *fate == 0 { 0 } else { *people });
            if index % 3 == 0 { row.code(format!("E{index:08}")) } else { row }
        });
        let table = Table::from_rows_leaving_out(made).unwrap();
        let excluded = rows.iter().enumerate().filter(|(_, (_, _, fate))| *fate == 1);
        excluded.fold(table, |table, (index, _)| table.exclude(&name(index), "tried").unwrap())
    })
}

pub(crate) fn of_rates(rates: &[Rate]) -> Table {
    let rows = rates.iter().enumerate();
    Table::from_rows(rows.map(|(i, rate)| (i.to_string(), rate.count(), rate.population().get()))).unwrap()
}
