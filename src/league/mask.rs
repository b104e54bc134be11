//! An area that masks others.

use crate::table::Area;
use std::{ops::Range, sync::Arc};

/// An area whose removal changes which others lie beyond the [`Bands`](crate::league::Bands).
#[derive(Clone, Debug, PartialEq)]
pub struct Mask<'a> {
    pub(super) area: &'a Area,
    /// All areas from the lowest rate to the highest, shared by all masks, and the place of this one.
    pub(super) sorted: Arc<[&'a Area]>,
    pub(super) step: usize,
    pub(super) uncovered: [Range<usize>; 2],
    pub(super) covered: [Range<usize>; 2],
}

impl<'a> Mask<'a> {
    /// The area that is left out.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// The areas that lie beyond the limits without it and not with it, from the lowest rate to the highest.
    pub fn uncovered(&self) -> impl ExactSizeIterator<Item = &'a Area> {
        self.those(&self.uncovered)
    }

    /// The areas that lie beyond the limits with it and not without it, from the lowest rate to the highest.
    pub fn covered(&self) -> impl ExactSizeIterator<Item = &'a Area> {
        self.those(&self.covered)
    }

    /// The areas in places that are counted without this one.
    fn those(&self, [low, high]: &[Range<usize>; 2]) -> impl ExactSizeIterator<Item = &'a Area> {
        let (start, length) = (high.start, low.len());
        let (from, all) = (low.start, length + high.len());
        (0..all).map(move |number| {
            let other = if number < length { from + number } else { start + number - length };
            let place = if other < self.step { other } else { other + 1 };
            self.sorted.get(place).copied().unwrap_or(self.area)
        })
    }

    pub(super) fn changes(&self) -> usize {
        self.uncovered().len() + self.covered().len()
    }
}
