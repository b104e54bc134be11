//! What a picture of a funnel asks of it at any place of its axis.

use super::{
    dispersion::Dispersion,
    law::Law,
    moments::Part,
    report::Report,
    rest::Against,
    scatter::{Drawn, Scatter},
    whole::{self, Whole},
};
use crate::{
    average::Rule,
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
        self.scatter.limits_at(across, level, by_chance)
    }

    /// Whether each area has limits of its own, as it is compared with the others of its group.
    pub(crate) fn has_own_limits(&self) -> bool {
        let average = self.league().how().average();
        let grouped = !self.given() && average.rule() == Rule::Pooled && !average.over_which().is_everyone();
        let widened = |part: &Part| self.spec().dispersion() == Dispersion::Additive && part.apart() > 1.0;
        let apart = || !average.with_self() || whole::parts(self.league()).iter().any(widened);
        grouped && !self.is_normal() && apart()
    }

    /// The exact tails of a count at a place of the axis, by which positions are told.
    pub(crate) fn tails_at(&self, count: u64, across: f64, by_chance: bool) -> Result<PValues, Undefined> {
        let law = self.scatter.law_at(across, count as f64);
        let reach = self.scatter.reach;
        if by_chance { reach.by_chance(law, count) } else { reach.significance(law, count) }
    }
}

impl Scatter {
    /// Of an expected count or, of proportions, of a total; where an area is left out of the average the others have what its count
    /// leaves them.
    fn law_at(&self, across: f64, count: f64) -> Result<Law, Undefined> {
        let proportions = self.drawn == Drawn::Proportions;
        let whole = Whole::of(&self.league).filter(|_| self.drawn != Drawn::GivenRatios);
        match whole {
            Some(whole) if proportions => whole.proportion_at(across.round() as u64, count),
            Some(whole) => whole.rate_at(across, count),
            None if proportions => {
                let law = Law::binomial(across.round() as u64, self.league.average_of_all()?)?;
                Ok(law.against(self.target_at(across)))
            }
            None => Ok(Law::poisson(across)?.against(self.target_at(across))),
        }
    }

    /// What an area at a place of the axis is of the average.
    fn target_at(&self, across: f64) -> Against {
        self.together
            .map_or(Against::Known, |(all, squares)| Against::All(Part { share: (across / all).min(1.0), squares }))
    }

    /// The limits at a place of the axis: the count of an area that lies on one leaves the others the count that the limit is by.
    pub(super) fn limits_at(&self, across: f64, level: Confidence, by_chance: bool) -> Result<Interval, Undefined> {
        const TURNS: usize = 60;
        let limits = |count: f64| {
            let law = self.law_at(across, count);
            if by_chance { self.reach.naive_limits(law, level) } else { self.reach.limits(law, level) }
        };
        let Some(whole) = Whole::of(&self.league).filter(|_| self.drawn != Drawn::GivenRatios) else {
            return limits(0.0);
        };
        let usual = if self.drawn == Drawn::Proportions { whole.usual(across) } else { across };
        let settled = |side: fn(Interval) -> f64| {
            let mut count = usual.min(whole.most());
            for _ in 0..TURNS {
                let next = side(limits(count)?) * across;
                if (next - count).abs() <= 1e-10 * (1.0 + count) {
                    break;
                }
                // All that there is cannot be compared with others.
                count = f64::midpoint(count, next.min(whole.most()));
            }
            limits(count)
        };
        let (low, high) = (settled(Interval::lower)?.lower(), settled(Interval::upper)?.upper());
        // So few areas that differ so much leave no size at which a count is usual: most of the law is at zero, and a larger count does not lie further out.
        if high * across <= usual {
            return Err(Undefined::TooFew);
        }
        Ok(Interval::at(low, high.max(low), level, || low))
    }
}
