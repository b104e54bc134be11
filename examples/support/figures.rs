//! The figures that are embedded.

use super::program::Failure;
use crimerate::{Basis, Table, read::Document};

/// Knife offences in 39 English forces, year to March 2020; see `data/README.md`.
pub(crate) const KNIFE: &str = include_str!("../data/knife_2020.csv");

/// The knife table with the City of London left out, as every user of the figures should, unless something else is done
/// about it.
#[allow(dead_code, reason = "not every example has embedded figures")]
pub(crate) fn knife() -> Result<Table, Failure> {
    Ok(knife_whole()?.exclude(CITY, "8,700 residents, far fewer than the people there by day")?)
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
    let bytes = include_str!("../data/recorded_crime_2017_18.csv");
    let basis = Basis::new()
        .with_count("recorded offences without fraud")
        .with_period("year to March 2018")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    let (table, _) = Document::of(bytes).leaving_out().table()?;
    let table = table.with_basis(basis);
    Ok(table.exclude("British Transport Police", "it polices railways, and nobody lives on them")?)
}
