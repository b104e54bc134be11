//! Standardised rates as rows and notes, with the crude rank beside the other.

use super::{
    super::{ranking::Ranking, ties::Ties},
    rates::{By, Here, Rates},
    row::StandardisedRow,
    told::TOO_SHORT,
};
use crate::{
    base::{Result, report},
    interval::{self, Confidence},
    rate::{Observation, Order, Per, Rate, Reading},
    standard::{self, DirectRates, IndirectRates, Strata},
    table::{Area, LeftOut},
};

/// Standardised rates read per unit population and ranked, each area's crude rate and crude rank beside its standardised ones: rows and notes that
/// print, and that serialise and read back.
///
/// How much the standard matters is how far areas move between the two ranks, and the notes say who does. Read back, all figures are
/// worked out again from the strata that travel with them.
///
/// ```
/// use crimerate::{Per, standard::{StandardPopulation, Strata}};
///
/// let strata = Strata::from_rows([
///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 90_000), ("Inland", "65+", 4, 10_000),
/// ])?;
/// let report = strata.direct(&StandardPopulation::pooled(&strata)?)?.report(Per::THOUSAND);
/// let coast = report.area("Coast")?;
/// assert_eq!((coast.rank.unwrap().value(), coast.crude_rank.unwrap().value()), (1.0, 2.0));
/// assert!(report.to_string().contains("Places: 2 of 2 areas have another rank than by crude rates"), "{report}");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StandardisedReport {
    pub(super) rates: Rates,
    pub(super) per: Per,
    pub(super) order: Order,
    pub(super) ties: Ties,
    pub(super) rows: Vec<StandardisedRow>,
}

impl DirectRates {
    /// The rates read per unit population and ranked, the highest first, with Dobson's limits at 95 %.
    #[must_use]
    pub fn report(&self, per: Per) -> StandardisedReport {
        let rates = Rates::Direct(self.clone(), standard::Spec::default());
        StandardisedReport::of(rates, per, Order::default(), Ties::default())
    }
}

impl IndirectRates {
    /// The rates read per unit population and ranked, the highest first, with exact limits at 95 %.
    #[must_use]
    pub fn report(&self, per: Per) -> StandardisedReport {
        let rates = Rates::Indirect(self.clone(), interval::Spec::default());
        StandardisedReport::of(rates, per, Order::default(), Ties::default())
    }
}

impl StandardisedReport {
    fn of(rates: Rates, per: Per, order: Order, ties: Ties) -> Self {
        let per = rates.strata().basis().read(per);
        let rows = ranked_rows(&rates, per, order, ties);
        Self { rates, per, order, ties, rows }
    }

    /// With these limits of directly standardised rates; indirectly standardised ones stay as they are.
    #[must_use]
    pub fn with_limits(self, spec: impl Into<standard::Spec>) -> Self {
        let rates = match self.rates {
            Rates::Direct(rates, _) => Rates::Direct(rates, spec.into()),
            other @ Rates::Indirect(..) => other,
        };
        Self::of(rates, self.per, self.order, self.ties)
    }

    /// With these limits of observed over expected counts; directly standardised rates stay as they are.
    #[must_use]
    pub fn with_interval(self, spec: impl Into<interval::Spec>) -> Self {
        let rates = match self.rates {
            Rates::Indirect(rates, _) => Rates::Indirect(rates, spec.into()),
            other @ Rates::Direct(..) => other,
        };
        Self::of(rates, self.per, self.order, self.ties)
    }

    /// With this end of the ranking first.
    #[must_use]
    pub fn with_order(self, order: Order) -> Self {
        Self::of(self.rates, self.per, order, self.ties)
    }

    /// With this rule for equal rates.
    #[must_use]
    pub fn with_ties(self, ties: Ties) -> Self {
        Self::of(self.rates, self.per, self.order, ties)
    }

    /// What the rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// Which end has rank 1.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// What equal rates get.
    #[must_use]
    pub const fn ties(&self) -> Ties {
        self.ties
    }

    /// Which limits directly standardised rates have.
    #[must_use]
    pub const fn limits(&self) -> Option<standard::Spec> {
        match &self.rates {
            Rates::Direct(_, limits) => Some(*limits),
            Rates::Indirect(..) => None,
        }
    }

    /// Which limits observed over expected counts have.
    #[must_use]
    pub const fn interval(&self) -> Option<interval::Spec> {
        match &self.rates {
            Rates::Indirect(_, limits) => Some(*limits),
            Rates::Direct(..) => None,
        }
    }

