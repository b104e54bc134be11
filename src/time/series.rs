//! Areas by periods.
//!
//! Every period from the first to the last has its place, also one that no row has, so that a gap is seen where it is and never
//! closed up. Exposure is people times months wherever periods are added up: the sums stay whole numbers.

use super::cell::Cell;
use crate::{
    base::{Error, ErrorKind, Note, Result, Topic, each, nearest, words},
    rate::{Observation, Period, Rate},
    table::{Area, Areas, Basis, LeftOut, Similar, taken_apart},
};
use std::{ops::Range, sync::Arc};

/// Counts and populations of areas in equal periods, one after the other.
///
/// ```
/// use crimerate::{Period, time::Series};
///
/// let series = Series::from_rows([
///     ("Kent", "2021-01", 61, 1_850_000), ("Kent", "2021-02", 55, 1_850_000), ("Kent", "2021-04", 70, 1_850_000),
///     ("Essex", "2021-01", 40, 1_840_000), ("Essex", "2021-02", 44, 1_840_000), ("Essex", "2021-03", 41, 1_840_000),
/// ])?;
/// let kent = series.area("Kent")?;
/// assert_eq!((series.periods().len(), kent.known()), (4, 3));
/// assert_eq!(kent.gaps(), ["March 2021".parse::<Period>()?]);
/// assert_eq!(series.notes()[1].text(), "Gaps, never filled: Kent 2021-03; Essex 2021-04.");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    areas: Arc<Areas>,
    periods: Arc<[Period]>,
    /// The periods as the rows first wrote them.
    labels: Arc<[Box<str>]>,
    /// By area, then by period.
    cells: Vec<Cell>,
    person_months: bool,
    basis: Basis,
}

/// One area of a [`Series`].
#[derive(Clone, Copy, Debug)]
pub struct AreaSeries<'s> {
    series: &'s Series,
    place: usize,
}

impl Series {
    /// Periods that are equal and follow each other, and a cell for each area and each of them.
    pub(super) fn of_cells(
        areas: Areas,
        periods: Vec<Period>,
        labels: Vec<Box<str>>,
        cells: Vec<Cell>,
        person_months: bool,
    ) -> Self {
        let (areas, periods, labels) = (Arc::new(areas), periods.into(), labels.into());
        Self { areas, periods, labels, cells, person_months, basis: Basis::new() }
    }

