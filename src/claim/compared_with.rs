//! What a rate is compared with: an average, another area, or its own rate before.

use crate::base::words;
use serde::{Deserialize, Serialize};

/// What a rate is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ComparedWith {
    /// The average of the league table.
    #[default]
    Average,
    /// The rate of another area.
    Area(String),
    /// The area's own rate in the table before ([`Checker::with_before`](crate::claim::Checker::with_before)).
    Before,
    /// The area's own rate in the same period a year before, both as the series has them ([`Checker::with_series`](crate::claim::Checker::with_series)): its
    /// latest rate is that of the last period.
    YearBefore,
}

impl ComparedWith {
    /// What it is, such as `the average`.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Average => "the average".into(),
            Self::Area(name) => words::one_line(name),
            Self::Before => "its rate before".into(),
            Self::YearBefore => "its rate a year before".into(),
        }
    }
}

impl From<&str> for ComparedWith {
    fn from(area: &str) -> Self {
        Self::Area(area.into())
    }
}
