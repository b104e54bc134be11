//! Files as they are published.

mod areas;
mod cell;
mod cells;
mod delimited;
mod document;
mod faults;
mod header;
mod input;
mod limits;
mod lines;
mod names;
mod number;
mod panel;
mod published;
mod records;
mod repeated;
mod role;
mod scan;
mod table;
mod taken;

pub use cells::Cells;
pub use document::Document;
pub use faults::Faults;
pub use limits::Limits;
pub use role::Role;
pub use taken::{Column, Mark, Passed, Taken};
