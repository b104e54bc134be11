//! Rows that are the sum of other rows: totals and regions among the areas.
//!
//! The rule and its false alarms are at [`sums`]; a search in all subsets of rows is the subset-sum problem, and would find coincidences only.

use super::{
    level::{Level, Together, Unit},
    sum::{Sum, TABLES, Which},
    tiers,
};

/// The totals among rows of a count and a population, those that are sums of totals with them.
///
/// A row is one where its count is the sum of the counts of at least two rows, and its population that of their populations,
/// the rows being all others, a run of rows next to it, or a group; or where its count is that of all others with one of the
/// counts `beyond` them, such as what is in no area. Totals that were found are set aside and the search goes
/// on, so that a nation of regions of states is found as three levels. Where rows stand in no order, a nation is the row that all others have
/// two or three times, and its regions are the largest of them, as far as these add up to it. A row may be the total of a single other one,
/// which has the same count and population.
///
/// Each population was rounded to the largest power of ten that divides it, and may be off by half of that; as a part of a sum to no more
/// than most populations were.
///
/// Sums agree by chance, too. Sums along a run of rows hit a given population with a probability of its unit over the mean
/// population of the rows, and, where they do, the count with one of some `1 / (2 sqrt(pi count))`, even if all rates are
/// equal. A sum is reported where such chances, times the number of sums that could be tried (of pairs of rows, where one has what the
/// other has), are below 1 in 200 for the whole table. So 1 + 2 = 3 is never a total, and 721 + 103 = 824 of 4,339,600 people is.
///
/// It costs a sort of the rows, and a binary search a row for each level.
pub(crate) fn sums(rows: &[Option<(u64, u64)>], groups: &[&[usize]], beyond: &[u128]) -> Vec<Sum> {
    match base_of(rows) {
        None => found(rows, groups, Unit::Own, beyond, Vec::new()),
        Some(base) => {
            let exactly = found(rows, groups, Unit::Own, beyond, Vec::new());
            found(rows, groups, Unit::Both(base), beyond, exactly)
        }
    }
}

/// What all counts are multiples of, as those that were rounded are.
fn base_of(rows: &[Option<(u64, u64)>]) -> Option<u64> {
    // Of so many exact counts one table in 625 has it by chance.
    const ROWS: usize = 4;
    let counts = || rows.iter().flatten().map(|row| row.0).filter(|count| *count > 0);
    let base = [10, 5].into_iter().find(|base| counts().all(|count| count.is_multiple_of(*base)));
    base.filter(|_| counts().nth(ROWS - 1).is_some())
}

/// The totals among rows whose counts were rounded to multiples of a number: where populations are exact those whose populations add up, and
/// their counts as far as they were rounded; then those whose populations add up as far as these were rounded, too.
pub(crate) fn of_rounded(rows: &[Option<(u64, u64)>], groups: &[&[usize]], base: u64, beyond: &[u128]) -> Vec<Sum> {
    let turned: Vec<_> = rows.iter().map(|row| row.map(|(count, people)| (people, count))).collect();
    // Of populations that were rounded themselves many add up by chance.
    let rounded = rows.iter().flatten().filter(|row| Unit::Own.of(row.1) > 1).count();
    let exactly = match 2 * rounded < rows.iter().flatten().count() {
        true => found(&turned, groups, Unit::Base(base), beyond, Vec::new()),
        false => Vec::new(),
    };
    found(rows, groups, Unit::Both(base), beyond, exactly)
}

/// Those that are known, and more.
fn found(
    rows: &[Option<(u64, u64)>],
    groups: &[&[usize]],
    unit: Unit,
    beyond: &[u128],
    mut found: Vec<Sum>,
) -> Vec<Sum> {
    let mut is_total = vec![false; rows.len()];
    for sum in &found {
        is_total.get_mut(sum.total).into_iter().for_each(|total| *total = true);
    }
    // Where both were rounded levels would add up so by chance.
    let levels = !matches!(unit, Unit::Both(_));
    let whole = Search(Level::new(rows, &is_total, unit, groups));
    // What all others have more than once, whichever of them turn out to be totals.
    let above = whole.of_levels().filter(|_| levels);
    loop {
        let search = Search(Level::new(rows, &is_total, unit, groups));
        let mut these = search.runs();
        these.extend(search.groups(groups));
        these.extend(search.whole(0));
        if these.is_empty() {
            these.extend(beyond.iter().find_map(|more| search.whole(*more)));
        }
        // Of rounded counts populations alone would tell, which are round themselves.
        if these.is_empty() && matches!(unit, Unit::Own) {
            these.extend(search.same());
        }
        if these.is_empty() {
            these
                .extend(above.iter().map(|(sum, _)| sum.clone()).filter(|sum| is_total.get(sum.total) == Some(&false)));
        }
        if these.is_empty() && levels {
            these.extend(search.of_levels().map(|(sum, _)| sum));
        }
        let before = found.len();
        for sum in these {
            if let Some(total) = is_total.get_mut(sum.total).filter(|total| !**total) {
                *total = true;
                found.push(sum);
            }
        }
        if found.len() == before {
            break;
        }
    }
    if let Some((sum, times)) = above {
        tiers::tell(&whole.0, sum.total, times, &mut found);
    }
    found.sort_by_key(|sum| sum.total);
    found
}

