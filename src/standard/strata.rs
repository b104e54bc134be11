//! The counts and populations of areas by strata.

use super::{
    families::{called_total, families, overlapping},
    grid::{Cell, Grid, Kind},
    key::Key,
    row::StratumRow,
    together::{self, AreaCells, Sum},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, nearest, same_length},
    rate::{Observation, Population, Rate},
    table::{Area, Basis, LeftOut, Table, of_areas},
};
use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

/// The counts and populations of areas by strata: age bands, sex, kinds of places, or several of them in one label.
///
/// Every area has every stratum, matched by name and never by place; a missing one is refused with the area and the stratum, and so is
/// a stratum without people. A count that is not known is no zero: its area has no standardised rate, and answers say why.
///
/// ```
/// use crimerate::standard::{Strata, StratumRow};
///
/// let rows = [("Kent", "0-15", 20, 40_000), ("Kent", "16+", 90, 60_000), ("Essex", "16+", 80, 70_000), ("Essex", "0 to 15", 9, 30_000)];
/// let strata = Strata::from_rows(rows)?;
/// assert_eq!(strata.labels(), ["0-15", "16+"]);
/// assert_eq!(strata.table().rate(1).unwrap().unwrap().count(), 89);
/// let error = Strata::from_rows(rows[..3].to_vec()).unwrap_err().to_string();
/// assert_eq!(error, "Essex: row 3: the area has no stratum \"0-15\", which other areas have: add its row, or merge strata");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Strata {
    totals: Table,
    labels: Vec<String>,
    /// Those of each area in the order of the labels; none of one that was left out before they were looked at.
    cells: Vec<Vec<(Observation, Population)>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Strata")]
struct Parts {
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    basis: Basis,
    strata: Vec<String>,
    areas: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    counts: Vec<Observation>,
    populations: Vec<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<String>,
}

of_areas!(Strata by totals);

impl Strata {
    /// Strata of rows, such as `("Kent", "0-4", 12, 98_000)`, in any order.
    ///
    /// # Errors
    /// The first of what [`Strata::check`] finds.
    pub fn from_rows<R: Into<StratumRow>>(rows: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::gather(Vec::new(), rows).map_err(first)
    }

    /// Every fault at once: rows first, in their order, then what areas lack. A fault is a stratum that stands twice in an area, or
    /// is missing from one, or has no people; a count that is none, or is not of twelve months; what [`Table::check`] finds in names and
    /// codes; and people who would be counted twice, in bands of ages that overlap, or in a stratum that is the total of the others or of a run of them.
    pub fn check<R: Into<StratumRow>>(rows: impl IntoIterator<Item = R>) -> Vec<Error> {
        Self::gather(Vec::new(), rows).err().unwrap_or_default()
    }

    /// Strata of arrays, areas by strata.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] where an array has another shape than the names, else as [`Strata::from_rows`], rows being counted area
    /// by area.
    pub fn from_arrays<A: Into<String>, S: Into<String>>(
        areas: impl IntoIterator<Item = A>,
        strata: impl IntoIterator<Item = S>,
        counts: ArrayView2<'_, u64>,
        populations: ArrayView2<'_, u64>,
    ) -> Result<Self> {
        let areas: Vec<String> = areas.into_iter().map(Into::into).collect();
        let strata: Vec<String> = strata.into_iter().map(Into::into).collect();
        let (axes, expected) = ("areas x strata", vec![areas.len(), strata.len()]);
        for (what, found) in [("the counts", counts.shape()), ("the populations", populations.shape())] {
            if found != expected {
                return Err(ErrorKind::ShapesDiffer { what, axes, expected, found: found.to_vec() }.into());
            }
        }
        let names = areas.iter().flat_map(|area| strata.iter().map(move |stratum| (area, stratum)));
        let figures = counts.iter().zip(populations);
        Self::from_rows(names.zip(figures).map(|((area, stratum), (count, people))| {
            StratumRow::new(area.as_str(), stratum.as_str(), *count, *people)
        }))
    }

    fn gather<R: Into<StratumRow>>(labels: Vec<String>, rows: impl IntoIterator<Item = R>) -> Result<Self, Vec<Error>> {
        let Grid { totals, columns, cells } = Grid::gather(Kind::Strata, labels, rows)?;
        let figures = |here: Vec<Cell>| here.into_iter().map(|Cell { count, people, .. }| (count, people)).collect();
        let cells = cells.into_iter().map(figures).collect();
        let strata = Self { totals, labels: columns, cells };
        match strata.counted_twice() {
            Some(error) => Err(vec![error]),
            None => Ok(strata),
        }
    }

