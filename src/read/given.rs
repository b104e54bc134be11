//! A row on its way into a table.

use crate::{
    base::Result,
    forces::Body,
    rate::{Observation, Population},
};
use csv::ByteRecord;

/// A row on its way into a table.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) area: String,
    /// The name with its marks of notes.
    pub(super) marked: String,
    pub(super) code: Option<String>,
    pub(super) count: Result<Observation>,
    pub(super) population: Result<Population>,
    pub(super) months: Option<u32>,
    pub(super) line: u64,
    pub(super) record: ByteRecord,
}

impl Given {
    pub(super) fn label(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.area)
    }

    /// The body of police figures that it is of, by its code or else by its name.
    pub(super) fn body(&self) -> Option<Body> {
        Body::named(&self.area, self.code.as_deref())
    }

    /// Its people, as far as they are known.
    pub(super) fn people(&self) -> u128 {
        self.population.as_ref().map_or(0, |people| people.get().into())
    }

    /// Whether it goes by a name, its marks of notes and all, or by a code.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.area == name || self.marked == name || self.code.as_deref() == Some(name)
    }
}
