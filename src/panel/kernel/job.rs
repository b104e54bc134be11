//! What is to be compared.

use super::super::populations::People;
use super::divisor::Divisor;
use crate::{
    average::Rule,
    interval,
    league::{Compare, LeagueTable},
    rate::Per,
};
use ndarray::{ArrayView2, Axis};
use std::{cmp::Ordering, ops::Range};

/// A count as it stands in an array.
pub(crate) trait Count: Copy + Send + Sync + Into<u64> {
    fn value(self) -> f64;
}

impl Count for u32 {
    #[inline(always)]
    fn value(self) -> f64 {
        f64::from(self)
    }
}

impl Count for u64 {
    #[inline(always)]
    fn value(self) -> f64 {
        self as f64
    }
}

/// What is to be worked out.
pub(crate) struct Job<'a, C> {
    pub(crate) counts: ArrayView2<'a, C>,
    pub(crate) mask: Option<ArrayView2<'a, u8>>,
    pub(crate) people: People<'a>,
    /// For each area, whether it takes part.
    pub(crate) part: &'a [bool],
    /// The places of the areas that take part.
    pub(crate) rows: &'a [usize],
    pub(crate) most_people: u64,
    pub(crate) how: Compare,
    pub(crate) per: Per,
    pub(crate) plan: &'a interval::Plan,
    /// A column compared as a table.
    pub(crate) define: &'a (dyn Fn(usize) -> Option<LeagueTable> + Sync),
}

impl<C: Count> Job<'_, C> {
    /// Whether the values of a block are kept; of many areas they are worked out again where they are needed, which
    /// costs less than to fetch them from a distant cache.
    pub(super) fn keeps(&self) -> bool {
        self.rows.len() <= 512
    }

    /// Whether each cell has an average of its own that is kept.
    fn has_others(&self) -> bool {
        !self.how.average().with_self() && self.how.average().rule() != Rule::Pooled
    }

    /// Threads take whole multiples of as many columns.
    pub(super) fn part_width(&self) -> usize {
        if self.keeps() || self.has_others() { self.width() } else { 16 }
    }

    /// As many columns are worked on at a time: the values of all areas stay in the second-level cache.
    pub(super) fn width(&self) -> usize {
        const CACHED: usize = 1 << 15;
        if self.has_others() && !self.keeps() {
            return 32;
        }
        if self.keeps() { (CACHED / self.rows.len().max(64)) / 32 * 32 } else { 512 }
    }
}

/// A block of columns.
#[derive(Clone, Copy)]
pub(super) struct Block<'j, 'a, C> {
    pub(super) job: &'j Job<'a, C>,
    pub(super) counts: ArrayView2<'a, C>,
    /// Where some cell that takes part is not known.
    pub(super) mask: Option<ArrayView2<'a, u8>>,
    /// The first column.
    pub(super) from: usize,
}

impl<'j, 'a, C: Count> Block<'j, 'a, C> {
    pub(super) fn new(job: &'j Job<'a, C>, columns: Range<usize>) -> Self {
        let from = columns.start;
        let counts = slice(job.counts, columns.clone());
        let mask = job.mask.map(|mask| slice(mask, columns)).filter(|mask| {
            let unknown = |row: &[u8]| row.iter().fold(0, |all, code| all | code) != 0;
            mask.outer_iter().zip(job.part).any(|(row, part)| *part && unknown(row.to_slice().unwrap_or_default()))
        });
        Self { job, counts, mask, from }
    }

    /// The areas that take part: place, counts, and codes where some are not 0.
    #[inline(always)]
    pub(super) fn rows(&self) -> impl Iterator<Item = JobRow<'a, C>> + 'j {
        let mut masks = self.mask.map(ArrayView2::into_outer_iter);
        let rows = self.counts.into_outer_iter().zip(self.job.part).enumerate();
        rows.filter_map(move |(area, (counts, part))| {
            let mask = masks.as_mut().and_then(Iterator::next).and_then(|mask| mask.to_slice());
            part.then(|| JobRow { area, counts: counts.to_slice().unwrap_or_default(), mask })
        })
    }

