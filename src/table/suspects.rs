//! Rows that take part as areas and may be totals of others.

use super::{
    area::Area,
    areas::Areas,
    hints::Hints,
    lacking,
    left_out::LeftOut,
    policies::policy::Policy,
    similar::plain,
    sum::{Sum, Which},
    sums,
    table::Table,
};
use crate::{
    base::{Note, Topic, digits, words},
    rate::{Observation, Rate},
};
use std::collections::{BTreeMap, HashSet};

/// What totals are called.
const TOTALS: [&str; 21] = [
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
    "uk",
    "united states",
    "us",
    "usa",
    "deutschland",
    "bundesgebiet",
    "gesamt",
    "insgesamt",
    "summe",
    "gesamtsumme",
    "bund",
];

/// The rows of a table that take part and may be totals.
pub(super) struct Suspects {
    /// By their figures.
    sums: Vec<Sum>,
    /// By their populations, where counts are not known.
    unknown: Vec<Sum>,
    /// By their names alone.
    named: Vec<usize>,
    places: HashSet<usize>,
    /// What the groups are called that they may be the sums of.
    groups: Vec<String>,
}

impl Suspects {
    pub(super) fn of(table: &Table, hints: &Hints) -> Self {
        let (names, groups) = table.groups_known(hints);
        let beyond: Vec<u128> = table.beyond().into_iter().map(|(count, _)| count).collect();
        let among = |rows: &[Known]| table.sums_among(rows, &groups, &beyond);
        let compared = table.compared_in_people();
        let mut sums = among(&compared);
        // What a total was made of may have been left out since, or have another denominator.
        if !table.by_place().is_empty() {
            let given = (0..table.len()).map(|at| table.known_in_people(at).filter(|_| table.is_part(at)));
            let more = among(&given.collect::<Vec<_>>()).into_iter().filter(|sum| {
                matches!(table.rate(sum.total), Some(Ok(_))) && sums.iter().all(|found| found.total != sum.total)
            });
            sums.extend(more.collect::<Vec<_>>());
            sums.sort_by_key(|sum| sum.total);
        }
        let without = |at: usize| {
            let is_unknown = matches!(table.rate(at), Some(Err(LeftOut::NotKnown(_))));
            if is_unknown { table.in_people(at)?.1 } else { None }
        };
        let without: Vec<Option<u64>> = (0..table.len()).map(without).collect();
        let known: Vec<usize> = sums.iter().map(|sum| sum.total).collect();
        let unknown = lacking::of_unknown(&compared, &without, &known, &groups);
        let mut places: HashSet<usize> = sums.iter().chain(&unknown).map(|sum| sum.total).collect();
        let named: Vec<usize> = named(table, hints).filter(|at| !places.contains(at)).collect();
        places.extend(&named);
        Self { sums, unknown, named, places, groups: names }
    }

    pub(super) fn contains(&self, place: usize) -> bool {
        self.places.contains(&place)
    }

    /// All of them.
    pub(super) fn notes(&self, table: &Table) -> Vec<Note> {
        let told = [self.note(table), self.named_note(table)];
        told.into_iter().flatten().map(|text| Note::new(Topic::Areas, text)).collect()
    }

    /// Those whose figures show it.
    fn note(&self, table: &Table) -> Option<String> {
        let areas = table.list_of_areas();
        let mut told: Vec<String> =
            self.sums.iter().filter_map(|sum| areas.sum_told(sum, &self.groups, &table.beyond())).collect();
        let has_count = |place: &usize| table.observation(*place).and_then(Observation::known).is_some();
        told.extend(self.unknown.iter().filter_map(|sum| {
            let lacking = sum.parts.iter().filter(|place| !has_count(place));
            let lacking: Vec<&str> = lacking.filter_map(|place| Some(table.areas().get(*place)?.label())).collect();
            let has = if lacking.len() == 1 { "has" } else { "have" };
            let (area, nearly) = (table.areas().get(sum.total)?, if sum.nearly { "nearly " } else { "" });
            let parts = areas.parts_told(&sum.parts, sum.which, &self.groups);
            Some(format!(
                "{area} (its population is {nearly}that of {parts}, of which {} {has} no count)",
                words::few(&lacking)
            ))
        }));
        listed(told)
    }

