//! Compares areas with their average: rates, intervals, differences, z and ranks.
//!
//! Without a file it shows knife offences in English police forces. With one, the file has columns of areas, counts and populations, and
//! title lines, marks and notes as it was published. The average is over everyone, or over each area's peer group: a file of pairs, or the areas
//! with the same text in a column.

mod support {
    pub(crate) mod dispersion;
    pub(crate) mod figures;
    pub(crate) mod groups;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
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
    Average, Method, Report, Table,
    average::ZScale,
    interval::{self, Widening},
    league::{BandScale, BandSpec, PublishedRates, ValuesReport},
    read::Role,
};
use std::process::ExitCode;
use support::{
    groups, input, options,
    output::Printing,
    plot::Picture,
    program::{self, Failure},
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
    #[arg(long, value_name = "NAME", conflicts_with_all = ["group", "by", "interval", "confidence", "dispersion", "series", "widening"])]
    rate_column: Option<String>,
    /// Compare each area with its own group: CSV with the columns area and peer, a pair a line (`A,B`: B is in A's group)
    #[arg(long, value_name = "FILE", conflicts_with = "by")]
    group: Option<String>,
    /// Leave areas of the groups that the file does not have out with a note, where they would be refused
    #[arg(long, requires = "group")]
    leave_out_unknown: bool,
    /// Compare each area with those that have the same text in this column of the file, such as region
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
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
    picture: Picture,
    /// The picture is a map of the police forces, a hexagon each, in fifths or by the bands
    #[arg(long, requires = "plot")]
    map: bool,
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
    let bands = arguments.bands.map(|bands| bands.on(arguments.band_scale));
    if let Some(column) = &arguments.rate_column {
        let how = arguments.ranking.against(arguments.reading.average()?).with_z(arguments.z);
        let report = published(&arguments, column)?.compare(how).with_bands(bands);
        let printed = arguments.printing.report(&report, ValuesReport::csv)?;
        let printed = arguments.source.told(arguments.printing.format, printed);
        return arguments
            .picture
            .draw_some(printed, || if arguments.map { report.tile_map() } else { Ok(report.plot()) });
    }
    let (table, average) = table(&arguments)?;
    let confidence = arguments.ranking.confidence;
    let interval = interval::Spec::from((confidence, arguments.interval));
    let within = arguments.varying.within(&arguments.source, table.areas())?;
    let interval = within.map_or(interval, |within| interval.with_dispersion(within)).with_widening(arguments.widening);
    let how = arguments.ranking.against(average).with_interval(interval).with_z(arguments.z);
    let report = table.compare(how).per(arguments.reading.per).with_bands(bands);
    let printed = arguments.source.told(arguments.printing.format, arguments.printing.report(&report, Report::csv)?);
    arguments.picture.draw_some(printed, || if arguments.map { report.tile_map() } else { Ok(report.plot()) })
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

/// The table, with what is to be done about its areas, and the average to compare with.
fn table(arguments: &Arguments) -> Result<(Table, Average), Failure> {
    let average = arguments.reading.average()?;
    let (table, name) = match (&arguments.group, &arguments.by) {
        (Some(path), _) => {
            let table = arguments.source.table()?;
            let groups = groups::pairs(&input::document(path)?, path, &table, arguments.leave_out_unknown)?;
            (table.with_groups(groups)?, path)
        }
        (None, Some(column)) if arguments.source.file.is_some() => (arguments.source.table_by(Some(column))?, column),
        (None, Some(column)) => {
            let groups = groups::labels(&arguments.source.document()?, column)?;
            (arguments.source.table()?.with_groups(groups)?, column)
        }
        (None, None) => return Ok((arguments.source.table()?, average)),
    };
    let average = average.over(table.group(name)?);
    Ok((table, average))
}
