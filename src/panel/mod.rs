//! Every indicator at once: areas by offences and periods.
//!
//! A [`Panel`] is areas by indicators, an indicator being one offence in one period. One pass gives rates, averages, differences, ratios,
//! z, ranks and limits of all cells, as [`ndarray`] arrays, with the bits that a table of each indicator would give.
//!
//! A panel of offences, and where each is highest:
//!
//! ```
//! use crimerate::{Average, Measure, Panel, Per, ndarray::array};
//!
//! let counts = array![[721_u64, 3_437], [103, 1_424], [29, 165]];
//! let panel = Panel::new(["West Midlands", "Merseyside", "Durham"], counts, [2_916_500, 1_423_100, 633_500])?
//!     .with_indicators(["firearms", "knives"])?;
//! let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, [Measure::Rate, Measure::Z]);
//! for (area, offence, z) in figures.extremes(2)? {
//!     println!("{offence}: {area} ({z:+.2})");
//! }
//! assert_eq!(format!("{:.1}", figures.get(Measure::Rate, "West Midlands", "knives")?), "117.8");
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | from or for | take |
//! |---|---|
//! | arrays of counts and populations | [`Panel::new`]; [`Panel::leaving_out`] where some areas have no population |
//! | tables of one offence each | [`Panel::from_tables`]; [`Panel::union_of_tables`] where they are not all on the same areas |
//! | files of records | [`records`](crate::records) |
//! | counts that are not known | [`Panel::with_mask`]: codes of [`CellStatus`], never zero |
//! | populations that differ by period | [`Populations::by_period`]; of records, [`NamedRecords::panel_by_period`](crate::records::NamedRecords::panel_by_period) |
//! | areas whose figures mislead | [`Panel::merge`], [`Panel::with_denominator`], [`Panel::keep`], [`Panel::exclude`]: as in the table of each indicator |
//! | figures by name | [`Panel::compare`], [`Figures::get`] |
//! | a picture of all indicators, or of one area in each | [`Figures::plot`], [`Figures::plot_area`] |
//! | arrays that exist already | [`Panel::compare_into`] with [`Outputs`] and a [`Workspace`]; with a pooled average and the standard z it allocates nothing once they are there |
//! | one indicator with its notes | [`Panel::indicator`], and its league table |
//! | one offence over its periods | [`Panel::series`], a [`Series`](crate::time::Series) |
//! | rolling years of all offences | [`Panel::rolling`], a panel on person-months |
//! | rates standardised for who lives in the areas, of all offences | [`Stratified::direct`], on counts by strata |
//! | funnels, smoothed rates, ranks in replicate years of all | [`Panel::funnel`], [`Panel::smooth`], [`Panel::replicate_ranks`] |
//!
//! With the feature `rayon` a panel uses the threads of its pool, and by default (`simd`) the widest vectors of the machine; neither changes a bit. All
//! types here are `Send` and `Sync`. In an array NaN, or rank 0, stands exactly where the status of the cell or of the indicator says why.
//!
//! What a panel does not say: that the extreme of many cells is extreme. Of 43 forces and 100 offences a dozen cells lie beyond
//! 3 standard deviations of a normal distribution by chance alone; correct for it ([`interval::Correction`](crate::interval::Correction)), or use funnels.
//!
//! Where one force stands in nine groups of offences, year to March 2018 (`panel --area "West Midlands" --plot FILE.svg`):
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/panel.svg")]
//!
#![doc = include_str!("../../docs/methods/panel.md")]

mod compare;
mod counts;
mod display;
mod figures;
mod funnel;
mod indicator;
mod kernel;
mod labels;
mod notes;
mod of_periods;
mod of_records;
mod of_tables;
mod outputs;
mod panel;
mod policies;
mod populations;
mod replicate;
mod rolling;
mod rows;
mod series;
mod smooth;
mod standardised;
mod status;
mod strata_counts;
mod stratified;

pub use compare::Workspace;
pub use counts::Counts;
pub use figures::Figures;
pub use funnel::Funnels;
pub use indicator::Indicator;
pub use outputs::Outputs;
pub use panel::Panel;
pub use populations::Populations;
pub use rolling::Windows;
pub use rows::Row;
pub use smooth::Smoothed;
pub use standardised::{Standardised, StandardisedRow};
pub use status::CellStatus;
pub use strata_counts::StrataCounts;
pub use stratified::Stratified;
