//! Counts by offence, weighted by how much each kind of offence weighs.

mod offences;
mod scores;
mod weights;

pub use offences::Offences;
pub use scores::{Score, Scores, Unweighted};
pub use weights::Weights;
