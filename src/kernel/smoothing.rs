use super::{
    columns::Columns,
    job::{Block, Count, Job},
};
use crate::{Prior, Smoother, smoothing::square};
use ndarray::{ArrayViewMut1, ArrayViewMut2, Axis};
use std::ops::Range;

/// Where smoothed rates are written to, with the mean and the standard deviation of the true rates of each column.
pub(crate) struct Smoothed<'a> {
    pub(crate) estimates: ArrayViewMut2<'a, f64>,
    pub(crate) means: ArrayViewMut1<'a, f64>,
    pub(crate) deviations: ArrayViewMut1<'a, f64>,
}

impl Smoothed<'_> {
    fn split_at(self, columns: usize) -> (Self, Self) {
        let (estimates, means) = (self.estimates.split_at(Axis(1), columns), self.means.split_at(Axis(0), columns));
        let deviations = self.deviations.split_at(Axis(0), columns);
        (
            Self { estimates: estimates.0, means: means.0, deviations: deviations.0 },
            Self { estimates: estimates.1, means: means.1, deviations: deviations.1 },
        )
    }
}

/// Marshall's estimates of all columns, block by block: sums, the sum of squares, then the estimates, each pass row by
/// row, so that every column adds up in the order of its areas.
pub(crate) fn smooth<C: Count>(job: &Job<'_, C>, mut to: Smoothed<'_>) {
    let (mut columns, mut moments) = (Columns::default(), Moments::default());
    let (mut from, end) = (0, job.counts.ncols());
    while from < end {
        let next = (from + job.width()).min(end);
        let (here, rest) = to.split_at(next - from);
        moments.block(job, &mut columns, here, from..next);
        (to, from) = (rest, next);
    }
}

/// Mean and variance of the true rates of each column of a block.
#[derive(Default)]
struct Moments {
    means: Vec<f64>,
    variances: Vec<f64>,
}

impl Moments {
    #[inline(always)]
    fn block<C: Count>(&mut self, job: &Job<'_, C>, columns: &mut Columns, mut to: Smoothed<'_>, range: Range<usize>) {
        let block = Block::new(job, range.clone());
        columns.reset(if job.keeps() { job.rows.len() } else { 1 }, range.len());
        columns.add(&block);
        if !columns.are_exact(job.per) {
            return define(job, to, range);
        }
        self.means.clear();
        self.means.extend(columns.count.iter().zip(&columns.all).map(|(count, all)| count / all));
        self.variances.clear();
        self.variances.resize(range.len(), 0.0);
        let Self { means, variances } = self;
        each_row(columns, &block, |values, people| {
            for (((squares, value), mean), people) in variances.iter_mut().zip(values).zip(&*means).zip(people) {
                *squares += if *value >= 0.0 { square(*value, *mean, *people) } else { 0.0 };
            }
        });
        for ((mean, variance), (areas, all)) in
            means.iter_mut().zip(&mut *variances).zip(columns.areas.iter().zip(&columns.all))
        {
            (*mean, *variance) = Prior::marshall(*mean, *variance, *areas, *all).parts();
        }
        for ((to, sd), (mean, variance)) in
            to.means.iter_mut().zip(&mut to.deviations).zip(means.iter().zip(&*variances))
        {
            let prior = Prior::new(*mean, *variance);
            (*to, *sd) = (prior.mean(job.per), prior.sd(job.per) + mean * 0.0);
        }
        for (mut row, part) in to.estimates.outer_iter_mut().zip(job.part) {
            if !part {
                row.fill(f64::NAN);
            }
        }
        let mut rows = to.estimates.outer_iter_mut().zip(job.part).filter(|(_, part)| **part);
        each_row(columns, &block, |values, people| {
            let row = rows.next().and_then(|(row, _)| row.into_slice()).unwrap_or_default();
            let priors = means.iter().zip(&*variances);
            for (((to, value), people), (mean, variance)) in row.iter_mut().zip(values).zip(people).zip(priors) {
                *to = job.per.scale(Prior::new(*mean, *variance).estimate(*value, *people));
            }
        });
    }
}

/// Calls `each` with the rates and the populations of every row that takes part.
#[inline(always)]
fn each_row<C: Count>(columns: &mut Columns, block: &Block<'_, '_, C>, mut each: impl FnMut(&[f64], &[f64])) {
    let width = columns.width();
    let Columns { values, people, .. } = columns;
    for (at, row) in block.rows().enumerate() {
        let values = if block.job.keeps() {
            values.get(at * width..(at + 1) * width).unwrap_or_default()
        } else {
            block.fill(row, 0..width, values, people);
            values.as_slice()
        };
        block.job.people.fill(row.area, block.from, people);
        each(values, people);
    }
}

/// Columns whose sums are too large for doubles, one at a time, as a table smooths them.
fn define<C: Count>(job: &Job<'_, C>, mut to: Smoothed<'_>, columns: Range<usize>) {
    for (at, column) in columns.enumerate() {
        let Some(smoothing) = (job.define)(column).map(|league| league.smooth(Smoother::Marshall)) else { return };
        to.estimates.column_mut(at).fill(f64::NAN);
        let smoothed = smoothing.areas();
        let places = (0..job.part.len()).filter(|area| smoothing.league().place(*area).is_some());
        for (area, smoothed) in places.zip(smoothed) {
            if let Some(to) = to.estimates.get_mut((area, at)) {
                *to = smoothed.estimate(job.per);
            }
        }
        let prior = smoothing.prior().ok();
        for (array, value) in [
            (&mut to.means, prior.map(|prior| prior.mean(job.per))),
            (&mut to.deviations, prior.map(|prior| prior.sd(job.per))),
        ] {
            if let Some(to) = array.get_mut(at) {
                *to = value.unwrap_or(f64::NAN);
            }
        }
    }
}
