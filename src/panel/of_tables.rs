//! Panels of tables, on the same areas or on those of all together.

use super::{panel::Panel, policies::not_in_average, populations::Populations, status::CellStatus};
use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Observation, Reason},
    table::{Area, Areas, Basis, Given, Groupings, Policy, Table},
};
use ndarray::Array2;
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

impl Panel<'_> {
    /// A panel of tables on the same areas, each an indicator by its name. Areas are matched by code or else by name, in any
    /// order; counts that are not known, populations of each table, and policies are kept. Peer groups are those of the first table. The
    /// basis is what all tables have in common; each indicator keeps its own.
    ///
    /// ```
    /// use crimerate::{Panel, Table};
    ///
    /// let burglary = Table::from_rows([("A", 30, 1_000), ("B", 10, 2_000)])?;
    /// let robbery = Table::from_rows([("B", 9, 2_000), ("A", 4, 1_000)])?;
    /// let panel = Panel::from_tables([("burglary", &burglary), ("robbery", &robbery)])?;
    /// assert_eq!(panel.indicator("robbery")?.rate(0), Some(Ok(crimerate::Rate::new(4, 1_000)?)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] without a table, [`ErrorKind::Duplicate`], [`ErrorKind::Conflict`], with area and indicator, where a table has other
    /// areas than the first, or excludes others, or has other policies than the first but for the populations of
    /// another denominator, for a count in no area that is to be in the pooled average, and for rounded counts. [`Panel::union_of_tables`] takes tables on other areas.
    pub fn from_tables<'t, N: Into<String>>(tables: impl IntoIterator<Item = (N, &'t Table)>) -> Result<Self> {
        let tables = Named::new(tables);
        let first = tables.first()?;
        let (areas, mut rows) = (first.shared_areas(), Vec::new());
        for (table, name) in tables.iter() {
            let places = places_in(&areas, table);
            let found = rows_of(&places, first.len());
            let lacks = without(&found, first.areas());
            let beyond = without(&places, table.areas());
            if let Some(area) = lacks.first().or(beyond.first()) {
                let named = |what, areas: &[&Area]| {
                    let labels: Vec<&str> = areas.iter().map(|area| area.label()).collect();
                    (!labels.is_empty()).then(|| format!("{} {what}", words::few(&labels)))
                };
                let both = [named("missing", &lacks), named("of this one alone", &beyond)];
                let how = both.into_iter().flatten().collect::<Vec<_>>().join("; ");
                let how = format!("{how}; a union of the tables takes the areas of all");
                return Err(differ("areas", &how, area, name));
            }
            rows.push(found);
        }
        tables.panel(areas, &rows, first.groupings().clone())
    }

    /// A panel of tables, each an indicator by its name, on the areas of all of them: those of the first table in its order, then
    /// those that only the second has, and so on. It is as [`Panel::from_tables`] makes it, but a cell whose area the table does not
    /// have has neither count nor population, so that it leaves the numerator and the denominator of every average together, and
    /// its reason is that it is not in the table.
    ///
    /// ```
    /// use crimerate::{Average, LeftOut, Measure, Panel, Per, Table};
    ///
    /// let burglary = Table::from_rows([("A", 30, 1_000), ("B", 10, 2_000)])?;
    /// let robbery = Table::from_rows([("C", 9, 3_000), ("A", 4, 1_000)])?;
    /// let panel = Panel::union_of_tables([("burglary", &burglary), ("robbery", &robbery)])?;
    /// assert_eq!(panel.areas().iter().map(|area| area.name()).collect::<Vec<_>>(), ["A", "B", "C"]);
    /// assert_eq!(panel.rate(1, 1), Some(Err(LeftOut::NotInTable)));
    /// let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    /// assert_eq!(figures.averages()[1], 1_000.0 * 13.0 / 4_000.0);
    /// assert_eq!(figures.notes()[1].text(), "Left out, numerator and denominator together: 2 cells, not in the table.");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] without a table; [`ErrorKind::Duplicate`], with area and indicator, where one table has two areas for one of
    /// another; [`ErrorKind::Conflict`] as [`Panel::from_tables`], and where tables have other policies for an area that they both have, or one
    /// merges an area that another does not have: its figures would be of less than the merged area.
    pub fn union_of_tables<'t, N: Into<String>>(tables: impl IntoIterator<Item = (N, &'t Table)>) -> Result<Self> {
        let tables = Named::new(tables);
        let (first, mut areas, mut places) = (tables.first()?, Areas::default(), Vec::new());
        for (table, name) in tables.iter() {
            let mut found = places_in(&areas, table);
            for (area, place) in table.areas().iter().zip(&mut found).filter(|(_, place)| place.is_none()) {
                *place = Some(areas.list().len());
                if let Some(ErrorKind::Duplicate { what, name: text, .. }) =
                    areas.push(area.clone(), 0).into_iter().next()
                {
                    let twice = Error::from(ErrorKind::Duplicate { what, name: text, first: None });
                    return Err(twice.in_area(area.label()).in_indicator(name));
                }
            }
            places.push(found);
        }
        let rows: Vec<_> = places.iter().map(|places| rows_of(places, areas.list().len())).collect();
        let mut groups = Groupings::default();
        first.groupings().given().into_iter().try_for_each(|given| groups.push(given, &areas))?;
        tables.panel(Arc::new(areas), &rows, groups)
    }
}

