//! Files of reference values: their comments start with `#`, then comes a header.

/// The lines after the header, quoted fields and all.
pub(crate) fn records(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

/// The lines after the header, each with its fields, of which none is quoted.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| (line, line.split(',').collect()))
}
