//! An area of a league table as rows of reports have it.

use super::{comparison::Comparison, league::LeagueTable};
use crate::{
    base::{Undefined, rows},
    rate::Observation,
    table::{Area, LeftOut},
};

/// An area of a league table, whether or not it takes part: what every report's row says of it.
pub(crate) struct Entry<'a> {
    pub(crate) league: &'a LeagueTable,
    /// Its place in the table.
    pub(crate) index: usize,
    pub(crate) area: &'a Area,
    /// What it is compared with, or why it takes no part.
    pub(crate) outcome: Result<Comparison<'a>, LeftOut>,
}

impl LeagueTable {
    /// Every area in the order of the table.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let areas = self.areas().enumerate();
        areas.map(|(index, (area, outcome))| Entry { league: self, index, area, outcome })
    }

    /// The area in a place of the table.
    pub(crate) fn entry(&self, index: usize) -> Option<Entry<'_>> {
        let area = self.table().areas().get(index)?;
        Some(Entry { league: self, index, area, outcome: self.outcome(index)? })
    }

    /// The first k areas by rank, and any that have the rank of the last of them.
    pub(crate) fn first(&self, k: usize) -> impl Iterator<Item = Entry<'_>> {
        let last = k.checked_sub(1).and_then(|last| self.ranked().nth(last).or_else(|| self.ranked().last()));
        let last = last.map(|last| last.rank());
        let listing = self.ranking().listing().iter();
        let listing = listing.filter_map(|place| self.entry(self.compared_places().get(*place).copied()?));
        listing.take_while(move |entry| entry.comparison().map(Comparison::rank) <= last)
    }
}

impl<'a> Entry<'a> {
    /// Its name, code, count, people and months.
    pub(crate) fn whose(&self) -> rows::Whose {
        let table = self.league.table();
        let count = table.observation(self.index).and_then(Observation::known);
        let (people, months) = self.exposure().unzip();
        (self.area.name().into(), self.area.code().map(Into::into), count, people, months.flatten())
    }

    /// The people, also where rates are on person-months, and how many months they are multiplied by then.
    fn exposure(&self) -> Option<(u64, Option<u64>)> {
        let table = self.league.table();
        Some(table.basis().apart(table.stated_population(self.index)?, table.months(self.index)))
    }

    pub(crate) fn comparison(&self) -> Option<&Comparison<'a>> {
        self.outcome.as_ref().ok()
    }

    /// What was done about the area, or why it takes no part; and why figures of those that do are missing.
    pub(crate) fn note<const N: usize>(&self, missing: [Option<Undefined>; N]) -> Option<String> {
        self.note_with(rows::reasons(missing))
    }

    /// The same with reasons in words.
    pub(crate) fn note_with(&self, missing: Option<String>) -> Option<String> {
        match &self.outcome {
            Ok(_) => rows::told([self.league.table().treatment(self.index), missing]),
            Err(left_out) => Some(left_out.to_string()),
        }
    }
}
