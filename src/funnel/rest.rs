//! What an area is compared with where it is left out of the average: a rate that was counted, and so is not known.
//!
//! Given what the area and the others have together, its count is binomial at its share of the people, or hypergeometric of a
//! proportion. Both are laws of its own count given that of the others, which is what limits are drawn by: as many or more has the
//! probability of a negative binomial count whose size is one more than the count of the others, so few or fewer that of one whose size
//! is just that (of proportions beta-binomial in the same way). A true rate that varies adds to that variance. Those of the others make
//! their count tell less of the rate about which they vary: as much as a smaller count on fewer people would, which then stands for it.

use super::moments::Part;

/// How far true values are spread beyond chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TrueSpread {
    /// The variance of the true ratio, which is gamma distributed about 1 and makes counts negative binomial, or the correlation
    /// within the totals of a beta-binomial count.
    pub(super) between: f64,
    /// The same of the others, where the area is left out of the average.
    pub(super) of_rest: f64,
}

impl TrueSpread {
    /// Chance alone.
    pub(super) const NONE: Self = Self { between: 0.0, of_rest: 0.0 };
}

/// What an area is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Against {
    /// A target that is taken as known.
    Known,
    /// The average of the others.
    Others(Rest),
    /// An average of which it is a part.
    All(Part),
}

/// The others of an area that is left out of the average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rest {
    /// What they have counted.
    count: f64,
    /// Their people, or the sum of their totals.
    people: f64,
    /// The sum of squares of their shares of that.
    parts: f64,
}

/// By which law a count is small, or large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Side {
    /// The expected count; of a proportion the odds.
    pub(super) mean: f64,
    pub(super) spread: f64,
}

impl Rest {
    /// Of others some of whom have counts; `squares` is the sum of squares of their people.
    pub(crate) fn new(count: f64, people: f64, squares: f64) -> Option<Self> {
        let parts = (squares / people / people).clamp(0.0, 1.0);
        (count > 0.0 && people > 0.0).then_some(Self { count, people, parts })
    }

    pub(super) const fn count(self) -> f64 {
        self.count
    }

    pub(super) const fn people(self) -> f64 {
        self.people
    }

    pub(super) const fn parts(self) -> f64 {
        self.parts
    }

    /// Of a rate. True ratios of the area and of the others are independent, so that their variances, and 1, are multiplied.
    pub(super) fn of_rate(self, expected: f64, spread: TrueSpread) -> [Side; 2] {
        // Of a relative variance 1 / count + of_rest.
        let more = self.count * spread.of_rest;
        let count = self.count / (1.0 + more);
        let side = |size: f64, telling: f64| Side {
            mean: expected * (size / count),
            spread: spread.between + (1.0 + spread.between) * (1.0 / telling),
        };
        // True ratios are gamma distributed: over one of shape k the relative variance is 1 / (k - 2).
        let telling = count + 1.0 - 3.0 * (more / (1.0 + more));
        [side(count, count), side(count + 1.0, telling.max((count + 1.0) / 4.0))]
    }

    /// Of a proportion.
    pub(super) fn of_proportion(self, spread: TrueSpread) -> [Side; 2] {
        let less = 1.0 + self.people * spread.of_rest;
        // Of nearly all doubles leave no rest.
        let (part, rest) = (self.count / less, (self.people - self.count).max(1e-6) / less);
        let alone = 1.0 / (self.people / less + 2.0);
        let spread = (spread.between + (1.0 - spread.between) * alone).min(1.0);
        [part / (rest + 1.0), (part + 1.0) / rest].map(|mean| Side { mean, spread })
    }
}
