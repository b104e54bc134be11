//! Several rows of one area.

use super::{areas::Given, cell::shortened, header::text, role::Role, scan::Scan};
use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Observation, Period, Population},
};
use std::collections::{BTreeSet, HashMap, HashSet, hash_map::Entry};

/// Of how many rows the values of a column are looked at, and of how few values each is.
const MOST_ROWS: usize = 100_000;
const FEW: usize = 40;

/// The most periods that rows may be of.
const MOST_PERIODS: usize = 1_200;

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

/// Which rows of an area are several of one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Several {
    /// Of a table, a period or an offence: on the same people.
    OfAreas,
    /// Of a stratum, on the same people.
    OfStrata,
    /// Of a stratum, each on people of its own, such as those of one sex.
    OfStrataAndPeople,
}

impl Several {
    const fn is_of_strata(self) -> bool {
        matches!(self, Self::OfStrata | Self::OfStrataAndPeople)
    }

    /// What is to be done about several rows.
    const fn advice(self) -> &'static str {
        if self.is_of_strata() {
            "take only the rows of one value, ask for the sum of their counts and populations, or make strata of both columns together"
        } else {
            "take only those of one value, ask for the sum of the rows of an area, or name areas by that column, too"
        }
    }
}

/// The rows as they are, unless so many areas have several that something was not chosen, which is told once.
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
    let each = if of.is_of_strata() { " of one stratum" } else { "" };
    let found = format!("{areas} {verb} several rows{each}, such as rows {} and {}{which}", one.line, other.line);
    let is_told = |fault: &Error| match fault.kind() {
        ErrorKind::NotAsPublished { advice, .. } => *advice == of.advice(),
        _ => false,
    };
    if !scan.faults.iter().any(is_told) {
        let kind = ErrorKind::NotAsPublished { found, advice: of.advice().into() };
        scan.faults.push(Error::from(kind).at_row(other.line).in_area(&one.area));
    }
    let repeated: HashSet<usize> = again.into_iter().map(|(_, other)| other).collect();
    rows.into_iter().enumerate().filter(|(place, _)| !repeated.contains(place)).map(|(_, row)| row).collect()
}