    /// What is wrong where people are in two strata: bands of ages that overlap, a stratum that is all the others together, or one that is called so.
    /// Strata of several columns are looked at column by column.
    fn counted_twice(&self) -> Option<Error> {
        let keys: Vec<Key> = self.labels.iter().map(|label| Key::of(label)).collect();
        let families = families(&keys);
        let label = |place: usize| self.labels.get(place).map_or("", String::as_str);
        if let Some([one, other]) = families.iter().find_map(|family| overlapping(&keys, family)) {
            let found = format!("it shares people with the stratum {:?}, so they would be counted twice", label(other));
            let kind = ErrorKind::NotAsPublished { found, advice: "take bands of ages that do not overlap".into() };
            return Some(Error::from(kind).in_stratum(label(one)));
        }
        let totals = families.iter().flat_map(|family| family.iter().map(move |place| (*place, family)));
        if let Some((total, family)) = totals.into_iter().find(|(total, family)| self.is_total(*total, family)) {
            let others = match family.len() == self.labels.len() {
                true => "all other strata".to_owned(),
                false => self.named(family.iter().filter(|place| **place != total)),
            };
            let found = format!("in every area it has the count and the population of {others} together");
            let advice = "a total counts everyone twice: leave its rows out".into();
            return Some(Error::from(ErrorKind::NotAsPublished { found, advice }).in_stratum(label(total)));
        }
        let figures: Vec<&AreaCells> = self.cells.iter().map(Vec::as_slice).filter(|cells| !cells.is_empty()).collect();
        if let Some(Sum { total, parts, agree, areas }) = together::found(&figures, &families) {
            let which = if agree == areas {
                "every area".to_owned()
            } else {
                format!("{} of {} areas", digits::grouped(agree as u64), digits::grouped(areas as u64))
            };
            let found = format!("in {which} it has the count and the population of {} together", self.named(&parts));
            let advice = "a total counts its people twice: leave its rows out".into();
            return Some(Error::from(ErrorKind::NotAsPublished { found, advice }).in_stratum(label(total)));
        }
        let (total, others) = called_total(&keys)?;
        let index = (0..self.len()).find(|index| !self.of(*index).is_empty())?;
        let people = |place: &usize| self.of(index).get(*place).map_or(0, |(_, people)| u128::from(people.get()));
        let found = format!(
            "it is called a total, and has {} people where {} have {} together",
            digits::grouped(people(&total)),
            self.named(&others),
            digits::grouped(others.iter().map(people).sum::<u128>()),
        );
        let advice =
            "a total counts everyone twice: leave its rows out, or call it something else if it is none".into();
        let error = Error::from(ErrorKind::NotAsPublished { found, advice }).in_stratum(label(total));
        Some(error.in_area(self.areas().get(index).map_or("", Area::label)))
    }