    /// The series of some of its areas; `None` where there are none such.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let series = Series::from_rows([("Kent", "2020", 61, 1_850_000), ("Essex", "2020", 40, 1_840_000)])?;
    /// assert_eq!(series.of_some(|area| area.name() != "Essex").map(|kent| kent.len()), Some(1));
    /// assert_eq!(series.of_some(|_| false), None);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn of_some(&self, keep: impl Fn(&Area) -> bool) -> Option<Self> {
        let (mut areas, mut cells) = (Areas::default(), Vec::with_capacity(self.cells.len()));
        for (place, area) in self.areas().iter().enumerate().filter(|(_, area)| keep(area)) {
            areas.push(area.clone(), place as u64 + 1);
            cells.extend_from_slice(self.cells(place));
        }
        (!areas.list().is_empty()).then(|| Self { areas: Arc::new(areas), cells, ..self.clone() })
    }

    /// The same series with each count as `of` has it, by the place of its area.
    pub(crate) fn with_counts(&self, of: impl Fn(usize, Period, Observation) -> Observation) -> Self {
        let places = (0..self.len()).flat_map(|place| self.cells(place).iter().map(move |cell| (place, *cell)));
        let cells = places.zip(self.periods.iter().cycle());
        let cells = cells.map(|((place, cell), period)| Cell { count: of(place, *period, cell.count), ..cell });
        Self { cells: cells.collect(), ..self.clone() }
    }

    /// With what the figures rest on, to be reported with every answer.
    #[must_use]
    pub fn with_basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// What the figures rest on.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// With rates on person-months, which are read per unit population a year ([`Per::years`](crate::Per::years)). A series some of whose counts
    /// cover a part of their period is on person-months from the first.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] with area and period, where people times months are more than a population can be.
    pub fn annualised(self) -> Result<Self> {
        let series = Self { person_months: true, ..self };
        series.check_exposure()?;
        Ok(series)
    }

    /// Refuses the first cell whose people times months are too many.
    pub(super) fn check_exposure(&self) -> Result<()> {
        for place in 0..self.len() {
            for (period, cell) in self.periods.iter().zip(self.cells(place)) {
                let people = cell.people.unwrap_or(0);
                if people.checked_mul(cell.months.into()).is_none() {
                    let value = Some(u128::from(people) * u128::from(cell.months));
                    let (what, advice) = ("population times months".into(), "check them both");
                    let error = Error::from(ErrorKind::TooLarge { what, value, most: u64::MAX.into(), advice });
                    return Err(error.in_area(self.label(place)).in_period(period.to_string()));
                }
            }
        }
        Ok(())
    }

    /// How many areas there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.list().len()
    }

    /// Whether there is no area; there always is one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.list().is_empty()
    }

    /// The areas, in the order in which rows first named them.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        self.areas.list()
    }

    /// What the area of each row is called, of a row for each period of each area.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        let periods = self.periods.len();
        self.areas().iter().flat_map(move |area| std::iter::repeat_n(area.label(), periods))
    }

    /// Every period from the first to the last, in order, also those of which nothing is known.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// How many months each period has.
    #[must_use]
    pub fn months(&self) -> u32 {
        self.periods.first().map_or(1, |period| period.months())
    }

    /// A period as the rows wrote it.
    #[must_use]
    pub fn period_label(&self, period: Period) -> String {
        let label = self.place_of(period).and_then(|at| self.labels.get(at));
        label.map_or_else(|| period.to_string(), ToString::to_string)
    }

    /// Whether rates are on person-months.
    #[must_use]
    pub const fn is_in_person_months(&self) -> bool {
        self.person_months
    }

    /// An area by its name or code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none.
    pub fn area(&self, area: &str) -> Result<AreaSeries<'_>> {
        let place = self.areas.find(area).ok_or_else(|| self.unknown(area))?;
        Ok(AreaSeries { series: self, place })
    }

    pub(super) fn unknown(&self, area: &str) -> Error {
        self.areas.unknown(area)
    }

    /// The areas, one by one.
    pub fn iter(&self) -> impl Iterator<Item = AreaSeries<'_>> {
        (0..self.len()).map(|place| AreaSeries { series: self, place })
    }

    /// The place of a period among all.
    pub(super) fn place_of(&self, period: Period) -> Option<usize> {
        self.periods.binary_search(&period).ok()
    }

    /// The place of a period.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] where the series has none such.
    pub(super) fn find(&self, period: Period) -> Result<usize> {
        self.place_of(period).ok_or_else(|| {
            let name = period.to_string();
            let all: Vec<String> = self.periods.iter().map(ToString::to_string).collect();
            let nearest = nearest(&name, all.iter().map(String::as_str)).map(Into::into);
            ErrorKind::UnknownName { what: "period of the series", name, nearest }.into()
        })
    }

    /// Refuses the base of a chart that has none of the periods.
    pub(super) fn check_base(&self, base: Option<Period>) -> Result<()> {
        let (Some(base), [first, .., last] | [first @ last]) = (base, &*self.periods) else { return Ok(()) };
        if self.periods.iter().any(|period| base.contains(*period)) {
            return Ok(());
        }
        let found = format!("the base of the chart, {base}, has none of the periods of the series whole");
        let all = Period::from_to(*first, *last).map_or_else(|_| first.to_string(), |all| self.run_label(all));
        let advice = format!("take periods of {all}");
        Err(ErrorKind::NotAsPublished { found, advice: advice.into() }.into())
    }

    pub(super) fn cells(&self, place: usize) -> &[Cell] {
        let from = place * self.periods.len();
        self.cells.get(from..from + self.periods.len()).unwrap_or_default()
    }

    pub(super) fn label(&self, place: usize) -> &str {
        self.areas().get(place).map_or("", Area::label)
    }

    /// What has to be reported with the series: how many areas and periods, gaps, parts of periods, the basis.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let (first, last) = (self.periods.first(), self.periods.last());
        let span = match first.zip(last) {
            Some((first, last)) => {
                let run = Period::from_to(*first, *last).map_or_else(|_| String::new(), |run| self.run_label(run));
                format!(", {run}")
            }
            None => String::new(),
        };
        let (areas, periods) = (words::counted(self.len(), "area"), words::counted(self.periods.len(), "period"));
        let mut notes = vec![Note::new(Topic::Areas, format!("{areas} in {periods}{span}."))];
        let alike = self.alike();
        let pairs = alike.iter().map(|(place, other)| (self.label(*place), other.as_str()));
        notes.extend(taken_apart(pairs).map(|text| Note::new(Topic::Areas, text)));
        notes.extend(self.totals_notes());
        notes.extend(self.gaps_note().map(|text| Note::new(Topic::LeftOut, text)));
        notes.extend(self.parts_note().map(|text| Note::new(Topic::Basis, text)));
        notes.extend(self.basis.note());
        notes
    }

    /// The areas whose names are like those of others but for how they are written, each with the other.
    pub(super) fn alike(&self) -> Vec<(usize, String)> {
        let mut similar = Similar::default();
        let other = |(place, area): (usize, &Area)| match similar.found(area, place as u64 + 1, true)? {
            (ErrorKind::Similar { other, .. }, _) => Some((place, other)),
            _ => None,
        };
        self.areas().iter().enumerate().filter_map(other).collect()
    }

    fn gaps_note(&self) -> Option<String> {
        let short = self.iter().filter(|area| area.known() < self.periods.len());
        let named = |area: AreaSeries<'_>| format!("{} {}", area.area(), self.runs_told(&area.gaps()));
        let short: Vec<String> = short.map(named).collect();
        (!short.is_empty()).then(|| format!("Gaps, never filled: {}.", words::listed(&short, "; ", "area")))
    }

    fn parts_note(&self) -> Option<String> {
        let whole = self.months();
        let short = self.iter().flat_map(|area| {
            let cells = self.periods.iter().zip(self.cells(area.place));
            let short = cells.filter(|(_, cell)| cell.months != whole);
            short.map(move |(period, cell)| {
                let months = words::counted(cell.months as usize, "month");
                format!("{} {months} of {}", area.area(), self.period_label(*period))
            })
        });
        let short: Vec<String> = short.collect();
        let named = words::listed(&short, ", ", "count");
        (!short.is_empty()).then(|| {
            format!("Parts of periods: {named}; each population counts for its own months, and figures have seasons.")
        })
    }
}

