//! Rates of small areas drawn towards those of all.
//!
//! A rate on few people moves by chance. Empirical Bayes draws each rate towards the mean of all by as much as chance could have
//! moved it, and reports the weight of the area's own figures.
//!
//! ```
//! use crimerate::{Average, Confidence, Per, Table, smoothing::Estimator};
//!
//! let table = Table::from_rows([("A", 60, 50_000), ("B", 20, 40_000), ("C", 35, 50_000), ("D", 3, 900), ("E", 90, 60_000)])?;
//! let smoothing = table.compare(Average::POOLED).smooth(Estimator::GammaPoisson);
//! let small = smoothing.area("D")?;
//! assert_eq!(format!("{:.1}", small.rate().per(Per::THOUSAND)), "3.3 per 1,000");
//! assert_eq!(format!("{:.1}", small.estimate(Per::THOUSAND)), "1.4 per 1,000");
//! assert_eq!(format!("{:.2}", small.weight()), "0.13");
//! assert_eq!(format!("{:.1}", small.interval(Confidence::P95)?.per(Per::THOUSAND)), "0.2 to 3.9 per 1,000");
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | for | take | because |
//! |---|---|---|
//! | a map, or a list of small areas by likely truth | [`Estimator::Marshall`] or [`Estimator::GammaPoisson`] | few people no longer make the extremes |
//! | many indicators | [`Panel::smooth`](crate::Panel::smooth), by Marshall's moments | one pass, the bits of single tables |
//! | moments without a distribution | [`Estimator::Marshall`] | closed forms |
//! | the likeliest mean and variance of true rates | [`Estimator::GammaPoisson`] | maximum likelihood, also where populations differ much |
//! | whether one area stands out | a [`funnel`](crate::funnel) or [`Comparison::against_rest`](crate::Comparison::against_rest) | a smoothed rate draws in exactly those that do |
//!
//! What a smoothed rate does not say: what happened in the area (its rate does), or that it stands out. Limits take true rates to follow a gamma
//! distribution. Neighbours on a map count no more than others.
//!
//! Knife offences per 100,000 in 37 English forces, year to March 2020, smoothed, with each force's own rate as a ring:
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/smoothed.svg")]
//!
#![doc = include_str!("../../docs/methods/smoothing.md")]

mod credible;
mod display;
mod estimator;
mod likelihood;
mod notes;
mod prior;
mod report;
mod smoothing;

pub use credible::CredibleInterval;
pub use estimator::Estimator;
pub use prior::Prior;
pub(crate) use prior::square;
pub use report::{Report, Row};
pub use smoothing::{Smoothed, Smoothing};
