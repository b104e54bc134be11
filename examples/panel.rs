//! Where areas stand in every indicator at once: a panel of areas by offences or periods, compared in one pass.
//!
//! Without a file, offences recorded in the year to March 2018 in the 43 forces of England and Wales; see `data/README.md`. With one,
//! the file is long (a row for each area and offence or period) or wide (a column for each).

mod support {
    pub(crate) mod figures;
    pub(crate) mod form;
    pub(crate) mod groups;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod peers;
    pub(crate) mod plot;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod shape;
    pub(crate) mod source;
}

use clap::Parser;
use crimerate::{
    Measure, Note, Panel, Undefined,
    panel::{Figures, Row},
    read::Role,
};
use serde::Serialize;
use std::{fmt::Write, ops::ControlFlow, process::ExitCode};
use support::{
    figures, options,
    output::Format,
    peers::Peers,
    plot::Picture,
    program::Failure,
    source::{Reading, Source},
};

/// Where areas stand in every indicator at once. Of the embedded figures the City of London is left out, unless it is merged or given
/// another population.
#[derive(Parser)]
#[command(name = "panel", version)]
#[command(mut_arg("file", |file| file.help("A long or a wide file (`-`: standard input); without it, the embedded figures")))]
#[command(mut_arg("per", |per| per.default_value("1000")))]
struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    peers: Peers,
    /// The file is wide, and these are its columns of counts (repeatable); without them all are that hold counts
    #[arg(long, value_name = "HEADING", requires = "file")]
    column: Vec<String>,
    /// The file is wide though it has columns of offences or periods
    #[arg(long, requires = "file")]
    wide: bool,
    /// The column of what was counted
    #[arg(long, value_name = "HEADING", requires = "file")]
    offence_column: Option<String>,
    /// The column of periods
    #[arg(long, value_name = "HEADING", requires = "file")]
    period_column: Option<String>,
    /// Show where this area stands in each indicator
    #[arg(long, value_name = "NAME")]
    area: Option<String>,
    /// Show the most extreme cells, by z
    #[arg(long, value_name = "K")]
    top: Option<usize>,
    /// Show this measure of every area and indicator
    #[arg(long, default_value = "rank")]
    measure: Measure,
    /// The form of the output; csv has a line an area and indicator, and every digit
    #[arg(long, default_value = "text")]
    format: Format,
    /// The one indicator that the picture is of; without it, every indicator over its average
    #[arg(long, value_name = "NAME", requires = "plot")]
    indicator: Option<String>,
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(options: Options) -> Result<String, Failure> {
    let (source, reading) = (&options.source, &options.reading);
    source.no_counts_without_a_row("several indicators")?;
    let panel = match source.file {
        Some(_) => of_file(&options)?,
        None if source.uses_area(figures::CITY) => figures::recorded_by_group_whole()?,
        None => figures::recorded_by_group()?,
    };
    let mut decisions = source.decisions()?.into_iter();
    let panel = decisions.try_fold(panel, |panel, (area, policy)| panel.apply(&area, policy))?;
    let panel = without_small(panel, source.min_population())?;
    let groups = match &source.file {
        Some(_) => options.peers.groups(&source.document()?)?,
        None => options.peers.groups(&figures::recorded_file())?,
    };
    let (panel, average) = match groups {
        Some(groups) => {
            let name = groups.name().to_owned();
            let panel = panel.with_groups(groups)?;
            let average = reading.average()?.over(panel.group(&name)?);
            (panel, average)
        }
        None => (panel, reading.average()?),
    };
    let asked = [options.measure, Measure::Rate, Measure::Ratio, Measure::Z, Measure::Rank];
    let drawn = [Measure::Lower, Measure::Upper, Measure::Average];
    let measures = asked.into_iter().chain(drawn.into_iter().filter(|_| options.picture.is_asked()));
    let figures = panel.compare(average, reading.per, measures);
    let indicator = options.indicator.as_deref().map(|name| panel.indicator(name)).transpose()?;
    let printed = match options.format {
        Format::Text => text(&options, &panel, &figures)?,
        Format::Csv => figures.csv(&panel)?,
        Format::Json => {
            let answer = Answer { rows: figures.rows(&panel)?.collect(), notes: figures.notes() };
            serde_json::to_string_pretty(&answer)? + "\n"
        }
    };
    let printed = source.told(options.format, printed)?;
    options.picture.draw_some(printed, || match (indicator, &options.area) {
        (Some(indicator), _) => {
            let table = indicator.table();
            let basis = table.basis().clone().with_count(indicator.label());
            Ok(table.with_basis(basis).compare(average).per(reading.per).plot())
        }
        (None, Some(area)) => figures.plot_area(area),
        (None, None) => figures.plot(),
    })
}

/// The figures as a document.
#[derive(Serialize)]
struct Answer<'a> {
    rows: Vec<Row>,
    notes: &'a [Note],
}

