//! Directly standardised rates of every indicator.

use super::{
    kernel::{job::Count, run},
    labels::Labels,
    status::CellStatus,
    strata_counts::{Kind, StrataCounts},
    stratified::Stratified,
};
use crate::{
    base::{Error, ErrorKind, Line, Note, Result, Topic, Undefined, digits, note, row, rows, words},
    interval::Interval,
    rate::{Per, Population, Rate, Reading},
    standard::{AreaWeights, LimitsPlan, Shares, Spec, StandardPopulation, Strata, WeightedSum},
    table::LeftOut,
};
use ndarray::{Array2, ArrayView2, ArrayView3, ArrayViewMut2, Axis};
use serde::{Deserialize, Serialize};

/// The directly standardised rates of a whole [`Stratified`] panel with their limits, as arrays with a row for each area and a column for each indicator.
///
/// Each cell has the bits of [`DirectRate`](crate::standard::DirectRate).
#[derive(Clone, Debug)]
pub struct Standardised {
    strata: Strata,
    labels: Labels,
    per: Per,
    spec: Spec,
    counts: Array2<u64>,
    rates: Array2<f64>,
    lower: Array2<f64>,
    upper: Array2<f64>,
    statuses: Array2<u8>,
    notes: Vec<Note>,
}

row! {
    /// One area by one indicator, standardised; what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct StandardisedRow {
        /// The name of the area.
        area: String,
        /// The official code.
        code: Option<String>,
        /// The indicator: its name or, without names, its number from 1.
        indicator: String,
        /// The count of all strata, where those of all are known.
        count: Option<u64>,
        /// The people of all strata.
        population: Option<u64>,
        /// The rate as it is.
        crude: Option<f64>,
        /// The standardised rate.
        rate: Option<f64>,
        /// Its lower limit.
        lower: Option<f64>,
        /// Its upper limit.
        upper: Option<f64>,
        /// Why figures are missing.
        note: Option<String>,
    }
}

impl Stratified<'_> {
    /// The rates that all areas would have with the strata of a standard population, by all indicators, and their limits: a
    /// [`Confidence`](crate::Confidence), a [`Method`](crate::standard::Method) or both.
    ///
    /// With the feature `rayon` large panels use the threads of its pool; the bits are the same.
    ///
    /// # Errors
    /// As [`Strata::direct`]; [`ErrorKind::TooLarge`] with the cell where counts of an area add up to too much.
    pub fn direct(&self, standard: &StandardPopulation, per: Per, spec: impl Into<Spec>) -> Result<Standardised> {
        let (areas, _, indicators) = self.dim();
        let (spec, per) = (spec.into(), self.strata.basis().read(per));
        let shares = Shares::of(standard, &self.strata)?;
        self.check_sums()?;
        let nothing = || Array2::from_elem((areas, indicators), f64::NAN);
        let mut found = Standardised {
            strata: self.strata.clone(),
            labels: self.labels.clone(),
            per,
            spec,
            counts: Array2::zeros((areas, indicators)),
            rates: nothing(),
            lower: nothing(),
            upper: nothing(),
            statuses: Array2::zeros((areas, indicators)),
            notes: Vec::new(),
        };
        let arrays = Arrays {
            counts: found.counts.view_mut(),
            rates: found.rates.view_mut(),
            lower: found.lower.view_mut(),
            upper: found.upper.view_mut(),
            statuses: found.statuses.view_mut(),
        };
        let mask = self.mask.as_ref().map(|mask| mask.view());
        let (strata, limits) = (&self.strata, &LimitsPlan::many(spec));
        match &self.counts {
            StrataCounts(Kind::U32(counts)) => {
                Job { strata, shares, limits, per, counts: counts.view(), mask }.share(arrays, 0);
            }
            StrataCounts(Kind::U64(counts)) => {
                Job { strata, shares, limits, per, counts: counts.view(), mask }.share(arrays, 0);
            }
        }
        found.notes = found.told(standard);
        Ok(found)
    }

    /// Refuses counts of an area that add up to more than a count can be.
    fn check_sums(&self) -> Result<()> {
        let StrataCounts(Kind::U64(counts)) = &self.counts else { return Ok(()) };
        let (areas, strata, indicators) = self.dim();
        if counts.iter().all(|count| *count <= u64::MAX / strata.max(1) as u64) {
            return Ok(());
        }
        let known = |cell| self.mask.as_ref().and_then(|mask| mask.get(cell)).is_none_or(|code| *code == 0);
        for (area, at) in (0..areas).flat_map(|area| (0..indicators).map(move |at| (area, at))) {
            let mut cells = (0..strata).map(|stratum| (area, stratum, at)).filter(|cell| known(*cell));
            if cells.try_fold(0_u64, |sum, cell| sum.checked_add(counts.get(cell).copied()?)).is_none() {
                let (what, advice) = ("the sum of its counts".into(), "compare smaller areas");
                let error = Error::from(ErrorKind::TooLarge { what, value: None, most: u64::MAX.into(), advice });
                return Err(error.in_indicator(self.label(at)).in_area(self.name(area)));
            }
        }
        Ok(())
    }
}

