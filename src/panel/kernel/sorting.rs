//! Ranks by a radix sort.
//!
//! Ranks of more than 128 areas by one pass of a radix sort, which deals a column into twice as many buckets as there are areas.

use super::{
    columns::Columns,
    job::{Block, Count},
    ties,
};
use crate::{league::Ties, rate::Order};
use std::ops::Range;

/// As many columns are turned upright at a time: the doubles of one cache line.
pub(super) const LANES: usize = 8;

/// As many areas are turned upright at a time.
const TILE: usize = 64;

/// In buckets of more than this many areas, a general sort comes first.
const SMALL: u32 = 32;

/// Ranks by one pass of a radix sort, for many areas: each column is dealt into about twice as many buckets as there are
/// areas, and what shares a bucket is sorted by insertion.
///
/// A word is the distance of a rate's double from the first of its column, cut to what fits in a word with the number of its row.
/// Words in order are rates in order; rates with equal words are compared again, as exact fractions, unless counts and
/// populations are so small that unequal fractions cannot be that near to each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Sorting {
    upright: Vec<f64>,
    words: Vec<u64>,
    placed: Vec<u64>,
    buckets: Vec<u32>,
    ranks: Vec<u32>,
    group: Vec<(u32, u32)>,
}

/// How the doubles of one column become words.
#[derive(Clone, Copy)]
struct Words {
    first: u64,
    /// All ones where the highest rate comes first, so that the distance is counted down from it.
    turn: u64,
    cut: u32,
    row_bits: u32,
    /// The words of a rate of zero and of no rate, each in a bucket of its own; other words start above the first bucket.
    start: u64,
    zero: u64,
    none: u64,
    bucket_shift: u32,
}

impl Words {
    #[inline(always)]
    fn of(self, value: f64, row: u64) -> u64 {
        let distance = (value.to_bits().wrapping_sub(self.first) ^ self.turn).wrapping_sub(self.turn);
        let word = (distance >> self.cut).wrapping_add(self.start) << self.row_bits;
        let word = if value > 0.0 { word } else { self.zero };
        (if value.is_nan() { self.none } else { word }) | row
    }

    fn row(self, word: u64) -> u32 {
        (word & ((1 << self.row_bits) - 1)) as u32
    }

    fn rate(self, word: u64) -> u64 {
        word >> self.row_bits
    }

    fn bucket(self, word: u64) -> usize {
        (word >> self.bucket_shift) as usize
    }
}

impl Sorting {
    /// Ranks up to [`LANES`] columns of `values`, a row of `stride` an area; calls `give` with each row of ranks.
    ///
    /// `product` is at least the largest count times the largest population.
    #[inline(always)]
    pub(super) fn rank<C: Count>(
        &mut self,
        kept: &Columns,
        columns: Range<usize>,
        rule: Ties,
        product: u128,
        block: &Block<'_, '_, C>,
        mut give: impl FnMut(&[u32]),
    ) {
        let rows = block.job.rows.len();
        self.upright.resize(rows * LANES, 0.0);
        self.ranks.resize(rows * LANES, 0);
        self.words.resize(rows, 0);
        self.placed.resize(rows, 0);
        self.stand(kept, columns.clone(), block);
        for (lane, column) in columns.clone().enumerate() {
            self.column(lane, column, product, block);
            if rule != Ties::Competition
                && let Some(ranks) = self.ranks.chunks_exact_mut(rows).nth(lane)
            {
                ties::apply(rule, ranks, &mut self.group);
            }
        }
        for row in 0..rows {
            let mut line = [0_u32; LANES];
            for (rank, ranks) in line.iter_mut().zip(self.ranks.chunks_exact(rows)) {
                *rank = ranks.get(row).copied().unwrap_or_default();
            }
            give(line.get(..columns.len()).unwrap_or_default());
        }
    }

    /// Turns columns upright.
    #[inline(always)]
    fn stand<C: Count>(&mut self, kept: &Columns, columns: Range<usize>, block: &Block<'_, '_, C>) {
        let (rows, width) = (block.job.rows.len(), kept.width());
        let mut tile = [[0.0_f64; LANES]; TILE];
        let mut people = [0.0_f64; LANES];
        let mut inputs = block.rows();
        let mut lines = kept.values.chunks_exact(width);
        for from in (0..rows).step_by(TILE) {
            let size = TILE.min(rows - from);
            for line in tile.iter_mut().take(size) {
                let line = line.get_mut(..columns.len()).unwrap_or_default();
                if block.job.keeps() {
                    let values = lines.next().and_then(|values| values.get(columns.clone()));
                    line.copy_from_slice(values.unwrap_or_default());
                } else if let Some(row) = inputs.next() {
                    block.fill(row, columns.clone(), line, people.get_mut(..columns.len()).unwrap_or_default());
                }
            }
            for (lane, upright) in self.upright.chunks_exact_mut(rows).enumerate() {
                let upright = upright.get_mut(from..from + size).unwrap_or_default();
                for (upright, line) in upright.iter_mut().zip(&tile) {
                    *upright = line.get(lane).copied().unwrap_or_default();
                }
            }
        }
    }

