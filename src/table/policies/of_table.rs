//! Policies of a table: how they are asked for, and what they have done.

use super::{
    super::{area::Area, exposure::times, hints::Hints, nouns::Nouns, table::Table},
    decision::{Decision, merged_into},
    policy::{Policy, instead_of},
};
use crate::{
    base::{Result, digits},
    rate::Population,
};

impl Table {
    /// The table with an area taken out of every comparison, numerator and denominator, for a reason that is printed.
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn exclude(self, area: &str, reason: impl Into<String>) -> Result<Self> {
        self.apply(area, Policy::Exclude { reason: reason.into() })
    }

    /// The table with an area added to another, count and population, for a reason that is printed. Alone it takes no part.
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn merge(self, area: &str, into: &str, reason: impl Into<String>) -> Result<Self> {
        self.apply(area, Policy::Merge { into: into.into(), reason: reason.into() })
    }

    /// The table with another population for an area; what it is, and why, is printed.
    ///
    /// # Errors
    /// As [`Table::apply`], and [`ErrorKind::ZeroPopulation`](crate::ErrorKind::ZeroPopulation).
    pub fn with_denominator(self, area: &str, population: u64, what: impl Into<String>) -> Result<Self> {
        let months = self.months(self.index(area)?);
        let population = times(population, months).and_then(Population::new).map_err(|error| error.in_area(area))?;
        self.apply(area, Policy::Denominator { population, what: what.into() })
    }

    /// The table with an area that takes part as it is though its figures may mislead, for a reason that is printed.
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn keep(self, area: &str, reason: impl Into<String>) -> Result<Self> {
        self.apply(area, Policy::Keep { reason: reason.into() })
    }

    /// The table with a policy for an area. The order of several policies makes no difference.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where no area has that name or code, [`ErrorKind::Missing`](crate::ErrorKind::Missing) for an empty reason,
    /// [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) where the area has another policy, and where an area that others are merged into would be
    /// merged itself, given another denominator, or taken for a total or for what is in no area.
    pub fn apply(mut self, area: &str, policy: Policy) -> Result<Self> {
        let decision = Decision::new(&self.areas, &self.policies, area, policy)?;
        let figures = decision.figures(|place| self.figures(place), |place| self.as_given(place))?;
        if let Some((place, (count, people))) = decision.changes().zip(figures) {
            self.replace(place, count, people);
        }
        decision.take(&mut self.policies);
        Ok(self)
    }

    /// Why the area in a place is excluded, where it is.
    pub(crate) fn excluded_for(&self, index: usize) -> Option<&str> {
        match self.by_place().get(&index) {
            Some(Policy::Exclude { reason }) => Some(reason),
            _ => None,
        }
    }

    /// With each area excluded that has a reason, in the order of the table.
    pub(crate) fn excluded_by(self, reasons: impl IntoIterator<Item = Option<String>>) -> Result<Self> {
        let reasons = reasons.into_iter().enumerate().filter_map(|(place, reason)| Some((place, reason?)));
        reasons.into_iter().try_fold(self, |table, (place, reason)| {
            let area = table.areas().get(place).map_or_else(String::new, |area| area.label().to_owned());
            table.exclude(&area, reason)
        })
    }

    /// The areas that are merged into the one in the place `index`.
    pub(crate) fn merged_into(&self, index: usize) -> impl Iterator<Item = &Area> {
        merged_into(&self.areas, &self.policies, index).filter_map(|place| self.areas().get(place))
    }

    /// What is done about areas whose figures mislead, in the order of the table.
    pub fn policies(&self) -> impl Iterator<Item = (&Area, &Policy)> {
        self.by_place().iter().filter_map(|(index, policy)| Some((self.areas().get(*index)?, policy)))
    }

    /// What a policy did to the figures of an area that takes part, in words.
    pub(crate) fn treatment(&self, index: usize) -> Option<String> {
        let own = match self.by_place().get(&index) {
            Some(Policy::Keep { reason }) => Some(format!("kept: {reason}")),
            Some(Policy::Denominator { what, .. }) => Some(format!("population: {what}, {}", self.instead_of(index))),
            _ => None,
        };
        let months = self.short(index).map(|months| format!("months: {months}"));
        let merged: Vec<&str> = self.merged_into(index).map(Area::name).collect();
        let merged = (!merged.is_empty()).then(|| format!("with {}", merged.join(", ")));
        let told: Vec<String> = own.into_iter().chain(months).chain(merged).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// The policy of the area in the place `index`, as it is reported with answers; none for an area that is excluded.
    pub(crate) fn policy_told(&self, index: usize, hints: &Hints) -> Option<String> {
        let (area, policy) = (self.areas().get(index)?, self.by_place().get(&index)?);
        let figures = || {
            let count = self.observation(index)?.known().map(digits::grouped)?;
            Some(format!(" ({count} on {})", Nouns::of(self.basis()).exposed(self.population(index)?)))
        };
        match policy {
            Policy::Total => return self.total_note(index, hints),
            Policy::Unplaced { .. } => return None,
            _ => {}
        }
        let figures = figures().unwrap_or_default();
        policy.told(area, &figures, |population| {
            let people = population.get() / u64::from(self.months(index).get());
            format!("{} {}", digits::grouped(people), self.instead_of(index))
        })
    }

    /// Whether its population is another one than was given.
    pub(crate) fn has_denominator(&self, index: usize) -> bool {
        matches!(self.by_place().get(&index), Some(Policy::Denominator { .. }))
    }

    /// Its own policy and that of every area merged into it, in the same words.
    pub(crate) fn policies_touching(&self, index: usize) -> Vec<String> {
        self.policies_about(index, &Hints::default()).into_iter().chain(self.short_told(index)).collect()
    }

    /// The same but for the months of its figures.
    pub(crate) fn policies_about(&self, index: usize, hints: &Hints) -> Vec<String> {
        let merged = self.merged_into(index).filter_map(|area| self.index(area.label()).ok());
        [index].into_iter().chain(merged).filter_map(|index| self.policy_told(index, hints)).collect()
    }

    /// Such as `instead of 8,700`.
    fn instead_of(&self, index: usize) -> String {
        instead_of(self.in_people(index).and_then(|(_, people)| people))
    }
}
