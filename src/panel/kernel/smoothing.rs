//! Marshall's moments of one block.

use super::super::outputs::SmoothedOutputs;
use super::{
    columns::Columns,
    job::{Block, Count},
};
use crate::{
    rate::Per,
    smoothing::{Prior, square},
};
use std::iter;

/// Mean and variance of the true rates of each column of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Moments {
    means: Vec<f64>,
    variances: Vec<f64>,
}

impl Moments {
    /// Marshall's estimates: the sum of squares, then the estimates, each pass row by row, so that every column adds up in
    /// the order of its areas.
    #[inline(always)]
    pub(super) fn write<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        mut outputs: SmoothedOutputs<'_>,
    ) {
        let (per, width) = (block.job.per, columns.width());
        self.means.clear();
        self.means.extend(columns.count.iter().zip(&columns.all).map(|(count, all)| count / all));
        self.variances.clear();
        self.variances.resize(width, 0.0);
        let Self { means, variances } = self;
        each_row(columns, block, |values, people| match people {
            People::Shared(people) => add_squares(values, iter::repeat(people), means, variances),
            People::Each(people) => add_squares(values, people.iter().copied(), means, variances),
        });
        for ((mean, variance), (areas, all)) in
            means.iter_mut().zip(&mut *variances).zip(columns.areas.iter().zip(&columns.all))
        {
            (*mean, *variance) = Prior::marshall(*mean, *variance, *areas, *all).parts();
        }
        for (to, mean) in outputs.means.iter_mut().flatten().zip(&*means) {
            *to = per.scale(*mean);
        }
        for (to, (mean, variance)) in outputs.deviations.iter_mut().flatten().zip(means.iter().zip(&*variances)) {
            *to = Prior::new(*mean, *variance).sd(per) + mean * 0.0;
        }
        let Some(mut estimates) = outputs.estimates else { return };
        for (mut row, _) in estimates.outer_iter_mut().zip(block.job.part).filter(|(_, part)| !**part) {
            row.fill(f64::NAN);
        }
        let mut rows = estimates.outer_iter_mut().zip(block.job.part).filter(|(_, part)| **part);
        each_row(columns, block, |values, people| {
            let row = rows.next().and_then(|(row, _)| row.into_slice()).unwrap_or_default();
            match people {
                People::Shared(people) => estimate(values, iter::repeat(people), means, variances, per, row),
                People::Each(people) => estimate(values, people.iter().copied(), means, variances, per, row),
            }
        });
    }
}

/// The populations of a row.
enum People<'a> {
    Shared(f64),
    Each(&'a [f64]),
}

#[inline(always)]
fn add_squares(values: &[f64], people: impl Iterator<Item = f64>, means: &[f64], to: &mut [f64]) {
    for (((to, value), people), mean) in to.iter_mut().zip(values).zip(people).zip(means) {
        let square = square(*value, *mean, people);
        // No value gives no number, and that is nothing here.
        *to += if square > 0.0 { square } else { 0.0 };
    }
}

#[inline(always)]
fn estimate(
    values: &[f64],
    people: impl Iterator<Item = f64>,
    means: &[f64],
    variances: &[f64],
    per: Per,
    to: &mut [f64],
) {
    let priors = means.iter().zip(variances);
    for (((to, value), people), (mean, variance)) in to.iter_mut().zip(values).zip(people).zip(priors) {
        *to = per.scale(Prior::new(*mean, *variance).estimate(*value, people));
    }
}

/// Calls `each` with the rates and the populations of every row that takes part.
#[inline(always)]
fn each_row<C: Count>(columns: &mut Columns, block: &Block<'_, '_, C>, mut each: impl FnMut(&[f64], People<'_>)) {
    let Columns { values, people, .. } = columns;
    for (at, row) in block.rows().enumerate() {
        let values = block.values(row, at, values, people);
        match block.job.people.shared(row.area) {
            Some(people) => each(values, People::Shared(people as f64)),
            None => {
                block.job.people.fill(row.area, block.from, people);
                each(values, People::Each(people));
            }
        }
    }
}
