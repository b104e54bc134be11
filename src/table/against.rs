//! What a row that somebody takes for a total is held against.

use super::sums::{Level, Which, slack, unit};

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
