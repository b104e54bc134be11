//! Intervals: a million counts in four mixes by every method, one at a time with and without a plan, with statrs
//! them in the same run. The largest relative error of each method is printed first.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{Confidence, Interval, Method, interval};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use statrs::distribution::{ContinuousCDF, Gamma};
use std::hint::black_box;

const MILLION: usize = 1_000_000;

/// The same numbers in every run (a multiplicative generator).
fn random(below: u64, mut state: u64) -> impl Iterator<Item = u64> {
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    })
}

fn mixes() -> [(&'static str, Vec<u64>); 4] {
    let range = |low: u64, high: u64| random(high - low, low + 1).map(move |x| low + x);
    let mixed = range(0, 20).zip(range(20, 1_000)).zip(range(1_000, 1_000_000)).zip(random(3, 7));
    let mixed = mixed.map(|(((a, b), c), which)| [a, b, c][which as usize]);
    [
        ("0 to 20", range(0, 20).take(MILLION).collect()),
        ("20 to 1,000", range(20, 1_000).take(MILLION).collect()),
        ("to 1,000,000", range(0, 1_000_000).take(MILLION).collect()),
        ("all mixed", mixed.take(MILLION).collect()),
    ]
}

/// Against the tables that the tests use, which reference.py in their folder wrote at 80 digits.
fn largest_errors() {
    println!("largest relative error against {} limits of 0 to 1,000,000 offences:", 2 * 19 * 7);
    for method in Method::ALL {
        let mut worst = 0.0_f64;
        let table = include_str!("../tests/data/limits.csv");
        for line in table.lines().filter(|line| line.split(',').nth(2) == Some(method.name())) {
            let field: Vec<f64> = line.split(',').map(|text| text.parse().unwrap_or(f64::NAN)).collect();
            let interval = Interval::of_count(field[0] as u64, (Confidence::new(field[1]).unwrap(), *method));
            let error = |found: f64, exact: f64| if found == exact { 0.0 } else { ((found - exact) / exact).abs() };
            let lower = if interval.clamped() { 0.0 } else { error(interval.lower(), field[3]) };
            worst = worst.max(lower).max(error(interval.upper(), field[4]));
        }
        println!("  {method:13} {worst:.1e}");
    }
}

fn bulk(c: &mut Criterion) {
    largest_errors();
    let (mut lower, mut upper) = (vec![0.0; MILLION], vec![0.0; MILLION]);
    for (mix, counts) in mixes() {
        let mut group = c.benchmark_group(format!("1M counts, {mix}"));
        group.throughput(Throughput::Elements(MILLION as u64)).sample_size(20);
        for method in Method::ALL {
            let plan = interval::Plan::new((Confidence::P95, *method));
            group.bench_function(BenchmarkId::new("plan", method), |b| {
                b.iter(|| plan.counts_into(black_box(&counts), &mut lower, &mut upper).unwrap());
            });
        }
        group.finish();
        let mut group = c.benchmark_group(format!("1,000 counts, {mix}"));
        group.throughput(Throughput::Elements(1_000)).sample_size(10);
        group.bench_function("statrs gamma quantiles", |b| {
            b.iter(|| counts.iter().take(1_000).map(|&count| statrs_exact(count)).fold(0.0, f64::max));
        });
        group.finish();
    }
}

/// Garwood's limits by statrs, as a user would write them.
fn statrs_exact(count: u64) -> f64 {
    let quantile = |shape: f64, p: f64| Gamma::new(shape, 1.0).unwrap().inverse_cdf(p);
    let lower = if count == 0 { 0.0 } else { quantile(count as f64, 0.025) };
    quantile(count as f64 + 1.0, 0.975) - lower
}

fn one(c: &mut Criterion) {
    for level in [0.95, 0.998, 0.97, 0.999_999] {
        let confidence = Confidence::new(level).unwrap();
        let plan = interval::Plan::new(confidence);
        let mut group = c.benchmark_group(format!("one exact interval at {confidence}"));
        group.throughput(Throughput::Elements(1));
        for count in [0_u64, 5, 50, 100, 1_000, 1_000_000_000] {
            group.bench_function(BenchmarkId::new("without a plan", count), |b| {
                b.iter(|| Interval::of_count(black_box(count), confidence));
            });
        }
        group.bench_function(BenchmarkId::new("with a plan", 1_000), |b| b.iter(|| plan.count(black_box(1_000))));
        group.bench_function(BenchmarkId::new("with a plan", 50), |b| b.iter(|| plan.count(black_box(50))));
        group.finish();
    }
    c.bench_function("make a plan, exact at 95 %", |b| b.iter(|| interval::Plan::new(black_box(Confidence::P95))));
}

criterion_group!(benches, bulk, one);
criterion_main!(benches);
