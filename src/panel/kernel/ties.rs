//! Equal keys settled as exact fractions.
//!
//! Counting and sorting order only what differs for certain: equal keys are compared again as exact fractions, and a rate of
//! zero has a key of its own, so that thousands of zeros are one tie and no work.

use crate::league::Ties;
use std::cmp::Ordering;

/// Settles rows that share a competition rank so far, `(rank, row)` each: those that are not equal get ranks of their own.
/// `place` says which of two rows comes first.
pub(super) fn resolve(tied: &mut [(u32, u32)], place: impl Fn(u32, u32) -> Ordering, mut give: impl FnMut(u32, u32)) {
    let Some(&(rank, first)) = tied.first() else { return };
    if tied.iter().all(|(_, row)| place(first, *row).is_eq()) {
        return;
    }
    tied.sort_unstable_by(|a, b| place(a.1, b.1).then(a.1.cmp(&b.1)));
    let mut next = rank;
    for equal in tied.chunk_by(|a, b| place(a.1, b.1).is_eq()) {
        for (_, row) in equal {
            give(*row, next);
        }
        next += equal.len() as u32;
    }
}

/// Turns the competition ranks of one column into those of another rule; mean ranks are doubled. `sorted` is a workspace.
pub(super) fn apply(rule: Ties, ranks: &mut [u32], sorted: &mut Vec<(u32, u32)>) {
    if rule == Ties::Competition {
        return;
    }
    sorted.clear();
    sorted.extend(ranks.iter().copied().zip(0..).filter(|(rank, _)| *rank > 0));
    sorted.sort_unstable();
    for (group, tied) in sorted.chunk_by(|a, b| a.0 == b.0).enumerate() {
        for (&(rank, row), place) in tied.iter().zip(0..) {
            let last = rank + tied.len() as u32 - 1;
            if let Some(found) = ranks.get_mut(row as usize) {
                *found = match rule {
                    Ties::Competition => rank,
                    Ties::Maximum => last,
                    Ties::Dense => group as u32 + 1,
                    Ties::Ordinal => rank + place,
                    Ties::Average => rank + last,
                };
            }
        }
    }
}
