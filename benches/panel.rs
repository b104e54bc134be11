//! Every area by every indicator: 43 forces by 1,000,000 indicators, 333 authorities by 20,000 and 35,672 small areas by
//! 168, each measure alone and all in one pass, funnels and smoothed rates, into arrays that exist. A plain store of the
//! same size is measured with them. With the feature `rayon`, on one and on two threads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Compare, Measure, Panel, Per, Ties,
    ndarray::{Array1, Array2},
    panel::{Outputs, Workspace},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::{hint::black_box, time::Duration};

/// Name, areas, indicators, and the people of a typical area.
const WORKS: [(&str, usize, usize, u64); 3] = [
    ("43 x 1,000,000", 43, 1_000_000, 1_100_000),
    ("333 x 20,000", 333, 20_000, 150_000),
    ("35,672 x 168", 35_672, 168, 1_700),
];

/// Uniform numbers from 0 to 1, the same in every run (a multiplicative generator).
fn uniform(mut state: u64) -> impl FnMut() -> f64 {
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Rates that differ by a factor of four within an indicator and by one of a thousand between indicators, and counts that
/// scatter about them as by chance.
fn figures(areas: usize, indicators: usize, people: u64) -> (Array2<u32>, Vec<u64>) {
    let mut random = uniform(7);
    let populations: Vec<u64> = (0..areas).map(|_| (people as f64 * (0.5 + random())) as u64).collect();
    let levels: Vec<f64> = (0..indicators).map(|_| (-6.0 - 7.0 * random()).exp()).collect();
    let counts = Array2::from_shape_fn((areas, indicators), |(area, at)| {
        let expected = populations[area] as f64 * levels[at] * (0.5 + random() + 0.5 * random());
        let scatter = (random() + random() + random() + random() - 2.0) * 1.7;
        (expected + scatter * expected.sqrt()).max(0.0).round() as u32
    });
    (counts, populations)
}

struct Arrays {
    cells: [Array2<f64>; 3],
    ranks: Array2<u32>,
    columns: [Array1<f64>; 3],
}

impl Arrays {
    fn columns(&mut self) -> Outputs<'_> {
        let [averages, means, deviations] = &mut self.columns;
        let outputs = Outputs::new().averages(averages.view_mut()).means(means.view_mut());
        outputs.deviations(deviations.view_mut())
    }

    fn fused(&mut self, ranked: bool) -> Outputs<'_> {
        let Self { cells: [rate, ratio, z], ranks, columns: [averages, means, deviations] } = self;
        let outputs = Outputs::new().averages(averages.view_mut()).means(means.view_mut());
        let outputs = outputs.deviations(deviations.view_mut());
        let outputs = outputs.rate(rate.view_mut()).ratio(ratio.view_mut()).z(z.view_mut());
        if ranked { outputs.ranks(ranks.view_mut()) } else { outputs }
    }

    fn funnels(&mut self, funnel: bool, smoothed: bool) -> Outputs<'_> {
        let Self { cells: [z, rates, _], columns: [phis, ..], .. } = self;
        let mut outputs = Outputs::new();
        if funnel {
            outputs = outputs.funnel_z(z.view_mut()).phis(phis.view_mut());
        }
        if smoothed { outputs.smoothed(rates.view_mut()) } else { outputs }
    }

    fn one(&mut self, measure: Measure) -> Outputs<'_> {
        let Self { cells: [first, second, _], ranks, .. } = self;
        match measure {
            Measure::Rate => Outputs::new().rate(first.view_mut()),
            Measure::Difference => Outputs::new().difference(first.view_mut()),
            Measure::Ratio => Outputs::new().ratio(first.view_mut()),
            Measure::Percent => Outputs::new().percent(first.view_mut()),
            Measure::Z => Outputs::new().z(first.view_mut()),
            Measure::Percentile => Outputs::new().percentile(first.view_mut()),
            Measure::Rank => Outputs::new().ranks(ranks.view_mut()),
            _ => Outputs::new().lower(first.view_mut()).upper(second.view_mut()),
        }
    }
}

