//! Sentences checked against figures: those of a news report on an inspection of West Midlands Police, some that could be
//! said of the embedded figures, and some of your own.
//!
//! With any option it works on one table: of a file (CSV with the columns `area`, `count` and `population`), or else the embedded
//! knife figures. It checks your sentences there (`--highest`, `--percent-above`, `--above-area` and many more, each as often as you like),
//! or describes an area, or all of them, in true sentences.

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
    pub(crate) mod sentences;
    pub(crate) mod shape;
    pub(crate) mod source;
}

use clap::{ArgGroup, Parser};
use crimerate::{
    Average, Basis, Claim, Error, LeagueTable, Note, Per, Population, Table,
    claim::{Checker, ComparedWith, Description, Published, Report, Rounding},
    plot::Plot,
    rank,
    time::Series,
};
use serde_json::json;
use std::{env, fmt::Write, process::ExitCode};
use support::{
    dispersion::Varying,
    figures, options,
    output::{self, Format},
    peers::Peers,
    plot::Picture,
    program::Failure,
    sentences::InOrder,
    source::{Reading, Source},
};

/// Checks sentences about areas against their figures, or describes an area in sentences.
#[derive(Parser)]
#[command(name = "claims", version)]
#[command(group(ArgGroup::new("earlier").args(["before", "series"]).multiple(true)))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    peers: Peers,
    /// Describe this area (repeatable)
    #[arg(long, value_name = "NAME")]
    area: Vec<String>,
    /// The table of before, in the same form, for claims of a change and of a move
    #[arg(long, value_name = "FILE")]
    before: Option<String>,
    /// The same areas over time (columns `area`, `period`, `count`, `population`), for claims over time and on a year before, for
    /// descriptions, and to know how much counts vary; without another file, its last period is the table
    #[arg(long, value_name = "FILE", group = "figures")]
    series: Option<String>,
    #[command(flatten)]
    sentences: InOrder,
    /// How many areas the claims of ranks speak of, whether or not the table has them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    of: Option<u32>,
    /// The areas were chosen before anybody looked at the figures: their tests are not those of one of all
    #[arg(long)]
    chosen_beforehand: bool,
    #[command(flatten)]
    varying: Varying,
    /// Up to how many times the variation of chance "supported" has to hold where no phi_w is known
    #[arg(long, value_name = "TIMES", default_value_t = Checker::HOLDS_UP_TO, conflicts_with = "dispersion")]
    holds_up_to: f64,
    /// How to print the claims
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