    /// Strata by name, up to five of them.
    fn named<'a>(&self, places: impl IntoIterator<Item = &'a usize>) -> String {
        const NAMED: usize = 5;
        let names: Vec<String> =
            places.into_iter().filter_map(|place| self.labels.get(*place)).map(|name| format!("{name:?}")).collect();
        match names.split_last() {
            Some((last, [first @ .., before])) if names.len() <= NAMED => {
                first.iter().map(|name| format!("{name}, ")).collect::<String>() + &format!("{before} and {last}")
            }
            Some((only, [])) => only.clone(),
            _ => format!("{} others", digits::grouped(names.len() as u128)),
        }
    }

    /// Whether a stratum has what all the others of its family have together, and two areas with counts show it.
    fn is_total(&self, column: usize, family: &[usize]) -> bool {
        if family.len() < 3 {
            return false;
        }
        let mut shown = 0;
        for index in (0..self.len()).filter(|index| !self.of(*index).is_empty()) {
            let Some((own, people)) = self.of(index).get(column) else { return false };
            let others = || family.iter().filter(|at| **at != column).filter_map(|at| self.of(index).get(*at));
            if others().map(|(_, people)| u128::from(people.get())).sum::<u128>() != u128::from(people.get()) {
                return false;
            }
            let known = others().map(|(count, _)| count.known().map(u128::from)).sum::<Option<u128>>();
            match known.zip(own.known()) {
                Some((others, own)) if others != u128::from(own) => return false,
                Some((_, 1..)) => shown += 1,
                _ => {}
            }
        }
        shown > 1
    }

    /// The strata, as they were first spelt.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The table of all strata together: what crude rates are of.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.totals
    }

    /// Count and population of an area, by its name or code, in a stratum, however it is spelt.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] and [`ErrorKind::UnknownName`] where there is none.
    pub fn cell(&self, area: &str, stratum: &str) -> Result<(Observation, Population)> {
        let (index, key) = (self.totals.index(area)?, Key::of(stratum));
        let column = self.labels.iter().position(|label| Key::of(label) == key);
        column.and_then(|column| self.of(index).get(column).copied()).ok_or_else(|| {
            let nearest = nearest(stratum, self.labels.iter().map(String::as_str)).map(Into::into);
            ErrorKind::UnknownName { what: "stratum", name: stratum.into(), nearest }.into()
        })
    }

    /// Those of the area in a place, stratum by stratum.
    pub(crate) fn of(&self, index: usize) -> &[(Observation, Population)] {
        self.cells.get(index).map_or(&[], Vec::as_slice)
    }

    /// The same people with other counts, those of each area in the order of the labels, one area after the other.
    pub(crate) fn with_counts(&self, counts: Vec<Observation>) -> Result<Self> {
        let Parts { basis, strata, areas } = self.clone().into();
        let mut counts = counts.into_iter();
        let with = |part: Part| {
            let own = counts.by_ref().take(strata.len()).collect();
            if part.populations.is_empty() { part } else { Part { counts: own, ..part } }
        };
        let areas = areas.into_iter().map(with).collect();
        Parts { basis, strata, areas }.try_into()
    }

    /// An area that is others together in its strata.
    pub(crate) fn perhaps_sum(&self) -> Option<Sum> {
        together::area(&self.totals, self.labels.len(), |area, stratum| self.of(area).get(stratum).copied())
    }

    /// What an answer has for an area by its name or code; the reason where it has nothing.
    pub(super) fn found<T>(&self, area: &str, outcome: impl Fn(usize) -> Option<Result<T, LeftOut>>) -> Result<T> {
        found(&self.totals, area, outcome)
    }

    /// The crude rate of the area in a place, or why it takes no part; `None` beyond the last.
    pub(crate) fn outcome(&self, index: usize) -> Option<Result<Rate, LeftOut>> {
        Some(self.totals.rate(index)?.map_err(|left_out| match left_out {
            LeftOut::NotKnown(_) => {
                let mut parts = self.labels.iter().zip(self.of(index));
                let unknown = parts.find(|(_, (count, _))| count.known().is_none());
                let part =
                    unknown.map(|(part, (count, _))| LeftOut::PartNotKnown { part: part.clone(), count: *count });
                part.unwrap_or(left_out)
            }
            other => other,
        }))
    }
}

/// The first fault.
pub(super) fn first(errors: Vec<Error>) -> Error {
    errors.into_iter().next().unwrap_or_else(|| ErrorKind::NoRows.into())
}

/// What an answer has for an area of a table by its name or code; the reason where it has nothing.
pub(super) fn found<T>(table: &Table, area: &str, outcome: impl Fn(usize) -> Option<Result<T, LeftOut>>) -> Result<T> {
    let index = table.index(area)?;
    let found = outcome(index).ok_or_else(|| table.unknown(area))?;
    found.map_err(|why| {
        let label = table.areas().get(index).map_or(area, Area::label);
        Error::from(ErrorKind::LeftOut { reason: why.to_string() }).in_area(label)
    })
}

impl TryFrom<Parts> for Strata {
    type Error = Error;

    fn try_from(Parts { basis, strata, areas }: Parts) -> Result<Self> {
        let mut rows = Vec::new();
        for Part { area, code, counts, populations, excluded } in &areas {
            if excluded.is_some() && counts.is_empty() && populations.is_empty() {
                rows.push(StratumRow::nothing(area, code.as_ref()));
                continue;
            }
            same_length(strata.len(), [("counts", counts.len()), ("populations", populations.len())])
                .map_err(|error| error.in_area(area.as_str()))?;
            for (stratum, (count, people)) in strata.iter().zip(counts.iter().zip(populations)) {
                let row = StratumRow::new(area.as_str(), stratum.as_str(), *count, *people).distinct();
                rows.push(code.iter().cloned().fold(row, StratumRow::code));
            }
        }
        let read = Self::gather(strata, rows).map_err(first)?;
        let totals = read.totals.with_basis(basis).excluded_by(areas.into_iter().map(|part| part.excluded))?;
        Ok(Self { totals, ..read })
    }
}

impl From<Strata> for Parts {
    fn from(strata: Strata) -> Self {
        let areas = strata.areas().iter().enumerate().map(|(place, area)| Part {
            area: area.name().into(),
            code: area.code().map(Into::into),
            counts: strata.of(place).iter().map(|(count, _)| *count).collect(),
            populations: strata.of(place).iter().map(|(_, people)| people.get()).collect(),
            excluded: strata.totals.excluded_for(place).map(Into::into),
        });
        Self { areas: areas.collect(), basis: strata.basis().clone(), strata: strata.labels }
    }
}