/// One pass over the rows that are not yet known for totals.
struct Search(Level);

impl Search {
    fn runs(&self) -> Vec<Sum> {
        let level = &self.0;
        let each = |at: usize| {
            let own = level.total(at)?;
            let run = level.forwards(at + 1, own).map(|to| (at + 1, to));
            let (from, to) = run.or_else(|| level.backwards(at, own).map(|from| (from, at)))?;
            let which = if to - from + 1 == level.len() { Which::All } else { Which::Run };
            self.sum(at, from..to, level.figures(from, to)?, which)
        };
        (0..level.len()).filter_map(each).collect()
    }

    /// Rows that are the sum of a group: of one that they are not in, or of the others in their own.
    fn groups(&self, groups: &[&[usize]]) -> Vec<Sum> {
        let level = &self.0;
        let mut by_count: Vec<usize> = (0..level.len()).collect();
        by_count.sort_by_key(|at| level.total(*at));
        let each = |(place, members): (usize, &&[usize])| {
            let which = Which::Group(place);
            let (at, total) = level.of_group(members);
            let first = by_count.partition_point(|at| {
                level.total(*at).is_some_and(|own| own.count < total.count && !own.counts(total))
            });
            let same = by_count.get(first..)?.iter().map_while(|at| {
                let own = level.total(*at)?;
                own.counts(total).then_some((*at, own))
            });
            let outside = same.filter(|(candidate, _)| !at.contains(candidate));
            let nearest = outside.min_by_key(|(_, own)| own.people.abs_diff(total.people));
            let found = nearest.and_then(|(candidate, _)| self.sum(candidate, at.iter().copied(), total, which));
            found.or_else(|| self.among(&at, total, which, Together::default()))
        };
        groups.iter().enumerate().filter_map(each).collect()
    }

    /// The row that has the population of all others, and their count with some more.
    fn whole(&self, beyond: u128) -> Option<Sum> {
        let all: Vec<usize> = (0..self.0.len()).collect();
        self.among(&all, self.0.figures(0, all.len())?, Which::All, self.0.beyond(beyond))
    }

    /// The row whose count and population all others have two or three times, as areas, regions and countries in one table do.
    fn of_levels(&self) -> Option<(Sum, u128)> {
        // A whole, two halves and what they are made of: fewer rows add up so by chance.
        let level = &self.0;
        let all = level.figures(0, level.len()).filter(|_| level.len() >= 7)?;
        (2..=3_u128).find_map(|times| {
            let of = |at: usize| {
                let (own, others) = (level.total(at)?, all - level.figures(at, at + 1)?);
                let Together { count, people, rounding, .. } = own;
                let (count, people, rounding) = (times * count, times * people, times * rounding);
                let own = Together { count, people, rounding, ..own };
                (own.count > 0 && own.count == others.count && others.peoples(own)).then_some((at, own, others))
            };
            let (at, own, others) = (0..level.len()).find_map(of)?;
            let parts = (0..level.len()).filter(|other| *other != at);
            Some((self.evident(at, own, parts, others, Which::Levels)?, times))
        })
    }

    /// The pairs of rows of the same figures, where no third row has them, each by its first.
    fn same(&self) -> Vec<Sum> {
        let level = &self.0;
        let figures = |at: &usize| level.total(*at).unwrap_or_default();
        let mut order: Vec<usize> = (0..level.len()).collect();
        order.sort_by_key(figures);
        // A total, its area, and others that the table is of.
        if level.len() < 4 {
            return Vec::new();
        }
        let pairs = level.len() as f64 * (level.len() as f64 - 1.0) / 2.0;
        let each = |run: &[usize]| {
            let [first, other] = *run else { return None };
            let own = level.total(first)?;
            let chances = (own.people as f64 / own.rounding.max(1) as f64) * by_count(own);
            let (total, part) = (*level.places.get(first)?, *level.places.get(other)?);
            let sum = Sum { total, parts: vec![part], which: Which::Same, nearly: false, beyond: 0 };
            (own.count > 0 && chances >= TABLES * pairs).then_some(sum)
        };
        order.chunk_by(|one, other| figures(one) == figures(other)).filter_map(each).collect()
    }

