//! The totals of cells, dense or sparse.
//!
//! One word a cell holds twice the total and a mark, so a record is one addition, and zero differs from nothing. All is checked
//! before anything is added: the numbers, and the sum of all counts without their signs, which bounds every total whatever the
//! order. Few cells of a large shape are a sorted list, until a cube takes less memory; the two are one state to `==`, to serde and
//! to whoever reads it.

use std::{borrow::Cow, ops::Range};

/// A total for each cell that has a record, in a cube of all cells or in a list of those: whichever takes less memory.
#[derive(Clone, Debug)]
pub(super) enum CellTotals {
    Dense(Dense),
    Sparse(Sparse),
}

/// Twice the total of each cell, plus one where it has a record.
#[derive(Clone, Debug)]
pub(super) struct Dense(Vec<i64>);

/// The totals of the cells that have a record, in the order of the cells, and records still to be added up.
#[derive(Clone, Debug)]
pub(super) struct Sparse {
    cells: u64,
    sorted: Vec<(u64, i64)>,
    pending: Vec<(u64, i64)>,
}

/// A cube of up to this many cells, 8 MB, is kept whole from the start.
const SMALL: u64 = 1 << 20;

/// The fewest records that are worth sorting.
const BATCH: usize = 1 << 16;

impl CellTotals {
    /// The most that a total can be: half of what an `i64` holds.
    pub(super) const MOST: u64 = (1 << 62) - 1;

    pub(super) fn new(cells: u64) -> Self {
        match usize::try_from(cells) {
            Ok(len) if cells <= SMALL => Self::Dense(Dense(vec![0; len])),
            _ => Self::Sparse(Sparse { cells, sorted: Vec::new(), pending: Vec::new() }),
        }
    }

    /// Totals in the order of their cells, which are below `cells`.
    pub(super) fn of(cells: u64, totals: Vec<(u64, i64)>) -> Self {
        let mut made = Self::new(cells);
        match &mut made {
            Self::Dense(dense) => dense.extend(&totals),
            Self::Sparse(sparse) => sparse.sorted = totals,
        }
        made.settled()
    }

    /// Adds the records of a range: their cells, which `cells` gives part by part, exist, and no total can overflow.
    #[inline(always)]
    pub(super) fn add<C: Copy + Into<i64>, I: Iterator<Item = u64>>(
        &mut self,
        mut range: Range<usize>,
        cells: &impl Fn(Range<usize>) -> I,
        counts: &[C],
    ) {
        loop {
            match self {
                Self::Dense(dense) => return dense.add(range, cells, counts),
                Self::Sparse(sparse) => {
                    let full = BATCH.max(sparse.sorted.len());
                    let to = range.end.min(range.start + full.saturating_sub(sparse.pending.len()));
                    let some = counts.get(range.start..to).unwrap_or_default();
                    sparse
                        .pending
                        .extend(cells(range.start..to).zip(some).map(|(cell, count)| (cell, (*count).into())));
                    if sparse.pending.len() < full {
                        return;
                    }
                    sparse.sort();
                    range.start = to;
                }
            }
            *self = std::mem::replace(self, Self::Dense(Dense(Vec::new()))).settled();
        }
    }

    /// As a cube, once that takes less memory, a list and what is pending being twice a list; the cells of a cube have numbers of 32 bits.
    fn settled(self) -> Self {
        match self {
            Self::Sparse(sparse)
                if sparse.sorted.len() as u64 > sparse.cells / 4 && sparse.cells <= u64::from(u32::MAX) =>
            {
                let mut dense = Dense(vec![0; sparse.cells as usize]);
                dense.extend(&sparse.totals());
                Self::Dense(dense)
            }
            other => other,
        }
    }

    /// The total of a cell, where it has a record.
    pub(super) fn total(&self, cell: u64) -> Option<i64> {
        match self {
            Self::Dense(dense) => total(*dense.0.get(usize::try_from(cell).ok()?)?),
            Self::Sparse(sparse) => {
                let found = sparse.sorted.binary_search_by_key(&cell, |(cell, _)| *cell).ok();
                let settled = found.and_then(|at| sparse.sorted.get(at)).map(|(_, total)| *total);
                let pending = sparse.pending.iter().filter(|(other, _)| *other == cell);
                pending.fold(settled, |total, (_, count)| Some(total.unwrap_or(0) + count))
            }
        }
    }

