//! Wilson's limits of a proportion.

use super::{confidence::Confidence, interval::Interval};
use crate::{rate::Proportion, special::normal};

impl Proportion {
    /// Wilson's score interval (Wilson 1927; method 3 of Newcombe 1998), written so that nothing cancels.
    #[must_use]
    pub fn interval(self, confidence: Confidence) -> Interval {
        let z = normal::upper_quantile(confidence.tail());
        let (lower, upper) = wilson(self.count(), self.total(), z);
        Interval::new(lower, upper, confidence)
    }
}

/// The roots of (p - x/n)^2 = z^2 p (1 - p) / n: the upper one as it stands, the lower one as their product over it.
fn wilson(count: u64, total: u64, z: f64) -> (f64, f64) {
    let (x, n, zz) = (count as f64, total as f64, z * z);
    let rest = (total - count) as f64;
    let upper = x + zz / 2.0 + z * (x * (rest / n) + zz / 4.0).sqrt();
    let lower = if count == 0 { 0.0 } else { x * (x / n) / upper };
    (lower, if rest == 0.0 { 1.0 } else { upper / (n + zz) })
}
