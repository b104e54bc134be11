//! A value that a column has to have for a row to be taken.

use super::line::is_same;
use crate::{
    base::{Error, ErrorKind},
    table::unmarked,
};
use std::collections::BTreeSet;

/// A value that a column has to have.
pub(super) struct Choice {
    pub(super) column: usize,
    heading: String,
    pub(super) value: String,
    pub(super) met: bool,
    /// Other values that the column has.
    others: BTreeSet<String>,
}

/// How many values of a column are told.
const VALUES: usize = 12;

impl Choice {
    pub(super) fn new(column: usize, heading: &str, value: &str) -> Self {
        Self { column, heading: heading.into(), value: value.into(), met: false, others: BTreeSet::new() }
    }

    /// Why a row with this value is passed over, if it is.
    pub(super) fn against(&mut self, value: &str) -> Option<String> {
        if is_same(value, &self.value) || is_same(unmarked(value), &self.value) {
            self.met = true;
            return None;
        }
        if self.others.len() <= VALUES && !self.met {
            self.others.insert(value.to_owned());
        }
        Some(format!("where {} is not {}", self.heading, self.value))
    }

    /// That no row has the value.
    pub(super) fn unmet(&self) -> Option<Error> {
        if self.met {
            return None;
        }
        let more = if self.others.len() > VALUES { " \u{2026}" } else { "" };
        let values = self.others.iter().take(VALUES).cloned().collect::<Vec<_>>().join(", ");
        let found = format!("no row has {:?} in the column {:?}", self.value, self.heading);
        Some(ErrorKind::NotAsPublished { found, advice: format!("it has {values}{more}").into() }.into())
    }
}
