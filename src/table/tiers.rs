//! The rows between a whole and what it is made of, wherever they stand: the regions of a nation.

use super::{
    level::{Level, Together},
    sum::{Sum, Which},
};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// Tells of each row between a whole and its parts which of these it is the sum of, where all other rows have the whole k times,
/// and as far as no search found it.
pub(super) fn tell(level: &Level, total: usize, times: u128, found: &mut Vec<Sum>) {
    let Some((top, own)) = level.places.binary_search(&total).ok().and_then(|top| Some((top, level.total(top)?)))
    else {
        return;
    };
    let Some(rest) = Rest::of(level, top, own, times, found) else { return };
    let known = found.iter().find(|sum| sum.total == total && matches!(sum.which, Which::Run | Which::Group(_)));
    let known = known.and_then(|sum| rest.below(&sum.parts));
    let Some(mut tiers) = known.or_else(|| rest.by_size()).or_else(|| rest.but_one()) else { return };
    let places = |at: &[usize]| at.iter().filter_map(|at| level.places.get(*at).copied()).collect::<Vec<usize>>();
    let Some(mut parts) = tiers.pop() else { return };
    parts.sort_unstable();
    let mut of_all: Vec<usize> = places(&parts).into_iter().chain(rest.known_parts.iter().copied()).collect();
    of_all.sort_unstable();
    for sum in found.iter_mut().filter(|sum| sum.total == total && sum.which == Which::Levels) {
        (sum.parts, sum.which) = (of_all.clone(), Which::All);
    }
    for tier in tiers {
        let mut runs = runs(level, &tier, &parts);
        for at in &tier {
            let Some(total) = level.places.get(*at).copied() else { continue };
            if found.iter().any(|sum| sum.total == total) {
                continue;
            }
            let (parts, which) = match runs.remove(at) {
                Some(run) if run.len() == 1 => (places(&run), Which::Same),
                Some(run) => (places(&run), Which::Run),
                None => (places(&parts), Which::Share(tier.len())),
            };
            found.push(Sum { total, parts, which, nearly: false, beyond: 0 });
        }
    }
}

/// The rows below a whole, without those regions that are known and what these are made of, and what is left of the whole.
struct Rest<'a> {
    level: &'a Level,
    /// By their people, the most first.
    rows: Vec<usize>,
    whole: Together,
    times: u128,
    /// The places of the parts of the regions that are known.
    known_parts: HashSet<usize>,
}

impl<'a> Rest<'a> {
    fn of(level: &'a Level, top: usize, own: Together, times: u128, found: &[Sum]) -> Option<Self> {
        let others = |sum: &&Sum| level.places.get(top) != Some(&sum.total);
        // Of more levels than two it is not known which one a region is of.
        let known: Vec<&Sum> = found.iter().filter(others).filter(|_| times == 2).collect();
        let known_parts: HashSet<usize> = known.iter().flat_map(|sum| &sum.parts).copied().collect();
        let totals: HashSet<usize> = known.iter().map(|sum| sum.total).collect();
        let (mut rows, mut whole) = (Vec::new(), own);
        for at in (0..level.len()).filter(|at| *at != top) {
            let (place, row) = (level.places.get(at)?, level.figures(at, at + 1)?);
            if totals.contains(place) {
                let (count, people) = (whole.count.checked_sub(row.count)?, whole.people.checked_sub(row.people)?);
                whole = Together { count, people, rounding: whole.rounding + row.rounding, ..whole };
            } else if !known_parts.contains(place) {
                rows.push(at);
            }
        }
        rows.sort_by_key(|at| Reverse(level.total(*at).map(|row| row.people)));
        Some(Self { level, rows, whole, times, known_parts })
    }

    fn row(&self, at: usize) -> Option<Together> {
        self.level.figures(at, at + 1)
    }

    /// The rows that the whole is known to be the sum of, and all others.
    fn below(&self, parts: &[usize]) -> Option<Vec<Vec<usize>>> {
        let is_upper = |at: &usize| self.level.places.get(*at).is_some_and(|place| parts.contains(place));
        let (upper, lower) = self.rows.iter().copied().partition::<Vec<usize>, _>(is_upper);
        (self.times == 2).then(|| vec![upper, lower])
    }

    /// The rows of each level, the highest first, where those of a higher one have no fewer people than those of a lower one.
    fn by_size(&self) -> Option<Vec<Vec<usize>>> {
        let is_whole = |sum: Together| sum.count == self.whole.count && sum.peoples(self.whole);
        let (mut tiers, mut tier, mut sum) = (Vec::new(), Vec::new(), Together::default());
        for at in self.rows.iter().copied() {
            if is_whole(sum) && (tiers.len() as u128) + 1 < self.times {
                tiers.push(std::mem::take(&mut tier));
                sum = Together::default();
            }
            sum = sum + self.row(at)?;
            tier.push(at);
        }
        tiers.push(tier);
        (is_whole(sum) && tiers.len() as u128 == self.times).then_some(tiers)
    }

    /// The rows of two levels, where those of the higher one have no fewer people than those of the lower one but for one of these.
    fn but_one(&self) -> Option<Vec<Vec<usize>>> {
        let mut by_count: HashMap<u128, Vec<usize>> = HashMap::new();
        let mut sum = Together::default();
        for (place, at) in self.rows.iter().enumerate().filter(|_| self.times == 2) {
            let row = self.row(*at)?;
            sum = sum + row;
            by_count.entry(row.count).or_default().push(*at);
            let like = sum.count.checked_sub(self.whole.count).and_then(|beyond| by_count.get(&beyond));
            let fits = |other: &usize| self.row(*other).is_some_and(|other| (sum - other).peoples(self.whole));
            if let Some(city) = like.and_then(|like| like.iter().copied().find(fits)) {
                let (first, rest) = self.rows.split_at(place + 1);
                let upper = first.iter().copied().filter(|at| *at != city).collect();
                return Some(vec![upper, rest.iter().copied().chain([city]).collect()]);
            }
        }
        None
    }
}

/// The parts of each row of a level, as far as they stand one after the other.
fn runs(level: &Level, tier: &[usize], parts: &[usize]) -> HashMap<usize, Vec<usize>> {
    let mut by_count: HashMap<u128, Vec<usize>> = HashMap::new();
    for at in tier {
        by_count.entry(level.total(*at).map_or(0, |own| own.count)).or_default().push(*at);
    }
    let (mut found, mut run, mut sum) = (HashMap::new(), Vec::new(), Together::default());
    for at in parts {
        sum = sum + level.figures(*at, at + 1).unwrap_or_default();
        run.push(*at);
        let mut like = by_count.get(&sum.count).into_iter().flatten().copied();
        let whole = like.find(|own| !found.contains_key(own) && level.total(*own).is_some_and(|own| sum.peoples(own)));
        if let Some(whole) = whole {
            found.insert(whole, std::mem::take(&mut run));
            sum = Together::default();
        }
    }
    found
}
