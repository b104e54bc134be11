use super::{
    job::{Block, Count},
    ties,
};
use crate::{Order, Ties};
use std::ops::Range;

/// So many columns are ranked side by side.
pub(super) const LANES: usize = 64;

/// Ranks by counting, for each area, those before it: across columns, so that it vectorises, and on keys of 16 bits.
///
/// A key is the upper half of the rate's double, less the least of its column, shifted to 15 bits: where keys differ the
/// rates do, in the same order. Only rates with equal keys are compared again, as exact fractions. No rate and a rate of
/// zero have keys of their own, so many zeros cost nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Counting {
    halves: Vec<[i32; LANES]>,
    keys: Vec<[i16; LANES]>,
    ranks: Vec<[u16; LANES]>,
    column: Vec<u32>,
    group: Vec<(u32, u32)>,
}

impl Counting {
    /// The most areas whose ranks are counted; from here on sorting is faster.
    pub(super) const MOST: usize = 128;

    /// Ranks up to [`LANES`] columns of `values`, a row of `stride` an area; calls `give` with each row of ranks.
    ///
    /// A value is not negative, or all ones (not a number) where there is none, which ranks 0.
    #[inline(always)]
    pub(super) fn rank<C: Count>(
        &mut self,
        values: &[f64],
        stride: usize,
        columns: Range<usize>,
        rule: Ties,
        block: &Block<'_, '_, C>,
        mut give: impl FnMut(&[u32]),
    ) {
        let order = block.job.how.first();
        let rows = values.len().checked_div(stride).unwrap_or(0);
        self.halves.resize(rows, [0; LANES]);
        self.keys.resize(rows, [0; LANES]);
        self.ranks.resize(rows, [0; LANES]);
        let width = columns.len();
        if width < LANES {
            self.halves.fill([0; LANES]);
        }
        let (mut least, mut most) = ([i32::MAX; LANES], [0_i32; LANES]);
        let (mut zeros, mut known) = ([0_u32; LANES], [0_u32; LANES]);
        for (row, halves) in values.chunks_exact(stride).zip(&mut self.halves) {
            let row = row.get(columns.clone()).unwrap_or_default();
            for (half, value) in halves.iter_mut().zip(row) {
                *half = (value.to_bits() >> 32) as i32;
            }
            for ((least, most), &half) in least.iter_mut().zip(&mut most).zip(halves.iter()) {
                let positive = if half > 0 { half } else { i32::MAX };
                *least = if positive < *least { positive } else { *least };
                *most = if half > *most { half } else { *most };
            }
            for ((zeros, known), &half) in zeros.iter_mut().zip(&mut known).zip(halves.iter()) {
                *zeros += u32::from(half == 0);
                *known += u32::from(half >= 0);
            }
        }
        let range = least.iter().zip(&most).map(|(least, most)| most.saturating_sub(*least)).fold(0, i32::max);
        // Keys of rates above zero run from 1 to 32,766; 0 is the rate of zero, 32,767 its key where the lowest is first.
        let shift = (32 - range.leading_zeros()).saturating_sub(15);
        let shift = if (range >> shift) > 32_765 { shift + 1 } else { shift };
        let flip = match order {
            Order::Highest => 0,
            Order::Lowest => 0x7FFF,
        };
        for (halves, keys) in self.halves.iter().zip(&mut self.keys) {
            for ((key, &half), &least) in keys.iter_mut().zip(halves).zip(&least) {
                let step = half.wrapping_sub(least) >> shift;
                *key = ((((step + 1) & !(step >> 31)) ^ flip) | (half >> 31)) as i16;
            }
        }
        let mut sums = [0_u32; LANES];
        for (here, ranks) in self.keys.iter().zip(&mut self.ranks) {
            let mut before = [0_u16; LANES];
            for there in &self.keys {
                for ((before, there), here) in before.iter_mut().zip(there).zip(here) {
                    *before += u16::from(there > here);
                }
            }
            for (((rank, before), key), sum) in ranks.iter_mut().zip(&before).zip(here).zip(&mut sums) {
                *rank = if *key < 0 { 0 } else { before + 1 };
                *sum += u32::from(*rank);
            }
        }
        let pairs = |n: u32| n * n.saturating_sub(1) / 2;
        for lane in 0..width {
            let at = |array: &[u32; LANES]| array.get(lane).copied().unwrap_or(0);
            let (sum, known, zeros) = (at(&sums), at(&known), at(&zeros));
            // Each pair of equal keys takes one from the sum of the ranks; pairs of zeros are ties for certain.
            let tied = pairs(known) + known - sum != pairs(zeros);
            if tied || rule != Ties::Competition {
                self.settle(lane, columns.start + lane, flip as i16, (tied, rule), block);
            }
        }
        let mut wide = [0_u32; LANES];
        for ranks in &self.ranks {
            for (wide, rank) in wide.iter_mut().zip(ranks) {
                *wide = u32::from(*rank);
            }
            give(wide.get(..width).unwrap_or_default());
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
        let Self { keys, ranks, column: found, group, .. } = self;
        found.clear();
        found.extend(ranks.iter().filter_map(|ranks| ranks.get(lane)).map(|&rank| u32::from(rank)));
        if tied {
            let keys = keys.iter().filter_map(|keys| keys.get(lane)).copied();
            // Sorted by rank, and only those above zero: what stands side by side with one rank has one key.
            group.clear();
            let rows = found.iter().copied().zip(0..).zip(keys);
            group.extend(rows.filter(|((rank, _), key)| *rank > 0 && *key != zero).map(|(pair, _)| pair));
            group.sort_unstable();
            for tied in group.chunk_by_mut(|a, b| a.0 == b.0).filter(|tied| tied.len() > 1) {
                ties::resolve(
                    tied,
                    |row, other| block.place(column, row, other),
                    |row, rank| {
                        if let Some(found) = found.get_mut(row as usize) {
                            *found = rank;
                        }
                    },
                );
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
