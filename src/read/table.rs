//! A table of the rows of a file.

use super::{
    document::{Document, Populations},
    faults::Faults,
    names::{Names, as_code, is_total},
    role::Role,
    scan::Scan,
    taken::Taken,
};
use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Observation, Population},
    table::{PeerGroups, Policy, Row, Table},
};
use csv::ByteRecord;
use std::collections::HashMap;

/// A row on its way into a table.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) area: String,
    pub(super) code: Option<String>,
    pub(super) count: Result<Observation>,
    pub(super) population: Result<Population>,
    pub(super) months: Option<u32>,
    pub(super) line: u64,
    record: ByteRecord,
}

/// What is read of each area beside its count.
pub(super) struct Reader<'d> {
    document: &'d Document,
    joined: Option<Names<Population>>,
}

impl Document {
    /// A table of the areas of the file, with what was taken for what.
    ///
    /// # Errors
    /// Every fault at once, each with its row, column, area and text: a file that cannot be read, a header without a column that
    /// is needed, cells that say nothing that is known, and what [`Table::check`] finds.
    pub fn table(&self) -> Result<(Table, Taken), Faults> {
        let reader = Reader::new(self)?;
        let mut scan = self.scan(&reader.roles(Role::Count))?;
        let groups = self.groups.iter().map(|heading| Ok((heading, scan.named(heading)?)));
        let groups = groups.collect::<Result<Vec<_>>>()?;
        let mut labels: Vec<Vec<(String, String)>> = vec![Vec::new(); groups.len()];
        let counts = scan.column(Role::Count);
        let mut rows = Vec::new();
        let mut record = ByteRecord::new();
        while let Some(line) = scan.next(&mut record)? {
            let Some(row) = reader.row(&mut scan, &record, line, counts) else { continue };
            for ((_, column), labels) in groups.iter().zip(&mut labels) {
                let label = super::header::text(record.get(*column).unwrap_or_default());
                labels.push((row.label().to_owned(), super::cell::trimmed(&label).to_owned()));
            }
            if rows.len() == self.limits.rows {
                return Err(too_many(self.limits.rows).into());
            }
            rows.push(row);
        }
        let table = reader.table(&mut scan, rows, None);
        let taken = scan.finish()?;
        let mut table = table.ok_or_else(|| Error::from(ErrorKind::NoRows))?;
        for ((heading, _), labels) in groups.iter().zip(labels) {
            let mut labels = labels;
            labels.dedup();
            table = table.with_groups(PeerGroups::from_labels(heading.as_str(), labels))?;
        }
        Ok((table, taken))
    }
}

pub(super) fn too_many(most: usize) -> Error {
    let advice = "add rows up as records, or raise the limit";
    ErrorKind::TooLarge { what: "the number of rows".into(), value: None, most: most as u128, advice }.into()
}

