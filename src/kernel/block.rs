use super::{
    columns::Columns,
    counting::Counting,
    funnel::Funnels,
    job::{Block, Count, Job, Row},
    smoothing::Moments,
    sorting::{self, Sorting},
};
use crate::{
    Average, LeagueTable, Measure, Order, Outputs, Overdispersion, Rule, Smoother, Ties, Undefined, ZScale,
    outputs::{FunnelOutputs, SmoothedOutputs},
};
use ndarray::{ArrayViewMut, ArrayViewMut1, ArrayViewMut2, Axis};
use std::{array, mem, ops::Range};

/// The workspace of one thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    columns: Columns,
    cells: Cells,
    counting: Counting,
    sorting: Sorting,
    moments: Moments,
    funnels: Funnels,
}

/// Rows that are needed on the way to figures.
#[derive(Clone, Debug, Default)]
struct Cells {
    /// The average per head that each cell of a row is compared with, and the same read per so many people.
    average: Vec<f64>,
    shown: Vec<f64>,
    /// The same to divide by: not a number where the average is zero.
    divisor: Vec<f64>,
    counts: Vec<u64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
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
        if !columns.are_exact(job.per) || funnels && !Funnels::are_exact(&block, columns) {
            return define(job, outputs, range);
        }
        let averages = outputs.need_averages() || funnels;
        if outputs.need_spreads() || averages && average.rule() == Rule::Mean {
            columns.spread(&block);
            columns.yardsticks(&block);
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
            self.ranks(&block, job.how.ties, ranks, |found, to, _| to.copy_from_slice(found));
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
        let order = block.job.how.order;
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

impl Cells {
    /// Writes what is wanted of each cell, area by area.
    #[inline(always)]
    fn write<C: Count>(
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
            if job.how.z == ZScale::Log {
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
        row: Row<'_, C>,
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

/// Columns whose sums are too large for doubles, whose averages are over groups, or whose funnels are about the averages of
/// the others, one at a time, as a table compares them.
fn define<C: Count>(job: &Job<'_, C>, mut outputs: Outputs<'_>, columns: Range<usize>) {
    for (at, column) in columns.enumerate() {
        let Some(league) = (job.define)(column) else { return };
        for (measure, array) in Measure::ALL.iter().zip(&mut outputs.cells) {
            put(array, at, |area| league.row(area)?.measure(*measure, job.per).ok());
        }
        for (area, to) in outputs.ranks.iter_mut().flat_map(|ranks| ranks.column_mut(at)).enumerate() {
            *to = league.row(area).map_or(0, |comparison| comparison.rank().number(job.how.ties));
        }
        let mean = Average::MEAN.of(league.rates());
        set(&mut outputs.averages, at, league.average_of_all().ok().map_or(f64::NAN, |value| value.per(job.per)));
        set(&mut outputs.means, at, mean.map_or(f64::NAN, |value| value.per(job.per)));
        set(&mut outputs.deviations, at, league.spread().ok().map_or(f64::NAN, |spread| spread.sd(job.per)));
        set(&mut outputs.statuses, at, league.yardstick().err().map_or(0, Undefined::code));
        if outputs.smoothed.are_wanted() {
            smooth(&league, job, &mut outputs.smoothed, at);
        }
        if outputs.funnel.are_wanted() {
            funnel(&league, &mut outputs.funnel, at);
        }
    }
}

fn smooth<C>(league: &LeagueTable, job: &Job<'_, C>, outputs: &mut SmoothedOutputs<'_>, at: usize) {
    let smoothing = league.smooth(Smoother::Marshall);
    let smoothed: Vec<f64> = smoothing.areas().map(|area| area.estimate(job.per)).collect();
    let prior = smoothing.prior().ok();
    put(&mut outputs.estimates, at, |area| smoothed.get(league.place(area)?).copied());
    set(&mut outputs.means, at, prior.map_or(f64::NAN, |prior| prior.mean(job.per)));
    set(&mut outputs.deviations, at, prior.map_or(f64::NAN, |prior| prior.sd(job.per)));
}

fn funnel(league: &LeagueTable, outputs: &mut FunnelOutputs<'_>, at: usize) {
    let funnel = league.funnel(outputs.spec);
    let points: Vec<(Option<f64>, Option<f64>)> =
        funnel.points().map(|point| (point.z().ok(), point.z_adjusted().ok())).collect();
    put(&mut outputs.z, at, |area| points.get(league.place(area)?)?.0);
    put(&mut outputs.adjusted, at, |area| points.get(league.place(area)?)?.1);
    let found = funnel.overdispersion();
    set(&mut outputs.phi, at, found.ok().map_or(f64::NAN, Overdispersion::phi));
    set(&mut outputs.tau2, at, found.ok().map_or(f64::NAN, Overdispersion::tau2));
    set(&mut outputs.statuses, at, found.err().map_or(0, Undefined::code));
}

fn set<T>(array: &mut Option<ArrayViewMut1<'_, T>>, at: usize, figure: T) {
    if let Some(to) = array.as_mut().and_then(|array| array.get_mut(at)) {
        *to = figure;
    }
}

/// Writes one column of cells, NaN where there is no figure.
fn put(array: &mut Option<ArrayViewMut2<'_, f64>>, at: usize, figure: impl Fn(usize) -> Option<f64>) {
    for (area, to) in array.iter_mut().flat_map(|array| array.column_mut(at)).enumerate() {
        *to = figure(area).unwrap_or(f64::NAN);
    }
}
