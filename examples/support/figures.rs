//! Rows of CSV, and the figures that are embedded.

use super::{program::Failure, sheet};
use crimerate::{Basis, Row, Table};

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
    let table = Table::from_rows(rows(KNIFE.as_bytes(), |_| false, |_| false)?)?;
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
    let bytes = include_bytes!("../data/recorded_crime_2017_18.csv");
    let basis = Basis::new()
        .with_count("recorded offences without fraud")
        .with_period("year to March 2018")
        .with_population("residents, mid-2018, to the nearest 100")
        .with_source("Home Office and ONS, Open Government Licence v3.0");
    let table = Table::from_rows_leaving_out(rows(bytes, |_| false, |_| false)?)?.with_basis(basis);
    Ok(table.exclude("British Transport Police", "it polices railways, and nobody lives on them")?)
}

/// Rows of CSV with the columns `area`, `count` and `population`, in any order and with any others beside them; those whose count
/// is in no area, and those that are to be left out, need no population. The columns `code` and `months` are read where the file has them.
pub(crate) fn rows(
    bytes: &[u8],
    unplaced: impl Fn(&str) -> bool,
    left_out: impl Fn(&str) -> bool,
) -> Result<Vec<Row>, Failure> {
    let lines = sheet::read(bytes, ["area", "count", "population"])?.into_iter();
    let row = |(line, [area, count, population]): (u64, [String; 3])| {
        let row = Row::parse(&area, &count, &population).line(line);
        let row = if unplaced(&area) { row.in_no_area() } else { row };
        (line, if left_out(&area) { row.to_be_left_out() } else { row }, area)
    };
    with_own(bytes, lines.map(row))
}

/// Rows of CSV with the columns `area` and `count`, and `code` and `months` where the file has them.
#[allow(dead_code, reason = "not every example compares counts alone")]
pub(crate) fn counts(bytes: &[u8]) -> Result<Vec<Row>, Failure> {
    let lines = sheet::read(bytes, ["area", "count"])?.into_iter();
    with_own(bytes, lines.map(|(line, [area, count])| (line, Row::parse(&area, &count, "").line(line), area)))
}

/// The rows with the codes and months of their own.
fn with_own(bytes: &[u8], rows: impl Iterator<Item = (u64, Row, String)>) -> Result<Vec<Row>, Failure> {
    let [codes, months] = [sheet::column(bytes, "code")?, sheet::column(bytes, "months")?];
    let other = |column: &[(u64, String)], at: usize| {
        column.get(at).map(|(_, text)| text.clone()).filter(|text| !text.is_empty())
    };
    let row = |(at, (line, row, area)): (usize, (u64, Row, String))| {
        let row = other(&codes, at).into_iter().fold(row, Row::code);
        match other(&months, at).map(|months| months.parse()) {
            None => Ok(row),
            Some(Ok(months)) => Ok(row.months(months)),
            Some(Err(_)) => {
                let months = other(&months, at).unwrap_or_default();
                Err(format!("{area}: row {line}: months \"{months}\" is not a whole number"))
            }
        }
    };
    Ok(rows.enumerate().map(row).collect::<Result<_, _>>()?)
}
