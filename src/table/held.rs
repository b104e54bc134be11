//! A row that somebody takes for a total, held against its areas.

use super::{
    against::{Against, against},
    area::Area,
    hints::Hints,
    nouns::Nouns,
    sum::Which,
    table::Table,
};
use crate::{
    base::{digits, words},
    rate::Observation,
};
use std::cmp::Ordering::{Equal, Greater, Less};

/// A count and a population, where both are known.
type Known = Option<(u64, u64)>;

/// Rows that are not among those that a total is held against, and may be in it.
#[derive(Default)]
struct Lacking<'a> {
    names: Vec<&'a str>,
    /// The least and, where it is known, the most that they have together.
    ends: CountEnds,
    /// Their people, where those of each are known.
    people: Option<u128>,
}

impl<'a> Lacking<'a> {
    fn of(rows: impl Iterator<Item = (&'a Area, Observation, Option<u64>)>) -> Self {
        rows.fold(Self { ends: (0, Some(0)), people: Some(0), names: Vec::new() }, |mut all, (area, count, people)| {
            let (least, most) = count.ends();
            all.names.push(area.label());
            all.ends = (all.ends.0 + u128::from(least), all.ends.1.zip(most).map(|(all, own)| all + u128::from(own)));
            all.people = all.people.zip(people).map(|(all, own)| all + u128::from(own));
            all
        })
    }

    /// Whether they may have as many together.
    fn may_have(&self, count: u128) -> bool {
        !self.names.is_empty() && lies_within(self.ends, count)
    }

    /// What is known of how many they have, such as `Corby has 1 to 9`.
    fn told(&self) -> String {
        let has = if self.names.len() == 1 { "has" } else { "have" };
        format!("{} {has} {}", words::few(&self.names), words::bounds(self.ends.0, self.ends.1))
    }
}

/// The least and, where it is known, the most that a count may be.
type CountEnds = (u128, Option<u128>);

fn lies_within((least, most): CountEnds, count: u128) -> bool {
    least <= count && most.is_none_or(|most| count <= most)
}

/// How many times over all other rows have a count and a population, where that is a whole number above 1.
fn times_together(rows: &[Known], index: usize, (count, people): (u64, u64)) -> Option<u128> {
    let others = rows.iter().enumerate().filter(|(at, _)| *at != index).filter_map(|(_, row)| *row);
    let (counts, all) = others.fold((0, 0), |sum, row| (sum.0 + u128::from(row.0), sum.1 + u128::from(row.1)));
    let times = all / u128::from(people);
    (times > 1 && count > 0 && all == times * u128::from(people) && counts == times * u128::from(count))
        .then_some(times)
}

/// Whether a row may belong to those that a total is held against: to a group, or to a run from before its first to after its last row.
fn may_be_among(at: usize, total: usize, parts: &[usize], which: Which, groups: &[&[usize]]) -> bool {
    match which {
        Which::Group(place) => groups.get(place).is_some_and(|members| members.contains(&at)),
        Which::Run => {
            let ends = parts.first().zip(parts.last());
            let ends = ends.map(|(first, last)| (first.saturating_sub(1).min(total), (last + 1).max(total)));
            ends.is_some_and(|(first, last)| (first..=last).contains(&at))
        }
        _ => true,
    }
}

impl Table {
    /// How a row that was taken for a total compares with its areas, in words.
    pub(super) fn total_note(&self, index: usize, hints: &Hints) -> Option<String> {
        let area = self.areas().get(index)?;
        let told = match self.in_people(index)? {
            (Observation::Known(count), Some(people @ 1..)) => {
                let (names, groups) = self.groups_known(hints);
                self.held(index, (count, people), (&names, &groups))
            }
            (Observation::Known(_), _) => ", not compared with its areas: it has no population".into(),
            (unknown, _) => format!(", not compared with its areas: its count is {unknown}"),
        };
        Some(format!("Total: {area}{told}."))
    }

