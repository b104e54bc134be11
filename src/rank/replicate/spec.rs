//! The model of counts in replicate years.

#[cfg(feature = "simulation")]
use super::simulation::Simulation;
use crate::{
    base::{Error, Result, layout, not_a_choice},
    interval::WithinDispersion,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What the count of an area would be in a replicate year, given that `x` was counted, independently of other areas.
///
/// | law | count in a replicate year | mean | variance |
/// |---|---|---|---|
/// | `poisson` | Poisson | x | x |
/// | `gamma-poisson` | negative binomial: Poisson around a rate that is known from the count only, by Jeffreys' posterior, a gamma of shape x + 1/2 | x + 1/2 | 2 x + 1 |
/// | `overdispersed` | negative binomial | x | phi_w x |
///
/// A mean of 0 makes a count that is always 0: where nothing was counted, only `gamma-poisson` allows for a year with some.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CountModel {
    /// Poisson about what was counted.
    Poisson,
    /// Poisson about a rate that is itself uncertain: the posterior predictive count with Jeffreys' prior.
    GammaPoisson,
    /// As much more variable as the counts of one area are between repeated periods.
    Overdispersed(WithinDispersion),
}

impl CountModel {
    /// How much areas vary between periods, where the law says so.
    #[must_use]
    pub const fn within(self) -> Option<WithinDispersion> {
        match self {
            Self::Overdispersed(within) => Some(within),
            Self::Poisson | Self::GammaPoisson => None,
        }
    }
}

/// How ranks in replicate years are worked out: by which law and, with the feature `simulation`, whether simulated.
///
/// A [`CountModel`] alone will do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replicate {
    law: CountModel,
    #[cfg(feature = "simulation")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    simulation: Option<Simulation>,
}

impl Replicate {
    /// By this law, without simulation.
    #[must_use]
    pub const fn by(law: CountModel) -> Self {
        Self {
            law,
            #[cfg(feature = "simulation")]
            simulation: None,
        }
    }

    /// Simulated, a number of replicates from a seed.
    #[cfg(feature = "simulation")]
    #[must_use]
    pub const fn simulated(mut self, simulation: Simulation) -> Self {
        self.simulation = Some(simulation);
        self
    }

    /// The law.
    #[must_use]
    pub const fn model(self) -> CountModel {
        self.law
    }

    /// The simulation, if it is one.
    #[cfg(feature = "simulation")]
    #[must_use]
    pub const fn simulation(self) -> Option<Simulation> {
        self.simulation
    }
}

impl Replicate {
    pub(crate) const fn is_simulated(self) -> bool {
        #[cfg(feature = "simulation")]
        return self.simulation.is_some();
        #[cfg(not(feature = "simulation"))]
        false
    }
}

impl From<CountModel> for Replicate {
    fn from(law: CountModel) -> Self {
        Self::by(law)
    }
}

#[cfg(feature = "simulation")]
impl From<(CountModel, Simulation)> for Replicate {
    fn from((law, simulation): (CountModel, Simulation)) -> Self {
        Self::by(law).simulated(simulation)
    }
}

impl fmt::Display for CountModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Poisson => layout::pad(f, POISSON),
            Self::GammaPoisson => layout::pad(f, GAMMA_POISSON),
            Self::Overdispersed(phi) => layout::pad(f, &format!("{OVERDISPERSED}, phi_w {phi}")),
        }
    }
}

const POISSON: &str = "poisson";
const GAMMA_POISSON: &str = "gamma-poisson";
const OVERDISPERSED: &str = "overdispersed";

/// Reads what prints, such as `gamma-poisson` or `overdispersed, phi_w 2.2`.
///
/// # Errors
/// [`ErrorKind::NotAChoice`](crate::ErrorKind::NotAChoice) for another law, else as [`WithinDispersion`].
impl FromStr for CountModel {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match (text, text.split_once(", phi_w ")) {
            (POISSON, _) => Ok(Self::Poisson),
            (GAMMA_POISSON, _) => Ok(Self::GammaPoisson),
            (_, Some((OVERDISPERSED, phi))) => Ok(Self::Overdispersed(phi.parse()?)),
            _ => {
                let choices = "poisson, gamma-poisson or overdispersed with its phi_w";
                Err(not_a_choice("a law of counts", text, choices, &[POISSON, GAMMA_POISSON, OVERDISPERSED]))
            }
        }
    }
}
