//! The funnels of the columns of a block.

use super::super::outputs::FunnelOutputs;
use super::{
    chance::Chance,
    columns::{Columns, EXACT},
    job::{Block, Count},
    moments::MomentColumns,
    trimming::{self, LANES, pitch},
};
use crate::{
    average::Rule,
    base::Undefined,
    funnel::{Dispersion, Moments, Overdispersion, Part, Scale, Spec, Trim, widening},
};
use ndarray::{ArrayViewMut, ArrayViewMut2};
use std::array;

/// The funnels of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct FunnelColumns {
    chance: Chance,
    /// z of each cell that takes part, a row for each area; all ones where the cell is not known.
    z: Vec<f64>,
    /// What z are drawn in to.
    low: Vec<f64>,
    high: Vec<f64>,
    /// Sums of the squares of z, of weights, and of the products of all pairs of weights.
    squares: Vec<f64>,
    sum: Vec<f64>,
    pairs: Vec<f64>,
    /// Why a column has no z at all.
    void: Vec<Option<Undefined>>,
    found: Vec<Result<Overdispersion, Undefined>>,
    moments: MomentColumns,
}

impl FunnelColumns {
    /// Whether every expected count is one division of doubles, or one product.
    pub(super) fn are_exact<C: Count>(block: &Block<'_, '_, C>, columns: &Columns) -> bool {
        let most = columns.count.iter().fold(0.0_f64, |most, count| most.max(*count));
        block.job.how.average().rule() != Rule::Pooled || most * (block.job.most_people as f64) < EXACT
    }

