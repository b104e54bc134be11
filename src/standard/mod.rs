//! Like with like: rates standardised for who lives in an area, and scores weighted by what was done.

mod direct;
mod grid;
mod indirect;
mod key;
mod listed;
mod method;
mod offences;
mod population;
mod ratio;
mod row;
mod scores;
mod strata;
mod sum;
mod weights;

pub use direct::{DirectRate, DirectRates};
pub use indirect::{IndirectRate, IndirectRates, ReferenceRates};
pub use method::{Method, Spec};
pub use offences::Offences;
pub use population::StandardPopulation;
pub use ratio::Ratio;
pub use row::StratumRow;
pub use scores::{Score, Scores, Unweighted};
pub use strata::Strata;
pub use sum::Limits;
pub use weights::Weights;