    /// Calls `give` with the cells that have a record, in order, and their totals.
    pub(super) fn each(&self, mut give: impl FnMut(u64, i64)) {
        match self {
            Self::Dense(dense) => {
                let totals = (0..).zip(&dense.0).filter_map(|(cell, word)| Some((cell, total(*word)?)));
                totals.for_each(|(cell, total)| give(cell, total));
            }
            Self::Sparse(sparse) => sparse.totals().iter().for_each(|(cell, total)| give(*cell, *total)),
        }
    }

    /// The cells that have a record, in order, with their totals.
    pub(super) fn totals(&self) -> Cow<'_, [(u64, i64)]> {
        match self {
            Self::Dense(dense) => {
                let cells = (0..).zip(&dense.0);
                cells.filter_map(|(cell, word)| Some((cell, total(*word)?))).collect::<Vec<_>>().into()
            }
            Self::Sparse(sparse) => sparse.totals(),
        }
    }

    /// The words of a cube, to be added to a part at a time.
    pub(super) fn dense(&mut self) -> Option<&mut Dense> {
        match self {
            Self::Dense(dense) => Some(dense),
            Self::Sparse(_) => None,
        }
    }
}

fn total(word: i64) -> Option<i64> {
    (word & 1 == 1).then_some(word >> 1)
}

impl Dense {
    #[inline(always)]
    pub(super) fn add<C: Copy + Into<i64>, I: Iterator<Item = u64>>(
        &mut self,
        range: Range<usize>,
        cells: &impl Fn(Range<usize>) -> I,
        counts: &[C],
    ) {
        // Cells are numbered some at a time, apart from what is done to them, so that the numbering vectorises.
        let mut numbers = [0_u32; 1_024];
        for from in range.clone().step_by(numbers.len()) {
            let to = range.end.min(from + numbers.len());
            for (number, cell) in numbers.iter_mut().zip(cells(from..to)) {
                *number = cell as u32;
            }
            for (cell, count) in numbers.iter().zip(counts.get(from..to).unwrap_or_default()) {
                self.count(u64::from(*cell), (*count).into());
            }
        }
    }

    #[inline(always)]
    fn count(&mut self, cell: u64, count: i64) {
        if let Some(word) = self.0.get_mut(cell as usize) {
            *word = word.wrapping_add(count << 1) | 1;
        }
    }

    fn extend(&mut self, totals: &[(u64, i64)]) {
        totals.iter().for_each(|(cell, total)| self.count(*cell, *total));
    }

    /// A cube of the same size without a record.
    #[cfg(feature = "rayon")]
    pub(super) fn empty(&self) -> Self {
        Self(vec![0; self.0.len()])
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds cubes of the same size.
    #[cfg(feature = "rayon")]
    pub(super) fn merge(&mut self, others: &[Self]) {
        use rayon::prelude::*;
        const CHUNK: usize = 1 << 14;
        self.0.par_chunks_mut(CHUNK).enumerate().for_each(|(at, words)| {
            for other in others {
                let other = other.0.get(at * CHUNK..).unwrap_or_default();
                for (word, other) in words.iter_mut().zip(other) {
                    *word = word.wrapping_add(other & !1) | (other & 1);
                }
            }
        });
    }
}

impl Sparse {
    fn totals(&self) -> Cow<'_, [(u64, i64)]> {
        if self.pending.is_empty() {
            return Cow::Borrowed(&self.sorted);
        }
        let mut pending = self.pending.clone();
        Cow::Owned(merged(&self.sorted, added_up(&mut pending)))
    }

    /// Adds up what is pending.
    fn sort(&mut self) {
        let pending = added_up(&mut self.pending);
        self.sorted = merged(&self.sorted, pending);
        self.pending.clear();
    }
}

/// Sorts records by cell and adds up those of each cell, in place.
fn added_up(records: &mut Vec<(u64, i64)>) -> &[(u64, i64)] {
    records.sort_unstable_by_key(|(cell, _)| *cell);
    records.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
    records
}

/// Two lists in the order of their cells as one.
fn merged(a: &[(u64, i64)], b: &[(u64, i64)]) -> Vec<(u64, i64)> {
    if a.is_empty() {
        return b.to_vec();
    }
    let mut list = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(here), Some(there)) if here.0 == there.0 => {
                a.next().zip(b.next()).map(|(here, there)| (here.0, here.1 + there.1))
            }
            (Some(here), Some(there)) if here.0 < there.0 => a.next(),
            (_, Some(_)) => b.next(),
            (_, None) => a.next(),
        };
        match next {
            Some(next) => list.push(next),
            None => return list,
        }
    }
}
