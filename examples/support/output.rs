//! How an example prints what it found.

use super::program::Failure;
use clap::{Args, ValueEnum};
use crimerate::{plot::Plot, read::Taken};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Display;

/// The form of the output.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Text,
    Csv,
    Json,
}

/// How areas that are ranked are printed.
#[allow(dead_code, reason = "not every example ranks areas")]
#[derive(Args)]
pub(crate) struct Printing {
    /// Show the first K areas by rank alone, and those that tie with the last of them; a picture has the first K and its headline all
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u16).range(1..))]
    top: Option<u16>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[allow(dead_code, reason = "not every example ranks areas")]
impl Printing {
    /// A picture of the same areas, where they stand below each other.
    pub(crate) fn drawn(&self, plot: Plot) -> Plot {
        let top = self.top.filter(|_| plot.has_ends());
        top.into_iter().fold(plot, |plot, top| plot.with_top(top.into()))
    }

    /// A report in this form, or the first of its areas.
    pub(crate) fn report<R: Display + Serialize>(
        &self,
        answer: &R,
        csv: impl FnOnce(&R) -> String,
    ) -> Result<String, Failure> {
        let Some(top) = self.top.map(usize::from) else { return report(self.format, answer, csv) };
        match self.format {
            Format::Text => Ok(format!("{answer:.top$}\n")),
            Format::Csv => first_records(&csv(answer), top),
            Format::Json => Ok(serde_json::to_string_pretty(&first_rows(serde_json::to_value(answer)?, top))? + "\n"),
        }
    }
}

/// The highest of the first ranks.
fn last_rank(mut ranks: Vec<f64>, top: usize) -> f64 {
    ranks.sort_unstable_by(f64::total_cmp);
    ranks.get(top - 1).or(ranks.last()).copied().unwrap_or(0.0)
}

/// The lines of the areas with the first ranks.
fn first_records(csv: &str, top: usize) -> Result<String, Failure> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers()?.clone();
    let column = headings.iter().position(|heading| heading == "rank").ok_or("there are no ranks")?;
    let records = reader.records().collect::<Result<Vec<_>, _>>()?;
    let rank = |record: &csv::StringRecord| record.get(column)?.parse::<f64>().ok();
    let last = last_rank(records.iter().filter_map(rank).collect(), top);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings)?;
    for record in records.iter().filter(|record| rank(record).is_some_and(|rank| rank <= last)) {
        writer.write_record(record)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The rows of the areas with the first ranks, and how many of how many they are.
fn first_rows(mut answer: Value, top: usize) -> Value {
    if let Some(rows) = answer.get_mut("rows").and_then(Value::as_array_mut) {
        let rank = |row: &Value| row.get("rank").and_then(Value::as_f64);
        let ranks: Vec<f64> = rows.iter().filter_map(rank).collect();
        let of = ranks.len();
        let last = last_rank(ranks, top);
        rows.retain(|row| rank(row).is_some_and(|rank| rank <= last));
        let shown = serde_json::json!({ "areas": rows.len(), "of": of });
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("shown".into(), shown);
        }
    }
    answer
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

/// A printed answer with what was taken from the files: below a text where that is not plain, in a document as `read`.
#[allow(dead_code, reason = "not every example reads a file")]
pub(crate) fn told(format: Format, printed: String, taken: &[Taken]) -> Result<String, Failure> {
    match format {
        Format::Text => {
            let told = taken.iter().filter(|taken| !taken.is_plain());
            Ok(told.fold(printed, |printed, taken| format!("{printed}\nRead: {taken}\n")))
        }
        Format::Json if !taken.is_empty() => with_read(printed, taken),
        Format::Csv | Format::Json => Ok(printed),
    }
}

/// A document with what was taken from files as `read`.
#[allow(dead_code, reason = "not every example reads a file")]
pub(crate) fn with_read(printed: String, taken: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    with(printed, "read", taken)
}

/// A document with something more at its end.
#[allow(dead_code, reason = "not every example has more to say")]
pub(crate) fn with(printed: String, name: &str, more: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    // As text, so that the order of what stands before is kept.
    let Some(before) = printed.trim_end().strip_suffix('}') else { return Ok(printed) };
    let more = serde_json::to_string_pretty(more)?.replace('\n', "\n  ");
    Ok(format!("{},\n  \"{name}\": {more}\n}}\n", before.trim_end()))
}
