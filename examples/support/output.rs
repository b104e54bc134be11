//! How an example prints what it found.

use super::program::Failure;
use clap::ValueEnum;
use crimerate::read::Taken;
use serde::Serialize;
use std::fmt::Display;

/// The form of the output.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Text,
    Csv,
    Json,
}

/// A report in this form.
#[allow(dead_code, reason = "not every example has a report")]
pub(crate) fn report<R: Display + Serialize>(
    format: Format,
    report: &R,
    csv: impl FnOnce(&R) -> String,
) -> Result<String, Failure> {
    match format {
        Format::Text => Ok(format!("{report}\n")),
        Format::Csv => Ok(csv(report)),
        Format::Json => Ok(serde_json::to_string_pretty(report)? + "\n"),
    }
}

/// A printed answer with what was taken from the files, where that is not plain.
#[allow(dead_code, reason = "not every example reads a file")]
pub(crate) fn told(format: Format, printed: String, taken: &[Taken]) -> String {
    let told = taken.iter().filter(|taken| !taken.is_plain() && matches!(format, Format::Text));
    told.fold(printed, |printed, taken| format!("{printed}\nRead: {taken}\n"))
}
