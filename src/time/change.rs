//! The change of one rate between two periods.

use crate::{
    base::{digits, exact, layout},
    interval::{Interval, PValues, RateRatio, TestSpec},
    rate::Rate,
    table::Nouns,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The change of a rate from one period to a later one, in per cent, with its interval.
///
/// It is the rate ratio less one, and has its interval and its test. A base below 50 offences is flagged, as
/// official tables do, and never dropped.
///
/// ```
/// use crimerate::{Confidence, Rate, time::Change};
///
/// let change = Change::between(Rate::new(200, 500_000)?, Rate::new(260, 510_000)?);
/// assert_eq!(change.to_string(), "+27.5 % (95 % interval +5.6 to +54.0)");
/// assert!(!change.small_base());
/// let small = Change::between(Rate::new(2, 500_000)?, Rate::new(6, 500_000)?);
/// assert_eq!(small.to_string(), "+200.0 % (95 % interval -46.4 to +2,939.3), on a base of only 2 counts");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    ratio: RateRatio,
}

impl Change {
    /// Below this count a base is small.
    pub const SMALL_BASE: u64 = 50;

    /// The change from one rate to a later one.
    #[must_use]
    pub const fn between(before: Rate, after: Rate) -> Self {
        Self { ratio: after.ratio_to(before) }
    }

    /// The later rate over the earlier one.
    #[must_use]
    pub const fn ratio(self) -> RateRatio {
        self.ratio
    }

    /// The change in per cent: infinite from no offences to some, `None` from none to none. It is formed from whole
    /// numbers, so small changes lose nothing.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        let (sign, cross) = self.ratio.cross_difference();
        let (_, base) = self.ratio.rate().cross(self.ratio.base());
        (base != 0 || cross != 0).then(|| sign * 100.0 * exact::quotient(cross, base))
    }

    /// The interval of the change in per cent: that of the ratio, less one; wider with a phi_w ([`TestSpec::with_dispersion`]).
    #[must_use]
    pub fn interval(self, spec: impl Into<TestSpec>) -> Interval {
        let interval = self.ratio.interval(spec);
        Interval::new(percent(interval.lower()), percent(interval.upper()), interval.confidence())
    }

    /// The p-values of no change, by a [`Test`](crate::interval::Test) or by a [`TestSpec`] with a phi_w.
    #[must_use]
    pub fn significance(self, spec: impl Into<TestSpec>) -> PValues {
        self.ratio.significance(spec)
    }

    /// Whether the earlier count is below [`Change::SMALL_BASE`], so that per cent say little.
    #[must_use]
    pub const fn small_base(self) -> bool {
        self.ratio.base().count() < Self::SMALL_BASE
    }
}

fn percent(ratio: f64) -> f64 {
    100.0 * (ratio - 1.0)
}

impl Change {
    /// What prints, with this interval.
    pub(super) fn told(self, spec: TestSpec, decimals: usize, nouns: &Nouns) -> String {
        let signed = |value: f64| {
            if value.is_finite() { digits::signed(value, decimals) } else { digits::fixed(value, decimals) }
        };
        let interval = self.interval(spec);
        let mut text = match self.percent() {
            None => "no counts before or after".to_owned(),
            Some(change) => {
                let (lower, upper) = (signed(interval.lower()), signed(interval.upper()));
                format!("{} % ({} interval {lower} to {upper})", signed(change), interval.confidence())
            }
        };
        if self.small_base() {
            text.push_str(&format!(", on a base of only {}", nouns.counts(self.ratio.base().count())));
        }
        text
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.told(TestSpec::default(), f.precision().unwrap_or(1), &Nouns::default()))
    }
}
