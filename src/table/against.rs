//! What a row that somebody takes for a total is held against.

use super::{
    level::{Level, Together, Unit},
    sum::Which,
};

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
/// two-hundredth: any other run of rows is as near as that only by a rare chance. Where none is near, and it has no fewer counted and
/// no fewer people than all together, it is held against all.
pub(crate) fn against(
    rows: &[Option<(u64, u64)>],
    total: usize,
    figures: (u64, u64),
    groups: &[&[usize]],
) -> Option<Against> {
    let own = Unit::Own.total(figures);
    let is_total: Vec<bool> = (0..rows.len()).map(|place| place == total).collect();
    let level = Level::new(rows, &is_total, Unit::Own, groups);
    let at = level.places.partition_point(|place| *place < total);
    let held = |at: Vec<usize>, which, together: Together| {
        let parts: Vec<usize> = at.into_iter().filter_map(|at| level.places.get(at).copied()).collect();
        let agrees = together.count == own.count && together.peoples(own);
        Against { parts, which, counts: together.count, populations: together.people, agrees }
    };
    let run = |(from, to): (usize, usize), which| Some(held((from..to).collect(), which, level.figures(from, to)?));
    let of_group = |(place, members): (usize, &&[usize])| {
        let (at, together) = level.of_group(members);
        held(at, Which::Group(place), together)
    };
    let all = run((0, level.len()), Which::All);
    let runs = level.runs_near(at, own.people).into_iter().flatten();
    let found = all
        .into_iter()
        .chain(runs.filter_map(|ends| run(ends, Which::Run)))
        .chain(groups.iter().enumerate().map(of_group));
    let found = found.filter(|it| !it.parts.is_empty());
    let near = |it: &Against| {
        let times = if it.which == Which::All { 10 } else { 200 };
        it.agrees || it.populations.abs_diff(own.people).saturating_mul(times) <= own.people
    };
    let within = |it: &Against| it.which == Which::All && it.counts <= own.count && it.populations <= own.people;
    let rank = |it: &Against| (!near(it), !it.agrees, it.which != Which::All, it.populations.abs_diff(own.people));
    found.filter(|it| near(it) || within(it)).min_by_key(rank)
}
