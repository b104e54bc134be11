//! How the examples that rank areas are asked to, in the same words.

use clap::Args;
use crimerate::{Average, Compare, Confidence, Order, Ties};

/// The level of what is said of the areas, and their order.
#[derive(Args)]
pub(crate) struct Ranking {
    /// The confidence level of the intervals, and of sets of ranks
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    pub(crate) confidence: Confidence,
    /// The rank of equal rates: competition, dense (which have no sets), ordinal, average or maximum
    #[arg(long, value_name = "RULE", default_value = "competition")]
    pub(crate) ties: Ties,
    /// Which end has rank 1: highest or lowest
    #[arg(long, value_name = "END", default_value = "highest")]
    pub(crate) order: Order,
}

impl Ranking {
    /// Compared with an average, and ranked so.
    #[allow(dead_code, reason = "not every example compares with an average")]
    pub(crate) fn against(&self, average: Average) -> Compare {
        Compare::with(average).with_interval(self.confidence).with_order(self.order).with_ties(self.ties)
    }
}
