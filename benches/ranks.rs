//! Rank sets at the sizes of real work: 43 police forces, 331 local authorities and 5,000 areas all at once, and one of
//! 35,672 small areas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, LeagueTable, Table,
    interval::{Test, WithinDispersion},
    rank,
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::{hint::black_box, time::Duration};

/// Counts and populations that look like real ones, the same in every run (a multiplicative generator).
fn league(areas: usize, people: u64, per_thousand: u64) -> LeagueTable {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let row = |i: usize| {
        let population = people / 2 + next() % (2 * people);
        let rate = per_thousand / 2 + (next() % 1_000 + next() % 1_000) * per_thousand / 1_000;
        (format!("Area {i}"), population * rate / 1_000 + next() % 3, population)
    };
    Table::from_rows((0..areas).map(row)).expect("the rows are good").compare(Average::POOLED)
}

fn ranks(c: &mut Criterion) {
    let sizes = [
        ("43 forces", league(43, 1_000_000, 80)),
        ("43 forces, rare offence", league(43, 1_000, 80)),
        ("331 authorities", league(331, 170_000, 80)),
        ("331 authorities, rare offence", league(331, 1_000, 80)),
        ("5,000 areas", league(5_000, 10_000, 80)),
    ];
    let mut group = c.benchmark_group("simultaneous");
    for (name, league) in &sizes {
        let pairs = league.len() * (league.len() - 1) / 2;
        group.throughput(Throughput::Elements(pairs as u64)).sample_size(10);
        for test in [Test::Exact, Test::MidP] {
            group.bench_function(BenchmarkId::new(test.name(), name), |b| {
                b.iter(|| black_box(league).rank_sets((rank::Family::Simultaneous, test)));
            });
        }
        group.bench_function(BenchmarkId::new("phi 2.2", name), |b| {
            let within = WithinDispersion::new(2.2).expect("it is one");
            let spec = rank::Spec::from(rank::Family::Simultaneous).with_dispersion(within);
            b.iter(|| black_box(league).rank_sets(spec));
        });
    }
    group.finish();
    let mut group = c.benchmark_group("marginal");
    let small = league(35_672, 1_700, 80);
    let sets = small.rank_sets(rank::Family::Marginal).expect("competition ranks");
    group.bench_function("one of 35,672 small areas", |b| b.iter(|| sets.area(black_box("Area 17"))));
    group.bench_function("35,672 small areas made ready", |b| {
        b.iter(|| black_box(&small).rank_sets(rank::Family::Marginal));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(2));
    targets = ranks
}
criterion_main!(benches);
