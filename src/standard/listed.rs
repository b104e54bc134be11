//! A named list of strata, or of offences, with a value each: standards, references and weights.

use super::{grid::Kind, key::Key};
use crate::base::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::RangeFrom};

/// Found by name or, where bands of ages are, by their ages.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed<T> {
    name: String,
    kind: Kind,
    entries: Vec<(String, T)>,
    places: BTreeMap<Key, usize>,
}

/// As it is written.
#[derive(Serialize, Deserialize)]
pub(super) struct Entries<T> {
    pub(super) name: String,
    pub(super) entries: Vec<(String, T)>,
}

impl<T: Copy> Listed<T> {
    /// Refuses a list without a name, or without an entry, and an entry without a name or with that of another.
    pub(super) fn new(
        whole: &'static str,
        kind: Kind,
        name: String,
        entries: impl IntoIterator<Item = (String, T)>,
    ) -> Result<Self> {
        let missing = |whole, advice| Error::from(ErrorKind::Missing { whole, part: "name", advice });
        if name.trim().is_empty() {
            return Err(missing(whole, "say which it is: answers print it"));
        }
        let mut listed = Self { name, kind, entries: Vec::new(), places: BTreeMap::new() };
        for (label, value) in entries {
            let label = label.trim().to_owned();
            if label.is_empty() {
                return Err(missing(whole, "every entry needs one"));
            }
            if listed.places.insert(kind.key(&label), listed.entries.len()).is_some() {
                return Err(ErrorKind::Duplicate { what: kind.noun(), name: label, first: None }.into());
            }
            listed.entries.push((label, value));
        }
        if listed.entries.is_empty() { Err(ErrorKind::NoRows.into()) } else { Ok(listed) }
    }

    /// Of entries that are known to be sound.
    pub(super) fn known(name: &str, kind: Kind, entries: Vec<(String, T)>) -> Self {
        let places = entries.iter().zip(0..).map(|((label, _), place)| (kind.key(label), place)).collect();
        Self { name: name.into(), kind, entries, places }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, label: &str) -> Option<T> {
        self.entries.get(self.place(&self.kind.key(label))?).map(|(_, value)| *value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, T)> {
        self.entries.iter().map(|(label, value)| (label.as_str(), *value))
    }

    pub(super) fn at(&self, place: usize) -> Option<T> {
        self.entries.get(place).map(|(_, value)| *value)
    }

    pub(super) fn place(&self, key: &Key) -> Option<usize> {
        self.places.get(key).copied()
    }

    pub(super) fn places_from(&self, keys: RangeFrom<Key>) -> impl Iterator<Item = (&Key, usize)> {
        self.places.range(keys).map(|(key, place)| (key, *place))
    }
}

impl<T> From<Listed<T>> for Entries<T> {
    fn from(Listed { name, entries, .. }: Listed<T>) -> Self {
        Self { name, entries }
    }
}

/// Gives a list its name, its entries, and its written form.
macro_rules! listed {
    ($Listed:ident of $value:ty) => {
        impl $Listed {
            /// What it is called in answers.
            #[must_use]
            pub fn name(&self) -> &str {
                self.0.name()
            }

            /// How many entries it has.
            #[must_use]
            pub fn len(&self) -> usize {
                self.0.len()
            }

            /// Never.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.len() == 0
            }

            /// Each entry by its name, in the order given.
            pub fn iter(&self) -> impl Iterator<Item = (&str, $value)> {
                self.0.iter()
            }
        }

        impl std::fmt::Display for $Listed {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::base::layout::pad(f, self.name())
            }
        }

        impl TryFrom<$crate::standard::listed::Entries<$value>> for $Listed {
            type Error = $crate::base::Error;

            fn try_from(entries: $crate::standard::listed::Entries<$value>) -> $crate::base::Result<Self> {
                Self::new(entries.name, entries.entries)
            }
        }

        impl From<$Listed> for $crate::standard::listed::Entries<$value> {
            fn from(listed: $Listed) -> Self {
                listed.0.into()
            }
        }
    };
}

pub(super) use listed;
