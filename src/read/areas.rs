//! What a file says of each area.

use super::{
    cell::{Met, shortened, shown, trimmed},
    document::{Document, PopulationSource},
    faults::Faults,
    given::Given,
    nameless::{Nameless, name_the_nameless},
    names::{Names, as_code, as_name, contradiction, is_total},
    role::Role,
    scan::Scan,
    several::Several,
    sums::Sums,
};
use crate::{
    base::{Error, ErrorKind, Result, nearest, words},
    forces::{Body, Force, all},
    rate::Population,
    table::Table,
};
use csv::ByteRecord;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap},
};

/// What another file says of an area's population.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    People(Population),
    /// A mark says that it is not available, or withheld.
    NotAvailable,
}

/// What is read of each area beside its count.
pub(super) struct Reader<'d> {
    pub(super) document: &'d Document,
    joined: Option<Names<Joined>>,
    /// The lines of rows whose population the other file marks as not available.
    unpeopled: RefCell<BTreeSet<u64>>,
    /// The forces that were met, by which name and in which row.
    forces: RefCell<HashMap<&'static str, (String, u64)>>,
    nameless: RefCell<Vec<Nameless>>,
    /// The lines without a name; of a wide file each of their counts is looked at.
    unnamed: RefCell<BTreeSet<u64>>,
    /// Names that are none of a police force, whose residents are asked for.
    no_force: RefCell<Vec<String>>,
    /// The lines that were told to lack months.
    pub(super) without_months: RefCell<BTreeSet<u64>>,
    /// The rows that name no area whose counts are of none, and their sum.
    apart: RefCell<Option<(usize, i128)>>,
    /// Whether a row without a population is a fault, unless something is to be done about it.
    pub(super) needs_people: bool,
    /// How many rows with faults there were.
    faulty: Cell<usize>,
}

/// What is in no area is called so, where its rows name none.
const NO_AREA: &str = "rows without an area";

/// How many rows with faults are kept, for what else may be wrong with them.
const FAULTY: usize = 10_000;

/// The most characters of a name.
const LONGEST: usize = 1_000;

/// A name that is none of a police force, and what it is, or which it may be.
fn no_force(area: &str, body: Option<Body>) -> String {
    let what = match body {
        Some(Body::NotTerritorial(_)) => "has no area of its own".to_owned(),
        Some(Body::Elsewhere(_)) => "polices another country".to_owned(),
        Some(Body::Region(_)) => "a region".to_owned(),
        Some(Body::Country(_)) => "a country".to_owned(),
        Some(Body::Force(_)) | None => match nearest(area, all().iter().map(Force::name)) {
            Some(near) => format!("not known; did you mean {near}?"),
            None => "not known".to_owned(),
        },
    };
    format!("{} ({what})", shortened(area))
}

pub(super) fn too_many(most: usize) -> Error {
    let advice = "add rows up as records, or raise the limit";
    ErrorKind::TooLarge { what: "the number of rows".into(), value: None, most: most as u128, advice }.into()
}

impl<'d> Reader<'d> {
    pub(super) fn with(document: &'d Document, joined: Option<Names<Joined>>) -> Self {
        let (forces, nameless, unnamed, no_force, without_months, unpeopled, apart, faulty) = Default::default();
        let needs_people = false;
        Self {
            document,
            joined,
            unpeopled,
            forces,
            nameless,
            unnamed,
            no_force,
            without_months,
            apart,
            needs_people,
            faulty,
        }
    }

    /// Whether a publisher says that there is no population of the row on a line.
    pub(super) fn is_unpeopled(&self, line: u64) -> bool {
        self.unpeopled.borrow().contains(&line)
    }

