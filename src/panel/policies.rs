//! What is done about areas whose figures mislead, by every indicator at once.

use super::panel::Panel;
use crate::{
    base::{Error, ErrorKind, Result},
    rate::Population,
    table::{Area, Basis, Decision, Given, Policy, times},
};
use std::{collections::BTreeSet, num::NonZeroU32};

impl Panel<'_> {
    /// The panel with an area taken out of every comparison, numerator and denominator, for a reason that is reported.
    ///
    /// # Errors
    /// As [`Panel::apply`].
    pub fn exclude(self, area: &str, reason: impl Into<String>) -> Result<Self> {
        self.apply(area, Policy::Exclude { reason: reason.into() })
    }

    /// The panel with an area added to another, count and population, by every indicator, for a reason that is reported. Alone it
    /// takes no part. Where one of the two counts is not known, the sum is not.
    ///
    /// ```
    /// use crimerate::{Panel, Rate, ndarray::array};
    ///
    /// let counts = array![[15_897_u64, 34_019], [31, 49], [729, 1_640]];
    /// let panel = Panel::new(["Metropolitan Police", "City of London", "Kent"], counts, [8_899_400, 8_700, 1_846_500])?;
    /// let panel = panel.merge("City of London", "Metropolitan Police", "8,700 residents")?;
    /// assert_eq!(panel.rate(0, 1), Some(Ok(Rate::new(34_068, 8_908_100)?)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Panel::apply`].
    pub fn merge(self, area: &str, into: &str, reason: impl Into<String>) -> Result<Self> {
        self.apply(area, Policy::Merge { into: into.into(), reason: reason.into() })
    }

    /// The panel with another population for an area, by every indicator; what it is, and why, is reported. For one that
    /// differs by period, give it to the tables of [`Panel::from_tables`].
    ///
    /// # Errors
    /// As [`Panel::apply`], and [`ErrorKind::ZeroPopulation`]. In person-months the population is multiplied by the months;
    /// [`ErrorKind::Conflict`] where they differ by indicator or area.
    pub fn with_denominator(self, area: &str, population: u64, what: impl Into<String>) -> Result<Self> {
        let Some(months) = self.months() else {
            let (what, why) =
                ("given another denominator".into(), "its counts are of different or unknown months".into());
            return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(area));
        };
        let population = times(population, months).and_then(Population::new).map_err(|error| error.in_area(area))?;
        self.apply(area, Policy::Denominator { population, what: what.into() })
    }

    /// The panel with an area that takes part as it is though its figures may mislead, for a reason that is reported.
    ///
    /// # Errors
    /// As [`Panel::apply`].
    pub fn keep(self, area: &str, reason: impl Into<String>) -> Result<Self> {
        self.apply(area, Policy::Keep { reason: reason.into() })
    }

    /// The panel with a policy for an area, as [`Table::apply`](crate::Table::apply) would do it in the table of each indicator. The
    /// order of several policies makes no difference.
    ///
    /// # Errors
    /// As [`Table::apply`](crate::Table::apply), with the first such indicator where it is for its figures; [`ErrorKind::Conflict`] for a
    /// count in no area that is to be in the pooled average, which a panel does not have.
    pub fn apply(mut self, area: &str, policy: Policy) -> Result<Self> {
        let decision = Decision::new(&self.areas, &self.policies, area, policy)?;
        if decision.policy() == &(Policy::Unplaced { in_average: true }) {
            return Err(not_in_average().in_area(area));
        }
        let mut changed = Vec::new();
        for at in 0..self.indicators() {
            let now = |area| self.figures(area, at);
            let given = |area| self.given.get(&(at, area)).copied().or_else(|| self.figures(area, at));
            changed.extend(decision.figures(now, given).map_err(|error| error.in_indicator(self.label(at)))?);
        }
        if let Some(place) = decision.changes() {
            for at in 0..self.indicators() {
                if let Some(before) = self.figures(place, at) {
                    self.given.entry((at, place)).or_insert(before);
                }
            }
            self.set_figures(place, &changed);
        }
        decision.take(&mut self.policies);
        Ok(self)
    }

    /// The areas that are taken out of every comparison, and why, in the order of the panel; merged ones are not among
    /// them.
    pub fn excluded(&self) -> impl Iterator<Item = (&Area, &str)> {
        self.policies().filter_map(|(area, policy)| match policy {
            Policy::Exclude { reason } => Some((area, reason.as_str())),
            _ => None,
        })
    }

    /// What is done about areas whose figures mislead, in the order of the panel. Of another denominator that differs by
    /// indicator it is the first.
    pub fn policies(&self) -> impl Iterator<Item = (&Area, &Policy)> {
        self.policies.iter().filter_map(|(area, policy)| Some((self.areas().get(*area)?, policy)))
    }

    /// Whether the area is in the panel's comparisons, as far as its policy goes.
    pub(super) fn takes_part(&self, area: usize) -> bool {
        self.policies.get(&area).is_none_or(Policy::takes_part)
    }

    /// The months that populations are multiplied by, 1 where they are not; none where they differ, or areas have their own.
    fn months(&self) -> Option<NonZeroU32> {
        let of = |basis: &Basis| match basis.is_in_person_months() {
            true => basis.months().and_then(NonZeroU32::new),
            false => Some(NonZeroU32::MIN),
        };
        let first = of(self.bases.first().unwrap_or(&self.basis))?;
        self.bases.iter().all(|basis| of(basis) == Some(first)).then_some(first)
    }

    /// The panel as it was before areas were merged, and what was merged.
    pub(super) fn unmerged(mut self) -> (Self, Vec<(String, Policy)>) {
        let (mut merged, mut into) = (Vec::new(), BTreeSet::new());
        for (area, policy) in self.policies() {
            if let Policy::Merge { into: name, .. } = policy {
                merged.push((area.label().to_owned(), policy.clone()));
                into.extend(self.areas.find(name));
            }
        }
        self.policies.retain(|_, policy| !matches!(policy, Policy::Merge { .. }));
        for place in into {
            let now: Vec<Given> = (0..self.indicators()).filter_map(|at| self.figures(place, at)).collect();
            let before = now.into_iter().enumerate().map(|(at, now)| self.given.remove(&(at, place)).unwrap_or(now));
            let before: Vec<Given> = before.collect();
            self.set_figures(place, &before);
        }
        (self, merged)
    }
}

/// Refuses a count in no area that is to be in the pooled average of each indicator.
pub(super) fn not_in_average() -> Error {
    let (what, why) = ("in the average of a panel", "its count is in no area: leave it out of the average");
    ErrorKind::Conflict { what: what.into(), why: why.into() }.into()
}
