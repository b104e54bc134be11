//! Is this force's rate really high, compared with what, and how sure are we?
//!
//! A [`Rate`] is a count over a [`Population`], read [`Per`] 1,000 or 100,000. An [`Average`] is a rule, and rules in
//! common use disagree, so it is always named. A [`Table`] holds the counts and populations of all areas; compared with
//! an average it gives a [`LeagueTable`], with a [`Comparison`] for each area: its rate with an [`Interval`], its
//! difference from the average, its z and its place in a [`Ranking`]. Read per so many people it is a [`Report`], whose
//! [`Note`]s say what was left out and why, which average, which intervals and which rule for ties.
//!
//! ```
//! use crimerate::{Average, Per, Rate, Table};
//!
//! fn main() -> Result<(), crimerate::Error> {
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
//!     println!("{}\n", league.per(Per::HUNDRED_THOUSAND));
//!
//!     let here = league.area("West Midlands")?;
//!     println!("{}: rank {} of {}, {:.2} times the average", here.area(), here.rank(), here.of(), here.ratio()?);
//!     Ok(())
//! }
//! ```
//!
//! # Which average, and which z?
//!
//! There is no default average, because they disagree. On knife offences in 37 English forces (year to March 2020, per
//! 100,000) the [pooled](Average::POOLED) average is 83.6, the [mean of rates](Average::MEAN) 64.2 and the
//! [median](Average::MEDIAN) 57.6: nine forces are above one "average" and below another, and West Midlands, at 117.8, is 41 %,
//! 84 % or 105 % above it.
//!
//! | to say | take | because |
//! |---|---|---|
//! | how a force stands against the country | [`Average::POOLED`] | it is the rate of all people together, the one to take if in doubt |
//! | what forces have on average | [`Average::MEAN`] | every force counts the same; one extreme force moves it |
//! | what a typical force has | [`Average::MEDIAN`] | as many are above as below; no one force moves it far |
//! | how it stands among its likes | any of them [`over`](Average::over) its [`PeerGroups`] | a region or most similar forces are closer to it than the country |
//! | how it differs from the *others* | any of them [`without_self`](Average::without_self) | else it is compared with itself in part: the Metropolitan Police are a sixth of the people |
//! | that it is "one standard deviation above" | [`ZScale::Standard`] | that is what reports mean by it: distance from the mean of rates over the standard deviation |
//! | the same of rates with a long upper tail | [`ZScale::Log`] | it counts in factors, as such rates differ; it needs every rate above zero |
//! | who is an outlier | [`ZScale::Robust`] | median and median distance are not moved by the outliers themselves |
//! | that chance did not do it | [`Comparison::against_rest`], [`Funnel`], [`RankSets`] | an average or a z knows nothing of how large an area is |
//!
//! An area whose rate means little can hide all others: of the recorded crime of 43 forces in 2017/18 only the City of London
//! lies beyond one standard deviation; without it 14 others do. [`Bands`] say so; [`Table::exclude`] and [`Table::merge`] do
//! something about it, and tell.
//!
//! # What else there is
//!
//! - **What goes in.** A [`Row`] of a table may hold numbers or text; [`Table::check`] lists every fault at once. A count
//!   that is not known is an [`Observation`], never zero. A [`Basis`] says what the figures rest on.
//! - **How to compare.** [`Compare`] chooses the average, the interval [`Method`] and [`Confidence`], the [`Order`] and the
//!   rule for [`Ties`], and on which [`ZScale`] z is measured. [`LeagueTable::column`] gives any [`Measure`] as an array.
//! - **Against whom.** An average is over everyone or over each area's own [`PeerGroups`]. A [`Policy`] says what is done about
//!   an area whose figures mislead. [`Changes`] compare two tables, where each [`Basis`] allows it.
//! - **Who stands out.** [`Bands`] lie so many standard deviations either side of the mean, on raw or log rates, named or
//!   chosen by the test of [`Normality`]; a [`Mask`] is an area that hides others from them.
//! - **How sure the ranks are.** [`RankSets`] give each area the ranks that it may truly have: for all areas at once or
//!   for one, by exact tests of all pairs ([`RankSpec`], [`RankFamily`]).
//! - **Judgements.** A [`Judgement`] is a grade on its scale; [`LeagueTable::by_grade`] gives the rates by grade.
//! - **Many intervals.** A [`Plan`] makes exact intervals for millions of counts at the price of an approximation.
//! - **Every indicator at once.** A [`Panel`] holds areas by indicators (an indicator is one offence in one period) and
//!   compares them all in one pass into [`Figures`], or with [`Outputs`] into arrays that exist; [`Records`] and
//!   [`NamedRecords`] add up raw records into one. Its bits are those of the tables that it is made of.
//! - **Two rates.** A [`RateRatio`] and a [`Change`] have exact intervals and, as [`Significance`], p-values; a
//!   [`RateDifference`] has the interval that follows from those of both rates; [`Expected`] is a count beside the one that a known average makes expected.
//! - **Funnels.** A [`Funnel`] sets each area beside the limits that chance sets to an area of its size, with or without
//!   the [`Dispersion`] that real areas have, its z and its p-value, alone and by [`Adjustment`] for many areas at once; a
//!   [`ProportionFunnel`] does so for proportions.
//! - **Ranks in replicate years.** A [`RankDistribution`] says how likely each area is to have each rank, to be highest or
//!   lowest, in other years like this one, by a [`ReplicateLaw`]; [`WithinDispersion`] is how much areas vary between them.
//! - **Both beside each other.** A [`RankReport`] is a table of ranks with their sets and what replicate years would show.
//! - **Smoothing.** A [`Smoothing`] draws the rates of small areas towards those of all, by Marshall's moments or a
//!   gamma-Poisson [`Prior`]; of each [`Smoothed`] rate it tells the weight of the area's own figures.
//! - **Published figures.** A rate that somebody else printed is [`Published`]: it can be held against a count and a
//!   population.
//! - **Sentences.** A [`Claim`] such as "the highest rate of any" is checked by [`Claims`] against all areas of a table and
//!   gets a [`Verdict`] with its reasons; a [`Description`] of an area is made of sentences that are true.
//! - **Sums and shares.** Sums come in a [`Tally`], parts of a whole in a [`Proportion`].
//! - **What does not exist.** A figure without a value is [`Undefined`], which says why; an area without a rate is
//!   [`LeftOut`]; what is refused is an [`Error`] that names the area, the row and the value. Nothing panics, and no NaN
//!   stands for anything but a value of an array whose reason is beside it.
//!
//! Definitions and sources are in [`methods`], what rank sets mean in [`ranks`] and what other years would show in
//! [`replicate_years`], the build of the crate in [`design`], other tools in [`compare`].