    /// The columns that a table is read from, and whether they are needed.
    pub(super) fn roles(&self, count: Role) -> Vec<(Role, bool)> {
        let here = matches!(self.document.populations, PopulationSource::Here);
        let mut roles = vec![(Role::Area, true), (Role::Code, false)];
        roles.retain(|_| self.document.one_area.is_none());
        roles.push((count, true));
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
        let merged = |scan: &Scan, column: Option<usize>, text: &str| {
            column.filter(|_| trimmed(text).is_empty()).and_then(|column| scan.merged_with(column))
        };
        if let Some(first) = merged(scan, counts, &count) {
            let text = format!("a blank cell merged with row {first} above");
            scan.meet(Some(Met::new(&text, "a blank count: the figure is that of its first row alone")), line);
        }
        let count = writing.count(&writing.scaled(&count, self.document.unit(Role::Count))).map(|(count, met)| {
            scan.meet(met, line);
            count
        });
        let count =
            count.map_err(|error| error.in_column(counts.map_or_else(String::new, |column| scan.heading_of(column))));
        let elsewhere = self.population_elsewhere(&area, code.as_deref(), line).map(|population| {
            population.unwrap_or_else(|error| {
                scan.faults.push(error.at_row(line).in_area(&area));
                Err(ErrorKind::NoPopulation.into())
            })
        });
        let population = match (elsewhere, scan.column(Role::Population).is_some()) {
            (Some(population), _) => population,
            (None, true) => {
                let text = scan.read(record, Role::Population, line);
                let text = writing.scaled(&text, self.document.unit(Role::Population));
                let mark = trimmed(&text);
                if !mark.is_empty() && writing.is_mark(mark) {
                    scan.meet(Some(Met::new(mark, "a population that is not given")), line);
                }
                let population = match merged(scan, scan.column(Role::Population), &text) {
                    Some(first) => {
                        let found = format!(
                            "the population stands in cells merged with row {first}, which are of that row alone"
                        );
                        Err(ErrorKind::NotAsPublished { found, advice: "give each row its own".into() }.into())
                    }
                    None => writing.population(&text),
                };
                let population = population.map(|(people, met)| {
                    scan.meet(met, line);
                    people
                });
                population.map_err(|error| error.in_column(scan.heading(Role::Population)))
            }
            (None, false) => Err(ErrorKind::NoPopulation.into()),
        };
        let months = self.months(scan, record, line, &area);
        let marked = trimmed(&shown(scan.cell(record, Role::Area)).0).to_owned();
        Some(Given { area, marked, code, count, population, months, line, record: record.clone() })
    }

    /// The population of an area that does not stand in the file itself; an error where another name stood for the same force.
    pub(super) fn population_elsewhere(
        &self,
        area: &str,
        code: Option<&str>,
        line: u64,
    ) -> Option<Result<Result<Population>>> {
        match (&self.document.populations, &self.joined) {
            (PopulationSource::Forces(_), _) => Some(self.of_force(area, code, line)),
            (PopulationSource::One(people), _) => Some(Ok(Ok(*people))),
            (_, Some(names)) => Some(Ok(self.joined_to(names, area, code, line))),
            (_, None) => None,
        }
    }

    /// Takes back that a force was met.
    pub(super) fn is_no_force(&self, force: &Force) {
        self.forces.borrow_mut().remove(force.code());
    }

    /// The population of an area in the other file.
    fn joined_to(&self, names: &Names<Joined>, area: &str, code: Option<&str>, line: u64) -> Result<Population> {
        match names.get(area, code) {
            Some(Joined::People(people)) => return Ok(people),
            Some(Joined::NotAvailable) => _ = self.unpeopled.borrow_mut().insert(line),
            // Who polices no area has no residents in any file.
            None if matches!(Body::named(area, code), Some(Body::NotTerritorial(_))) => {
                self.unpeopled.borrow_mut().insert(line);
            }
            None => {}
        }
        Err(ErrorKind::NoPopulation.into())
    }

    /// The residents of a force; an error where another name stood for the same force.
    fn of_force(&self, area: &str, code: Option<&str>, line: u64) -> Result<Result<Population>> {
        let PopulationSource::Forces(year) = self.document.populations else {
            return Ok(Err(ErrorKind::NoPopulation.into()));
        };
        let body = Body::named(area, code);
        let Some(Body::Force(force)) = body else {
            // Totals by their codes are named as such.
            if code.is_none() || !body.is_some_and(Body::is_total) {
                self.no_force.borrow_mut().push(no_force(area, body));
            }
            return Ok(Err(ErrorKind::NoPopulation.into()));
        };
        let mut forces = self.forces.borrow_mut();
        let (name, first) = forces.entry(force.code()).or_insert_with(|| (area.to_owned(), line));
        if name != area {
            let found = format!("this is the force {} as {name:?} in row {first} is", force.name());
            let advice = "give it one name, or its counts stand on its people twice".into();
            return Err(ErrorKind::NotAsPublished { found, advice }.into());
        }
        Ok(force.population(year).ok_or_else(|| ErrorKind::NoPopulation.into()))
    }

