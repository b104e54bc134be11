//! Why an area takes no part.

use crate::{base::layout, rate::Observation};
use std::fmt;

/// Why an area takes no part in a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// The user left it out, for this reason.
    Excluded(String),
    /// It is part of another area.
    Merged {
        /// The other area.
        into: String,
        /// Why.
        reason: String,
    },
    /// Its population is zero, so it has no rate.
    ZeroPopulation,
    /// Its population is not given, so it has no rate.
    NoPopulation,
    /// Its count is not known.
    NotKnown(Observation),
    /// It is in one of two tables only.
    NotInBoth,
    /// It is named, and not in the table.
    NotInTable,
    /// In one of two tables something else is done about it.
    OtherPolicy,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Excluded(reason) => format!("excluded: {reason}"),
            Self::Merged { into, reason } => format!("merged into {into}: {reason}"),
            Self::NoPopulation => "population not given, so no rate".into(),
            Self::ZeroPopulation => "population zero, so no rate".into(),
            Self::NotKnown(observation) => format!("count {observation}"),
            Self::NotInBoth => "not in both tables".into(),
            Self::NotInTable => "not in the table".into(),
            Self::OtherPolicy => "merged, or given another denominator, in one of the tables only".into(),
        };
        layout::pad(f, &words)
    }
}
