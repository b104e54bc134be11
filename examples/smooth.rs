//! Draws the rates of small areas towards that of all, by as much as chance could have moved them, with limits and ranks.
//!
//! Without a file it shows knife offences in English police forces. With one, the file has columns of areas, counts and populations.

mod support {
    pub(crate) mod figures;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod ranking;
    pub(crate) mod shape;
    pub(crate) mod source;
}

use clap::Parser;
use crimerate::smoothing::{Estimator, Report};
use std::process::ExitCode;
use support::{
    options,
    output::Printing,
    program::{self, Failure},
    ranking::Ranking,
    source::{Reading, Source},
};

/// Draws the rates of small areas towards that of all, by as much as chance could have moved them, with limits and ranks.
#[derive(Parser)]
#[command(name = "smooth", version)]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    /// How mean and variance of true rates are found: marshall (moments) or gamma-poisson (maximum likelihood)
    #[arg(long, value_name = "ESTIMATOR", default_value = "marshall")]
    estimator: Estimator,
    #[command(flatten)]
    ranking: Ranking,
    #[command(flatten)]
    printing: Printing,
}

fn main() -> ExitCode {
    program::finish(run())
}

fn run() -> Result<String, Failure> {
    let arguments: Arguments = match options::arguments()? {
        Ok(arguments) => arguments,
        Err(help) => return Ok(help),
    };
    let league = arguments.source.table()?.compare(arguments.ranking.against(arguments.reading.average()?));
    let report = league.smooth(arguments.estimator).per(arguments.reading.per);
    let printed = arguments.printing.report(&report, Report::csv)?;
    Ok(arguments.source.told(arguments.printing.format, printed))
}
