//! Several rows of one area.

use super::{cell::shortened, given::Given, header::text, scan::Scan};
use crate::base::{Error, ErrorKind, words};
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

/// The rows as they are, unless so many areas have several that something was not chosen.
pub(super) fn one_each(scan: &mut Scan, rows: Vec<Given>) -> Vec<Given> {
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
    let of = format!(", which differ in {}", differing.join(", "));
    let number = again.iter().map(|(one, _)| one).collect::<BTreeSet<_>>().len();
    let (areas, verb) = (words::counted(number, "area"), if number == 1 { "has" } else { "have" });
    let found = format!("{areas} {verb} several rows, such as rows {} and {}{of}", one.line, other.line);
    let advice = SEVERAL.into();
    scan.faults.push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(other.line).in_area(&one.area));
    let repeated: HashSet<usize> = again.into_iter().map(|(_, other)| other).collect();
    rows.into_iter().enumerate().filter(|(place, _)| !repeated.contains(place)).map(|(_, row)| row).collect()
}

/// What to do where areas have several rows.
const SEVERAL: &str =
    "take only those of one value, ask for the sum of the rows of an area, or name areas by that column, too";

/// Says once of all indicators of a panel that areas have several rows.
pub(super) fn several_once(scan: &mut Scan) {
    let is_several =
        |fault: &Error| matches!(fault.kind(), ErrorKind::NotAsPublished { advice, .. } if advice == SEVERAL);
    let (several, others): (Vec<Error>, Vec<Error>) =
        std::mem::take(&mut scan.faults).into_iter().partition(is_several);
    scan.faults = others;
    let more = several.len().saturating_sub(1);
    let Some(first) = several.into_iter().min_by_key(Error::row) else { return };
    let fault = match first.kind() {
        ErrorKind::NotAsPublished { found, advice } if more > 0 => {
            let found = format!("{found}; so in {}", words::counted(more, "more indicator"));
            let fault = Error::from(ErrorKind::NotAsPublished { found, advice: advice.clone() });
            let fault = first.row().into_iter().fold(fault, Error::at_row);
            first.area().into_iter().fold(fault, Error::in_area)
        }
        _ => first,
    };
    scan.faults.push(fault);
}
