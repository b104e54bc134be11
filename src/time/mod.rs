//! One period compared with another, and many in a row.
//!
//! [`Table::change_to`](crate::Table::change_to) gives the [`Change`] of each area between two tables, with its interval, and refuses
//! where the two are not on the same basis: other offences, another population, other months.
//!
//! ```
//! use crimerate::{Basis, Confidence, Table};
//!
//! let basis = |period: &str| Basis::new().with_count("knife offences").with_period(period).with_months(12).with_population("residents");
//! let before = Table::from_rows([("Kent", 731, 1_832_800), ("Durham", 140, 632_900)])?.with_basis(basis("2018/19"));
//! let after = Table::from_rows([("Kent", 730, 1_846_500), ("Durham", 165, 633_500)])?.with_basis(basis("2019/20"));
//! let durham = before.change_to(&after)?.area("Durham")?;
//! assert_eq!(format!("{:+.1} %", durham.percent().unwrap()), "+17.7 %");
//! assert_eq!(format!("{:.1}", durham.interval(Confidence::P95)), "-6.6 to 48.6"); // could be chance
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! | to compare | take |
//! |---|---|
//! | two years of all areas | [`Table::change_to`](crate::Table::change_to); read per unit population, a [`Report`] |
//! | two periods of a panel | [`Table::change_to`](crate::Table::change_to) of the [`table`](crate::panel::Indicator::table) of either indicator |
//! | the same where counts vary by more than chance | [`Report::with_dispersion`] and a [`WithinDispersion`](crate::interval::WithinDispersion) |
//! | counts without populations | [`Changes::of_counts`] |
//! | the change of one area with that of the rest | [`Changes::against_rest`] |
//! | two rates | [`Change`], or their ratio in [`interval`](crate::interval) |
//! | six months with twelve | [`Table::annualised`](crate::Table::annualised) on both: rates on person-months |
//! | one offence over many periods | a [`Series`] of rows, of [records](crate::records::NamedRecords::series) or of a [panel](crate::Panel::series); read per unit population, a [`SeriesReport`] |
//! | rolling years, the year so far | [`Series::rolling`], [`AreaSeries::year_to_date`]; of all offences at once [`Panel::rolling`](crate::Panel::rolling) |
//! | since when a rate is the highest | [`AreaSeries::highest_since`] |
//! | whether something happened, and when | a [`Chart`] of each area, with the [`FalseAlarms`] to be expected of all |
//! | which way it goes | a [`Trend`], of all areas [`Trends`] |
//! | ranks in each period | [`rank::OverTime`](crate::rank::OverTime) |
//!
//! Two periods of a panel are two tables:
//!
//! ```
//! use crimerate::{Panel, Per, Table};
//!
//! let first = Table::from_rows([("Kent", 731, 1_832_800), ("Durham", 140, 632_900)])?;
//! let second = Table::from_rows([("Kent", 730, 1_846_500), ("Durham", 165, 633_500)])?;
//! let panel = Panel::from_tables([("2018/19", &first), ("2019/20", &second)])?;
//! let changes = panel.indicator("2018/19")?.table().change_to(&panel.indicator("2019/20")?.table())?;
//! assert_eq!(changes.per(Per::HUNDRED_THOUSAND).area("Durham")?.rank, Some(1));
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! A series has a place for every period from the first to the last; what is missing is named, and nothing reaches across it:
//!
//! ```
//! use crimerate::{Per, Period, time::{ChartKind, Series}};
//!
//! let counts = [61, 55, 70, 64, 58, 66, 60, 63, 59, 62, 57, 65, 64, 112];
//! let months = (0..).map(|at: u32| Period::month(2020 + at / 12, at % 12 + 1).unwrap());
//! let series = Series::from_rows(months.zip(counts).map(|(month, count)| ("Kent", month, count, 1_850_000)))?;
//! let report = series.per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U).with_base("2020".parse()?)?.with_rolling(12)?;
//! println!("{report}");
//! let kent = series.area("Kent")?;
//! assert_eq!(kent.highest_since("February 2021".parse()?)?.to_string(), "the highest of the series, which begins in January 2020");
//! assert_eq!(report.rows()[13].signal.as_deref(), Some("beyond-limit"));
//! # Ok::<(), crimerate::Error>(())
//! ```
//!
//! What a change does not say: that it goes on, that it had a cause, or, where the earlier count is below 50, much at all; such a base is
//! flagged. Seasons stay in: six months from April are not half of a year's offences.
//!
//! Robberies per 100,000 in 42 police forces, by quarter in the year to March 2018, each on its control chart:
//!
//! <style>.docblock svg { width: 100%; height: auto; }</style>
//!
#![doc = include_str!("../../docs/series.svg")]
//!
#![doc = include_str!("../../docs/methods/time.md")]

mod against_rest;
mod alarms;
mod alone;
mod cell;
mod change;
mod changes;
mod chart;
mod chart_kind;
mod chart_notes;
mod ends;
mod fit;
mod labels;
mod law;
mod observed;
mod of_counts;
mod of_rows;
mod of_table;
mod perhaps_one;
mod report;
mod row;
mod rules;
mod serialised;
mod series;
mod series_display;
mod series_report;
mod series_row;
mod short_base;
mod since;
mod totals;
mod trend;
mod trends;
mod variation;

pub use against_rest::AgainstRest;
pub use alarms::FalseAlarms;
pub use change::Change;
pub use changes::Changes;
pub use chart::{Chart, ChartPoint};
pub use chart_kind::{ChartKind, ChartRule};
pub use of_counts::Populations;
pub use report::Report;
pub use row::Row;
pub use series::{AreaSeries, Series};
pub use series_report::{SeriesLine, SeriesReport};
pub use series_row::SeriesRow;
pub use since::Since;
pub use totals::Rolling;
pub use trend::{Trend, TrendLimits};
pub use trends::{TrendRow, Trends};