/// A line for each claim that cannot be checked, such as one of an area that there is not.
fn every_fault(claims: &Checker, own: &[Claim], first: Error) -> Failure {
    let faults: Vec<String> =
        own.iter().filter_map(|claim| claims.check(claim).err()).map(|error| error.to_string()).collect();
    if faults.is_empty() { first.into() } else { faults.join("\n").into() }
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (source, reading) = (&arguments.source, &arguments.reading);
    if env::args_os().len() < 2 {
        return embedded();
    }
    let series = arguments.series.as_deref().map(|path| over_time(source, path)).transpose()?;
    let latest = series.as_ref().filter(|_| source.file.is_none());
    if latest.is_some() && arguments.peers.are_given() {
        return Err("--by and --group need the table of a file, and this is the last period of a series".into());
    }
    if arguments.before.is_some() {
        source.no_counts_without_a_row("two tables")?;
    }
    let before = arguments.before.as_deref().map(|path| source.read(&source.document_at(path)?)).transpose()?;
    let (table, average) = match latest.and_then(|series| Some((series, *series.periods().last()?))) {
        Some((series, last)) => (source.of_period(series.table(last)?)?, reading.average()?),
        None => arguments.peers.table_beside(source, reading.average()?, before.as_ref())?,
    };
    let before = before.map(|before| source.treated_beside(before, Some(&table))).transpose()?;
    let mut claims = table.compare(average).claims(reading.per);
    if let Some(series) = series {
        claims = claims.with_series(series);
    }
    claims = claims.holding_up_to(arguments.holds_up_to)?;
    if arguments.chosen_beforehand {
        claims = claims.chosen_beforehand();
    }
    if let Some(within) = arguments.varying.dispersion {
        claims = claims.with_sets(rank::Spec::default().with_dispersion(within));
    }
    if let Some(before) = &before {
        claims = claims.with_before(before)?;
    }
    if arguments.of.is_some() && !arguments.sentences.of_places() {
        let places = "--highest, --lowest, --among-highest or --among-lowest";
        return Err(format!("--of says how many areas a claim of ranks speaks of: give {places}, too").into());
    }
    let on_year_before = before.is_none() && arguments.series.is_some();
    let earlier = if on_year_before { ComparedWith::YearBefore } else { ComparedWith::Before };
    let own = arguments.sentences.claims(reading.per, &earlier)?;
    let own = own.into_iter().map(|claim| arguments.of.map_or(claim.clone(), |of| claim.of(of)));
    let own: Vec<Claim> = own.collect();
    let report = claims.check_all(own.iter().cloned()).map_err(|first| every_fault(&claims, &own, first))?;
    let checked = report.iter().count() > 0;
    let described: Vec<Description> = match (arguments.area.is_empty(), checked) {
        (false, _) => arguments.area.iter().map(|area| claims.describe(area)).collect::<Result<_, Error>>()?,
        (true, true) => Vec::new(),
        (true, false) => {
            let labels = claims.league().ranked().map(|comparison| comparison.area().label());
            labels.map(|label| claims.describe(label)).collect::<Result<_, Error>>()?
        }
    };
    let spoken = arguments.area.iter().cloned().chain(own.iter().map(|claim| claim.area().to_owned()));
    let spoken: Vec<String> = spoken.filter(|area| claims.league().area(area).is_ok()).collect();
    let picture = || drawn(&claims, arguments.sentences.over_time(), own.len(), spoken);
    let printed = match (arguments.format, checked) {
        (Format::Text, checked) => {
            let report = if checked { format!("{report}\n") } else { String::new() };
            let between = if !checked || described.is_empty() { "" } else { "\n" };
            let described: Vec<String> = described.iter().map(ToString::to_string).collect();
            let says = |text: &String, line: &str| text.lines().any(|own| own == line);
            // What is said of all areas is said once below.
            let of_all = [BY_CHANCE.to_owned(), format!("Basis: {}.", claims.league().table().basis())];
            let in_all = |line: &&String| described.len() > 1 && described.iter().all(|text| says(text, line));
            let of_all: Vec<&String> = of_all.iter().filter(in_all).collect();
            let own = |text: &String| {
                let own = text.lines().filter(|line| of_all.iter().all(|other| other != line));
                let own: Vec<&str> = own.collect();
                own.join("\n") + "\n"
            };
            let notes = claims.notes();
            let is_said = |note: &&str| described.iter().any(|text| says(text, note));
            // A report has its notes below it.
            let notes = notes.iter().map(Note::text).filter(|note| !checked && !is_said(note));
            let below: Vec<String> =
                notes.chain(of_all.iter().map(|line| line.as_str())).map(|line| format!("{line}\n")).collect();
            let mut blocks: Vec<String> = described.iter().map(own).collect();
            blocks.extend((!below.is_empty()).then(|| below.concat()));
            report + between + &blocks.join("\n")
        }
        (Format::Csv, _) if !described.is_empty() => {
            return Err("a description has no columns: check claims, or print text".into());
        }
        (Format::Json, true) if described.is_empty() => output::report(Format::Json, &report, Report::csv)?,
        (Format::Json, true) => return Err("claims and descriptions are two documents: ask for one of them".into()),
        (Format::Json, false) => {
            let notes = claims.notes();
            serde_json::to_string_pretty(&json!({ "descriptions": described, "notes": notes }))? + "\n"
        }
        (Format::Csv, _) => report.csv(),
    };
    arguments.picture.draw_some(source.told(arguments.format, printed)?, picture)
}

/// What the sentences are about, their areas picked out: the series or the changes where all of them are, else the rates.
fn drawn(
    claims: &Checker,
    (changes, courses): (usize, usize),
    all: usize,
    mut spoken: Vec<String>,
) -> Result<Plot, Error> {
    let (league, per) = (claims.league(), claims.per());
    spoken.sort_unstable();
    spoken.dedup();
    let of_changes = claims.before().filter(|_| all > 0 && changes == all);
    let of_series = claims.series().filter(|_| all > 0 && changes + courses == all);
    match (of_changes, of_series, spoken.as_slice()) {
        (Some(before), ..) => Ok(before.change_to(league.table())?.per(per).plot().with_highlighted(spoken)),
        (None, Some(series), [area]) => series.per(per).plot_area(area),
        (None, Some(series), _) => Ok(series.per(per).plot().with_highlighted(spoken)),
        _ => Ok(league.per(per).plot().with_highlighted(spoken)),
    }
}

/// The series of a file.
fn over_time(source: &Source, path: &str) -> Result<Series, Failure> {
    let (series, taken) = source.document_at(path)?.whole_series()?;
    source.tell(taken);
    Ok(series)
}

/// Forces of England and Wales.
const FORCES: u32 = 43;
/// Residents of the West Midlands force area, mid-2020.
const PEOPLE: u64 = 2_939_927;