/// What is written, for some of the areas.
struct Arrays<'a> {
    counts: ArrayViewMut2<'a, u64>,
    rates: ArrayViewMut2<'a, f64>,
    lower: ArrayViewMut2<'a, f64>,
    upper: ArrayViewMut2<'a, f64>,
    statuses: ArrayViewMut2<'a, u8>,
}

impl Arrays<'_> {
    fn split_at(self, areas: usize) -> (Self, Self) {
        let Self { counts, rates, lower, upper, statuses } = self;
        let (counts, rates) = (counts.split_at(Axis(0), areas), rates.split_at(Axis(0), areas));
        let (lower, upper) = (lower.split_at(Axis(0), areas), upper.split_at(Axis(0), areas));
        let statuses = statuses.split_at(Axis(0), areas);
        let first = Self { counts: counts.0, rates: rates.0, lower: lower.0, upper: upper.0, statuses: statuses.0 };
        (first, Self { counts: counts.1, rates: rates.1, lower: lower.1, upper: upper.1, statuses: statuses.1 })
    }
}

/// As many indicators are worked on at a time, while their sums are in the nearest cache.
const BLOCK: usize = 128;
/// As many cells take a millisecond or so.
const WORTH_A_THREAD: usize = 1 << 14;

/// What is to be worked out.
struct Job<'a, C> {
    strata: &'a Strata,
    shares: Shares,
    limits: &'a LimitsPlan,
    per: Per,
    counts: ArrayView3<'a, C>,
    mask: Option<ArrayView3<'a, u8>>,
}

