//! Rates standardised directly: what an area would have with the strata of a standard population.

use super::{
    limits::Limits,
    method::Spec,
    population::StandardPopulation,
    ratio::Ratio,
    reference::ReferenceRates,
    row::StratumRow,
    shares::Shares,
    strata::Strata,
    sum::{WeightedSum, weighted},
};
use crate::{
    base::{Result, Undefined, each},
    rate::{Per, Rate, Reading},
    table::{Area, LeftOut},
};

/// The directly standardised rates of all areas: for each `sum w x/n / sum w` over its strata, w being the standard's people, x and n the
/// area's own counts and people.
///
/// ```
/// use crimerate::{Confidence, Per, standard::{StandardPopulation, Strata}};
///
/// let strata = Strata::from_rows([
///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 80_000), ("Inland", "65+", 10, 20_000),
/// ])?;
/// let rates = strata.direct(&StandardPopulation::pooled(&strata)?)?;
/// let coast = rates.area("Coast")?;
/// assert_eq!(coast.crude().per(Per::THOUSAND).to_string(), "1.10 per 1,000");
/// assert_eq!(format!("{:.2}", coast.per(Per::THOUSAND)), "1.20 per 1,000"); // 0.7 * 1.5 + 0.3 * 0.5
/// assert_eq!(format!("{:.2}", coast.limits(Confidence::P95)?.per(Per::THOUSAND)), "0.98 to 1.45 per 1,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DirectRates {
    strata: Strata,
    standard: StandardPopulation,
    sums: Vec<Result<WeightedSum, LeftOut>>,
}

/// The directly standardised rate of one area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectRate<'a> {
    area: &'a Area,
    crude: Rate,
    sum: WeightedSum,
}

impl Strata {
    /// The rates that the areas would have with the strata of a standard population.
    ///
    /// # Errors
    /// [`ErrorKind::Lacking`](crate::ErrorKind::Lacking) for a stratum that the areas have and the standard has not, or the other way round, [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) for
    /// strata that share people.
    pub fn direct(&self, standard: &StandardPopulation) -> Result<DirectRates> {
        let shares = Shares::of(standard, self)?;
        let sums = (0..self.len()).filter_map(|index| {
            Some(self.outcome(index)?.map(|_| {
                let weights = shares.weights(self, index);
                let mut sum = weights.sum();
                for (weight, (count, _)) in weights.each().iter().zip(self.of(index)) {
                    sum.add(*weight, count.known().unwrap_or(0));
                }
                weights.finished(sum)
            }))
        });
        Ok(DirectRates { sums: sums.collect(), strata: self.clone(), standard: standard.clone() })
    }
}

impl DirectRates {
    /// The strata.
    #[must_use]
    pub const fn strata(&self) -> &Strata {
        &self.strata
    }

    /// The standard population.
    #[must_use]
    pub const fn standard(&self) -> &StandardPopulation {
        &self.standard
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none, [`ErrorKind::LeftOut`](crate::ErrorKind::LeftOut) with the reason where it has no rate.
    pub fn area(&self, area: &str) -> Result<DirectRate<'_>> {
        self.strata.found(area, |index| self.outcome(index))
    }

    /// Each area in their order: its rate, or why it has none.
    pub fn areas(&self) -> impl Iterator<Item = (&Area, Result<DirectRate<'_>, LeftOut>)> {
        self.strata.areas().iter().enumerate().filter_map(|(index, area)| Some((area, self.outcome(index)?)))
    }

    /// The areas that have a rate, in their order.
    pub fn iter(&self) -> impl Iterator<Item = DirectRate<'_>> {
        self.areas().filter_map(|(_, outcome)| outcome.ok())
    }

    /// The rate of all areas that take part together, standardised alike; `None` where there is none, or their sums are more than can be held.
    ///
    /// ```
    /// use crimerate::{Per, standard::{StandardPopulation, Strata}};
    ///
    /// let strata = Strata::from_rows([
    ///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 90_000), ("Inland", "65+", 4, 10_000),
    /// ])?;
    /// let rates = strata.direct(&StandardPopulation::new("one to one", [("0-64", 1.0), ("65+", 1.0)])?)?;
    /// assert_eq!(format!("{:.2}", rates.together(Per::THOUSAND).unwrap()), "0.94 per 1,000"); // half of 210 / 150 and of 24 / 50
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn together(&self, per: Per) -> Option<Reading> {
        let all = ReferenceRates::pooled(&self.strata).ok()?;
        let rows = all
            .iter()
            .map(|(stratum, rate)| StratumRow::new(all.name(), stratum, rate.count(), rate.population().get()));
        let rates = Strata::from_rows(rows).and_then(|strata| strata.direct(&self.standard)).ok()?;
        rates.iter().next().map(|rate| rate.per(per))
    }

    fn outcome(&self, index: usize) -> Option<Result<DirectRate<'_>, LeftOut>> {
        let area = self.strata.areas().get(index)?;
        let crude = self.strata.outcome(index)?;
        let sum = self.sums.get(index)?;
        Some(sum.clone().and_then(|sum| Ok(DirectRate { area, crude: crude?, sum })))
    }
}

each!(DirectRates, DirectRate<'a>);

weighted!(DirectRate);

impl<'a> DirectRate<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// The rate of all strata together, as it is.
    #[must_use]
    pub const fn crude(&self) -> Rate {
        self.crude
    }
}
