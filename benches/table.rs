//! The league table from rows to ranks, at the sizes of real work: 43 police forces, 333 local authorities and 35,672
//! small areas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{Average, Compare, Method, Order, Per, Rate, Table, Ties, league::Ranking};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const SIZES: [(&str, usize); 3] = [("43 forces", 43), ("333 authorities", 333), ("35,672 small areas", 35_672)];

/// Counts and populations that look like real ones, the same in every run (a multiplicative generator).
fn figures(areas: usize) -> Vec<(String, u64, u64)> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let row = |i: usize| (format!("Area {i}"), next() % 2_000, 1_000 + next() % 100_000);
    (0..areas).map(row).collect()
}

fn table(c: &mut Criterion) {
    for (name, areas) in SIZES {
        let rows = figures(areas);
        let table = Table::from_rows(rows.iter().cloned()).expect("the rows are good");
        let rates: Vec<Rate> = table.rates().flatten().collect();
        let league = table.compare(Average::POOLED);
        let mut group = c.benchmark_group("table");
        group.throughput(Throughput::Elements(areas as u64));
        group.bench_function(BenchmarkId::new("from rows", name), |b| {
            b.iter_batched(|| rows.clone(), Table::from_rows, BatchSize::LargeInput);
        });
        for method in [Method::Exact, Method::Byar] {
            let how = Compare::with(Average::POOLED).with_interval(method);
            group.bench_function(BenchmarkId::new(format!("compare, {method} intervals"), name), |b| {
                b.iter(|| black_box(&table).compare(how));
            });
        }
        group.bench_function(BenchmarkId::new("rank", name), |b| {
            b.iter(|| Ranking::new(black_box(&rates), Order::Highest, Ties::Competition));
        });
        for (label, average) in [("mean", Average::MEAN), ("median", Average::MEDIAN)] {
            group.bench_function(BenchmarkId::new(format!("compare, {label} without self"), name), |b| {
                let how = Compare::with(average.without_self()).with_interval(Method::Byar);
                b.iter(|| black_box(&table).compare(how));
            });
        }
        group.bench_function(BenchmarkId::new("print", name), |b| {
            b.iter(|| league.per(Per::HUNDRED_THOUSAND).to_string());
        });
        group.finish();
    }
}

criterion_group!(benches, table);
criterion_main!(benches);
