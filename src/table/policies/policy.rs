//! A policy: what is done about one area whose figures mislead.
//!
//! The figures as they were given are kept, to be written out and reported, and reading back applies the policies again. An area
//! has one policy, and chains of mergers are refused, so that the order in which policies come makes no difference.

use super::super::area::Area;
use crate::{
    base::{Error, ErrorKind, digits},
    rate::Population,
};
use serde::{Deserialize, Serialize};

/// What is done about an area whose figures mislead, such as the City of London, where few of the people there by day live:
/// in numerator, denominator and every average alike, and reported with every answer.
///
/// ```
/// use crimerate::{Average, Per, Table};
///
/// let knife = || Table::from_rows([("Metropolitan Police", 15_897, 8_899_400), ("City of London", 31, 8_700), ("Kent", 729, 1_846_500)]);
/// let rate = |table: Table, area: &str| -> Result<String, crimerate::Error> {
///     Ok(table.compare(Average::POOLED).area(area)?.rate().per(Per::HUNDRED_THOUSAND).to_string())
/// };
/// let kept = knife()?.keep("City of London", "its offences are recorded in full")?;
/// assert_eq!(rate(kept, "City of London")?, "356.3 per 100,000");
/// let merged = knife()?.merge("City of London", "Metropolitan Police", "8,700 residents")?;
/// assert_eq!(rate(merged, "Metropolitan Police")?, "178.8 per 100,000");
/// let by_day = knife()?.with_denominator("City of London", 400_000, "people there on a working day, for illustration")?;
/// assert_eq!(rate(by_day, "City of London")?, "7.75 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Policy {
    /// It takes part as it is, and that is said.
    Keep {
        /// Why.
        reason: String,
    },
    /// It takes no part.
    Exclude {
        /// Why.
        reason: String,
    },
    /// Its count and its population are added to those of another area; alone it takes no part. Where one of the two counts
    /// is not known, the sum is not.
    Merge {
        /// The other area, by its name or code.
        into: String,
        /// Why.
        reason: String,
    },
    /// It is the sum of other rows, such as a country or a region among its areas, and takes no part; it is held against them.
    Total,
    /// Its count belongs to the whole and to no area, such as offences whose place is not known, and it takes no part.
    Unplaced {
        /// Whether the pooled average has it in its numerator.
        in_average: bool,
    },
    /// It takes part with another population than the one given.
    Denominator {
        /// The population that is used.
        population: Population,
        /// What it is, and why it is used.
        what: String,
    },
}

impl Policy {
    /// Why, in the words that were given.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Keep { reason } | Self::Exclude { reason } | Self::Merge { reason, .. } => reason,
            Self::Denominator { what, .. } => what,
            Self::Total => "a total",
            Self::Unplaced { .. } => "in no area",
        }
    }

    /// Whether the area takes part itself.
    pub(crate) const fn takes_part(&self) -> bool {
        matches!(self, Self::Keep { .. } | Self::Denominator { .. })
    }

    /// Whether its figures are in no comparison.
    pub(crate) const fn leaves_out(&self) -> bool {
        matches!(self, Self::Exclude { .. } | Self::Total | Self::Unplaced { .. })
    }

    /// Whether others may be merged into the area.
    pub(in super::super) const fn takes_mergers(&self) -> bool {
        matches!(self, Self::Keep { .. } | Self::Exclude { .. })
    }

    /// Whether the two are one, whatever the populations.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Denominator { what, .. }, Self::Denominator { what: other, .. }) => what == other,
            _ => self == other,
        }
    }

    /// Refuses a policy without a reason.
    pub(crate) fn without_reason() -> Error {
        let (whole, part, advice) = ("the policy", "reason", "give one, to be reported with the figures");
        ErrorKind::Missing { whole, part, advice }.into()
    }

    /// What is reported of it with answers, given the figures of an area that is merged, where they are one, and the words for
    /// another population; nothing of an area that is excluded.
    pub(crate) fn told(&self, area: &Area, figures: &str, on: impl FnOnce(Population) -> String) -> Option<String> {
        let reason = self.reason();
        Some(match self {
            Self::Keep { .. } => format!("Kept: {area}, {reason}."),
            Self::Exclude { .. } => return None,
            Self::Total => format!("Total: {area}, not compared with its areas."),
            Self::Unplaced { .. } => format!("In no area, no rate and no average: {area}."),
            Self::Merge { into, .. } => format!("Merged: {area}{figures} into {into}, {reason}."),
            Self::Denominator { population, .. } => format!("Denominator: {area} on {}, {reason}.", on(*population)),
        })
    }

    /// What is done to the area, as a participle.
    pub(crate) fn done(&self) -> String {
        match self {
            Self::Keep { .. } => "kept as it is".into(),
            Self::Exclude { .. } => "excluded".into(),
            Self::Merge { into, .. } => format!("merged into {into}"),
            Self::Denominator { .. } => "given another denominator".into(),
            Self::Total => "taken for a total".into(),
            Self::Unplaced { .. } => "taken to be in no area".into(),
        }
    }
}

/// Which population another one replaces, such as `instead of 8,700`.
pub(crate) fn instead_of(given: Option<u64>) -> String {
    given.map_or_else(|| "where none is given".into(), |people| format!("instead of {}", digits::grouped(people)))
}
