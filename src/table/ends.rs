//! A table with other counts in place of those that are not known exactly.

use super::{policies::policy::Policy, table::Table};
use crate::rate::Observation;

impl Table {
    /// The same table with each count as `of` has it, which are no longer rounded ones; policies stay as they are.
    pub(crate) fn with_counts(&self, of: impl Fn(usize, Observation) -> Observation) -> Self {
        let counts: Vec<_> = (0..self.len()).map(|index| (index, self.figures(index))).collect();
        let mut table = self.clone().exactly();
        for (index, figures) in counts {
            let Some((count, people)) = figures else { continue };
            let new = of(index, count);
            if new != count {
                table.replace(index, new, people);
            }
        }
        table
    }

    /// The same table with these counts more in rows, out of what is in no area, of which no more is left: but for what is in the pooled average, where
    /// that stays there. A count that is not known takes none.
    pub(crate) fn with_placed(&self, more: &[(usize, u64)], in_average: bool) -> Self {
        self.with_counts(|index, count| match (self.by_place().get(&index), count) {
            (Some(Policy::Unplaced { in_average: in_its }), _) if in_average || !in_its => Observation::Known(0),
            (_, Observation::Known(known)) => {
                let own = more.iter().filter(|(row, _)| *row == index).map(|(_, more)| *more);
                Observation::Known(own.fold(known, u64::saturating_add))
            }
            _ => count,
        })
    }
}
