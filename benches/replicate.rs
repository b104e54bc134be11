//! Ranks in replicate years: 43 forces, 100 indicators of them, 333 authorities; without simulation and, with the feature
//! `simulation`, with 10,000 replicates. One thread without the feature `rayon`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{Average, Panel, interval::WithinDispersion, ndarray::Array2, rank::CountModel};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// Populations about a median, and for each indicator counts about a rate from 5 to 500 per 100,000, the spread of true
/// rates a quarter of it; the same in every run (a multiplicative generator).
fn panel(areas: usize, indicators: usize, people: f64) -> Panel<'static> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as f64 / 4_294_967_296.0
    };
    let mut normal = move || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
    let populations: Vec<u64> = (0..areas).map(|_| (people * (0.5 * normal()).exp()) as u64).collect();
    let mut counts = Array2::zeros((areas, indicators));
    for (at, mut column) in counts.columns_mut().into_iter().enumerate() {
        let base = 5e-5 * 100.0_f64.powf((at as f64 * 0.618_034 + 0.5).fract());
        for (count, people) in column.iter_mut().zip(&populations) {
            let mean = *people as f64 * base * (0.25 * normal()).exp();
            *count = (mean + mean.sqrt() * normal()).max(0.0) as u64;
        }
    }
    Panel::new((0..areas).map(|i| format!("Area {i}")), counts, populations).expect("the figures are good")
}

fn replicate(c: &mut Criterion) {
    let mut group = c.benchmark_group("replicate");
    group.sample_size(10);
    let over = CountModel::Overdispersed(WithinDispersion::new(2.2).expect("it is one"));
    for (name, areas, indicators, people) in
        [("43 forces", 43, 1, 1.1e6), ("43 forces x 100", 43, 100, 1.1e6), ("333 authorities", 333, 1, 1.4e5)]
    {
        let panel = panel(areas, indicators, people);
        group.throughput(Throughput::Elements((areas * indicators) as u64));
        for (label, law) in
            [("poisson", CountModel::Poisson), ("gamma-poisson", CountModel::GammaPoisson), ("phi_w = 2.2", over)]
        {
            group.bench_function(BenchmarkId::new(format!("exact, {label}"), name), |b| {
                b.iter(|| black_box(&panel).replicate_ranks(Average::POOLED, law));
            });
        }
        #[cfg(feature = "simulation")]
        group.bench_function(BenchmarkId::new("10,000 replicates, poisson", name), |b| {
            let simulation = crimerate::rank::Simulation::new(10_000, 1).expect("it has replicates");
            b.iter(|| black_box(&panel).replicate_ranks(Average::POOLED, (CountModel::Poisson, simulation)));
        });
    }
    group.finish();
}

criterion_group!(benches, replicate);
criterion_main!(benches);
