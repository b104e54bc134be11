//! Directly or indirectly standardised rates, as one report has them.

use crate::{
    base::{Result, Undefined},
    interval::{self, Interval},
    rate::{Per, Rate},
    standard::{self, DirectRates, IndirectRates, ReferenceRates, StandardPopulation, Strata},
    table::{Area, LeftOut},
};
use serde::{Deserialize, Serialize};

/// Which rates a report has, with their limits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rates {
    Direct(DirectRates, standard::Spec),
    Indirect(IndirectRates, interval::Spec),
}

/// The same as it is written: what the strata are standardised by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum By {
    Direct { standard: StandardPopulation, limits: standard::Spec },
    Indirect { reference: ReferenceRates, limits: interval::Spec },
}

/// What is known of one area.
pub(super) struct Here<'a> {
    pub(super) area: &'a Area,
    pub(super) crude: Rate,
    pub(super) outcome: Result<RateFigures, Undefined>,
}

/// The figures of an area that takes part.
#[derive(Clone, Copy)]
pub(super) struct RateFigures {
    pub(super) rate: f64,
    pub(super) limits: Interval,
    pub(super) observed: Option<(f64, f64, Interval)>,
    /// Whether its limits may be too short.
    pub(super) lopsided: bool,
}

impl Rates {
    pub(super) fn again(strata: &Strata, by: By) -> Result<Self> {
        Ok(match by {
            By::Direct { standard, limits } => Self::Direct(strata.direct(&standard)?, limits),
            By::Indirect { reference, limits } => Self::Indirect(strata.indirect(&reference)?, limits),
        })
    }

    pub(super) fn by(&self) -> By {
        match self {
            Self::Direct(rates, limits) => By::Direct { standard: rates.standard().clone(), limits: *limits },
            Self::Indirect(rates, limits) => By::Indirect { reference: rates.reference().clone(), limits: *limits },
        }
    }

    pub(super) const fn strata(&self) -> &Strata {
        match self {
            Self::Direct(rates, _) => rates.strata(),
            Self::Indirect(rates, _) => rates.strata(),
        }
    }

    /// Each area in its order: its figures read per unit population, or why it has none.
    pub(super) fn each(&self, per: Per) -> Vec<Result<Here<'_>, (&Area, LeftOut)>> {
        match self {
            Self::Direct(rates, spec) => {
                let here = |(area, outcome): (_, Result<standard::DirectRate<'_>, LeftOut>)| {
                    let rate = outcome.map_err(|left_out| (area, left_out))?;
                    let figures = |limits: standard::Limits| {
                        let (limits, value) = (limits.per(per), rate.per(per).value());
                        RateFigures { rate: value, limits, observed: None, lopsided: rate.is_lopsided(*spec) }
                    };
                    Ok(Here { area, crude: rate.crude(), outcome: rate.limits(*spec).map(figures) })
                };
                rates.areas().map(here).collect()
            }
            Self::Indirect(rates, spec) => {
                let here = |(area, outcome): (_, Result<standard::IndirectRate<'_>, LeftOut>)| {
                    let here = outcome.map_err(|left_out| (area, left_out))?;
                    let observed = here.observed();
                    let figures = || {
                        let (rate, limits) = (here.per(per)?.value(), here.limits(*spec)?.per(per));
                        let (ratio, ends) = (observed.ratio()?, observed.interval(*spec)?);
                        Ok(RateFigures {
                            rate,
                            limits,
                            observed: Some((observed.expected(), ratio, ends)),
                            lopsided: false,
                        })
                    };
                    Ok(Here { area, crude: here.crude(), outcome: figures() })
                };
                rates.areas().map(here).collect()
            }
        }
    }
}
