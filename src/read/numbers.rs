//! Numbers of names, by the bytes of their cells.

use std::{borrow::Borrow, collections::HashMap, hash::Hash};

/// The numbers of names by the bytes of their cells. Seeded at random, so that no names can be made to collide.
#[derive(Debug)]
pub(super) struct Numbers<T, K = Box<[u8]>>(HashMap<K, T, foldhash::fast::RandomState>);

impl<T, K> Default for Numbers<T, K> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<T: Copy, K: Borrow<[u8]> + Eq + Hash> Numbers<T, K> {
    pub(super) fn get(&self, cell: &[u8]) -> Option<T> {
        self.0.get(cell).copied()
    }

    pub(super) fn insert(&mut self, cell: impl Into<K>, number: T) -> T {
        self.0.insert(cell.into(), number);
        number
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
