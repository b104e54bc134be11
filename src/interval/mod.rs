//! What chance could have done to one rate, or to the difference of two.
//!
//! A count of offences would have come out otherwise in another year with the same risk. An [`Interval`] at a [`Confidence`]
//! holds the true value that often; which of its makers does so how well is a matter of [`Method`]. Two rates compare as a
//! [`RateRatio`] or a [`RateDifference`], with [`PValues`].
//!
//! ```
//! use crimerate::{Confidence, Method, Per, Rate, interval::Test};
//!
//! let (knives, before) = (Rate::new(165, 633_500)?, Rate::new(140, 632_900)?);
//! let exact = knives.interval(Confidence::P95).per(Per::HUNDRED_THOUSAND);
//! assert_eq!(format!("{exact:.1}"), "22.2 to 30.3 per 100,000");
//! let byar = knives.interval((Confidence::P95, Method::Byar)).per(Per::HUNDRED_THOUSAND);
//! assert_eq!(format!("{byar:.1}"), "22.2 to 30.3 per 100,000");
//!
//! let ratio = knives.ratio_to(before);
//! assert_eq!(format!("{:.2}", ratio.value().unwrap()), "1.18");
//! assert_eq!(format!("{:.2}", ratio.interval(Confidence::P95)), "0.93 to 1.49");
//! assert_eq!(format!("{:.2}", ratio.significance(Test::Exact).two_sided()), "0.17");
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | for | take | because |
//! |---|---|---|
//! | a count or a rate, if in doubt | [`Method::Exact`], the default | it never covers less than it says |
//! | shorter intervals that cover what they say on average | [`Method::MidP`] | it takes half of the probability of the count itself |
//! | the figures of a publication | the method that it names: [`Method::Byar`], [`Method::Ohid`], [`Method::RothmanBoice`] | they follow the exact one closely, or less closely at small counts |
//! | a count that was corrected, or of repeat victims | an [`EstimatedCount`] | it need not be whole, and varies by more than chance |
//! | rates and ratios of counts that vary by more than chance from period to period | a [`WithinDispersion`], by [`Spec::with_dispersion`] and [`TestSpec::with_dispersion`] | else limits are too short |
//! | a million counts | a [`Plan`] | it has the bits of single intervals, at some 8 ns each |
//! | how many times as high | [`Rate::ratio_to`](crate::Rate::ratio_to) | limits and test are exact, given the sum of both counts |
//! | how much more, in the units of a rate | [`Rate::minus`](crate::Rate::minus) | MOVER's limits join the two rates' score limits |
//! | a share, such as searches that found something | [`Proportion::interval`](crate::Proportion::interval) | its count cannot exceed its total, so Wilson's |
//! | many tests at once | a [`Correction`] | of twenty true null hypotheses one is "significant" at 5 % |
//!
//! What an interval does not say: that the truth lies in this one with 95 % probability; anything about counts that vary by more than
//! Poisson's law from period to period ([`WithinDispersion`]), about errors of recording or of
//! populations, which are taken as known. Intervals that overlap may still belong to rates that differ: test the ratio.
//!
//! How often intervals of a count hold the true mean, by method (`cargo run --example coverage -- --plot coverage.svg`):
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/coverage.svg")]
//!
#![doc = include_str!("../../docs/methods/interval.md")]

mod confidence;
mod correction;
mod difference;
mod estimate;
mod estimated;
mod interval;
mod limits;
mod method;
mod plan;
mod rate_interval;
mod ratio;
mod repeats;
mod spec;
mod test;
mod test_spec;
mod widening;
mod wilson;
mod within;

pub use confidence::Confidence;
pub(crate) use confidence::at_level;
pub use correction::Correction;
pub use difference::{DifferenceInterval, DifferenceSpec, RateDifference};
pub use estimated::{EstimatedCount, WideningSpec};
pub use interval::Interval;
pub use method::Method;
pub use plan::Plan;
pub use rate_interval::RateInterval;
pub use ratio::RateRatio;
pub use spec::Spec;
pub(crate) use test::OneSided;
pub use test::{PValues, Test};
pub use test_spec::TestSpec;
pub use widening::Widening;
pub(crate) use widening::{Wider, widens};
pub use within::WithinDispersion;
pub(crate) use within::{is_few, variation};
