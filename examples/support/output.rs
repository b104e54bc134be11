//! How an example prints what it found.

use super::program::Failure;
use clap::ValueEnum;

/// The form of the output.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Text,
    Csv,
    Json,
}

/// A header and the lines below it, as CSV.
pub(crate) fn csv<R: AsRef<[String]>>(header: R, lines: impl Iterator<Item = R>) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header.as_ref())?;
    for line in lines {
        writer.write_record(line.as_ref())?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Numbers in their shortest form that reads back as the same number; what does not exist as nothing.
pub(crate) fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
