//! How an average is made.

use super::fixed::Fixed;
use serde::{Deserialize, Serialize};

/// How an average is made; which to take is said at [`Average`](crate::Average).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// Sum of counts over sum of populations: every person counts the same.
    Pooled,
    /// Unweighted mean of the areas' rates: every area counts the same.
    Mean,
    /// The middle rate: as many areas above as below.
    Median,
    /// A rate that is given, and taken as known.
    Fixed(Fixed),
}
