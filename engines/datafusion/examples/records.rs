//! Records from a Parquet or CSV file, whoever wrote it, to the rates of their panel in Parquet.
//!
//! ```sh
//! cargo run --example records -- RECORDS POPULATIONS OUT.parquet
//! ```
//!
//! RECORDS has the columns `area`, `offence` and `n`, POPULATIONS has `area` and `population`; either may be Parquet or CSV.

use crimerate::{
    Average, Measure, Per,
    panel::Row,
    records::{Absent, NamedRecords},
};
use crimerate_datafusion::{RecordColumns, records, to_batch};
use datafusion::{
    common::{DataFusionError, Result},
    parquet::arrow::ArrowWriter,
    prelude::{CsvReadOptions, DataFrame, ParquetReadOptions, SessionContext},
};
use std::fs::File;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, populations, to] = arguments.as_slice() else {
        return Err(DataFusionError::Configuration("give the records, the populations and the file to write".into()));
    };
    let session = SessionContext::new();
    let found = records(&read(&session, from).await?, RecordColumns::new("area", "offence", "n")).await?;
    // A population is a count of an area, once.
    let people = RecordColumns::new("area", "area", "population");
    let people = records(&read(&session, populations).await?, people).await?;
    let batch = to_batch(rates(&found, &people).map_err(|error| DataFusionError::External(Box::new(error)))?)?;
    let mut writer = ArrowWriter::try_new(File::create(to)?, batch.schema(), None)?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(())
}

async fn read(session: &SessionContext, file: &str) -> Result<DataFrame> {
    match file.ends_with(".csv") {
        true => session.read_csv(file, CsvReadOptions::new()).await,
        false => session.read_parquet(file, ParquetReadOptions::default()).await,
    }
}

fn rates(
    records: &NamedRecords,
    people: &NamedRecords,
) -> crimerate::Result<Vec<(&'static str, crimerate::RowColumn)>> {
    let number = |area: &str| people.total(area, area).and_then(|people| u64::try_from(people).ok()).unwrap_or(0);
    let panel = records.panel(people.areas().map(|area| (area, number(area))), Absent::Zero)?;
    let measures = [Measure::Rate, Measure::Lower, Measure::Upper, Measure::Z, Measure::Rank];
    let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, measures);
    Ok(Row::columns(figures.rows(&panel)?))
}
