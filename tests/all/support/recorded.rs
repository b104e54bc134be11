//! Recorded crime in forces of England and Wales, 2017/18.

use super::reference::records;
use crimerate::{Row, Table};

pub(crate) const RECORDED: &str = include_str!("../../../examples/data/recorded_crime_2017_18.csv");

/// All offences; those without a population are left out.
pub(crate) fn recorded() -> Table {
    let mut reader = csv::Reader::from_reader(RECORDED.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|heading| heading == name).unwrap();
    let columns = [column("area"), column("count"), column("population")];
    let row = |record: csv::StringRecord| Row::parse(&record[columns[0]], &record[columns[1]], &record[columns[2]]);
    Table::from_rows_leaving_out(reader.records().map(|record| row(record.unwrap()))).unwrap()
}

/// The quarters of an offence, an area a line.
pub(crate) fn quarters(offence: &str) -> Vec<(String, [u64; 4])> {
    let rows = records(include_str!("../../data/quarters_2017_18.csv"));
    let rows = rows.iter().filter(|row| &row[1] == offence);
    rows.map(|row| (row[0].into(), [2, 3, 4, 5].map(|column| row[column].parse().unwrap()))).collect()
}