    /// What is said where its population is that of all others, some of which have no count.
    fn beside_unknown(&self, rows: &[Known], index: usize, (count, people): (u64, u64)) -> Option<String> {
        let without_count = |(_, count, people): &(&Area, Observation, Option<u64>)| {
            count.known().is_none() && people.is_some_and(|people| people > 0)
        };
        let lacking = Lacking::of(self.lacking(|at| at != index).filter(without_count));
        let known = rows.iter().enumerate().filter(|(at, _)| *at != index).filter_map(|(_, row)| *row);
        let (counts, others) = known.fold((0, 0), |sum, row| (sum.0 + u128::from(row.0), sum.1 + u128::from(row.1)));
        let more = u128::from(count).checked_sub(counts)?;
        let all = others + lacking.people?;
        (!lacking.names.is_empty() && all == u128::from(people)).then(|| {
            let are = if lacking.names.len() == 1 { "is" } else { "are" };
            let plain = lacking.may_have(more) && !self.is_in_no_area(more);
            let why = self.explained(more, &lacking).filter(|_| !plain);
            format!(
                ", {} more than all others with a count have together; its population is that of all others, of which {} {are} without \
                 a count{}",
                digits::grouped(more),
                words::few(&lacking.names),
                why.map_or_else(String::new, |why| format!(": {why}"))
            )
        })
    }

    /// Rows that may be parts of totals, and have no count or no population.
    fn lacking(&self, among: impl Fn(usize) -> bool) -> impl Iterator<Item = (&Area, Observation, Option<u64>)> {
        let rows = self.areas().iter().enumerate();
        rows.filter(move |(at, _)| self.is_part(*at) && self.known_in_people(*at).is_none() && among(*at)).filter_map(
            |(at, area)| {
                let (count, people) = self.in_people(at)?;
                Some((area, count, people))
            },
        )
    }

    /// What makes up for as many more, or what of it that is not known can be.
    fn explained(&self, more: u128, lacking: &Lacking<'_>) -> Option<String> {
        let (unplaced, names) = (self.in_no_area(true), words::few(&lacking.names));
        if self.is_in_no_area(more) {
            let known = unplaced.1 == Some(unplaced.0);
            return Some(if known { "that is what is in no area" } else { "what is in no area may explain it" }.into());
        }
        if lacking.may_have(more) {
            return Some(format!("{names} may explain it, without a count or a population here"));
        }
        let some = unplaced.1 != Some(0);
        let both =
            (lacking.ends.0 + unplaced.0, lacking.ends.1.zip(unplaced.1).map(|(lacking, unplaced)| lacking + unplaced));
        if some && !lacking.names.is_empty() && lies_within(both, more) {
            return Some(format!("{names} and what is in no area may explain it together"));
        }
        let placed = some.then(|| {
            let are = if unplaced.1 == Some(1) { "is" } else { "are" };
            format!("{} {are} in no area", words::bounds(unplaced.0, unplaced.1))
        });
        let each: Vec<String> = (!lacking.names.is_empty()).then(|| lacking.told()).into_iter().chain(placed).collect();
        (!each.is_empty()).then(|| format!("{}, which does not explain it", each.join(", and ")))
    }

    /// Whether as many may be what is in no area.
    fn is_in_no_area(&self, more: u128) -> bool {
        more > 0 && lies_within(self.in_no_area(true), more)
    }

    fn held(&self, index: usize, own: (u64, u64), (names, groups): (&[String], &[&[usize]])) -> String {
        let whole = (0..self.len()).map(|at| self.known_in_people(at).filter(|_| !self.is_unplaced(at)));
        let whole: Vec<Known> = whole.collect();
        let sums = self.sums_among(&whole, groups, &[]);
        if let Some(sum) = sums.iter().find(|sum| sum.total == index && sum.which != Which::Levels) {
            let short =
                self.short_among(index, &sum.parts).map_or_else(String::new, |short| format!(", of which {short}"));
            return format!(", {}{short}", self.list_of_areas().meaning(sum, names, &[]));
        }
        // Other totals would stand twice in the sum.
        let is_total = |at: usize| !self.is_part(at) || sums.iter().any(|sum| sum.total == at && at != index);
        let rows: Vec<Known> = whole.into_iter().enumerate().map(|(at, row)| row.filter(|_| !is_total(at))).collect();
        self.beside_unknown(&rows, index, own).unwrap_or_else(|| self.held_against(&rows, index, own, (names, groups)))
    }

