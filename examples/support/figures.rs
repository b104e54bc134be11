//! Rows of CSV, and the figures that are embedded.

use super::program::Failure;
use crimerate::{Basis, Row, Table};

/// Knife offences in 39 English forces, year to March 2020; see `data/README.md`.
pub(crate) const KNIFE: &str = include_str!("../data/knife_2020.csv");

/// The knife table with the City of London left out, as every user of the figures should.
pub(crate) fn knife() -> Result<Table, Failure> {
    let table = Table::from_rows(rows(KNIFE.as_bytes())?)?;
    let basis = Basis::new()
        .count("offences with a knife or sharp instrument")
        .period("year to March 2020")
        .population("residents, mid-2018, to the nearest 100")
        .source("Home Office and ONS, Open Government Licence v3.0");
    Ok(table.exclude("City of London", "8,700 residents, far fewer than the people there by day")?.with_basis(basis))
}

/// Rows of CSV with the columns `area`, `count` and `population`, in any order and with any others beside them.
pub(crate) fn rows(bytes: &[u8]) -> Result<Vec<Row>, Failure> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(unreadable)?.clone();
    let column = |name: &str| {
        let mut found = header.iter().enumerate().filter(|(_, heading)| *heading == name);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Ok(index),
            (None, _) => Err(format!("row 1: the header has no column `{name}`")),
            (Some(_), Some(_)) => Err(format!("row 1: the header has two columns `{name}`")),
        }
    };
    let columns = [column("area")?, column("count")?, column("population")?];
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, |position| line(bytes, position));
        let [area, count, population] = columns.map(|index| record.get(index).unwrap_or_default());
        if record.len() != header.len() {
            let (found, expected) = (record.len(), header.len());
            let area = if area.is_empty() { String::new() } else { format!("{area}: ") };
            let fields = if found == 1 { "field" } else { "fields" };
            return Err(format!("{area}row {line}: {found} {fields}, where the header has {expected}").into());
        }
        rows.push(Row::parse(area, count, population).line(line));
    }
    Ok(rows)
}

/// The line that a record starts on. The reader gives the place where it began to look, before any line ends and blank
/// lines that it then skipped.
fn line(bytes: &[u8], position: &csv::Position) -> u64 {
    let skipped = usize::try_from(position.byte()).ok().and_then(|start| bytes.get(start..)).unwrap_or_default();
    let ends = skipped.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    position.line() + ends.count() as u64
}

fn unreadable(error: csv::Error) -> Failure {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => format!("row {line}: the text is not UTF-8").into(),
        _ => format!("row {line}: {error}").into(),
    }
}
