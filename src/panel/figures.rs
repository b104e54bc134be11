//! The arrays that a comparison of a panel gives.

use super::{compare::Workspace, labels::Labels, outputs::Outputs, panel::Panel, status::CellStatus};
use crate::{
    average::Rule,
    base::{Error, ErrorKind, Note, Result, Undefined},
    league::{Compare, Measure, Ties},
    rate::Per,
    table::{Area, Areas, Basis, Groups, LeftOut},
};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, CowArray};
use std::{collections::BTreeMap, sync::Arc};

/// What a comparison of a [`Panel`] gives: an array for each measure that was asked for, and for each indicator its average,
/// the mean and the standard deviation of its rates.
///
/// Arrays of cells have a row for each area and a column for each indicator. Where a figure does not exist it is NaN, and
/// a rank 0; [`Figures::get`] says why.
#[derive(Clone, Debug)]
pub struct Figures {
    areas: Arc<Areas>,
    labels: Labels,
    how: Compare,
    per: Per,
    cells: [Option<Array2<f64>>; Measure::CELLS],
    ranks: Option<Array2<u32>>,
    averages: Array1<f64>,
    means: Array1<f64>,
    deviations: Array1<f64>,
    statuses: Array1<u8>,
    codes: Option<Array2<u8>>,
    /// Why whole areas take no part, by their places.
    left_out: BTreeMap<usize, LeftOut>,
    groups: Option<Arc<Groups>>,
    /// The averages of the cells, where they are over groups and were not asked for.
    own: Option<Array2<f64>>,
    notes: Vec<Note>,
    basis: Basis,
}

impl Panel<'_> {
    /// Compares all areas by all indicators.
    ///
    /// Only the measures that are asked for are worked out, all in one pass. With the feature `rayon` large panels use the
    /// threads of its pool; the bits are the same.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>, per: Per, measures: impl IntoIterator<Item = Measure>) -> Figures {
        let (how, dim, columns) = (how.into(), self.dim(), self.indicators());
        let measures: Vec<Measure> = measures.into_iter().collect();
        let mut figures = Figures {
            areas: self.areas.clone(),
            labels: self.labels.clone(),
            how,
            per,
            cells: Default::default(),
            ranks: None,
            averages: Array1::zeros(columns),
            means: Array1::zeros(columns),
            deviations: Array1::zeros(columns),
            statuses: Array1::zeros(columns),
            codes: self.codes(),
            left_out: self.policies.iter().filter_map(|(area, policy)| Some((*area, LeftOut::by(policy)?))).collect(),
            groups: self.groups.get(how.average().over_which()).cloned(),
            own: None,
            notes: self.notes(how, per, &measures),
            basis: self.basis.clone(),
        };
        for measure in measures {
            match figures.cells.get_mut(measure as usize) {
                Some(cells) => *cells = Some(Array2::zeros(dim)),
                None => figures.ranks = Some(Array2::zeros(dim)),
            }
        }
        let mut outputs = Outputs::new()
            .averages(figures.averages.view_mut())
            .means(figures.means.view_mut())
            .deviations(figures.deviations.view_mut())
            .statuses(figures.statuses.view_mut());
        for (measure, cells) in Measure::ALL.iter().zip(&mut figures.cells) {
            if let Some(cells) = cells {
                outputs = outputs.cells(*measure, cells.view_mut());
            }
        }
        if outputs.cells.get(Measure::Average as usize).is_some_and(Option::is_none)
            && !how.average().over_which().is_everyone()
        {
            let own = figures.own.insert(Array2::zeros(dim));
            outputs = outputs.average(own.view_mut());
        }
        if let Some(ranks) = &mut figures.ranks {
            outputs = outputs.ranks(ranks.view_mut());
        }
        // Arrays that were made for the panel fit it.
        let _ = self.compare_into(how, per, outputs, &mut Workspace::new());
        figures
    }

    /// The codes of all cells, exclusions included; none where every cell takes part.
    fn codes(&self) -> Option<Array2<u8>> {
        if self.mask.is_none() && (0..self.len()).all(|area| self.takes_part(area)) {
            return None;
        }
        let mut codes = self.mask.as_ref().map_or_else(|| Array2::zeros(self.dim()), CowArray::to_owned);
        for (_, row) in codes.outer_iter_mut().enumerate().filter(|(area, _)| !self.takes_part(*area)) {
            for code in row {
                *code |= CellStatus::Excluded.code();
            }
        }
        Some(codes)
    }
}

impl Figures {
    /// How the panel was compared.
    #[must_use]
    pub const fn how(&self) -> Compare {
        self.how
    }

