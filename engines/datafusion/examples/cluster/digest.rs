//! The bits of a panel.

use crate::data::Shape;
use crimerate::{
    Average, Measure, Panel, Per,
    records::{Absent, NamedRecords},
};
use std::hash::{DefaultHasher, Hasher};

impl Shape {
    /// What six measures of all cells come to, every bit of them, and how many cells there are.
    pub(crate) fn digest(self, records: &NamedRecords) -> crimerate::Result<(u64, usize)> {
        let people = self.areas().into_iter().zip((0..).map(|area: u64| 100_000 + 37_001 * area));
        let panel: Panel<'_> = records.panel(people, Absent::Zero)?;
        let measures = [Measure::Rate, Measure::Lower, Measure::Upper, Measure::Ratio, Measure::Z, Measure::Rank];
        let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, measures);
        let mut hash = DefaultHasher::new();
        for measure in measures {
            figures.array(measure).into_iter().flatten().for_each(|figure| hash.write_u64(figure.to_bits()));
        }
        figures.ranks().into_iter().flatten().for_each(|rank| hash.write_u32(*rank));
        Ok((hash.finish(), panel.len() * panel.indicators()))
    }
}