/// One row an area, whose count is the sum of all.
///
/// Rows of several periods are on the people of one, so the area has the months of all of them, where it does not have its own. Rows of
/// strata may each have people of their own, which are added up, too.
pub(super) fn summed(scan: &mut Scan, rows: Vec<Given>, of: Several) -> Vec<Given> {
    let peopled = of == Several::OfStrataAndPeople;
    if peopled {
        tell_counted_twice(scan, &rows);
    }
    tell_sums(scan, &rows, of);
    let months = months_together(scan, &rows);
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
        if peopled {
            sum.population = added(&sum.population, &row.population);
        }
        for (what, differs) in [
            (
                "population",
                !peopled && row.population.is_ok() && sum.population.is_ok() && row.population != sum.population,
            ),
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
        if !peopled && sum.population.is_err() {
            sum.population = row.population;
        }
    }
    let finished = sums.into_iter().map(|(given, known)| {
        let months = given.months.or_else(|| months.get(given.label()).copied());
        let given = Given { months, ..given };
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

/// The people of two rows together.
fn added(one: &Result<Population>, other: &Result<Population>) -> Result<Population> {
    let (one, other) = (one.clone()?, other.clone()?);
    let sum = one.get().checked_add(other.get());
    sum.map_or_else(
        || {
            let (what, advice) = ("the sum of populations".into(), "check them");
            Err(ErrorKind::TooLarge { what, value: None, most: u64::MAX.into(), advice }.into())
        },
        Population::new,
    )
}

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
fn tell_counted_twice(scan: &mut Scan, rows: &[Given]) {
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

/// How many months the rows of an area cover together, where a column that tells them apart holds periods; none where all cover a
/// year.
fn months_together(scan: &Scan, rows: &[Given]) -> HashMap<String, u32> {
    const YEAR: u32 = 12;
    if scan.column(Role::Months).is_some() {
        return HashMap::new();
    }
    let mut found: Option<(u32, HashMap<String, u32>)> = None;
    for column in (0..scan.width()).filter(|column| !scan.uses(*column)) {
        let value = |row: &Given| text(row.record.get(column).unwrap_or_default()).into_owned();
        let values: BTreeSet<String> = rows.iter().map(value).take(MOST_ROWS).collect();
        if values.len() < 2 || values.len() > MOST_PERIODS {
            continue;
        }
        let periods: Option<Vec<Period>> =
            Period::of_column(values.iter().map(String::as_str)).map(Result::ok).collect();
        let Some(periods) = periods else { continue };
        let least = periods.iter().map(|period| period.months()).min().unwrap_or(0);
        // Of a year and its months the months tell.
        if found.as_ref().is_some_and(|(other, _)| *other <= least) {
            continue;
        }
        let by_value: HashMap<&str, Period> = values.iter().map(String::as_str).zip(periods).collect();
        let mut areas: HashMap<String, BTreeSet<Period>> = HashMap::new();
        for row in rows {
            if let Some(period) = by_value.get(value(row).as_str()) {
                areas.entry(row.label().to_owned()).or_default().insert(*period);
            }
        }
        let apart = |periods: &BTreeSet<Period>| {
            let mut pairs = periods.iter().zip(periods.iter().skip(1));
            pairs.all(|(one, next)| !one.overlaps(*next))
        };
        if areas.values().all(apart) {
            let months = |periods: &BTreeSet<Period>| periods.iter().map(|period| period.months()).sum();
            found = Some((least, areas.iter().map(|(area, periods)| (area.clone(), months(periods))).collect()));
        }
    }
    found.map(|(_, months)| months).filter(|months| months.values().any(|own| *own != YEAR)).unwrap_or_default()
}

/// The value of a column whose rows have, in every area, the counts of all other rows together: in three areas and more, or in any where it
/// is called a total.
fn total_among(areas: &HashMap<&str, Vec<&Given>>, column: usize) -> Option<String> {
    let mut agrees: HashMap<String, (usize, bool)> = HashMap::new();
    for rows in areas.values() {
        let mut sums: HashMap<String, i128> = HashMap::new();
        for row in rows {
            if let Ok(Observation::Known(count)) = row.count {
                *sums.entry(text(row.record.get(column).unwrap_or_default()).into_owned()).or_default() +=
                    i128::from(count);
            }
        }
        let all: i128 = sums.values().sum();
        for (value, sum) in sums.iter().filter(|_| sums.len() > 2) {
            let (times, so_far) = agrees.entry(value.clone()).or_insert((0, true));
            let here = *sum == all - *sum;
            *times += usize::from(here && *sum > 0);
            *so_far &= here;
        }
    }
    let is_called_so = |value: &str| {
        let lower = value.trim().to_lowercase();
        lower == "all" || lower == "total" || lower.starts_with("all ") || lower.starts_with("total ")
    };
    let mut totals: Vec<String> = agrees
        .into_iter()
        .filter(|(value, (times, so_far))| *so_far && (*times > 2 || *times > 0 && is_called_so(value)))
        .map(|(value, _)| value)
        .collect();
    totals.sort_unstable();
    totals.into_iter().next()
}

/// Says how many rows are added up, in which columns they differ, and which areas lack what others have there.
fn tell_sums(scan: &mut Scan, rows: &[Given], of: Several) {
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
        if rows.len() <= MOST_ROWS
            && let Some(total) = total_among(&areas, column)
        {
            let found =
                format!("the rows of {total:?} in the column {heading:?} have the counts of all others together");
            let advice = "rows of a total and of its parts cannot be added up: take only those of one value, or leave the total out of the file";
            let first = rows.iter().find(|row| text(&value(row, column)) == total.as_str());
            let line = first.map_or(scan.taken.header, |row| row.line);
            scan.faults.push(Error::from(ErrorKind::NotAsPublished { found, advice: advice.into() }).at_row(line));
        }
        // Of few values, such as quarters, every area should have each.
        let all: BTreeSet<Vec<u8>> = rows.iter().map(|row| value(row, column)).take(MOST_ROWS).collect();
        if all.len() <= FEW && rows.len() <= MOST_ROWS {
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
    let what = if of == Several::OfStrataAndPeople { ", with their populations" } else { "" };
    let each = if of.is_of_strata() { " in a stratum" } else { "" };
    let note = format!("Added up{what}: {all} of {number}{each}, {differ}{lacking}");
    // Of a panel each indicator says the same.
    if !scan.taken.notes.contains(&note) {
        scan.taken.notes.push(note);
    }
}
