//! What a report tells beside its figures.

use crimerate::Report;

pub(crate) fn notes(report: &Report) -> String {
    report.notes().iter().map(|note| format!("{note}\n")).collect()
}