    /// The name and the code of the area of a row; `None` where it has neither, which is noted.
    pub(super) fn area(
        &self,
        scan: &mut Scan,
        record: &ByteRecord,
        line: u64,
        count: &str,
    ) -> Option<(String, Option<String>)> {
        if let Some(name) = &self.document.one_area {
            return Some((name.clone(), None));
        }
        let name = scan.read_name(record, scan.column(Role::Area), line);
        let (name, met) = as_name(&name, self.document.names_as_they_are);
        scan.meet(met, line);
        let code = scan.read_name(record, scan.column(Role::Code), line);
        let (code, met) = as_code(&code);
        scan.meet(met, line);
        if name.chars().count() > LONGEST {
            let what = "the number of characters of a name".into();
            let (value, most) = (Some(name.chars().count() as u128), LONGEST as u128);
            let advice = "is a quotation mark not closed, or a note taken for a name?";
            let error = Error::from(ErrorKind::TooLarge { what, value, most, advice });
            scan.faults.push(error.at_row(line).in_column(scan.heading(Role::Area)));
            return None;
        }
        match (name.is_empty(), code) {
            (false, code) => {
                let contradiction = code.as_deref().and_then(|code| contradiction(&name, code));
                scan.faults.extend(contradiction.map(|error| error.at_row(line).in_area(&name)));
                return Some((name, code));
            }
            (true, Some(code)) => {
                // Where no column holds names, areas go by their codes anyhow.
                if scan.column(Role::Area).is_some() {
                    scan.meet(Some(Met::new(&code, "a name that is left blank: its code")), line);
                }
                return Some((code.clone(), Some(code)));
            }
            (true, None) => {}
        }
        if self.document.nameless_apart && self.counted_apart(scan, record, line, count) {
            return None;
        }
        let first = self.unnamed.borrow_mut().insert(line);
        scan.taken.rows -= u64::from(first);
        if self.document.writing.count(count).is_ok_and(|(count, _)| count.known().is_some()) {
            let people = self.document.writing.population(&scan.cell(record, Role::Population));
            self.nameless.borrow_mut().push((line, people.ok().map(|(people, _)| people.get())));
        } else if first {
            scan.taken.pass("that names no area and has no count", line, trimmed(count));
        }
        None
    }

    /// Whether the count of a row that names no area is one of no area, as nobody is given that it is of.
    fn counted_apart(&self, scan: &mut Scan, record: &ByteRecord, line: u64, count: &str) -> bool {
        let Ok((Some(count), met)) = self.document.writing.signed(count) else { return false };
        if !trimmed(&scan.cell(record, Role::Population)).is_empty() {
            return false;
        }
        scan.meet(met, line);
        scan.taken.rows -= 1;
        let mut apart = self.apart.borrow_mut();
        let (rows, sum) = apart.get_or_insert((0, 0));
        (*rows, *sum) = (*rows + 1, *sum + i128::from(count));
        true
    }

    /// The table with the count of rows that name no area.
    pub(super) fn with_nameless(&self, scan: &mut Scan, table: Table) -> Result<Table> {
        let Some((rows, sum)) = self.apart.take() else { return Ok(table) };
        scan.taken.notes.push(format!("Counted apart: {} without an area, {}", words::counted(rows, "row"), sum));
        let count =
            u64::try_from(sum).map_err(|_| Error::from(ErrorKind::NegativeTotal { value: sum }).in_area(NO_AREA))?;
        table.with_unplaced(NO_AREA, count)
    }

