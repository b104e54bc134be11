//! Signed counts of single records, added up and merged exactly.
//!
//! Files of recorded offences have a line for each area, offence and month, and negative ones that take back what was recorded
//! before. [`NamedRecords`] (by name) and [`Records`] (by number) add them up in any order, and make a [`Panel`](crate::Panel).
//!
//! ```
//! use crimerate::{Average, Measure, Per, records::{Absent, NamedRecords}};
//!
//! let mut records = NamedRecords::new();
//! records.try_extend([("Kent", "knives", 731), ("Essex", "knives", 716), ("Kent", "robbery", 1_640)])?;
//! let mut later = NamedRecords::new(); // another file, or another machine
//! later.try_extend([("Kent", "knives", -2), ("Essex", "robbery", 1_871)])?; // a correction, and more
//! records.try_merge(&later)?;
//! let panel = records.panel([("Essex", 1_832_800), ("Kent", 1_846_500)], Absent::Zero)?;
//! let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, [Measure::Rate]);
//! assert_eq!(format!("{:.1}", figures.get(Measure::Rate, "Kent", "knives")?), "39.5");
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | to | take |
//! |---|---|
//! | add up records with names | [`NamedRecords`] |
//! | add up records by period, on populations of each period | [`NamedRecords::try_extend_by_period`], [`NamedRecords::panel_by_period`] |
//! | add up hundreds of millions with numbers | [`Records`], from columns ([`Records::try_extend_columns`]) |
//! | take a cell without a record for none, or for not known | [`Absent::Zero`], [`Absent::Missing`]; there is no default |
//! | share the work among machines | serialise each state, `try_merge` them in any order |
//! | find totals that are still negative | [`Records::negative_totals`]; a panel refuses them and names the cell, or leaves them out ([`Absent::leaving_out_negative`]) |
//!
//! The types are `Send` and `Sync`, and the state after any order of merges is the same, so whatever engine reads the files can add them
//! up. What records do not say: whether a cell without one had no offence or no report.
//!
#![doc = include_str!("../../docs/methods/records.md")]

mod batch;
mod dictionary;
mod named;
mod records;
mod rule;
mod totals;

pub use dictionary::Dictionary;
pub use named::NamedRecords;
pub(crate) use named::offence_and_period;
pub use records::{Absent, Records};
pub use rule::CellRule;