    /// Rates per head of some columns of an area, all ones where there is none.
    #[inline(always)]
    pub(super) fn fill(&self, row: JobRow<'a, C>, columns: Range<usize>, values: &mut [f64], people: &mut [f64]) {
        let counts = row.counts.get(columns.clone()).unwrap_or_default();
        self.quotients(row.area, columns.clone(), counts, 1.0, values, people);
        leave_out(values, row.mask.and_then(|mask| mask.get(columns)).unwrap_or_default());
    }

    /// The rates of a row, which is as many rows from the first that takes part: as they are kept, or worked out again.
    #[inline(always)]
    pub(super) fn values<'v>(
        &self,
        row: JobRow<'a, C>,
        at: usize,
        values: &'v mut [f64],
        people: &mut [f64],
    ) -> &'v [f64] {
        let width = people.len();
        if self.job.keeps() {
            return values.get(at * width..(at + 1) * width).unwrap_or_default();
        }
        self.fill(row, 0..width, values, people);
        values
    }

    /// What divides all counts of an area, where its population is one for all indicators and not too large.
    pub(super) fn divisor(&self, row: JobRow<'a, C>) -> Option<Divisor> {
        self.job.people.shared(row.area).and_then(Divisor::new)
    }

    /// Counts times so much over populations, each rounded once.
    #[inline(always)]
    pub(super) fn quotients(
        &self,
        area: usize,
        columns: Range<usize>,
        counts: &[C],
        times: f64,
        to: &mut [f64],
        people: &mut [f64],
    ) {
        if let Some(divisor) = self.job.people.shared(area).and_then(Divisor::new) {
            for (to, count) in to.iter_mut().zip(counts) {
                *to = divisor.divide(count.value() * times);
            }
        } else {
            self.job.people.fill(area, self.from + columns.start, people);
            for ((to, count), people) in to.iter_mut().zip(counts).zip(people) {
                *to = count.value() * times / *people;
            }
        }
    }

    /// The known values of one column.
    pub(super) fn column(&self, at: usize, values: &mut Vec<f64>) {
        values.clear();
        values.extend(self.known(at).map(|(_, count, people)| count as f64 / people as f64));
    }

    /// Whether the rates of a column differ, as exact fractions.
    pub(super) fn differ(&self, at: usize) -> bool {
        let mut rates = self.known(at);
        let first = rates.next();
        first.is_some_and(|(_, x, n)| {
            rates.any(|(_, y, m)| u128::from(x) * u128::from(m) != u128::from(y) * u128::from(n))
        })
    }

    /// The known counts of one column with their populations, by place among the areas that take part.
    pub(super) fn known(&self, at: usize) -> impl Iterator<Item = (u32, u64, u64)> + '_ {
        (0..).zip(self.job.rows).filter_map(move |(row, area)| {
            let known = self.mask.is_none_or(|mask| mask.get((*area, at)) == Some(&0));
            known.then(|| (row, self.count(*area, at), self.job.people.at(*area, self.from + at)))
        })
    }

    fn count(&self, area: usize, at: usize) -> u64 {
        self.counts.get((area, at)).copied().map_or(0, Into::into)
    }

    /// Which of two rows of a column comes first, as exact fractions.
    pub(super) fn place(&self, at: usize, row: u32, other: u32) -> Ordering {
        let fraction = |row: u32| {
            let area = self.job.rows.get(row as usize).copied().unwrap_or_default();
            (u128::from(self.count(area, at)), u128::from(self.job.people.at(area, self.from + at)))
        };
        let ((count, people), (other, others)) = (fraction(row), fraction(other));
        self.job.how.order().place((count * others).cmp(&(other * people)))
    }
}

/// One area of a block.
#[derive(Clone, Copy)]
pub(super) struct JobRow<'a, C> {
    pub(super) area: usize,
    pub(super) counts: &'a [C],
    pub(super) mask: Option<&'a [u8]>,
}

/// Makes all ones of what is not known.
#[inline(always)]
pub(super) fn leave_out(values: &mut [f64], codes: &[u8]) {
    for (value, code) in values.iter_mut().zip(codes) {
        let unknown = if *code == 0 { 0 } else { u64::MAX };
        *value = f64::from_bits(value.to_bits() | unknown);
    }
}

fn slice<T>(mut array: ArrayView2<'_, T>, columns: Range<usize>) -> ArrayView2<'_, T> {
    array.slice_axis_inplace(Axis(1), columns.into());
    array
}
