//! Several rows of one area.

use super::{cell::shortened, given::Given, scan::Scan, several::Several, wording::text};
use crate::{
    base::{Error, ErrorKind, words},
    rate::Period,
};
use std::collections::{BTreeSet, HashMap, HashSet, hash_map::Entry};

/// The rows, with the marks of notes where names are told apart by nothing else.
pub(super) fn told_apart(mut rows: Vec<Given>) -> Vec<Given> {
    let mut spellings: HashMap<(&str, Option<&str>), (&str, bool)> = HashMap::new();
    for row in &rows {
        let (first, differ) = spellings.entry((&row.area, row.code.as_deref())).or_insert((&row.marked, false));
        *differ |= **first != row.marked;
    }
    let differs =
        |row: &Given| spellings.get(&(row.area.as_str(), row.code.as_deref())).is_some_and(|(_, differ)| *differ);
    let marked: Vec<bool> = rows.iter().map(differs).collect();
    for (row, _) in rows.iter_mut().zip(marked).filter(|(_, marked)| *marked) {
        row.area.clone_from(&row.marked);
    }
    rows
}

/// The rows as they are, refused where areas have several because something was not chosen; of strata that is told once.
pub(super) fn one_each(scan: &mut Scan, rows: Vec<Given>, of: Several) -> Vec<Given> {
    let mut first: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut again: Vec<(usize, usize)> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        match first.entry((row.area.clone(), row.code.clone())) {
            Entry::Occupied(entry) => again.push((*entry.get(), place)),
            Entry::Vacant(entry) => _ = entry.insert(place),
        }
    }
    let Some((one, other)) = again.first().and_then(|(one, other)| rows.get(*one).zip(rows.get(*other))) else {
        return rows;
    };
    if again.len() < first.len().max(2) / 2 {
        return rows;
    }
    let headings = scan.headings();
    let differing = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty())
        .filter(|(column, _)| !scan.uses(*column) && one.record.get(*column) != other.record.get(*column));
    let differing = differing.take(4).map(|(column, heading)| {
        let value = |row: &Given| shortened(&text(row.record.get(column).unwrap_or_default()));
        format!("`{heading}` ({} and {})", value(one), value(other))
    });
    let differing: Vec<String> = differing.collect();
    if differing.is_empty() {
        return rows;
    }
    let which = format!(", which differ in {}", differing.join(", "));
    let number = again.iter().map(|(one, _)| one).collect::<BTreeSet<_>>().len();
    let (areas, verb) = (words::counted(number, "area"), if number == 1 { "has" } else { "have" });
    let (each, advice) = if of.is_of_strata() { (" of one stratum", OF_STRATA) } else { ("", SEVERAL) };
    let found = format!("{areas} {verb} several rows{each}, such as rows {} and {}{which}", one.line, other.line);
    let fault = Error::from(ErrorKind::NotAsPublished { found, advice: advice.into() });
    scan.several.note(fault.at_row(other.line).in_area(&one.area), !of.is_of_strata());
    let repeated: HashSet<usize> = again.into_iter().map(|(_, other)| other).collect();
    rows.into_iter().enumerate().filter(|(place, _)| !repeated.contains(place)).map(|(_, row)| row).collect()
}

/// What to do where areas have several rows.
const SEVERAL: &str =
    "take only those of one value, ask for the sum of the rows of an area, or name areas by that column, too";

/// The same of strata.
const OF_STRATA: &str = "take only the rows of one value, ask for the sum of their counts and populations, or make strata of both columns together";

/// Whether the rows of one area in one stratum are on people of their own: where there are several, most have other populations. One that differs
/// alone is a fault among rows on the same people.
pub(super) fn are_of_several_people<'r>(strata: impl Iterator<Item = &'r [Given]>) -> bool {
    let (mut several, mut differ) = (0_usize, 0_usize);
    for rows in strata {
        let mut areas: HashMap<&str, (usize, BTreeSet<u64>)> = HashMap::new();
        for row in rows {
            let (number, people) = areas.entry(row.label()).or_default();
            *number += 1;
            people.extend(row.population.as_ref().ok().map(|people| people.get()));
        }
        several += areas.values().filter(|(number, _)| *number > 1).count();
        differ += areas.values().filter(|(_, people)| people.len() > 1).count();
    }
    differ * 2 > several
}

/// Refuses to add up people where the rows of an area are told apart by no one column, or by periods: some people would be counted twice.
pub(super) fn tell_counted_twice(scan: &mut Scan, rows: &[Given]) {
    let mut areas: HashMap<&str, Vec<&Given>> = HashMap::new();
    for row in rows {
        areas.entry(row.label()).or_default().push(row);
    }
    let apart = |column: usize| {
        let values = |rows: &[&Given]| -> BTreeSet<String> {
            rows.iter().map(|row| text(row.record.get(column).unwrap_or_default()).into_owned()).collect()
        };
        let mut all: BTreeSet<String> = BTreeSet::new();
        let distinct = areas.values().all(|rows| {
            let own = values(rows);
            let distinct = own.len() == rows.len();
            all.extend(own);
            distinct
        });
        distinct && !Period::of_column(all.iter().map(String::as_str)).all(|period| period.is_ok())
    };
    if (0..scan.width()).any(|column| !scan.uses(column) && apart(column)) {
        return;
    }
    let Some(row) = areas.values().find(|rows| rows.len() > 1).and_then(|rows| rows.get(1)) else { return };
    let found = "rows of one stratum have other populations, and no one column tells them apart as groups of people";
    let advice =
        "choose one value of each column in which they differ, such as one period, or make strata of them together";
    let kind = ErrorKind::NotAsPublished { found: found.into(), advice: advice.into() };
    if !scan.faults.iter().any(|fault| *fault.kind() == kind) {
        scan.faults.push(Error::from(kind).at_row(row.line).in_area(&row.area));
    }
}
