//! Rows that are the sum of other rows: totals and regions among the areas.
//!
//! The rule and its false alarms are at [`sums`]; a search in all subsets of rows is the subset-sum problem, and would find coincidences only.

/// A row whose count and population are those of other rows together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Its place.
    pub(crate) total: usize,
    /// The places of the rows that it is the sum of.
    pub(crate) parts: Vec<usize>,
    /// Which rows they are.
    pub(crate) which: Which,
    /// Whether the populations add up only as far as they were rounded.
    pub(crate) nearly: bool,
}

/// Which rows a total is the sum of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// All others that are no totals.
    All,
    /// Those that stand next to it, one after the other.
    Run,
    /// Those of a group, such as a region.
    Group,
    /// All others, which add up to it more than once, as regions and their areas do.
    Levels,
}

/// How many false alarms in how many tables the evidence has to promise: one in a hundred.
const TABLES: f64 = 100.0;

/// The totals among rows of a count and a population, those that are sums of totals with them.
///
/// A row is one where its count is the sum of the counts of at least two rows, and its population that of their populations,
/// the rows being all others, a run of rows next to it, or a group. Totals that were found are set aside and the search goes
/// on, so that a nation of regions of states is found as three levels.
///
/// Sums agree by chance, too. Sums along a run of rows hit a given population with a probability of its unit over the mean
/// population of the rows, and, where they do, the count with one of some `1 / (2 sqrt(pi count))`, even if all rates are
/// equal. A sum is reported where such chances, times the number of sums that could be tried, are below 1 in 100 for the
/// whole table. So 1 + 2 = 3 is never a total, and 721 + 103 = 824 of 4,339,600 people is.
///
/// It costs a binary search a row for each level.
pub(crate) fn sums(rows: &[Option<(u64, u64)>], groups: &[&[usize]]) -> Vec<Sum> {
    found(rows, groups, unit(rows.iter().copied()))
}

/// The totals among rows whose counts were rounded to multiples of a number: those whose populations add up, and their counts as far
/// as they were rounded.
pub(crate) fn of_rounded(rows: &[Option<(u64, u64)>], groups: &[&[usize]], base: u64) -> Vec<Sum> {
    let turned: Vec<_> = rows.iter().map(|row| row.map(|(count, people)| (people, count))).collect();
    found(&turned, groups, base)
}

/// The row whose population is that of all others together, some of which have no count, and whose count is no less than those of the
/// others: where such a population could hardly be by chance.
pub(crate) fn of_unknown(rows: &[Option<(u64, u64)>], people: u128) -> Option<usize> {
    let known = || rows.iter().flatten();
    let all = known().map(|row| u128::from(row.1)).sum::<u128>() + people;
    let counts = known().map(|row| u128::from(row.0)).sum::<u128>();
    let is_whole = |row: &Option<(u64, u64)>| {
        row.is_some_and(|(count, people)| 2 * u128::from(people) == all && 2 * u128::from(count) >= counts && count > 0)
    };
    let at = rows.iter().position(is_whole).filter(|_| people > 0)?;
    let (number, unit) = (rows.len() as f64, unit(rows.iter().copied()) as f64);
    (all as f64 / 2.0 / number / unit >= TABLES * number).then_some(at)
}

fn found(rows: &[Option<(u64, u64)>], groups: &[&[usize]], unit: u64) -> Vec<Sum> {
    let mut found: Vec<Sum> = Vec::new();
    let mut is_total = vec![false; rows.len()];
    loop {
        let level = Level::new(rows, &is_total, unit, groups);
        let mut these = level.runs();
        these.extend(level.groups(groups));
        these.extend(level.whole());
        if these.is_empty() {
            these.extend(level.of_levels());
        }
        let before = found.len();
        for sum in these {
            if let Some(total) = is_total.get_mut(sum.total).filter(|total| !**total) {
                *total = true;
                found.push(sum);
            }
        }
        if found.len() == before {
            found.sort_by_key(|sum| sum.total);
            return found;
        }
    }
}

/// What a row that is known for a total is held against.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Against {
    /// The places of the rows that it should be the sum of.
    pub(crate) parts: Vec<usize>,
    pub(crate) which: Which,
    /// Their counts and populations together.
    pub(crate) counts: u128,
    pub(crate) populations: u128,
    /// Whether it is their sum, as far as populations are rounded.
    pub(crate) agrees: bool,
}

