//! Areas by indicators.

use super::{
    counts::{self, Counts},
    labels::Labels,
    outputs::shapes_differ,
    populations::Populations,
    status::CellStatus,
};
use crate::{
    average::GroupId,
    base::{Error, ErrorKind, Result, same_length},
    rate::{Observation, Population, Rate},
    table::{Area, Areas, Basis, Given, Groupings, LeftOut, PeerGroups, Policy},
};
use ndarray::{Array2, CowArray, Ix2};
use std::{collections::BTreeMap, sync::Arc};

/// Many tables on the same areas: a count for each area and each indicator, an indicator being one offence in one period.
///
/// Compared, it gives rates, averages, deviations and ranks of all cells in one pass, with the bits that a [`Table`](crate::Table) of
/// each indicator would have. Counts and populations are borrowed where they can be.
///
/// ```
/// use crimerate::{Average, Measure, Panel, Per, ndarray::array};
///
/// let counts = array![[721_u64, 3_437], [103, 1_424], [9, 165]];
/// let panel = Panel::new(["West Midlands", "Merseyside", "Durham"], counts, [2_916_500, 1_423_100, 633_500])?
///     .with_indicators(["firearms", "knives"])?;
/// let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, [Measure::Rate, Measure::Rank]);
/// assert_eq!(format!("{:.1}", figures.array(Measure::Rate).unwrap()[[0, 1]]), "117.8");
/// assert_eq!(figures.ranks().unwrap(), array![[1, 1], [2, 2], [3, 3]]);
/// assert_eq!(figures.averages().len(), 2);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    pub(super) areas: Arc<Areas>,
    pub(super) labels: Labels,
    pub(super) counts: Counts<'a>,
    pub(super) populations: Populations<'a>,
    /// Sums of the codes of [`CellStatus`], where not all are 0; whole rows are excluded apart.
    pub(super) mask: Option<CowArray<'a, u8, Ix2>>,
    /// What suppressed counts can be at least and at most, where something is known of it.
    pub(super) ends: BTreeMap<(usize, usize), (u64, Option<u64>)>,
    pub(super) policies: BTreeMap<usize, Policy>,
    /// The figures of tables that a policy changed, as they were given: by indicator and area.
    pub(super) given: BTreeMap<(usize, usize), Given>,
    pub(super) groups: Groupings,
    pub(super) basis: Basis,
    /// The basis of each indicator, where not all have one.
    pub(super) bases: Vec<Basis>,
}

