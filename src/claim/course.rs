//! How a rate went over time.

use super::relation::Relation;
use crate::rate::{Order, Period};
use serde::{Deserialize, Serialize};

/// What is said of an area over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Course {
    /// No rate since a period was as high, or as low.
    Since { order: Order, since: Period },
    /// How its rate changed from one year to the next.
    Trend { relation: Relation },
}

impl Course {
    pub(super) fn said(self) -> String {
        match self {
            Self::Since { order, since } => format!("has the {order} rate since {since}"),
            Self::Trend { relation } => relation.said_a_year(),
        }
    }
}
