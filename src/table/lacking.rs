//! Totals of rows some of which have no count, by their populations.

use super::{
    level::{Level, Together, Unit},
    sum::{Sum, TABLES, Which},
};

/// The rows whose population is that of all others together, of a run of rows next to it or of a group, some of which have a population
/// and no count, and whose count is no less than those of the others: where such a population could hardly be by chance. Rows that are
/// known for totals are set aside.
pub(crate) fn of_unknown(
    rows: &[Option<(u64, u64)>],
    unknown: &[Option<u64>],
    totals: &[usize],
    groups: &[&[usize]],
) -> Vec<Sum> {
    let mut found: Vec<Sum> = Vec::new();
    if unknown.iter().all(Option::is_none) {
        return found;
    }
    let with = rows.iter().zip(unknown).map(|(row, people)| row.or(people.map(|people| (0, people))));
    let with: Vec<Option<(u64, u64)>> = with.collect();
    let mut is_total = vec![false; rows.len()];
    let mut these = totals.to_vec();
    loop {
        for total in these {
            is_total.iter_mut().skip(total).take(1).for_each(|it| *it = true);
        }
        let search = Search { level: Level::new(&with, &is_total, Unit::Own, groups), rows };
        let new: Vec<Sum> = search.runs().chain(search.groups(groups)).collect();
        these = new.iter().map(|sum| sum.total).collect();
        let before = found.len();
        for sum in new {
            if found.iter().all(|other| other.total != sum.total) {
                found.push(sum);
            }
        }
        if found.len() == before {
            found.sort_by_key(|sum| sum.total);
            return found;
        }
    }
}

/// One pass over the rows that are not yet known for totals.
struct Search<'a> {
    level: Level,
    rows: &'a [Option<(u64, u64)>],
}

impl Search<'_> {
    /// By a run of rows next to it, or all others.
    fn runs(&self) -> impl Iterator<Item = Sum> {
        let level = &self.level;
        let all = level.figures(0, level.len()).unwrap_or_default();
        (0..level.len()).filter_map(move |at| {
            let runs = level.runs_beside(at, level.total(at)?.people).into_iter().flatten();
            let mut runs = runs.filter_map(|(from, to)| {
                let which = if to - from + 1 == level.len() { Which::All } else { Which::Run };
                self.sum(at, level.figures(from, to)?, which, || (from..to).collect())
            });
            let of_all = || {
                let others = || (0..level.len()).filter(|other| *other != at).collect();
                self.sum(at, all - level.figures(at, at + 1)?, Which::All, others)
            };
            runs.next().or_else(of_all)
        })
    }

    /// By a group, that it is in or not.
    fn groups(&self, groups: &[&[usize]]) -> impl Iterator<Item = Sum> {
        let level = &self.level;
        let people = |at: &usize| level.total(*at).map_or(0, |own| own.people);
        let mut by_people: Vec<usize> = (0..level.len()).collect();
        by_people.sort_by_key(people);
        groups.iter().enumerate().filter_map(move |(place, members)| {
            let (at, together) = level.of_group(members);
            let inside = at.iter().copied().find_map(|total| {
                let parts = || at.iter().copied().filter(|part| *part != total).collect();
                self.sum(total, together - level.figures(total, total + 1)?, Which::Group(place), parts)
            });
            let near = by_people.partition_point(|other| people(other) < together.people);
            let mut near = by_people.iter().skip(near.saturating_sub(2)).take(4).copied();
            let outside = || {
                near.find_map(|total| {
                    self.sum(total, together, Which::Group(place), || at.clone()).filter(|_| !at.contains(&total))
                })
            };
            inside.or_else(outside)
        })
    }

    /// A sum of people, some of them of rows without a count, where it is one and no coincidence.
    fn sum(&self, at: usize, others: Together, which: Which, parts: impl FnOnce() -> Vec<usize>) -> Option<Sum> {
        let level = &self.level;
        let own = level.total(at).filter(|own| own.count > 0 && own.count >= others.count && others.peoples(*own))?;
        let (parts, nearly) = (parts(), own.people != others.people);
        let finest = || parts.iter().map(|part| level.unit(*part).into()).min().unwrap_or(1).min(own.rounding.max(1));
        let width = if nearly { own.rounding + others.rounding } else { finest() };
        let evidence = own.people as f64 / parts.len() as f64 / width as f64;
        let parts: Vec<usize> = parts.into_iter().filter_map(|part| level.places.get(part).copied()).collect();
        let lacks = parts.iter().any(|place| self.rows.get(*place).is_some_and(Option::is_none));
        let evident = evidence >= TABLES * level.trials.max(level.len() as f64);
        (parts.len() > 1 && lacks && evident).then_some(Sum {
            total: *level.places.get(at)?,
            parts,
            which,
            nearly,
            beyond: 0,
        })
    }
}
