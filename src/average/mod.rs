//! Compared with what, and how far is far.
//!
//! An [`Average`] is a rule for the rate to compare with. Rules in common use disagree on real figures, so there is no default:
//! whoever compares names one. z says how far a rate lies from the centre of all, in units of their [`Spread`], on a [`ZScale`].
//!
//! ```
//! use crimerate::{Average, Compare, Table, average::ZScale};
//!
//! let table = Table::from_rows([
//!     ("Metropolitan Police", 15_897, 8_899_400),
//!     ("West Midlands", 3_437, 2_916_500),
//!     ("Merseyside", 1_424, 1_423_100),
//!     ("Kent", 730, 1_846_500),
//!     ("Durham", 165, 633_500),
//! ])?;
//! let percent = |average: Average| Ok::<_, crimerate::Error>(table.compare(average).area("West Midlands")?.percent()?);
//! assert_eq!(format!("{:.0} %", percent(Average::POOLED)?), "-14 %"); // the Metropolitan Police weigh most
//! assert_eq!(format!("{:.0} %", percent(Average::MEAN)?), "28 %");
//! assert_eq!(format!("{:.0} %", percent(Average::MEDIAN)?), "18 %");
//! assert_eq!(format!("{:.0} %", percent(Average::POOLED.without_self())?), "-17 %");
//!
//! let robust = table.compare(Compare::with(Average::MEDIAN).with_z(ZScale::Robust));
//! assert_eq!(format!("{:+.2}", robust.area("Durham")?.z()?), "-0.82");
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | to say | take | because |
//! |---|---|---|
//! | how a force stands against the country | [`Average::POOLED`] | it is the rate of all people together, the one to take if in doubt |
//! | what forces have on average | [`Average::MEAN`] | every force counts the same; one extreme force moves it |
//! | what a typical force has | [`Average::MEDIAN`] | as many are above as below; no one force moves it far |
//! | how it compares with a published figure or a target | [`Average::fixed`] | it is taken as known |
//! | how it stands among its likes | any of them [`over`](Average::over) its [`PeerGroups`](crate::PeerGroups) | a region or most similar forces are closer to it than the country |
//! | how it differs from the *others* | any of them [`without_self`](Average::without_self) | else it is compared with itself in part: the Metropolitan Police are a sixth of the people |
//! | that it is "one standard deviation above" | [`ZScale::Standard`] | that is what reports mean by it: distance from the mean of rates over the standard deviation |
//! | the same of rates with a long upper tail | [`ZScale::Log`] | it counts in factors, as such rates differ; it needs every rate above zero |
//! | who is an outlier | [`ZScale::Robust`] | median and median distance are not moved by the outliers themselves |
//! | that chance did not do it | [`Comparison::against_rest`](crate::Comparison::against_rest), [`Funnel`](crate::funnel::Funnel), [`rank::Sets`](crate::rank::Sets) | an average or a z knows nothing of how large an area is |
//!
//! What none of it says: whether a difference could be chance, how large an area is, or which average is right.
//!
//! How far one force lies above "the average", which may be any of three:
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/averages.svg")]
//!
#![doc = include_str!("../../docs/methods/average.md")]

mod average;
mod fixed;
mod means;
mod normality;
mod observed;
mod rule;
mod scope;
mod spread;
mod value;
mod z_scale;

pub use average::Average;
pub use fixed::Fixed;
pub(crate) use fixed::POSSIBLE;
pub(crate) use means::{common, median, middle};
pub use normality::ShapiroWilk;
pub use observed::ObservedExpected;
pub(crate) use observed::possible;
pub use rule::Rule;
pub use scope::{GroupId, Scope};
pub use spread::Spread;
pub(crate) use spread::logarithms;
pub use value::Value;
pub use z_scale::ZScale;