impl Given {
    fn label(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.area)
    }
}

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document) -> Result<Self, Faults> {
        let joined = match &document.populations {
            Populations::Of(other) => Some(populations(other)?),
            Populations::Here | Populations::Forces(_) => None,
        };
        Ok(Self { document, joined })
    }

    /// The columns that a table is read from, and whether they are needed.
    pub(super) fn roles(&self, count: Role) -> Vec<(Role, bool)> {
        let here = matches!(self.document.populations, Populations::Here);
        let mut roles = vec![(Role::Area, true), (Role::Code, false), (count, true)];
        roles.extend(
            [(Role::Population, true), (Role::Months, false)]
                .into_iter()
                .filter(|(role, _)| here || *role == Role::Months),
        );
        roles
    }

    /// What a row says of an area, its count in that column; `None` where it names none, which is noted.
    pub(super) fn row(&self, scan: &mut Scan, record: &ByteRecord, line: u64, counts: Option<usize>) -> Option<Given> {
        let count = counts.map(|column| scan.read_column(record, column, line).into_owned()).unwrap_or_default();
        let (area, code) = self.area(scan, record, line, &count)?;
        let writing = &self.document.writing;
        let count = writing.count(&count).map(|(count, met)| {
            scan.meet(met, line);
            count
        });
        let count =
            count.map_err(|error| error.in_column(counts.map_or_else(String::new, |column| scan.heading_of(column))));
        let population = match (&self.joined, scan.column(Role::Population).is_some()) {
            (Some(names), _) => names.get(&area, code.as_deref()).ok_or_else(|| ErrorKind::NoPopulation.into()),
            (None, true) => {
                let text = scan.read(record, Role::Population, line);
                let population = writing.population(&text).map(|(people, met)| {
                    scan.meet(met, line);
                    people
                });
                population.map_err(|error| error.in_column(scan.heading(Role::Population)))
            }
            (None, false) => Err(ErrorKind::NoPopulation.into()),
        };
        let months = self.months(scan, record, line, &area);
        Some(Given { area, code, count, population, months, line, record: record.clone() })
    }

    /// The name and the code of the area of a row; `None` where it has neither, which is noted.
    pub(super) fn area(
        &self,
        scan: &mut Scan,
        record: &ByteRecord,
        line: u64,
        count: &str,
    ) -> Option<(String, Option<String>)> {
        let name = scan.read(record, Role::Area, line);
        let (name, met) = super::names::as_name(&name, self.document.names_as_they_are);
        scan.meet(met, line);
        let code = scan.cell(record, Role::Code);
        let (code, met) = as_code(&code);
        scan.meet(met, line);
        match (name.is_empty(), code) {
            (false, code) => Some((name, code)),
            (true, Some(code)) => Some((code.clone(), Some(code))),
            (true, None) if self.document.writing.count(count).is_ok_and(|(count, _)| count.known().is_some()) => {
                let missing =
                    ErrorKind::Missing { whole: "the row", part: "area", advice: "name it, or what its count is of" };
                scan.faults.push(Error::from(missing).at_row(line).in_column(scan.heading(Role::Area)));
                None
            }
            (true, None) => {
                scan.taken.rows -= 1;
                scan.taken.pass("that names no area and has no count", line, super::cell::trimmed(count));
                None
            }
        }
    }

    fn months(&self, scan: &mut Scan, record: &ByteRecord, line: u64, area: &str) -> Option<u32> {
        let text = scan.cell(record, Role::Months);
        match self.document.writing.whole("months", &text) {
            Ok((months, met)) => {
                scan.meet(met, line);
                months.map(|months| u32::try_from(months).unwrap_or(u32::MAX))
            }
            Err(error) => {
                scan.faults.push(error.at_row(line).in_area(area).in_column(scan.heading(Role::Months)));
                None
            }
        }
    }

    /// The table of rows; its faults go to the others. The indicator is that of a panel.
    pub(super) fn table(&self, scan: &mut Scan, rows: Vec<Given>, indicator: Option<&str>) -> Option<Table> {
        let before = scan.faults.len();
        let rows = if self.document.summed { self.summed(scan, rows) } else { self.one_each(scan, rows) };
        let totals = if self.document.with_totals { Vec::new() } else { totals(&rows) };
        let made = self.made(rows, &totals);
        if scan.faults.len() > before {
            // What follows from faults that are said already is not said again.
            let is_row = |error: &Error| !matches!(error.kind(), ErrorKind::NoRows);
            scan.faults
                .extend(made.err().into_iter().flatten().filter(is_row).map(|error| in_indicator(error, indicator)));
            return None;
        }
        match made {
            Ok(table) => {
                let new = totals.into_iter().filter(|total| !scan.taken.totals.contains(total)).collect::<Vec<_>>();
                scan.taken.totals.extend(new);
                Some(table)
            }
            Err(errors) => {
                scan.faults.extend(errors.into_iter().map(|error| in_indicator(error, indicator)));
                None
            }
        }
    }

    fn made(&self, rows: Vec<Given>, totals: &[String]) -> Result<Table, Vec<Error>> {
        let document = self.document;
        let is_among = |names: &[String], row: &Given| {
            names.iter().any(|name| *name == row.area || row.code.as_deref() == Some(name))
        };
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|given| {
                let total = is_among(totals, &given);
                let (unplaced, left_out) =
                    (is_among(&document.unplaced, &given), is_among(&document.left_out, &given) || total);
                let mut row = Row {
                    count: given.count,
                    population: given.population,
                    ..Row::new(given.area, 0_u64, None::<u64>)
                };
                row = row.line(given.line);
                row.code = given.code;
                row.months = given.months;
                if unplaced {
                    row = row.in_no_area();
                } else if left_out {
                    row = row.to_be_left_out();
                }
                if document.names_as_they_are { row.distinct() } else { row }
            })
            .collect();
        let lacking = document.leave_out || matches!(document.populations, Populations::Forces(_));
        let may_lack = |error: &Error| matches!(error.kind(), ErrorKind::ZeroPopulation | ErrorKind::NoPopulation);
        let mut faults = Table::check(rows.clone());
        faults.retain(|error| !(lacking && may_lack(error)));
        if !faults.is_empty() {
            return Err(faults);
        }
        let table = if lacking { Table::from_rows_leaving_out(rows) } else { Table::from_rows(rows) };
        let finished = table.and_then(|table| match document.populations {
            Populations::Forces(year) => table.with_populations(year),
            _ => Ok(table),
        });
        let reason = "a region or country by its code, and so a total";
        let finished = finished.and_then(|table| {
            totals.iter().try_fold(table, |table, area| table.apply(area, Policy::Exclude { reason: reason.into() }))
        });
        finished.map_err(|error| vec![error])
    }

    /// The rows as they are, unless so many areas have several that something was not chosen.
    fn one_each(&self, scan: &mut Scan, rows: Vec<Given>) -> Vec<Given> {
        let mut first: HashMap<(String, Option<String>), usize> = HashMap::new();
        let mut again: Vec<(usize, usize)> = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            match first.entry((row.area.clone(), row.code.clone())) {
                std::collections::hash_map::Entry::Occupied(entry) => again.push((*entry.get(), place)),
                std::collections::hash_map::Entry::Vacant(entry) => _ = entry.insert(place),
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
            .filter(|(column, _)| !scan.uses(*column) && one.record.get(*column) != other.record.get(*column));
        let differing = differing.take(4).map(|(column, heading)| {
            let value =
                |row: &Given| super::cell::shortened(&super::header::text(row.record.get(column).unwrap_or_default()));
            format!("`{heading}` ({} and {})", value(one), value(other))
        });
        let differing: Vec<String> = differing.collect();
        let of =
            if differing.is_empty() { String::new() } else { format!(", which differ in {}", differing.join(", ")) };
        let areas =
            words::counted(again.iter().map(|(one, _)| one).collect::<std::collections::BTreeSet<_>>().len(), "area");
        let verb = if areas.starts_with("1 ") { "has" } else { "have" };
        let found = format!("{areas} {verb} several rows, such as rows {} and {}{of}", one.line, other.line);
        let advice = "take only those of one value, or ask for the sum of the rows of an area".into();
        scan.faults
            .push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(other.line).in_area(&one.area));
        let repeated: std::collections::HashSet<usize> = again.into_iter().map(|(_, other)| other).collect();
        rows.into_iter().enumerate().filter(|(place, _)| !repeated.contains(place)).map(|(_, row)| row).collect()
    }

    /// One row an area, whose count is the sum of all.
    fn summed(&self, scan: &mut Scan, rows: Vec<Given>) -> Vec<Given> {
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
                    scan.faults.push(
                        Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(row.line).in_area(&row.area),
                    );
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
            let total = u64::try_from(known)
                .map(Observation::Known)
                .map_err(|_| ErrorKind::NegativeTotal { value: known }.into());
            let count = given.count.and_then(|count| match (count, total) {
                (Observation::Known(_), total) => total,
                (count, Ok(total)) => {
                    count.together(total).ok_or_else(|| ErrorKind::NegativeTotal { value: known }.into())
                }
                (_, Err(error)) => Err(error),
            });
            Given { count, ..given }
        });
        finished.collect()
    }
}

