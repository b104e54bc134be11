//! How an example prints what it found.

use super::program::Failure;
use clap::ValueEnum;
use serde::Serialize;
use std::fmt::Display;

/// The form of the output.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Text,
    Csv,
    Json,
}

/// A report in this form, its lines of CSV made by a function.
#[allow(dead_code, reason = "not every example has a report")]
pub(crate) fn report<R: Display + Serialize>(
    format: Format,
    report: &R,
    lines: impl FnOnce(&R) -> Result<String, Failure>,
) -> Result<String, Failure> {
    match format {
        Format::Text => Ok(format!("{report}\n")),
        Format::Csv => lines(report),
        Format::Json => Ok(serde_json::to_string_pretty(report)? + "\n"),
    }
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
