//! What is written of each cell.

use super::{
    columns::Columns,
    job::{Block, Count, JobRow},
};
use crate::{
    average::{Rule, ZScale},
    league::Measure,
};
use ndarray::{ArrayViewMut, ArrayViewMut2};
use std::array;

/// Rows that are needed on the way to figures.
#[derive(Clone, Debug, Default)]
pub(super) struct CellBlock {
    /// The average per head that each cell of a row is compared with, and the same read per unit population.
    average: Vec<f64>,
    shown: Vec<f64>,
    /// The same to divide by: not a number where the average is zero.
    divisor: Vec<f64>,
    counts: Vec<u64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
}

impl CellBlock {
    /// Writes what is wanted of each cell, area by area.
    #[inline(always)]
    pub(super) fn write<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        arrays: [Option<ArrayViewMut2<'_, f64>>; Measure::CELLS],
    ) {
        let (job, width) = (block.job, columns.width());
        let how = job.how.average();
        for buffer in [&mut self.average, &mut self.shown, &mut self.divisor, &mut self.lower, &mut self.upper] {
            buffer.resize(width, 0.0);
        }
        let own = !how.with_self();
        if !own {
            self.average.copy_from_slice(&columns.average);
            let sums = columns.count.iter().zip(&columns.all);
            for ((shown, head), (count, all)) in self.shown.iter_mut().zip(&self.average).zip(sums) {
                *shown = how.shown(job.per, *head, *count, *all);
            }
            self.set_divisor();
        }
        let Columns { values, others, people, count, all, areas, centre, unit, .. } = columns;
        let per = f64::from(job.per.get());
        let limits = [Measure::Lower, Measure::Upper].map(|measure| arrays.get(measure as usize));
        let limits = limits.into_iter().flatten().any(Option::is_some);
        let mut arrays = arrays.map(|array| array.map(ArrayViewMut2::into_outer_iter_mut));
        let (mut rows, mut at) = (block.rows(), 0);
        for part in job.part {
            let mut to: [&mut [f64]; Measure::CELLS] = array::from_fn(|measure| {
                let array = arrays.get_mut(measure).and_then(Option::as_mut);
                array.and_then(Iterator::next).and_then(ArrayViewMut::into_slice).unwrap_or_default()
            });
            let Some(row) = part.then(|| rows.next()).flatten() else {
                to.iter_mut().for_each(|to| to.fill(f64::NAN));
                continue;
            };
            let values = block.values(row, at, values, people);
            if own || limits {
                job.people.fill(row.area, block.from, people);
            }
            if own {
                let others = others.get(at * width..(at + 1) * width).unwrap_or_default();
                self.without(block, row, others, people, [count, all, areas]);
                self.set_divisor();
            }
            at += 1;
            if limits {
                self.counts.clear();
                self.counts.extend(row.counts.iter().map(|count| -> u64 { (*count).into() }));
                // The three have one length.
                let _ = job.plan.counts_into(&self.counts, &mut self.lower, &mut self.upper);
            }
            // What is made of no value is no number; where a value would not show, nothing of it is added.
            let [rate, lower, upper, average, difference, ratio, percent, z, _] = to;
            block.quotients(row.area, 0..width, row.counts, per, rate, people);
            if block.mask.is_some() {
                rate.iter_mut().zip(values).for_each(|(to, value)| *to += value * 0.0);
            }
            for (array, limits) in [(lower, &self.lower), (upper, &self.upper)] {
                for ((to, value), (limit, people)) in array.iter_mut().zip(values).zip(limits.iter().zip(&*people)) {
                    *to = job.per.scale(*limit) / people + value * 0.0;
                }
            }
            for ((to, value), shown) in average.iter_mut().zip(values).zip(&self.shown) {
                *to = shown + value * 0.0;
            }
            for ((to, value), average) in difference.iter_mut().zip(values).zip(&self.average) {
                *to = (value - average) * per;
            }
            for ((to, value), divisor) in ratio.iter_mut().zip(values).zip(&self.divisor) {
                *to = value / divisor;
            }
            for ((to, value), divisor) in percent.iter_mut().zip(values).zip(&self.divisor) {
                *to = 100.0 * (value - divisor) / divisor;
            }
            let spread = centre.iter().zip(&*unit);
            if job.how.z() == ZScale::Log {
                for ((to, value), (centre, unit)) in z.iter_mut().zip(values).zip(spread) {
                    *to = (value.ln() - centre) / unit;
                }
            } else {
                for ((to, value), (centre, unit)) in z.iter_mut().zip(values).zip(spread) {
                    *to = (value - centre) / unit;
                }
            }
        }
    }

    #[inline]
    fn set_divisor(&mut self) {
        for (divisor, &average) in self.divisor.iter_mut().zip(&self.average) {
            *divisor = if average == 0.0 { f64::NAN } else { average };
        }
    }

    /// The averages that the cells of a row are left out of.
    #[inline(always)]
    fn without<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        row: JobRow<'_, C>,
        others: &[f64],
        people: &[f64],
        [count, all, areas]: [&[f64]; 3],
    ) {
        let how = block.job.how.average();
        let to = self.average.iter_mut().zip(&mut self.shown);
        if how.rule() != Rule::Pooled {
            for ((average, shown), other) in to.zip(others) {
                *average = *other;
                *shown = how.shown(block.job.per, *other, 0.0, 1.0);
            }
            return;
        }
        let sums = count.iter().zip(all).zip(areas);
        for ((average, shown), ((here, people), ((count, all), areas))) in
            to.zip(row.counts.iter().zip(people).zip(sums))
        {
            let (count, all) = (count - here.value(), all - people);
            // Where an area is not known it is not in the sums; what is made of its value is no number all the same.
            let none = if *areas > 1.0 { 0.0 } else { f64::NAN };
            *average = count / all + none;
            *shown = how.shown(block.job.per, *average, count, all) + none;
        }
    }
}
