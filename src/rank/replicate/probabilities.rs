//! How likely one area is to have each rank.

use crate::{interval::Confidence, rate::Order, table::Area};
use std::ops::RangeInclusive;

/// The ranks of one area of a [`Distribution`](crate::rank::Distribution).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probabilities<'a> {
    pub(super) area: &'a Area,
    pub(super) order: Order,
    pub(super) ranks: &'a [f64],
    pub(super) last: f64,
    pub(super) replicates: Option<u32>,
}

impl<'a> Probabilities<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// How many areas are ranked.
    #[must_use]
    pub const fn of(&self) -> usize {
        self.ranks.len()
    }

    /// The probability of each rank, from the first.
    #[must_use]
    pub const fn probabilities(&self) -> &'a [f64] {
        self.ranks
    }

    /// The probability of this rank; 0 for one that there is not.
    #[must_use]
    pub fn probability(&self, rank: usize) -> f64 {
        rank.checked_sub(1).and_then(|place| self.ranks.get(place)).map_or(0.0, |p| p.min(1.0))
    }

    /// The probability that no other rate is above, whichever end is first; joint ties count for each, so the sum over all
    /// areas may exceed 1.
    #[must_use]
    pub fn p_highest(&self) -> f64 {
        match self.order {
            Order::Highest => self.probability(1),
            Order::Lowest => self.last.min(1.0),
        }
    }

    /// The probability that no other rate is below, whichever end is first; joint ties count for each.
    #[must_use]
    pub fn p_lowest(&self) -> f64 {
        match self.order {
            Order::Highest => self.last.min(1.0),
            Order::Lowest => self.probability(1),
        }
    }

    /// The probability of this rank or a better one.
    #[must_use]
    pub fn top(&self, rank: usize) -> f64 {
        self.ranks.iter().take(rank).fold(0.0, |sum, p| sum + p).min(1.0)
    }

    /// The expected rank.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.ranks.iter().zip(1_u32..).fold(0.0, |sum, (p, rank)| sum + f64::from(rank) * p)
    }

    /// The ranks between the tails of `alpha / 2`: the first is the least `k` with `P(rank <= k) >= alpha / 2`, the last the
    /// least with `P(rank <= k) >= 1 - alpha / 2`. No confidence set.
    #[must_use]
    pub fn interval(&self, confidence: Confidence) -> RangeInclusive<usize> {
        let tail = confidence.tail();
        // Summed from both ends, so that no small probability is lost to the rounding of a large one.
        let (mut below, mut above) = (0.0, 0.0);
        let mut first = 1;
        for p in self.ranks {
            below += p;
            if below >= tail {
                break;
            }
            first += 1;
        }
        let mut last = self.of();
        for p in self.ranks.iter().rev() {
            above += p;
            if above > tail {
                break;
            }
            last -= 1;
        }
        first.min(last)..=last
    }

    /// The standard error of the probability of a rank, from the simulation: `sqrt(p (1 - p) / replicates)`; 0 without one.
    #[must_use]
    pub fn standard_error(&self, rank: usize) -> f64 {
        let p = self.probability(rank);
        self.replicates.map_or(0.0, |replicates| (p * (1.0 - p) / f64::from(replicates)).sqrt())
    }
}
