//! Control limits as columns of a row.

use super::point::Position;
use crate::{
    base::{Cell, Figure, digits},
    interval::Confidence,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// The limits of one area at one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Limits {
    /// The level.
    pub confidence: Confidence,
    /// The lower limit.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: Option<f64>,
    /// Where the area lies relative to them.
    pub position: Option<Position>,
}

impl Limits {
    pub(super) const LOWER: &'static str = "lower";
    pub(super) const UPPER: &'static str = "upper";
    const POSITION: &'static str = "position";

    pub(super) const fn at(confidence: Confidence) -> Self {
        Self { confidence, lower: None, upper: None, position: None }
    }

    /// The columns of a level, such as `lower_99_8`.
    pub(super) fn columns(confidence: Confidence) -> [&'static str; 3] {
        let level = digits::per_cent_with(confidence.level(), '_');
        [Self::LOWER, Self::UPPER, Self::POSITION].map(|limit| lasting(format!("{limit}_{level}")))
    }

    /// Which figure at which level stands in a column, if it is one of limits.
    pub(super) fn column(name: &str) -> Option<(&'static str, Confidence)> {
        let (limit, level) = name.split_once('_')?;
        let limit = [Self::LOWER, Self::UPPER, Self::POSITION].into_iter().find(|known| *known == limit)?;
        let level = digits::hundredth(&level.replacen('_', ".", 1)).and_then(|level| Confidence::new(level).ok())?;
        Some((limit, level))
    }

    pub(super) fn cells(&self) -> [(&'static str, Figure<'_>); 3] {
        let [lower, upper, position] = Self::columns(self.confidence);
        [(lower, self.lower.figure()), (upper, self.upper.figure()), (position, self.position.figure())]
    }
}

/// A name that lasts as long as the program, kept once: serde takes no other names of fields. There are three for each level
/// that was ever asked for.
fn lasting(name: String) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    match names.get(name.as_str()) {
        Some(kept) => kept,
        None => {
            let kept: &'static str = name.leak();
            names.insert(kept);
            kept
        }
    }
}
