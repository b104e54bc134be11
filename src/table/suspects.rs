//! Rows that take part as areas and may be totals of others.

use super::{
    area::Area,
    areas::Areas,
    hints::Hints,
    left_out::LeftOut,
    policies::policy::Policy,
    similar::plain,
    sums::{self, Sum, Which},
    table::Table,
};
use crate::{
    base::{Note, Topic, digits, words},
    rate::{Observation, Rate},
};
use std::collections::{BTreeMap, HashSet};

/// What totals are called.
const TOTALS: [&str; 18] = [
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
];

/// The rows of a table that take part and may be totals.
pub(super) struct Suspects {
    /// By their figures.
    sums: Vec<Sum>,
    /// By its population, where counts are not known.
    unknown: Option<usize>,
    /// By their names alone.
    named: Vec<usize>,
    places: HashSet<usize>,
}

impl Suspects {
    pub(super) fn of(table: &Table, hints: &Hints) -> Self {
        let known = hints.groups.iter().map(Vec::as_slice);
        let groups: Vec<&[usize]> = table.groupings().lists().chain(known).collect();
        let beyond: Vec<u128> = table.beyond().into_iter().map(|(count, _)| count).collect();
        let among = |rows: &[Known]| match table.rounding() {
            None => sums::sums(rows, &groups, &beyond),
            Some(base) => sums::of_rounded(rows, &groups, base),
        };
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
        let without = (0..table.len()).filter(|at| matches!(table.rate(*at), Some(Err(LeftOut::NotKnown(_)))));
        let without: Vec<u64> = without.filter_map(|at| table.in_people(at)?.1).collect();
        let unknown = sums.is_empty().then(|| sums::of_unknown(&compared, &without)).flatten();
        let mut places: HashSet<usize> = sums.iter().map(|sum| sum.total).chain(unknown).collect();
        let named: Vec<usize> = named(table, hints).filter(|at| !places.contains(at)).collect();
        places.extend(&named);
        Self { sums, unknown, named, places }
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
        let by_sums = table.list_of_areas().totals_told(&self.sums, &table.beyond());
        by_sums.or_else(|| {
            let area = table.areas().get(self.unknown?)?;
            Some(format!(
                "Compared as areas, and perhaps totals: {area} (its population is that of all others, some of which have no count)."
            ))
        })
    }

    /// Those whose names alone do.
    fn named_note(&self, table: &Table) -> Option<String> {
        named_note(table, &self.named)
    }
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

    /// The counts, and what they are, that are of the whole and in no area that has a rate.
    fn beyond(&self) -> Vec<(u128, &'static str)> {
        let unplaced: u128 = self.unplaced_rows().filter_map(|(.., count)| count).sum();
        let bodies = self.rates().enumerate().filter_map(|(at, rate)| match rate {
            Err(LeftOut::ZeroPopulation | LeftOut::NoPopulation) => self.observation(at)?.known(),
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
        !matches!(self.by_place().get(&at), Some(Policy::Total | Policy::Unplaced { .. }))
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
    /// The areas with these rates that may be totals, in the words of a note.
    pub(crate) fn totals_note(&self, rates: &[Option<Rate>], groups: &[&[usize]]) -> Option<String> {
        let rows: Vec<Known> =
            rates.iter().map(|rate| rate.map(|rate| (rate.count(), rate.population().get()))).collect();
        self.totals_told(&sums::sums(&rows, groups, &[]), &[])
    }

    fn totals_told(&self, found: &[Sum], beyond: &[(u128, &str)]) -> Option<String> {
        const SHOWN: usize = 20;
        let told = |sum: &Sum| {
            let (area, nearly) = (self.list().get(sum.total)?, if sum.nearly { "nearly " } else { "" });
            let more = beyond.iter().find(|(count, _)| *count == sum.beyond);
            let more = more.map_or_else(String::new, |(_, what)| format!(" and {what}"));
            Some(format!("{area} ({nearly}the sum of {}{more})", self.parts_told(&sum.parts, sum.which)))
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