fn embedded() -> Result<String, Failure> {
    let mut out = String::new();
    let here = "West Midlands";

    writeln!(out, "A news report on an inspection of West Midlands Police, in its words\n")?;
    let people = "residents, mid-2020";
    let told = |what: &str| Basis::new().with_count(what).with_population(people);
    let firearms = alone(721, told("firearms offences"), Average::POOLED)?.claims(Per::HUNDRED_THOUSAND);
    let knife = alone(3_049, told("knife offences"), Average::POOLED)?.claims(Per::THOUSAND);
    writeln!(out, "\"The highest rate of firearms offences (24.5 per 100,000) ... of any force\"")?;
    check(&mut out, &firearms, &Claim::rate(here, Published::new("24.5", Per::HUNDRED_THOUSAND)?))?;
    check(&mut out, &firearms, &Claim::highest(here).of(FORCES))?;
    basis(&mut out, &firearms)?;
    writeln!(out, "\"... and knife crime (1.55 per 1,000) of any force in England and Wales\"")?;
    check(&mut out, &knife, &Claim::rate(here, Published::new("1.55", Per::THOUSAND)?))?;
    check(&mut out, &knife, &Claim::highest(here).of(FORCES))?;
    basis(&mut out, &knife)?;
    writeln!(out, "\"29.8 domestic abuse incidents per 1,000, compared to the average of 20.4\"")?;
    let [incidents, average] = ["29.8", "20.4"].map(|figure| Published::new(figure, Per::THOUSAND));
    let (incidents, average) = (incidents?, average?);
    let none = "the average is zero";
    writeln!(
        out,
        "  The two printed figures are all there is: their ratio is {:.4}, and {:.0} % above is what they say.",
        incidents.ratio(average).ok_or(none)?,
        incidents.percent(average).ok_or(none)?
    )?;
    // The least count that prints as 29.8, with the average as it is printed.
    let least = incidents.counts(Population::new(PEOPLE)?, Rounding::default()).ok_or(none)?;
    let abuse =
        Basis::new().with_count("domestic abuse incidents, the least that print as 29.8").with_population(people);
    let given = Average::fixed(20.4, Per::THOUSAND)?;
    let abuse = alone(*least.start(), abuse, given)?.claims(Per::THOUSAND);
    check(&mut out, &abuse, &Claim::rate(here, incidents))?;
    check(&mut out, &abuse, &Claim::percent_above(here, "46")?)?;
    basis(&mut out, &abuse)?;
    writeln!(out, "{BY_CHANCE}\n")?;

    writeln!(out, "What could be said of knife offences, year to March 2020\n")?;
    let knife = figures::knife()?.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    for claim in [
        Claim::highest(here),
        Claim::among_highest(here, 3)?,
        Claim::highest("Metropolitan Police"),
        Claim::highest("City of London"),
        Claim::lowest("Durham"),
        Claim::among_lowest("Durham", 3)?.of(FORCES),
        Claim::percent_above(here, "41")?,
        Claim::percent_above(here, "83")?,
        Claim::average(here, Published::new("64", Per::HUNDRED_THOUSAND)?),
        Claim::rate("Greater Manchester", Published::new("119.2", Per::HUNDRED_THOUSAND)?),
    ] {
        check(&mut out, &knife, &claim)?;
    }
    writeln!(out, "\n{}\n", knife.describe(here)?)?;

    writeln!(out, "What could be said of all recorded crime, year to March 2018\n")?;
    let crime = figures::recorded_crime()?.compare(Average::POOLED).claims(Per::THOUSAND);
    for claim in [Claim::highest("Cleveland"), Claim::highest("City of London"), Claim::among_highest(here, 10)?] {
        check(&mut out, &crime, &claim)?;
    }
    writeln!(out, "\n{}\n", crime.describe(here)?)?;
    writeln!(out, "Figures: Home Office and ONS, Open Government Licence v3.0; see examples/data/README.md.")?;
    Ok(out)
}

/// The league table of the one force whose count is at hand.
fn alone(count: u64, basis: Basis, average: Average) -> Result<LeagueTable, Error> {
    Ok(Table::from_rows([("West Midlands", count, PEOPLE)])?.with_basis(basis).compare(average))
}

/// What is said once of all claims.
const BY_CHANCE: &str = "Poisson variation only.";

/// What one claim comes to; what all have in common is printed once.
fn check(out: &mut String, claims: &Checker, claim: &Claim) -> Result<(), Failure> {
    let sentences = claims.check(claim)?.sentences().into_iter();
    let own: Vec<String> = sentences.filter(|sentence| sentence != BY_CHANCE).collect();
    Ok(writeln!(out, "  {}", own.join("\n    "))?)
}

fn basis(out: &mut String, claims: &Checker) -> Result<(), Failure> {
    Ok(writeln!(out, "    Basis: {}.", claims.league().table().basis())?)
}
