//! What a report notes with its figures.

use crimerate::Report;

pub(crate) fn notes(report: &Report) -> String {
    report.notes().iter().map(|note| format!("{note}\n")).collect()
}
