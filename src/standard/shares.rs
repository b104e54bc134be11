//! What direct standardisation multiplies counts by: the one way for a table of strata and for panels of them.

use super::{
    population::StandardPopulation,
    strata::Strata,
    sum::{StratumWeights, WeightedSum},
};
use crate::{base::Result, rate::Population};

/// The shares of strata in a standard population.
#[derive(Clone, Debug)]
pub(crate) struct Shares(Vec<f64>);

/// What each stratum of one area weighs: its share over its people.
#[derive(Clone, Debug)]
pub(crate) struct AreaWeights {
    each: Vec<f64>,
    all: StratumWeights,
    /// The people of the only stratum.
    only: Option<Population>,
}

impl Shares {
    pub(crate) fn of(standard: &StandardPopulation, strata: &Strata) -> Result<Self> {
        standard.shares(strata.labels()).map(Self)
    }

    /// The weights of the area in a place.
    pub(crate) fn weights(&self, strata: &Strata, index: usize) -> AreaWeights {
        let people = strata.of(index);
        let each: Vec<f64> =
            people.iter().zip(&self.0).map(|((_, people), share)| share / people.get() as f64).collect();
        let only = if let [(_, only)] = people { Some(*only) } else { None };
        AreaWeights { all: StratumWeights::of(each.iter().copied()), each, only }
    }
}

impl AreaWeights {
    /// Those of each stratum, in the order of the labels.
    pub(crate) fn each(&self) -> &[f64] {
        &self.each
    }

    /// A sum of no counts yet.
    pub(crate) const fn sum(&self) -> WeightedSum {
        WeightedSum::of_none(self.all)
    }

    /// A sum that has the counts of all strata.
    pub(crate) fn finished(&self, sum: WeightedSum) -> WeightedSum {
        sum.on_only(self.only)
    }
}
