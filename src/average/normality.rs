//! The Shapiro-Wilk test of normality.

use crate::{
    base::{Undefined, digits, layout},
    interval::Confidence,
    special::shapiro,
};
use std::fmt;

/// The Shapiro-Wilk test: whether values look as if they came from a normal distribution (Royston 1995, AS R94).
///
/// W is the squared correlation of the sorted values with normal scores; it is 1 where they fit perfectly. The p-value is
/// the probability of a smaller W from normal values, so a small one speaks against them. With three values it is exact.
///
/// Accuracy: W and p are those of the published algorithm, its approximate normal scores included, to 1e-9; programs that
/// take exact scores agree to 2e-6.
///
/// ```
/// use crimerate::{Confidence, Undefined, average::ShapiroWilk};
///
/// let skewed = ShapiroWilk::of(&[1.0, 2.0, 2.5, 3.0, 40.0])?;
/// assert_eq!(skewed.to_string(), "W = 0.5953, p = 0.0005");
/// assert!(!skewed.compatible(Confidence::P95));
/// assert_eq!(ShapiroWilk::of(&[2.0; 10]), Err(Undefined::AllEqual));
/// # Ok::<(), crimerate::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapiroWilk {
    w: f64,
    p: f64,
}

impl ShapiroWilk {
    /// How many values the test holds for.
    const HOLDS: std::ops::RangeInclusive<usize> = 3..=5_000;

    /// The test of some values, in any order.
    ///
    /// # Errors
    /// [`Undefined::TooFewToTest`] below 3 values, [`Undefined::TooManyToTest`] above 5,000, [`Undefined::AllEqual`]
    /// where they do not differ, [`Undefined::NotFinite`] where one is no finite number or too far from the others.
    pub fn of(values: &[f64]) -> Result<Self, Undefined> {
        if values.len() < *Self::HOLDS.start() {
            return Err(Undefined::TooFewToTest);
        }
        if values.len() > *Self::HOLDS.end() {
            return Err(Undefined::TooManyToTest);
        }
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        match sorted.last().zip(sorted.first()).map(|(last, first)| last - first) {
            Some(0.0) => Err(Undefined::AllEqual),
            Some(range) if range.is_finite() => {
                let (w, p) = shapiro::shapiro_wilk(&sorted);
                Ok(Self { w, p })
            }
            _ => Err(Undefined::NotFinite),
        }
    }

    /// The statistic, from 0 to 1.
    #[must_use]
    pub const fn w(self) -> f64 {
        self.w
    }

    /// The probability of a smaller W from normal values.
    #[must_use]
    pub const fn p(self) -> f64 {
        self.p
    }

    /// Whether the test leaves normality standing at this level: the p-value is at least `alpha`, 0.05 at 95 %. It does
    /// not prove it; few values are compatible with almost anything.
    #[must_use]
    pub const fn compatible(self, level: Confidence) -> bool {
        self.p >= level.alpha()
    }
}

impl fmt::Display for ShapiroWilk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("W = {}, {}", digits::fixed(self.w, 4), digits::p_value(self.p)))
    }
}
