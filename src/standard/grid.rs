//! Rows of areas by strata, or by offences, gathered: the one way in for both.
//!
//! Areas are told apart by their codes, or else their names, and what a row has stays in a list of its area, so that a file in which
//! every row has a stratum of its own costs no more than its rows.

use super::{key::Key, row::StratumRow};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::{Observation, Population, Reason},
    table::{Row, Table},
};
use std::collections::{HashMap, HashSet};

/// What columns are: strata, each with people of its own, or offences against the same people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Strata,
    Offences,
}

/// What is known of one area in one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) count: Observation,
    pub(super) people: Population,
}

/// Areas by columns.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Counts and populations of the areas in all columns together.
    pub(super) totals: Table,
    /// The columns by name, in the order in which they were first met.
    pub(super) columns: Vec<String>,
    /// Those of each area of the totals, by column.
    pub(super) cells: Vec<Vec<Cell>>,
}

struct Here {
    row: Row,
    line: u64,
    cells: Vec<Cell>,
    /// What is known of it where it is to be left out, to be held against the columns of the others.
    left_out: Option<Vec<StratumRow>>,
}

impl Kind {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Strata => "stratum",
            Self::Offences => "offence",
        }
    }

    pub(super) fn key(self, label: &str) -> Key {
        match self {
            Self::Strata => Key::of(label),
            Self::Offences => Key::of_offence(label),
        }
    }
}