/// The rows that a total should be the sum of, totals not being among the rows: those that it is the sum of, or else all where
/// their population is within a tenth of its own, or else the run or the group whose population is nearest to its own, within a
/// two-hundredth: any other run of rows is as near as that only by a rare chance.
pub(crate) fn against(
    rows: &[Option<(u64, u64)>],
    total: usize,
    (count, people): (u64, u64),
    groups: &[&[usize]],
) -> Option<Against> {
    let own = (u128::from(count), u128::from(people));
    let is_total: Vec<bool> = (0..rows.len()).map(|place| place == total).collect();
    let unit = unit(rows.iter().copied().chain([Some((count, people))]));
    let level = Level::new(rows, &is_total, unit, groups);
    let at = level.places.partition_point(|place| *place < total);
    let end = level.places.len();
    let forwards = level.nearest(at + 2, end + 1, level.people.get(at)? + own.1).map(|to| (at, to));
    let backwards = level
        .people
        .get(at)?
        .checked_sub(own.1)
        .map_or(Some(0), |people| level.nearest(0, (at + 1).saturating_sub(2), people));
    let run = |(from, to): (usize, usize), which| {
        let (counts, populations) = level.figures(from, to)?;
        Some((level.places.get(from..to)?.to_vec(), which, counts, populations))
    };
    let of_group = |members: &&[usize]| {
        let parts: Vec<usize> =
            members.iter().copied().filter(|place| level.places.binary_search(place).is_ok()).collect();
        let known = parts.iter().filter_map(|place| rows.get(*place).copied().flatten());
        let sum = known.fold((0, 0), |(counts, people), row| (counts + u128::from(row.0), people + u128::from(row.1)));
        (parts, Which::Group, sum.0, sum.1)
    };
    let runs = [((0, end), Which::All)].into_iter();
    let runs = runs.chain(forwards.map(|run| (run, Which::Run))).chain(backwards.map(|from| ((from, at), Which::Run)));
    let found = runs.filter_map(|(ends, which)| run(ends, which)).chain(groups.iter().map(of_group));
    let found = found.filter(|(parts, ..)| !parts.is_empty()).map(|(parts, which, counts, populations)| {
        let agrees = counts == own.0 && populations.abs_diff(own.1) <= slack(unit, parts.len());
        Against { parts, which, counts, populations, agrees }
    });
    let near = |it: &Against| {
        let times = if it.which == Which::All { 10 } else { 200 };
        it.agrees || it.populations.abs_diff(own.1).saturating_mul(times) <= own.1
    };
    found.filter(near).min_by_key(|it| (!it.agrees, it.which != Which::All, it.populations.abs_diff(own.1)))
}

/// How far the population of a total may be off the sum of its parts where all are rounded: by half a unit each.
fn slack(unit: u64, parts: usize) -> u128 {
    if unit > 1 { (parts as u128 + 1) * u128::from(unit) / 2 } else { 0 }
}

/// The largest power of ten that divides every population.
fn unit(rows: impl Iterator<Item = Option<(u64, u64)>>) -> u64 {
    let mut unit = 1_000_000_u64;
    for (_, people) in rows.flatten() {
        while !people.is_multiple_of(unit) {
            unit /= 10;
        }
    }
    unit
}

/// The rows that are not yet known for totals, and their sums from the first on.
struct Level {
    places: Vec<usize>,
    counts: Vec<u128>,
    people: Vec<u128>,
    /// The populations in rising order.
    sorted: Vec<u128>,
    unit: u64,
    /// How many sums could be tried.
    trials: f64,
}

