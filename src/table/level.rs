//! Rows that are not yet known for totals, their sums from the first on, and how far each may be off for having been rounded.

use std::ops::{Add, Sub};

/// What rows have together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Together {
    pub(super) count: u128,
    pub(super) people: u128,
    /// The units that the populations were rounded to together: they may be off by half of it.
    pub(super) rounding: u128,
    /// The same of the counts.
    pub(super) of_counts: u128,
}

impl Add for Together {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (count, people) = (self.count + other.count, self.people + other.people);
        let (rounding, of_counts) = (self.rounding + other.rounding, self.of_counts + other.of_counts);
        Self { count, people, rounding, of_counts }
    }
}

/// Of what stands in both, as sums from the first row on.
impl Sub for Together {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        let (count, people) = (self.count - other.count, self.people - other.people);
        let (rounding, of_counts) = (self.rounding - other.rounding, self.of_counts - other.of_counts);
        Self { count, people, rounding, of_counts }
    }
}

impl Together {
    /// Whether a total has these people, as far as both were rounded.
    pub(super) const fn peoples(self, total: Self) -> bool {
        2 * self.people.abs_diff(total.people) <= self.rounding + total.rounding
    }

    /// Whether a total has this count, as far as both were rounded.
    pub(super) const fn counts(self, total: Self) -> bool {
        2 * self.count.abs_diff(total.count) <= self.of_counts + total.of_counts
    }
}

/// The unit that a population was rounded to: the largest power of ten that divides it, or the base that all figures have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Own,
    Base(u64),
    /// That of each population, and the base that all counts have.
    Both(u64),
}

impl Unit {
    pub(super) fn of(self, people: u64) -> u64 {
        match self {
            Self::Base(base) => base,
            Self::Own | Self::Both(_) => {
                let mut unit = if people == 0 { 1 } else { 1_000_000 };
                while !people.is_multiple_of(unit) {
                    unit /= 10;
                }
                unit
            }
        }
    }

    /// A count that a total has beyond those of rows: of counts that were rounded it stands where people do.
    fn beyond(self, count: u128) -> Together {
        match self {
            Self::Own => Together { count, ..Together::default() },
            Self::Both(base) => Together { count, of_counts: base.into(), ..Together::default() },
            Self::Base(base) => Together { people: count, rounding: base.into(), ..Together::default() },
        }
    }

    /// A row that stands for a total.
    pub(super) fn total(self, (count, people): (u64, u64)) -> Together {
        self.figures((count, people), self.of(people))
    }

    fn figures(self, (count, people): (u64, u64), unit: u64) -> Together {
        let rounding = if unit > 1 { unit.into() } else { 0 };
        Together { count: count.into(), people: people.into(), rounding, of_counts: self.of_counts() }
    }

    /// The base that counts have, where populations have units of their own.
    fn of_counts(self) -> u128 {
        if let Self::Both(base) = self { base.into() } else { 0 }
    }
}

/// The rows that are not yet known for totals, and their sums from the first on.
pub(super) struct Level {
    pub(super) places: Vec<usize>,
    rows: Vec<(u64, u64)>,
    /// What each population counts as rounded to among others: no more than most are, for of exact ones some end in zeros.
    units: Vec<u64>,
    sums: Vec<Together>,
    /// The populations in rising order.
    sorted: Vec<u64>,
    unit: Unit,
    /// How many sums could be tried.
    pub(super) trials: f64,
}

