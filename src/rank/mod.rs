//! How sure the order of areas is.
//!
//! A rank is one draw: had the same year run again, counts and order would differ. [`Sets`] give each area the ranks that its true rate
//! may have, at a confidence level. A [`Distribution`] says how likely each rank is in other years like this one. A [`Report`] prints
//! either, or both.
//!
//! ```
//! use crimerate::{Average, Per, Table, rank::{CountModel, Family}};
//!
//! let table = Table::from_rows([
//!     ("West Yorkshire", 2_404, 2_320_200),
//!     ("Merseyside", 1_424, 1_423_100),
//!     ("Bedfordshire", 648, 669_300),
//!     ("Durham", 165, 633_500),
//! ])?;
//! let sets = table.compare(Average::POOLED).rank_sets(Family::Simultaneous)?;
//! assert_eq!(sets.area("Merseyside")?.to_string(), "Merseyside: rank 2, set 1 to 3 of 4");
//! println!("{}", sets.per(Per::HUNDRED_THOUSAND).with_probabilities(CountModel::Poisson));
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | to say | take | because |
//! |---|---|---|
//! | "the highest", "one of the three lowest" of a table | [`Family::Simultaneous`] | all sets hold at once, so an area may be chosen for where it came out |
//! | how one force stands that was chosen beforehand | [`Family::Marginal`] | it is shorter, and holds for that area alone |
//! | whether one of two areas has the higher rate | [`Sets::pair`] | it is the test that the sets are made of |
//! | the same where counts vary by more than Poisson's law within an area | [`Spec::with_dispersion`] and a [`WithinDispersion`](crate::interval::WithinDispersion) | else sets are too short |
//! | how often an area would be first in years like this one | [`LeagueTable::replicate_ranks`](crate::LeagueTable::replicate_ranks) | it is a probability, and supports no claim about the true order |
//! | that of more than a few hundred areas | `rank::Simulation` (feature `simulation`) | the exact way grows with the third power of their number |
//!
//! What it does not say is at the end of each of the two texts that follow.
//!
//! The ranks of 37 English forces by knife offences per 100,000, year to March 2020, each with a bar over the ranks that it may
//! have at 95 %; and how likely each rank of Durham is in years like this one:
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/rank_sets.svg")]
//!
#![doc = include_str!("../../docs/chances.svg")]
//!
#![doc = include_str!("../../docs/ranks.md")]
#![doc = include_str!("../../docs/replicate.md")]
#![doc = include_str!("../../docs/methods/rank.md")]

mod display;
mod notes;
mod over_time;
mod pairs;
mod replicate;
mod report;
mod sets;
mod spec;
mod upheld;

pub use over_time::{OverTime, PeriodRow};
pub use replicate::distribution::Distribution;
pub(crate) use replicate::distribution::each;
pub use replicate::probabilities::Probabilities;
#[cfg(feature = "simulation")]
pub use replicate::simulation::Simulation;
pub use replicate::spec::{CountModel, Replicate};
pub use report::{Report, Row};
pub use sets::{Pair, Set, Sets};
pub use spec::{Family, Spec};
pub(crate) use upheld::{MOST_AREAS, largest};
