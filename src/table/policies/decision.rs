//! A policy that goes with those there are already, and the figures that it makes.
//!
//! A table takes it once, and a panel once for all of its indicators: which policies go together depends on the areas alone.

use super::{
    super::{area::Area, areas::Areas, table::Given},
    policy::Policy,
};
use crate::{
    base::{Error, ErrorKind, Result, digits, words},
    rate::Observation,
};
use std::collections::BTreeMap;

/// What is done about one area, which goes with what is done about the others.
pub(crate) struct Decision {
    index: usize,
    name: String,
    policy: Policy,
    merger: Option<Merger>,
}

struct Merger {
    into: usize,
    /// The areas that are merged into the same one already.
    others: Vec<usize>,
}

impl Decision {
    /// A policy for the area with this name or code.
    pub(crate) fn new(
        areas: &Areas,
        policies: &BTreeMap<usize, Policy>,
        area: &str,
        mut policy: Policy,
    ) -> Result<Self> {
        let find = |area: &str| areas.find(area).ok_or_else(|| areas.unknown(area));
        let of = |place: usize| areas.list().get(place).map_or("", Area::label);
        let index = find(area)?;
        let name = of(index).to_owned();
        if policy.reason().trim().is_empty() {
            return Err(Policy::without_reason().in_area(name));
        }
        let mut target = None;
        if let Policy::Merge { into, .. } = &mut policy {
            let found = find(into).map_err(|error| error.in_area(&name))?;
            *into = of(found).to_owned();
            target = Some(found);
        }
        let mut made = Self { index, name, policy, merger: None };
        match (policies.get(&index), &made.policy) {
            (None, _)
            | (Some(Policy::Exclude { .. }), Policy::Exclude { .. })
            | (Some(Policy::Keep { .. }), Policy::Keep { .. })
            | (Some(Policy::Total), Policy::Total)
            | (Some(Policy::Unplaced { .. }), Policy::Unplaced { .. }) => {}
            (Some(other), _) => return Err(made.refused(&format!("it is {} already", other.done()))),
        }
        if !made.policy.takes_mergers()
            && let Some(other) = merged_into(areas, policies, index).next()
        {
            return Err(made.refused(&format!("{} is merged into it", of(other))));
        }
        if let Some(into) = target {
            if into == index {
                return Err(made.refused("that is the same area"));
            }
            if let Some(other) = policies.get(&into).filter(|other| !other.takes_mergers()) {
                return Err(made.refused(&format!("{} is {} itself", of(into), other.done())));
            }
            made.merger = Some(Merger { into, others: merged_into(areas, policies, into).collect() });
        }
        Ok(made)
    }

    fn refused(&self, why: &str) -> Error {
        let (what, why) = (words::one_line(&self.policy.done()), words::one_line(why));
        Error::from(ErrorKind::Conflict { what, why }).in_area(&self.name)
    }

    pub(crate) const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The place of the area whose figures it changes; none where it changes none.
    pub(crate) fn changes(&self) -> Option<usize> {
        match (&self.merger, &self.policy) {
            (Some(merger), _) => Some(merger.into),
            (None, Policy::Denominator { .. }) => Some(self.index),
            (None, _) => None,
        }
    }

    /// What the figures of that area become, if any, from those that areas have and those that they had before any policy.
    pub(crate) fn figures(
        &self,
        now: impl Fn(usize) -> Option<Given>,
        given: impl Fn(usize) -> Option<Given>,
    ) -> Result<Option<Given>> {
        if let (Policy::Unplaced { .. }, Some((_, Some(people @ 1..)))) = (&self.policy, now(self.index)) {
            let people = digits::grouped(people);
            return Err(self.refused(&format!("it has a population of {people}: exclude it, or take it for a total")));
        }
        let unknown =
            now(self.index).map(|(count, _)| count).filter(|count| matches!(count, Observation::Suppressed { .. }));
        if let (Policy::Unplaced { in_average: true }, Some(count)) = (&self.policy, unknown) {
            return Err(self.refused(&format!(
                "its count is {count}, and the pooled average is to have it: leave it out of that"
            )));
        }
        let Some(Merger { into, others }) = &self.merger else {
            return Ok(match &self.policy {
                Policy::Denominator { population, .. } => {
                    now(self.index).map(|(count, _)| (count, Some(population.get())))
                }
                _ => None,
            });
        };
        // All that is known has to fit, even where the sum is unknown: else it would matter what comes first.
        let parts = others.iter().chain([into, &self.index]);
        let parts: Vec<Given> = parts.filter_map(|part| given(*part)).collect();
        let counts = parts.iter().filter_map(|(count, _)| count.known()).map(u128::from).sum::<u128>();
        let people = parts.iter().filter_map(|(_, people)| *people).map(u128::from).sum::<u128>();
        let sum = now(*into).zip(now(self.index)).and_then(sum).filter(|_| counts.max(people) <= u64::MAX.into());
        match sum {
            Some(sum) => Ok(Some(sum)),
            None => Err(self.refused(&format!("their figures add up to more than {}", u64::MAX))),
        }
    }

    /// Writes it down beside the others.
    pub(crate) fn take(self, policies: &mut BTreeMap<usize, Policy>) {
        policies.insert(self.index, self.policy);
    }
}

/// The places of the areas that are merged into the one in the place `index`.
pub(crate) fn merged_into<'a>(
    areas: &'a Areas,
    policies: &'a BTreeMap<usize, Policy>,
    index: usize,
) -> impl Iterator<Item = usize> + 'a {
    let name = areas.list().get(index).map(Area::label);
    let is_into = move |policy: &Policy| match policy {
        Policy::Merge { into, .. } => Some(into.as_str()) == name,
        _ => false,
    };
    policies.iter().filter(move |(_, policy)| is_into(policy)).map(|(place, _)| *place)
}

/// Two areas as one; `None` where it is more than a count or a population can be.
fn sum(((count, people), (other, others)): (Given, Given)) -> Option<Given> {
    let people = match people.zip(others) {
        Some((people, others)) => Some(people.checked_add(others)?),
        None => None,
    };
    Some((count.together(other)?, people))
}