impl<C: Count> Job<'_, C> {
    /// Works on the areas of these arrays, the first of which has a place, each by itself.
    fn share(&self, mut arrays: Arrays<'_>, first: usize) {
        let (areas, indicators) = arrays.rates.dim();
        if areas > 1 && areas * indicators > WORTH_A_THREAD {
            let (here, there) = arrays.split_at(areas / 2);
            run::join(|| self.share(here, first), || self.share(there, first + areas / 2));
            return;
        }
        let mut sums = Vec::with_capacity(BLOCK);
        for (place, area) in (first..first + areas).enumerate() {
            match self.strata.outcome(area) {
                Some(Ok(_)) => {
                    let weights = self.shares.weights(self.strata, area);
                    for from in (0..indicators).step_by(BLOCK) {
                        self.block(area, &weights, from, &mut sums);
                        for (sum, at) in sums.drain(..).zip(from..) {
                            self.write(sum, &mut arrays, (place, at));
                        }
                    }
                }
                _ => arrays.statuses.row_mut(place).fill(CellStatus::Excluded.code()),
            }
        }
    }

    /// The sums of the indicators of a block, with the code of the first count that is not known.
    fn block(&self, area: usize, weights: &AreaWeights, from: usize, sums: &mut Vec<(WeightedSum, u8)>) {
        let Some(counts) = self.counts.outer_iter().nth(area) else { return };
        let codes = self.mask.as_ref().and_then(|mask| mask.outer_iter().nth(area));
        sums.resize(BLOCK.min(counts.ncols() - from), (weights.sum(), 0));
        for (stratum, (weight, counts)) in weights.each().iter().zip(counts.outer_iter()).enumerate() {
            let counts = counts.to_slice().and_then(|counts| counts.get(from..)).unwrap_or_default();
            match codes.as_ref().and_then(|codes| codes.outer_iter().nth(stratum)) {
                None => sums.iter_mut().zip(counts).for_each(|((sum, _), count)| sum.add(*weight, (*count).into())),
                Some(codes) => {
                    for (((sum, code), count), here) in sums.iter_mut().zip(counts).zip(codes.iter().skip(from)) {
                        match here {
                            0 => sum.add(*weight, (*count).into()),
                            _ if *code == 0 => *code = *here,
                            _ => {}
                        }
                    }
                }
            }
        }
        for (sum, _) in sums {
            *sum = weights.finished(*sum);
        }
    }

    fn write(&self, (sum, code): (WeightedSum, u8), arrays: &mut Arrays<'_>, at: (usize, usize)) {
        let set = |to: Option<&mut f64>, value| to.into_iter().for_each(|to| *to = value);
        if code != 0 {
            arrays.statuses.get_mut(at).into_iter().for_each(|to| *to = code);
            return;
        }
        arrays.counts.get_mut(at).into_iter().for_each(|to| *to = sum.count());
        // By the rule for public-health figures there is neither without the other.
        if let Ok(limits) = self.limits.of(&sum) {
            let limits = limits.per(self.per);
            set(arrays.rates.get_mut(at), sum.per(self.per).value());
            set(arrays.lower.get_mut(at), limits.lower());
            set(arrays.upper.get_mut(at), limits.upper());
        }
    }
}

