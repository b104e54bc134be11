//! The tests of all areas that a sentence could have been about.

use crate::{base::digits, interval::Correction};
use std::iter;

/// The p-value of a test that was picked from several.
pub(super) struct Picked {
    pub(super) p: f64,
    of: usize,
    what: &'static str,
    /// That the side was picked as well, where one is named.
    side: &'static str,
    how: &'static str,
}

/// The p-values of all areas, from the smallest, each with what Holm's method makes of it; one that is not known counts as 1.
#[derive(Clone, Debug, Default)]
pub(super) struct AllTests(Vec<(f64, f64)>);

impl Picked {
    /// As one of several areas or pairs, and of two sides where one is named; `None` where there is nothing to pick from.
    fn new(p: f64, of: usize, [what, side, how]: [&'static str; 3], sided: bool) -> Option<Self> {
        let times = if sided { 2.0 } else { 1.0 };
        (of > 1 || sided).then(|| Self { p: (times * p).min(1.0), of, what, side: if sided { side } else { "" }, how })
    }

    /// A p-value times the number of areas that were picked from.
    pub(super) fn of_areas(own: f64, of: usize, sided: bool) -> Option<Self> {
        Self::new((own * of as f64).min(1.0), of, ["areas", ", on either side", " (Bonferroni)"], sided)
    }

    /// The same of pairs of areas.
    pub(super) fn of_pairs(own: f64, areas: usize, sided: bool) -> Option<Self> {
        let pairs = areas.saturating_mul(areas.saturating_sub(1)) / 2;
        Self::new((own * pairs as f64).min(1.0), pairs, ["pairs", ", either way round", " (Bonferroni)"], sided)
    }

    /// Such as `p = 0.011 as one of 37 areas (Holm)`, after the p-value of its own.
    pub(super) fn after(&self, own: f64) -> String {
        let [own, picked] = [own, self.p].map(digits::p_value);
        let still = if picked == own { "still " } else { "" };
        match self.of {
            ..=1 => format!("{still}{picked}{}", self.side),
            of => format!(
                "{still}{picked} as one of {} {}{}{}",
                digits::grouped(of as u64),
                self.what,
                self.side,
                self.how
            ),
        }
    }
}

impl FromIterator<f64> for AllTests {
    fn from_iter<I: IntoIterator<Item = f64>>(all: I) -> Self {
        let mut all: Vec<f64> = all.into_iter().collect();
        all.sort_unstable_by(f64::total_cmp);
        let adjusted = Correction::Holm.of_probabilities(&all);
        Self(all.into_iter().zip(adjusted).collect())
    }
}

impl AllTests {
    /// How many.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// With as many areas more, whose p-values are not known.
    pub(super) fn with_unknown(self, more: usize) -> Self {
        match more {
            0 => self,
            _ => self.0.into_iter().map(|(p, _)| p).chain(iter::repeat_n(1.0, more)).collect(),
        }
    }

    /// What a p-value of one of them, be it known or not, is as such, and as one of two sides where one is named.
    pub(super) fn holm(&self, own: f64, sided: bool) -> Option<Picked> {
        let (of, smaller) = (self.0.len(), self.0.partition_point(|(p, _)| *p < own));
        let last = smaller.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0.0, |(_, adjusted)| *adjusted);
        let p = last.max((own * of.saturating_sub(smaller).max(1) as f64).min(1.0));
        Picked::new(p, of, ["areas", ", on either side", " (Holm)"], sided)
    }
}
