//! A delimited file of 1,000,000 records (month, force, offence, count) added up as it is read, beside the crate `csv` alone, which
//! does no more than split the cells; and a file of 35,672 small areas made a table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::read::{Document, Role};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::{fmt::Write, hint::black_box, time::Duration};

const RECORDS: u64 = 1_000_000;

/// The same numbers in every run (a multiplicative generator).
fn random(mut state: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}

fn read(c: &mut Criterion) {
    let (mut file, mut number) = ("month,force,offence,count\n".to_owned(), random(1));
    for _ in 0..RECORDS {
        let (year, month, force) = (2014 + number(10), 1 + number(12), number(43));
        let (offence, count) = (number(150), number(40));
        writeln!(file, "{year}-{month:02},police-force-{force},offence-group-number-{offence:03},{count}").unwrap();
    }
    let mut group = c.benchmark_group("1M records as text");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::ElementsAndBytes { elements: RECORDS, bytes: file.len() as u64 });
    let document = Document::of(file.as_str()).column(Role::Period, "month");
    group.bench_function("records", |b| b.iter(|| black_box(document.records().unwrap())));
    group.bench_function("cells alone, by the crate csv", |b| {
        b.iter(|| {
            let (mut reader, mut row, mut cells) =
                (csv::Reader::from_reader(file.as_bytes()), csv::ByteRecord::new(), 0);
            while reader.read_byte_record(&mut row).unwrap() {
                cells += row.len();
            }
            black_box(cells)
        });
    });
    group.finish();

    let mut file = "Area code,Area name,Offences,Population\n".to_owned();
    for area in 0..35_672 {
        writeln!(
            file,
            "E0{:07},Small area {area},\"{},{:03}\",{}",
            area,
            1 + number(9),
            number(1_000),
            900 + number(3_000)
        )
        .unwrap();
    }
    let mut group = c.benchmark_group("35,672 areas as text");
    group.sample_size(10).measurement_time(Duration::from_secs(3)).throughput(Throughput::Elements(35_672));
    let document = Document::of(file);
    group.bench_function("table", |b| b.iter(|| black_box(document.table().unwrap())));
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