    fn held_against(
        &self,
        rows: &[Known],
        index: usize,
        (count, people): (u64, u64),
        (names, groups): (&[String], &[&[usize]]),
    ) -> String {
        let Some(held) = against(rows, index, (count, people), groups) else {
            return match times_together(rows, index, (count, people)) {
                Some(times) => format!(
                    "; all others have its count and its population {} times together, so there are more totals among them",
                    digits::grouped(times)
                ),
                None => "; no rows beside it have its population together, so it was not compared with them".into(),
            };
        };
        let Against { parts, which, counts, populations, agrees } = held;
        let of_areas = self.list_of_areas().parts_told(&parts, which, names);
        let short = self.short_among(index, &parts);
        if agrees {
            let nearly = if populations == people.into() { "" } else { "nearly " };
            let short = short.map_or_else(String::new, |short| format!(", of which {short}"));
            return format!(", {nearly}the sum of {of_areas}{short}");
        }
        let have = if parts.len() == 1 { "has" } else { "have together" };
        let counted = match u128::from(count).cmp(&counts) {
            Equal => format!("{}, as {of_areas} {have}", digits::grouped(count)),
            Greater => format!("{} more than {of_areas} {have}", digits::grouped(u128::from(count) - counts)),
            Less => format!("{} fewer than {of_areas} {have}", digits::grouped(counts - u128::from(count))),
        };
        let nouns = Nouns::of(self.basis()).whatever_the_months();
        let peopled = match u128::from(people).cmp(&populations) {
            Equal => nouns.same(people.into()),
            Greater => nouns.more(u128::from(people) - populations),
            Less => nouns.fewer(populations - u128::from(people)),
        };
        let lacking = Lacking::of(self.lacking(|at| at != index && may_be_among(at, index, &parts, which, groups)));
        // As near as the populations that rows are held against.
        let near = |theirs: u128| (populations + theirs).abs_diff(people.into()).saturating_mul(200) <= people.into();
        let goes_with = lacking.people.map_or_else(|| u128::from(people) >= populations, near);
        let lacking = if goes_with { lacking } else { Lacking::default() };
        let more = u128::from(count).checked_sub(counts).filter(|more| {
            let on_their_people = populations == people.into() || near(0) && self.is_in_no_area(*more);
            !lacking.names.is_empty() || on_their_people
        });
        let explained = more.and_then(|more| self.explained(more, &lacking));
        let why = match (u128::from(count).cmp(&counts), u128::from(people).cmp(&populations)) {
            _ if explained.is_some() => explained.unwrap_or_default(),
            (Less, Less) => "areas may overlap or stand twice, or figures be revised".into(),
            (Less, Equal) => "some may be counted in several areas, or figures be revised".into(),
            (Less, Greater) | (Greater, Less) | (Equal, Less) => "figures may be revised, or be of other areas".into(),
            (_, Equal) => match short {
                Some(short) => format!("{short}, which may explain it"),
                None => "a body without a population or counts in no area may explain it".into(),
            },
            (..) => "an area may be missing".into(),
        };
        format!(", {counted}, on {peopled}: {why}")
    }

    /// The parts that have other months than the total, such as `Kent has 6 months`.
    fn short_among(&self, index: usize, parts: &[usize]) -> Option<String> {
        let own = self.own_months()?.of(index)?;
        let short =
            parts.iter().filter_map(|at| Some((*at, self.own_months()?.of(*at).filter(|theirs| *theirs != own)?)));
        let short: Vec<_> = short.collect();
        match short.as_slice() {
            [] => None,
            [(at, months)] => {
                let months = words::counted(months.get() as usize, "month");
                Some(format!("{} has {months}", self.areas().get(*at)?))
            }
            many => Some(format!("{} have other months", words::counted(many.len(), "area"))),
        }
    }
}
