//! Draws the rates of small areas towards that of all, by as much as chance could have moved them, with limits and ranks.
//!
//! Without a file it shows knife offences in English police forces. With one, the file has columns of areas, counts and populations.

mod support {
    pub(crate) mod figures;
    pub(crate) mod form;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod plot;
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
    plot::OfValues,
    program::Failure,
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
    picture: OfValues,
    #[command(flatten)]
    printing: Printing,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let league = arguments.source.table()?.compare(arguments.ranking.against(arguments.reading.average()?));
    let report = league.smooth(arguments.estimator).per(arguments.reading.per);
    let printed = arguments.printing.report(&report, Report::csv)?;
    let printed = arguments.source.told(arguments.printing.format, printed)?;
    arguments.picture.draw(printed, || arguments.printing.drawn(report.plot()), || report.tile_map())
}
