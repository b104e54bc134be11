//! On which side of a bound a rate is said to be, and what is tested of it.

use super::factor::Factor;
use std::cmp::Ordering;

/// Which side of a factor a relation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    More,
    Less,
}

/// What is tested: that a rate is just k times something, against its being on a side of that, or on any.
#[derive(Clone, Copy)]
pub(super) struct Tested {
    pub(super) factor: Factor,
    pub(super) side: Option<Side>,
}

impl Tested {
    /// Equal rates, two-sided.
    pub(super) const EQUAL: Self = Self { factor: Factor::ONE, side: None };

    pub(super) fn is_of_equal_rates(self) -> bool {
        self.factor.over == self.factor.under && self.side.is_none()
    }
}

impl Side {
    /// Whether a rate that compares so with a bound is on this side of it, or, where `just` there will do, at it.
    pub(super) fn holds(self, place: Ordering, just: bool) -> bool {
        match (place, self) {
            (Ordering::Equal, _) => just,
            (Ordering::Greater, side) => side == Self::More,
            (Ordering::Less, side) => side == Self::Less,
        }
    }
}