impl Level {
    fn new(rows: &[Option<(u64, u64)>], is_total: &[bool], unit: u64, groups: &[&[usize]]) -> Self {
        let shown =
            rows.iter().zip(is_total).enumerate().filter_map(|(place, (row, total))| Some((place, (*row)?, *total)));
        let (mut places, mut counts, mut people) = (Vec::new(), vec![0], vec![0]);
        let (mut count_sum, mut people_sum) = (0, 0);
        for (place, (count, population), _) in shown.filter(|(_, _, total)| !total) {
            count_sum += u128::from(count);
            people_sum += u128::from(population);
            places.push(place);
            counts.push(count_sum);
            people.push(people_sum);
        }
        let mut sorted: Vec<u128> = people.iter().zip(people.iter().skip(1)).map(|(from, to)| to - from).collect();
        sorted.sort_unstable();
        let mut level = Self { places, counts, people, sorted, unit, trials: 1.0 };
        let possible = |at: usize| {
            let own = level.figures(at, at + 1).map_or(0, |own| own.1);
            let fits =
                |first: usize| level.figures(first, first + 2).is_some_and(|two| two.1 <= own + u128::from(unit));
            f64::from(u8::from(fits(at + 1))) + f64::from(u8::from(at >= 2 && fits(at - 2)))
        };
        level.trials = (0..level.places.len()).map(possible).sum::<f64>() + 1.0;
        level.trials += groups.iter().map(|members| level.like(members)).sum::<usize>() as f64;
        level
    }

    /// The count and the population of the rows from one up to another.
    fn figures(&self, from: usize, to: usize) -> Option<(u128, u128)> {
        let of = |sums: &[u128]| Some(sums.get(to)? - sums.get(from)?);
        (from <= to).then(|| Some((of(&self.counts)?, of(&self.people)?))).flatten()
    }

    /// How many rows have half to twice the people of a group, so that they might be its sum by chance.
    fn like(&self, members: &[usize]) -> usize {
        let people = |at: usize| self.figures(at, at + 1).map_or(0, |own| own.1);
        let all: u128 = members.iter().filter_map(|place| self.places.binary_search(place).ok()).map(people).sum();
        let least = self.sorted.partition_point(|people| 2 * people < all);
        self.sorted.partition_point(|people| *people <= 2 * all).saturating_sub(least)
    }

    fn runs(&self) -> Vec<Sum> {
        let each = |at: usize| {
            let own = self.figures(at, at + 1)?;
            let run = self.forwards(at + 1, own).map(|to| (at + 1, to));
            let (from, to) = run.or_else(|| self.backwards(at, own).map(|from| (from, at)))?;
            let which = if to - from + 1 == self.places.len() { Which::All } else { Which::Run };
            let parts = self.places.get(from..to)?.to_vec();
            self.sum(at, own, parts, self.figures(from, to)?, which)
        };
        (0..self.places.len()).filter_map(each).collect()
    }

    /// The end of the run from here on whose sums come nearest to these, the counts being equal.
    fn forwards(&self, from: usize, (count, people): (u128, u128)) -> Option<usize> {
        let (counts, populations) = (*self.counts.get(from)? + count, *self.people.get(from)? + people);
        let first = self.counts.partition_point(|sum| *sum < counts).max(from + 2);
        let last = self.counts.partition_point(|sum| *sum <= counts);
        self.nearest(first, last, populations)
    }

    /// The beginning of such a run up to here.
    fn backwards(&self, to: usize, (count, people): (u128, u128)) -> Option<usize> {
        let counts = self.counts.get(to)?.checked_sub(count)?;
        let populations = self.people.get(to)?.saturating_sub(people);
        let first = self.counts.partition_point(|sum| *sum < counts);
        let last = self.counts.partition_point(|sum| *sum <= counts).min((to + 1).saturating_sub(2));
        self.nearest(first, last, populations)
    }

    /// Of the sums in these places the one nearest to a population.
    fn nearest(&self, first: usize, last: usize, people: u128) -> Option<usize> {
        let near = self.people.get(first..last)?.partition_point(|sum| *sum < people) + first;
        let candidates = near.saturating_sub(1).max(first)..(near + 1).min(last);
        candidates.min_by_key(|at| self.people.get(*at).map_or(u128::MAX, |sum| sum.abs_diff(people)))
    }

