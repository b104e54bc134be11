//! Where a police force stands in every group of offences at once: a panel of forces by groups, compared in one pass.
//!
//! Offences recorded in the year to March 2018 in the 43 forces of England and Wales; see `data/README.md`.

mod support {
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod sheet;
}

use clap::Parser;
use crimerate::{
    Average, Basis, Measure, Panel, Per,
    panel::Figures,
    records::{Absent, NamedRecords},
};
use std::{fmt::Write, process::ExitCode};
use support::{
    options,
    output::Format,
    policies::Policies,
    program::{self, Failure},
    sheet,
};

/// Ranks of English and Welsh police forces by group of offences. The City of London is left out, unless it is merged or given
/// another population.
#[derive(Parser)]
#[command(name = "panel")]
struct Options {
    /// Show this measure of every force and group.
    #[arg(long, default_value = "rank")]
    measure: Measure,
    /// Compare with this average: pooled, mean or median.
    #[arg(long, default_value = "pooled")]
    average: Average,
    #[command(flatten)]
    policies: Policies,
    /// Rates per this many people.
    #[arg(long, default_value = "1000")]
    per: Per,
    /// The form of the output; csv has a line a force and group, and every digit.
    #[arg(long, default_value = "text")]
    format: Format,
}

/// Left out, unless it is merged or given another population.
const CITY: &str = "City of London";

const RECORDED: &str = include_str!("data/recorded_crime_2017_18.csv");

/// Column of the file and heading of the output.
const GROUPS: [(&str, &str); 9] = [
    ("violence_against_the_person", "Violence"),
    ("sexual", "Sexual"),
    ("robbery", "Robbery"),
    ("theft", "Theft"),
    ("criminal_damage_and_arson", "Damage"),
    ("drug", "Drugs"),
    ("possession_of_weapons", "Weapons"),
    ("public_order", "Public order"),
    ("miscellaneous_crimes", "Other"),
];

fn main() -> ExitCode {
    program::finish(run())
}

fn run() -> Result<String, Failure> {
    let options = match options::arguments::<Options>()? {
        Ok(options) => options,
        Err(help) => return Ok(help),
    };
    let mut panel = panel()?;
    if !options.policies.use_area(CITY) {
        panel = panel.exclude(CITY, "8,700 residents, far fewer than the people there by day")?;
    }
    let mut policies = options.policies.each()?.into_iter();
    let panel = policies.try_fold(panel, |panel, (area, policy)| panel.apply(&area, policy))?;
    let measures = [options.measure, Measure::Rate, Measure::Ratio, Measure::Z, Measure::Rank];
    let figures = panel.compare(options.average, options.per, measures);
    match options.format {
        Format::Text => text(&panel, &figures, options.measure),
        Format::Csv => Ok(figures.csv(&panel)),
        Format::Json => Ok(serde_json::to_string_pretty(figures.notes())? + "\n"),
    }
}

/// The counts of the file as records of force, group and number, and the panel of their totals.
fn panel() -> Result<Panel<'static>, Failure> {
    let names = ["area", "population"].into_iter().chain(GROUPS.map(|(column, _)| column));
    let names: [&str; 11] = names.collect::<Vec<_>>().try_into().map_err(|_| "eleven columns")?;
    let (mut records, mut populations) = (NamedRecords::new(), Vec::new());
    for (line, [area, population, counts @ ..]) in sheet::read(RECORDED.as_bytes(), names)? {
        let number = |text: &str| text.parse::<i64>().map_err(|error| format!("{area}: row {line}: {text:?}: {error}"));
        if population.is_empty() {
            // The British Transport Police have no residents, and so no rate.
            continue;
        }
        let population = number(&population)?.unsigned_abs();
        for ((_, group), count) in GROUPS.iter().zip(&counts) {
            records.try_extend([(area.as_str(), *group, number(count)?)])?;
        }
        populations.push((area, population));
    }
    let basis = Basis::new()
        .with_count("offences recorded by group, without fraud")
        .with_period("year to March 2018")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    Ok(records.panel(populations, Absent::Zero)?.with_basis(basis))
}

/// A line a force, a column a group.
fn text(panel: &Panel<'_>, figures: &Figures, measure: Measure) -> Result<String, Failure> {
    let width = panel.areas().iter().map(|area| area.name().chars().count()).max().unwrap_or(0);
    let groups = GROUPS.map(|(_, group)| group);
    let unit = match measure {
        Measure::Ratio | Measure::Percent | Measure::Z | Measure::Percentile | Measure::Rank => String::new(),
        _ => format!(", {}", figures.per()),
    };
    let mut out = format!("{}{unit}, by group of offences\n\n{:width$}", capital(measure.name()), "Force");
    for group in groups {
        write!(out, "  {group:>8}")?;
    }
    writeln!(out)?;
    for area in panel.areas() {
        write!(out, "{:width$}", area.name())?;
        for group in groups {
            let room = group.len().max(8);
            match (figures.get(measure, area.name(), group), measure) {
                (Ok(value), Measure::Rank) => write!(out, "  {value:>room$}")?,
                (Ok(value), _) => write!(out, "  {value:>room$.2}")?,
                (Err(_), _) => write!(out, "  {:>room$}", "-")?,
            }
        }
        writeln!(out)?;
    }
    writeln!(out)?;
    for note in figures.notes() {
        writeln!(out, "{note}")?;
    }
    Ok(out)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
