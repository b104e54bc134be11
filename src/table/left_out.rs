//! Why an area takes no part.

use crate::rate::Observation;
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
    /// It is the sum of other rows.
    Total,
    /// Its count belongs to the whole and to no area.
    Unplaced,
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
        match self {
            Self::Excluded(reason) => write!(f, "excluded: {reason}"),
            Self::Merged { into, reason } => write!(f, "merged into {into}: {reason}"),
            Self::Total => f.write_str("a total of other rows"),
            Self::Unplaced => f.write_str("in no area"),
            Self::NoPopulation => f.write_str("population not given, so no rate"),
            Self::ZeroPopulation => f.write_str("population zero, so no rate"),
            Self::NotKnown(observation) => write!(f, "count {observation}"),
            Self::NotInBoth => f.write_str("not in both tables"),
            Self::NotInTable => f.write_str("not in the table"),
            Self::OtherPolicy => f.write_str("merged, or given another denominator, in one of the tables only"),
        }
    }
}
