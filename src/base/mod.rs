//! What every room stands on: exact quotients, how numbers are written, errors, notes and the rows of reports.

mod choice;
mod column;
mod columns;
pub(crate) mod digits;
mod error;
pub(crate) mod exact;
mod figure;
mod kind;
pub(crate) mod layout;
mod nearest;
pub(crate) mod note;
mod report;
pub(crate) mod rows;
mod undefined;
pub(crate) mod words;

pub(crate) use choice::{choice, not_a_choice};
pub use column::RowColumn;
pub(crate) use columns::columns;
pub(crate) use error::same_length;
pub use error::{Error, Result};
pub(crate) use figure::{Cell, Figure};
pub use kind::ErrorKind;
pub(crate) use nearest::nearest;
pub use note::{Note, Topic};
pub(crate) use report::{each, report};
pub(crate) use rows::{Line, row};
pub use undefined::Undefined;