each!(Series, AreaSeries<'a>);

impl<'s> AreaSeries<'s> {
    /// The area.
    #[must_use]
    pub fn area(self) -> &'s str {
        self.series.label(self.place)
    }

    /// The series that it is of.
    #[must_use]
    pub const fn series(self) -> &'s Series {
        self.series
    }

    pub(crate) const fn place(self) -> usize {
        self.place
    }

    pub(super) fn cells(self) -> &'s [Cell] {
        self.series.cells(self.place)
    }

    /// What is known of the count in a period; `None` for a period that the series does not have.
    #[must_use]
    pub fn count(self, period: Period) -> Option<Observation> {
        self.cells().get(self.series.place_of(period)?).map(|cell| cell.count)
    }

    /// The count of a period by its place, where it is known.
    pub(super) fn count_at(self, at: usize) -> Option<u64> {
        self.cells().get(at)?.count.known()
    }

    /// The same where it is of the whole period.
    pub(super) fn whole_count_at(self, at: usize) -> Option<u64> {
        let months = self.series.months();
        self.cells().get(at).filter(|cell| cell.months == months)?.count.known()
    }

    /// The population in a period, where it is given.
    #[must_use]
    pub fn population(self, period: Period) -> Option<u64> {
        self.cells().get(self.series.place_of(period)?)?.people
    }

    /// The rate in a period, or why there is none.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] for a period that the series does not have, [`ErrorKind::LeftOut`] with the reason where there is no rate.
    pub fn rate(self, period: Period) -> Result<Rate> {
        let found = self.rate_at(self.series.find(period)?);
        found.map_err(|left_out| self.none(&left_out.to_string()).in_period(period.to_string()))
    }

    /// The rate of a period by its place.
    pub(super) fn rate_at(self, at: usize) -> Result<Rate, LeftOut> {
        self.cells().get(at).map_or(Err(LeftOut::NotInTable), |cell| cell.rate(self.series.person_months))
    }

    /// Each period with its rate, or why there is none.
    pub fn rates(self) -> impl Iterator<Item = (Period, Result<Rate, LeftOut>)> + 's {
        let months = self.series.person_months;
        self.series.periods.iter().copied().zip(self.cells().iter().map(move |cell| cell.rate(months)))
    }

    /// In how many periods the count is known.
    #[must_use]
    pub fn known(self) -> usize {
        self.cells().iter().filter(|cell| cell.count.known().is_some()).count()
    }

    /// The runs of periods without a known count, in order.
    #[must_use]
    pub fn gaps(self) -> Vec<Period> {
        self.unknown_in(0..self.series.periods.len())
    }

    /// The runs of periods without a known count in a stretch.
    fn unknown_in(self, stretch: Range<usize>) -> Vec<Period> {
        self.runs(stretch, |cell| cell.count.known().is_none())
    }

    /// The periods of which the count covers a part alone.
    #[must_use]
    pub fn parts(self) -> Vec<Period> {
        self.parts_in(0..self.series.periods.len())
    }

    /// The same in a stretch.
    pub(super) fn parts_in(self, stretch: Range<usize>) -> Vec<Period> {
        let cells = self.series.periods.iter().zip(self.cells()).take(stretch.end).skip(stretch.start);
        let parts = cells.filter(|(_, cell)| cell.count.known().is_some() && cell.months != self.series.months());
        parts.map(|(period, _)| *period).collect()
    }

    /// Parts of periods in words, such as `6 of the 12 months of 2021`.
    pub(crate) fn parts_in_words(self, parts: &[Period]) -> String {
        let months = |period: &Period| {
            let cell = self.series.place_of(*period).and_then(|at| self.cells().get(at));
            cell.map_or(0, |cell| cell.months)
        };
        let told = |period: &Period| {
            let of = words::counted(self.series.months() as usize, "month");
            format!("{} of the {of} of {}", months(period), self.series.period_label(*period))
        };
        words::listed(&parts.iter().map(told).collect::<Vec<_>>(), ", ", "period")
    }

    /// Why a stretch of periods has no sum: gaps, parts, or no populations; `None` where it has one.
    pub(super) fn lacking_in(self, stretch: Range<usize>) -> Option<String> {
        let unknown = self.unknown_in(stretch.clone());
        let parts = self.parts_in(stretch.clone());
        let mut told = Vec::new();
        if !unknown.is_empty() {
            told.push(format!("no count in {}", self.series.runs_told(&unknown)));
        }
        if !parts.is_empty() {
            told.push(format!("counts of {} alone", self.parts_in_words(&parts)));
        }
        if told.is_empty() && !self.unrated_in(stretch).is_empty() {
            told.push("no population".into());
        }
        (!told.is_empty()).then(|| told.join(", and "))
    }

    /// The runs of periods without a rate in a stretch.
    pub(super) fn unrated_in(self, stretch: Range<usize>) -> Vec<Period> {
        self.runs(stretch, |cell| cell.in_months().is_none())
    }

    fn runs(self, stretch: Range<usize>, are: impl Fn(&Cell) -> bool) -> Vec<Period> {
        let cells = self.series.periods.iter().zip(self.cells()).take(stretch.end).skip(stretch.start);
        let mut runs: Vec<Period> = Vec::new();
        for (period, _) in cells.filter(|(_, cell)| are(cell)) {
            let next = runs.last().copied().map(Period::last_month).and_then(Period::next);
            match runs.last_mut().filter(|_| next == Some(period.first_month())) {
                Some(run) => *run = Period::from_to(*run, *period).unwrap_or(*run),
                None => runs.push(*period),
            }
        }
        runs
    }

    /// An error that says why this area has no such figure.
    pub(super) fn none(self, reason: &str) -> Error {
        Error::from(ErrorKind::LeftOut { reason: reason.into() }).in_area(self.area())
    }
}
