//! The limits of a smoothed rate.

use crate::{interval::Interval, rate::Per};

/// The limits between which the true rate of an area lies with the probability of a level, still to be read per unit
/// population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CredibleInterval {
    per_head: Interval,
}

impl CredibleInterval {
    pub(super) const fn new(per_head: Interval) -> Self {
        Self { per_head }
    }

    /// The limits read per unit population.
    #[must_use]
    pub fn per(self, per: Per) -> Interval {
        let [lower, upper] = [self.per_head.lower(), self.per_head.upper()].map(|limit| per.scale(limit));
        Interval::new(lower, upper, self.per_head.confidence()).read(per)
    }
}