impl Grid {
    /// Rows, with columns that are known before any of them; every fault, in the order of the rows, where there are any.
    pub(super) fn gather<R: Into<StratumRow>>(
        kind: Kind,
        mut columns: Vec<String>,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, Vec<Error>> {
        let (mut areas, mut errors) = (Vec::<Here>::new(), Vec::new());
        let (mut by_area, mut by_key) = (HashMap::<String, usize>::new(), HashMap::<Key, usize>::new());
        for (column, place) in columns.iter().zip(0..) {
            if by_key.insert(kind.key(column), place).is_some() {
                let kind = ErrorKind::Duplicate { what: kind.noun(), name: column.clone(), first: None };
                return Err(vec![kind.into()]);
            }
        }
        let mut lines = HashMap::<(usize, usize), u64>::new();
        for (row, place) in rows.into_iter().zip(1..) {
            let given: StratumRow = row.into();
            if given.left_out {
                held_back(&mut areas, &mut by_area, given, place);
                continue;
            }
            let StratumRow { area, code, stratum, count, population, line, distinct, .. } = given;
            let (line, name, label) = (line.unwrap_or(place), area.trim(), stratum.trim());
            let mut fault = |error: Error| errors.push(error.at_row(line).in_stratum(label).in_area(name));
            // A range may have been built from its ends.
            let count = count.and_then(|count| match count {
                Observation::Suppressed { at_least, at_most } => Observation::between(at_least, at_most),
                count => Ok(count),
            });
            let (count, people) = match (count, population) {
                (Ok(count), Ok(people)) => (count, people),
                (count, people) => {
                    [count.err(), people.err()].into_iter().flatten().for_each(fault);
                    continue;
                }
            };
            if label.is_empty() {
                let (part, advice) = (kind.noun(), "every row needs one");
                fault(ErrorKind::Missing { whole: "the row", part, advice }.into());
                continue;
            }
            let code = code.filter(|code| !code.trim().is_empty());
            let at = *by_area.entry(code.as_deref().unwrap_or(name).trim().to_owned()).or_insert(areas.len());
            let column = *by_key.entry(kind.key(label)).or_insert(columns.len());
            if column == columns.len() {
                columns.push(label.to_owned());
            }
            if let Some(first) = lines.insert((at, column), line) {
                fault(ErrorKind::Duplicate { what: kind.noun(), name: label.into(), first: Some(first) }.into());
                continue;
            }
            let cell = Cell { column, count, people };
            match areas.get_mut(at) {
                None => {
                    let row = Row::new(name, 0_u64, 1_u64).line(line);
                    let row = code.into_iter().fold(row, Row::code);
                    let row = if distinct { row.distinct() } else { row };
                    areas.push(Here { row, line, cells: vec![cell], left_out: None });
                }
                Some(here) if here.row.name != name => {
                    let (part, expected, found) = ("the name", here.row.name.clone(), name.to_owned());
                    fault(ErrorKind::Mismatch { part, expected, found }.into());
                }
                Some(here) => match here.cells.first().filter(|_| kind == Kind::Offences) {
                    Some(first) if first.people != people => {
                        let (expected, found) = (first.people.to_string(), people.to_string());
                        fault(ErrorKind::Mismatch { part: "population", expected, found }.into());
                    }
                    _ => here.cells.push(cell),
                },
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let column = |row: &StratumRow| by_key.get(&kind.key(row.stratum.trim())).copied();
        for here in &mut areas {
            if let Some(rows) = here.left_out.take() {
                here.cells = sound(kind, rows, columns.len(), column);
                here.row.left_out = here.cells.is_empty();
            }
        }
        Self::summed(kind, areas, columns)
    }

    fn summed(kind: Kind, areas: Vec<Here>, columns: Vec<String>) -> Result<Self, Vec<Error>> {
        let (mut rows, mut cells, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for Here { row, line, cells: mut here, .. } in areas {
            if row.left_out {
                let (count, population) =
                    (Ok(Observation::Missing(Reason::NotAvailable)), Err(ErrorKind::NoPopulation.into()));
                rows.push(Row { count, population, ..row });
                cells.push(here);
                continue;
            }
            here.sort_unstable_by_key(|cell| cell.column);
            let mut fault = |error: Error| errors.push(error.at_row(line).in_area(row.name.clone()));
            if kind == Kind::Strata
                && let Some(absent) = (0..columns.len()).find(|at| here.get(*at).is_none_or(|cell| cell.column != *at))
            {
                let name = columns.get(absent).cloned().unwrap_or_default();
                let (whole, what, others) = ("the area", kind.noun(), "other areas have");
                let advice = "add its row, or merge strata";
                fault(ErrorKind::Lacking { whole, what, name, others, advice }.into());
            }
            let count = here.iter().try_fold(Observation::Known(0), |sum, cell| sum.together(cell.count));
            let people = match kind {
                Kind::Offences => here.first().map(|cell| cell.people),
                Kind::Strata => {
                    let sum = here.iter().try_fold(0_u64, |sum, cell| sum.checked_add(cell.people.get()));
                    sum.and_then(|sum| Population::new(sum).ok())
                }
            };
            match count.zip(people) {
                Some((count, people)) => rows.push(Row { count: Ok(count), population: Ok(people), ..row }),
                None => fault(too_large()),
            }
            cells.push(here);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        match Table::from_rows(rows.clone()) {
            Ok(totals) => Ok(Self { totals, columns, cells }),
            Err(error) if rows.is_empty() => Err(vec![error]),
            Err(_) => Err(Table::check(rows)),
        }
    }
}

/// Keeps a row of an area that is to be left out.
fn held_back(areas: &mut Vec<Here>, by_area: &mut HashMap<String, usize>, given: StratumRow, place: u64) {
    let (line, name) = (given.line.unwrap_or(place), given.area.trim().to_owned());
    let code = given.code.clone().filter(|code| !code.trim().is_empty());
    let at = *by_area.entry(code.as_deref().unwrap_or(&name).trim().to_owned()).or_insert(areas.len());
    if at == areas.len() {
        let row = Row::new(name, 0_u64, 1_u64).line(line);
        let row = code.into_iter().fold(row, Row::code);
        let row = if given.distinct { row.distinct() } else { row };
        areas.push(Here { row, line, cells: Vec::new(), left_out: Some(Vec::new()) });
    }
    if let Some(held) = areas.get_mut(at).and_then(|here| here.left_out.as_mut()) {
        held.push(given);
    }
}

/// The cells of an area that is to be left out, or none where they are not as those of others are.
fn sound(kind: Kind, rows: Vec<StratumRow>, width: usize, column: impl Fn(&StratumRow) -> Option<usize>) -> Vec<Cell> {
    let cell =
        |row: StratumRow| Some(Cell { column: column(&row)?, count: row.count.ok()?, people: row.population.ok()? });
    let cells: Option<Vec<Cell>> = rows.into_iter().map(cell).collect();
    let cells = cells.unwrap_or_default();
    let columns: HashSet<usize> = cells.iter().map(|cell| cell.column).collect();
    let people = cells.first().map(|cell| cell.people);
    let whole = columns.len() == cells.len()
        && match kind {
            Kind::Strata => columns.len() == width,
            Kind::Offences => cells.iter().all(|cell| Some(cell.people) == people),
        };
    if whole { cells } else { Vec::new() }
}

fn too_large() -> Error {
    let (what, advice) = ("the sum of its counts, or of its populations,".into(), "compare smaller areas");
    ErrorKind::TooLarge { what, value: None, most: u64::MAX.into(), advice }.into()
}
