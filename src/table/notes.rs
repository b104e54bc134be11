//! What the rows of a table may mean, in words: totals, counts in no area, periods of their own.

use super::{
    area::Area, hints::Hints, nouns::Nouns, policies::policy::Policy, similar::taken_apart, suspects::Suspects,
    table::Table,
};
use crate::{
    average::{Average, Rule},
    base::{Note, Topic, digits, words},
};
use std::num::NonZeroU32;

impl Table {
    /// The months of a row that has others than most.
    pub(super) fn short(&self, index: usize) -> Option<NonZeroU32> {
        self.own_months()?.short(index)
    }

    /// What is said with everything that rests on the figures of such a row.
    pub(crate) fn short_told(&self, index: usize) -> Option<String> {
        let (months, area, usual) = (self.short(index)?, self.areas().get(index)?, self.own_months()?.usual());
        Some(format!("{area}: figures of {}, those of most areas of {usual}; {SEASONS}.", of_months(months)))
    }

    /// The months of a row and those of its area in a later table, where they are not the same.
    pub(crate) fn months_apart(&self, index: usize, later: &Self, there: usize) -> Option<[NonZeroU32; 2]> {
        let both = [self.months(index), later.months(there)];
        (both[0] != both[1]).then_some(both)
    }

    /// What is said with a change between figures of such rows, unless the later table says it of its own.
    pub(crate) fn apart_told(&self, index: usize, later: &Self, there: usize) -> Option<String> {
        let [before, now] = self.months_apart(index, later, there)?;
        let told = later.short(there).is_some() && self.short(index).is_none();
        let area = self.areas().get(index).filter(|_| !told)?;
        Some(format!("{area}: figures of {} before and of {now} now; {SEASONS}.", of_months(before)))
    }

    /// The months of a row that has others than most, or than its area in a later table, as in a cell.
    pub(crate) fn months_cell(&self, index: usize, later: &Self, there: usize) -> Option<String> {
        match self.months_apart(index, later, there) {
            Some([before, now]) => Some(format!("months: {before} before, {now} after")),
            None => self.short(index).or_else(|| later.short(there)).map(|months| format!("months: {months}")),
        }
    }

    /// Who has other months than most.
    pub(super) fn months_note(&self) -> Option<String> {
        let usual = self.own_months()?.usual();
        let part = |at: &usize| {
            matches!(self.by_place().get(at), Some(Policy::Merge { .. })) || matches!(self.rate(*at), Some(Ok(_)))
        };
        let parts: Vec<usize> = (0..self.len()).filter(part).collect();
        let short = parts.iter().filter_map(|at| Some((self.areas().get(*at)?, self.short(*at)?)));
        let short: Vec<(&Area, NonZeroU32)> = short.collect();
        let rows = words::counted(parts.len() - short.len(), "area");
        let others = match short.len() {
            0 => return Some(format!("Months: {usual} in every area; rates are for a year.")),
            1..=5 => {
                let each = short.iter().map(|(area, own)| format!("{area} has {}", of_months(*own)));
                each.collect::<Vec<_>>().join(", ")
            }
            many => format!("{} areas have others", digits::grouped(many as u64)),
        };
        Some(format!(
            "Months: {usual} in {rows}, but {others}; each population counts for its own months, and {SEASONS}."
        ))
    }

    /// What rows may be that are compared as areas, and what was found about totals and about counts in no area, which may be in an average.
    pub(crate) fn rows_notes(&self, hints: &Hints, average: Average) -> Vec<Note> {
        let suspects = Suspects::of(self, hints);
        let unplaced = self.unplaced_note(&suspects, average).map(|text| Note::new(Topic::Areas, text));
        let months = self.months_note().map(|text| Note::new(Topic::Areas, text));
        let swapped = self.above_one_note().map(|text| Note::new(Topic::Areas, text));
        let alike = self.alike_note().map(|text| Note::new(Topic::Areas, text));
        let period = self.basis().months_note().map(|text| Note::new(Topic::Basis, text));
        let others = [unplaced, months, swapped, alike, period].into_iter().flatten();
        suspects.notes(self).into_iter().chain(others).collect()
    }

    /// Rows that take part as areas and may be totals, by their figures or by their names.
    pub(crate) fn totals_notes(&self, hints: &Hints) -> Vec<Note> {
        Suspects::of(self, hints).notes(self)
    }

