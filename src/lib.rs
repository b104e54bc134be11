//! Is this force's rate really high, compared with what, and how sure are we?
//!
//! A [`Rate`] is a count over a [`Population`], read [`Per`] 1,000 or 100,000. An [`Average`] is a rule, and rules in
//! common use disagree, so it is always named. A [`Table`] holds the counts and populations of all areas; compared with
//! an average it gives a [`LeagueTable`], with a [`Comparison`] for each area: its rate with an [`Interval`], its
//! difference from the average, its z and its place in a [`Ranking`](league::Ranking). Read per unit population it is a [`Report`], whose
//! [`Note`]s say what was left out and why, which average, which intervals and which rule for ties.
//!
//! ```
//! use crimerate::{Average, Per, Rate, Table};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let firearms = Rate::new(721, 2_939_927)?; // refused if the population is zero
//!     println!("{}\n", firearms.per(Per::HUNDRED_THOUSAND));
//!
//!     let knife = Table::from_rows([
//!         ("West Midlands", 3_437, 2_916_500),
//!         ("Merseyside", 1_424, 1_423_100),
//!         ("Durham", 165, 633_500),
//!         ("City of London", 31, 8_700),
//!     ])?;
//!     let league = knife.exclude("City of London", "8,700 residents")?.compare(Average::POOLED);
//!     let report = league.per(Per::HUNDRED_THOUSAND);
//!     println!("{report}\n");
//!
//!     let here = league.area("West Midlands")?;
//!     println!("{}: rank {} of {}, {:.2} times the average", here.area(), here.rank(), here.of(), here.ratio()?);
//!     if let Some(file) = std::env::args().skip_while(|given| given != "--plot").nth(1) {
//!         report.plot().save(file)?; // the same table as a picture
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Which average?
//!
//! There is no default average, because those in use disagree. On knife offences in 37 English forces (year to March 2020, per
//! 100,000) the [pooled](Average::POOLED) average is 83.6, the [mean of rates](Average::MEAN) 64.2 and the
//! [median](Average::MEDIAN) 57.6: nine forces are above one "average" and below another, and West Midlands, at 117.8, is 41 %,
//! 84 % or 105 % above it. If in doubt take the pooled average, and name it; [`average`] has a table of which to take for
//! what, and of the three scales of z.
//!
//! # The map
//!
//! The names of this page are those of the first ten minutes; each subject has a module, whose first page teaches it.
//!
//! | to | go to |
//! |---|---|
//! | give one rate, or two, the interval that chance allows, and the test that it refutes | [`interval`] |
//! | choose an average, and measure how far a rate lies from it | [`average`] |
//! | rank areas, see who stands out, compare them by grade; a league table from a CSV file | [`league`] |
//! | find police forces however they are spelt, with codes, regions and populations | [`forces`] |
//! | say how sure the order is | [`rank`] |
//! | set areas against control limits by size, with or without overdispersion | [`funnel`] |
//! | compare like with like: for who lives there, and for what was done | [`standard`] |
//! | steady the rates of small areas | [`smoothing`] |
//! | compare one period with another | [`time`] |
//! | add up raw records | [`records`] |
//! | do all of it for every offence and period at once | [`panel`] |
//! | check a sentence, or have one written | [`claim`] |
//! | draw any of these answers as a picture | [`plot`] |
//! | read files as they are published | `read`, with the feature `csv` |
//!
//! What goes in: a [`Row`] of a table may hold numbers or text, and [`Table::check`] lists every fault at once. A count that is
//! not known is an [`Observation`], never zero. A [`Basis`] says what the figures rest on, a [`Policy`] what is done about an
//! area whose figures mislead, and an area without a rate is [`LeftOut`] with its reason.
//!
//! What does not exist: a figure without a value is [`Undefined`], which says why; what is refused is an [`Error`] that names
//! the area, the row and the value. Nothing panics, and no NaN stands for anything but a value of an array whose reason is in
//! an array of its own.
//!
//! An area whose rate means little can hide all others: of the recorded crime of 43 forces in 2017/18 only the City of London
//! lies beyond one standard deviation; without it 14 others do. [`Bands`](league::Bands) say so; [`Table::exclude`] and
//! [`Table::merge`] do something about it, and every report says what was done.
//!
//! # Where it runs
//!
//! All types are `Send` and `Sync`, [`Error`] too, so tables, panels and records go to other threads and come back. The
//! same input gives the same bits on any number of threads. The crate has no `unsafe`, and reads no clock and no environment, and
//! touches files only where one is named (`read` and [`plot::Plot::save`]); it builds for `wasm32-unknown-unknown`.
//!
//! Definitions and sources are in [`methods`] and on the modules' pages, decisions that bind the whole crate in [`design`],
//! other tools in [`compare`].

mod base;
mod rate;
mod special;
mod table;

pub mod average;
pub mod claim;
pub mod forces;
pub mod funnel;
pub mod interval;
pub mod league;
pub mod panel;
pub mod plot;
pub mod rank;
#[cfg(feature = "csv")]
pub mod read;
pub mod records;
pub mod smoothing;
pub mod standard;
pub mod time;

#[doc(inline)]
pub use average::Average;
pub use base::{Error, ErrorKind, Note, Result, RowColumn, Topic, Undefined};
#[doc(inline)]
pub use claim::Claim;
#[doc(inline)]
pub use interval::{Confidence, Interval, Method};
#[doc(inline)]
pub use league::{Compare, Comparison, LeagueTable, Measure, Rank, Report, Ties};
#[doc(inline)]
pub use panel::Panel;
pub use rate::{Observation, Order, Per, Period, Population, Proportion, Rate, Reading, Reason, Tally};
pub use table::{Area, Basis, LeftOut, PeerGroups, Policy, Row, Table};

pub use ndarray;

#[cfg(doc)]
#[doc = include_str!("../docs/methods.md")]
#[doc = include_str!("../docs/methods/table.md")]
pub mod methods {}

#[cfg(doc)]
#[doc = include_str!("../docs/design.md")]
pub mod design {}

#[cfg(doc)]
#[doc = include_str!("../docs/compare.md")]
pub mod compare {}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