    /// Of rows with this total the one that is the sum of the others, and some more.
    fn among(&self, rows: &[usize], total: Together, which: Which, beyond: Together) -> Option<Sum> {
        let (level, total) = (&self.0, total + beyond);
        let twice = |own: Together| 2 * (2 * own.count).abs_diff(total.count) <= total.of_counts;
        let half = |at: &usize| level.total(*at).is_some_and(|own| own.count > 0 && twice(own));
        let apart = |at: &usize| level.total(*at).map_or(u128::MAX, |own| (2 * own.people).abs_diff(total.people));
        let at = rows.iter().copied().filter(half).min_by_key(apart)?;
        let others = total - level.figures(at, at + 1)?;
        let parts = rows.iter().copied().filter(|other| *other != at);
        let sum = self.sum(at, parts, others, which)?;
        Some(Sum { beyond: beyond.count + beyond.people, ..sum })
    }

    /// A sum, where it is one and no coincidence.
    fn sum(&self, at: usize, parts: impl Iterator<Item = usize> + Clone, total: Together, which: Which) -> Option<Sum> {
        let own = self.0.total(at).filter(|own| own.counts(total) && own.people > 0)?;
        total.peoples(own).then(|| self.evident(at, own, parts, total, which)).flatten()
    }

    /// A sum, where it is no coincidence.
    fn evident(
        &self,
        at: usize,
        own: Together,
        parts: impl Iterator<Item = usize> + Clone,
        total: Together,
        which: Which,
    ) -> Option<Sum> {
        let (level, number) = (&self.0, parts.clone().count());
        let nearly = own.people != total.people;
        // As many counts would do.
        let counts = if own.count == total.count { own.of_counts } else { own.of_counts + total.of_counts };
        let by_count = (by_count(own) / counts.max(1) as f64).max(1.0);
        let finest = || parts.clone().map(|part| level.unit(part).into()).min().unwrap_or(1).min(own.rounding.max(1));
        let width = if nearly { own.rounding + total.rounding } else { finest() };
        let by_population = (own.people as f64 / number as f64 / width as f64).max(1.0);
        if number < 2 || by_population * by_count < TABLES * level.trials {
            return None;
        }
        let parts = parts.clone().filter_map(|part| level.places.get(part).copied()).collect();
        let nearly = nearly || own.count != total.count;
        Some(Sum { total: *level.places.get(at)?, parts, which, nearly, beyond: 0 })
    }
}

