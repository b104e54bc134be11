//! Like with like: rates standardised for who lives in an area, and scores weighted by what was done.
//!
//! Two things stand between a count over a population and a fair comparison. Young people are victims and offenders more often, so an
//! area of students has more crime than one of pensioners of the same kind; and a thousand thefts are no thousand robberies.
//! [`Strata`] hold counts and populations by age, sex or kind of place, and give the rates that areas would have with one [`StandardPopulation`], or
//! the counts that a reference's rates make expected; [`Offences`] hold counts by offence, and give scores by a list of [`Weights`]:
//!
//! ```
//! use crimerate::{Confidence, Per, standard::{StandardPopulation, Strata}};
//!
//! let strata = Strata::from_rows([
//!     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 90_000), ("Inland", "65+", 4, 10_000),
//! ])?;
//! let rates = strata.direct(&StandardPopulation::pooled(&strata)?)?;
//! let (coast, inland) = (rates.area("Coast")?, rates.area("Inland")?);
//! assert!(coast.crude().per(Per::THOUSAND).value() < inland.crude().per(Per::THOUSAND).value());
//! assert!(coast.per(Per::THOUSAND).value() > inland.per(Per::THOUSAND).value()); // of people of one age Coast has more
//! assert_eq!(format!("{:.2}", coast.limits(Confidence::P95)?.per(Per::THOUSAND)), "1.02 to 1.51 per 1,000");
//! assert_eq!(format!("{:.2}", coast.ratio_to(inland).interval(Confidence::P95)?), "0.87 to 1.49");
//! println!("{}", rates.report(Per::THOUSAND)); // ranked, the crude rank beside it, and who changes place
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | for | take | because |
//! |---|---|---|
//! | areas to be ranked, or compared with each other | [`Strata::direct`] | one set of weights for all |
//! | few offences in some strata, or none | [`Strata::indirect`] | it needs an area's total alone, and the reference's rates are steady |
//! | whether an area has more than its people let expect | [`IndirectRates::funnel`](IndirectRates) | observed and expected counts go into a funnel as they are |
//! | rates to compare with those of other countries or years | [`StandardPopulation::esp_2013`] | a standard that does not change |
//! | rates that lie near the crude ones | [`StandardPopulation::pooled`] | the areas' own people |
//! | harm, and not the number of offences | [`Offences::scores`] | serious offences count for what they are |
//! | limits, if in doubt | [`Method::FayFeuer`] | they do not cover less than they say |
//! | limits as most publications have them | [`Method::Dobson`], the default, or [`Method::Ohid`] | reports name the areas where they are too short |
//! | ranks, means, bands of any of these | `values` of their reports, [`league::Values`](crate::league::Values) | one league table for all values |
//!
//! What a standardised rate does not say: what happened in the area (its crude rate does); anything about differences within strata. It depends on the
//! standard, and the more so the more the areas' strata differ in opposite ways: look at the rates of the strata first. A score depends on
//! its weights, which are taken as known.
//!
//! Severity scores of 42 police forces, year to March 2018, by the weights of the Crime Severity Score of 2020 (`weighted --plot FILE.svg`):
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/severity.svg")]
//!
#![doc = include_str!("../../docs/methods/standard.md")]

mod direct;
mod families;
mod grid;
mod indirect;
mod key;
mod limits;
mod listed;
mod method;
mod population;
mod ratio;
mod reference;
mod row;
mod severity;
mod shares;
mod strata;
mod sum;
mod together;

pub use direct::{DirectRate, DirectRates};
pub use indirect::{IndirectRate, IndirectRates};
pub use limits::Limits;
pub(crate) use limits::LimitsPlan;
pub use method::{Method, Spec};
pub use population::StandardPopulation;
pub use ratio::Ratio;
pub use reference::ReferenceRates;
pub use row::StratumRow;
pub use severity::{Offences, Score, Scores, Unweighted, Weights};
pub(crate) use shares::{AreaWeights, Shares};
pub use strata::Strata;
pub(crate) use sum::WeightedSum;
pub(crate) use together::Sum;