    /// Those whose names alone do.
    fn named_note(&self, table: &Table) -> Option<String> {
        named_note(table, &self.named)
    }
}

/// The first of the rows that may be totals, in the words of a note.
fn listed(mut told: Vec<String>) -> Option<String> {
    const SHOWN: usize = 20;
    if let more @ 1.. = told.len().saturating_sub(SHOWN) {
        told.truncate(SHOWN);
        told.push(format!("and {} more", digits::grouped(more as u64)));
    }
    (!told.is_empty()).then(|| format!("Compared as areas, and perhaps totals: {}.", told.join("; ")))
}

fn named_note(table: &Table, named: &[usize]) -> Option<String> {
    let named: Vec<&str> = named.iter().filter_map(|at| Some(table.areas().get(*at)?.label())).collect();
    let others = table.rates().flatten().count() > named.len();
    (others && !named.is_empty()).then(|| {
        format!("Compared as areas, and by their names perhaps totals: {}.", words::listed(&named, ", ", "area"))
    })
}

/// The places of rows that take part under a name that totals have.
fn named(table: &Table, hints: &Hints) -> impl Iterator<Item = usize> {
    let is_nation = |area: &Area| ["scotland", "wales", "northern ireland"].contains(&plain(area.name()).as_str());
    let england = !table.areas().iter().any(is_nation);
    let is_total = move |area: &Area| {
        let name = plain(area.name());
        let is_whole = TOTALS.contains(&name.as_str()) || england && name == "england";
        is_whole || name.starts_with("total ") || name.ends_with(" total")
    };
    let rows = table.areas().iter().zip(table.rates()).enumerate();
    rows.filter(move |(at, (area, rate))| rate.is_ok() && (is_total(area) || hints.totals.contains(at)))
        .map(|(at, _)| at)
}

/// A count and a population, where both are known.
type Known = Option<(u64, u64)>;

impl Table {
    /// The places of rows that take part as areas, and whose counts and populations are those of others together.
    pub(crate) fn perhaps_sums(&self, hints: &Hints) -> Vec<usize> {
        Suspects::of(self, hints).sums.iter().map(|sum| sum.total).collect()
    }

    /// Rows that take part as areas and have a name that totals have, where figures do not tell.
    pub(crate) fn totals_by_name(&self, hints: &Hints) -> Option<String> {
        named_note(self, &named(self, hints).collect::<Vec<_>>())
    }

