use super::Panel;
use crate::{Compare, LeagueTable, LeftOut, Observation, Rate, Result, Table};

/// One indicator of a [`Panel`]: its column of the panel, seen as a table.
#[derive(Clone, Copy, Debug)]
pub struct Indicator<'p, 'a> {
    panel: &'p Panel<'a>,
    at: usize,
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
        let Panel { areas, excluded, basis, .. } = self.panel;
        Table::of_parts(areas.clone(), counts, populations, excluded.clone(), basis.clone())
    }

    /// Compares the areas by this indicator, as a [`Table`] does.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>) -> LeagueTable {
        self.table().compare(how)
    }
}