    #[inline(always)]
    pub(super) fn write<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        mut outputs: FunnelOutputs<'_>,
    ) {
        let spec = outputs.spec;
        self.chance.of(block, columns, spec.weighed());
        self.find_void(block, columns, spec.weighed());
        let adjusts = outputs.adjusted.is_some() && spec.dispersion() != Dispersion::None;
        let told = outputs.phi.is_some() || outputs.tau2.is_some() || outputs.statuses.is_some();
        let law = spec.is_consistent();
        let depth = trimming::depth(block.job.rows.len(), spec.trim()).filter(|_| block.job.keeps());
        match depth {
            Some(depth) if law && (adjusts || told) => {
                let Self { moments, chance, void, found, .. } = self;
                moments.find(block, columns, chance, (spec.trim(), depth), void, found);
            }
            None if law && (adjusts || told) => {
                let mut moments = Moments::new(spec.trim());
                self.find_each(block, columns, |z, weights| moments.of(z, weights, &Part::of_all(weights)));
            }
            Some(depth) if adjusts || told => {
                let weighs = outputs.tau2.is_some() || spec.dispersion() == Dispersion::Additive;
                self.trim_all(block, columns, spec.trim(), depth, weighs);
            }
            None if adjusts || told => {
                self.find_each(block, columns, |z, weights| Overdispersion::estimate(z, weights, spec.trim()));
            }
            _ => {}
        }
        for (to, found) in outputs.phi.iter_mut().flatten().zip(&self.found) {
            *to = found.map_or(f64::NAN, Overdispersion::phi);
        }
        for (to, found) in outputs.tau2.iter_mut().flatten().zip(&self.found) {
            *to = found.map_or(f64::NAN, Overdispersion::tau2);
        }
        for (to, found) in outputs.statuses.iter_mut().flatten().zip(&self.found) {
            *to = found.err().map_or(0, Undefined::code);
        }
        let held = depth.is_some() && (adjusts || told) && !law;
        if spec.weighed() != spec.scale() {
            self.chance.of(block, columns, spec.scale());
            self.find_void(block, columns, spec.scale());
        }
        self.write_z(block, columns, held, spec, [outputs.z, outputs.adjusted]);
    }

    /// The columns that have no z.
    fn find_void<C: Count>(&mut self, block: &Block<'_, '_, C>, columns: &Columns, scale: Scale) {
        self.void.clear();
        self.void.extend(columns.average.iter().zip(&columns.areas).map(|(average, areas)| match *average {
            _ if *areas == 0.0 => Some(Undefined::TooFew),
            average if average > 0.0 => None,
            _ => Some(Undefined::NothingExpected),
        }));
        if scale != Scale::Log {
            return;
        }
        for row in block.rows() {
            let known = (0..).map(|at| row.mask.is_none_or(|mask| mask.get(at) == Some(&0)));
            for ((void, count), known) in self.void.iter_mut().zip(row.counts).zip(known) {
                if known && count.value() == 0.0 {
                    *void = void.or(Some(Undefined::ZeroCount));
                }
            }
        }
    }

    /// The dispersion of all columns, side by side: only the few smallest and largest z of each are sorted.
    #[inline(always)]
    fn trim_all<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        trim: Trim,
        depth: usize,
        weighs: bool,
    ) {
        let width = columns.width();
        let pitch = pitch(width);
        self.z.resize(block.job.rows.len() * pitch, 0.0);
        for sums in [&mut self.squares, &mut self.sum, &mut self.pairs] {
            sums.clear();
            sums.resize(width, 0.0);
        }
        let Self { chance, z, low, high, squares, sum, pairs, void, found, .. } = self;
        let scale = chance.scale();
        for (row, z) in block.rows().zip(z.chunks_exact_mut(pitch)) {
            let z = z.get_mut(..width).unwrap_or_default();
            chance.fill(block, row, columns, weighs, z);
            if weighs {
                for (((z, expected), sum), pairs) in z.iter().zip(&chance.expected).zip(&mut *sum).zip(&mut *pairs) {
                    let weight = if z.is_nan() { 0.0 } else { Chance::weight(scale, *expected) };
                    *pairs += weight * *sum;
                    *sum += weight;
                }
            }
        }
        [&mut *low, &mut *high].into_iter().for_each(|ends| ends.resize(pitch, 0.0));
        let columns_of = low.chunks_exact_mut(LANES).zip(high.chunks_exact_mut(LANES));
        for (at, (low, high)) in (0..).step_by(LANES).zip(columns_of) {
            let areas = array::from_fn(|lane| columns.areas.get(at + lane).copied().unwrap_or(0.0));
            let rows = z.chunks_exact(pitch).filter_map(|row| row.get(at..)?.first_chunk::<LANES>().copied());
            let ends = trimming::ends(depth, rows, areas, trim.fraction());
            low.copy_from_slice(&ends.0);
            high.copy_from_slice(&ends.1);
        }
        for z in z.chunks_exact(pitch) {
            for (((squares, z), low), high) in squares.iter_mut().zip(z).zip(&*low).zip(&*high) {
                let drawn = if *z > *low { *z } else { *low };
                let drawn = if drawn < *high { drawn } else { *high };
                *squares += if z.is_nan() { 0.0 } else { drawn * drawn };
            }
        }
        found.clear();
        let sums = squares.iter().zip(&*sum).zip(&*pairs).zip(&columns.areas).zip(&*void);
        found.extend(sums.map(|((((squares, sum), pairs), areas), void)| match void {
            Some(reason) => Err(*reason),
            None => Overdispersion::of(*areas as usize, *squares, *sum, *pairs),
        }));
    }

    /// The dispersion of each column from its z and weights, one at a time.
    fn find_each<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &Columns,
        mut estimate: impl FnMut(&[f64], &[f64]) -> Result<Overdispersion, Undefined>,
    ) {
        let (mut z, mut weights) = (Vec::with_capacity(block.job.rows.len()), Vec::new());
        self.found.clear();
        for (at, void) in self.void.iter().enumerate() {
            let points = block.known(at).filter(|_| void.is_none());
            let points = points.map(|(_, count, people)| self.chance.point(columns, at, count as f64, people as f64));
            z.clear();
            weights.clear();
            for (here, weight) in points {
                z.push(here);
                weights.push(weight);
            }
            self.found.push(match void {
                Some(reason) => Err(*reason),
                None => estimate(&z, &weights),
            });
        }
    }

    /// z of all cells, and the same after the dispersion.
    #[inline(always)]
    fn write_z<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        held: bool,
        spec: Spec,
        arrays: [Option<ArrayViewMut2<'_, f64>>; 2],
    ) {
        if arrays.iter().all(Option::is_none) {
            return;
        }
        let dispersion = spec.dispersion();
        let width = columns.width();
        let pitch = if held { pitch(width) } else { width };
        if !held {
            self.z.resize(width, 0.0);
        }
        // The sums are spent, so their room is free for what all columns are divided by.
        let Self { chance, z, squares: factors, sum: tau2, void, found, .. } = self;
        factors.clear();
        factors.extend(found.iter().map(|found| found.map_or(f64::NAN, |it| it.widening(dispersion, 0.0))));
        tau2.clear();
        tau2.extend(found.iter().map(|found| found.map_or(f64::NAN, Overdispersion::tau2)));
        let lost = void.iter().any(Option::is_some);
        let [plain, adjusted] = arrays;
        let [mut plain, mut adjusted] = [plain, adjusted].map(|array| array.map(ArrayViewMut2::into_outer_iter_mut));
        let (mut rows, mut at) = (block.rows(), 0);
        for part in block.job.part {
            let [plain, adjusted] = [&mut plain, &mut adjusted].map(|array| {
                let row = array.as_mut().and_then(Iterator::next).and_then(ArrayViewMut::into_slice);
                row.unwrap_or_default()
            });
            let Some(row) = part.then(|| rows.next()).flatten() else {
                [plain, adjusted].into_iter().for_each(|to| to.fill(f64::NAN));
                continue;
            };
            let additive = dispersion == Dispersion::Additive && !adjusted.is_empty();
            if additive && held {
                chance.expect(block, row, columns);
            }
            let z = if held {
                z.get_mut(at * pitch..at * pitch + width).unwrap_or_default()
            } else {
                let z = z.get_mut(..width).unwrap_or_default();
                chance.fill(block, row, columns, additive, z);
                z
            };
            at += 1;
            if lost {
                z.iter_mut().zip(&*void).filter(|(_, void)| void.is_some()).for_each(|(z, _)| *z = f64::NAN);
            }
            if !plain.is_empty() {
                plain.copy_from_slice(z);
            }
            match dispersion {
                _ if adjusted.is_empty() => {}
                Dispersion::None => adjusted.copy_from_slice(z),
                Dispersion::Multiplicative => {
                    for ((to, z), factor) in adjusted.iter_mut().zip(&*z).zip(&*factors) {
                        *to = z / factor;
                    }
                }
                Dispersion::Additive => {
                    for (((to, z), expected), tau2) in adjusted.iter_mut().zip(&*z).zip(&chance.expected).zip(&*tau2) {
                        *to = z / widening(*tau2, Chance::weight(spec.weighed(), *expected));
                    }
                }
            }
        }
    }
}
