//! Crimes of data.police.uk by police force or by small area: a league table of what monthly street files hold.
//!
//! The files are in a folder, in the folders of months in it, or in an archive, as the site gives them.

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

use clap::{Parser, ValueEnum};
use crimerate::{
    Basis, Method, Report, Table,
    forces::{self, YEARS},
    read::{
        Document,
        police_uk::{Found, Place, Streets},
    },
    records::NamedRecords,
};
use std::{collections::BTreeSet, process::ExitCode};
use support::{
    options,
    output::{self, Format, Printing},
    plot::Picture,
    program::Failure,
    ranking::Ranking,
    source::{Reading, Source},
};

/// Crimes of data.police.uk by police force or by small area: a league table of what monthly street files hold.
#[derive(Parser)]
#[command(name = "streets", version)]
#[command(mut_arg("file", |file| file.required(true).value_name("PATH").help(
    "A folder or an archive of street files, or one such file"
)))]
#[command(mut_arg("populations", |populations| populations.help(
    "Take the residents of forces in the middle of this year, the latest without it, or the populations of a file, which small areas need"
)))]
#[command(mut_arg("per", |per| per.default_value("1000")))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    /// What the areas are
    #[arg(long, value_enum, default_value = "force")]
    by: By,
    /// Count crimes of this category alone, such as Burglary (repeatable)
    #[arg(long, value_name = "NAME")]
    category: Vec<String>,
    /// Count anti-social behaviour, too, which is no crime
    #[arg(long)]
    with_anti_social_behaviour: bool,
    /// The interval: exact, mid-p, byar, rothman-boice, ohid, score or jeffreys
    #[arg(long, value_name = "METHOD", default_value = "exact")]
    interval: Method,
    #[command(flatten)]
    ranking: Ranking,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    printing: Printing,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The force that a crime falls within
    Force,
    /// The small area of the map point nearest to it
    Lsoa,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let place = match arguments.by {
        By::Force => Place::FallsWithin,
        By::Lsoa => Place::Lsoa,
    };
    let (source, reading) = (&arguments.source, &arguments.reading);
    let streets = Streets::open(source.file.as_deref().unwrap_or_default()).by(place);
    let streets = if arguments.with_anti_social_behaviour { streets.with_anti_social_behaviour() } else { streets };
    let (records, found) = streets.records()?;
    let table = source.treated(table(&arguments, &records, &found)?)?;
    let how = arguments.ranking.against(reading.average()?);
    let report = table.compare(how.with_interval((arguments.ranking.confidence, arguments.interval))).per(reading.per);
    let printed = arguments.printing.report(&report, Report::csv)?;
    let printed = match arguments.printing.format {
        Format::Text => format!("{printed}\nRead: {found}{}\n", more_read(&arguments, &records, &found)?),
        Format::Json => output::with_read(printed, &[found])?,
        Format::Csv => printed,
    };
    arguments.picture.draw(printed, || arguments.printing.drawn(report.plot()))
}

/// What else is to be said of what was read: how much of it was asked for, and what street files do not tell.
fn more_read(arguments: &Arguments, records: &NamedRecords, found: &Found) -> Result<String, Failure> {
    let total = |crimes: &[&str]| -> i64 {
        let areas = records.areas();
        areas.flat_map(|area| crimes.iter().filter_map(move |crimes| records.total(area, crimes))).sum()
    };
    let mut more = String::new();
    if !arguments.category.is_empty() {
        let all: Vec<&str> = records.indicators().collect();
        let categories = arguments.category.join(", ");
        more +=
            &format!("\nOf these {categories}: {} of {}", total(&chosen(records, &arguments.category)?), total(&all));
    }
    if !found.of_other_forces.is_empty() {
        more += "\nCrimes in months for which the force of their area has no file are not among those of the area";
    }
    if arguments.by == By::Lsoa {
        more += "\nSmall areas without a crime in these files are not among the areas";
    }
    Ok(more)
}

/// The crimes of the categories that are asked for, over the months that there are files of.
fn table(arguments: &Arguments, records: &NamedRecords, found: &Found) -> Result<Table, Failure> {
    let (first, last) = found.months.clone().unwrap_or_default();
    let crimes = chosen(records, &arguments.category)?;
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["area", "code", "months", "count"])?;
    for area in records.areas() {
        let covered = |crimes: &&&str| records.period(crimes).is_none_or(|month| found.is_covered(area, month));
        let count: i64 = crimes.iter().filter(covered).filter_map(|crimes| records.total(area, crimes)).sum();
        let code = match arguments.by {
            By::Force => forces::find(area).map_or("", |force| force.code()),
            By::Lsoa => area,
        };
        file.write_record([area, code, &found.months_of(area).to_string(), &count.to_string()])?;
    }
    let document = Document::of(file.into_inner()?).leaving_out().unplaced(NamedRecords::NO_AREA);
    let latest = YEARS.last().map(ToString::to_string);
    let populations = arguments.source.shape.populations().map(str::to_owned);
    let populations = populations.or(latest.filter(|_| arguments.by == By::Force));
    let populations = populations.ok_or("small areas need the populations of a file: --populations FILE")?;
    let document = arguments.source.shape.peopled(document, Some(&populations))?;
    let (table, _) = document.table()?;
    let table = if records.areas().any(|area| area == NamedRecords::NO_AREA) {
        table.unplaced(NamedRecords::NO_AREA)?
    } else {
        table
    };
    let what = if arguments.category.is_empty() { "crimes".to_owned() } else { arguments.category.join(", ") };
    let when = if first == last { first } else { format!("{first} to {last}") };
    let basis =
        Basis::new().with_count(what).with_period(when).with_source("data.police.uk, Open Government Licence v3.0");
    let basis = match populations.parse::<u16>() {
        Ok(year) => basis.with_population("residents").with_population_year(year),
        Err(_) => basis.with_population("people"),
    };
    Ok(table.with_basis(arguments.source.words(basis)))
}

/// The category of what is no crime.
const ANTI_SOCIAL: &str = "Anti-social behaviour";

/// The indicators of the categories that are asked for, or all.
fn chosen<'r>(records: &'r NamedRecords, categories: &[String]) -> Result<Vec<&'r str>, Failure> {
    let all: BTreeSet<&str> = records.indicators().map(|crimes| category(records, crimes)).collect();
    let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other.trim());
    if let Some(unknown) = categories.iter().find(|wanted| !all.iter().any(|category| is(category, wanted))) {
        if is(ANTI_SOCIAL, unknown) {
            return Err(
                format!("--category {unknown}: it is no crime, and counted with --with-anti-social-behaviour").into()
            );
        }
        let all = all.into_iter().collect::<Vec<_>>().join(", ");
        return Err(format!("--category {unknown}: no crime has that category; there are {all}").into());
    }
    let wanted =
        |crimes: &&str| categories.is_empty() || categories.iter().any(|wanted| is(category(records, crimes), wanted));
    Ok(records.indicators().filter(wanted).collect())
}

/// The category of an indicator, whose name has the month behind it.
fn category<'c>(records: &NamedRecords, crimes: &'c str) -> &'c str {
    let month = records.period(crimes).unwrap_or_default();
    crimes.strip_suffix(month).and_then(|crimes| crimes.strip_suffix(", ")).unwrap_or(crimes)
}
