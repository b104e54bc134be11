//! Rolling years of every offence at once.

use super::{
    counts::Kind,
    kernel::rolling::{self, Places},
    outputs::shapes_differ,
    panel::Panel,
    populations::Populations,
    series::Run,
};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::Period,
    table::{LeftOut, Policy, times},
};
use ndarray::{Array1, Array2, ArrayViewMut2};
use std::{collections::HashMap, num::NonZeroU32};

/// Which indicators of a panel make up which windows of k months: made once, by [`Panel::windows`], for any number of panels with the same indicators.
#[derive(Clone, Debug)]
pub struct Windows {
    months: NonZeroU32,
    /// How many indicators make a window, by offence.
    places: Vec<(usize, Places)>,
    labels: Vec<String>,
    indicators: usize,
}

impl Panel<'_> {
    /// The windows of as many months that the periods of each offence make (see [`Panel::series`]); one in which a period is missing is none.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for months that are no multiple of those of a period; [`ErrorKind::Mismatch`] for periods of an offence that are not
    /// equally long, and for a panel in person-months; [`ErrorKind::Conflict`] for periods that overlap; [`ErrorKind::Missing`] where no indicator
    /// has a period.
    pub fn windows(&self, months: u32) -> Result<Windows> {
        let (what, range) = ("a number of rolling months", "a multiple of the months of a period");
        let refused = || Error::from(ErrorKind::OutOfRange { what, value: months.into(), range });
        let months_of = NonZeroU32::new(months).ok_or_else(refused)?;
        let mut windows =
            Windows { months: months_of, places: Vec::new(), labels: Vec::new(), indicators: self.dim().1 };
        // Offences have windows in common, each of which is printed once.
        let mut printed = HashMap::new();
        for run in self.runs()? {
            let length = run.periods.first().map_or(1, |(period, _)| period.months());
            if !months.is_multiple_of(length) {
                return Err(refused());
            }
            windows.add(&run, length, &mut printed)?;
        }
        if windows.places.is_empty() {
            let (whole, part, advice) = ("the panel", "indicator with a period", "name them as `theft, 2019-04`");
            return Err(ErrorKind::Missing { whole, part, advice }.into());
        }
        Ok(windows)
    }

    /// The panel of rolling sums, on person-months: an indicator for each offence and window, such as `theft, 2019/20`. Its rates are read
    /// [per year](crate::Per::years), and it is compared, ranked and drawn as a funnel as any other. A window with a count that is not known has none.
    ///
    /// ```
    /// use crimerate::{Panel, Period, Per, ndarray::Array2};
    ///
    /// let months: Vec<Period> = (1..=12).chain(1..=2).zip(0..).map(|(month, at)| Period::month(2019 + at / 12, month).unwrap()).collect();
    /// let counts = Array2::from_shape_fn((2, 14), |(area, at)| 50 + 10 * area as u64 + at as u64);
    /// let panel = Panel::new(["Kent", "Essex"], counts, [1_850_000, 1_840_000])?;
    /// let panel = panel.with_indicators(months.iter().map(|month| format!("theft, {month}")))?;
    /// let years = panel.rolling(12)?;
    /// assert_eq!((years.dim(), years.label(1)), ((2, 3), "theft, year to January 2020".into()));
    /// let kent = years.indicator("theft, 2019")?.rate(0).unwrap().unwrap();
    /// assert_eq!(kent.per(Per::HUNDRED_THOUSAND.years().unwrap()).to_string(), "36.0 per 100,000 a year");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Panel::windows`]; [`ErrorKind::TooLarge`] where sums are more than a count or a population can be.
    pub fn rolling(&self, months: u32) -> Result<Panel<'static>> {
        let windows = self.windows(months)?;
        let dim = (self.areas().len(), windows.labels.len());
        let mut sums = Array2::zeros(dim);
        windows.sums_into(self, sums.view_mut())?;
        let (basis, _) = self.basis.clone().with_period("").with_months(months).in_person_months()?;
        let mut panel = Panel::of_areas(self.areas.clone(), sums.into(), windows.people(self)?)?;
        for (place, policy) in &self.policies {
            let policy = match (LeftOut::by(policy), policy.clone()) {
                (Some(LeftOut::Excluded(reason)), _) => Policy::Exclude { reason },
                (Some(left_out), _) => Policy::Exclude { reason: left_out.to_string() },
                (None, Policy::Denominator { population, what, .. }) => {
                    return Err(self.other_denominator(*place, population.get(), &what));
                }
                (None, policy) => policy,
            };
            panel.policies.insert(*place, policy);
        }
        let panel = Panel { groups: self.groups.clone(), ..panel }.with_basis(basis.clone());
        let panel = Panel { basis, ..panel }.with_indicators(windows.labels.iter().cloned())?;
        match windows.codes(self) {
            Some(codes) => panel.with_mask(codes),
            None => Ok(panel),
        }
    }

    fn other_denominator(&self, place: usize, people: u64, what: &str) -> Error {
        let what_for = format!("on another denominator ({people}, {what}) in rolling sums");
        let why = "its months would not be those of the others: give it after them".into();
        Error::from(ErrorKind::Conflict { what: what_for, why }).in_area(self.name(place))
    }
}

