//! The rows between a whole and what it is made of, wherever they stand: the regions of a nation.

use super::{
    level::{Level, Together},
    sum::{Sum, Which},
};
use std::{cmp::Reverse, collections::HashMap};

/// Tells of each row between a whole and its parts which of these it is the sum of, where all other rows have the whole so many times,
/// and as far as no search found it.
pub(super) fn tell(level: &Level, total: usize, times: u128, found: &mut Vec<Sum>) {
    let Ok(top) = level.places.binary_search(&total) else { return };
    let known = found.iter().find(|sum| sum.total == total && matches!(sum.which, Which::Run | Which::Group(_)));
    let known = known.and_then(|sum| below(level, top, times, &sum.parts));
    let known = known.or_else(|| by_size(level, top, times)).or_else(|| but_one(level, top, times));
    let Some(mut tiers) = known else { return };
    let places = |at: &[usize]| at.iter().filter_map(|at| level.places.get(*at).copied()).collect::<Vec<usize>>();
    let Some(mut parts) = tiers.pop() else { return };
    parts.sort_unstable();
    for sum in found.iter_mut().filter(|sum| sum.total == total && sum.which == Which::Levels) {
        (sum.parts, sum.which) = (places(&parts), Which::All);
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

/// The rows that a whole is known to be the sum of, and all others.
fn below(level: &Level, top: usize, times: u128, parts: &[usize]) -> Option<Vec<Vec<usize>>> {
    let others = (0..level.len()).filter(|at| *at != top);
    let is_upper = |at: &usize| level.places.get(*at).is_some_and(|place| parts.binary_search(place).is_ok());
    let (upper, lower) = others.partition::<Vec<usize>, _>(is_upper);
    (times == 2).then(|| vec![upper, lower])
}

/// The rows of two levels, where all of the higher one have no fewer people than those of the lower one but for one of these.
fn but_one(level: &Level, top: usize, times: u128) -> Option<Vec<Vec<usize>>> {
    let own = level.total(top).filter(|_| times == 2)?;
    let order = largest_first(level, top);
    let mut by_count: HashMap<u128, Vec<usize>> = HashMap::new();
    let mut sum = Together::default();
    for (place, at) in order.iter().enumerate() {
        let row = level.figures(*at, at + 1)?;
        sum = sum + row;
        by_count.entry(row.count).or_default().push(*at);
        let like = sum.count.checked_sub(own.count).and_then(|beyond| by_count.get(&beyond));
        let fits = |other: &usize| level.figures(*other, other + 1).is_some_and(|other| (sum - other).peoples(own));
        if let Some(city) = like.and_then(|like| like.iter().copied().find(fits)) {
            let (first, rest) = order.split_at(place + 1);
            let upper: Vec<usize> = first.iter().copied().filter(|at| *at != city).collect();
            return (upper.len() > 1).then(|| vec![upper, rest.iter().copied().chain([city]).collect()]);
        }
    }
    None
}

fn largest_first(level: &Level, top: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..level.len()).filter(|at| *at != top).collect();
    order.sort_by_key(|at| Reverse(level.total(*at).map(|row| row.people)));
    order
}

/// The rows of each level, the highest first, where those of a higher one have no fewer people than those of a lower one.
fn by_size(level: &Level, top: usize, times: u128) -> Option<Vec<Vec<usize>>> {
    let own = level.total(top)?;
    let is_whole = |sum: Together| sum.count == own.count && sum.peoples(own);
    let (mut tiers, mut tier, mut sum) = (Vec::new(), Vec::new(), Together::default());
    for at in largest_first(level, top) {
        if is_whole(sum) && (tiers.len() as u128) + 1 < times {
            tiers.push(std::mem::take(&mut tier));
            sum = Together::default();
        }
        sum = sum + level.figures(at, at + 1)?;
        tier.push(at);
    }
    tiers.push(tier);
    (is_whole(sum) && tiers.len() as u128 == times).then_some(tiers)
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
