//! What is done about areas whose figures mislead.

use super::{
    area::Area,
    policy::Policy,
    table::{Given, Table, times},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, words},
    rate::{Observation, Population},
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
    /// As [`Table::apply`], and [`ErrorKind::ZeroPopulation`].
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
    /// [`ErrorKind::UnknownArea`] where no area has that name or code, [`ErrorKind::Missing`] for an empty reason,
    /// [`ErrorKind::Conflict`] where the area has another policy, and where an area that others are merged into would be
    /// merged itself or given another denominator.
    pub fn apply(mut self, area: &str, mut policy: Policy) -> Result<Self> {
        let index = self.index(area)?;
        let name = |index: usize| self.areas().get(index).map_or("", Area::name);
        let here = name(index).to_owned();
        if policy.reason().trim().is_empty() {
            return Err(Policy::without_reason().in_area(here));
        }
        if let (Policy::Unplaced { .. }, Some(people @ 1..)) = (&policy, self.stated_population(index)) {
            let (what, people) = ("in no area".into(), digits::grouped(people));
            let why = format!("it has a population of {people}: exclude it, or take it for a total");
            return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(here));
        }
        let mut target = None;
        if let Policy::Merge { into, .. } = &mut policy {
            let found = self.index(into).map_err(|error| error.in_area(&here))?;
            *into = name(found).to_owned();
            target = Some(found);
        }
        let refused = |why: String| {
            let (what, why) = (words::one_line(&policy.done()), words::one_line(&why));
            Err(Error::from(ErrorKind::Conflict { what, why }).in_area(&here))
        };
        match (self.by_place().get(&index), &policy) {
            (None, _)
            | (Some(Policy::Exclude { .. }), Policy::Exclude { .. })
            | (Some(Policy::Keep { .. }), Policy::Keep { .. })
            | (Some(Policy::Total), Policy::Total)
            | (Some(Policy::Unplaced { .. }), Policy::Unplaced { .. }) => {}
            (Some(other), _) => return refused(format!("it is {} already", other.done())),
        }
        if !matches!(policy, Policy::Keep { .. } | Policy::Exclude { .. })
            && let Some(other) = self.merged_into(index).next()
        {
            return refused(format!("{other} is merged into it"));
        }
        match (target, &policy) {
            (Some(target), _) if target == index => return refused("that is the same area".into()),
            (Some(target), _) => {
                if let Some(other @ (Policy::Merge { .. } | Policy::Denominator { .. })) = self.by_place().get(&target)
                {
                    return refused(format!("{} is {} itself", name(target), other.done()));
                }
                // All that is known has to fit, even where the sum is unknown: else it would matter what comes first.
                let parts = self.merged_into(target).filter_map(|area| self.index(area.name()).ok());
                let parts: Vec<Given> = parts.chain([target, index]).filter_map(|part| self.as_given(part)).collect();
                let counts = parts.iter().filter_map(|(count, _)| count.known()).map(u128::from).sum::<u128>();
                let people = parts.iter().filter_map(|(_, people)| *people).map(u128::from).sum::<u128>();
                let sum = self.figures(target).zip(self.figures(index)).and_then(sum);
                match sum.filter(|_| counts.max(people) <= u64::MAX.into()) {
                    Some((count, people)) => self.replace(target, count, people),
                    None => return refused(format!("their figures add up to more than {}", u64::MAX)),
                }
            }
            (None, Policy::Denominator { population, .. }) => {
                let (count, people) = (self.observation(index), Some(population.get()));
                self.replace(index, count.unwrap_or(Observation::Known(0)), people);
            }
            (None, _) => {}
        }
        self.policies.insert(index, policy);
        Ok(self)
    }

    /// The areas that are merged into the one in the place `index`.
    pub(crate) fn merged_into(&self, index: usize) -> impl Iterator<Item = &Area> {
        let name = self.areas().get(index).map(Area::name);
        self.policies()
            .filter(move |(_, policy)| match policy {
                Policy::Merge { into, .. } => Some(into.as_str()) == name,
                _ => false,
            })
            .map(|(area, _)| area)
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
    pub(crate) fn policy_told(&self, index: usize) -> Option<String> {
        let (area, policy) = (self.areas().get(index)?, self.by_place().get(&index)?);
        let reason = policy.reason();
        let figures = || {
            let count = self.observation(index)?.known().map(digits::grouped)?;
            let people = digits::grouped(self.stated_population(index)?);
            Some(format!(" ({count} on {people} {})", self.basis().exposed()))
        };
        Some(match policy {
            Policy::Keep { .. } => format!("Kept: {area}, {reason}."),
            Policy::Exclude { .. } | Policy::Unplaced { .. } => return None,
            Policy::Total => return self.total_note(index),
            Policy::Merge { into, .. } => {
                format!("Merged: {area}{} into {into}, {reason}.", figures().unwrap_or_default())
            }
            Policy::Denominator { population, .. } => {
                format!("Denominator: {area} on {population} {}, {reason}.", self.instead_of(index))
            }
        })
    }

    /// Whether its population is another one than was given.
    pub(crate) fn has_denominator(&self, index: usize) -> bool {
        matches!(self.by_place().get(&index), Some(Policy::Denominator { .. }))
    }

    /// Its own policy and that of every area merged into it, in the same words.
    pub(crate) fn policies_touching(&self, index: usize) -> Vec<String> {
        let merged = self.merged_into(index).filter_map(|area| self.index(area.name()).ok());
        let policies = [index].into_iter().chain(merged).filter_map(|index| self.policy_told(index));
        policies.chain(self.short_told(index)).collect()
    }

    /// Such as `instead of 8,700`.
    fn instead_of(&self, index: usize) -> String {
        match self.given().get(&index) {
            Some((_, Some(people))) => format!("instead of {}", digits::grouped(*people)),
            _ => "where none is given".into(),
        }
    }
}

/// Two areas as one; `None` where it is more than a count or a population can be.
fn sum(((count, people), (other, others)): (Given, Given)) -> Option<Given> {
    let people = match people.zip(others) {
        Some((people, others)) => Some(people.checked_add(others)?),
        None => None,
    };
    Some((count.together(other)?, people))
}
