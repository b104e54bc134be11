//! Values, averages and deviations of one block.

use super::super::outputs::Outputs;
use super::{
    divisor::Divisor,
    job::{Block, Count, leave_out},
};
use crate::{
    average::{self, Average, Rule, Spread, ZScale},
    base::Undefined,
    rate::{Per, Rate, Tally},
};

/// Below this every whole number is a double of its own, and a quotient of two of them is rounded once.
pub(super) const EXACT: f64 = (1_u64 << 53) as f64;

/// What a block has for each of its columns, and where they are kept a value for each of its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Rates per head, a row for each area that takes part; all ones where there is none. One row, where they are not kept.
    pub(super) values: Vec<f64>,
    /// The average per head that each cell is compared with, where areas are left out of a mean or median of their own.
    pub(super) others: Vec<f64>,
    /// The populations of one row.
    pub(super) people: Vec<f64>,
    /// Sums of counts, of populations and of areas: whole numbers.
    pub(super) count: Vec<f64>,
    pub(super) all: Vec<f64>,
    pub(super) areas: Vec<f64>,
    /// The populations that are one for all columns, added up, those of cells that are not known among them.
    everyone: f64,
    pub(super) mean: Vec<f64>,
    /// The standard deviation per head; NaN where there is none.
    pub(super) deviation: Vec<f64>,
    /// What z is measured from and in, on the scale that was chosen.
    pub(super) centre: Vec<f64>,
    pub(super) unit: Vec<f64>,
    /// Why there is no z.
    pub(super) status: Vec<u8>,
    /// The average per head; NaN where there is none.
    pub(super) average: Vec<f64>,
    upright: Vec<f64>,
}

/// Columns whose cells are looked at together: mostly all are known.
const CHUNK: usize = 16;

impl Columns {
    pub(super) fn width(&self) -> usize {
        self.count.len()
    }

    /// Makes room, and starts all sums at zero.
    pub(super) fn reset(&mut self, rows: usize, width: usize) {
        self.values.resize(rows * width, 0.0);
        let Self { people, count, all, areas, mean, deviation, centre, unit, average, .. } = self;
        for column in [people, count, all, areas, mean, deviation, centre, unit, average] {
            column.clear();
            column.resize(width, 0.0);
        }
        self.status.clear();
        self.status.resize(width, 0);
        self.everyone = 0.0;
    }

    /// Calls `each` with every row's values.
    #[inline(always)]
    pub(super) fn each_row<C: Count>(
        values: &mut [f64],
        people: &mut [f64],
        block: &Block<'_, '_, C>,
        mut each: impl FnMut(&[f64]),
    ) {
        let width = people.len();
        if block.job.keeps() {
            values.chunks_exact(width).for_each(each);
        } else {
            for row in block.rows() {
                block.fill(row, 0..width, values, people);
                each(values);
            }
        }
    }

