//! One count of a series: of an area in a period.

use crate::{
    base::Result,
    rate::{Observation, Population, Rate, Reason},
    table::LeftOut,
};

/// What is known of one area in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) count: Observation,
    pub(super) people: Option<u64>,
    /// How many months the count covers.
    pub(super) months: u32,
}

impl Cell {
    /// Of what no row says anything.
    pub(super) const fn nothing(months: u32) -> Self {
        Self { count: Observation::Missing(Reason::NotInTable), people: None, months }
    }

    pub(super) fn rate(&self, person_months: bool) -> Result<Rate, LeftOut> {
        let people = self.people.map(|people| if person_months { self.exposure(people) } else { people });
        LeftOut::or_rate(None, self.count, people)
    }

    /// Whether its count is known, and of a whole period of these months.
    pub(super) fn is_whole(&self, months: u32) -> bool {
        self.months == months && self.count.known().is_some()
    }

    /// Count and person-months of a whole period of these months, where both are known.
    pub(super) fn in_all_months(&self, months: u32) -> Option<(u64, u64)> {
        self.in_months().filter(|_| self.months == months)
    }

    /// Count and person-months, where both are known.
    pub(super) fn in_months(&self) -> Option<(u64, u64)> {
        let people = Population::new(self.people?).ok()?;
        Some((self.count.known()?, self.exposure(people.get())))
    }

    /// Checked where the series is made.
    pub(super) fn exposure(&self, people: u64) -> u64 {
        people.saturating_mul(self.months.into())
    }
}
