//! What periods add up to: any run of them, rolling years, the year so far.

use super::{
    cell::Cell,
    change::Change,
    series::{AreaSeries, Series},
};
use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Period, Population, Rate},
};

/// The rates of areas in every window of a number of months, on person-months. Made by [`Series::rolling`].
#[derive(Clone, Debug, PartialEq)]
pub struct Rolling<'s> {
    series: &'s Series,
    months: u32,
    /// By area, then by the period in which the window ends.
    rates: Vec<Option<Rate>>,
}

impl Series {
    /// Each window of this number of months, ended by each period, in one pass: counts are added up, and so are person-months, so that a rate read
    /// [per year](crate::Per::years) is that of the window. A window with a gap has none, nor has one in which a count covers a part of its period alone: it
    /// would be of fewer months than it is called.
    ///
    /// ```
    /// use crimerate::{Per, Period, time::Series};
    ///
    /// let month = |at: u32| Period::month(2020 + at / 12, at % 12 + 1).unwrap();
    /// let series = Series::from_rows((0..24).map(|at| ("Kent", month(at), 100 + u64::from(at), 1_850_000)))?;
    /// let years = series.rolling(12)?;
    /// let rate = years.rate("Kent", month(11))?.unwrap();
    /// assert_eq!((rate.count(), rate.population().get()), (1_266, 12 * 1_850_000));
    /// assert_eq!(rate.per(Per::HUNDRED_THOUSAND.years().unwrap()).to_string(), "68.4 per 100,000 a year");
    /// assert_eq!(years.rate("Kent", month(10))?, None); // eleven months
    /// let change = years.change("Kent", month(23))?.unwrap();
    /// assert_eq!(format!("{:+.1} %", change.percent().unwrap()), "+11.4 %");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for months that are no multiple of those of a period, [`ErrorKind::TooLarge`] with the area where a sum is more than a
    /// count or a population can be.
    pub fn rolling(&self, months: u32) -> Result<Rolling<'_>> {
        let length = self.months();
        if months == 0 || !months.is_multiple_of(length) {
            let (what, range) = ("a number of rolling months", "a multiple of the months of a period");
            return Err(ErrorKind::OutOfRange { what, value: months.into(), range }.into());
        }
        let (window, mut rates) = ((months / length) as usize, Vec::with_capacity(self.len() * self.periods().len()));
        for area in self.iter() {
            let cells = area.cells();
            let (mut count, mut people, mut known) = (0_u128, 0_u128, 0_usize);
            for (at, cell) in cells.iter().enumerate() {
                if let Some((x, n)) = cell.in_all_months(length) {
                    (count, people, known) = (count + u128::from(x), people + u128::from(n), known + 1);
                }
                let gone = at.checked_sub(window).and_then(|gone| cells.get(gone)?.in_all_months(length));
                if let Some((x, n)) = gone {
                    (count, people, known) = (count - u128::from(x), people - u128::from(n), known - 1);
                }
                rates.push(if known == window {
                    Some(rate(count, people).map_err(|e| e.in_area(area.area()))?)
                } else {
                    None
                });
            }
        }
        Ok(Rolling { series: self, months, rates })
    }
}

impl<'s> Rolling<'s> {
    /// How many months a window has.
    #[must_use]
    pub const fn months(&self) -> u32 {
        self.months
    }

