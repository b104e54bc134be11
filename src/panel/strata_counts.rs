//! Counts of areas by strata by indicators, of any width.

use super::counts::side_by_side;
use ndarray::{Array3, ArrayView3, CowArray, Ix3};

/// Counts of areas (the first axis) by strata (the second) by indicators (the third), of `u32` or `u64`, owned or borrowed.
///
/// A view is borrowed where the values of the indicators stand side by side in memory, and is copied once where they do not.
#[derive(Clone, Debug)]
pub struct StrataCounts<'a>(pub(super) Kind<'a>);

#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    U32(CowArray<'a, u32, Ix3>),
    U64(CowArray<'a, u64, Ix3>),
}

macro_rules! from {
    ($($count:ty => $kind:ident),+) => {
        $(impl<'a> From<CowArray<'a, $count, Ix3>> for StrataCounts<'a> {
            fn from(counts: CowArray<'a, $count, Ix3>) -> Self {
                Self(Kind::$kind(side_by_side(counts)))
            }
        }

        impl<'a> From<ArrayView3<'a, $count>> for StrataCounts<'a> {
            fn from(counts: ArrayView3<'a, $count>) -> Self {
                CowArray::from(counts).into()
            }
        }

        impl From<Array3<$count>> for StrataCounts<'_> {
            fn from(counts: Array3<$count>) -> Self {
                CowArray::from(counts).into()
            }
        })+
    };
}

from!(u32 => U32, u64 => U64);

impl StrataCounts<'_> {
    /// How many areas, strata and indicators.
    #[must_use]
    pub fn dim(&self) -> (usize, usize, usize) {
        match &self.0 {
            Kind::U32(counts) => counts.dim(),
            Kind::U64(counts) => counts.dim(),
        }
    }

    pub(super) fn get(&self, at: (usize, usize, usize)) -> Option<u64> {
        match &self.0 {
            Kind::U32(counts) => counts.get(at).copied().map(Into::into),
            Kind::U64(counts) => counts.get(at).copied(),
        }
    }
}
