//! A batch of records in columns: its numbers are checked and its counts added up a part at a time, so that it is read from memory once.

use super::totals::{CellTotals, Dense};
use crate::base::{Error, ErrorKind, Result};
use std::ops::Range;

/// How many records are checked before they are added up.
pub(super) const PART: usize = 1 << 13;

/// Adds records to a cube, and gives the sum of their counts without signs; `None` where a number is refused, when some may have been added.
#[inline(always)]
pub(super) fn add_up<C, I>(
    dense: &mut Dense,
    counts: &[C],
    is_sound: &(impl Fn(&Range<usize>) -> bool + Sync),
    cells: &(impl Fn(Range<usize>) -> I + Sync),
) -> Option<u128>
where
    C: Copy + Into<i64> + Sync,
    I: Iterator<Item = u64>,
{
    let add = |dense: &mut Dense, range: Range<usize>| {
        let mut size = 0;
        for start in range.clone().step_by(PART) {
            let some = start..range.end.min(start + PART);
            if !is_sound(&some) {
                return None;
            }
            size += size_of(part(counts, &some));
            dense.add(some, cells, counts);
        }
        Some(size)
    };
    #[cfg(feature = "rayon")]
    if let threads = rayon::current_num_threads()
        && threads > 1
        && counts.len() / threads > dense.len().max(1 << 17)
    {
        use rayon::prelude::*;
        let range = |thread: usize| counts.len() * thread / threads..counts.len() * (thread + 1) / threads;
        let mut others: Vec<_> = (1..threads).map(|_| dense.empty()).collect();
        let mut shards: Vec<_> = others.iter_mut().collect();
        shards.push(dense);
        let sizes = shards.par_iter_mut().enumerate().map(|(thread, shard)| add(shard, range(thread)));
        let size = sizes.collect::<Option<Vec<u128>>>()?.into_iter().sum();
        dense.merge(&others);
        return Some(size);
    }
    add(dense, 0..counts.len())
}

/// The sum of counts without their signs.
pub(super) fn size_of<C: Copy + Into<i64>>(counts: &[C]) -> u128 {
    let (mut low, mut high) = (0_u128, 0_u128);
    // Halves of the counts, so that no sum of a chunk overflows and the loop vectorises.
    for chunk in counts.chunks(1 << 20) {
        let (mut lower, mut upper) = (0_u64, 0_u64);
        for count in chunk {
            let size = (*count).into().unsigned_abs();
            lower += size & u64::from(u32::MAX);
            upper += size >> 32;
        }
        low += u128::from(lower);
        high += u128::from(upper);
    }
    (high << 32) + low
}

/// The number of the first record, from 1, from which on a total might overflow.
pub(super) fn first_too_large<C: Copy + Into<i64>>(size: u64, counts: &[C]) -> u64 {
    let sizes = counts.iter().scan(u128::from(size), |sum, count| {
        *sum += u128::from((*count).into().unsigned_abs());
        Some(*sum)
    });
    (1..).zip(sizes).find(|(_, sum)| *sum > u128::from(CellTotals::MOST)).map_or(1, |(row, _)| row)
}

/// Refuses the first number that is none of `size`, counted from 0.
pub(super) fn below<K: Copy + Ord + Into<u64>>(what: &'static str, keys: &[K], size: usize) -> Result<()> {
    let Some(first) = keys.first() else { return Ok(()) };
    let most: u64 = keys.iter().fold(*first, |most, key| most.max(*key)).into();
    if most < size as u64 {
        return Ok(());
    }
    let found = (1..).zip(keys).map(|(row, key)| (row, (*key).into())).find(|(_, id)| *id >= size as u64);
    let (row, number) = found.unwrap_or((1, most));
    Err(Error::from(ErrorKind::UnknownNumber { what, number, size }).at_row(row))
}

#[inline(always)]
pub(super) fn part<'a, T>(column: &'a [T], range: &Range<usize>) -> &'a [T] {
    column.get(range.clone()).unwrap_or_default()
}