mod aligned;
mod area;
mod areas;
mod average;
mod band;
mod bands;
mod basis;
mod cell;
mod change;
mod changes;
mod choice;
mod claim;
mod column;
mod comparison;
mod confidence;
mod counts;
mod difference;
mod error;
mod expected;
mod formula;
mod funnel;
mod groups;
mod interval;
mod judgement;
mod kernel;
mod league;
mod line;
mod method;
mod multiple;
mod normality;
mod note;
mod number;
mod observation;
mod order;
mod outputs;
mod pairs;
mod panel;
mod per;
mod plan;
mod policy;
mod population;
mod populations;
mod proportion;
mod published;
mod rank_report;
mod rank_set;
mod rank_spec;
mod ranking;
mod rate;
mod rate_ratio;
mod records;
mod replicate;
mod report;
mod row;
mod significance;
mod smoothing;
mod special;
mod spread;
mod table;
mod tally;
mod text;
mod undefined;
mod within_dispersion;
mod yardstick;
mod z_scale;

pub use area::Area;
pub use average::{Average, AverageValue, Fixed, Rule};
pub use band::{Band, BandScale, BandSpec, RateScale};
pub use bands::{Bands, Mask};
pub use basis::Basis;
pub use cell::Cell;
pub use change::Change;
pub use changes::Changes;
pub use claim::{Checked, Claim, Claims, Description, Verdict};
pub use column::{Column, Measure};
pub use comparison::{Compare, Comparison};
pub use confidence::Confidence;
pub use counts::Counts;
pub use difference::RateDifference;
pub use error::{Error, ErrorKind, Result};
pub use expected::Expected;
pub use funnel::{
    Dispersion, Funnel, FunnelLimits, FunnelPoint, FunnelReport, FunnelRow, FunnelSpec, Overdispersion, Position,
    ProportionFunnel, Scale, Trim, TrimRule,
};
pub use groups::{GroupId, Over, PeerGroups};
pub use interval::{Interval, IntervalSpec, RateInterval};
pub use judgement::{Grade, GradeGroup, GradeReading, Grading, Judgement, RatesByGrade};
pub use league::LeagueTable;
pub use method::Method;
pub use multiple::Adjustment;
pub use normality::Normality;
pub use note::{LeftOut, Note, Topic};
pub use observation::{Observation, Reason};
pub use order::Order;
pub use outputs::Outputs;
pub use panel::{Figures, FunnelPanel, Indicator, Panel, SmoothedPanel, Workspace};
pub use per::Per;
pub use plan::Plan;
pub use policy::Policy;
pub use population::Population;
pub use populations::Populations;
pub use proportion::Proportion;
pub use published::{Finding, Published, Rounded, Rounding};
pub use rank_report::{RankReport, RankRow};
pub use rank_set::{RankPair, RankSet, RankSets};
pub use rank_spec::{RankFamily, RankSpec};
pub use ranking::{Rank, Ranking, Ties};
pub use rate::{Rate, Reading};
pub use rate_ratio::RateRatio;
pub use records::{Absent, NamedRecords, Records};
#[cfg(feature = "simulation")]
pub use replicate::Simulation;
pub use replicate::{RankChances, RankDistribution, Replicate, ReplicateLaw};
pub use report::{Report, ReportRow};
pub use row::Row;
pub use significance::{Significance, Test, TestSpec};
pub use smoothing::{Prior, Smoothed, SmoothedRow, Smoother, Smoothing, SmoothingReport};
pub use spread::Spread;
pub use table::Table;
pub use tally::Tally;
pub use undefined::Undefined;
pub use within_dispersion::WithinDispersion;
pub use yardstick::Yardstick;
pub use z_scale::ZScale;

pub use ndarray;

#[cfg(doc)]
#[doc = include_str!("../docs/methods.md")]
pub mod methods {}

#[cfg(doc)]
#[doc = include_str!("../docs/replicate.md")]
pub mod replicate_years {}

#[cfg(doc)]
#[doc = include_str!("../docs/ranks.md")]
pub mod ranks {}

#[cfg(doc)]
#[doc = include_str!("../docs/design.md")]
pub mod design {}

#[cfg(doc)]
#[doc = include_str!("../docs/compare.md")]
pub mod compare {}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
