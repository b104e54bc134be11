//! A table as it is written: rows as they were given, with what is done about them.

use super::{basis::Basis, peers::PeerGroups, policies::policy::Policy, row::Row};
use crate::rate::Observation;
use serde::{Deserialize, Serialize};
use std::num::{NonZeroU32, NonZeroU64};

#[derive(Serialize, Deserialize)]
pub(super) struct Parts {
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    pub(super) basis: Basis,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<PeerGroups>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rounded_to: Option<NonZeroU64>,
    pub(super) rows: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    pub(super) count: Observation,
    pub(super) population: Option<u64>,
    /// The months that the population is multiplied by, where rows have their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) months: Option<NonZeroU32>,
    /// The name that its own is like, where it was taken for an area of its own all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) beside: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) policy: Option<Policy>,
}

impl From<Part> for Row {
    fn from(part: Part) -> Self {
        let row = match part.population {
            Some(population) => Self::new(part.area, part.count, population),
            None => Self::without_population(part.area, part.count),
        };
        Self { code: part.code, distinct: true, ..row }
    }
}