impl Standardised {
    /// What rates and limits are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// Which limits.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.spec
    }

    /// The counts of all strata together; 0 where the status is not.
    #[must_use]
    pub fn counts(&self) -> ArrayView2<'_, u64> {
        self.counts.view()
    }

    /// The standardised rates: NaN exactly where the status is not 0 and, by the public-health rule, where fewer than ten were counted.
    #[must_use]
    pub fn rates(&self) -> ArrayView2<'_, f64> {
        self.rates.view()
    }

    /// Their lower limits.
    #[must_use]
    pub fn lower(&self) -> ArrayView2<'_, f64> {
        self.lower.view()
    }

    /// Their upper limits.
    #[must_use]
    pub fn upper(&self) -> ArrayView2<'_, f64> {
        self.upper.view()
    }

    /// Codes of [`CellStatus`]: 0 where the counts of all strata are known, else that of the first that is not, or of an area that is left out.
    #[must_use]
    pub fn statuses(&self) -> ArrayView2<'_, u8> {
        self.statuses.view()
    }

    /// One rate, of an area by its name or code and an indicator by its name or, without names, by its number from 1.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] and [`ErrorKind::UnknownName`] for what is not there, [`ErrorKind::LeftOut`] and [`ErrorKind::Undefined`] with the reason for a rate that does not exist.
    pub fn rate(&self, area: &str, indicator: &str) -> Result<Reading> {
        let at = self.find(area, indicator)?;
        Ok(Reading::of_double(self.rates.get(at).copied().unwrap_or(f64::NAN), self.per))
    }

    /// Its limits.
    ///
    /// # Errors
    /// As [`Standardised::rate`].
    pub fn limits(&self, area: &str, indicator: &str) -> Result<Interval> {
        let at = self.find(area, indicator)?;
        let [lower, upper] = [&self.lower, &self.upper].map(|limits| limits.get(at).copied().unwrap_or(f64::NAN));
        Ok(Interval::new(lower, upper, self.spec.confidence()).read(self.per))
    }

    /// A row for each area by each indicator, area by area.
    pub fn rows(&self) -> impl Iterator<Item = StandardisedRow> + '_ {
        let (areas, indicators) = self.rates.dim();
        let cells = (0..areas).flat_map(move |area| (0..indicators).map(move |indicator| (area, indicator)));
        cells.filter_map(|at| self.row(at))
    }

    /// The rows as CSV with a header: every column always, empty where there is no figure.
    #[must_use]
    pub fn csv(&self) -> String {
        rows::csv(StandardisedRow::FIELDS, self.rows(), &[])
    }

    /// What has to be reported with the rates, in words.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    fn find(&self, area: &str, indicator: &str) -> Result<(usize, usize)> {
        let at = (self.strata.table().index(area)?, self.labels.find(indicator)?);
        match self.missing(at) {
            None => Ok(at),
            Some(kind) => Err(Error::from(kind).in_indicator(self.labels.label(at.1)).in_area(area)),
        }
    }

    /// Why a cell has no rate.
    fn missing(&self, at: (usize, usize)) -> Option<ErrorKind> {
        let left_out = |reason: String| Some(ErrorKind::LeftOut { reason });
        match CellStatus::from_code(self.statuses.get(at).copied()?)? {
            CellStatus::Known if self.rates.get(at)?.is_nan() => Some(ErrorKind::Undefined(Undefined::BelowTen)),
            CellStatus::Known => None,
            CellStatus::Excluded => left_out(self.strata.outcome(at.0)?.err()?.to_string()),
            other => left_out(format!("count of a stratum {other}")),
        }
    }

    fn row(&self, at: (usize, usize)) -> Option<StandardisedRow> {
        let (area, missing) = (self.strata.areas().get(at.0)?, self.missing(at));
        let known = self.statuses.get(at) == Some(&0);
        let count = self.counts.get(at).copied().filter(|_| known);
        let people = self.strata.table().population(at.0);
        let figure = |figures: &Array2<f64>| figures.get(at).copied().filter(|figure| !figure.is_nan());
        Some(StandardisedRow {
            area: area.name().into(),
            code: area.code().map(Into::into),
            indicator: self.labels.label(at.1),
            count,
            population: people.map(Population::get),
            crude: count.zip(people).map(|(count, people)| Rate::of(count, people).per(self.per).value()),
            rate: figure(&self.rates),
            lower: figure(&self.lower),
            upper: figure(&self.upper),
            note: missing.map(|kind| kind.to_string()),
        })
    }

    fn told(&self, standard: &StandardPopulation) -> Vec<Note> {
        let (areas, indicators) = self.rates.dim();
        let outcomes = || (0..areas).filter_map(|area| self.strata.outcome(area));
        let compared = outcomes().filter(Result::is_ok).count();
        let (of, by) = (words::counted(areas, "area"), words::counted(indicators, "indicator"));
        let mut notes =
            vec![Note::new(Topic::Areas, format!("{} of {of} compared by {by}.", digits::grouped(compared as u128)))];
        let excluded = self.strata.areas().iter().zip(outcomes()).filter_map(|(area, outcome)| {
            let why = outcome.err().filter(|why| matches!(why, LeftOut::Excluded(_)))?;
            Some((area.label(), why.to_string()))
        });
        notes.extend(note::left_out(excluded));
        for kind in CellStatus::ALL.into_iter().filter(|kind| ![CellStatus::Known, CellStatus::Excluded].contains(kind))
        {
            let cells = self.statuses.iter().filter(|code| **code == kind.code()).count();
            if cells > 0 {
                let cells = words::counted(cells, "cell");
                notes.push(Note::new(Topic::LeftOut, format!("Without a rate: {cells}, count of a stratum {kind}.")));
            }
        }
        let below = self.rates.iter().zip(&self.statuses).filter(|(rate, code)| rate.is_nan() && **code == 0).count();
        if below > 0 {
            let text = format!("Without a rate: {}, {}.", words::counted(below, "cell"), Undefined::BelowTen);
            notes.push(Note::new(Topic::LeftOut, text));
        }
        let strata = words::counted_as(self.strata.labels().len(), "stratum", "strata");
        let text = format!("Standardised directly to {standard} in {strata}; rates {}.", self.per);
        notes.push(Note::new(Topic::Average, text));
        let text = format!("Intervals: {}{}.", self.spec, self.spec.variation_told());
        notes.push(Note::new(Topic::Interval, text));
        notes.extend(self.strata.basis().note());
        notes
    }
}