    /// The level of its limits.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        match &self.rates {
            Rates::Direct(_, limits) => limits.confidence(),
            Rates::Indirect(_, limits) => limits.confidence(),
        }
    }

    /// The strata behind them.
    #[must_use]
    pub const fn strata(&self) -> &Strata {
        self.rates.strata()
    }

    /// What areas are held against in pictures: the rate of all together, standardised alike ([`DirectRates::together`]) or, of indirect
    /// standardisation, the crude rate of the reference.
    #[must_use]
    pub fn whole(&self) -> Option<Reading> {
        match &self.rates {
            Rates::Direct(rates, _) => rates.together(self.per),
            Rates::Indirect(rates, _) => Some(rates.reference_rate(self.per)),
        }
    }

    /// Whether rates are standardised directly.
    #[must_use]
    pub const fn is_direct(&self) -> bool {
        matches!(self.rates, Rates::Direct(..))
    }

    /// The row of an area by its name, or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
    pub fn area(&self, area: &str) -> Result<StandardisedRow> {
        let table = self.strata().table();
        self.rows.get(table.index(area)?).cloned().ok_or_else(|| table.unknown(area))
    }

    /// The rows of the areas whose place by the standardised rate is another than by the crude one, in the order of the strata.
    pub fn moved(&self) -> impl Iterator<Item = &StandardisedRow> {
        self.rows.iter().filter(|row| row.rank != row.crude_rank)
    }
}

report! {
    StandardisedReport of kept StandardisedRow: "A row for every area, in the order of the strata; areas without a rate keep theirs, with a note.";
    written as |it| {
        per: Per = it.per,
        by: By = it.rates.by(),
        #[serde(default)]
        order: Order = it.order,
        #[serde(default)]
        ties: Ties = it.ties,
    } rows {
        strata: Strata = it.strata().clone(),
    }
    read as |written, _| Ok(Self::of(Rates::again(&written.strata, written.by)?, written.per, written.order, written.ties))
}

fn ranked_rows(rates: &Rates, per: Per, order: Order, ties: Ties) -> Vec<StandardisedRow> {
    let each = rates.each(per);
    let taking: Vec<(f64, Rate)> = each
        .iter()
        .filter_map(|here| here.as_ref().ok().and_then(|here| Some((here.outcome.as_ref().ok()?.rate, here.crude))))
        .collect();
    let (values, crude): (Vec<f64>, Vec<Rate>) = taking.into_iter().unzip();
    let (ranking, crude) = (Ranking::of_finite(&values, order, ties), Ranking::new(&crude, order, ties));
    let (table, mut places) = (rates.strata().table(), 0..);
    let row = |(index, here): (usize, Result<Here<'_>, (&Area, LeftOut)>)| {
        let (area, crude_rate, figures, note) = match here {
            Ok(Here { area, crude, outcome }) => {
                let lopsided = outcome.as_ref().is_ok_and(|figures| figures.lopsided);
                let reason = outcome.as_ref().err().map(ToString::to_string);
                let note = reason.or_else(|| lopsided.then(|| TOO_SHORT.to_owned()));
                (area, Some(crude), outcome.ok(), note)
            }
            Err((area, left_out)) => (area, None, None, Some(left_out.to_string())),
        };
        let place = figures.and_then(|_| places.next());
        let observed = figures.and_then(|figures| figures.observed);
        let finite = |limit: f64| Some(limit).filter(|limit| limit.is_finite());
        StandardisedRow {
            area: area.name().into(),
            code: area.code().map(Into::into),
            count: table.observation(index).and_then(Observation::known),
            population: table.stated_population(index),
            crude: crude_rate.map(|rate| rate.per(per).value()),
            rate: figures.map(|figures| figures.rate),
            lower: figures.map(|figures| figures.limits.lower()),
            upper: figures.and_then(|figures| finite(figures.limits.upper())),
            expected: observed.map(|(expected, ..)| expected),
            ratio: observed.map(|(_, ratio, _)| ratio),
            ratio_lower: observed.map(|(.., limits)| limits.lower()),
            ratio_upper: observed.and_then(|(.., limits)| finite(limits.upper())),
            rank: place.and_then(|place| ranking.rank(place)),
            crude_rank: place.and_then(|place| crude.rank(place)),
            note,
        }
    };
    each.into_iter().enumerate().map(row).collect()
}
