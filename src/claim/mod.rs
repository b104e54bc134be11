//! Sentences about areas, checked and described.
//!
//! "The highest rate of any force", "one of the three highest", "41 % above the average": a [`Checker`] holds a [`Claim`] against all areas
//! of a table, and gives a [`Verdict`] with its reasons. A [`Published`] rate is held against a count alone.
//!
//! ```
//! use crimerate::{Average, Claim, Per, Table, claim::Verdict};
//!
//! let table = Table::from_rows([
//!     ("West Midlands", 3_437, 2_916_500),
//!     ("Merseyside", 1_424, 1_423_100),
//!     ("Durham", 165, 633_500),
//! ])?;
//! let checked = table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).check(&Claim::highest("West Midlands"))?;
//! assert_eq!(checked.verdict(), Verdict::Supported);
//! println!("{checked}");
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | sentence | take |
//! |---|---|
//! | "the highest", "the lowest" | [`Claim::highest`], [`Claim::lowest`] |
//! | "one of the k highest" | [`Claim::among_highest`], [`Claim::among_lowest`] |
//! | "of 43 forces" | [`Claim::of`] |
//! | "24.5 per 100,000" | [`Claim::rate`]; [`Published::counts`] for the counts that print so |
//! | "41 % above the average" | [`Claim::percent_above`], [`Claim::percent_below`] |
//! | "the average is 83.6" | [`Claim::average`] |
//! | true sentences about an area | [`Checker::describe`] |
//!
//! | verdict | means |
//! |---|---|
//! | supported | the figures say so, and chance does not account for it |
//! | true of the figures but not certain | they say so, and chance alone could make them |
//! | contradicted | they say otherwise |
//! | not checkable | a figure is missing that could |
//!
//! What a verdict does not say: anything about causes, about areas that are not in the table, or that the figures themselves are right.
//!
#![doc = include_str!("../../docs/methods/claim.md")]

mod checked;
mod checker;
mod claim;
mod describe;
mod judge;
mod published;
mod standing;
mod words;

pub use checked::Checked;
pub use checker::Checker;
pub use claim::{Claim, Verdict};
pub use describe::Description;
pub use published::{Finding, Published, Rounded, Rounding};
