//! The counts of a panel, of any width.

use ndarray::{Array, Array2, ArrayView2, CowArray, Dimension, Ix2};

/// The counts of a panel: a row for each area, a column for each indicator, of `u32` or `u64`, owned or borrowed.
///
/// A view is borrowed where the values of each row stand side by side in memory (rows themselves may lie anywhere), and
/// is copied once where they do not. Half as many bytes make `u32` the faster of the two.
#[derive(Clone, Debug)]
pub struct Counts<'a>(pub(crate) Kind<'a>);

#[derive(Clone, Debug)]
pub(crate) enum Kind<'a> {
    U32(CowArray<'a, u32, Ix2>),
    U64(CowArray<'a, u64, Ix2>),
}

macro_rules! from {
    ($($count:ty => $kind:ident),+) => {
        $(impl<'a> From<CowArray<'a, $count, Ix2>> for Counts<'a> {
            fn from(counts: CowArray<'a, $count, Ix2>) -> Self {
                Self(Kind::$kind(side_by_side(counts)))
            }
        }

        impl<'a> From<ArrayView2<'a, $count>> for Counts<'a> {
            fn from(counts: ArrayView2<'a, $count>) -> Self {
                CowArray::from(counts).into()
            }
        }

        impl From<Array2<$count>> for Counts<'_> {
            fn from(counts: Array2<$count>) -> Self {
                CowArray::from(counts).into()
            }
        })+
    };
}

from!(u32 => U32, u64 => U64);

impl Counts<'_> {
    /// How many areas and how many indicators.
    #[must_use]
    pub fn dim(&self) -> (usize, usize) {
        match &self.0 {
            Kind::U32(counts) => counts.dim(),
            Kind::U64(counts) => counts.dim(),
        }
    }

    /// Gives an area other counts, those that are known.
    pub(crate) fn set(&mut self, area: usize, counts: impl Iterator<Item = Option<u64>> + Clone) {
        if let Kind::U32(narrow) = &self.0
            && counts.clone().flatten().any(|count| count > u32::MAX.into())
        {
            self.0 = Kind::U64(narrow.mapv(u64::from).into());
        }
        match &mut self.0 {
            Kind::U32(all) => write(all, area, counts.map(|count| count.and_then(|count| u32::try_from(count).ok()))),
            Kind::U64(all) => write(all, area, counts),
        }
    }

    pub(crate) fn get(&self, area: usize, indicator: usize) -> Option<u64> {
        match &self.0 {
            Kind::U32(counts) => counts.get((area, indicator)).copied().map(Into::into),
            Kind::U64(counts) => counts.get((area, indicator)).copied(),
        }
    }
}

fn write<T: Clone>(all: &mut CowArray<'_, T, Ix2>, area: usize, values: impl Iterator<Item = Option<T>>) {
    for (to, value) in all.row_mut(area).iter_mut().zip(values) {
        if let Some(value) = value {
            *to = value;
        }
    }
}

/// The array with the values of its last axis side by side: itself, or a copy.
pub(crate) fn side_by_side<T: Clone, D: Dimension>(array: CowArray<'_, T, D>) -> CowArray<'_, T, D> {
    let stands = array.shape().last().is_none_or(|width| *width < 2) || array.strides().last() == Some(&1);
    if stands {
        return array;
    }
    let copy = Array::from_shape_vec(array.raw_dim(), array.iter().cloned().collect());
    copy.map_or(array, CowArray::from)
}