    /// What rates, limits, averages and differences are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The areas, a row of each array for each.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        self.areas.list()
    }

    /// The indicators, a column of each array for each: their names or, without names, their numbers from 1.
    pub fn indicators(&self) -> impl ExactSizeIterator<Item = String> + '_ {
        (0..self.averages.len()).map(|indicator| self.labels.label(indicator))
    }

    /// A measure of each area by each indicator, area by area, or why there is none.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, ndarray::array};
    ///
    /// let panel = Panel::new(["A", "B"], array![[30_u64, 4], [20, 9]], [1_000, 2_000])?.with_indicators(["arson", "theft"])?;
    /// let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    /// let high: Vec<_> = figures.iter(Measure::Rate).filter(|(.., rate)| rate.as_ref().is_ok_and(|rate| *rate > 5.0)).collect();
    /// assert_eq!(high.iter().map(|(area, indicator, _)| (area.name(), indicator.as_str())).collect::<Vec<_>>(), [("A", "arson"), ("B", "arson")]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    pub fn iter(&self, measure: Measure) -> impl Iterator<Item = (&Area, String, Result<f64>)> {
        self.areas().iter().enumerate().flat_map(move |(place, area)| {
            self.indicators().enumerate().map(move |(at, indicator)| (area, indicator, self.at(measure, place, at)))
        })
    }

    /// What the panel's figures rest on.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// The place of an area, by its name or else its code.
    pub(crate) fn index(&self, area: &str) -> Result<usize> {
        self.areas.find(area).ok_or_else(|| self.areas.unknown(area))
    }

    pub(crate) fn groups(&self) -> Option<&Groups> {
        self.groups.as_deref()
    }

    /// The average that a cell is compared with, where it is at hand.
    pub(crate) fn average_of(&self, area: usize, indicator: usize) -> Option<f64> {
        let average = self.how.average();
        let shared = average.over_which().is_everyone() && average.with_self();
        let own = self.array(Measure::Average).or(self.own.as_ref().map(|own| own.view()));
        let value = own.and_then(|own| own.get((area, indicator)).copied());
        value.or_else(|| self.averages.get(indicator).copied().filter(|_| shared)).filter(|value| value.is_finite())
    }

    /// Whether they are of this panel's areas and indicators.
    pub(super) fn are_of(&self, panel: &Panel<'_>) -> bool {
        let same = self.areas().len() == panel.len() && self.averages.len() == panel.indicators();
        let named = self.areas().iter().zip(panel.areas()).all(|(own, its)| own == its);
        same && named && (0..panel.indicators()).all(|at| self.labels.label(at) == panel.label(at))
    }

    /// One measure of all cells; `None` where it was not asked for, and for ranks, which are [`Figures::ranks`].
    #[must_use]
    pub fn array(&self, measure: Measure) -> Option<ArrayView2<'_, f64>> {
        self.cells.get(measure as usize)?.as_ref().map(|cells| cells.view())
    }

    /// The ranks of all cells, where they were asked for: 0 where there is none, and doubled for [`Ties::Average`], so that
    /// 2.5 is 5.
    #[must_use]
    pub fn ranks(&self) -> Option<ArrayView2<'_, u32>> {
        self.ranks.as_ref().map(|ranks| ranks.view())
    }

    /// For each indicator the average of all areas that take part.
    #[must_use]
    pub fn averages(&self) -> ArrayView1<'_, f64> {
        self.averages.view()
    }

    /// For each indicator the mean of the rates.
    #[must_use]
    pub fn means(&self) -> ArrayView1<'_, f64> {
        self.means.view()
    }

    /// For each indicator the standard deviation (n - 1) of the rates.
    #[must_use]
    pub fn deviations(&self) -> ArrayView1<'_, f64> {
        self.deviations.view()
    }

    /// For each indicator why there is no z, as an [`Undefined::code`]; 0 where there is.
    #[must_use]
    pub fn statuses(&self) -> ArrayView1<'_, u8> {
        self.statuses.view()
    }

    /// For each cell what is known of it, as a sum of codes of [`CellStatus`]; `None` where every cell takes part.
    #[must_use]
    pub fn codes(&self) -> Option<ArrayView2<'_, u8>> {
        self.codes.as_ref().map(|codes| codes.view())
    }

    /// One figure of one area (by its name, or else its code) by one indicator (by its name or, without names, by its number
    /// from 1).
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, Undefined, ndarray::array};
    ///
    /// let panel = Panel::new(["A", "B"], array![[0_u64, 4], [0, 9]], [1_000, 2_000])?.with_indicators(["arson", "theft"])?;
    /// let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Ratio]);
    /// assert_eq!(format!("{:.2}", figures.get(Measure::Ratio, "A", "theft")?), "0.92");
    /// let error = figures.get(Measure::Ratio, "A", "arson").unwrap_err();
    /// assert_eq!(error.to_string(), "A: indicator arson: the average is zero, so the figure does not exist");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`], [`ErrorKind::UnknownName`] and [`ErrorKind::NotAsked`] for what is not there,
    /// [`ErrorKind::LeftOut`] and [`ErrorKind::Undefined`] with the reason for a figure that does not exist.
    pub fn get(&self, measure: Measure, area: &str, indicator: &str) -> Result<f64> {
        self.at(measure, self.index(area)?, self.labels.find(indicator)?)
    }

    /// The same of an area and an indicator by their places, from 0.
    ///
    /// # Errors
    /// As [`Figures::get`].
    pub fn at(&self, measure: Measure, area: usize, indicator: usize) -> Result<f64> {
        let none = |what, number, size| Error::from(ErrorKind::UnknownNumber { what, number: number as u64, size });
        let areas = self.areas.list();
        let name = areas.get(area).map(Area::name).ok_or_else(|| none("area", area, areas.len()))?;
        if indicator >= self.averages.len() {
            return Err(none("indicator", indicator, self.averages.len()));
        }
        let here = |kind: ErrorKind| Error::from(kind).in_area(name).in_indicator(self.labels.label(indicator));
        let at = (area, indicator);
        let code = self.codes.as_ref().and_then(|codes| codes.get(at)).copied().unwrap_or(0);
        let cell = CellStatus::from_code(code).unwrap_or(CellStatus::Known);
        let value = match measure {
            Measure::Rank => self.ranks.as_ref().and_then(|ranks| ranks.get(at)).map(|rank| {
                let rank = f64::from(*rank);
                if self.how.ties() == Ties::Average { rank / 2.0 } else { rank }
            }),
            _ => self.array(measure).and_then(|cells| cells.get(at).copied()),
        };
        match value {
            None => Err(ErrorKind::NotAsked { measure: measure.name() }.into()),
            Some(_) if cell != CellStatus::Known => {
                let reason = self.left_out.get(&area).map_or_else(|| cell.to_string(), ToString::to_string);
                Err(here(ErrorKind::LeftOut { reason }))
            }
            Some(value) if value.is_nan() => Err(here(ErrorKind::Undefined(self.reason(measure, area, indicator)))),
            Some(value) => Ok(value),
        }
    }

    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The cells whose z is farthest from 0 on either side, the farthest first: at most k of them, each with its area, the name of
    /// its indicator and its z. Of equal ones those of earlier areas, then of earlier indicators, come first; cells without z take
    /// no part.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, ndarray::array};
    ///
    /// let counts = array![[30_u64, 4], [20, 90], [25, 8], [24, 7]];
    /// let panel = Panel::new(["A", "B", "C", "D"], counts, [1_000, 1_000, 1_000, 1_000])?.with_indicators(["arson", "theft"])?;
    /// let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Z]);
    /// let (area, offence, z) = figures.extremes(1)?.remove(0);
    /// assert_eq!(format!("{area}, {offence}: {z:.2}"), "B, theft: 1.50");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NotAsked`] where [`Measure::Z`] was not asked for.
    pub fn extremes(&self, k: usize) -> Result<Vec<(&Area, String, f64)>> {
        let cells = self.array(Measure::Z).ok_or(ErrorKind::NotAsked { measure: Measure::Z.name() })?;
        let mut found: Vec<(f64, usize, usize)> = Vec::with_capacity(k.min(cells.len()));
        for ((area, indicator), &z) in cells.indexed_iter().filter(|(_, z)| !z.is_nan()) {
            let full = found.len() >= k;
            if full && found.last().is_none_or(|last| z.abs() <= last.0.abs()) {
                continue;
            }
            let place = found.partition_point(|other| other.0.abs() >= z.abs());
            found.truncate(if full { k - 1 } else { found.len() });
            found.insert(place, (z, area, indicator));
        }
        let named = |(z, area, at): (f64, usize, usize)| Some((self.areas.list().get(area)?, self.labels.label(at), z));
        Ok(found.into_iter().filter_map(named).collect())
    }

    fn reason(&self, measure: Measure, area: usize, indicator: usize) -> Undefined {
        if measure == Measure::Z {
            let status = self.statuses.get(indicator).copied().unwrap_or(0);
            return Undefined::from_code(status).unwrap_or(Undefined::TooFew);
        }
        if !self.how.average().over_which().is_everyone() {
            let own = self.array(Measure::Average).or(self.own.as_ref().map(|own| own.view()));
            let own = own.and_then(|own| own.get((area, indicator)).copied());
            return match self.groups.as_ref().and_then(|groups| groups.of(area)) {
                None => Undefined::NoGroup,
                Some(_) if own == Some(0.0) => Undefined::ZeroAverage,
                Some(_) => Undefined::NoAverage,
            };
        }
        // An average of any area at all is missing its value only where it is zero.
        let known = match &self.codes {
            Some(codes) => codes
                .columns()
                .into_iter()
                .nth(indicator)
                .map_or(0, |column| column.iter().filter(|code| **code == CellStatus::Known.code()).count()),
            None => self.areas.list().len(),
        };
        let averaged = known.saturating_sub(usize::from(!self.how.average().with_self()));
        let fixed = matches!(self.how.average().rule(), Rule::Fixed(_));
        if averaged > 0 || fixed { Undefined::ZeroAverage } else { Undefined::NoAverage }
    }
}
