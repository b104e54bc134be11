//! The figures that are embedded.

use super::program::Failure;
use crimerate::{
    Basis, Panel, Row, Table,
    read::Document,
    records::Absent,
    standard::{Offences, StratumRow},
    time::{Series, SeriesRow},
};

/// Knife offences in 39 English forces, year to March 2020; see `data/README.md`.
pub(crate) const KNIFE: &str = include_str!("../data/knife_2020.csv");

/// The knife table with the City of London left out, as every user of the figures should, unless something else is done
/// about it.
#[allow(dead_code, reason = "not every example has embedded figures")]
pub(crate) fn knife() -> Result<Table, Failure> {
    Ok(knife_whole()?.exclude(CITY, "8,700 residents, far fewer than the people there by day")?)
}

const FORCES: &str = include_str!("../data/recorded_crime_2017_18.csv");

/// The file of recorded crime by group, its forces alone: the British Transport Police have no code, no residents, and so no rate.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn recorded_file() -> Document {
    Document::of(FORCES).only_codes(["E23", "W15"])
}

/// The area whose rate misleads.
#[allow(dead_code, reason = "not every example has embedded figures")]
pub(crate) const CITY: &str = "City of London";

/// The knife table with every area in it.
#[allow(dead_code, reason = "not every example has embedded figures")]
pub(crate) fn knife_whole() -> Result<Table, Failure> {
    let (table, _) = Document::of(KNIFE).table()?;
    let basis = Basis::new()
        .with_count("offences with a knife or sharp instrument")
        .with_period("year to March 2020")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    Ok(table.with_basis(basis))
}

/// Recorded crime of the 43 territorial forces, year to March 2018, the British Transport Police left out; see `data/README.md`.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn recorded_crime() -> Result<Table, Failure> {
    let basis = Basis::new()
        .with_count("recorded offences without fraud")
        .with_period("year to March 2018")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    let (table, _) = Document::of(FORCES).leaving_out().table()?;
    let table = table.with_basis(basis);
    Ok(table.exclude("British Transport Police", "it polices railways, and nobody lives on them")?)
}

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

/// The same forces, an indicator a group of offences, with the City of London left out.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn recorded_by_group() -> Result<Panel<'static>, Failure> {
    Ok(recorded_by_group_whole()?.exclude(CITY, "8,700 residents, far fewer than the people there by day")?)
}

/// The same with every force in it.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn recorded_by_group_whole() -> Result<Panel<'static>, Failure> {
    let basis = Basis::new()
        .with_count("offences recorded by group, without fraud")
        .with_period("year to March 2018")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    let (panel, _) = recorded_file().wide_panel(GROUPS.map(|(column, _)| column))?;
    Ok(panel.with_indicators(GROUPS.map(|(_, group)| group))?.with_basis(basis))
}

const COUNTS_BY_OFFENCE: &str = include_str!("../data/offences_2017_18.csv");

/// Recorded crime of the territorial forces, year to March 2018, by Home Office code; see `data/README.md`.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn recorded_by_offence() -> Result<Offences, Failure> {
    let (forces, _) = Document::of(FORCES).cells(["area", "code", "population"])?;
    let mut file = csv::Reader::from_reader(COUNTS_BY_OFFENCE.as_bytes());
    let codes = file.headers()?.clone();
    let mut rows = Vec::new();
    for record in file.records() {
        let record = record?;
        let area = record.get(0).unwrap_or_default();
        let force = forces.iter().find(|(_, [name, ..])| name == area);
        let (_, [_, code, people]) = force.ok_or_else(|| format!("{area} has no population"))?;
        let counts = codes.iter().zip(&record).skip(1);
        rows.extend(counts.map(|(offence, count)| StratumRow::parse(area, offence, count, people).code(code.as_str())));
    }
    let basis = Basis::new()
        .with_count("recorded offences without fraud")
        .with_period("year to March 2018")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    let offences = Offences::from_rows(rows, Absent::Missing)?.with_basis(basis);
    Ok(offences.exclude(CITY, "8,700 residents, far fewer than the people there by day")?)
}

const ROBBERY: &str = include_str!("../data/robbery.csv");

fn robbery_in(period: &str) -> Basis {
    Basis::new()
        .with_count("robberies")
        .with_period(period)
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0")
}

/// Robberies in the territorial forces but the City of London by quarter, year to March 2018; see `data/README.md`.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn robbery_by_quarter() -> Result<Series, Failure> {
    const QUARTERS: [&str; 4] = ["2017 Q2", "2017 Q3", "2017 Q4", "2018 Q1"];
    let mut rows = Vec::new();
    for quarter in QUARTERS {
        let (lines, _) = Document::of(ROBBERY).cells(["area", "population", quarter])?;
        let forces = lines.into_iter().filter(|(_, [area, ..])| area != CITY);
        rows.extend(forces.map(|(_, [area, people, count])| SeriesRow::parse(&area, quarter, &count, &people)));
    }
    Ok(Series::from_rows(rows)?.with_basis(robbery_in("year to March 2018")))
}

/// Robberies in the same forces in the years to March 2018 and to December 2019.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn robbery_before_and_after() -> Result<[Table; 2], Failure> {
    const AFTER: &str = "year to December 2019";
    let excluded = |table: Table| table.exclude(CITY, "8,700 residents, far fewer than the people there by day");
    let (lines, _) = Document::of(FORCES).cells(["area", "robbery", "population"])?;
    let forces = lines.into_iter().filter(|(_, [_, _, people])| !people.is_empty());
    let before = Table::from_rows(forces.map(|(_, [area, count, people])| Row::parse(&area, &count, &people)))?;
    let (lines, _) = Document::of(ROBBERY).cells(["area", AFTER, "population"])?;
    let rows = lines.into_iter().map(|(_, [area, count, people])| Row::parse(&area, &count, &people));
    let after = Table::from_rows(rows)?.with_basis(robbery_in(AFTER));
    Ok([excluded(before.with_basis(robbery_in("year to March 2018")))?, excluded(after)?])
}
