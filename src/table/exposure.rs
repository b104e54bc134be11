//! Populations, and the months that they are multiplied by.

use super::{
    area::Area,
    basis::Basis,
    months::Months,
    policies::policy::Policy,
    table::{Given, Table},
};
use crate::{
    base::{ErrorKind, Result},
    rate::Population,
};
use std::num::NonZeroU32;

impl Table {
    /// The months that populations are multiplied by, in the place `index`; 1 where they are not.
    pub(crate) fn months(&self, index: usize) -> NonZeroU32 {
        let all = self.basis.months().filter(|_| self.basis.is_in_person_months()).and_then(NonZeroU32::new);
        self.months.as_ref().and_then(|months| months.of(index)).or(all).unwrap_or(NonZeroU32::MIN)
    }

    /// The figures of a row before any policy, on people whatever its months.
    pub(super) fn in_people(&self, index: usize) -> Option<Given> {
        let (count, people) = self.as_given(index)?;
        Some((count, people.map(|people| people / u64::from(self.months(index).get()))))
    }

    /// The months of each row, where rows have their own.
    pub(super) const fn own_months(&self) -> Option<&Months> {
        self.months.as_ref()
    }

    /// The table with each population multiplied.
    pub(crate) fn times(mut self, months: impl Fn(usize) -> NonZeroU32, basis: Basis) -> Result<Self> {
        let times = |index: usize, people: u64| {
            times(people, months(index))
                .map_err(|error| error.in_area(self.areas.list().get(index).map_or("", Area::label)))
        };
        let stated = self.populations.iter_mut().enumerate();
        let given = self.given.iter_mut().map(|(index, (_, people))| (*index, people));
        for (index, people) in stated.chain(given) {
            if let Some(people) = people {
                *people = times(index, *people)?;
            }
        }
        for (index, policy) in &mut self.policies {
            if let Policy::Denominator { population, .. } = policy {
                *population = Population::new(times(*index, population.get())?)?;
            }
        }
        self.basis = basis;
        Ok(self)
    }

    /// The table with populations, times the months, for areas that are to have them.
    pub(crate) fn peopled(mut self, people: &[Option<Population>]) -> Result<Self> {
        for (index, people) in people.iter().enumerate() {
            let Some(people) = people else { continue };
            let people = times(people.get(), self.months(index))
                .map_err(|error| error.in_area(self.areas().get(index).map_or("", Area::label)))?;
            if let Some(to) = self.populations.get_mut(index) {
                *to = Some(people);
            }
        }
        Ok(self)
    }
}

/// A population for as long as its months.
pub(crate) fn times(people: u64, months: NonZeroU32) -> Result<u64> {
    people.checked_mul(months.get().into()).ok_or_else(|| {
        let value = Some(u128::from(people) * u128::from(months.get()));
        let (what, advice) = ("population times months", "check them both");
        ErrorKind::TooLarge { what: what.into(), value, most: u64::MAX.into(), advice }.into()
    })
}
