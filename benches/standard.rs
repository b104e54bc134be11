//! Directly standardised rates with limits: 43 areas by 19 age bands by 1,000 indicators, and 35,672 small areas by 19 by 12.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Per,
    ndarray::{Array2, Array3},
    panel::Stratified,
    standard::{Method, StandardPopulation},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::{hint::black_box, time::Duration};

fn panels(c: &mut Criterion) {
    let standard = StandardPopulation::esp_2013();
    let bands: Vec<String> = standard.iter().map(|(band, _)| band.to_owned()).collect();
    for (areas, indicators, people, most) in [(43, 1_000, 60_000, 300), (35_672, 12, 90, 4)] {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let populations = Array2::from_shape_simple_fn((areas, bands.len()), || 1 + next(people));
        let counts = Array3::from_shape_simple_fn((areas, bands.len(), indicators), || next(most) as u32);
        let names = (0..areas).map(|area| area.to_string());
        let panel = Stratified::new(names, bands.clone(), counts.view(), populations.view()).unwrap();
        let mut group = c.benchmark_group(format!("standardised {areas} x 19 x {indicators}"));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::Elements((areas * indicators) as u64));
        for method in [Method::Dobson, Method::FayFeuer] {
            group.bench_function(BenchmarkId::new("rates and limits", method), |b| {
                b.iter(|| black_box(&panel).direct(&standard, Per::HUNDRED_THOUSAND, method).unwrap());
            });
        }
        let one = panel.indicator("1").unwrap();
        group.throughput(Throughput::Elements(areas as u64));
        group.bench_function("strata of one indicator, with Dobson's limits", |b| {
            b.iter(|| {
                let rates = black_box(&one).direct(&standard).unwrap();
                rates
                    .iter()
                    .map(|rate| rate.limits(Method::Dobson).unwrap().per(Per::HUNDRED_THOUSAND).upper())
                    .sum::<f64>()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, panels);
criterion_main!(benches);
