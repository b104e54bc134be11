//! Files as they are published.

#[cfg(feature = "spreadsheet")]
mod archive;
mod areas;
mod cell;
mod cells;
mod delimited;
mod document;
mod faults;
mod found;
mod header;
mod input;
mod limits;
mod lines;
mod months;
mod names;
mod number;
#[cfg(feature = "spreadsheet")]
mod ods;
mod panel;
pub mod police_uk;
mod published;
mod records;
mod repeated;
#[cfg(feature = "spreadsheet")]
mod rich;
mod role;
mod scan;
#[cfg(feature = "spreadsheet")]
mod serial;
#[cfg(feature = "spreadsheet")]
mod sheet;
mod source;
#[cfg(feature = "spreadsheet")]
mod strings;
mod table;
mod taken;
#[cfg(feature = "spreadsheet")]
mod workbook;
#[cfg(feature = "spreadsheet")]
mod xlsx;
#[cfg(feature = "spreadsheet")]
mod xml;

pub use cells::Cells;
pub use document::Document;
pub use faults::Faults;
pub use limits::Limits;
pub use role::Role;
pub use taken::{Column, Mark, Passed, Taken};
