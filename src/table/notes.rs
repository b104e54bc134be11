//! What the rows of a table may mean, in words: totals, counts in no area, periods of their own.

use super::{
    area::Area,
    areas::Areas,
    left_out::LeftOut,
    similar::plain,
    sums::{self, Sum, Which},
    table::Table,
};
use crate::{
    base::{Note, Topic, digits, words},
    rate::Rate,
};
use std::num::NonZeroU32;

impl Table {
    /// The months of a row that has others than most.
    pub(super) fn short(&self, index: usize) -> Option<NonZeroU32> {
        self.own_months()?.short(index)
    }

    /// What is said with everything that rests on the figures of such a row.
    pub(super) fn short_told(&self, index: usize) -> Option<String> {
        let (months, area, usual) = (self.short(index)?, self.areas().get(index)?, self.own_months()?.usual());
        Some(format!("{area}: figures of {}, those of most areas of {usual}; {SEASONS}.", of_months(months)))
    }

    /// Who has other months than most.
    pub(super) fn months_note(&self) -> Option<String> {
        let usual = self.own_months()?.usual();
        let short = (0..).zip(self.areas()).filter_map(|(index, area)| Some((area, self.short(index)?)));
        let short: Vec<(&Area, NonZeroU32)> = short.collect();
        let rows = words::counted(self.len() - short.len(), "area");
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

    /// What rows may be that are compared as areas, and what was found about totals and about counts in no area.
    pub(crate) fn rows_notes(&self) -> Vec<Note> {
        let unplaced = self.unplaced_note().map(|text| Note::new(Topic::Areas, text));
        let months = self.months_note().map(|text| Note::new(Topic::Areas, text));
        let swapped = self.above_one_note().map(|text| Note::new(Topic::Areas, text));
        let rounded = self.rounded_note().map(|text| Note::new(Topic::Interval, text));
        let alike = self.alike_note().map(|text| Note::new(Topic::Areas, text));
        let period = self.basis().months_note().map(|text| Note::new(Topic::Basis, text));
        let others = [unplaced, months, swapped, alike, rounded, period].into_iter().flatten();
        self.totals_notes().into_iter().chain(others).collect()
    }

    /// Rows that take part as areas and may be totals, by their figures or by their names.
    pub(crate) fn totals_notes(&self) -> Vec<Note> {
        let sums = self.totals_note();
        let named = self.named_totals(sums.as_deref().unwrap_or_default());
        [sums, named].into_iter().flatten().map(|text| Note::new(Topic::Areas, text)).collect()
    }

    /// The rows that take part and are the sum of others.
    fn totals_note(&self) -> Option<String> {
        let rows: Vec<_> = self.rates().map(Result::ok).collect();
        let groups: Vec<&[usize]> = self.groupings().lists().collect();
        let found = self.list_of_areas().totals_note(&rows, &groups, self.rounding());
        found.or_else(|| {
            let figures: Vec<_> = rows.iter().map(figures).collect();
            let without = (0..self.len()).filter(|at| matches!(self.rate(*at), Some(Err(LeftOut::NotKnown(_)))));
            let people = without.filter_map(|at| self.stated_population(at)).map(u128::from).sum();
            let area = self.areas().get(sums::of_unknown(&figures, people)?)?;
            Some(format!(
                "Compared as areas, and perhaps totals: {area} (its population is that of all others, some of which have no count)."
            ))
        })
    }

    /// The rows that take part under a name that totals have, where the figures did not show it.
    fn named_totals(&self, shown: &str) -> Option<String> {
        let is_total = |area: &Area| {
            let name = plain(area.name());
            TOTALS.contains(&name.as_str()) || name.starts_with("total ") || name.ends_with(" total")
        };
        let rows = self.areas().iter().zip(self.rates());
        let named = rows.filter(|(area, rate)| rate.is_ok() && is_total(area) && !shown.contains(area.label()));
        let named: Vec<&str> = named.map(|(area, _)| area.label()).collect();
        let others = self.rates().flatten().count() > named.len();
        (others && !named.is_empty())
            .then(|| format!("Compared as areas, and totals by their names: {}.", words::up_to(15, &named)))
    }

    /// Areas that were taken for two though their names are alike.
    fn alike_note(&self) -> Option<String> {
        let named = self
            .alike
            .iter()
            .filter_map(|(index, other)| Some(format!("{} beside {other}", self.areas().get(*index)?)));
        let named: Vec<String> = named.take(15).collect();
        (!named.is_empty())
            .then(|| format!("Taken for areas of their own, though their names are alike: {}.", named.join("; ")))
    }

    /// Rates above one per person, the usual sign of columns that were swapped.
    fn above_one_note(&self) -> Option<String> {
        let above = self
            .areas()
            .iter()
            .zip(self.rates())
            .filter(|(_, rate)| rate.as_ref().is_ok_and(|rate| rate.value() > 1.0));
        let above: Vec<&str> = above.map(|(area, _)| area.label()).collect();
        let exposed = self.basis().exposed();
        (!above.is_empty()).then(|| {
            format!("More counted than {exposed}: {}. Counts and populations may be swapped.", words::few(&above))
        })
    }

    fn unplaced_note(&self) -> Option<String> {
        let rows: Vec<_> = self.unplaced_rows().collect();
        rows.first()?;
        let unplaced: u128 = rows.iter().filter_map(|(.., count)| *count).sum();
        let placed: u128 = self.rates().flatten().map(|rate| u128::from(rate.count())).sum();
        let names: Vec<&str> = rows.iter().map(|(_, area, _)| area.label()).collect();
        let (shown, all) = (digits::grouped(unplaced), digits::grouped(unplaced + placed));
        let share = match unplaced + placed {
            0 => String::new(),
            all => format!(" ({} %)", digits::fixed(100.0 * unplaced as f64 / all as f64, 0)),
        };
        let where_to = match (rows.iter().any(|(inside, ..)| *inside), rows.iter().all(|(inside, ..)| *inside)) {
            (false, _) => {
                "They are in no rate and in no average, so every rate is too low by what belongs to it".to_owned()
            }
            (_, true) => "They are in the pooled average and in no rate".to_owned(),
            _ => format!(
                "{} of them are in the pooled average, and none in a rate",
                digits::grouped(self.unplaced_count())
            ),
        };
        Some(format!("In no area: {shown} of {all} counted{share}, {}. {where_to}.", words::few(&names)))
    }
}

/// What totals are called.
const TOTALS: [&str; 11] = [
    "total",
    "totals",
    "all",
    "all areas",
    "all forces",
    "grand total",
    "national",
    "england and wales",
    "great britain",
    "united kingdom",
    "united states",
];

fn figures(rate: &Option<Rate>) -> Option<(u64, u64)> {
    rate.map(|rate| (rate.count(), rate.population().get()))
}

impl Areas {
    /// The areas with these rates that may be totals, in the words of a note.
    pub(crate) fn totals_note(
        &self,
        rates: &[Option<Rate>],
        groups: &[&[usize]],
        rounding: Option<u64>,
    ) -> Option<String> {
        const SHOWN: usize = 20;
        let figures: Vec<_> = rates.iter().map(figures).collect();
        let found = match rounding {
            None => sums::sums(&figures, groups),
            Some(base) => sums::of_rounded(&figures, groups, base),
        };
        let told = |sum: &Sum| {
            let (area, nearly) = (self.list().get(sum.total)?, if sum.nearly { "nearly " } else { "" });
            Some(format!("{area} ({nearly}the sum of {})", self.parts_told(&sum.parts, sum.which)))
        };
        let mut shown: Vec<String> = found.iter().take(SHOWN).filter_map(told).collect();
        if let more @ 1.. = found.len().saturating_sub(SHOWN) {
            shown.push(format!("and {} more", digits::grouped(more as u64)));
        }
        (!shown.is_empty()).then(|| format!("Compared as areas, and perhaps totals: {}.", shown.join("; ")))
    }

    /// Such as `the 12 from Ohio to Kansas`.
    pub(super) fn parts_told(&self, parts: &[usize], which: Which) -> String {
        let name = |index: Option<&usize>| index.and_then(|index| self.list().get(*index)).map_or("", Area::label);
        let number = digits::grouped(parts.len() as u64);
        match which {
            Which::All => format!("all {number} others"),
            Which::Run => format!("the {number} from {} to {}", name(parts.first()), name(parts.last())),
            Which::Levels => format!("all {number} others, which have it more than once"),
            Which::Group => format!("the {number} of a group, {} to {}", name(parts.first()), name(parts.last())),
        }
    }
}

const SEASONS: &str = "figures have seasons, so that a part of a year is not its share of the year";

fn of_months(months: NonZeroU32) -> String {
    words::counted(months.get() as usize, "month")
}
