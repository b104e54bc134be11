//! Ranks by counting.
//!
//! Ranks by counting up to 128 areas: 16-bit keys are compared across 64 columns at a time, about 3 ns a cell at 43 areas,
//! growing with their number (sorting costs 12 at 333; where the two cross was not measured closely).

use super::{
    job::{Block, Count},
    ties,
};
use crate::{league::Ties, rate::Order};
use std::ops::Range;

/// As many columns are ranked side by side.
const LANES: usize = 64;

/// No row.
const NONE: u32 = u32::MAX;

/// Ranks by counting, for each area, those before it: across columns, so that it vectorises, and on keys of 16 bits.
///
/// A key is the upper half of the rate's double, less the least of its column, shifted to 15 bits: where keys differ the
/// rates do, in the same order. Only rates with equal keys are compared again, as exact fractions. No rate and a rate of
/// zero have keys of their own, so zeros cost nothing, however many.
#[derive(Clone, Debug, Default)]
pub(super) struct Counting {
    halves: Vec<[i32; LANES]>,
    keys: Vec<[i16; LANES]>,
    ranks: Vec<[u16; LANES]>,
    /// The ranks of all columns of the block, and one row of them in full size.
    found: Vec<u16>,
    wide: Vec<u32>,
    column: Vec<u32>,
    first: Vec<u32>,
    next: Vec<u32>,
    group: Vec<(u32, u32)>,
}

impl Counting {
    /// The most areas whose ranks are counted; from here on sorting is faster.
    pub(super) const MOST: usize = 128;

    /// Ranks the columns of `values`, a row of `width` an area; calls `give` with each row of ranks.
    ///
    /// A value is not negative, or all ones (not a number) where there is none, which ranks 0.
    #[inline(always)]
    pub(super) fn rank<C: Count>(
        &mut self,
        values: &[f64],
        width: usize,
        rule: Ties,
        block: &Block<'_, '_, C>,
        mut give: impl FnMut(&[u32]),
    ) {
        self.found.resize(values.len(), 0);
        for from in (0..width).step_by(LANES) {
            self.lanes(values, width, from..(from + LANES).min(width), rule, block);
        }
        self.wide.resize(width, 0);
        for found in self.found.chunks_exact(width) {
            for (wide, rank) in self.wide.iter_mut().zip(found) {
                *wide = u32::from(*rank);
            }
            give(&self.wide);
        }
    }