fn panel(c: &mut Criterion) {
    for (name, areas, indicators, people) in WORKS {
        let (counts, populations) = figures(areas, indicators, people);
        let names = || (0..areas).map(|area| area.to_string());
        let panel = Panel::new(names(), counts.view(), populations.as_slice()).unwrap();
        let mask = Array2::from_shape_fn(counts.dim(), |(area, at)| u8::from((31 * area + 17 * at) % 97 == 0));
        let masked = Panel::new(names(), counts.view(), populations.as_slice()).unwrap().with_mask(mask).unwrap();
        let dim = counts.dim();
        let mut arrays = Arrays {
            cells: [0; 3].map(|_| Array2::zeros(dim)),
            ranks: Array2::zeros(dim),
            columns: [0; 3].map(|_| Array1::zeros(indicators)),
        };
        let mut workspace = Workspace::new();
        let cells = (areas * indicators) as u64;
        let how = Compare::with(Average::POOLED);
        let mut group = c.benchmark_group(format!("panel {name}"));
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::ElementsAndBytes { elements: cells, bytes: 32 * cells });
        for (threads, label) in threads() {
            for (kind, panel) in [("", &panel), (", masked", &masked)] {
                let mut run = |ranked: bool| {
                    within(threads, || {
                        panel.compare_into(how, Per::THOUSAND, arrays.fused(ranked), &mut workspace).unwrap();
                    });
                };
                group.bench_function(BenchmarkId::new(format!("rate, ratio, z and rank{kind}"), label), |b| {
                    b.iter(|| run(true));
                });
                group.bench_function(BenchmarkId::new(format!("rate, ratio and z{kind}"), label), |b| {
                    b.iter(|| run(false));
                });
            }
        }
        group.bench_function("the averages and spreads alone", |b| {
            b.iter(|| panel.compare_into(how, Per::THOUSAND, arrays.columns(), &mut workspace).unwrap());
        });
        for measure in Measure::ALL.iter().filter(|measure| ![Measure::Average, Measure::Upper].contains(measure)) {
            let label = if *measure == Measure::Lower { "limits, both" } else { measure.name() };
            group.bench_function(label, |b| {
                b.iter(|| panel.compare_into(how, Per::THOUSAND, arrays.one(*measure), &mut workspace).unwrap());
            });
        }
        let median = Compare::with(Average::MEDIAN.without_self());
        group.bench_function("ratio to the median of the others", |b| {
            b.iter(|| panel.compare_into(median, Per::THOUSAND, arrays.one(Measure::Ratio), &mut workspace).unwrap());
        });
        group.bench_function("mean ranks of ties", |b| {
            let how = how.with_ties(Ties::Average);
            b.iter(|| panel.compare_into(how, Per::THOUSAND, arrays.one(Measure::Rank), &mut workspace).unwrap());
        });
        for (label, funnel, smoothed) in [
            ("funnel z and phi", true, false),
            ("smoothed rates", false, true),
            ("funnel z, phi and smoothed rates", true, true),
        ] {
            group.bench_function(label, |b| {
                b.iter(|| {
                    let outputs = arrays.funnels(funnel, smoothed);
                    panel.compare_into(how, Per::THOUSAND, outputs, &mut workspace).unwrap();
                });
            });
        }
        group.throughput(Throughput::ElementsAndBytes { elements: cells, bytes: 24 * cells });
        group.bench_function("a plain store of three doubles a cell", |b| {
            b.iter(|| arrays.cells.iter_mut().for_each(|cells| cells.fill(black_box(1.5))));
        });
        group.finish();
    }
}

#[cfg(feature = "rayon")]
fn threads() -> Vec<(usize, &'static str)> {
    vec![(1, "1 thread"), (2, "2 threads")]
}

#[cfg(not(feature = "rayon"))]
fn threads() -> Vec<(usize, &'static str)> {
    vec![(1, "1 thread")]
}

#[cfg(feature = "rayon")]
fn within(threads: usize, work: impl FnOnce() + Send) {
    use std::{collections::HashMap, sync::Mutex, sync::OnceLock};
    static POOLS: OnceLock<Mutex<HashMap<usize, std::sync::Arc<rayon::ThreadPool>>>> = OnceLock::new();
    let pool = {
        let mut pools = POOLS.get_or_init(Mutex::default).lock().unwrap();
        let made = || rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pools.entry(threads).or_insert_with(|| made().into()).clone()
    };
    pool.install(work);
}

#[cfg(not(feature = "rayon"))]
fn within(_: usize, work: impl FnOnce()) {
    work();
}

criterion_group!(benches, panel);
criterion_main!(benches);