    #[inline(always)]
    fn column<C: Count>(&mut self, lane: usize, column: usize, product: u128, block: &Block<'_, '_, C>) {
        let (rows, order) = (block.job.rows.len(), block.job.how.order());
        let Self { upright, words, placed, buckets, ranks, group } = self;
        let span = lane * rows..(lane + 1) * rows;
        let (Some(values), Some(ranks)) = (upright.get(span.clone()), ranks.get_mut(span)) else { return };
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        for &value in values {
            let positive = if value > 0.0 { value } else { f64::INFINITY };
            least = if positive < least { positive } else { least };
            most = if value > most { value } else { most };
        }
        let range = if most > 0.0 { most.to_bits() - least.to_bits() } else { 0 };
        let bits = |number: u64| 64 - number.leading_zeros();
        let row_bits = bits(rows as u64);
        let bucket_bits = (row_bits + 1).min(16);
        // Three buckets are for zeros, for no rates, and for what is lost by starting on a bucket's edge.
        let cut = (bits(range) + row_bits + 2).saturating_sub(64);
        let distance_bits = bits(range >> cut);
        let step = distance_bits.saturating_sub(bucket_bits);
        let start = 1_u64 << step;
        let last = (((range >> cut) + start) >> step) << step;
        let (first, turn, zero) = match order {
            Order::Highest => (most.to_bits(), u64::MAX, last + start),
            Order::Lowest => (least.to_bits(), 0, 0),
        };
        let none = (last + 2 * start) << row_bits;
        let how =
            Words { first, turn, cut, row_bits, start, zero: zero << row_bits, none, bucket_shift: row_bits + step };
        buckets.clear();
        buckets.resize(how.bucket(none) + 1, 0);
        for ((word, value), row) in words.iter_mut().zip(values).zip(0..) {
            *word = how.of(*value, row);
        }
        for word in words.iter() {
            if let Some(bucket) = buckets.get_mut(how.bucket(*word)) {
                *bucket += 1;
            }
        }
        let (mut sum, mut fullest) = (0, 0);
        let own = [how.bucket(how.zero), how.bucket(none)];
        for (bucket, size) in buckets.iter_mut().enumerate() {
            let found = *size;
            if found > fullest && !own.contains(&bucket) {
                fullest = found;
            }
            *size = sum;
            sum += found;
        }
        for word in words.iter() {
            if let Some(place) = buckets.get_mut(how.bucket(*word)) {
                if let Some(placed) = placed.get_mut(*place as usize) {
                    *placed = *word;
                }
                *place += 1;
            }
        }
        if fullest > SMALL {
            // Each bucket now ends where the next one starts.
            let mut rest = placed.as_mut_slice();
            let mut from = 0;
            for (bucket, end) in buckets.iter().enumerate() {
                let (here, after) = rest.split_at_mut_checked((end - from) as usize).unwrap_or_default();
                if end - from > SMALL && !own.contains(&bucket) {
                    here.sort_unstable();
                }
                (rest, from) = (after, *end);
            }
        }
        insertion_sort(placed);
        // Unequal fractions are apart by at least one part in the product of a count and a population.
        let sure = product < 1 << 50_u32.saturating_sub(cut);
        let mut before = 0_u32;
        let mut rest = placed.as_slice();
        while let Some(&word) = rest.first() {
            let rate = how.rate(word);
            let equal = rest.iter().take_while(|word| how.rate(**word) == rate).count();
            let (tied, after) = rest.split_at_checked(equal).unwrap_or_default();
            let rank = if rate == how.rate(none) { 0 } else { before + 1 };
            for word in tied {
                if let Some(given) = ranks.get_mut(how.row(*word) as usize) {
                    *given = rank;
                }
            }
            if tied.len() > 1 && !sure && word < none && rate != how.rate(how.zero) {
                group.clear();
                group.extend(tied.iter().map(|word| (rank, how.row(*word))));
                ties::resolve(
                    group,
                    |row, other| block.place(column, row, other),
                    |row, rank| {
                        if let Some(given) = ranks.get_mut(row as usize) {
                            *given = rank;
                        }
                    },
                );
            }
            before += tied.len() as u32;
            rest = after;
        }
    }
}

#[inline(always)]
fn insertion_sort(words: &mut [u64]) {
    let mut sorted = 1;
    while sorted < words.len() {
        let mut at = sorted;
        while let Some([before, word]) = at.checked_sub(1).and_then(|from| words.get_mut(from..=at)) {
            if *before <= *word {
                break;
            }
            std::mem::swap(before, word);
            at -= 1;
        }
        sorted += 1;
    }
}