fn in_indicator(error: Error, indicator: Option<&str>) -> Error {
    match indicator {
        Some(indicator) => error.in_indicator(indicator),
        None => error,
    }
}

/// The areas that are totals of others among the rows: regions where there are forces, countries where there are regions.
fn totals(rows: &[Given]) -> Vec<String> {
    let level = |row: &Given| row.code.as_deref().map_or(0, is_total);
    let least = rows.iter().map(level).min().unwrap_or(0);
    rows.iter().filter(|row| level(row) > least).map(|row| row.label().to_owned()).collect()
}

/// The populations of another file.
fn populations(document: &Document) -> Result<Names<Population>, Faults> {
    let mut scan = document.scan(&[(Role::Area, true), (Role::Code, false), (Role::Population, true)])?;
    let (mut names, mut record) = (Names::default(), ByteRecord::new());
    while let Some(line) = scan.next(&mut record)? {
        let text = scan.read(&record, Role::Population, line).into_owned();
        let reader = Reader { document, joined: None };
        let Some((area, code)) = reader.area(&mut scan, &record, line, &text) else { continue };
        match document.writing.population(&text) {
            Ok((people, met)) => {
                scan.meet(met, line);
                names.insert(&area, code.as_deref(), people);
            }
            Err(error) if matches!(error.kind(), ErrorKind::NoPopulation) => {}
            Err(error) => {
                let error = error.at_row(line).in_area(area).in_column(scan.heading(Role::Population));
                scan.faults.push(error);
            }
        }
    }
    scan.finish()?;
    Ok(names)
}
