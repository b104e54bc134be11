//! Compares areas with their average: rates, intervals, differences, z and ranks.
//!
//! Without a file it shows knife offences in English police forces. With one, the file is CSV with the columns `area`,
//! `count` and `population`.

mod support {
    pub(crate) mod figures;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod program;
    pub(crate) mod sheet;
}

use clap::Parser;
use crimerate::{Average, BandScale, BandSpec, Compare, Confidence, Method, Order, Per, Report, Ties, ZScale};
use std::process::ExitCode;
use support::{
    figures, input, options,
    output::{Format, cell, csv},
    program::{self, Failure},
};

/// Compares areas with their average: rates, intervals, differences, z and ranks.
#[derive(Parser)]
#[command(name = "compare", version)]
struct Arguments {
    /// CSV with the columns area, count and population (`-`: standard input); without it, the embedded knife figures
    file: Option<String>,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    /// The average to compare with: pooled, mean (of rates) or median
    #[arg(long, value_name = "RULE", default_value = "pooled")]
    average: Average,
    /// Leave each area out of the average that it is compared with
    #[arg(long)]
    leave_out_self: bool,
    /// Leave this area out of everything (repeatable)
    #[arg(long, value_name = "NAME")]
    exclude: Vec<String>,
    /// The interval: exact, mid-p, byar, rothman-boice, ohid, score or jeffreys
    #[arg(long, value_name = "METHOD", default_value = "exact")]
    interval: Method,
    /// The confidence level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    confidence: Confidence,
    /// The rank of equal rates: competition, dense, ordinal, average or maximum
    #[arg(long, value_name = "RULE", default_value = "competition")]
    ties: Ties,
    /// Which end has rank 1: highest or lowest
    #[arg(long, value_name = "END", default_value = "highest")]
    order: Order,
    /// What z measures: standard (mean and standard deviation), log (the same of logarithms) or robust (median and MAD)
    #[arg(long, value_name = "SCALE", default_value = "standard")]
    z: ZScale,
    /// Say who lies beyond this many standard deviations, and whose presence changes that
    #[arg(long, value_name = "K")]
    bands: Option<BandSpec>,
    /// Lay the bands on raw or log rates, or on those that shapiro-wilk points to (at 0.05)
    #[arg(long, value_name = "SCALE", default_value = "raw", requires = "bands")]
    band_scale: BandScale,
    /// Leave areas without a population out with a note, where they would be refused
    #[arg(long)]
    leave_out_invalid: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

fn main() -> ExitCode {
    program::finish(run())
}

fn run() -> Result<String, Failure> {
    let arguments: Arguments = match options::arguments()? {
        Ok(arguments) => arguments,
        Err(help) => return Ok(help),
    };
    let mut table = match &arguments.file {
        Some(path) => input::table(figures::rows(&input::read(path)?)?, arguments.leave_out_invalid)?,
        None => figures::knife()?,
    };
    for area in &arguments.exclude {
        table = table.exclude(area, "by request")?;
    }
    let average = arguments.average;
    let average = if arguments.leave_out_self { average.without_self() } else { average };
    let mut how = Compare::with(average)
        .interval((arguments.confidence, arguments.interval))
        .order(arguments.order)
        .ties(arguments.ties)
        .z(arguments.z);
    if let Some(bands) = arguments.bands {
        how = how.bands(bands.on(arguments.band_scale));
    }
    let report = table.compare(how).per(arguments.per);
    match arguments.format {
        Format::Text => Ok(format!("{report}\n")),
        Format::Csv => lines(&report),
        Format::Json => Ok(serde_json::to_string_pretty(&report)? + "\n"),
    }
}

fn lines(report: &Report) -> Result<String, Failure> {
    let header = [
        "area",
        "count",
        "population",
        "rate",
        "lower",
        "upper",
        "average",
        "difference",
        "ratio",
        "percent",
        "z",
        "rank",
        "percentile",
        "band",
        "note",
    ];
    csv(
        header.map(Into::into),
        report.rows().map(|row| {
            [
                row.area.clone(),
                cell(row.count),
                cell(row.population),
                cell(row.rate),
                cell(row.lower),
                cell(row.upper),
                cell(row.average),
                cell(row.difference),
                cell(row.ratio),
                cell(row.percent),
                cell(row.z),
                cell(row.rank),
                cell(row.percentile),
                cell(row.band),
                cell(row.note),
            ]
        }),
    )
}
