//! Rates standardised indirectly: how many an area would have at the reference's rates.

use super::{key::Key, limits::Limits, reference::ReferenceRates, strata::Strata};
use crate::{
    average::ObservedExpected,
    base::{Error, ErrorKind, Result, Undefined, each, exact},
    interval,
    rate::{Per, Rate, Reading, Tally},
    table::{Area, LeftOut, Table},
};
use std::collections::HashSet;

/// Observed and expected counts of all areas: what each would have with the reference's rates in its own strata.
///
/// Ratios of areas with different strata do not compare strictly: each is weighted by its own people. Direct standardisation has one
/// set of weights for all.
///
/// ```
/// use crimerate::{Confidence, Method, Per, standard::{ReferenceRates, Strata}};
///
/// let strata = Strata::from_rows([
///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 180, 80_000), ("Inland", "65+", 10, 20_000),
/// ])?;
/// let rates = strata.indirect(&ReferenceRates::pooled(&strata)?)?;
/// let coast = rates.area("Coast")?;
/// assert_eq!(format!("{:.1}", coast.observed().expected()), "135.7"); // 60 * 270/140 + 40 * 30/60
/// assert_eq!(format!("{:.2}", coast.observed().interval((Confidence::P95, Method::Exact)).unwrap()), "0.67 to 0.98");
/// assert_eq!(format!("{:.2}", coast.per(Per::THOUSAND)?), "1.22 per 1,000"); // the ratio times the crude rate of all
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IndirectRates {
    strata: Strata,
    reference: ReferenceRates,
    crude: f64,
    outcomes: Vec<Result<ObservedExpected, LeftOut>>,
}

/// Observed and expected count of one area, and the rate that follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndirectRate<'a> {
    area: &'a Area,
    observed: ObservedExpected,
    reference: f64,
}

impl Strata {
    /// Observed counts beside those that the reference's rates make expected in each area's own strata.
    ///
    /// # Errors
    /// [`ErrorKind::Lacking`] for a stratum that the areas have and the reference has not, or the other way round.
    pub fn indirect(&self, reference: &ReferenceRates) -> Result<IndirectRates> {
        let lacking = |whole, name: &str, others, advice| {
            Error::from(ErrorKind::Lacking { whole, what: "stratum", name: name.into(), others, advice })
        };
        let rates = self.labels().iter().map(|label| {
            let advice = "give a reference that has it, or merge strata";
            reference.rate(label).ok_or_else(|| lacking("the reference", label, "the areas have", advice))
        });
        let rates = rates.collect::<Result<Vec<Rate>>>()?;
        if rates.len() < reference.0.len() {
            let keys: HashSet<Key> = self.labels().iter().map(|label| Key::of(label)).collect();
            let absent = reference.iter().find(|(label, _)| !keys.contains(&Key::of(label)));
            let absent = absent.map_or("", |(label, _)| label);
            return Err(lacking("every area", absent, "the reference has", "add it, or give a reference without it"));
        }
        let outcomes = (0..self.len()).filter_map(|index| {
            let crude = self.outcome(index)?;
            let expected = self.of(index).iter().zip(&rates).fold(0.0, |sum, ((_, people), rate)| {
                sum + exact::quotient(
                    u128::from(rate.count()) * u128::from(people.get()),
                    rate.population().get().into(),
                )
            });
            let label = self.areas().get(index).map_or("", Area::label);
            Some(match crude {
                Ok(rate) => rate.expecting(expected).map(Ok).map_err(|error| error.in_area(label)),
                Err(left_out) => Ok(Err(left_out)),
            })
        });
        let outcomes = outcomes.collect::<Result<Vec<_>>>()?;
        let crude = rates.into_iter().collect::<Tally>().value().unwrap_or(0.0);
        Ok(IndirectRates { strata: self.clone(), reference: reference.clone(), crude, outcomes })
    }
}

impl IndirectRates {
    /// The strata.
    #[must_use]
    pub const fn strata(&self) -> &Strata {
        &self.strata
    }

    /// The reference.
    #[must_use]
    pub const fn reference(&self) -> &ReferenceRates {
        &self.reference
    }

    /// The crude rate of the reference, per unit population.
    #[must_use]
    pub fn reference_rate(&self, per: Per) -> Reading {
        Reading::of_double(per.scale(self.crude), per)
    }

    /// The areas with their counts and populations, for a league table or a [`funnel`](crate::funnel).
    #[must_use]
    pub const fn table(&self) -> &Table {
        self.strata.table()
    }

    /// The expected counts in the order of [`IndirectRates::table`], as
    /// [`LeagueTable::funnel_expecting`](crate::LeagueTable::funnel_expecting) takes them; 0 where an area takes no part.
    #[must_use]
    pub fn expected(&self) -> Vec<f64> {
        self.outcomes.iter().map(|outcome| outcome.as_ref().map_or(0.0, |here| here.expected())).collect()
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none, [`ErrorKind::LeftOut`] with the reason where its count is not known.
    pub fn area(&self, area: &str) -> Result<IndirectRate<'_>> {
        self.strata.found(area, |index| self.outcome(index))
    }

    /// Each area in their order: its figures, or why it has none.
    pub fn areas(&self) -> impl Iterator<Item = (&Area, Result<IndirectRate<'_>, LeftOut>)> {
        self.strata.areas().iter().enumerate().filter_map(|(index, area)| Some((area, self.outcome(index)?)))
    }

    /// The areas that have figures, in their order.
    pub fn iter(&self) -> impl Iterator<Item = IndirectRate<'_>> {
        self.areas().filter_map(|(_, outcome)| outcome.ok())
    }

    fn outcome(&self, index: usize) -> Option<Result<IndirectRate<'_>, LeftOut>> {
        let area = self.strata.areas().get(index)?;
        let of = |observed| IndirectRate { area, observed, reference: self.crude };
        Some(self.outcomes.get(index)?.clone().map(of))
    }
}

each!(IndirectRates, IndirectRate<'a>);

impl<'a> IndirectRate<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// The rate of all strata together, as it is.
    #[must_use]
    pub const fn crude(&self) -> Rate {
        self.observed.rate()
    }

    /// The count beside the expected one: their ratio, its limits, its test.
    #[must_use]
    pub const fn observed(&self) -> ObservedExpected {
        self.observed
    }

    /// The indirectly standardised rate, per unit population: the ratio times the crude rate of the reference.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] where none is expected.
    pub fn per(&self, per: Per) -> Result<Reading, Undefined> {
        let ratio = self.observed.ratio()?;
        Ok(Reading::of_double(per.scale(ratio * self.reference), per))
    }

    /// The limits of the rate: those of the ratio times the crude rate of the reference.
    ///
    /// # Errors
    /// As [`IndirectRate::per`].
    pub fn limits(&self, spec: impl Into<interval::Spec>) -> Result<Limits, Undefined> {
        let ratio = self.observed.interval(spec)?;
        Ok(Limits::per_head(ratio.map(|limit| limit * self.reference)))
    }
}