    /// Rows that are the sum of a group: of one that they are not in, or of the others in their own.
    fn groups(&self, groups: &[&[usize]]) -> Vec<Sum> {
        let mut by_count: Vec<usize> = (0..self.places.len()).collect();
        by_count.sort_by_key(|at| self.figures(*at, *at + 1));
        let at_place = |place: &usize| self.places.binary_search(place).ok();
        let each = |members: &&[usize]| {
            let at: Vec<usize> = members.iter().filter_map(at_place).collect();
            let figures = at.iter().filter_map(|at| self.figures(*at, at + 1));
            let total = figures.fold((0, 0), |(count, people), own| (count + own.0, people + own.1));
            let first = by_count.partition_point(|at| self.figures(*at, at + 1).is_some_and(|own| own.0 < total.0));
            let same = by_count.get(first..)?.iter().map_while(|at| {
                let own = self.figures(*at, at + 1)?;
                (own.0 == total.0).then_some((*at, own))
            });
            let outside = same.filter(|(candidate, _)| !at.contains(candidate));
            let found = outside.min_by_key(|(_, own)| own.1.abs_diff(total.1)).and_then(|(candidate, own)| {
                let parts = at.iter().filter_map(|at| self.places.get(*at).copied()).collect();
                self.sum(candidate, own, parts, total, Which::Group)
            });
            found.or_else(|| self.among(&at, total, Which::Group))
        };
        groups.iter().filter_map(each).collect()
    }

    /// The row that has the count and the population of all others.
    fn whole(&self) -> Option<Sum> {
        let all: Vec<usize> = (0..self.places.len()).collect();
        self.among(&all, self.figures(0, all.len())?, Which::All)
    }

    /// The row whose count and population all others have two or three times, as areas, regions and countries in one table do.
    fn of_levels(&self) -> Option<Sum> {
        let all = self.figures(0, self.places.len())?;
        (3..=4_u128).find_map(|times| {
            let is_one = |at: &usize| {
                let own = self.figures(*at, at + 1);
                own.is_some_and(|own| own.0 > 0 && times * own.0 == all.0 && times * own.1 == all.1)
            };
            let at = (0..self.places.len()).find(is_one)?;
            let (own, place) = (self.figures(at, at + 1)?, *self.places.get(at)?);
            let parts: Vec<usize> = self.places.iter().copied().filter(|other| *other != place).collect();
            self.sum(at, own, parts, own, Which::Levels)
        })
    }

    /// Of rows with this total the one that is the sum of the others.
    fn among(&self, rows: &[usize], total: (u128, u128), which: Which) -> Option<Sum> {
        let figures = |at: usize| self.figures(at, at + 1);
        let half = |at: &usize| figures(*at).is_some_and(|own| own.0 > 0 && 2 * own.0 == total.0);
        let apart = |at: &usize| figures(*at).map_or(u128::MAX, |own| (2 * own.1).abs_diff(total.1));
        let at = rows.iter().copied().filter(half).min_by_key(apart)?;
        let own = figures(at)?;
        let parts = rows.iter().filter(|other| **other != at).filter_map(|other| self.places.get(*other).copied());
        self.sum(at, own, parts.collect(), (total.0 - own.0, total.1.checked_sub(own.1)?), which)
    }