    /// The figures of rows that take part, in people whatever their months.
    fn compared_in_people(&self) -> Vec<Known> {
        let people = |at: usize, rate: Rate| rate.population().get() / u64::from(self.months(at).get());
        let rows = self.rates().enumerate().map(|(at, rate)| rate.ok().map(|rate| (rate.count(), people(at, rate))));
        let mut rows: Vec<Known> = rows.collect();
        // What months of several lengths add up to is no number of people.
        let mut merged: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, policy) in self.by_place().iter().filter(|_| self.own_months().is_some()) {
            if let Policy::Merge { into, .. } = policy
                && let Some(into) = self.find(into)
            {
                merged.entry(into).or_insert_with(|| vec![into]).push(*at);
            }
        }
        for (into, parts) in merged {
            if let Some(Some(row)) = rows.get_mut(into) {
                row.1 = parts.iter().filter_map(|part| self.in_people(*part)?.1).sum();
            }
        }
        rows
    }

    /// The totals among rows, as far as counts were rounded.
    pub(super) fn sums_among(&self, rows: &[Known], groups: &[&[usize]], beyond: &[u128]) -> Vec<Sum> {
        match self.rounding() {
            None => sums::sums(rows, groups, beyond),
            Some(base) => sums::of_rounded(rows, groups, base, beyond),
        }
    }

    /// What the groups are called that totals may be the sums of, and their rows.
    pub(super) fn groups_known<'a>(&'a self, hints: &'a Hints) -> (Vec<String>, Vec<&'a [usize]>) {
        let known = hints.groups.iter().map(|(name, rows)| (name.clone(), rows.as_slice()));
        self.groupings().named().chain(known).unzip()
    }

    /// The counts, and what they are, that are of the whole and in no area that has a rate.
    fn beyond(&self) -> Vec<(u128, &'static str)> {
        let unplaced: u128 = self.unplaced_rows().filter_map(|(.., count)| count.known()).map(u128::from).sum();
        let peopled = |at| self.stated_population(at).is_some_and(|people| people > 0);
        let bodies = self.rates().enumerate().filter_map(|(at, rate)| match rate {
            Err(LeftOut::ZeroPopulation | LeftOut::NoPopulation) => self.observation(at)?.known(),
            // A total has it in it, whether it was left out or not.
            Err(LeftOut::Excluded(_)) if !peopled(at) => self.observation(at)?.known(),
            _ => None,
        });
        let bodies: u128 = bodies.map(u128::from).sum();
        let each = [
            (unplaced, "what is in no area"),
            (bodies, "what has no population"),
            (unplaced + bodies, "what is in no area or has no population"),
        ];
        each.into_iter().filter(|(count, _)| *count > 0).collect()
    }

    /// Whether a row may be a part of a total.
    pub(super) fn is_part(&self, at: usize) -> bool {
        !self.is_unplaced(at) && !matches!(self.by_place().get(&at), Some(Policy::Total))
    }

    /// Whether what a row has is in no area.
    pub(super) fn is_unplaced(&self, at: usize) -> bool {
        matches!(self.by_place().get(&at), Some(Policy::Unplaced { .. }))
    }

    /// The figures of a row as they were given, where both are known.
    pub(super) fn known_in_people(&self, at: usize) -> Known {
        match self.in_people(at)? {
            (Observation::Known(count), Some(people @ 1..)) => Some((count, people)),
            _ => None,
        }
    }
}

impl Areas {
    /// Such as `Midwest (the sum of the 12 from Ohio to Kansas)`.
    fn sum_told(&self, sum: &Sum, groups: &[String], beyond: &[(u128, &str)]) -> Option<String> {
        Some(format!("{} ({})", self.list().get(sum.total)?, self.meaning(sum, groups, beyond)))
    }

    /// What a total is, such as `the sum of the 12 from Ohio to Kansas`.
    pub(super) fn meaning(&self, sum: &Sum, groups: &[String], beyond: &[(u128, &str)]) -> String {
        let (parts, nearly) = (self.parts_told(&sum.parts, sum.which, groups), if sum.nearly { "nearly " } else { "" });
        match sum.which {
            Which::Same => format!("with the figures of {parts}"),
            Which::Share(1) => format!("the sum of {parts}"),
            Which::Share(number) => {
                format!("one of {} that together have what {parts} have", words::counted(number, "row"))
            }
            _ => {
                let more = beyond.iter().find(|(count, _)| *count == sum.beyond);
                let more = more.map_or_else(String::new, |(_, what)| format!(" and {what}"));
                format!("{nearly}the sum of {parts}{more}")
            }
        }
    }

    /// Such as `the 12 from Ohio to Kansas`.
    pub(super) fn parts_told(&self, parts: &[usize], which: Which, groups: &[String]) -> String {
        let name = |index: Option<&usize>| index.and_then(|index| self.list().get(*index)).map_or("", Area::label);
        let number = digits::grouped(parts.len() as u64);
        match which {
            _ if parts.len() == 1 => name(parts.first()).to_owned(),
            Which::All => format!("all {number} others"),
            Which::Run => format!("the {number} from {} to {}", name(parts.first()), name(parts.last())),
            Which::Levels => format!("all {number} others, which have it more than once"),
            Which::Share(_) | Which::Same => format!("{number} others"),
            Which::Group(place) => {
                let group = groups.get(place).map_or("a group", String::as_str);
                format!("the {number} of {group}, {} to {}", name(parts.first()), name(parts.last()))
            }
        }
    }
}
