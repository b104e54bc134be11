//! Areas by strata by indicators.

use super::{counts::side_by_side, labels::Labels, status::CellStatus, strata_counts::StrataCounts};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::Observation,
    standard::{StandardPopulation, Strata},
    table::{Area, Basis},
};
use ndarray::{Array2, ArrayView2, CowArray, Ix3};

/// Many indicators of the same areas by the same strata, to be standardised at once: a count for each area, stratum and indicator, and the people of
/// each area and stratum.
///
/// Each indicator is a [`Strata`] of its own ([`Stratified::indicator`]), and standardised in bulk has its bits.
///
/// ```
/// use crimerate::{Confidence, Per, ndarray::array, panel::Stratified, standard::StandardPopulation};
///
/// // Two areas by two age bands by two offences.
/// let counts = array![[[90_u32, 31], [20, 4]], [[120, 30], [10, 9]]];
/// let people = array![[60_000_u64, 40_000], [80_000, 20_000]];
/// let panel = Stratified::new(["Coast", "Inland"], ["0-64", "65+"], counts, people.view())?.with_indicators(["arson", "theft"])?;
/// let rates = panel.direct(&panel.pooled()?, Per::THOUSAND, Confidence::P95)?;
/// assert_eq!(format!("{:.2}", rates.rate("Coast", "arson")?), "1.20 per 1,000");
/// assert_eq!(format!("{:.2}", rates.limits("Coast", "arson")?), "0.98 to 1.45 per 1,000");
/// let alone = panel.indicator("arson")?;
/// let alone = alone.direct(&StandardPopulation::pooled(&alone)?)?;
/// assert_eq!(rates.rates()[(0, 0)], alone.area("Coast")?.per(Per::THOUSAND).value());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stratified<'a> {
    /// Areas, strata and people, with no counts.
    pub(super) strata: Strata,
    pub(super) labels: Labels,
    pub(super) counts: StrataCounts<'a>,
    /// Codes of what is known of each count, where not all are.
    pub(super) mask: Option<CowArray<'a, u8, Ix3>>,
}

impl<'a> Stratified<'a> {
    /// Of arrays: counts of areas by strata by indicators, people of areas by strata.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] where an array has another shape than the names; what [`Strata::from_arrays`] refuses in areas, strata and people.
    pub fn new<A: Into<String>, S: Into<String>>(
        areas: impl IntoIterator<Item = A>,
        strata: impl IntoIterator<Item = S>,
        counts: impl Into<StrataCounts<'a>>,
        populations: ArrayView2<'_, u64>,
    ) -> Result<Self> {
        let counts = counts.into();
        let areas: Vec<String> = areas.into_iter().map(Into::into).collect();
        let strata: Vec<String> = strata.into_iter().map(Into::into).collect();
        let (rows, columns, indicators) = counts.dim();
        let expected = vec![areas.len(), strata.len(), indicators];
        let found = vec![rows, columns, indicators];
        if found != expected {
            let (what, axes) = ("the counts", "areas x strata x indicators");
            return Err(ErrorKind::ShapesDiffer { what, axes, expected, found }.into());
        }
        let none = Array2::zeros((rows, columns));
        let strata = Strata::from_arrays(areas, strata, none.view(), populations)?;
        Ok(Self { strata, labels: Labels::numbers(indicators), counts, mask: None })
    }

    /// With what is known of each count, as codes of [`CellStatus`] from 0 (known) to 6 (a total below zero). A count that is not known is not looked at, and its area has no rate
    /// by its indicator.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] for another shape than that of the counts, [`ErrorKind::OutOfRange`] with the cell for any other code.
    pub fn with_mask(self, mask: impl Into<CowArray<'a, u8, Ix3>>) -> Result<Self> {
        let mask = side_by_side(mask.into());
        let (expected, found) = (self.counts.dim(), mask.dim());
        if found != expected {
            let (what, axes) = ("the mask", "areas x strata x indicators");
            let shape = |(areas, strata, indicators)| vec![areas, strata, indicators];
            let (expected, found) = (shape(expected), shape(found));
            return Err(ErrorKind::ShapesDiffer { what, axes, expected, found }.into());
        }
        if let Some(((area, stratum, indicator), code)) =
            mask.indexed_iter().find(|(_, code)| **code > CellStatus::NegativeTotal.code())
        {
            let (what, range) = ("a code of a mask", "a whole number from 0 to 6");
            let error = Error::from(ErrorKind::OutOfRange { what, value: (*code).into(), range });
            let stratum = self.strata.labels().get(stratum).cloned().unwrap_or_default();
            return Err(error.in_stratum(stratum).in_indicator(self.labels.label(indicator)).in_area(self.name(area)));
        }
        Ok(Self { mask: Some(mask), ..self })
    }

    /// With names for its indicators.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] where there are not as many as indicators, [`ErrorKind::Duplicate`].
    pub fn with_indicators<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Result<Self> {
        Ok(Self { labels: self.labels.named(names)?, ..self })
    }

    /// With an area left out of everything, and why.
    ///
    /// # Errors
    /// As [`Strata::exclude`].
    pub fn exclude(self, area: &str, reason: impl Into<String>) -> Result<Self> {
        Ok(Self { strata: self.strata.exclude(area, reason)?, ..self })
    }

    /// With what the figures rest on, to be reported with every answer.
    #[must_use]
    pub fn with_basis(self, basis: Basis) -> Self {
        Self { strata: self.strata.with_basis(basis), ..self }
    }

    /// The areas in their order.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        self.strata.areas()
    }

    /// The strata, as they were first spelt.
    #[must_use]
    pub fn strata(&self) -> &[String] {
        self.strata.labels()
    }

    /// How many areas, strata and indicators.
    #[must_use]
    pub fn dim(&self) -> (usize, usize, usize) {
        self.counts.dim()
    }

    /// The name of an indicator or, without names, its number from 1.
    #[must_use]
    pub fn label(&self, indicator: usize) -> String {
        self.labels.label(indicator)
    }

    /// The people of all areas that are not left out, stratum by stratum: one standard for all indicators. That of one indicator alone
    /// ([`StandardPopulation::pooled`]) is without areas whose counts are not known by it.
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] where every area is left out.
    pub fn pooled(&self) -> Result<StandardPopulation> {
        StandardPopulation::pooled(&self.strata)
    }

    /// One indicator by its name (or, without names, by its number from 1), for its report, its league table, indirect rates and ratios.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] where there is none, [`ErrorKind::TooLarge`] where counts of an area add up to too much.
    pub fn indicator(&self, name: &str) -> Result<Strata> {
        let at = self.labels.find(name)?;
        let (areas, strata, _) = self.dim();
        let counts = (0..areas).flat_map(|area| (0..strata).map(move |stratum| (area, stratum, at)));
        self.strata.with_counts(counts.map(|cell| self.observation(cell)).collect())
    }

    fn observation(&self, cell: (usize, usize, usize)) -> Observation {
        let code = self.mask.as_ref().and_then(|mask| mask.get(cell)).copied().unwrap_or(0);
        CellStatus::observation(code, self.counts.get(cell).unwrap_or(0), (0, None))
    }

    pub(super) fn name(&self, area: usize) -> &str {
        self.areas().get(area).map_or("", Area::label)
    }
}