    /// A sum, where it is one and no coincidence.
    fn sum(&self, at: usize, own: (u128, u128), parts: Vec<usize>, total: (u128, u128), which: Which) -> Option<Sum> {
        let number = parts.len();
        if number < 2 || own.0 != total.0 || own.1 == 0 {
            return None;
        }
        let nearly = own.1 != total.1;
        if own.1.abs_diff(total.1) > slack(self.unit, number) {
            return None;
        }
        let width = if nearly { (number as f64 + 1.0) * self.unit as f64 } else { self.unit as f64 };
        let by_population = (own.1 as f64 / number as f64 / width).max(1.0);
        let by_count = (2.0 * (std::f64::consts::PI * own.0 as f64).sqrt()).max(1.0);
        let is_evident = by_population * by_count >= TABLES * self.trials;
        is_evident.then(|| Some(Sum { total: *self.places.get(at)?, parts, which, nearly })).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    const STATES: [(u64, u64); 6] = [
        (310, 3_574_097),
        (120, 1_328_361),
        (205, 6_547_629),
        (610, 8_791_894),
        (1_402, 19_378_102),
        (702, 12_702_379),
    ];

    fn together(rows: &[(u64, u64)]) -> (u64, u64) {
        rows.iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1))
    }

    fn known(rows: &[(u64, u64)]) -> Vec<Option<(u64, u64)>> {
        rows.iter().copied().map(Some).collect()
    }

    #[test]
    fn nations_of_regions_of_states_are_found_level_by_level() {
        let (north, south) = (together(&STATES[..3]), together(&STATES[3..]));
        let mut rows = vec![together(&STATES), north];
        rows.extend(&STATES[..3]);
        rows.push(south);
        rows.extend(&STATES[3..]);
        let found = sums(&known(&rows), &[]);
        let found: Vec<_> = found.iter().map(|sum| (sum.total, sum.parts.clone(), &sum.which, sum.nearly)).collect();
        assert_eq!(
            found,
            [
                (0, vec![2, 3, 4, 6, 7, 8], &Which::All, false),
                (1, vec![2, 3, 4], &Which::Run, false),
                (5, vec![6, 7, 8], &Which::Run, false),
            ]
        );
        // The same from below, where totals stand after their parts.
        rows.reverse();
        assert_eq!(sums(&known(&rows), &[]).iter().map(|sum| sum.total).collect::<Vec<_>>(), [3, 7, 8]);
    }

    #[test]
    fn groups_need_no_order() {
        let mut rows = STATES.to_vec();
        rows.insert(2, together(&[STATES[0], STATES[3], STATES[5]]));
        let groups: [&[usize]; 2] = [&[0, 4, 6], &[1, 3, 5]];
        let found = sums(&known(&rows), &groups);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].total, &found[0].which), (2, &Which::Group));
        // A total may stand in its own group, as where a column says the region of each row.
        let own: [&[usize]; 2] = [&[0, 2, 4, 6], &[1, 3, 5]];
        assert_eq!(
            sums(&known(&rows), &own).first().map(|sum| (sum.total, sum.parts.clone())),
            Some((2, vec![0, 4, 6]))
        );
        assert_eq!(sums(&known(&rows), &[]), []);
    }

    #[test]
    fn rounded_populations_add_up_nearly() {
        // 3,574,400, 1,328,400 and 6,547,400 to the nearest 1,000, and 11,450,200 together.
        let mut rows = vec![(310, 3_574_000), (120, 1_328_000), (205, 6_547_000), (635, 11_450_000)];
        let found = sums(&known(&rows), &[]);
        assert_eq!(found.iter().map(|sum| (sum.total, sum.nearly)).collect::<Vec<_>>(), [(3, true)]);
        rows[3].1 += 2_000;
        assert_eq!(sums(&known(&rows), &[]), []);
    }

    #[test]
    fn small_coincidences_are_no_totals() {
        assert_eq!(sums(&known(&[(1, 1_000), (2, 2_000), (3, 3_000)]), &[]), []);
        assert_eq!(sums(&known(&[(0, 10), (0, 20), (0, 30)]), &[]), []);
        assert_eq!(sums(&[None, Some((3, 0)), Some((u64::MAX, u64::MAX)), Some((u64::MAX, u64::MAX))], &[]), []);
        assert_eq!(sums(&[], &[]), []);
    }

    proptest! {
        #[test]
        fn a_planted_total_is_found_wherever_it_stands(
            rows in vec((200_u64..20_000, 100_000_u64..5_000_000), 2..60),
            at in any::<prop::sample::Index>(),
        ) {
            let mut with = rows.clone();
            let place = at.index(rows.len() + 1);
            with.insert(place, together(&rows));
            let found = sums(&known(&with), &[]);
            prop_assert_eq!(found.iter().map(|sum| sum.total).collect::<Vec<_>>(), [place]);
            prop_assert_eq!(found[0].parts.len(), rows.len());
        }
    }

    /// The rule promises fewer than one table in a hundred; rates here are equal, which makes coincidences likeliest.
    #[test]
    fn tables_without_totals_raise_hardly_any_alarm() {
        let (mut state, mut alarms, mut tables) = (1_u64, 0, 0);
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1_u64 << 31) as f64
        };
        for unit in [1_u64, 100, 1_000, 10_000] {
            for size in [3, 10, 43, 300] {
                for _ in 0..200 {
                    let rows: Vec<_> = (0..size)
                        .map(|_| {
                            let people = unit * (1 + (10_f64.powf(1.0 + 4.0 * draw()) as u64 / unit));
                            (((people as f64) * 0.01).round() as u64, people)
                        })
                        .collect();
                    tables += 1;
                    alarms += u32::from(!sums(&known(&rows), &[]).is_empty());
                }
            }
        }
        assert!(alarms <= tables / 100, "{alarms} of {tables}");
    }
}
