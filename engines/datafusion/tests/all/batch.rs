//! Rows of reports as batches.

use crate::frame::{bits, doubles};
use crimerate::{Average, Per, Table, league::Row};
use crimerate_datafusion::to_batch;
use datafusion::arrow::{
    array::{Array, AsArray},
    datatypes::DataType,
};

#[test]
fn a_report_is_a_batch_with_the_columns_of_its_csv() {
    let table = Table::from_rows([("A", 10, 1_000), ("B", 20, 1_000), ("C", 40, 1_000)]).unwrap();
    let report = table.exclude("C", "tiny").unwrap().compare(Average::POOLED).per(Per::THOUSAND);
    let batch = to_batch(Row::columns(report.rows())).unwrap();
    let header = report.csv().lines().next().unwrap().to_owned();
    assert_eq!(batch.schema().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>().join(","), header);
    let place = |name| batch.schema().index_of(name).unwrap();
    let rates: Vec<_> = report.rows().map(|row| row.rate).collect();
    assert_eq!(bits(doubles(std::slice::from_ref(&batch), place("rate"))), bits(rates));
    assert_eq!(batch.column(place("area")).as_string::<i32>().value(2), "C");
    assert!(batch.column(place("rank")).is_null(2));
    assert_eq!(batch.column(place("band")).data_type(), &DataType::Utf8, "a column without a figure has its type");
    let none = to_batch(Row::columns([])).unwrap();
    assert_eq!((none.schema(), none.num_rows()), (batch.schema(), 0));
}
