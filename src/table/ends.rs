//! A table with other counts in place of those that are not known exactly.

use super::table::Table;
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
}