    /// Values and sums.
    #[inline(always)]
    pub(super) fn add<C: Count>(&mut self, block: &Block<'_, '_, C>) {
        let (width, keeps) = (self.width(), block.job.keeps());
        let mut from = 0;
        for row in block.rows() {
            let Some(values) = self.values.get_mut(from..from + width) else { return };
            from += if keeps { width } else { 0 };
            self.everyone += block.job.people.shared(row.area).map_or(0.0, |people| people as f64);
            match (row.mask, block.divisor(row)) {
                // The usual case, in one loop.
                (None, Some(divisor)) => {
                    add_known(values, row.counts, divisor, &mut self.mean, &mut self.count);
                    continue;
                }
                (Some(mask), Some(divisor)) => {
                    let sums = self.mean.chunks_mut(CHUNK).zip(self.count.chunks_mut(CHUNK));
                    let lost = self.all.chunks_mut(CHUNK).zip(self.areas.chunks_mut(CHUNK));
                    let inputs = values.chunks_mut(CHUNK).zip(row.counts.chunks(CHUNK)).zip(mask.chunks(CHUNK));
                    for (((values, counts), codes), ((sum, total), (all, areas))) in inputs.zip(sums.zip(lost)) {
                        if codes.iter().fold(0, |any, code| any | code) == 0 {
                            add_known(values, counts, divisor, sum, total);
                            continue;
                        }
                        values.iter_mut().zip(counts).for_each(|(value, count)| *value = divisor.divide(count.value()));
                        leave_out(values, codes);
                        let inputs = values.iter().zip(counts).zip(codes);
                        let sums = sum.iter_mut().zip(total).zip(all.iter_mut().zip(areas));
                        for (((value, count), code), ((sum, total), (all, areas))) in inputs.zip(sums) {
                            if *code == 0 {
                                *sum += value;
                                *total += count.value();
                            } else {
                                *all -= divisor.number();
                                *areas -= 1.0;
                            }
                        }
                    }
                    continue;
                }
                _ => {}
            }
            // This leaves the populations behind, as no one number divides the row.
            block.fill(row, 0..width, values, &mut self.people);
            let shared = block.job.people.shared(row.area).is_some();
            let inputs = values.iter().zip(row.counts).zip(&self.people).enumerate();
            let sums = self.mean.iter_mut().zip(&mut self.count).zip(self.all.iter_mut().zip(&mut self.areas));
            for ((at, ((value, count), people)), ((sum, total), (all, areas))) in inputs.zip(sums) {
                if row.mask.is_none_or(|mask| mask.get(at) == Some(&0)) {
                    *sum += value;
                    *total += count.value();
                    *all += if shared { 0.0 } else { *people };
                } else {
                    *all -= if shared { *people } else { 0.0 };
                    *areas -= 1.0;
                }
            }
        }
        let (areas, everyone) = (block.job.rows.len() as f64, self.everyone);
        self.areas.iter_mut().for_each(|known| *known += areas);
        self.all.iter_mut().for_each(|all| *all += everyone);
    }

    /// Whether the sums are so small that one division of doubles gives every figure.
    pub(super) fn are_exact(&self, per: Per) -> bool {
        let most = EXACT / f64::from(per.get());
        let sums = self.count.iter().all(|count| *count < most) && self.all.iter().all(|people| *people < EXACT);
        sums && self.everyone < EXACT
    }

    /// Mean and standard deviation, in two passes.
    #[inline(always)]
    pub(super) fn spread<C: Count>(&mut self, block: &Block<'_, '_, C>) {
        for (mean, areas) in self.mean.iter_mut().zip(&self.areas) {
            *mean /= areas;
        }
        let Self { values, people, areas, mean, deviation, status, upright, .. } = self;
        Self::each_row(values, people, block, |values| {
            for ((squares, value), mean) in deviation.iter_mut().zip(values).zip(mean.iter()) {
                let square = (value - mean) * (value - mean);
                // No value gives no number, and that is nothing here.
                *squares += if square > 0.0 { square } else { 0.0 };
            }
        });
        for (deviation, areas) in deviation.iter_mut().zip(areas.iter()) {
            *deviation = (*deviation / (areas - 1.0)).sqrt();
        }
        let columns = mean.iter_mut().zip(deviation).zip(status).zip(areas).enumerate();
        for (at, (((mean, deviation), status), &mut areas)) in columns {
            let mut none = None;
            if areas < 2.0 {
                none = Some(Undefined::TooFew);
                *mean = if areas > 0.0 { *mean } else { f64::NAN };
            } else if *deviation <= *mean * (areas * f64::EPSILON) {
                // Equal rates are their own mean, whatever their sum rounds to; only here can they be equal.
                block.column(at, upright);
                match (average::common(upright), *deviation == 0.0) {
                    (Some(equal), _) => {
                        *mean = equal;
                        none = Some(if block.differ(at) { Undefined::TooClose } else { Undefined::AllEqual });
                    }
                    (None, true) => none = Some(Undefined::TooClose),
                    (None, false) => {}
                }
            }
            if let Some(why) = none {
                (*deviation, *status) = (f64::NAN, why.code());
            }
        }
    }