    /// Whether a row that takes part may be a total of others.
    pub(crate) fn perhaps_totals(&self, hints: &Hints) -> impl Fn(usize) -> bool + use<> {
        let suspects = Suspects::of(self, hints);
        move |at| suspects.contains(at)
    }

    /// Areas that were taken for two though their names are alike.
    fn alike_note(&self) -> Option<String> {
        let compared = self.alike.iter().filter(|(at, _)| self.by_place().get(at).is_none_or(Policy::takes_part));
        taken_apart(compared.filter_map(|(at, other)| Some((self.areas().get(*at)?.label(), other.as_str()))))
    }

    /// Rates above one per person, the usual sign of columns that were swapped.
    fn above_one_note(&self) -> Option<String> {
        let above = self
            .areas()
            .iter()
            .zip(self.rates())
            .filter(|(_, rate)| rate.as_ref().is_ok_and(|rate| rate.value() > 1.0));
        let above: Vec<&str> = above.map(|(area, _)| area.label()).collect();
        let nouns = Nouns::of(self.basis());
        let exposed = nouns.exposed_noun().unwrap_or("the population");
        (!above.is_empty()).then(|| {
            format!("More counted than {exposed}: {}. Counts and populations may be swapped.", words::few(&above))
        })
    }

    /// What is in no area, beside what is in one: neither that of totals, which have it again.
    fn unplaced_note(&self, suspects: &Suspects, average: Average) -> Option<String> {
        let rows: Vec<_> = self.unplaced_rows().collect();
        rows.first()?;
        let ends: Vec<(u64, Option<u64>)> = rows.iter().map(|(.., count)| count.ends()).collect();
        let least: u128 = ends.iter().map(|(least, _)| u128::from(*least)).sum();
        let most: Option<u128> = ends.iter().map(|(_, most)| most.map(u128::from)).sum();
        let placed = self.rates().enumerate().filter(|(at, _)| !suspects.contains(*at));
        let placed: u128 = placed.filter_map(|(_, rate)| Some(u128::from(rate.ok()?.count()))).sum();
        let names: Vec<&str> = rows.iter().map(|(_, area, _)| area.label()).collect();
        let range = |beside: u128| words::bounds(least + beside, most.map(|most| most + beside));
        let (shown, all, one) = (range(0), range(placed), most.is_some_and(|most| most + placed == 1));
        let share = if most == Some(least) { share(least, least + placed) } else { String::new() };
        let inside = rows.iter().filter(|(inside, ..)| *inside).count();
        let who = match inside {
            some if some < rows.len() => format!("{} of them are", digits::grouped(self.unplaced_count())),
            _ => "They are".to_owned(),
        };
        const LOW: &str = "so every rate is somewhat too low";
        let where_to = match (average.rule(), average.over_which().is_everyone()) {
            (Rule::Fixed(_), _) => format!("They are in no rate, {LOW}; the average is a given one"),
            _ if inside == 0 => format!("They are in no rate and in no average, {LOW}"),
            (Rule::Mean | Rule::Median, _) => {
                format!("They are in no rate, {LOW}, and in no average, which is made of rates")
            }
            (Rule::Pooled, false) => format!("{who} in the pooled average of everyone, in no group's, and in no rate"),
            (Rule::Pooled, true) if inside < rows.len() => format!("{who} in the pooled average, and none in a rate"),
            (Rule::Pooled, true) => format!("{who} in the pooled average and in no rate"),
        };
        let what = self.basis().count().map(|_| Nouns::of(self.basis()).count_noun(one));
        let what = what.as_deref().unwrap_or("counted");
        Some(format!("In no area: {shown} of {all} {what}{share}, {}. {where_to}.", words::few(&names)))
    }
}

/// A share, such as ` (94 %)`, that does not read as nothing; none of nothing.
pub(crate) fn share(part: u128, all: u128) -> String {
    let percent = match 100.0 * part as f64 / all as f64 {
        p if p.is_nan() => return String::new(),
        p if p > 0.0 && p < 0.05 => "below 0.1".into(),
        p if p > 0.0 && p < 0.95 => digits::fixed(p, 1),
        p => digits::fixed(p, 0),
    };
    format!(" ({percent} %)")
}

const SEASONS: &str = "figures have seasons, so that a part of a year is not its share of the year";

fn of_months(months: NonZeroU32) -> String {
    words::counted(months.get() as usize, "month")
}
