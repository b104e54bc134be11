//! Panels of tables on the same areas.

use super::{panel::Panel, populations::Populations, status::CellStatus};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::Observation,
    table::{Area, Table},
};
use ndarray::Array2;
use std::collections::BTreeMap;

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
    /// another denominator.
    pub fn from_tables<'t, N: Into<String>>(tables: impl IntoIterator<Item = (N, &'t Table)>) -> Result<Self> {
        let (names, tables): (Vec<String>, Vec<&Table>) =
            tables.into_iter().map(|(name, table)| (name.into(), table)).unzip();
        let first = *tables.first().ok_or_else(|| Error::from(ErrorKind::NoRows))?;
        let shape = (first.len(), tables.len());
        let (mut counts, mut people, mut mask) = (Array2::zeros(shape), Array2::zeros(shape), Array2::zeros(shape));
        let (mut at_most, mut given) = (BTreeMap::new(), BTreeMap::new());
        let policies = first.by_place();
        for (at, (table, name)) in tables.iter().zip(&names).enumerate() {
            if table.len() != first.len() {
                let odd = |one: &'t Table, other: &Table| {
                    one.areas().iter().find(|area| other.find(area.name()).is_none()).map(Area::name)
                };
                let odd = odd(table, first).or_else(|| odd(first, table)).unwrap_or_default();
                return Err(Error::from(ErrorKind::TablesDiffer { what: "areas" }).in_area(odd).in_indicator(name));
            }
            for (index, area) in first.areas().iter().enumerate() {
                let other = |what| {
                    let error = Error::from(ErrorKind::TablesDiffer { what });
                    error.in_area(area.name()).in_indicator(name)
                };
                let row = table.find(area.name()).ok_or_else(|| other("areas"))?;
                let cell = (index, at);
                let observation = table.observation(row).unwrap_or(Observation::Known(0));
                let stated = table.stated_population(row);
                let figures = (counts.get_mut(cell), people.get_mut(cell), mask.get_mut(cell));
                if let (Some(count), Some(population), Some(code)) = figures {
                    *count = observation.known().unwrap_or(0);
                    *population = stated.unwrap_or(0);
                    *code = CellStatus::of(observation).code()
                        + if stated.is_none() { CellStatus::NoPopulation.code() } else { 0 };
                }
                if let Observation::Suppressed { at_most: Some(most), .. } = observation {
                    at_most.insert(cell, most);
                }
                given.extend(table.given().get(&row).map(|figures| ((at, index), *figures)));
                let same = match (table.by_place().get(&row), policies.get(&index)) {
                    (Some(here), Some(there)) => here.is_like(there),
                    (here, there) => here.is_none() && there.is_none(),
                };
                if !same {
                    return Err(other("policies"));
                }
            }
        }
        let same = people.outer_iter().all(|row| row.iter().all(|people| row.first() == Some(people)));
        let populations = match same {
            true => Populations::from(people.column(0).to_owned()),
            false => Populations::by_period(people, 0..tables.len()),
        };
        let known = mask.iter().all(|code| *code == 0);
        let panel = Self {
            mask: (!known).then(|| mask.into()),
            ..Self::of_areas(first.shared_areas(), counts.into(), populations)?
        };
        let (policies, groups) = (policies.clone(), first.groupings().clone());
        let basis = tables.iter().fold(first.basis().clone(), |basis, table| basis.common(table.basis()));
        let same = tables.iter().all(|table| *table.basis() == basis);
        let bases = if same { Vec::new() } else { tables.iter().map(|table| table.basis().clone()).collect() };
        let panel = Self { at_most, policies, given, groups, basis, bases, ..panel };
        panel.with_stated_zeros().with_indicators(names)
    }
}