/// One over the chance that a count is just what others have together, all rates being equal.
fn by_count(own: Together) -> f64 {
    (2.0 * (std::f64::consts::PI * own.count as f64).sqrt()).max(1.0)
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
        let found = sums(&known(&rows), &[], &[]);
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
        assert_eq!(sums(&known(&rows), &[], &[]).iter().map(|sum| sum.total).collect::<Vec<_>>(), [3, 7, 8]);
    }

    #[test]
    fn groups_need_no_order() {
        let mut rows = STATES.to_vec();
        rows.insert(2, together(&[STATES[0], STATES[3], STATES[5]]));
        let groups: [&[usize]; 2] = [&[0, 4, 6], &[1, 3, 5]];
        let found = sums(&known(&rows), &groups, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].total, &found[0].which), (2, &Which::Group(0)));
        // A total may stand in its own group, as where a column says the region of each row.
        let own: [&[usize]; 2] = [&[0, 2, 4, 6], &[1, 3, 5]];
        assert_eq!(
            sums(&known(&rows), &own, &[]).first().map(|sum| (sum.total, sum.parts.clone())),
            Some((2, vec![0, 4, 6]))
        );
        assert_eq!(sums(&known(&rows), &[], &[]), []);
    }

    #[test]
    fn rounded_populations_add_up_nearly() {
        // 3,574,400, 1,328,400 and 6,547,400 to the nearest 1,000, and 11,450,200 together.
        let mut rows = vec![(310, 3_574_000), (120, 1_328_000), (205, 6_547_000), (635, 11_450_000)];
        let found = sums(&known(&rows), &[], &[]);
        assert_eq!(found.iter().map(|sum| (sum.total, sum.nearly)).collect::<Vec<_>>(), [(3, true)]);
        rows[3].1 += 2_000;
        assert_eq!(sums(&known(&rows), &[], &[]), []);
    }

    /// Each population by its own zeros: an exact total of rounded rows may be off by half a unit of each, and no more.
    #[test]
    fn a_total_may_have_another_unit_than_its_parts() {
        let rounded = [(310, 3_574_000), (120, 1_328_000), (205, 6_547_000)];
        let with = |count, people| {
            let rows: Vec<_> = rounded.into_iter().chain([(count, people)]).collect();
            sums(&known(&rows), &[], &[]).iter().map(|sum| (sum.total, sum.nearly)).collect::<Vec<_>>()
        };
        assert_eq!(with(635, 11_449_000), [(3, false)]);
        assert_eq!((with(635, 11_450_499), with(635, 11_447_501)), (vec![(3, true)], vec![(3, true)]));
        assert_eq!((with(635, 11_450_501), with(635, 11_447_499), with(636, 11_449_000)), (vec![], vec![], vec![]));
    }

    #[test]
    fn what_is_in_no_area_is_of_the_whole() {
        let rows: Vec<_> = STATES.into_iter().chain([(together(&STATES).0 + 17, together(&STATES).1)]).collect();
        assert_eq!(sums(&known(&rows), &[], &[]), []);
        assert_eq!(sums(&known(&rows), &[], &[16, 18]), []);
        let found = sums(&known(&rows), &[], &[16, 17]);
        assert_eq!(found.iter().map(|sum| (sum.total, sum.beyond)).collect::<Vec<_>>(), [(6, 17)]);
    }

    #[test]
    fn small_coincidences_are_no_totals() {
        assert_eq!(sums(&known(&[(1, 1_000), (2, 2_000), (3, 3_000)]), &[], &[]), []);
        assert_eq!(sums(&known(&[(0, 10), (0, 20), (0, 30)]), &[], &[]), []);
        assert_eq!(sums(&[None, Some((3, 0)), Some((u64::MAX, u64::MAX)), Some((u64::MAX, u64::MAX))], &[], &[]), []);
        assert_eq!(sums(&[], &[], &[]), []);
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
            let found = sums(&known(&with), &[], &[]);
            prop_assert_eq!(found.iter().map(|sum| sum.total).collect::<Vec<_>>(), [place]);
            prop_assert_eq!(found[0].parts.len(), rows.len());
        }
    }

    /// Of random tables by their unit, the base that all counts have, and whether that is told: how many raise an alarm.
    fn alarms(bases: &[u64], told: bool) -> (u32, u32) {
        let (mut state, mut alarms, mut tables) = (1_u64, 0, 0);
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1_u64 << 31) as f64
        };
        // Of 0 each row has a unit of its own.
        for unit in [1_u64, 100, 1_000, 10_000, 0] {
            for size in [3, 10, 43, 300] {
                for table in 0..200 {
                    let base = bases[table % bases.len()];
                    let rows: Vec<_> = (0..size)
                        .map(|_| {
                            let unit = if unit == 0 { 10_u64.pow((4.0 * draw()) as u32) } else { unit };
                            let people = unit * (1 + (10_f64.powf(1.0 + 4.0 * draw()) as u64 / unit));
                            let count = ((people as f64) * 0.01 / base as f64).round() as u64 * base;
                            Some((count, people))
                        })
                        .collect();
                    tables += 1;
                    let found = if told { of_rounded(&rows, &[], base, &[]) } else { sums(&rows, &[], &[]) };
                    alarms += u32::from(!found.is_empty());
                }
            }
        }
        (alarms, tables)
    }

    /// Fewer than one table in a hundred; counts here are exactly in proportion, which makes coincidences likeliest.
    #[test]
    fn tables_without_totals_raise_hardly_any_alarm() {
        for (bases, told) in [(vec![1], false), (vec![5, 10], false), (vec![5, 10], true)] {
            let (alarms, tables) = alarms(&bases, told);
            println!("bases {bases:?}, told {told}: {alarms} of {tables}");
            assert!(alarms <= tables / 100, "bases {bases:?}, told {told}: {alarms} of {tables}");
        }
    }

    /// Areas to the nearest 5 and 100, whose sums are 6,605 and 1,349,100.
    #[test]
    fn counts_and_populations_may_both_be_rounded() {
        let areas =
            [(1_235, 254_300), (870, 180_600), (2_105, 402_700), (640, 119_900), (1_455, 301_200), (300, 90_400)];
        let with = |count, people| {
            let rows = known(&areas.into_iter().chain([(count, people)]).collect::<Vec<_>>());
            let found = [sums(&rows, &[], &[]), of_rounded(&rows, &[], 5, &[])];
            found.map(|found| found.iter().map(|sum| (sum.total, sum.nearly)).collect::<Vec<_>>())
        };
        assert_eq!(with(6_610, 1_349_200), [vec![(6, true)], vec![(6, true)]]);
        // Each of seven may be off by half of its unit.
        assert_eq!(with(6_620, 1_349_400), [vec![(6, true)], vec![(6, true)]]);
        assert_eq!(with(6_625, 1_349_100), [vec![], vec![]]);
        assert_eq!(with(6_605, 1_349_500), [vec![], vec![]]);
    }
}
