//! One comparison for each area with an average, ranked and printed.
//!
//! A [`LeagueTable`] is what a [`Table`](crate::Table) compared with an [`Average`](crate::Average) gives. It has a [`Comparison`] for each
//! area, its rate with an interval, its difference and ratio, its z and its [`Rank`], and is read per unit population as a [`Report`],
//! whose notes name what was left out and why, the average, the intervals and the rule for ties.
//!
//! A league table from a CSV file with the columns `area`, `count` and `population`, by serde:
//!
//! ```
//! use crimerate::{Average, Per, Row, Table};
//!
//! let rows: Vec<Row> = csv::Reader::from_path("examples/data/knife_2020.csv")?.deserialize().collect::<Result<_, _>>()?;
//! let league = Table::from_rows(rows)?.exclude("City of London", "8,700 residents")?.compare(Average::POOLED);
//! println!("{}", league.per(Per::HUNDRED_THOUSAND));
//! assert_eq!(league.area("West Midlands")?.rank().to_string(), "2");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to know | take |
//! |---|---|
//! | one area: rate, interval, difference, ratio, per cent, percentile, z, rank | [`LeagueTable::area`] |
//! | all, from the first | [`LeagueTable::ranked`] |
//! | who lies k standard deviations from the mean, and who hides whom | [`LeagueTable::bands`], [`Report::with_bands`] |
//! | whether an area differs from the others by more than chance | [`Comparison::against_rest`] |
//! | how areas with one grade of an inspectorate compare with those of another | [`LeagueTable::by_grade`] |
//! | one figure of all areas, as an array | [`LeagueTable::column`], with a [`Measure`] |
//! | another interval, order, rule for ties or scale of z | [`Compare`] |
//! | ranks, mean, z and bands of rates that were published without counts | [`PublishedRates`] |
//! | the same of standardised rates, severity scores, smoothed rates, or other values | [`Values`] |
//! | how sure the order is | [`rank`](crate::rank); a rank alone does not say |
//!
//! What a league table does not say: that neighbours differ (see [`rank`](crate::rank)), that who is last does worse, or why. An area that is left
//! out has no rank and may stand anywhere; the notes name it. Nor does it know that residents are not all who were there to be robbed or to rob (visitors, commuters), that areas
//! differ in who lives there ([`standard`](crate::standard)), or that forces record otherwise than others, or than the year before.
//!
//! Knife offences per 100,000 in 37 English forces, year to March 2020, with the band of one standard deviation (`compare -- --bands 1 --plot FILE.svg`):
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/ranked.svg")]
//!
#![doc = include_str!("../../docs/methods/league.md")]

mod answer;
mod band;
mod band_spec;
mod bands;
mod by_grade;
mod compare;
mod comparison;
mod display;
mod entry;
mod grade;
mod grade_group;
mod grade_report;
mod grading;
mod judgement;
mod league;
mod mask;
mod measure;
mod notes;
mod published;
mod published_rate;
mod rank;
mod ranking;
mod report;
mod standardised;
mod ties;
mod value_kind;
mod value_row;
mod values;
mod values_report;

pub(crate) use answer::{Answer, answer};
pub use band::Band;
pub use band_spec::{BandScale, BandSpec, RateScale};
pub use bands::Bands;
pub use by_grade::RatesByGrade;
pub use compare::Compare;
pub use comparison::Comparison;
pub(crate) use entry::Entry;
pub use grade::Grade;
pub use grade_group::GradeGroup;
pub use grade_report::{GradeReport, GradeRow};
pub use grading::Grading;
pub use judgement::Judgement;
pub use league::LeagueTable;
pub use mask::Mask;
pub use measure::{Column, Measure};
pub(crate) use notes::misfit;
pub use published::PublishedRates;
pub use published_rate::PublishedRate;
pub use rank::Rank;
pub use ranking::Ranking;
pub use report::{Report, Row};
pub use standardised::{ScoreReport, ScoreRow, ScoreShare, ScoreShares, StandardisedReport, StandardisedRow};
pub use ties::Ties;
pub use value_kind::ValueKind;
pub use value_row::ValueRow;
pub use values::Values;
pub use values_report::ValuesReport;
