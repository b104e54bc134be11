//! Compares areas with the limits that chance sets to each of them: limits, positions, z, dispersion and p-values.
//!
//! Without a file it shows knife offences in English police forces. With one, the file has columns of areas, counts and populations; a
//! column `expected` is used in place of average times population.

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

use clap::{Parser, ValueEnum};
use crimerate::{
    Confidence, Error, ErrorKind, LeagueTable,
    funnel::{self, Dispersion, Form, Funnel, Scale, Trim, TrimRule},
};
use std::process::ExitCode;
use support::{
    options,
    output::{self, Format},
    peers::Peers,
    plot::Picture,
    program::Failure,
    source::{Reading, Source},
};

/// Compares areas with the limits that chance sets to each of them: limits, positions, z, dispersion and p-values.
#[derive(Parser)]
#[command(name = "funnel", version)]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    peers: Peers,
    /// What is made of more variation than chance: none, multiplicative or additive
    #[arg(long, value_name = "KIND", default_value = "none")]
    dispersion: Dispersion,
    /// The fraction of extreme areas at each end that does not decide the dispersion
    #[arg(long, value_name = "FRACTION", default_value = "0.1")]
    trim: f64,
    /// What happens to them: winsorise or drop
    #[arg(long, value_name = "RULE", default_value = "winsorise")]
    trim_rule: TrimRule,
    /// The scale of z, and of phi and tau^2 as they are published: sqrt, log or linear
    #[arg(long, value_name = "SCALE", default_value = "sqrt")]
    scale: Scale,
    /// What limits, phi and tau^2 with dispersion rest on: the exact distribution of the count, or the normal form of published funnels: exact or normal
    #[arg(long, value_name = "FORM", default_value = "exact")]
    form: Form,
    /// The levels of the limits, in per cent
    #[arg(long, value_name = "LEVELS", default_value = "95,99.8", value_delimiter = ',', value_parser = level)]
    levels: Vec<Confidence>,
    /// The column of expected counts, where it is not `expected`
    #[arg(long, value_name = "HEADING", requires = "file")]
    expected_column: Option<String>,
    #[command(flatten)]
    picture: Picture,
    /// The picture is a map of the police forces, a hexagon each, by the limits
    #[arg(long, requires = "plot", conflicts_with = "axis")]
    map: bool,
    /// What areas stand by in the picture
    #[arg(long, value_enum, default_value = "expected", requires = "plot")]
    axis: Axis,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// What areas stand by in a picture.
#[derive(Clone, Copy, ValueEnum)]
enum Axis {
    /// Expected counts
    Expected,
    /// Populations
    Population,
}

/// A level in per cent, its decimals as they stand.
fn level(text: &str) -> Result<Confidence, String> {
    let text = text.trim();
    match text.parse::<f64>() {
        Ok(percent) if (1.0..100.0).contains(&percent) && !text.contains(['e', 'E']) => {
            format!("{text}e-2").parse().map_err(|error: Error| error.to_string())
        }
        _ => Err(format!("{text:?} is not a level in per cent from 1 to below 100, such as 95 or 99.8")),
    }
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let levels = &arguments.levels;
    if let Some((_, twice)) = levels.iter().enumerate().find(|(i, level)| levels.iter().take(*i).any(|it| it == *level))
    {
        return Err(format!("the level {twice} stands twice").into());
    }
    let spec = funnel::Spec::from((arguments.dispersion, arguments.scale))
        .with_form(arguments.form)
        .with_trim(Trim::new(arguments.trim_rule, arguments.trim)?);
    let (table, average) = arguments.peers.table(&arguments.source, arguments.reading.average()?)?;
    let league = table.compare(average);
    let funnel = match expected(&arguments)? {
        Some(expected) => expecting(&league, &expected, spec)?,
        None => league.funnel(spec),
    };
    let report = funnel.per(arguments.reading.per).with_levels(arguments.levels);
    let printed = output::report(arguments.format, &report, funnel::Report::csv)?;
    let printed = arguments.source.told(arguments.format, printed)?;
    arguments.picture.draw_some(printed, || match arguments.axis {
        _ if arguments.map => report.tile_map(),
        Axis::Expected => Ok(report.plot()),
        Axis::Population => report.plot_by_population(),
    })
}

/// The column of expected counts with the line of each cell, where the file has one.
fn expected(arguments: &Arguments) -> Result<Option<Vec<(u64, String)>>, Failure> {
    let document = arguments.source.document()?;
    let heading = arguments.expected_column.as_deref();
    let cells = match (document.cells(["area", heading.unwrap_or("expected")]), heading) {
        (Err(faults), None) if matches!(faults.first().kind(), ErrorKind::NoColumn { .. }) => return Ok(None),
        (Err(faults), _) => return Err(faults.into()),
        (Ok((cells, _)), _) => cells,
    };
    Ok(Some(cells.into_iter().map(|(line, [_, expected])| (line, expected)).collect()))
}

/// The funnel with expected counts that are given; those of areas that take no part may be anything.
fn expecting(league: &LeagueTable, cells: &[(u64, String)], spec: funnel::Spec) -> Result<Funnel, Failure> {
    let mut expected = Vec::with_capacity(cells.len());
    for ((area, outcome), (line, text)) in league.areas().zip(cells) {
        expected.push(match (outcome, text.parse()) {
            (Err(_), _) => 0.0,
            (Ok(_), Ok(value)) => value,
            (Ok(_), Err(_)) => return Err(format!("{area}: row {line}: expected {text:?} is not a number").into()),
        });
    }
    let line = |error: Error| {
        let row = error.area().and_then(|area| cells.get(league.table().index(area).ok()?));
        row.map_or_else(|| error.clone(), |(line, _)| error.clone().at_row(*line))
    };
    Ok(league.funnel_expecting(&expected, spec).map_err(line)?)
}