    /// The series.
    #[must_use]
    pub const fn series(&self) -> &'s Series {
        self.series
    }

    /// The window that a period ends.
    #[must_use]
    pub fn window(&self, period: Period) -> Option<Period> {
        period.ending_here(self.months)
    }

    /// The rate of the window that a period ends; `None` where the window has a gap or a part of a period, or begins before the series.
    ///
    /// # Errors
    /// As [`Series::area`], and [`ErrorKind::UnknownName`] for a period that the series does not have.
    pub fn rate(&self, area: &str, period: Period) -> Result<Option<Rate>> {
        let (place, at) = (self.series.area(area)?.place(), self.series.find(period)?);
        Ok(self.at(place, at))
    }

    /// The change of that rate on the same window a year before; `None` where either has no rate, and where windows of more than twelve months share
    /// some, which a comparison of independent counts would take for more than they are.
    ///
    /// # Errors
    /// As [`Rolling::rate`].
    pub fn change(&self, area: &str, period: Period) -> Result<Option<Change>> {
        let (place, at) = (self.series.area(area)?.place(), self.series.find(period)?);
        Ok(self.change_at(place, at))
    }

    /// The windows of each area, in the order of the areas and then of the periods that end them.
    pub fn rates(&self) -> impl Iterator<Item = (&'s str, Period, Option<Rate>)> + '_ {
        let cells = self.series.iter().flat_map(|area| self.series.periods().iter().map(move |it| (area.area(), *it)));
        cells.zip(&self.rates).map(|((area, period), rate)| (area, period, *rate))
    }

    /// Why the window that a period ends has no rate, where it does not begin before the series.
    pub(super) fn lacking_at(&self, area: AreaSeries<'_>, at: usize) -> Option<String> {
        let window = (self.months / self.series.months().max(1)) as usize;
        let why = area.lacking_in((at + 1).checked_sub(window)?..at + 1)?;
        Some(format!("no {} together: {why}", words::counted(self.months as usize, "month")))
    }

    /// Whether a window shares months with that of a year before.
    pub(super) const fn overlaps(&self) -> bool {
        self.months > 12
    }

    pub(super) fn at(&self, place: usize, at: usize) -> Option<Rate> {
        self.rates.get(place * self.series.periods().len() + at).copied().flatten()
    }

    pub(super) fn change_at(&self, place: usize, at: usize) -> Option<Change> {
        let before = at.checked_sub(self.series.year()?).filter(|_| !self.overlaps())?;
        Some(Change::between(self.at(place, before)?, self.at(place, at)?))
    }
}

impl Series {
    /// How many periods make a year; `None` where they do not.
    pub(super) fn year(&self) -> Option<usize> {
        12_u32.is_multiple_of(self.months()).then_some((12 / self.months()) as usize)
    }
}

impl AreaSeries<'_> {
    /// The change on the same period a year before, with exact limits; `None` where either has no rate, or a count that covers a part of its period alone,
    /// as figures have seasons, or where the series has no such period.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] for a period that the series does not have.
    pub fn change_on_year_before(self, period: Period) -> Result<Option<Change>> {
        Ok(self.change_at(self.series().find(period)?))
    }

    pub(super) fn change_at(self, at: usize) -> Option<Change> {
        let before = at.checked_sub(self.series().year()?)?;
        Some(Change::between(self.whole_rate_at(before)?, self.whole_rate_at(at)?))
    }

    /// Why a rate has no change on a year before, where the count of then covers a part of its period alone.
    pub(super) fn no_change_told(self, at: usize) -> Option<String> {
        let before = at.checked_sub(self.series().year()?)?;
        let parts = self.parts_in(before..before + 1);
        let rated = self.rate_at(at).is_ok() && !parts.is_empty();
        rated.then(|| format!("no change on a year before: {}", self.parts_in_words(&parts)))
    }

    /// The rate of a run of periods together, on person-months.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] for a run that the series does not have whole; [`ErrorKind::LeftOut`] with the gaps in it, and with counts that cover a part
    /// of their period alone;
    /// [`ErrorKind::TooLarge`].
    pub fn total(self, run: Period) -> Result<Rate> {
        let series = self.series();
        let length = series.months();
        let first = run.first_month().shifted(length as i32 - 1).and_then(|month| month.ending_here(length));
        let last = run.ending_here(length);
        let unknown = || series.find(run).err().unwrap_or_else(|| self.none("no such periods"));
        let (Some(first), Some(last)) = (first, last) else { return Err(unknown()) };
        let (Some(from), Some(to)) = (series.place_of(first), series.place_of(last)) else { return Err(unknown()) };
        let cells = self.cells().get(from..=to).unwrap_or_default();
        let (mut count, mut people) = (0_u128, 0_u128);
        if let Some(why) = self.lacking_in(from..to + 1) {
            return Err(self.none(&why).in_period(run.to_string()));
        }
        for (x, n) in cells.iter().filter_map(Cell::in_months) {
            (count, people) = (count + u128::from(x), people + u128::from(n));
        }
        rate(count, people).map_err(|error| error.in_area(self.area()))
    }

    /// The year up to a period, from a month of the year on (from 1 for January; 4 of a financial year), and its change on as much of the year
    /// before.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let months = ["Apr 2020", "May 2020", "Apr 2021", "May 2021"];
    /// let series = Series::from_rows(months.iter().zip([61, 55, 70, 83]).map(|(month, count)| ("Kent", *month, count, 1_850_000)))?;
    /// let kent = series.area("Kent")?;
    /// let (so_far, change) = kent.year_to_date("May 2021".parse()?, 4)?;
    /// assert_eq!((so_far.to_string(), kent.total(so_far)?.count()), ("April 2021 to May 2021".into(), 153));
    /// assert_eq!(format!("{:+.1} %", change.percent().unwrap()), "+31.9 %");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`AreaSeries::total`], of either year.
    pub fn year_to_date(self, period: Period, from_month: u32) -> Result<(Period, Change)> {
        let so_far = run_to(period, from_month)?;
        let after = self.total(so_far)?;
        let before = so_far.year_before().ok_or_else(|| self.none("no year before"))?;
        Ok((so_far, Change::between(self.total(before)?, after)))
    }
}

