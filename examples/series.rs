//! One offence over time: rates, control charts, rolling years and their changes, or the trend of every area, or its ranks.
//!
//! The file has columns of areas, periods, counts and populations, and perhaps of codes and months.

mod support {
    pub(crate) mod dispersion;
    pub(crate) mod figures;
    pub(crate) mod form;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod plot;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod shape;
    pub(crate) mod source;
    pub(crate) mod totals;
}

use clap::Parser;
use crimerate::{
    Confidence, Method, Order, Per, Period, interval,
    rank::OverTime,
    read::Role,
    time::{ChartKind, SeriesReport, TrendLimits, Trends},
};
use std::{process::ExitCode, str::FromStr};
use support::{
    dispersion::Varying,
    options,
    output::{self, Format},
    plot::Picture,
    program::Failure,
    source::Source,
    totals,
};

/// One offence over time: rates, control charts, rolling years and their changes, or the trend of every area.
#[derive(Parser)]
#[command(name = "series", version)]
#[command(mut_arg("file", |file| file.required(true).help(
    "A file with columns of areas, periods, counts and populations, and perhaps of codes and months (`-`: standard input)"
)))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The column that says which period a row is of; of years and months in two columns, both of them
    #[arg(long, value_name = "COLUMN")]
    period_column: Vec<String>,
    /// The control chart: u, laney, exact (probability limits), c, p, laney-p, exact-c, exact-p or none
    #[arg(long, value_name = "CHART", default_value = "u")]
    chart: Chart,
    /// The periods that the centre of the chart is of, such as 2018-04..2019-03 or 2018/19
    #[arg(long, value_name = "FROM..TO")]
    base: Option<Base>,
    /// Add up this many months, ended by each period; a year where the periods allow, unless told otherwise
    #[arg(long, value_name = "MONTHS")]
    rolling: Option<u32>,
    /// Add up the year to each period, from this month on, such as 1 for January or 4 of a financial year
    #[arg(long, value_name = "MONTH", conflicts_with = "trend")]
    year_from: Option<u32>,
    /// Print and draw the trend of each area instead
    #[arg(long, conflicts_with_all = ["chart", "base", "rolling", "interval"])]
    trend: bool,
    /// What the limits of a trend allow for: quasi-student, quasi or poisson
    #[arg(long, value_name = "LIMITS", default_value = "quasi-student", requires = "trend")]
    trend_limits: TrendLimits,
    /// Print and draw the rank of each area in each period instead, with the ranks that it may have, and who moved for certain
    #[arg(long, conflicts_with_all = ["trend", "chart", "base", "rolling", "year_from", "interval"])]
    ranks: bool,
    /// Which end has rank 1: highest or lowest
    #[arg(long, value_name = "END", default_value = "highest", requires = "ranks")]
    order: Order,
    #[command(flatten)]
    varying: Varying,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    /// The intervals of rates
    #[arg(long, value_name = "METHOD", default_value = "exact")]
    interval: Method,
    /// The confidence level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    confidence: Confidence,
    #[command(flatten)]
    picture: Picture,
    /// The picture is of this area alone, with its sums of months below
    #[arg(long, value_name = "NAME", requires = "plot", conflicts_with_all = ["trend", "ranks"])]
    area: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// A control chart, or none.
#[derive(Clone, Copy)]
struct Chart(Option<ChartKind>);

impl FromStr for Chart {
    type Err = crimerate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" { Ok(Self(None)) } else { text.parse().map(Some).map(Self) }
    }
}

/// A period, or from the first of one to the last of another.
#[derive(Clone, Copy)]
struct Base(Period);

impl FromStr for Base {
    type Err = crimerate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((first, last)) = text.split_once("..") else { return text.parse().map(Self) };
        let mut ends = Period::of_column([first, last]);
        let (first, last) = (ends.next(), ends.next());
        let parsed = |end: Option<Result<Period, Self::Err>>| end.unwrap_or_else(|| "".parse());
        Period::from_to(parsed(first)?, parsed(last)?).map(Self)
    }
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let source = &arguments.source;
    let document = source.document()?;
    let document = match arguments.period_column.split_first() {
        Some((first, more)) => {
            let document = document.column(Role::Period, first);
            more.iter().fold(document, |file, heading| file.and_column(Role::Period, heading))
        }
        None => document,
    };
    let (series, taken) = document.series()?;
    source.tell(taken);
    let basis = source.words(series.basis().clone());
    let series = series.with_basis(basis);
    let held = match source.totals() {
        [] => String::new(),
        totals => totals::held_over(totals, &document.whole_series()?.0)?,
    };
    let held = |printed: String| if matches!(arguments.format, Format::Text) { printed + &held } else { printed };
    if arguments.trend && arguments.varying.dispersion.is_some() {
        return Err("--dispersion: a trend has a phi of its own: --trend-limits says what its limits allow for".into());
    }
    if arguments.trend {
        let trends = series.trends().with_limits(arguments.trend_limits).with_confidence(arguments.confidence);
        let printed = held(output::report(arguments.format, &trends, Trends::csv)?);
        let printed = source.told(arguments.format, printed)?;
        return arguments.picture.draw(printed, || trends.plot());
    }
    let given = arguments.varying.dispersion;
    if arguments.ranks {
        let ranks = OverTime::of(&series, arguments.order, arguments.confidence)?;
        let ranks = if given.is_some() { ranks.with_dispersion(given)? } else { ranks };
        let printed = held(output::report(arguments.format, &ranks, OverTime::csv)?);
        let printed = source.told(arguments.format, printed)?;
        return arguments.picture.draw(printed, || ranks.plot());
    }
    let interval = interval::Spec::from((arguments.confidence, arguments.interval));
    let interval = given.map_or(interval, |within| interval.with_dispersion(within));
    let mut report = series.per(arguments.per).with_interval(interval);
    if let Some(kind) = arguments.chart.0 {
        report = report.with_chart(kind);
    }
    if let Some(Base(base)) = arguments.base {
        if arguments.chart.0.is_none() {
            return Err("--base: that is of a control chart, and --chart says none".into());
        }
        report = report.with_base(base).map_err(|error| format!("--base: {error}"))?;
    }
    let year = Some(12).filter(|months: &u32| months.is_multiple_of(series.months()));
    if let Some(months) = arguments.rolling.or(year) {
        report = report.with_rolling(months)?;
    }
    if let Some(month) = arguments.year_from {
        report = report.with_year_from(month).map_err(|error| format!("--year-from: {error}"))?;
    }
    let printed = held(output::report(arguments.format, &report, SeriesReport::csv)?);
    let printed = source.told(arguments.format, printed)?;
    arguments.picture.draw_some(printed, || match &arguments.area {
        Some(area) => report.plot_area(area),
        None => Ok(report.plot()),
    })
}
