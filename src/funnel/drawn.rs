//! What a picture of a funnel asks of it at any place of its axis.

use super::{law::Law, report::Report};
use crate::{
    base::Undefined,
    interval::{Confidence, Interval, PValues},
};

impl Report {
    /// The value that is drawn for an area whose count is as expected: the average or target, or a ratio of 1.
    pub(crate) fn target(&self) -> Option<f64> {
        let average = || Some(self.league().average_of_all().ok()?.per(self.per()).value());
        if self.reads_rates() || self.of_proportions() { average() } else { Some(1.0) }
    }

    /// Whether rates are drawn, and not ratios or proportions.
    pub(crate) fn reads_rates(&self) -> bool {
        !self.of_proportions() && !self.given() && self.league().average().is_ok()
    }

    /// What a count is drawn as that is so large a part of what is expected or, of proportions, of the total.
    pub(crate) fn drawn(&self, part: f64) -> f64 {
        match (self.of_proportions(), self.target()) {
            (true, _) => self.per().scale(part),
            (false, target) => part * target.unwrap_or(1.0),
        }
    }

    /// Whether limits and positions are those of the normal form.
    pub(crate) fn is_normal(&self) -> bool {
        self.scatter.reach.is_normal()
    }

    /// The limits at a place of the axis, as what [`Report::drawn`] takes.
    pub(crate) fn limits_at(&self, across: f64, level: Confidence, by_chance: bool) -> Result<Interval, Undefined> {
        let law = self.law_at(across);
        if by_chance { Ok(law?.discrete_limits(level, 0.0)) } else { self.scatter.reach.limits(law, level) }
    }

    /// The exact tails of a count at a place of the axis, by which positions are told.
    pub(crate) fn tails_at(&self, count: u64, across: f64, by_chance: bool) -> Result<PValues, Undefined> {
        let law = self.law_at(across);
        if by_chance { Ok(law?.significance(count, 0.0)) } else { self.scatter.reach.significance(law, count) }
    }

    /// Of an expected count or, of proportions, of a total.
    fn law_at(&self, across: f64) -> Result<Law, Undefined> {
        match self.of_proportions() {
            true => Law::binomial(across.round() as u64, self.league().average_of_all()?),
            false => Law::poisson(across),
        }
    }
}
