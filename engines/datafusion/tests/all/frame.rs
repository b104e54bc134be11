//! Random rows in random batches and partitions, and what SQL makes of them.

use datafusion::{
    arrow::{
        array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, UInt64Array},
        datatypes::{DataType, Field, Float64Type, Int64Type, Schema},
    },
    common::Result,
    datasource::MemTable,
    prelude::{SessionConfig, SessionContext},
};
use proptest::prelude::*;
use std::sync::Arc;

/// A row: its group, a signed count, a count and a population, each of which may be null.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) group: u8,
    pub(crate) signed: Option<i64>,
    pub(crate) count: Option<u64>,
    pub(crate) population: Option<u64>,
}

impl Line {
    pub(crate) fn rate(&self) -> Option<crimerate::Rate> {
        Some(crimerate::Rate::new(self.count?, self.population?).unwrap())
    }
}

/// Rows in partitions of batches.
pub(crate) type Cut = Vec<Vec<Vec<Line>>>;

fn line() -> impl Strategy<Value = Line> {
    let figure = prop_oneof![0..20_u64, 0..1_000_000_u64, 0..u64::MAX / 4];
    let some = |figure| prop::option::weighted(0.9, figure);
    let population = prop_oneof![1..50_u64, 1..10_000_000_u64, 1..u64::MAX / 4];
    (0..5_u8, prop::option::weighted(0.9, -1_000..1_000_000_i64), some(figure.boxed()), some(population.boxed()))
        .prop_map(|(group, signed, count, population)| Line { group, signed, count, population })
}

pub(crate) fn cut() -> impl Strategy<Value = Cut> {
    let batch = prop::collection::vec(line(), 0..12);
    prop::collection::vec(prop::collection::vec(batch, 0..4), 1..4)
}

pub(crate) fn lines(cut: &Cut) -> Vec<Line> {
    cut.iter().flatten().flatten().copied().collect()
}

/// A session with the functions, in which `t` has the rows and `row` their numbers.
pub(crate) fn session(cut: &Cut, threads: usize) -> SessionContext {
    // From the first row on, partial sums may be handed on as they are.
    let config = SessionConfig::new().with_target_partitions(threads).with_batch_size(7);
    let config = config.set_usize("datafusion.execution.skip_partial_aggregation_probe_rows_threshold", threads % 2);
    let session = SessionContext::new_with_config(config);
    crimerate_datafusion::register(&session).unwrap();
    let field = |name, r#type| Field::new(name, r#type, true);
    let schema = Arc::new(Schema::new(vec![
        field("row", DataType::UInt64),
        field("area", DataType::Utf8),
        field("signed", DataType::Int64),
        field("count", DataType::UInt64),
        field("population", DataType::UInt64),
    ]));
    let mut row = 0;
    let mut batch = |lines: &Vec<Line>| {
        let rows = UInt64Array::from_iter_values(row..row + lines.len() as u64);
        row += lines.len() as u64;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(rows),
            Arc::new(StringArray::from_iter_values(lines.iter().map(|line| line.group.to_string()))),
            Arc::new(lines.iter().map(|line| line.signed).collect::<Int64Array>()),
            Arc::new(lines.iter().map(|line| line.count).collect::<UInt64Array>()),
            Arc::new(lines.iter().map(|line| line.population).collect::<UInt64Array>()),
        ];
        RecordBatch::try_new(schema.clone(), columns).unwrap()
    };
    let partitions = cut.iter().map(|batches| batches.iter().map(&mut batch).collect()).collect();
    session.register_table("t", Arc::new(MemTable::try_new(schema.clone(), partitions).unwrap())).unwrap();
    session
}

pub(crate) fn try_collect(session: &SessionContext, sql: &str) -> Result<Vec<RecordBatch>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async { session.sql(sql).await?.collect().await })
}

/// What a function of expressions is on its own, without a table.
pub(crate) fn value(expression: &str) -> Result<Option<f64>> {
    let session = session(&vec![vec![]], 1);
    let batches = try_collect(&session, &format!("select {expression}"))?;
    Ok(doubles(&batches, 0).first().copied().flatten())
}

pub(crate) fn doubles(batches: &[RecordBatch], column: usize) -> Vec<Option<f64>> {
    batches.iter().flat_map(|batch| batch.column(column).as_primitive::<Float64Type>().iter()).collect()
}

pub(crate) fn wholes(batches: &[RecordBatch], column: usize) -> Vec<Option<i64>> {
    batches.iter().flat_map(|batch| batch.column(column).as_primitive::<Int64Type>().iter()).collect()
}

/// The bits, so that two doubles are the same or they are not.
pub(crate) fn bits(values: impl IntoIterator<Item = Option<f64>>) -> Vec<Option<u64>> {
    values.into_iter().map(|value| value.map(f64::to_bits)).collect()
}
