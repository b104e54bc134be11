//! One column of a panel.

use super::panel::Panel;
use crate::{
    base::Result,
    league::{Compare, LeagueTable},
    rate::{Observation, Rate},
    table::{LeftOut, Policy, Table},
};

/// One indicator of a [`Panel`]: its column of the panel, seen as a table.
#[derive(Clone, Copy, Debug)]
pub struct Indicator<'p, 'a> {
    panel: &'p Panel<'a>,
    at: usize,
}

impl<'a> Panel<'a> {
    /// One indicator by its name (or, without names, by its number from 1): a view that allocates nothing.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`](crate::ErrorKind::UnknownName) where there is none.
    pub fn indicator(&self, name: &str) -> Result<Indicator<'_, 'a>> {
        Ok(Indicator::new(self, self.labels.find(name)?))
    }

    /// The indicator in a place, from 0: a view that allocates nothing.
    #[must_use]
    pub fn indicator_at(&self, at: usize) -> Option<Indicator<'_, 'a>> {
        (at < self.indicators()).then_some(Indicator::new(self, at))
    }
}

impl<'p, 'a> Indicator<'p, 'a> {
    pub(crate) const fn new(panel: &'p Panel<'a>, at: usize) -> Self {
        Self { panel, at }
    }

    /// Its place in the panel, from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.at
    }

    /// Its name or, without names, its number from 1.
    #[must_use]
    pub fn label(&self) -> String {
        self.panel.label(self.at)
    }

    /// What is known of the count of an area; `None` beyond the last.
    #[must_use]
    pub fn observation(&self, area: usize) -> Option<Observation> {
        self.panel.observation(area, self.at)
    }

    /// The rate of an area, or why it takes no part; `None` beyond the last.
    #[must_use]
    pub fn rate(&self, area: usize) -> Option<Result<Rate, LeftOut>> {
        self.panel.rate(area, self.at)
    }

    /// The indicator as a table of its own. It shares the areas with the panel.
    #[must_use]
    pub fn table(&self) -> Table {
        let areas = 0..self.panel.len();
        let counts = areas.clone().filter_map(|area| self.observation(area)).collect();
        let populations = areas.map(|area| self.panel.stated_population(area, self.at)).collect();
        let Panel { areas, policies, given, groups, basis, bases, .. } = self.panel;
        let policies = policies.iter().map(|(&area, policy)| match (policy, self.panel.population(area, self.at)) {
            (Policy::Denominator { what, .. }, Some(population)) => {
                (area, Policy::Denominator { population, what: what.clone() })
            }
            _ => (area, policy.clone()),
        });
        let here = given.range((self.at, 0)..=(self.at, usize::MAX));
        let given = here.map(|((_, area), figures)| (*area, *figures)).collect();
        let basis = bases.get(self.at).unwrap_or(basis).clone();
        Table::of_parts(areas.clone(), counts, populations, policies.collect(), given, groups.clone(), basis)
    }

    /// Compares the areas by this indicator, as a [`Table`] does.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>) -> LeagueTable {
        self.table().compare(how)
    }
}