/// What to do about policies that differ.
const ALIKE: &str = "treat the area alike in all tables";

/// For each row of a table its place among other areas: by its code or else by its name.
fn places_in(areas: &Areas, table: &Table) -> Vec<Option<usize>> {
    let by_code = |area: &Area| areas.of_code(area.code()?);
    let mut found: Vec<Option<usize>> = table.areas().iter().map(by_code).collect();
    let mut taken: HashSet<usize> = found.iter().flatten().copied().collect();
    for (area, place) in table.areas().iter().zip(&mut found).filter(|(_, place)| place.is_none()) {
        *place = areas.of_name(area.name()).filter(|place| taken.insert(*place));
    }
    found
}

/// For each of as many places the row that is in it.
fn rows_of(places: &[Option<usize>], number: usize) -> Vec<Option<usize>> {
    let mut rows = vec![None; number];
    for (row, place) in places.iter().enumerate() {
        if let Some(to) = place.and_then(|place| rows.get_mut(place)) {
            *to = Some(row);
        }
    }
    rows
}

/// The areas that have no place.
fn without<'a>(places: &[Option<usize>], areas: &'a [Area]) -> Vec<&'a Area> {
    areas.iter().zip(places).filter(|(_, place)| place.is_none()).map(|(area, _)| area).collect()
}

fn differ(what: &str, how: &str, area: &Area, indicator: &str) -> Error {
    let (what, why) = ("in a panel with the first indicator".to_owned(), format!("the {what} differ: {how}"));
    Error::from(ErrorKind::Conflict { what, why }).in_area(area.label()).in_indicator(indicator)
}

/// Tables and the names of their indicators.
struct Named<'t> {
    names: Vec<String>,
    tables: Vec<&'t Table>,
}

impl<'t> Named<'t> {
    fn new<N: Into<String>>(tables: impl IntoIterator<Item = (N, &'t Table)>) -> Self {
        let (names, tables) = tables.into_iter().map(|(name, table)| (name.into(), table)).unzip();
        Self { names, tables }
    }

    fn first(&self) -> Result<&'t Table> {
        self.tables.first().copied().ok_or_else(|| ErrorKind::NoRows.into())
    }

    fn iter(&self) -> impl Iterator<Item = (&'t Table, &str)> {
        self.tables.iter().copied().zip(self.names.iter().map(String::as_str))
    }