/// The panel of a file, wide where it has neither a column of offences nor one of periods.
fn of_file(options: &Options) -> Result<Panel<'static>, Failure> {
    let mut document = options.source.document()?;
    for (role, heading) in [(Role::Offence, &options.offence_column), (Role::Period, &options.period_column)] {
        document = heading.iter().fold(document, |document, heading| document.column(role, heading));
    }
    let counted = document.has_column("count");
    // One year in all rows tells when a file is of, and not what each row is.
    let is_by_period = || {
        let (mut first, mut rows, mut differ) = (None, 0, false);
        let read = document.each_row(["period"], |_, [period]| {
            differ = *first.get_or_insert_with(|| period.to_owned()) != period;
            rows += 1;
            if differ || counted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        read.is_ok() && rows > 0 && (counted || differ)
    };
    let named = options.offence_column.is_some() || options.period_column.is_some();
    let long = named || document.has_column("offence") || is_by_period();
    let wide = options.wide || !options.column.is_empty() || !long;
    let (panel, taken) = if wide { document.wide_panel(&options.column)? } else { document.panel()? };
    options.source.tell(taken);
    let basis = options.source.words(panel.basis().clone());
    Ok(panel.with_basis(basis))
}

/// The panel without the areas that have fewer people by any indicator.
fn without_small(panel: Panel<'static>, least: Option<u64>) -> Result<Panel<'static>, Failure> {
    let Some(least) = least else { return Ok(panel) };
    let is_small = |area: &usize| {
        let people = (0..panel.indicators()).filter_map(|indicator| panel.population(*area, indicator));
        people.min().is_some_and(|people| people.get() < least)
    };
    let small = (0..panel.len()).filter(is_small).filter_map(|area| panel.areas().get(area));
    let small: Vec<String> = small.map(|area| area.label().to_owned()).collect();
    let reason = format!("population below {}", grouped(&least.to_string()));
    Ok(small.iter().try_fold(panel, |panel, area| panel.exclude(area, reason.as_str()))?)
}

/// How many indicators stand side by side.
const SIDE_BY_SIDE: usize = 12;

fn text(options: &Options, panel: &Panel<'_>, figures: &Figures) -> Result<String, Failure> {
    let mut out = String::new();
    if let Some(area) = &options.area {
        out += &of_area(panel, figures, area)?;
    } else if options.top.is_none() && panel.indicators() <= SIDE_BY_SIDE {
        out += &side_by_side(panel, figures, options.measure)?;
    }
    if options.top.is_some() || out.is_empty() {
        let between = if out.is_empty() { "" } else { "\n" };
        out += &format!("{between}{}", extremes(figures, panel, options.top.unwrap_or(10))?);
    }
    writeln!(out)?;
    for note in figures.notes() {
        writeln!(out, "{note}")?;
    }
    Ok(out)
}

/// Lines of cells in columns as wide as their widest; the first one to the left.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |cells: &Vec<String>| {
        let cells = cells.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    lines.iter().map(line).collect()
}

/// A figure with as many decimals, or a dash.
fn figure(value: Result<f64, crimerate::Error>, decimals: usize) -> String {
    value.map_or_else(|_| "-".into(), |value| grouped(&format!("{value:.decimals$}")))
}

/// With commas between the thousands.
fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let first = usize::from(number.starts_with('-'));
    let comma = |at: usize| at > first && at < whole && (whole - at).is_multiple_of(3);
    number.chars().enumerate().flat_map(|(at, c)| comma(at).then_some(',').into_iter().chain([c])).collect()
}

/// A line an area, a column an indicator.
fn side_by_side(panel: &Panel<'_>, figures: &Figures, measure: Measure) -> Result<String, Failure> {
    let unit = match measure {
        Measure::Ratio | Measure::Percent | Measure::Z | Measure::Percentile | Measure::Rank => String::new(),
        _ => format!(", {}", figures.per()),
    };
    let decimals = if measure == Measure::Rank { 0 } else { 2 };
    let indicators: Vec<String> = (0..panel.indicators()).map(|indicator| panel.label(indicator)).collect();
    let mut lines = vec![["Area".to_owned()].into_iter().chain(indicators).collect::<Vec<_>>()];
    for (number, area) in panel.areas().iter().enumerate() {
        let cells = (0..panel.indicators()).map(|indicator| figure(figures.at(measure, number, indicator), decimals));
        lines.push([area.label().to_owned()].into_iter().chain(cells).collect());
    }
    Ok(format!("{}{unit}, by indicator\n\n{}", capital(measure.name()), aligned(&lines)))
}

/// Where one area stands in each indicator.
fn of_area(panel: &Panel<'_>, figures: &Figures, area: &str) -> Result<String, Failure> {
    let number = panel.index(area)?;
    let mut lines = vec![["Indicator", "Rate", "Average", "Ratio", "z", "Rank", "of"].map(str::to_owned).to_vec()];
    for indicator in 0..panel.indicators() {
        let at = |measure| figures.at(measure, number, indicator);
        let ranks = (0..panel.len()).filter(|area| figures.at(Measure::Rank, *area, indicator).is_ok());
        let average = figures.averages().get(indicator).copied().filter(|average| average.is_finite());
        let average = average.ok_or_else(|| Undefined::ZeroAverage.into());
        lines.push(vec![
            panel.label(indicator),
            figure(at(Measure::Rate), 2),
            figure(average, 2),
            figure(at(Measure::Ratio), 2),
            figure(at(Measure::Z), 2),
            figure(at(Measure::Rank), 0),
            grouped(&ranks.count().to_string()),
        ]);
    }
    Ok(format!("{area}, rates {}\n\n{}", figures.per(), aligned(&lines)))
}

/// The cells furthest from their means.
fn extremes(figures: &Figures, panel: &Panel<'_>, most: usize) -> Result<String, Failure> {
    let mut lines = vec![["Area", "Indicator", "z", "Rate", "Ratio", "Rank"].map(str::to_owned).to_vec()];
    for (area, indicator, z) in figures.extremes(most)? {
        let get = |measure| figures.get(measure, area.label(), &indicator);
        lines.push(vec![
            area.label().to_owned(),
            indicator.clone(),
            format!("{z:+.2}"),
            figure(get(Measure::Rate), 2),
            figure(get(Measure::Ratio), 2),
            figure(get(Measure::Rank), 0),
        ]);
    }
    let cells = panel.len() * panel.indicators();
    Ok(format!("The {} most extreme of {cells} cells, rates {}\n\n{}", lines.len() - 1, figures.per(), aligned(&lines)))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
