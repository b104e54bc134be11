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
//! | "between 20 and 25 per 1,000" | [`Claim::between`] |
//! | "41 % above the average", "below the average" | [`Claim::percent_above`], [`Claim::percent_below`], [`Claim::below_average`] |
//! | "more than twice the average", "at least 30 % above", "less than half" | [`Claim::compared`] with a [`Relation`] |
//! | "higher than Essex", "1.3 times Essex" | [`Claim::higher_than`], [`Claim::lower_than`]; [`Claim::compared`] with the area's name |
//! | "up 22 % on a year before", "fell", "from 5th to 2nd" | [`Checker::with_before`]; [`ComparedWith::Before`], [`Claim::rose`], [`Claim::fell`], [`Claim::moved`] |
//! | "the highest since March 2017", "up 4 % a year", "up 22 % on a year before" | [`Checker::with_series`]; [`Claim::highest_since`], [`Claim::rose_a_year`], [`Claim::trend`], [`ComparedWith::YearBefore`] |
//! | "the average is 83.6" | [`Claim::average`] |
//! | how wrong would the figures have to be? | [`Checked::tipping`] |
//! | how much more than by chance may counts vary? | [`Checked::holds_up_to`], and up to what that is asked, [`Checker::holding_up_to`] |
//! | an area or a pair that was named before anybody looked at the figures | [`Checker::chosen_beforehand`] |
//! | true sentences about an area | [`Checker::describe`] |
//!
//! | verdict | means |
//! |---|---|
//! | supported | the figures say so, and neither chance nor, where no more is known, counts that vary three times as much account for it |
//! | true of the figures but not certain | they say so, and chance, or counts that vary as much, could make them |
//! | contradicted | they say otherwise |
//! | not checkable | a figure is missing that could |
//!
//! What a verdict does not say: anything about causes, about areas that are not in the table, or that the figures themselves are right.
//!
//! A sentence and its verdict, as the headline of the figures that it rests on:
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/checked.svg")]
//!
#![doc = include_str!("../../docs/methods/claim.md")]

mod apart;
mod bench;
mod beside_series;
mod chance;
mod checked;
mod checker;
mod claim;
mod compared;
mod compared_with;
mod course;
mod describe;
mod describe_within;
mod earlier;
mod ends;
mod factor;
mod family;
mod finding;
mod follows;
mod groups;
mod judge;
mod nearest;
mod of_rates;
mod ordinal;
mod others;
mod over_time;
mod pair_ends;
mod picked;
mod placed;
mod places;
mod plain;
mod products;
mod published;
mod relation;
mod report;
mod rounded;
mod rounding;
mod side;
mod since_ends;
mod span;
mod standing;
mod tipping;
mod unplaced;
mod upheld;
mod variation;
mod verdict;
mod words;
mod year_before;

pub use checked::Checked;
pub use checker::Checker;
pub use claim::Claim;
pub use compared_with::ComparedWith;
pub use describe::Description;
pub use finding::Finding;
pub use published::{Published, Rounding};
pub use relation::Relation;
pub use report::{Report, Row};
pub use rounded::Rounded;
pub use tipping::{Tipping, TippingPoint};
pub use verdict::Verdict;
