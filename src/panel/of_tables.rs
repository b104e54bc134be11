//! Panels of tables, on the same areas or on those of all together.

use super::{panel::Panel, populations::Populations, status::CellStatus};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::{Observation, Reason},
    table::{Area, Areas, Basis, Given, Groupings, Policy, Table},
};
use ndarray::Array2;
use std::{collections::BTreeMap, sync::Arc};

impl Panel<'_> {
    /// A panel of tables on the same areas, each an indicator by its name. Areas are matched by name, in any order; counts
    /// that are not known, populations of each table, and policies are kept. Peer groups are those of the first table. The
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
    /// [`ErrorKind::NoRows`] without a table, [`ErrorKind::Duplicate`], [`ErrorKind::TablesDiffer`], with area and indicator, where a table has other
    /// areas than the first, or excludes others, or has other policies than the first but for the populations of
    /// another denominator. [`Panel::union_of_tables`] takes tables on other areas.
    pub fn from_tables<'t, N: Into<String>>(tables: impl IntoIterator<Item = (N, &'t Table)>) -> Result<Self> {
        let tables = Named::new(tables);
        let first = tables.first()?;
        let has = |table: &Table, area: &&Area| row(table, area).is_some();
        for (table, name) in tables.iter() {
            let beyond = || table.areas().iter().find(|area| !has(first, area));
            if let Some(area) = first.areas().iter().find(|area| !has(table, area)).or_else(beyond) {
                return Err(differ("areas", area, name));
            }
        }
        tables.panel(first.shared_areas(), first.groupings().clone())
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
    /// [`ErrorKind::NoRows`] without a table; [`ErrorKind::Duplicate`], with area and indicator, where a code stands by another name
    /// in an earlier table; [`ErrorKind::TablesDiffer`] where tables have other policies for an area that they both have, or one
    /// merges an area that another does not have: its figures would be of less than the merged area.
    pub fn union_of_tables<'t, N: Into<String>>(tables: impl IntoIterator<Item = (N, &'t Table)>) -> Result<Self> {
        let tables = Named::new(tables);
        let (first, mut areas) = (tables.first()?, Areas::default());
        for (table, name) in tables.iter() {
            for area in table.areas() {
                if let Some(ErrorKind::Duplicate { what: what @ "code", name: code, .. }) =
                    areas.push(area.clone(), 0).into_iter().next()
                {
                    let twice = Error::from(ErrorKind::Duplicate { what, name: code, first: None });
                    return Err(twice.in_area(area.name()).in_indicator(name));
                }
            }
        }
        let mut groups = Groupings::default();
        first.groupings().given().into_iter().try_for_each(|given| groups.push(given, &areas))?;
        tables.panel(Arc::new(areas), groups)
    }
}

/// The place of the area of this name.
fn row(table: &Table, area: &Area) -> Option<usize> {
    let is_it = |row: &usize| table.areas().get(*row).is_some_and(|found| found.name() == area.name());
    table.find(area.name()).filter(is_it)
}

fn differ(what: &'static str, area: &Area, indicator: &str) -> Error {
    Error::from(ErrorKind::TablesDiffer { what }).in_area(area.name()).in_indicator(indicator)
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

    /// The panel on these areas, among which are those of every table.
    fn panel<'a>(&self, areas: Arc<Areas>, groups: Groupings) -> Result<Panel<'a>> {
        let shape = (areas.list().len(), self.tables.len());
        let (mut counts, mut people, mut mask) = (Array2::zeros(shape), Array2::zeros(shape), Array2::zeros(shape));
        let (mut at_most, mut given, mut policies) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (index, area) in areas.list().iter().enumerate() {
            let rows: Vec<Option<usize>> = self.tables.iter().map(|table| row(table, area)).collect();
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
                if let Observation::Suppressed { at_most: Some(most) } = count {
                    at_most.insert(cell, most);
                }
            }
            policies.extend(policy.map(|policy| (index, policy.clone())));
        }
        let populations = Populations::where_they_differ(people, 0..self.tables.len());
        let known = mask.iter().all(|code| *code == 0);
        let panel = Panel::of_areas(areas, counts.into(), populations)?;
        let (basis, bases) = self.basis();
        let mask = (!known).then(|| mask.into());
        let panel = Panel { mask, at_most, policies, given, groups, basis, bases, ..panel };
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
                return Err(differ("policies", area, name));
            }
        }
        let found = found.unwrap_or(Decided { policy: None, people: None });
        match (found.policy, absent) {
            (Some(Policy::Merge { .. }), Some(name)) => Err(differ("policies", area, name)),
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
