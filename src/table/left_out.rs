//! Why an area takes no part.

use super::policies::policy::Policy;
use crate::{
    base::layout,
    rate::{Observation, Population, Rate, Reason},
};
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
    /// The count of one of its strata, or of one of its offences, is not known.
    PartNotKnown {
        /// The stratum, or the offence.
        part: String,
        /// What is known of the count.
        count: Observation,
    },
    /// It is in the earlier of two tables only.
    OnlyBefore,
    /// It is in the later of two tables only.
    OnlyAfter,
    /// It is named, and not in the table.
    NotInTable,
    /// In one of two tables something else is done about it.
    OtherPolicy,
}

impl LeftOut {
    /// Why an area takes no part for what is done about it.
    pub(crate) fn by(policy: &Policy) -> Option<Self> {
        match policy {
            Policy::Exclude { reason } => Some(Self::Excluded(reason.clone())),
            Policy::Merge { into, reason } => Some(Self::Merged { into: into.clone(), reason: reason.clone() }),
            Policy::Total => Some(Self::Total),
            Policy::Unplaced { .. } => Some(Self::Unplaced),
            Policy::Keep { .. } | Policy::Denominator { .. } => None,
        }
    }

    /// The rate of an area by what is done about it and what is known of it (its population as stated, zero included), or why
    /// it takes no part.
    pub(crate) fn or_rate(policy: Option<&Policy>, count: Observation, people: Option<u64>) -> Result<Rate, Self> {
        if let Some(left_out) = policy.and_then(Self::by) {
            return Err(left_out);
        }
        if count == Observation::Missing(Reason::NotInTable) {
            return Err(Self::NotInTable);
        }
        let population = people.ok_or(Self::NoPopulation)?;
        let population = Population::new(population).map_err(|_| Self::ZeroPopulation)?;
        count.known().map(|count| Rate::of(count, population)).ok_or(Self::NotKnown(count))
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Excluded(reason) => format!("excluded: {reason}"),
            Self::Merged { into, reason } => format!("merged into {into}: {reason}"),
            Self::Total => "a total of other rows".into(),
            Self::Unplaced => "in no area".into(),
            Self::NoPopulation => "population not given, so no rate".into(),
            Self::ZeroPopulation => "population zero, so no rate".into(),
            Self::NotKnown(observation) => format!("count {observation}"),
            Self::PartNotKnown { part, count } => format!("count of {part} {count}"),
            Self::OnlyBefore => "only in the earlier table".into(),
            Self::OnlyAfter => "only in the later table".into(),
            Self::NotInTable => "not in the table".into(),
            Self::OtherPolicy => "merged, or given another denominator, in one of the tables only".into(),
        };
        layout::pad(f, &words)
    }
}
