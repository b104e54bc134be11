//! The ratio of two rates.

use super::{
    interval::Interval,
    test::{PValues, Test},
    test_spec::TestSpec,
};
use crate::{
    base::{digits, exact, layout},
    rate::Rate,
    special::binomial,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One rate over another, with an exact interval and test.
///
/// Given the sum of both counts, the first count is binomial with the odds `ratio * n1 / n2`; limits and p-values come
/// from that distribution (Przyborowski and Wilenski 1940; Fay 2010), so test and interval agree. Relative error of the
/// limits at most 1e-13 for counts to 10^9.
///
/// ```
/// use crimerate::{Confidence, Rate, interval::Test};
///
/// let ratio = Rate::new(60, 51_477)?.ratio_to(Rate::new(30, 54_308)?);
/// assert_eq!(format!("{:.3}", ratio.value().unwrap()), "2.110");
/// assert_eq!(format!("{:.3}", ratio.interval(Confidence::P95)), "1.340 to 3.388");
/// assert_eq!(ratio.significance(Test::Exact).to_string(), "p = 0.0009 (exact)");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RateRatio {
    rate: Rate,
    base: Rate,
}

impl Rate {
    /// This rate over another.
    #[must_use]
    pub const fn ratio_to(self, base: Self) -> RateRatio {
        RateRatio { rate: self, base }
    }
}

impl RateRatio {
    /// The rate above the line.
    #[must_use]
    pub const fn rate(self) -> Rate {
        self.rate
    }

    /// The rate below the line.
    #[must_use]
    pub const fn base(self) -> Rate {
        self.base
    }

    /// The ratio `x1 n2 / (x2 n1)`, rounded once: infinite over a base of no offences, `None` where neither has any.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        let (above, below) = self.rate.cross(self.base);
        (above != 0 || below != 0).then(|| exact::quotient(above, below))
    }

    /// The interval of the ratio: from 0 where the rate has no offences, to infinity where the base has none. With a phi_w
    /// ([`TestSpec::with_dispersion`]) it is wider, and holds what the test with that does not refute.
    #[must_use]
    pub fn interval(self, spec: impl Into<TestSpec>) -> Interval {
        let spec = spec.into();
        let (test, confidence) = (spec.test(), spec.confidence());
        let (x, y, tail) = (self.rate.count(), self.base.count(), confidence.tail());
        let (lower, upper) = match spec.varies() {
            None => binomial::odds_limits(x, y, tail, test == Test::MidP),
            Some(within) => within.odds_limits(x, y, tail, test),
        };
        Interval::new(lower / self.exposure_odds(), upper / self.exposure_odds(), confidence)
    }

    /// The p-values of a ratio of one, by a [`Test`] or by a [`TestSpec`] with a phi_w. Of no offences at all, both sides are 1 by the exact
    /// test.
    ///
    /// Relative error at most 1e-12 down to 1e-300, for counts to 10^9.
    #[must_use]
    pub fn significance(self, spec: impl Into<TestSpec>) -> PValues {
        let spec = spec.into();
        let (x, y, odds, test) = (self.rate.count(), self.base.count(), self.exposure_odds(), spec.test());
        let by_chance = PValues::new(binomial::tails_apart(x, y, odds, self.beyond_expected()), test);
        let Some(within) = spec.varies() else { return by_chance };
        let part = |rate: Rate| 0.25 / rate.population().get() as f64;
        let apart = self.rate.value().sqrt() - self.base.value().sqrt();
        let wider = by_chance.max(within.by_roots(apart, part(self.rate) + part(self.base)));
        within.of_both(x, y, odds, test).map_or(wider, |p| wider.max(p))
    }

    /// This rate less the base, over both populations, as an exact fraction: its sign, and what is left of
    /// `x1 n2 - x2 n1`.
    pub(crate) fn cross_difference(self) -> (f64, u128) {
        let (above, below) = self.rate.cross(self.base);
        (if above < below { -1.0 } else { 1.0 }, above.abs_diff(below))
    }

    /// The count less the share of all offences that equal rates would give it, from whole numbers.
    fn beyond_expected(self) -> f64 {
        let (sign, cross) = self.cross_difference();
        let people = u128::from(self.rate.population().get()) + u128::from(self.base.population().get());
        sign * exact::quotient(cross, people)
    }

    /// The odds that one of all offences falls to the rate, were the rates equal: one population over the other.
    fn exposure_odds(self) -> f64 {
        exact::quotient(self.rate.population().get().into(), self.base.population().get().into())
    }
}

/// Such as `2.00 (95 % interval 1.28 to 3.22)`.
impl fmt::Display for RateRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (decimals, interval) = (f.precision().unwrap_or(2), self.interval(TestSpec::default()));
        let value = self.value().map_or_else(|| "undefined".into(), |value| digits::fixed(value, decimals));
        layout::pad(f, &format!("{value} ({} interval {interval:.decimals$})", interval.confidence()))
    }
}
