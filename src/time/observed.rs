//! What is known of counts that a series does not have exactly.

use super::series::AreaSeries;
use crate::rate::{Observation, Period, Population, Rate};

impl AreaSeries<'_> {
    /// The periods whose counts are suppressed, and what is known of these.
    pub(crate) fn suppressed(self) -> impl Iterator<Item = (Period, Observation)> {
        let cells = self.series().periods().iter().zip(self.cells());
        let suppressed = cells.filter(|(_, cell)| matches!(cell.count, Observation::Suppressed { .. }));
        suppressed.map(|(period, cell)| (*period, cell.count))
    }

    /// The least and, where it is known, the most that the rate of a whole period may be; `None` of a gap.
    pub(crate) fn rate_ends(self, period: Period) -> Option<(Rate, Option<Rate>)> {
        let cell = self.cells().get(self.series().place_of(period)?)?;
        let whole = cell.months == self.series().months() && !matches!(cell.count, Observation::Missing(_));
        let people = cell.people.filter(|_| whole)?;
        let people = if self.series().is_in_person_months() { cell.exposure(people) } else { people };
        let (people, (least, most)) = (Population::new(people).ok()?, cell.count.ends());
        Some((Rate::of(least, people), most.map(|most| Rate::of(most, people))))
    }
}