impl Series {
    /// Refuses a month that is none, or in which no period begins.
    pub(super) fn check_year_from(&self, month: u32) -> Result<()> {
        let (length, first) = (i32::try_from(self.months()).unwrap_or(1), self.periods().first());
        let begins = |first: &Period| {
            let start = Period::month(first.last_year(), month).ok()?;
            Some((start - first.first_month()).rem_euclid(length) == 0)
        };
        if first.and_then(begins) == Some(true) {
            return Ok(());
        }
        let (what, range) =
            ("a month that a year to date begins in", "from 1 to 12, and the first of a period of the series");
        Err(ErrorKind::OutOfRange { what, value: month.into(), range }.into())
    }

    /// The name of a month of the year.
    pub(super) fn month_of_year(&self, month: u32) -> Option<String> {
        let named = Period::month(self.periods().first()?.last_year(), month).ok()?.to_string();
        named.split(' ').next().map(ToOwned::to_owned)
    }
}

impl AreaSeries<'_> {
    /// The rate of the year to a period by its place, and its change; none where a count is missing.
    pub(super) fn so_far(self, at: usize, from_month: u32) -> Option<(Rate, Option<Change>)> {
        let period = self.series().periods().get(at).copied()?;
        let so_far = run_to(period, from_month).ok()?;
        let rate = self.total(so_far).ok()?;
        let before = so_far.year_before().and_then(|before| self.total(before).ok());
        Some((rate, before.map(|before| Change::between(before, rate))))
    }
}

/// The run of a year that a period ends, from a month of the year on.
fn run_to(period: Period, from_month: u32) -> Result<Period> {
    let last = period.last_month();
    let start = Period::month(last.last_year(), from_month)?;
    let start = if start > last { start.year_before().unwrap_or(start) } else { start };
    Period::from_to(start, last)
}

fn rate(count: u128, people: u128) -> Result<Rate> {
    let fits = |what: &'static str, value: u128| {
        u64::try_from(value).map_err(|_| {
            let advice = "add up fewer periods";
            Error::from(ErrorKind::TooLarge { what: what.into(), value: Some(value), most: u64::MAX.into(), advice })
        })
    };
    Ok(Rate::of(fits("the sum of counts", count)?, Population::new(fits("the sum of person-months", people)?)?))
}