    /// The panel on these areas, given for each table the rows that they have in it.
    fn panel<'a>(&self, areas: Arc<Areas>, rows: &[Vec<Option<usize>>], groups: Groupings) -> Result<Panel<'a>> {
        if let Some((_, name)) = self.iter().find(|(table, _)| table.rounding().is_some()) {
            let (what, why) =
                ("in a panel".into(), "its counts are rounded, and a panel takes counts as they are".into());
            return Err(Error::from(ErrorKind::Conflict { what, why }).in_indicator(name));
        }
        let shape = (areas.list().len(), self.tables.len());
        let (mut counts, mut people, mut mask) = (Array2::zeros(shape), Array2::zeros(shape), Array2::zeros(shape));
        let (mut ends, mut given, mut policies) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (index, area) in areas.list().iter().enumerate() {
            let rows: Vec<Option<usize>> = rows.iter().map(|rows| rows.get(index).copied().flatten()).collect();
            let Decided { policy, people: known } = self.decided(area, &rows)?;
            for ((at, table), row) in self.tables.iter().enumerate().zip(rows) {
                let (count, stated) = row.and_then(|row| table.figures(row)).unwrap_or_else(|| {
                    let absent = Observation::Missing(Reason::NotInTable);
                    let Some(Policy::Denominator { population, .. }) = policy else { return (absent, None) };
                    given.insert((at, index), (absent, None));
                    (absent, Some(population.get()))
                });
                let before: Option<Given> = row.and_then(|row| table.given().get(&row).copied());
                given.extend(before.map(|figures| ((at, index), figures)));
                let cell = (index, at);
                let figures = (counts.get_mut(cell), people.get_mut(cell), mask.get_mut(cell));
                if let (Some(to), Some(population), Some(code)) = figures {
                    *to = count.known().unwrap_or(0);
                    *population = stated.or(known.filter(|_| row.is_none())).unwrap_or(0);
                    *code = CellStatus::of(count).code() | CellStatus::of_population(stated);
                }
                if let Observation::Suppressed { at_least, at_most } = count {
                    ends.insert(cell, (at_least, at_most));
                }
            }
            policies.extend(policy.map(|policy| (index, policy.clone())));
        }
        let populations = Populations::where_they_differ(people, 0..self.tables.len());
        let known = mask.iter().all(|code| *code == 0);
        let panel = Panel::of_areas(areas, counts.into(), populations)?;
        let (basis, bases) = self.basis();
        let mask = (!known).then(|| mask.into());
        let panel = Panel { mask, ends, policies, given, groups, basis, bases, ..panel };
        panel.with_indicators(self.names.iter().cloned())
    }

    /// What the tables that have an area agree on, from where each has it.
    fn decided(&self, area: &Area, rows: &[Option<usize>]) -> Result<Decided<'t>> {
        let mut found: Option<Decided<'t>> = None;
        let mut absent = None;
        for ((table, name), row) in self.iter().zip(rows) {
            let Some(row) = row else {
                absent = absent.or(Some(name));
                continue;
            };
            let (policy, people) = (table.by_place().get(row), table.stated_population(*row));
            let here = found.get_or_insert(Decided { policy, people });
            let same = match (here.policy, policy) {
                (Some(here), Some(there)) => here.is_like(there),
                (here, there) => here.is_none() && there.is_none(),
            };
            if !same {
                return Err(differ("policies", ALIKE, area, name));
            }
        }
        let found = found.unwrap_or(Decided { policy: None, people: None });
        match (found.policy, absent) {
            (Some(Policy::Merge { .. }), Some(name)) => Err(differ("policies", ALIKE, area, name)),
            (Some(Policy::Unplaced { in_average: true }), _) => Err(not_in_average().in_area(area.label())),
            _ => Ok(found),
        }
    }

    /// What the tables rest on together, and each, where they differ.
    fn basis(&self) -> (Basis, Vec<Basis>) {
        let mut each = self.tables.iter().map(|table| table.basis());
        let first = each.next().cloned().unwrap_or_default();
        let basis = each.fold(first, |basis, other| basis.common(other));
        let same = self.tables.iter().all(|table| *table.basis() == basis);
        let bases = if same { Vec::new() } else { self.tables.iter().map(|table| table.basis().clone()).collect() };
        (basis, bases)
    }
}

/// What is done about an area, and a population of it. Where a table does not have the area this one stands in the array though it
/// is not given, so that one population for all indicators is held once.
struct Decided<'t> {
    policy: Option<&'t Policy>,
    people: Option<u64>,
}
