//! What a person gives to an example: options and a file.

use super::program::Failure;
use crimerate::{Error, Row, Table};
use std::{fs, io, io::Read};

/// A file, or standard input where its name is `-`.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match path {
        "-" => io::stdin().read_to_end(&mut bytes).map(|_| ()),
        path => fs::read(path).map(|read| bytes = read),
    }
    .map_err(|error| format!("{path}: {error}"))?;
    Ok(bytes)
}

/// A table of rows, where an area without a population is refused or, on request, left out with a note.
pub(crate) fn table(rows: Vec<Row>, leave_out_invalid: bool) -> Result<Table, Error> {
    if leave_out_invalid { Table::from_rows_leaving_out(rows) } else { Table::from_rows(rows) }
}
