//! One block of columns.

use super::super::outputs::Outputs;
use super::{
    by_table::define,
    cells::CellBlock,
    columns::Columns,
    counting::Counting,
    funnel::FunnelColumns,
    job::{Block, Count, Job},
    smoothing::Moments,
    sorting::{self, Sorting},
};
use crate::{average::Rule, league::Ties, rate::Order};
use ndarray::{ArrayViewMut2, Axis};
use std::{mem, ops::Range};

/// The workspace of one thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    columns: Columns,
    cells: CellBlock,
    counting: Counting,
    sorting: Sorting,
    moments: Moments,
    funnels: FunnelColumns,
}

impl Scratch {
    /// Works out the columns of a range, whose arrays `outputs` are.
    #[inline(always)]
    pub(super) fn run<C: Count>(&mut self, job: &Job<'_, C>, mut outputs: Outputs<'_>, columns: Range<usize>) {
        let mut from = columns.start;
        while from < columns.end {
            let to = (from + job.width()).min(columns.end);
            let (here, rest) = outputs.split_at(to - from);
            self.block(job, here, from..to);
            (outputs, from) = (rest, to);
        }
    }

    #[inline(always)]
    fn block<C: Count>(&mut self, job: &Job<'_, C>, mut outputs: Outputs<'_>, range: Range<usize>) {
        let average = job.how.average();
        let own = outputs.funnel.are_wanted() && !average.with_self();
        if own || !average.over_which().is_everyone() {
            return define(job, outputs, range);
        }
        let block = Block::new(job, range.clone());
        let columns = &mut self.columns;
        columns.reset(if job.keeps() { job.rows.len() } else { 1 }, range.len());
        columns.add(&block);
        let funnels = outputs.funnel.are_wanted();
        if !columns.are_exact(job.per) || funnels && !FunnelColumns::are_exact(&block, columns) {
            return define(job, outputs, range);
        }
        let averages = outputs.need_averages() || funnels;
        if outputs.need_spreads() || averages && average.rule() == Rule::Mean {
            columns.spread(&block);
            columns.spreads(&block);
        }
        if averages {
            columns.averages(&block);
        }
        columns.write(average, job.per, &mut outputs);
        if funnels {
            self.funnels.write(&block, columns, mem::take(&mut outputs.funnel));
        }
        if outputs.smoothed.are_wanted() {
            self.moments.write(&block, columns, mem::take(&mut outputs.smoothed));
        }
        let percentile = outputs.cells.last_mut().and_then(Option::take);
        if outputs.cells.iter().any(Option::is_some) {
            self.cells.write(&block, columns, outputs.cells);
        }
        if let Some(mut ranks) = outputs.ranks {
            for (row, part) in ranks.outer_iter_mut().zip(job.part) {
                if !part {
                    row.into_slice().unwrap_or_default().fill(0);
                }
            }
            self.ranks(&block, job.how.ties(), ranks, |found, to, _| to.copy_from_slice(found));
        }
        if let Some(percentile) = percentile {
            self.percentiles(&block, percentile);
        }
    }

    /// Hands on the ranks, some columns of a row at a time, with the part of the array that they belong to.
    #[inline(always)]
    fn ranks<C: Count, T>(
        &mut self,
        block: &Block<'_, '_, C>,
        rule: Ties,
        mut array: ArrayViewMut2<'_, T>,
        give: impl Fn(&[u32], &mut [T], &[f64]),
    ) {
        let Self { columns, counting, sorting, .. } = self;
        let (job, width) = (block.job, columns.width());
        if job.rows.len() <= Counting::MOST {
            let mut rows = array.outer_iter_mut().zip(job.part).filter(|(_, part)| **part);
            return counting.rank(&columns.values, width, rule, block, |found| {
                if let Some((row, _)) = rows.next() {
                    give(found, row.into_slice().unwrap_or_default(), &columns.areas);
                }
            });
        }
        let most = columns.count.iter().fold(0.0_f64, |most, count| most.max(*count));
        let product = most as u128 * u128::from(job.most_people);
        let mut from = 0;
        while from < width {
            let to = (from + sorting::LANES).min(width);
            let (mut here, rest) = array.split_at(Axis(1), to - from);
            let mut rows = here.outer_iter_mut().zip(job.part).filter(|(_, part)| **part);
            let areas = columns.areas.get(from..to).unwrap_or_default();
            sorting.rank(columns, from..to, rule, product, block, |found| {
                if let Some((row, _)) = rows.next() {
                    give(found, row.into_slice().unwrap_or_default(), areas);
                }
            });
            (from, array) = (to, rest);
        }
    }

    /// Percentiles follow from mean ranks: twice the mean rank is one more than the areas before and up to the last equal
    /// one.
    fn percentiles<C: Count>(&mut self, block: &Block<'_, '_, C>, mut array: ArrayViewMut2<'_, f64>) {
        for (row, part) in array.outer_iter_mut().zip(block.job.part) {
            if !part {
                row.into_slice().unwrap_or_default().fill(f64::NAN);
            }
        }
        let order = block.job.how.order();
        self.ranks(block, Ties::Average, array, |found, to, areas| {
            for ((to, rank), areas) in to.iter_mut().zip(found).zip(areas) {
                let passed = f64::from(rank.saturating_sub(1));
                let below = match order {
                    Order::Highest => 2.0 * areas - passed,
                    Order::Lowest => passed,
                };
                *to = if *rank > 0 { 100.0 * below / (2.0 * areas) } else { f64::NAN };
            }
        });
    }
}
