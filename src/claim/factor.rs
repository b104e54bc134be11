//! A factor, such as 1.5 times, as whole numbers.

use super::plain::Plain;
use crate::base::exact;

/// A number that rates are multiplied by, as a fraction; the number below the line is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Factor {
    pub(super) over: u128,
    pub(super) under: u128,
}

impl Factor {
    pub(super) const ONE: Self = Self { over: 1, under: 1 };

    pub(super) fn of(times: Plain) -> Self {
        let (over, under) = times.0.fraction();
        Self { over, under }
    }

    pub(super) fn above(percent: Plain) -> Self {
        let (over, under) = percent.0.fraction();
        Self { over: 100 * under + over, under: 100 * under }
    }

    /// As percentages below can be at most 100, it is never negative.
    pub(super) fn below(percent: Plain) -> Self {
        let (over, under) = percent.0.fraction();
        Self { over: (100 * under).saturating_sub(over), under: 100 * under }
    }

    pub(super) fn value(self) -> f64 {
        exact::quotient(self.over, self.under)
    }
}
