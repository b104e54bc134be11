//! Areas that were picked from all for where they came out.
//!
//! With 43 equal rates the top one is above the average, tested as if it had been named beforehand, in 46 % of tables, and some area
//! is in 87 %. So an area is one of all that the sentence could have been about, unless it is said to have been chosen beforehand.

use super::{
    bench::Bench,
    checker::Checker,
    compared_with::ComparedWith,
    earlier::Earlier,
    family::{AllTests, Picked},
    side::Tested,
};
use crate::{average::Rule, rate::Observation, table::LeftOut};

/// More tests are not made for one sentence: its p-value is then multiplied by their number.
const MOST_TESTS: usize = 40_000;

impl Checker {
    /// The p-value as that of one of all areas, or pairs, that could have been picked; `None` where there is no other, or the area was chosen beforehand.
    pub(super) fn picked(&self, own: f64, tested: Tested, against: &ComparedWith) -> Option<Picked> {
        if self.is_chosen_beforehand() {
            return None;
        }
        let (areas, sided) = (self.league().len() + self.known_within_bounds(), tested.side.is_some());
        match against {
            ComparedWith::Area(_) => {
                let rows = 0..self.league().table().areas().len();
                Picked::of_pairs(own, rows.filter(|row| self.rate_ends(*row).is_some()).count(), sided)
            }
            ComparedWith::Average => {
                let average = self.league().how().average();
                let each = if matches!(average.rule(), Rule::Mean | Rule::Median) { self.league().len() } else { 1 };
                match tested.is_of_equal_rates() {
                    // Of two areas that one is above their average is that the other is below it.
                    _ if areas == 2 && average.rule() == Rule::Pooled && average.over_which().is_everyone() => {
                        Picked::of_areas(own, 1, sided)
                    }
                    _ if self.is_at_ends() || areas.saturating_mul(each) > MOST_TESTS => {
                        Picked::of_areas(own, areas, sided)
                    }
                    true => self.distances().holm(own, sided),
                    false => self.distances_of(tested).holm(own, sided),
                }
            }
            ComparedWith::YearBefore => match tested.is_of_equal_rates() {
                true => self.year_changes().holm(own, sided),
                false => self.year_changes_of(tested).holm(own, sided),
            },
            ComparedWith::Before => match tested.is_of_equal_rates() {
                _ if self.is_at_ends() => Picked::of_areas(own, self.changes().len(), sided),
                true => self.changes().holm(own, sided),
                false => self.changes_of(tested).holm(own, sided),
            },
        }
    }

    /// The same of an area of a series, beside the tests of all of its areas.
    pub(super) fn picked_from(&self, own: f64, sided: bool, all: impl FnOnce() -> AllTests) -> Option<Picked> {
        if self.is_chosen_beforehand() { None } else { all().holm(own, sided) }
    }

    /// Of the distances of all areas from the average.
    pub(super) fn distances_of(&self, tested: Tested) -> AllTests {
        let p = self.league().iter().filter_map(|here| {
            let bench = self.bench_of(here.average().ok()?);
            Some(self.chance_of(here.rate(), tested, bench, Some(here)).ok()?.p())
        });
        p.collect::<AllTests>().with_unknown(self.known_within_bounds())
    }

    /// Of the changes of all areas.
    pub(super) fn changes_of(&self, tested: Tested) -> AllTests {
        let changes = self.earlier().into_iter().flat_map(Earlier::changes);
        let p = changes.filter_map(|change| {
            let (before, after) = (change.ratio().base(), change.ratio().rate());
            Some(self.chance_of(after, tested, Bench::rate(before), None).ok()?.p())
        });
        p.collect::<AllTests>().with_unknown(self.changes_within_bounds())
    }

    /// How many areas have a count that is known within bounds alone, so that a sentence could be about them, too.
    fn known_within_bounds(&self) -> usize {
        let bounded = |why: &LeftOut| match why {
            LeftOut::NotKnown(Observation::Suppressed { at_least, at_most }) => *at_least > 0 || at_most.is_some(),
            _ => false,
        };
        self.league().left_out().filter(|(_, why)| bounded(why)).count()
    }

    /// How many areas have a change that is known within bounds alone.
    fn changes_within_bounds(&self) -> usize {
        let table = self.league().table();
        let takes_part = |row: &usize| matches!(table.rate(*row), Some(Ok(_) | Err(LeftOut::NotKnown(_))));
        let rows = (0..table.len()).filter(takes_part);
        rows.filter(|row| self.both_ends(*row, &ComparedWith::Before).is_some()).count()
    }
}
