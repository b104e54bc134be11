//! Control limits by the size of an area.
//!
//! A small area's rate moves by chance more than a large one's, and real areas differ by more than chance. A [`Funnel`] sets each
//! area against control limits for its expected count; [`Dispersion`] says whether they allow for overdispersion, the
//! variation between areas beyond chance. Which of 37 forces are outside:
//!
//! ```
//! use crimerate::{Average, Confidence, Row, Table, funnel::Dispersion};
//!
//! let rows: Vec<Row> = csv::Reader::from_path("examples/data/knife_2020.csv")?.deserialize().collect::<Result<_, _>>()?;
//! let knife = Table::from_rows(rows)?.exclude("City of London", "8,700 residents")?;
//! let funnel = knife.compare(Average::POOLED).funnel(Dispersion::Additive);
//! let names = funnel.outside(Confidence::P95).map(|point| point.area().name()).collect::<Vec<_>>();
//! assert_eq!(names, ["Durham", "Metropolitan Police"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | for | take | because |
//! |---|---|---|
//! | rates that may differ by chance alone | [`Dispersion::None`] | exact Poisson limits; among real forces nearly all lie outside |
//! | areas that differ in many small ways, the usual case | [`Dispersion::Additive`] | tau^2 is added to the variance of every area, so large areas get the most room |
//! | counts that vary by a common factor | [`Dispersion::Multiplicative`] | all limits widen by the root of phi |
//! | rates of zero | [`Scale::SquareRoot`], the default | on [`Scale::Log`] one count of zero leaves no z |
//! | a mean or a median of rates | the pooled average, or a [fixed](crate::Average::fixed) rate | a mean of rates varies by chance, so limits about it call too many; there are none |
//! | a published funnel | [`Form::Normal`] | its phi, tau^2, limits and adjusted z; they call more areas than they say |
//! | the p of an area, also of the most extreme of all | [`Point::p_adjusted`] by Holm | it rests on the dispersion of the other areas |
//! | proportions, such as searches that found something | [`LeagueTable::proportion_funnel`](crate::LeagueTable::proportion_funnel) | binomial limits stay between none and all |
//! | expected counts of your own | [`LeagueTable::funnel_expecting`](crate::LeagueTable::funnel_expecting) | an indirect standardisation gives them |
//! | a funnel of every indicator | [`Panel::funnel`](crate::Panel::funnel) | one pass, the same bits |
//!
//! What a funnel does not say: that an area outside the limits does badly, only that it is unlike the others; nor who is first or last
//! ([`rank`](crate::rank)). That an area is within the limits is no proof that it is average: with additive dispersion a doubled rate of a small area is
//! seldom found.
//!
//! Knife offences per 100,000 in 37 English forces, year to March 2020, by expected count, with limits at 95 % and 99.8 % that allow for
//! the variation between forces, and much narrower ones by chance alone:
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/funnel.svg")]
//!
#![doc = include_str!("../../docs/methods/funnel.md")]

mod dispersion;
mod display;
mod drawn;
mod funnel;
mod homogeneity;
mod law;
mod limits;
mod moments;
mod notes;
mod others;
mod overdispersion;
mod point;
mod proportion;
mod report;
mod rest;
mod scale;
mod scatter;
mod serialised;
mod spec;
mod trim;
mod whole;

pub use dispersion::Dispersion;
pub use funnel::Funnel;
pub use homogeneity::Homogeneity;
pub use limits::Limits;
pub(crate) use moments::{Moments, Part, STEPS, residual_terms, tau2_of};
pub use overdispersion::Overdispersion;
pub(crate) use overdispersion::{between, place, widening};
pub use point::{Point, Position};
pub use proportion::ProportionFunnel;
pub use report::{Report, Row};
pub use scale::Scale;
pub(crate) use scale::{linear_z, log_z, square_root_z};
pub use spec::{Form, Spec};
pub use trim::{Trim, TrimRule};
