//! Several rows of one area.

use super::{areas::Given, cell::shortened, header::text, scan::Scan};
use crate::{
    base::{Error, ErrorKind, words},
    rate::Observation,
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
    let areas = words::counted(again.iter().map(|(one, _)| one).collect::<BTreeSet<_>>().len(), "area");
    let verb = if areas.starts_with("1 ") { "has" } else { "have" };
    let found = format!("{areas} {verb} several rows, such as rows {} and {}{of}", one.line, other.line);
    let advice =
        "take only those of one value, ask for the sum of the rows of an area, or name areas by that column, too"
            .into();
    scan.faults.push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(other.line).in_area(&one.area));
    let repeated: HashSet<usize> = again.into_iter().map(|(_, other)| other).collect();
    rows.into_iter().enumerate().filter(|(place, _)| !repeated.contains(place)).map(|(_, row)| row).collect()
}

/// One row an area, whose count is the sum of all.
pub(super) fn summed(scan: &mut Scan, rows: Vec<Given>) -> Vec<Given> {
    tell_sums(scan, &rows);
    let mut places: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut sums: Vec<(Given, i128)> = Vec::new();
    for row in rows {
        let signed = match &row.count {
            Ok(Observation::Known(count)) => Some(i128::from(*count)),
            Err(error) => match error.kind() {
                ErrorKind::NegativeTotal { value } => Some(*value),
                _ => None,
            },
            Ok(_) => None,
        };
        let place = places.get(&(row.area.clone(), row.code.clone())).copied();
        let Some((sum, known)) = place.and_then(|place| sums.get_mut(place)) else {
            places.insert((row.area.clone(), row.code.clone()), sums.len());
            let count = if signed.is_some() { Ok(Observation::Known(0)) } else { row.count.clone() };
            sums.push((Given { count, ..row }, signed.unwrap_or(0)));
            continue;
        };
        for (what, differs) in [
            ("population", row.population.is_ok() && sum.population.is_ok() && row.population != sum.population),
            ("number of months", row.months != sum.months),
        ] {
            if differs {
                let found = format!("the {what} is not that of row {}", sum.line);
                let advice = "rows of an area can be added up where all have the same".into();
                scan.faults
                    .push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(row.line).in_area(&row.area));
            }
        }
        match (signed, row.count) {
            (Some(count), _) => *known += count,
            (None, Ok(count)) => {
                sum.count = sum.count.clone().and_then(|before| {
                    let blank = before == Observation::Known(0) && *known == 0;
                    let together = if blank { Some(count) } else { before.together(count) };
                    together.ok_or_else(|| ErrorKind::NegativeTotal { value: *known }.into())
                });
            }
            (None, Err(error)) => scan.faults.push(error.at_row(row.line).in_area(&row.area)),
        }
        if sum.population.is_err() {
            sum.population = row.population;
        }
    }
    let finished = sums.into_iter().map(|(given, known)| {
        let total =
            u64::try_from(known).map(Observation::Known).map_err(|_| ErrorKind::NegativeTotal { value: known }.into());
        let count = given.count.and_then(|count| match (count, total) {
            (Observation::Known(_), total) => total,
            (count, Ok(total)) => count.together(total).ok_or_else(|| ErrorKind::NegativeTotal { value: known }.into()),
            (_, Err(error)) => Err(error),
        });
        Given { count, ..given }
    });
    finished.collect()
}

/// Says how many rows are added up, in which columns they differ, and which areas lack what others have there.
fn tell_sums(scan: &mut Scan, rows: &[Given]) {
    const FEW: usize = 40;
    let mut areas: HashMap<&str, Vec<&Given>> = HashMap::new();
    for row in rows {
        areas.entry(row.label()).or_default().push(row);
    }
    if areas.len() == rows.len() {
        return;
    }
    let value = |row: &Given, column: usize| row.record.get(column).unwrap_or_default().to_vec();
    let (mut differing, mut lacking) = (Vec::new(), Vec::new());
    for (column, heading) in scan.headings().iter().enumerate() {
        if heading.is_empty() || scan.uses(column) {
            continue;
        }
        let differ = areas.values().any(|rows| {
            rows.iter().any(|row| rows.first().is_some_and(|first| value(row, column) != value(first, column)))
        });
        if !differ {
            continue;
        }
        differing.push(heading.clone());
        // Of few values, such as quarters, every area should have each.
        let all: BTreeSet<Vec<u8>> = rows.iter().map(|row| value(row, column)).take(100_000).collect();
        if all.len() <= FEW && rows.len() <= 100_000 {
            let mut short: Vec<&str> = areas
                .iter()
                .filter(|(_, rows)| {
                    rows.iter().map(|row| value(row, column)).collect::<BTreeSet<_>>().len() < all.len()
                })
                .map(|(_, rows)| rows.first().map_or("", |row| row.area.as_str()))
                .collect();
            short.sort_unstable();
            if !short.is_empty() && short.len() * 2 < areas.len() {
                lacking.push(format!("not every value of {heading} in {}", words::few(&short)));
            }
        }
    }
    let differ = match differing.as_slice() {
        [] => "which differ in nothing else".to_owned(),
        some => format!("which differ in {}", some.join(", ")),
    };
    let lacking = if lacking.is_empty() { String::new() } else { format!("; {}", lacking.join("; ")) };
    let (all, number) = (words::counted(rows.len(), "row"), words::counted(areas.len(), "area"));
    scan.taken.notes.push(format!("Added up: {all} of {number}, {differ}{lacking}"));
}
