//! Files as they are published, into tables, panels, rates and records.
//!
//! A [`Document`] is a file and how it is to be read. What is not said is found out: the encoding, what stands between cells, which line
//! is the header, which column holds what. Every answer comes with a [`Taken`], which says what was found and what each mark was taken
//! for; it prints, and it serialises. What is wrong comes all at once, as [`Faults`] with a line for each.
//!
//! ```
//! use crimerate::{Average, Per, read::Document};
//!
//! let file = "Recorded offences by police force area\n\nPolice Force Area;Offences;Population\nKent;1,024 ;1846500\nEssex[note 2];1119;1832800\nDorset;..;772300\n";
//! let (table, taken) = Document::of(file).table()?;
//! println!("{}\n\n{taken}", table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND));
//! # assert_eq!(taken.met.len(), 3);
//! # Ok::<(), crimerate::read::Faults>(())
//! ```
//!
#![doc = include_str!("../../docs/methods/read.md")]

mod added;
#[cfg(feature = "spreadsheet")]
mod archive;
mod areas;
mod arranged;
mod cell;
mod cells;
mod choice;
mod combined;
mod delimited;
mod document;
mod faults;
mod found;
mod given;
mod grouping;
mod header;
mod indicators;
mod input;
mod labelled;
mod labels;
mod limits;
mod line;
mod lines;
mod months;
mod nameless;
mod names;
mod no_count;
mod number;
mod numbers;
#[cfg(feature = "spreadsheet")]
mod ods;
mod opened;
mod panel;
mod pieces;
mod plain;
pub mod police_uk;
mod populations;
mod published;
mod quotes;
mod records;
mod region;
mod repeated;
#[cfg(feature = "spreadsheet")]
mod rich;
mod role;
mod runs;
mod scan;
mod scanned;
#[cfg(feature = "spreadsheet")]
mod serial;
mod several;
#[cfg(feature = "spreadsheet")]
mod sheet;
mod source;
mod spans;
#[cfg(feature = "spreadsheet")]
mod strings;
mod sums;
mod table;
mod taken;
mod timed;
mod units;
mod wanted;
mod wording;
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
