//! Ranks areas and says how sure the ranks are.
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
use crimerate::{Average, Compare, Confidence, Order, Per, RankFamily, RankSpec, Report, Test, Ties, WithinDispersion};
use std::process::ExitCode;
use support::{
    figures, input, options,
    output::{Format, cell, csv},
    program::{self, Failure},
};

/// Ranks areas and says how sure the ranks are.
#[derive(Parser)]
#[command(name = "rank", version)]
struct Arguments {
    /// CSV with the columns area, count and population (`-`: standard input); without it, the embedded knife figures
    file: Option<String>,
    /// For one area chosen beforehand or for all at once: marginal or simultaneous
    #[arg(long, value_name = "FAMILY", default_value = "simultaneous")]
    sets: RankFamily,
    /// The test of two rates: exact or mid-p
    #[arg(long, value_name = "METHOD", default_value = "exact")]
    method: Test,
    /// The confidence level of the sets, and of the intervals of the rates
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    confidence: Confidence,
    /// How many times the variation of Poisson counts the count of one area varies between repeated periods
    #[arg(long, value_name = "PHI")]
    dispersion: Option<WithinDispersion>,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    /// The average to compare with: pooled, mean (of rates) or median
    #[arg(long, value_name = "RULE", default_value = "pooled")]
    average: Average,
    /// Leave this area out of everything (repeatable)
    #[arg(long, value_name = "NAME")]
    exclude: Vec<String>,
    /// The rank of equal rates: competition, ordinal, average or maximum (dense ranks have no sets)
    #[arg(long, value_name = "RULE", default_value = "competition")]
    ties: Ties,
    /// Which end has rank 1: highest or lowest
    #[arg(long, value_name = "END", default_value = "highest")]
    order: Order,
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
    if arguments.ties == Ties::Dense {
        return Err(crimerate::Undefined::DenseRanks.into());
    }
    let mut sets = RankSpec::from((arguments.sets, arguments.confidence, arguments.method));
    if let Some(phi) = arguments.dispersion {
        sets = sets.with_dispersion(phi);
    }
    let mut table = match &arguments.file {
        Some(path) => input::table(figures::rows(&input::read(path)?)?, arguments.leave_out_invalid)?,
        None => figures::knife()?,
    };
    for area in &arguments.exclude {
        table = table.exclude(area, "by request")?;
    }
    let how = Compare::with(arguments.average)
        .interval(arguments.confidence)
        .order(arguments.order)
        .ties(arguments.ties)
        .rank_sets(sets);
    let report = table.compare(how).per(arguments.per);
    match arguments.format {
        Format::Text => Ok(format!("{report}\n")),
        Format::Csv => lines(&report),
        Format::Json => Ok(serde_json::to_string_pretty(&report)? + "\n"),
    }
}

fn lines(report: &Report) -> Result<String, Failure> {
    let header = ["area", "count", "population", "rate", "rank", "rank_lower", "rank_upper", "note"];
    csv(
        header.map(Into::into),
        report.rows().map(|row| {
            [
                row.area.clone(),
                cell(row.count),
                cell(row.population),
                cell(row.rate),
                cell(row.rank),
                cell(row.rank_lower),
                cell(row.rank_upper),
                cell(row.note),
            ]
        }),
    )
}
