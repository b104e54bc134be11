//! Tests and their p-values.

use crate::{
    base::{choice, digits, layout},
    special::Tails,
};
use std::fmt;

/// Which probabilities a test of counts adds up. The default is [`Test::Exact`].
///
/// Two-sided p-values are central: twice the smaller tail, at most 1. So a test rejects a value at a level just where
/// the interval of the same kind at that level leaves it out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Test {
    /// The whole probability of the count itself in either tail: false alarms are never more often than stated
    /// (Przyborowski and Wilenski 1940; Fay 2010).
    #[default]
    Exact,
    /// Half the probability of the count itself in either tail: false alarms about as often as stated.
    MidP,
}

choice!(Test, "a test", "exact or mid-p", { Exact => "exact", MidP => "mid-p" });

/// The p-values of a comparison: the probability of what was counted, or of what lies further out, if nothing differed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PValues {
    lower: f64,
    upper: f64,
    test: Test,
}

/// One-sided p-values: of a count as small or smaller, and as large or larger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneSided {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

impl OneSided {
    /// The larger of each side.
    pub(crate) fn max(self, other: Self) -> Self {
        Self { lower: self.lower.max(other.lower), upper: self.upper.max(other.upper) }
    }
}

impl PValues {
    pub(crate) fn new(Tails { below, point, above }: Tails, test: Test) -> Self {
        let share = match test {
            Test::Exact => point,
            Test::MidP => point / 2.0,
        };
        Self { lower: (below + share).min(1.0), upper: (above + share).min(1.0), test }
    }

    /// The larger of each side.
    pub(crate) fn max(self, other: OneSided) -> Self {
        let OneSided { lower, upper } = OneSided { lower: self.lower, upper: self.upper }.max(other);
        Self { lower, upper, ..self }
    }

    /// The one-sided p-value of so few or fewer.
    #[must_use]
    pub const fn lower(self) -> f64 {
        self.lower
    }

    /// The one-sided p-value of this count or more.
    #[must_use]
    pub const fn upper(self) -> f64 {
        self.upper
    }

    /// The two-sided p-value: twice the smaller tail, at most 1.
    #[must_use]
    pub fn two_sided(self) -> f64 {
        (2.0 * self.lower.min(self.upper)).min(1.0)
    }

    /// Which test it is.
    #[must_use]
    pub const fn test(self) -> Test {
        self.test
    }
}

impl fmt::Display for PValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} ({})", digits::p_value(self.two_sided()), self.test))
    }
}
