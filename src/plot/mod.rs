//! Pictures of answers: as SVG for print and screen, or as bars of text for a terminal.
//!
//! ```
//! use crimerate::{Average, Per, Table};
//!
//! let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300), ("Kent", 729, 1_846_500)])?;
//! let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
//! let plot = report.plot().with_source("Home Office");
//! assert_eq!(plot.headline(), "One of 3 forces lies above the average of 35.9 per 100,000");
//! assert!(plot.to_svg().contains("Source: Home Office"));
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | picture | of | method |
//! |---|---|---|
//! | dots with intervals in their order, the average, bands | rates | [`Report::plot`](crate::Report::plot) |
//! | the same of values, scores and standardised or smoothed rates, with what they were before as rings | values | [`ValuesReport::plot`](crate::league::ValuesReport::plot), [`StandardisedReport::plot`](crate::league::StandardisedReport::plot), [`ScoreReport::plot`](crate::league::ScoreReport::plot), [`smoothing::Report::plot`](crate::smoothing::Report::plot) |
//! | a hexagon for each police force, in fifths, by bands or by limits | rates, values, scores, standardised or smoothed rates, a funnel | [`Report::tile_map`](crate::Report::tile_map), and of the same name of the others |
//! | limits by expected count, by population or by total, every area outside named | a funnel | [`funnel::Report::plot`](crate::funnel::Report::plot), [`plot_by_population`](crate::funnel::Report::plot_by_population) |
//! | ranks with the ranks that areas may have | ranks | [`rank::Report::plot`](crate::rank::Report::plot) |
//! | how likely each rank is | one area in replicate years | [`rank::Report::plot_area`](crate::rank::Report::plot_area) |
//! | before and after | changes | [`time::Report::plot`](crate::time::Report::plot) |
//! | control charts on one scale, or of one area | series | [`SeriesReport::plot`](crate::time::SeriesReport::plot), [`plot_area`](crate::time::SeriesReport::plot_area) |
//! | every indicator over its average, a dot an area, or where one area stands in each | a panel | [`Figures::plot`](crate::panel::Figures::plot), [`plot_area`](crate::panel::Figures::plot_area) |
//! | the ratio of a year to the year before, against no change | trends | [`Trends::plot`](crate::time::Trends::plot) |
//! | dots with limits, alone or against a reference | any figures | [`Plot::of_limits`], [`Plot::of_limits_against`] |
//!
//! Where no headline is given it is a sentence made from the figures, and claims no more than they hold: how many areas lie above
//! the average, and of what is outside limits how much chance alone would put there. What, per whom and when stand below it, the notes and the basis in
//! the foot; `<title>` and `<desc>` tell the message to who cannot see the picture, and each area says its figures to who points at it.
//!
//! Rates start at 0. A rate so far from all others that these would be pressed together is an arrow at the edge, its figure in writing.
//! Text is measured by the advances of Helvetica and Arial, names are put where they cover neither a line nor each other, and what finds no room
//! is numbered and named below. The same report and options give the same bytes, on any machine.
//!
//! Knife offences per 100,000 in 37 English forces, year to March 2020, all recorded offences per 1,000 in 43, year to March 2018, and how
//! robbery changed to the year to December 2019
//! (`cargo run --example pictures -- docs`, which draws the pictures of all pages):
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/ranked.svg")]
//!
#![doc = include_str!("../../docs/map.svg")]
//!
#![doc = include_str!("../../docs/changes.svg")]
//!
#![doc = include_str!("../../docs/methods/plot.md")]

mod about;
mod bars;
mod canvas;
mod chance;
mod chances;
mod changes;
mod curve;
mod drawing;
mod funnel;
mod funnel_drawn;
mod labels;
mod limits;
mod lines;
mod multiples;
mod options;
mod over_time;
mod page;
mod places;
mod plot;
mod ranked;
mod ranks;
mod scale;
mod series;
mod series_drawn;
mod side;
mod strips;
mod theme;
mod tiles;
mod trends;
mod values;
mod width;
mod words;

pub use plot::Plot;
pub use theme::Theme;
