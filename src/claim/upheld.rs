//! Up to which variation within areas a sentence stays supported.
//!
//! A verdict rests on the variation of chance unless another is given, and real counts vary by more: quarters of recorded offences in the
//! embedded figures by 2.2 to 2.8 times as much. So beside what is supported stands how much it would bear.

use super::{
    checked::Checked,
    checker::Checker,
    claim::{Claim, Says},
    verdict::Verdict,
};
use crate::rank::WithinDispersion;

/// Beyond so many areas it is not worked out: every step makes the rank sets of all again.
const MOST_AREAS: usize = 400;

/// From a factor of two, halved as often on a log scale: to some 4e-8 of itself.
const STEPS: usize = 24;

impl Checker {
    /// The largest variation within areas, as times that of chance, at which a claim that is supported still is; `None` where it is not
    /// supported, or rests on no test.
    pub(super) fn upheld(&self, claim: &Claim, checked: &Checked) -> Option<f64> {
        let rests_on_chance = matches!(claim.says, Says::Among { .. } | Says::Compared { .. } | Says::Moved(_));
        if !rests_on_chance || checked.of_compared != Verdict::Supported || self.league().len() > MOST_AREAS {
            return None;
        }
        let supported = |phi: f64| {
            let within = WithinDispersion::new(phi).ok()?;
            let there = self.clone().with_sets(self.sets_spec().with_dispersion(within)).judge(claim).ok()?;
            Some(there.of_compared == Verdict::Supported)
        };
        let mut low = self.within().map_or(1.0, WithinDispersion::factor);
        let mut high = 2.0 * low;
        while supported(high)? {
            (low, high) = (high, 2.0 * high);
        }
        for _ in 0..STEPS {
            let middle = (low * high).sqrt();
            if supported(middle)? { low = middle } else { high = middle }
        }
        Some(low)
    }
}
