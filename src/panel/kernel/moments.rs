//! The dispersion that limits of the law rest on, of all columns side by side.

use super::{
    chance::Chance,
    columns::Columns,
    job::{Block, Count},
    trimming::{self, LANES, pitch},
};
use crate::{
    base::Undefined,
    funnel::{Moments, Overdispersion, Part, STEPS, Scale, Trim, residual_terms, tau2_of, widening},
};
use std::array;

/// Pearson's residuals of a block with their weights, a row for each area, and what the columns come to.
#[derive(Clone, Debug, Default)]
pub(super) struct MomentColumns {
    z: Vec<f64>,
    weights: Vec<f64>,
    /// z over their standard deviations with tau^2.
    scaled: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
    /// Sums of weights, and of the squares of their shares.
    sums: Vec<f64>,
    parts: Vec<f64>,
    /// What trimming leaves of the squares by chance.
    shares: Vec<f64>,
    squares: Vec<f64>,
    chance: Vec<f64>,
    spread: Vec<f64>,
    tau2: Vec<f64>,
    phi: Vec<f64>,
}

impl MomentColumns {
    /// The dispersion of all columns, as [`Moments::of`] has it of each: the same operations in the same order.
    #[inline(always)]
    pub(super) fn find<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        chance: &mut Chance,
        (trim, depth): (Trim, usize),
        void: &[Option<Undefined>],
        found: &mut Vec<Result<Overdispersion, Undefined>>,
    ) {
        let (width, pitch, mut moments) = (columns.width(), pitch(columns.width()), Moments::new(trim));
        self.fill(block, columns, chance, pitch);
        self.shares.clear();
        self.shares.extend(columns.areas.iter().map(|areas| moments.share(*areas as usize)));
        for sums in [&mut self.tau2, &mut self.phi] {
            sums.clear();
            sums.resize(width, 0.0);
        }
        for step in 0..STEPS {
            self.scale_all(pitch);
            self.find_ends(columns, pitch, depth, trim);
            self.add_up(width, pitch);
            let sums = self.squares.iter().zip(&self.shares).zip(&self.chance).zip(&self.spread);
            let columns = self.tau2.iter_mut().zip(&mut self.phi).zip(sums);
            for ((tau2, phi), (((squares, share), chance), spread)) in columns {
                if step == 0 {
                    *phi = squares / share / chance;
                }
                *tau2 = tau2_of(squares / share, *chance, *spread);
            }
        }
        found.clear();
        let figures = self.phi.iter().zip(&self.tau2).zip(&columns.areas).zip(void);
        found.extend(figures.map(|(((phi, tau2), areas), void)| match void {
            Some(reason) => Err(*reason),
            None => moments.kept(*areas as usize).and_then(|kept| Overdispersion::found(*phi, *tau2, kept)),
        }));
    }

    /// Residuals and weights; of what is not known all ones, and none.
    #[inline(always)]
    fn fill<C: Count>(&mut self, block: &Block<'_, '_, C>, columns: &mut Columns, chance: &mut Chance, pitch: usize) {
        let width = columns.width();
        for rows in [&mut self.z, &mut self.weights, &mut self.scaled] {
            rows.resize(block.job.rows.len() * pitch, 0.0);
        }
        for sums in [&mut self.sums, &mut self.parts] {
            sums.clear();
            sums.resize(width, 0.0);
        }
        let rows = self.z.chunks_exact_mut(pitch).zip(self.weights.chunks_exact_mut(pitch));
        for (row, (z, weights)) in block.rows().zip(rows) {
            let z = z.get_mut(..width).unwrap_or_default();
            chance.fill(block, row, columns, true, z);
            for (((z, weight), expected), sum) in z.iter().zip(weights).zip(&chance.expected).zip(&mut self.sums) {
                *weight = if z.is_nan() { 0.0 } else { Chance::weight(Scale::Linear, *expected) };
                *sum += *weight;
            }
        }
        for weights in self.weights.chunks_exact(pitch) {
            for ((weight, sum), parts) in weights.iter().zip(&self.sums).zip(&mut self.parts) {
                *parts += (weight / sum) * (weight / sum);
            }
        }
    }

    #[inline(always)]
    fn scale_all(&mut self, pitch: usize) {
        let rows = self.z.chunks_exact(pitch).zip(self.weights.chunks_exact(pitch));
        for (scaled, (z, weights)) in self.scaled.chunks_exact_mut(pitch).zip(rows) {
            for (((to, z), weight), tau2) in scaled.iter_mut().zip(z).zip(weights).zip(&self.tau2) {
                *to = z / widening(*tau2, *weight);
            }
        }
    }

    #[inline(always)]
    fn find_ends(&mut self, columns: &Columns, pitch: usize, depth: usize, trim: Trim) {
        [&mut self.low, &mut self.high].into_iter().for_each(|ends| ends.resize(pitch, 0.0));
        let columns_of = self.low.chunks_exact_mut(LANES).zip(self.high.chunks_exact_mut(LANES));
        for (at, (low, high)) in (0..).step_by(LANES).zip(columns_of) {
            let areas = array::from_fn(|lane| columns.areas.get(at + lane).copied().unwrap_or(0.0));
            let rows = self.scaled.chunks_exact(pitch);
            let rows = rows.filter_map(|row| row.get(at..)?.first_chunk::<LANES>().copied());
            let ends = trimming::ends(depth, rows, areas, trim.fraction());
            low.copy_from_slice(&ends.0);
            high.copy_from_slice(&ends.1);
        }
    }

    #[inline(always)]
    fn add_up(&mut self, width: usize, pitch: usize) {
        let Self { weights, scaled, low, high, sums, parts, squares, chance, spread, tau2, .. } = self;
        for sums in [&mut *squares, &mut *chance, &mut *spread] {
            sums.clear();
            sums.resize(width, 0.0);
        }
        for (z, weights) in scaled.chunks_exact(pitch).zip(weights.chunks_exact(pitch)) {
            let cells = z.iter().zip(weights).zip(low.iter().zip(&*high)).zip(sums.iter().zip(&*parts)).zip(&*tau2);
            let to = squares.iter_mut().zip(&mut *chance).zip(&mut *spread);
            for (((squares, chance), spread), ((((z, weight), (low, high)), (sum, parts)), tau2)) in to.zip(cells) {
                let drawn = if *z > *low { *z } else { *low };
                let drawn = if drawn < *high { drawn } else { *high };
                let (alone, more) = residual_terms(*weight, Part { share: *weight / *sum, squares: *parts }, *tau2);
                *squares += if z.is_nan() { 0.0 } else { drawn * drawn };
                *chance += if z.is_nan() { 0.0 } else { alone };
                *spread += if z.is_nan() { 0.0 } else { more };
            }
        }
    }
}