impl Level {
    pub(super) fn new(rows: &[Option<(u64, u64)>], is_total: &[bool], unit: Unit, groups: &[&[usize]]) -> Self {
        let shown = rows.iter().zip(is_total).enumerate().filter(|(_, (_, total))| !**total);
        let (places, rows): (Vec<usize>, Vec<_>) = shown.filter_map(|(place, (row, _))| Some((place, (*row)?))).unzip();
        let units: Vec<u64> = rows.iter().map(|row| unit.of(row.1)).collect();
        let mut in_order = units.clone();
        in_order.sort_unstable();
        let most = in_order.get(units.len() / 2).copied().unwrap_or(1);
        let units: Vec<u64> = units.into_iter().map(|own| own.min(most)).collect();
        let mut sums = vec![Together::default()];
        for (row, own) in rows.iter().zip(&units) {
            sums.push(sums.last().copied().unwrap_or_default() + unit.figures(*row, *own));
        }
        let mut sorted: Vec<u64> = rows.iter().map(|row| row.1).collect();
        sorted.sort_unstable();
        let mut level = Self { places, rows, units, sums, sorted, unit, trials: 1.0 };
        let possible = |at: usize| {
            let own = level.total(at).unwrap_or_default();
            let fits = |first: usize| {
                level.figures(first, first + 2).is_some_and(|two| two.people <= own.people || two.peoples(own))
            };
            f64::from(u8::from(fits(at + 1))) + f64::from(u8::from(at >= 2 && fits(at - 2)))
        };
        level.trials += (0..level.len()).map(possible).sum::<f64>();
        level.trials += groups.iter().map(|members| level.like(members)).sum::<usize>() as f64;
        level
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A row as a total of others.
    pub(super) fn total(&self, at: usize) -> Option<Together> {
        self.rows.get(at).map(|row| self.unit.total(*row))
    }

    /// A count beyond those of the rows.
    pub(super) fn beyond(&self, count: u128) -> Together {
        if count > 0 { self.unit.beyond(count) } else { Together::default() }
    }

    /// The unit that a row counts as rounded to.
    pub(super) fn unit(&self, at: usize) -> u64 {
        self.units.get(at).copied().unwrap_or(1)
    }

    /// What the rows have together from one up to another.
    pub(super) fn figures(&self, from: usize, to: usize) -> Option<Together> {
        (from <= to).then(|| Some(*self.sums.get(to)? - *self.sums.get(from)?)).flatten()
    }

    /// Which of these places there are, and what they have together.
    pub(super) fn of_group(&self, members: &[usize]) -> (Vec<usize>, Together) {
        let at: Vec<usize> = members.iter().filter_map(|place| self.places.binary_search(place).ok()).collect();
        let together = at.iter().filter_map(|at| self.figures(*at, at + 1)).fold(Together::default(), Add::add);
        (at, together)
    }

    /// How many rows have half to twice the people of a group, so that they might be its sum by chance.
    fn like(&self, members: &[usize]) -> usize {
        let all = self.of_group(members).1.people;
        let least = self.sorted.partition_point(|people| 2 * u128::from(*people) < all);
        self.sorted.partition_point(|people| u128::from(*people) <= 2 * all).saturating_sub(least)
    }

    /// How far counts may be off for having been rounded, of all rows and a total.
    fn slack(&self) -> u128 {
        self.unit.of_counts() * (self.len() as u128 + 1) / 2
    }

    /// The end of the run from here on whose sums come nearest to these, the counts being equal as far as they were rounded.
    pub(super) fn forwards(&self, from: usize, own: Together) -> Option<usize> {
        let sought = *self.sums.get(from)? + own;
        let slack = self.slack();
        let first = self.sums.partition_point(|sum| sum.count + slack < sought.count).max(from + 2);
        let last = self.sums.partition_point(|sum| sum.count <= sought.count + slack);
        self.nearest(first, last, sought.people)
    }

    /// The beginning of such a run up to here.
    pub(super) fn backwards(&self, to: usize, own: Together) -> Option<usize> {
        let end = self.sums.get(to)?;
        let slack = self.slack();
        let most = (end.count + slack).checked_sub(own.count)?;
        let people = end.people.saturating_sub(own.people);
        let first = self.sums.partition_point(|sum| sum.count + 2 * slack < most);
        let last = self.sums.partition_point(|sum| sum.count <= most).min((to + 1).saturating_sub(2));
        self.nearest(first, last, people)
    }

    /// Of the sums in these places the one nearest to a population.
    fn nearest(&self, first: usize, last: usize, people: u128) -> Option<usize> {
        let near = self.sums.get(first..last)?.partition_point(|sum| sum.people < people) + first;
        let candidates = near.saturating_sub(1).max(first)..(near + 1).min(last);
        candidates.min_by_key(|at| self.sums.get(*at).map_or(u128::MAX, |sum| sum.people.abs_diff(people)))
    }

    /// The run from here on and the run up to here that have nearest to these people, whatever their counts.
    pub(super) fn runs_near(&self, at: usize, people: u128) -> [Option<(usize, usize)>; 2] {
        let here = self.sums.get(at).map_or(0, |sum| sum.people);
        let forwards = self.nearest(at + 2, self.len() + 1, here + people).map(|to| (at, to));
        let backwards = self.nearest(0, (at + 1).saturating_sub(2), here.saturating_sub(people));
        [forwards, backwards.map(|from| (from, at))]
    }

    /// The runs of at least two rows next to a row that have nearest to these people, whatever their counts.
    pub(super) fn runs_beside(&self, at: usize, people: u128) -> [Option<(usize, usize)>; 2] {
        let sum = |at: usize| self.sums.get(at).map_or(0, |sum| sum.people);
        let forwards = self.nearest(at + 3, self.len() + 1, sum(at + 1) + people).map(|to| (at + 1, to));
        let backwards = self.nearest(0, at.saturating_sub(1), sum(at).saturating_sub(people));
        [forwards, backwards.map(|from| (from, at))]
    }
}