    /// Says which areas are no police forces of England and Wales, whose residents were asked for; that none is one is a fault.
    pub(super) fn tell_forces(&self, scan: &mut Scan) {
        let PopulationSource::Forces(year) = self.document.populations else { return };
        let mut others = self.no_force.take();
        others.sort_unstable();
        others.dedup();
        if others.is_empty() {
            return;
        }
        let few = words::listed(&others, ", ", "area");
        if self.forces.borrow().is_empty() {
            let found = format!(
                "no area is a police force of England and Wales, whose residents of {year} are asked for: {few}"
            );
            let advice = "name the column of forces, or give populations of your own".into();
            scan.faults.push(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(scan.taken.header));
        } else {
            scan.taken.notes.push(format!("No police force of England and Wales, and so without residents: {few}"));
        }
    }

    fn months(&self, scan: &mut Scan, record: &ByteRecord, line: u64, area: &str) -> Option<u32> {
        if self.document.months.is_some() {
            return self.document.months;
        }
        let text = scan.cell(record, Role::Months);
        let months = self.document.writing.whole("months", &text).map(|(months, met)| {
            scan.meet(met, line);
            months.map(|months| u32::try_from(months).ok().filter(|months| *months > 0))
        });
        match months {
            Ok(None) => None,
            Ok(Some(Some(months))) => Some(months),
            Ok(Some(None)) | Err(_) => {
                let found = format!("{:?} is not a number of months", shortened(trimmed(&text)));
                let advice = "give how many its count covers, 12 for a year".into();
                let fault = Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(line).in_area(area);
                scan.faults.push(fault.in_column(scan.heading(Role::Months)));
                self.without_months.borrow_mut().insert(line);
                None
            }
        }
    }

    /// The row; once there are many faulty ones nothing, as then its faults are noted without it.
    pub(super) fn kept(&self, scan: &mut Scan, row: Given) -> Option<Given> {
        let document = self.document;
        let may_lack = !self.needs_people
            || document.leave_out
            || matches!(document.populations, PopulationSource::Forces(_) | PopulationSource::None);
        let is_lacking = |error: &Error| matches!(error.kind(), ErrorKind::NoPopulation | ErrorKind::ZeroPopulation);
        let of_people = row.population.as_ref().err().filter(|error| !(may_lack && is_lacking(error)));
        if row.count.is_ok() && of_people.is_none() {
            return Some(row);
        }
        self.faulty.set(self.faulty.get() + 1);
        let apart = document.unplaced.iter().chain(&document.left_out).any(|name| row.is_called(name));
        let is_total = !document.with_totals && row.code.as_deref().is_some_and(is_total);
        if self.faulty.get() <= FAULTY || apart || is_total || self.is_unpeopled(row.line) {
            return Some(row);
        }
        let of_people = of_people.cloned();
        let faults = row.count.err().into_iter().chain(of_people);
        scan.faults.extend(faults.map(|fault| fault.at_row(row.line).in_area(&row.area)));
        None
    }

    /// The rows below the header, those of an area added up as they are read where that is asked for; each is shown first.
    pub(super) fn given(&self, mut scan: Scan, mut show: impl FnMut(&Given)) -> Result<(Scan, Vec<Given>), Faults> {
        let counts = scan.column(Role::Count);
        let (mut rows, mut people, mut record) = (Vec::new(), 0, ByteRecord::new());
        let mut sums = self.document.summed.then(|| Sums::new(&scan, Several::Areas));
        while let Some(line) = scan.next(&mut record)? {
            let Some(row) = self.row(&mut scan, &record, line, counts) else { continue };
            show(&row);
            people += row.people();
            match &mut sums {
                Some(sums) => sums.add(&mut scan, row),
                None => rows.extend(self.kept(&mut scan, row)),
            }
            if sums.as_ref().map_or(rows.len(), Sums::len) > self.document.limits.rows {
                return Err(too_many(self.document.limits.rows).into());
            }
        }
        name_the_nameless(&mut scan, &self.nameless(), people);
        let mut rows = match sums {
            Some(sums) => sums.finish(&mut scan),
            None => rows,
        };
        self.tell_region_from_force(&mut scan, &mut rows);
        self.tell_forces(&mut scan);
        Ok((scan, rows))
    }

    /// The rows without a name since the last call.
    pub(super) fn nameless(&self) -> Vec<Nameless> {
        self.nameless.take()
    }
}