impl Windows {
    /// How many windows there are, of all offences.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether no run of periods is as long as a window.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// How many months a window has.
    #[must_use]
    pub const fn months(&self) -> u32 {
        self.months.get()
    }

    /// The offence and the period of each window, such as `theft, 2019/20`.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Writes the sums of all counts: a row for each area, a column for each window. Counts that are not known are added up as they stand in the array.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] for an array, or a panel, of another shape; [`ErrorKind::TooLarge`] where a sum might be more than a count can be.
    pub fn sums_into(&self, panel: &Panel<'_>, mut sums: ArrayViewMut2<'_, u64>) -> Result<()> {
        let (areas, indicators) = panel.dim();
        if indicators != self.indicators {
            return Err(shapes_differ("the panel", (areas, self.indicators), (areas, indicators)));
        }
        if sums.dim() != (areas, self.len()) {
            return Err(shapes_differ("the array of sums", (areas, self.len()), sums.dim()));
        }
        let longest = self.places.iter().map(|(window, _)| *window).max().unwrap_or(0);
        let mut each = |counts: &mut dyn FnMut(usize, &mut [u64])| {
            let mut own = Vec::new();
            for (area, mut row) in sums.outer_iter_mut().enumerate() {
                match row.as_slice_mut() {
                    Some(row) => counts(area, row),
                    None => {
                        own.resize(row.len(), 0);
                        counts(area, &mut own);
                        row.iter_mut().zip(&own).for_each(|(to, sum)| *to = *sum);
                    }
                }
            }
        };
        match &panel.counts.0 {
            Kind::U32(counts) => each(&mut |area, to| {
                let row = counts.row(area);
                let row = row.to_slice().unwrap_or_default();
                self.places.iter().for_each(|(window, places)| rolling::sum(row, places, *window, to));
            }),
            Kind::U64(counts) => {
                // Sums of windows that hold what is not known may wrap: nobody reads them.
                let known =
                    |(cell, count): ((usize, usize), &u64)| (panel.count_code(cell.0, cell.1) == 0).then_some(*count);
                let most = match panel.mask {
                    Some(_) => counts.indexed_iter().filter_map(known).max(),
                    None => counts.iter().copied().max(),
                };
                let most = most.unwrap_or(0);
                if most.checked_mul(longest as u64).is_none() {
                    let value = Some(u128::from(most) * longest as u128);
                    let (what, advice) = ("the sum of a window".into(), "add up fewer months");
                    return Err(ErrorKind::TooLarge { what, value, most: u64::MAX.into(), advice }.into());
                }
                each(&mut |area, to| {
                    let row = counts.row(area);
                    let row = row.to_slice().unwrap_or_default();
                    self.places.iter().for_each(|(window, places)| rolling::sum(row, places, *window, to));
                });
            }
        }
        Ok(())
    }

