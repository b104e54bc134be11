//! Is this force's rate really high, compared with what, and how sure are we?
//!
//! A [`Rate`] is a count over a [`Population`], read [`Per`] 1,000 or 100,000. An [`Average`] is a rule, and rules in
//! common use disagree, so it is named. A [`Table`] holds the counts and populations of all areas; compared with an
//! average it gives a [`LeagueTable`], with a [`Comparison`] for each area: its rate with an [`Interval`], its
//! difference from the average, its z and its rank in a [`Ranking`]. Read per so many people it is a [`Report`], whose
//! [`Note`]s say what was left out and why, which average, which intervals and which rule for ties.
//!
//! ```
#![doc = include_str!("../examples/quickstart.rs")]
//! ```
//!
//! A figure that somebody else printed is [`Published`]: it can be held against a count and a population.
//!
//! Sums come in [`Tally`], parts of a whole in [`Proportion`]. What is not known is an [`Observation`], never zero.
//! Everything that can go wrong is an [`Error`] that names the area, the row and the value.

mod area;
mod areas;
mod average;
mod basis;
mod choice;
mod comparison;
mod confidence;
mod error;
mod interval;
mod league;
mod method;
mod note;
mod number;
mod observation;
mod order;
mod per;
mod population;
mod proportion;
mod published;
mod ranking;
mod rate;
mod report;
mod row;
mod special;
mod spread;
mod table;
mod tally;
mod text;
mod undefined;

pub use area::Area;
pub use average::{Average, AverageValue, Fixed, Rule};
pub use basis::Basis;
pub use comparison::{Compare, Comparison};
pub use confidence::Confidence;
pub use error::{Error, ErrorKind, Result};
pub use interval::{Interval, IntervalSpec, RateInterval};
pub use league::LeagueTable;
pub use method::Method;
pub use note::{LeftOut, Note, Topic};
pub use observation::{Observation, Reason};
pub use order::Order;
pub use per::Per;
pub use population::Population;
pub use proportion::Proportion;
pub use published::{Finding, Published, Rounded, Rounding};
pub use ranking::{Rank, Ranking, Ties};
pub use rate::{Rate, Reading};
pub use report::{Report, ReportRow};
pub use row::Row;
pub use spread::Spread;
pub use table::Table;
pub use tally::Tally;
pub use undefined::Undefined;

pub use ndarray;
