//! The tests of all areas that a sentence could have been about.

use crate::{base::digits, interval::Correction};

/// The p-value of a test that was picked from several.
pub(super) struct Picked {
    pub(super) p: f64,
    of: usize,
    what: &'static str,
    how: &'static str,
}

impl Picked {
    /// A p-value times the number of what was picked from; `None` where there is nothing to pick from.
    pub(super) fn bonferroni(own: f64, of: usize, what: &'static str) -> Option<Self> {
        (of > 1).then(|| Self { p: (own * of as f64).min(1.0), of, what, how: "Bonferroni" })
    }

    /// Such as `p = 0.011 as one of 37 areas (Holm)`, after the p-value of its own.
    pub(super) fn beside(&self, own: f64) -> String {
        let [own, picked] = [own, self.p].map(digits::p_value);
        let (of, what) = (digits::grouped(self.of as u64), self.what);
        let picked = if picked == own { "the same".into() } else { picked };
        format!("{picked} as one of {of} {what} ({})", self.how)
    }
}

/// The p-values of all areas, from the smallest, each with what Holm's method makes of it.
#[derive(Clone, Debug, Default)]
pub(super) struct AllTests(Vec<(f64, f64)>);

impl FromIterator<f64> for AllTests {
    fn from_iter<I: IntoIterator<Item = f64>>(all: I) -> Self {
        let mut all: Vec<f64> = all.into_iter().collect();
        all.sort_unstable_by(f64::total_cmp);
        let adjusted = Correction::Holm.of_probabilities(&all);
        Self(all.into_iter().zip(adjusted).collect())
    }
}

impl AllTests {
    /// What a p-value of one of them is as such.
    pub(super) fn holm(&self, own: f64) -> Option<Picked> {
        let place = self.0.partition_point(|(p, _)| *p < own);
        let (_, p) = self.0.get(place)?;
        (self.0.len() > 1).then_some(Picked { p: *p, of: self.0.len(), what: "areas", how: "Holm" })
    }
}
