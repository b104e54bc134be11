//! Compares areas with their average: rates, intervals, differences, z and ranks.
//!
//! Without a file it shows knife offences in English police forces. With one, the file has columns of areas, counts and populations, and
//! title lines, marks and notes as it was published. The average is over everyone, or over each area's peer group: a file of pairs, or the areas
//! with the same text in a column.

mod support {
    pub(crate) mod dispersion;
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
    pub(crate) mod ranking;
    pub(crate) mod shape;
    pub(crate) mod source;
    pub(crate) mod varying;
}

use clap::Parser;
use crimerate::{
    Method, Report,
    average::ZScale,
    interval::{self, Widening},
    league::{BandScale, BandSpec, PublishedRates, ValuesReport},
    read::Role,
};
use std::process::ExitCode;
use support::{
    options,
    output::Printing,
    peers::Peers,
    plot::OfValues,
    program::Failure,
    ranking::Ranking,
    source::{Reading, Source},
    varying::Estimated,
};

/// Compares areas with their average: rates, intervals, differences, z and ranks.
#[derive(Parser)]
#[command(name = "compare", version)]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    /// Compare rates as they were published, per as many people, from this column: no count and no population is needed, and there are
    /// no intervals and no pooled average
    #[arg(long, value_name = "NAME", conflicts_with_all = ["group", "by", "interval", "confidence",
        "dispersion", "series", "widening", "count_column", "population_column", "population", "populations", "months_column", "count_unit",
        "population_unit", "across"])]
    rate_column: Option<String>,
    #[command(flatten)]
    peers: Peers,
    /// The interval: exact, mid-p, byar, rothman-boice, ohid, score or jeffreys
    #[arg(long, value_name = "METHOD", default_value = "exact")]
    interval: Method,
    #[command(flatten)]
    varying: Estimated,
    /// How intervals are widened by a dispersion: stretched about the count, or quasi, for counts below ten or so
    #[arg(long, value_name = "FORM", default_value = "stretched")]
    widening: Widening,
    #[command(flatten)]
    ranking: Ranking,
    /// What z measures: standard (mean and standard deviation), log (the same of logarithms) or robust (median and MAD)
    #[arg(long, value_name = "SCALE", default_value = "standard")]
    z: ZScale,
    /// Say who lies beyond this many standard deviations, and whose presence changes that
    #[arg(long, value_name = "K")]
    bands: Option<BandSpec>,
    /// Lay the bands on raw or log rates, or on those that shapiro-wilk points to (at 0.05)
    #[arg(long, value_name = "SCALE", default_value = "raw", requires = "bands")]
    band_scale: BandScale,
    #[command(flatten)]
    picture: OfValues,
    #[command(flatten)]
    printing: Printing,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let bands = arguments.bands.map(|bands| bands.on(arguments.band_scale));
    if let Some(column) = &arguments.rate_column {
        let how = arguments.ranking.against(arguments.reading.average()?).with_z(arguments.z);
        let report = published(&arguments, column)?.compare(how).with_bands(bands);
        let printed = arguments.printing.report(&report, ValuesReport::csv)?;
        let printed = arguments.source.told(arguments.printing.format, printed)?;
        return arguments.picture.draw(printed, || arguments.printing.drawn(report.plot()), || report.tile_map());
    }
    let (table, average) = arguments.peers.table(&arguments.source, arguments.reading.average()?)?;
    let confidence = arguments.ranking.confidence;
    let interval = interval::Spec::from((confidence, arguments.interval));
    let within = arguments.varying.within(&arguments.source, table.areas())?;
    let interval = within.map_or(interval, |within| interval.with_dispersion(within)).with_widening(arguments.widening);
    let how = arguments.ranking.against(average).with_interval(interval).with_z(arguments.z);
    let report = table.compare(how).per(arguments.reading.per).with_bands(bands);
    let printed = arguments.printing.report(&report, Report::csv)?;
    let printed = arguments.source.told(arguments.printing.format, printed)?;
    arguments.picture.draw(printed, || arguments.printing.drawn(report.plot()), || report.tile_map())
}

/// The rates of a column as they were published, or every fault of them, a line each.
fn published(arguments: &Arguments, column: &str) -> Result<PublishedRates, Failure> {
    let (source, per) = (&arguments.source, arguments.reading.per);
    let (published, taken) = source.document()?.column(Role::Rate, column).published(per)?;
    source.tell(taken);
    let basis = source.words(published.basis().clone());
    let published = published.with_basis(basis);
    source.without_populations("rates alone", published, |published, area, reason| published.exclude(area, reason))
}