    /// What z is measured from and in.
    #[inline(always)]
    pub(super) fn spreads<C: Count>(&mut self, block: &Block<'_, '_, C>) {
        let scale = block.job.how.z();
        self.centre.copy_from_slice(&self.mean);
        self.unit.copy_from_slice(&self.deviation);
        if scale == ZScale::Standard {
            return;
        }
        let spreads = self.mean.iter().zip(&self.deviation).zip(&mut self.status);
        for (at, ((((mean, deviation), status), centre), unit)) in spreads
            .zip(&mut self.centre)
            .zip(&mut self.unit)
            .enumerate()
            .filter(|(_, ((((_, _), status), _), _))| **status == 0)
        {
            let rates: Vec<Rate> = block.known(at).filter_map(|(_, x, n)| Rate::new(x, n).ok()).collect();
            block.column(at, &mut self.upright);
            match Spread::standard(*mean, *deviation).on(scale, &rates, &self.upright) {
                Ok(spread) => (*centre, *unit) = spread.parts(),
                Err(why) => (*centre, *unit, *status) = (f64::NAN, f64::NAN, why.code()),
            }
        }
    }

    /// The average of each column and, where areas are left out of a mean or median of their own, that of each cell.
    #[inline(always)]
    pub(super) fn averages<C: Count>(&mut self, block: &Block<'_, '_, C>) {
        let how = block.job.how.average();
        match how.rule() {
            Rule::Pooled => {
                for (average, (count, all)) in self.average.iter_mut().zip(self.count.iter().zip(&self.all)) {
                    *average = if *all > 0.0 { count / all } else { f64::NAN };
                }
            }
            Rule::Mean => self.average.copy_from_slice(&self.mean),
            Rule::Median | Rule::Fixed(_) => {
                for (at, average) in self.average.iter_mut().enumerate() {
                    if how.rule() == Rule::Median {
                        block.column(at, &mut self.upright);
                    }
                    let value = how.among(Tally::new(), &self.upright);
                    *average = value.map_or(f64::NAN, average::Value::per_head);
                }
            }
        }
        if how.with_self() || how.rule() == Rule::Pooled {
            return;
        }
        let width = self.width();
        self.others.clear();
        self.others.resize(width * block.job.rows.len(), f64::NAN);
        for at in 0..width {
            block.column(at, &mut self.upright);
            for ((row, ..), average) in block.known(at).zip(how.others(&self.upright)) {
                if let (Some(to), Some(average)) = (self.others.get_mut(row as usize * width + at), average) {
                    *to = average;
                }
            }
        }
    }

    /// Writes what is wanted of the columns themselves.
    pub(super) fn write(&self, average: Average, per: Per, outputs: &mut Outputs<'_>) {
        for (array, values) in [(&mut outputs.means, &self.mean), (&mut outputs.deviations, &self.deviation)] {
            for (to, value) in array.iter_mut().flatten().zip(values) {
                *to = per.scale(*value);
            }
        }
        for (to, status) in outputs.statuses.iter_mut().flatten().zip(&self.status) {
            *to = *status;
        }
        let averages = self.average.iter().zip(self.count.iter().zip(&self.all));
        for (to, (value, (count, all))) in outputs.averages.iter_mut().flatten().zip(averages) {
            *to = average.shown(per, *value, *count, *all);
        }
    }
}

/// Values of counts that are all known, with their sums.
#[inline(always)]
fn add_known<C: Count>(values: &mut [f64], counts: &[C], divisor: Divisor, sums: &mut [f64], totals: &mut [f64]) {
    for ((value, count), (sum, total)) in values.iter_mut().zip(counts).zip(sums.iter_mut().zip(totals)) {
        let count = count.value();
        *value = divisor.divide(count);
        *sum += *value;
        *total += count;
    }
}
