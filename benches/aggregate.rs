//! Ten million records added up: by number into the cells of 43 forces, 150 offences and 120 months; into those of 35,672
//! small areas by 168 and by 1,680, which are kept as a list until a cube takes less memory; by name; and by dictionaries of names. With the
//! feature `rayon`, on one and on two threads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::records::{Dictionary, NamedRecords, Records};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::{hint::black_box, time::Duration};

const RECORDS: usize = 10_000_000;

/// The same numbers in every run (a multiplicative generator).
fn random(below: u64, mut state: u64) -> impl Iterator<Item = u64> {
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    })
}

fn keys(below: u64, seed: u64) -> Vec<u16> {
    random(below, seed).take(RECORDS).map(|key| key as u16).collect()
}

fn aggregate(c: &mut Criterion) {
    let counts: Vec<u32> = random(40, 5).take(RECORDS).map(|count| count as u32).collect();
    let mut group = c.benchmark_group("10M records");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::ElementsAndBytes { elements: RECORDS as u64, bytes: 10 * RECORDS as u64 });
    let (forces, offences, months) = (keys(43, 1), keys(150, 2), keys(120, 3));
    #[cfg(not(feature = "rayon"))]
    let threads = [1];
    #[cfg(feature = "rayon")]
    let threads = [1, 2];
    for threads in threads {
        let label = if threads == 1 { "1 thread" } else { "2 threads" };
        let work = || {
            let mut records = Records::by_period(43, 150, 120).unwrap();
            records.try_extend_by_period(&forces, &offences, &months, &counts).unwrap();
            black_box(records);
        };
        #[cfg(feature = "rayon")]
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        group.bench_function(BenchmarkId::new("u16 keys, 43 x 150 x 120", label), |b| {
            #[cfg(feature = "rayon")]
            b.iter(|| pool.install(work));
            #[cfg(not(feature = "rayon"))]
            b.iter(work);
        });
    }
    let areas = keys(35_672, 4);
    for indicators in [168, 1_680] {
        let keys = keys(indicators, 6);
        group.bench_function(format!("u16 keys, sparse, 35,672 x {indicators}"), |b| {
            b.iter(|| {
                let mut records = Records::new(35_672, indicators as usize).unwrap();
                records.try_extend_columns(&areas, &keys, &counts).unwrap();
                black_box(records)
            });
        });
    }
    let force: Vec<String> = (0..43).map(|force| format!("Police force number {force}")).collect();
    let offence: Vec<String> = (0..150).map(|offence| format!("Offence group number {offence}")).collect();
    group.bench_function("names, 43 x 150", |b| {
        b.iter(|| {
            let keys = forces.iter().zip(&offences).zip(&counts);
            let named =
                |((f, o), count): ((&u16, &u16), &u32)| (&force[usize::from(*f)], &offence[usize::from(*o)], *count);
            let mut records = NamedRecords::new();
            records.try_extend(keys.map(named)).unwrap();
            black_box(records)
        });
    });
    group.bench_function("dictionaries, 43 x 150", |b| {
        b.iter(|| {
            let mut records = NamedRecords::new();
            let (areas, indicators) = (Dictionary::new(&force, &forces), Dictionary::new(&offence, &offences));
            records.try_extend_dictionary(areas, indicators, &counts).unwrap();
            black_box(records)
        });
    });
    group.finish();
}

criterion_group!(benches, aggregate);
criterion_main!(benches);