    /// Ranks up to [`LANES`] columns.
    #[inline(always)]
    fn lanes<C: Count>(
        &mut self,
        values: &[f64],
        stride: usize,
        columns: Range<usize>,
        rule: Ties,
        block: &Block<'_, '_, C>,
    ) {
        let order = block.job.how.order();
        let rows = values.len().checked_div(stride).unwrap_or(0);
        self.halves.resize(rows, [0; LANES]);
        self.keys.resize(rows, [0; LANES]);
        self.ranks.resize(rows, [0; LANES]);
        let width = columns.len();
        if width < LANES {
            self.halves.fill([0; LANES]);
        }
        // The upper quarters say well enough where a column begins and ends.
        let (mut least, mut most) = ([i16::MAX; LANES], [0_i16; LANES]);
        for (row, halves) in values.chunks_exact(stride).zip(&mut self.halves) {
            let row = row.get(columns.clone()).unwrap_or_default();
            for (half, value) in halves.iter_mut().zip(row) {
                *half = (value.to_bits() >> 32) as i32;
            }
            for ((least, most), half) in least.iter_mut().zip(&mut most).zip(halves.iter()) {
                let quarter = (half >> 16) as i16;
                *least = (*least).min(if quarter > 0 { quarter } else { i16::MAX });
                *most = (*most).max(quarter);
            }
        }
        let ends = least.iter().zip(&most);
        let range = ends.map(|(least, most)| ((i32::from(*most) - i32::from(*least)) << 16) | 0xFFFF).fold(0, i32::max);
        let least = least.map(|least| i32::from(least) << 16);
        // Keys of rates above zero run from 1 to 32,766; 0 is the rate of zero, 32,767 its key where the lowest is first.
        let shift = (32 - range.leading_zeros()).saturating_sub(15);
        let shift = if (range >> shift) > 32_765 { shift + 1 } else { shift };
        let flip = match order {
            Order::Highest => 0,
            Order::Lowest => 0x7FFF_i16,
        };
        let (mut zeros, mut known) = ([0_u16; LANES], [0_u16; LANES]);
        for (halves, keys) in self.halves.iter().zip(&mut self.keys) {
            for ((key, &half), &least) in keys.iter_mut().zip(halves).zip(&least) {
                let step = half.wrapping_sub(least) >> shift;
                *key = ((((step + 1) & !(step >> 31)) ^ i32::from(flip)) | (half >> 31)) as i16;
            }
            for ((zeros, known), &key) in zeros.iter_mut().zip(&mut known).zip(keys.iter()) {
                *zeros += u16::from(key == flip);
                *known += u16::from(key >= 0);
            }
        }
        // Up to 361 areas the sum of all ranks fits.
        let mut sums = [0_u16; LANES];
        for (here, ranks) in self.keys.iter().zip(&mut self.ranks) {
            let mut before = [0_u16; LANES];
            for there in &self.keys {
                for ((before, there), here) in before.iter_mut().zip(there).zip(here) {
                    *before += u16::from(there > here);
                }
            }
            for (((rank, before), key), sum) in ranks.iter_mut().zip(&before).zip(here).zip(&mut sums) {
                *rank = if *key < 0 { 0 } else { before + 1 };
                *sum += *rank;
            }
        }
        let pairs = |n: u32| n * n.saturating_sub(1) / 2;
        for lane in 0..width {
            let at = |array: &[u16; LANES]| u32::from(array.get(lane).copied().unwrap_or(0));
            let (known, zeros, sum) = (at(&known), at(&zeros), at(&sums));
            // Each pair of equal keys takes one from the sum of the ranks; pairs of zeros are ties for certain.
            let tied = pairs(known) + known - sum != pairs(zeros);
            if tied || rule != Ties::Competition {
                self.settle(lane, columns.start + lane, flip, (tied, rule), block);
            }
        }
        for (found, ranks) in self.found.chunks_exact_mut(stride).zip(&self.ranks) {
            let found = found.get_mut(columns.clone()).unwrap_or_default();
            found.copy_from_slice(ranks.get(..width).unwrap_or_default());
        }
    }

    /// Compares those of one column again that have equal keys, and applies the rule for ties.
    #[inline(never)]
    fn settle<C: Count>(
        &mut self,
        lane: usize,
        column: usize,
        zero: i16,
        (tied, rule): (bool, Ties),
        block: &Block<'_, '_, C>,
    ) {
        let Self { keys, ranks, column: found, first, next, group, .. } = self;
        found.clear();
        found.extend(ranks.iter().filter_map(|ranks| ranks.get(lane)).map(|&rank| u32::from(rank)));
        if tied {
            // Chains of the rows that have one rank and so one key.
            first.clear();
            first.resize(found.len() + 1, NONE);
            next.clear();
            next.resize(found.len(), NONE);
            for ((row, &rank), keys) in (0..).zip(found.iter()).zip(keys.iter()) {
                if rank > 0
                    && keys.get(lane).is_some_and(|key| *key != zero)
                    && let (Some(first), Some(next)) = (first.get_mut(rank as usize), next.get_mut(row as usize))
                {
                    *next = std::mem::replace(first, row);
                }
            }
            for (rank, &row) in (0..).zip(first.iter()) {
                let chain = |row: &u32| next.get(*row as usize).copied().filter(|row| *row != NONE);
                let rows = std::iter::successors(Some(row).filter(|row| *row != NONE), chain);
                group.clear();
                group.extend(rows.map(|row| (rank, row)));
                if group.len() > 1 {
                    ties::resolve(
                        group,
                        |row, other| block.place(column, row, other),
                        |row, rank| {
                            if let Some(found) = found.get_mut(row as usize) {
                                *found = rank;
                            }
                        },
                    );
                }
            }
        }
        ties::apply(rule, found, group);
        for (ranks, found) in ranks.iter_mut().zip(found) {
            if let Some(rank) = ranks.get_mut(lane) {
                *rank = *found as u16;
            }
        }
    }
}
