//! Areas with a value each and without counts: published, standardised, weighted and smoothed rates, in one league table.

mod kind;
mod report;
mod row;
mod values;

pub use kind::ValueKind;
pub use report::ValuesReport;
pub use row::ValueRow;
pub use values::Values;
