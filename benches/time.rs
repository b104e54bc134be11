//! Rolling years, charts and trends at the size of real work: 43 forces by 150 offences by 120 months.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Panel, Period,
    ndarray::Array2,
    time::{ChartKind, Series},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const AREAS: usize = 43;
const OFFENCES: usize = 150;
const MONTHS: usize = 120;

/// Counts that look like real ones, the same in every run (a multiplicative generator).
fn counts() -> Array2<u32> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    Array2::from_shape_fn((AREAS, OFFENCES * MONTHS), |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % 2_000
    })
}

fn month(at: usize) -> Period {
    Period::month(2010 + at as u32 / 12, at as u32 % 12 + 1).unwrap()
}

fn panels(c: &mut Criterion) {
    let counts = counts();
    let people: Vec<u64> = (0..AREAS as u64).map(|area| 400_000 + 90_000 * area).collect();
    let names = || (0..AREAS).map(|area| area.to_string());
    let by_offence = (0..OFFENCES * MONTHS).map(|at| format!("offence {}, {}", at / MONTHS, month(at % MONTHS)));
    let by_month = (0..OFFENCES * MONTHS).map(|at| format!("offence {}, {}", at % OFFENCES, month(at / OFFENCES)));
    let mut group = c.benchmark_group("rolling years, 43 x 150 x 120");
    // A count is read and a sum is written.
    let (cells, windows) = ((AREAS * OFFENCES * MONTHS) as u64, (AREAS * OFFENCES * (MONTHS - 11)) as u64);
    group.throughput(Throughput::ElementsAndBytes { elements: cells, bytes: 4 * cells + 8 * windows });
    for (label, labels) in [
        ("an offence after the other", by_offence.collect::<Vec<_>>()),
        ("a month after the other", by_month.collect()),
    ] {
        let panel = Panel::new(names(), counts.view(), people.as_slice()).unwrap().with_indicators(labels).unwrap();
        let windows = panel.windows(12).unwrap();
        let mut sums = Array2::zeros((AREAS, windows.len()));
        group.bench_function(BenchmarkId::new("sums into an array", label), |b| {
            b.iter(|| windows.sums_into(black_box(&panel), sums.view_mut()).unwrap());
        });
        group.bench_function(BenchmarkId::new("a panel, names and all", label), |b| {
            b.iter(|| black_box(&panel).rolling(12).unwrap());
        });
    }
    let mut plain = Array2::<u64>::zeros((AREAS, OFFENCES * (MONTHS - 11)));
    group.bench_function("a plain copy of as many", |b| {
        b.iter(|| plain.iter_mut().zip(&counts).for_each(|(to, count)| *to = u64::from(*black_box(count))));
    });
    group.finish();
}

fn series(c: &mut Criterion) {
    let counts = counts();
    let rows = (0..AREAS).flat_map(|area| {
        let people = 400_000 + 90_000 * area as u64;
        (0..MONTHS).map(move |at| (area, at, people))
    });
    let rows: Vec<_> =
        rows.map(|(area, at, people)| (area.to_string(), month(at), u64::from(counts[[area, at]]), people)).collect();
    let made = || {
        Series::from_rows(rows.iter().map(|(area, month, count, people)| (area.as_str(), *month, *count, *people)))
            .unwrap()
    };
    let series = made();
    let mut group = c.benchmark_group("a series of 43 x 120");
    group.throughput(Throughput::Elements((AREAS * MONTHS) as u64));
    group.bench_function("from rows", |b| b.iter(made));
    group.bench_function("rolling years", |b| b.iter(|| black_box(&series).rolling(12).unwrap()));
    for kind in [ChartKind::U, ChartKind::LaneyU, ChartKind::ExactU] {
        group.bench_function(BenchmarkId::new("charts", kind), |b| {
            b.iter(|| {
                black_box(&series).iter().map(|area| area.chart(kind, None).unwrap().signals().count()).sum::<usize>()
            });
        });
    }
    group.bench_function("trends", |b| b.iter(|| black_box(&series).trends()));
    group.finish();
}

criterion_group!(benches, panels, series);
criterion_main!(benches);