impl<'a> Panel<'a> {
    /// A panel of named areas: a row of counts and a population (or one for each period) for each.
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] without an area, [`ErrorKind::Missing`] and [`ErrorKind::Duplicate`] with the row from 1,
    /// [`ErrorKind::ShapesDiffer`] where names, counts and populations differ in number, [`ErrorKind::ZeroPopulation`]
    /// with area and row.
    pub fn new<N: Into<String>>(
        areas: impl IntoIterator<Item = N>,
        counts: impl Into<Counts<'a>>,
        populations: impl Into<Populations<'a>>,
    ) -> Result<Self> {
        let panel = Self::leaving_out(areas, counts, populations)?;
        match panel.populations.first_zero() {
            Some(area) => {
                let error = Error::from(ErrorKind::ZeroPopulation).at_row(area as u64 + 1);
                Err(error.in_area(panel.name(area)))
            }
            None => Ok(panel),
        }
    }

    /// As [`Panel::new`], but a cell without a population is left out, with its reason, where it would be refused.
    ///
    /// # Errors
    /// As [`Panel::new`] otherwise.
    pub fn leaving_out<N: Into<String>>(
        areas: impl IntoIterator<Item = N>,
        counts: impl Into<Counts<'a>>,
        populations: impl Into<Populations<'a>>,
    ) -> Result<Self> {
        let mut list = Areas::default();
        for (name, row) in areas.into_iter().zip(1..) {
            let name = name.into();
            let area = Area::new(&name, None).map_err(|error| error.at_row(row))?;
            if let Some(fault) = list.push(area, row).into_iter().next() {
                return Err(Error::from(fault).at_row(row).in_area(name));
            }
        }
        Self::of_areas(Arc::new(list), counts.into(), populations.into())
    }

    pub(crate) fn of_areas(areas: Arc<Areas>, counts: Counts<'a>, populations: Populations<'a>) -> Result<Self> {
        let (rows, columns) = counts.dim();
        let number = areas.list().len();
        if number == 0 {
            return Err(ErrorKind::NoRows.into());
        }
        same_length(number, [("count", rows)])?;
        populations.check(number, columns)?;
        let panel = Self {
            areas,
            labels: Labels::numbers(columns),
            counts,
            populations,
            mask: None,
            ends: BTreeMap::new(),
            policies: BTreeMap::new(),
            given: BTreeMap::new(),
            groups: Groupings::default(),
            basis: Basis::new(),
            bases: Vec::new(),
        };
        Ok(panel.with_zeros())
    }

    /// Marks the cells whose population is zero.
    fn with_zeros(mut self) -> Self {
        let Some(first) = self.populations.first_zero() else { return self };
        let mut mask = self.mask.take().map_or_else(|| Array2::zeros(self.dim()), CowArray::into_owned);
        for (area, mut row) in mask.outer_iter_mut().enumerate().skip(first) {
            for period in self.populations.zeros(area) {
                let cells = row.iter_mut().enumerate().filter(|(at, _)| self.populations.is_of(*at, period));
                cells.for_each(|(_, code)| *code |= CellStatus::ZeroPopulation.code());
            }
        }
        Self { mask: Some(mask.into()), ..self }
    }

    /// The panel of cells some of whose populations, zero as they stand, were not given.
    pub(crate) fn without_populations(mut self, given: impl Fn(usize, usize) -> bool) -> Self {
        if let Some(mask) = &mut self.mask {
            for (_, code) in mask.indexed_iter_mut().filter(|((area, indicator), _)| !given(*area, *indicator)) {
                *code |= CellStatus::NoPopulation.code();
            }
        }
        self.with_stated_zeros()
    }

    /// The panel with what is known of each count, as codes of [`CellStatus`]: 0 known, 1 suppressed, 2 not available, 3 blank,
    /// 4 without a record, 5 not in the table, 6 a total below zero. The count of a cell that is not known is not looked at. It is of counts as they were given: areas that
    /// are merged are merged again.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] for another shape than that of the counts, [`ErrorKind::OutOfRange`] with the cell for any
    /// other code, [`ErrorKind::Conflict`] where counts that are merged and were not known add up to too much.
    pub fn with_mask(self, mask: impl Into<CowArray<'a, u8, Ix2>>) -> Result<Self> {
        let mask = mask.into();
        let (expected, found) = (self.dim(), mask.dim());
        if found != expected {
            return Err(shapes_differ("the mask", expected, found));
        }
        for ((area, indicator), &code) in mask.indexed_iter() {
            if code > CellStatus::NegativeTotal.code() {
                let (what, range) = ("a code of a mask", "a whole number from 0 to 6");
                let error = Error::from(ErrorKind::OutOfRange { what, value: code.into(), range });
                return Err(error.in_area(self.name(area)).in_indicator(self.label(indicator)));
            }
        }
        let mut mask = counts::side_by_side(mask);
        let (panel, merged) = self.unmerged();
        if let Some(old) = &panel.mask {
            // What is known of populations stays.
            for (code, old) in mask.iter_mut().zip(old) {
                *code |= old & !15;
            }
        }
        let mut panel = Self { mask: Some(mask), ends: BTreeMap::new(), ..panel }.with_stated_zeros();
        let mut given = std::mem::take(&mut panel.given);
        for ((at, area), (count, _)) in &mut given {
            *count = panel.observation(*area, *at).unwrap_or(*count);
        }
        panel.given = given;
        merged.into_iter().try_fold(panel, |panel, (area, policy)| panel.apply(&area, policy))
    }

    /// The panel with names for its indicators, such as `burglary, March 2020`.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] where there are not as many as indicators, [`ErrorKind::Duplicate`].
    pub fn with_indicators<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Result<Self> {
        let labels = self.labels.clone().named(names)?;
        Ok(Self { labels, ..self })
    }

    /// The panel with what it rests on, to be reported with every answer.
    #[must_use]
    pub fn with_basis(self, basis: Basis) -> Self {
        // Populations in person-months stay so, whatever is told of them.
        let bases = self.bases.iter().map(|own| basis.clone().on_exposure_of(own)).collect();
        Self { basis: basis.on_exposure_of(&self.basis), bases, ..self }
    }

    /// The panel with peer groups, for averages that are over an area's own group.
    ///
    /// # Errors
    /// As [`Table::with_groups`](crate::Table::with_groups).
    pub fn with_groups(mut self, groups: PeerGroups) -> Result<Self> {
        self.groups.push(groups, &self.areas)?;
        Ok(self)
    }

    /// The peer groups of this name, for [`Average::over`](crate::Average::over).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] where the panel has none.
    pub fn group(&self, name: &str) -> Result<GroupId> {
        self.groups.find(name)
    }

    /// Marks zero populations, but not those that are not given at all.
    pub(super) fn with_stated_zeros(self) -> Self {
        let mut panel = self.with_zeros();
        if let Some(mask) = &mut panel.mask {
            for code in mask.iter_mut().filter(|code| **code & CellStatus::NoPopulation.code() != 0) {
                *code &= !CellStatus::ZeroPopulation.code();
            }
        }
        panel
    }

    /// How many areas there are, those left out among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.list().len()
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.indicators() == 0
    }

    /// How many indicators there are.
    #[must_use]
    pub fn indicators(&self) -> usize {
        self.dim().1
    }

    /// How many areas and how many indicators.
    #[must_use]
    pub fn dim(&self) -> (usize, usize) {
        self.counts.dim()
    }

    /// The areas in their order.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        self.areas.list()
    }

    /// The place of an area, from 0, by its name or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none.
    pub fn index(&self, area: &str) -> Result<usize> {
        self.areas.find(area).ok_or_else(|| self.areas.unknown(area))
    }

    /// The name of an indicator or, without names, its number from 1.
    #[must_use]
    pub fn label(&self, indicator: usize) -> String {
        self.labels.label(indicator)
    }

    /// What is known of a cell; `None` beyond the last.
    #[must_use]
    pub fn cell(&self, area: usize, indicator: usize) -> Option<CellStatus> {
        self.counts.get(area, indicator)?;
        let excluded = if self.takes_part(area) { 0 } else { CellStatus::Excluded.code() };
        CellStatus::from_code(self.code(area, indicator) | excluded)
    }

    /// What is known of the count of a cell; `None` beyond the last.
    #[must_use]
    pub fn observation(&self, area: usize, indicator: usize) -> Option<Observation> {
        let count = self.counts.get(area, indicator)?;
        let ends = self.ends.get(&(area, indicator)).copied().unwrap_or_default();
        Some(CellStatus::observation(self.code(area, indicator), count, ends))
    }

    /// The population of a cell; `None` beyond the last and where there is none.
    #[must_use]
    pub fn population(&self, area: usize, indicator: usize) -> Option<Population> {
        Population::new(self.stated_population(area, indicator)?).ok()
    }

    /// The rate of a cell, or why it takes no part; `None` beyond the last.
    #[must_use]
    pub fn rate(&self, area: usize, indicator: usize) -> Option<Result<Rate, LeftOut>> {
        let (observation, people) = self.figures(area, indicator)?;
        Some(LeftOut::or_rate(self.policies.get(&area), observation, people))
    }

    /// What the panel rests on, as far as it was given and is the same for all indicators.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Count and population of a cell, as a table has them.
    pub(super) fn figures(&self, area: usize, indicator: usize) -> Option<Given> {
        Some((self.observation(area, indicator)?, self.stated_population(area, indicator)))
    }

    /// Gives an area other figures, one for each indicator. Whether a population is given may differ between the indicators of a
    /// period, but not what it is.
    pub(super) fn set_figures(&mut self, area: usize, figures: &[Given]) {
        self.counts.set(area, figures.iter().map(|(count, _)| count.known()));
        self.populations.set(area, figures.iter().map(|(_, people)| *people));
        let mut mask = self.mask.take().unwrap_or_else(|| Array2::zeros(self.dim()).into());
        for ((at, code), (count, people)) in mask.row_mut(area).iter_mut().enumerate().zip(figures) {
            *code = CellStatus::of(*count).code() | CellStatus::of_population(*people);
            match count {
                Observation::Suppressed { at_least, at_most } => {
                    self.ends.insert((area, at), (*at_least, *at_most));
                }
                _ => {
                    self.ends.remove(&(area, at));
                }
            }
        }
        self.mask = mask.iter().any(|code| *code != 0).then_some(mask);
    }

    fn code(&self, area: usize, indicator: usize) -> u8 {
        self.mask.as_ref().and_then(|mask| mask.get((area, indicator))).copied().unwrap_or(0)
    }

    /// The population as it was given, zero included; `None` where it was not.
    pub(super) fn stated_population(&self, area: usize, indicator: usize) -> Option<u64> {
        let people = self.populations.get(area, indicator)?;
        (self.code(area, indicator) & CellStatus::NoPopulation.code() == 0).then_some(people)
    }

    pub(super) fn name(&self, area: usize) -> &str {
        self.areas().get(area).map_or("", Area::label)
    }
}