    fn add(&mut self, run: &Run, length: u32, printed: &mut HashMap<Period, String>) -> Result<()> {
        let here = |error: Error| error.in_indicator(&*run.offence);
        let window = (self.months.get() / length) as usize;
        let first = self.labels.len();
        let (mut columns, mut ends) = (Vec::new(), Vec::new());
        for (place, (period, column)) in run.periods.iter().enumerate() {
            if period.months() != length {
                let (expected, found) = (length.to_string(), period.months().to_string());
                return Err(here(ErrorKind::Mismatch { part: "the number of months", expected, found }.into()));
            }
            let before = place.checked_sub(1).and_then(|before| run.periods.get(before));
            if let Some((other, _)) = before.filter(|(other, _)| other.overlaps(*period)) {
                let why = format!("its periods {other} and {period} overlap");
                return Err(here(ErrorKind::Conflict { what: "added up".into(), why }.into()));
            }
            let span = period.ending_here(self.months.get());
            let from = (place + 1).checked_sub(window).and_then(|from| run.periods.get(from));
            let whole = from.zip(span).filter(|((from, _), span)| from.first_month() == span.first_month());
            columns.push(*column);
            ends.push(whole.map(|(_, span)| {
                let span = printed.entry(span).or_insert_with(|| span.to_string());
                self.labels.push(label(&run.offence, span));
                self.labels.len() - 1
            }));
        }
        let steps = columns.iter().zip(columns.iter().skip(1)).all(|(one, next)| one + 1 == *next);
        let whole = self.labels.len() - first == (columns.len() + 1).saturating_sub(window);
        let start = columns.first().copied().filter(|_| steps && whole && columns.len() >= window);
        self.places.push((window, Places { side_by_side: start.map(|start| (start, first)), columns, ends }));
        Ok(())
    }

    /// The person-months of each window.
    fn people<'p>(&self, panel: &Panel<'_>) -> Result<Populations<'p>> {
        let (areas, months) = (panel.areas().len(), self.months);
        let here = |area: usize, error: Error| error.in_area(panel.name(area));
        let people = panel.populations.view();
        if let Some(first) = (0..areas).map(|area| people.shared(area)).collect::<Option<Vec<u64>>>() {
            let all = first.iter().enumerate();
            let all = all.map(|(area, people)| times(*people, months).map_err(|error| here(area, error)));
            return Ok(Array1::from(all.collect::<Result<Vec<u64>>>()?).into());
        }
        let mut sums = Array2::zeros((areas, self.len()));
        let mut row = vec![0_u64; self.indicators];
        for (area, mut to) in sums.outer_iter_mut().enumerate() {
            row.iter_mut().enumerate().for_each(|(at, to)| *to = people.at(area, at));
            let most = row.iter().copied().max().unwrap_or(0);
            times(most, months).map_err(|error| here(area, error))?;
            let to = to.as_slice_mut().unwrap_or_default();
            for (window, places) in &self.places {
                rolling::sum(&row, places, *window, to);
                // A population counts for each of the months of its period.
                let each = u64::from(months.get()) / *window as u64;
                places.ends.iter().flatten().for_each(|end| {
                    if let Some(to) = to.get_mut(*end) {
                        *to *= each;
                    }
                });
            }
        }
        Ok(Populations::by_period(sums, 0..self.len()))
    }

    fn codes(&self, panel: &Panel<'_>) -> Option<Array2<u8>> {
        panel.mask.as_ref()?;
        let mut codes = Array2::zeros((panel.areas().len(), self.len()));
        let mut row = vec![0; self.indicators];
        for (area, mut to) in codes.outer_iter_mut().enumerate() {
            row.iter_mut().enumerate().for_each(|(at, to)| *to = panel.count_code(area, at));
            let to = to.as_slice_mut().unwrap_or_default();
            self.places.iter().for_each(|(window, places)| rolling::codes(&row, places, *window, to));
        }
        Some(codes)
    }
}

fn label(offence: &str, window: &str) -> String {
    if offence.is_empty() { window.to_owned() } else { [offence, ", ", window].concat() }
}
