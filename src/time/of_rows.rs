//! Series of rows, and what is refused of them.

use super::{cell::Cell, labels, series::Series, series_row::SeriesRow};
use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Observation, Period, Reason},
    table::{Area, Areas, Similar},
};
use std::collections::HashMap;

/// A thousand years of months.
const MOST_PERIODS: u32 = 12_000;

impl Series {
    /// A series of rows in any order. Periods have to be equally long and must not overlap; those between the first and the last that an area has
    /// no row for are gaps. A row that says how many months its count covers ([`Row::months`](crate::Row::months)), fewer than the period has, is
    /// a part of a period, and the whole series is then on person-months.
    ///
    /// ```
    /// use crimerate::{Per, Row, time::{Series, SeriesRow}};
    ///
    /// let half = SeriesRow::of(Row::new("Kent", 130, 510_000).months(6), "2021");
    /// let series = Series::from_rows([SeriesRow::new("Kent", "2020", 200, 500_000), half])?;
    /// let rate = series.area("Kent")?.rate("2021".parse()?)?;
    /// assert_eq!(rate.per(Per::HUNDRED_THOUSAND.years().unwrap()).to_string(), "51.0 per 100,000 a year");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// With area and row: [`ErrorKind::NotAPeriod`]; [`ErrorKind::Mismatch`] for a period that is not as long as the first row's;
    /// [`ErrorKind::Similar`] for a name that is that of another area but for a note mark, case, dashes or spaces, unless the row is
    /// [of an area of its own](crate::Row::distinct); [`ErrorKind::Conflict`] for a period that overlaps others; [`ErrorKind::Duplicate`] for one that an area has twice;
    /// [`ErrorKind::ZeroPopulation`]; [`ErrorKind::OutOfRange`] for months that the period does not have; [`ErrorKind::TooLarge`] for people times months that no population can be, and for more than
    /// 12,000 periods; [`ErrorKind::NoRows`].
    pub fn from_rows<R: Into<SeriesRow>>(rows: impl IntoIterator<Item = R>) -> Result<Self> {
        let mut made = Made::default();
        made.add(rows.into_iter().map(Into::into).collect());
        let first = made.faults.first().cloned();
        first.map_or_else(|| made.finish(), Err)
    }

    /// Every fault of rows, in their order; none where [`Series::from_rows`] takes them.
    #[must_use]
    pub fn check<R: Into<SeriesRow>>(rows: impl IntoIterator<Item = R>) -> Vec<Error> {
        let mut made = Made::default();
        made.add(rows.into_iter().map(Into::into).collect());
        let mut faults = std::mem::take(&mut made.faults);
        if faults.is_empty() {
            faults.extend(made.finish().err());
        }
        faults
    }

    /// The series with the rows of another, on areas of the same names and codes: series in pieces are the whole.
    ///
    /// # Errors
    /// As [`Series::from_rows`], the rows of the other one standing after these.
    pub fn join(&self, other: &Self) -> Result<Self> {
        let months = self.is_in_person_months() || other.is_in_person_months();
        let joined = Self::from_rows(self.rows().chain(other.rows()))?.with_basis(self.basis().common(other.basis()));
        if months { joined.annualised() } else { Ok(joined) }
    }
}

/// Rows as they are taken up.
#[derive(Default)]
struct Made {
    areas: Areas,
    similar: Similar,
    /// By code or, without one, by name.
    places: HashMap<(bool, Box<str>), usize>,
    taken: HashMap<(usize, Period), u64>,
    cells: Vec<(usize, Period, Cell)>,
    labels: HashMap<Period, Box<str>>,
    /// A period that sets the length and the beginning of all.
    measure: Option<Period>,
    person_months: bool,
    faults: Vec<Error>,
}

impl Made {
    fn add(&mut self, rows: Vec<SeriesRow>) {
        let periods: Vec<Result<Period>> = Period::of_column(rows.iter().map(|row| row.period.as_str())).collect();
        for ((row, period), place) in rows.into_iter().zip(periods).zip(1..) {
            let (line, name) = (row.row.line.unwrap_or(place), row.row.name.trim().to_owned());
            if let Err(error) = self.row(row, period, line) {
                self.faults.push(error.at_row(line).in_area(name));
            }
        }
    }

    fn row(&mut self, SeriesRow { row, period: text }: SeriesRow, period: Result<Period>, line: u64) -> Result<()> {
        let area = self.place(Area::new(&row.name, row.code.as_deref())?, line, row.distinct)?;
        let period = period?;
        let measure = *self.measure.get_or_insert(period);
        if measure.months() != period.months() {
            let of =
                |text: &str, period: Period| format!("{text} ({})", words::counted(period.months() as usize, "month"));
            let first = self.labels.get(&measure).map_or_else(|| measure.to_string(), ToString::to_string);
            let (expected, found) = (of(&first, measure), of(text.trim(), period));
            return Err(ErrorKind::Mismatch { part: "the period", expected, found }.into());
        }
        if (period - measure).rem_euclid(i32::try_from(measure.months()).unwrap_or(1)) != 0 {
            return Err(self.overlap(text.trim(), measure));
        }
        let people = match row.population {
            Ok(people) => Some(people.get()),
            Err(error) if *error.kind() == ErrorKind::NoPopulation => None,
            Err(error) if *error.kind() == ErrorKind::ZeroPopulation && (row.left_out || row.unplaced) => None,
            Err(error) => return Err(error.in_period(text.trim())),
        };
        let count = row.count.map_err(|error| error.in_period(text.trim()))?;
        let months = row.months.unwrap_or(period.months());
        if months == 0 || months > period.months() {
            let (what, range) = ("a number of months of the period", "from 1 to the months that it has");
            return Err(ErrorKind::OutOfRange { what, value: months.into(), range }.into());
        }
        self.labels.entry(period).or_insert_with(|| text.trim().into());
        if count == Observation::Missing(Reason::NotInTable) {
            // It says no more than no row would, but for the area and the period.
            return Ok(());
        }
        if let Some(first) = self.taken.insert((area, period), line) {
            let name = text.trim().to_owned();
            return Err(ErrorKind::Duplicate { what: "period", name, first: Some(first) }.into());
        }
        self.person_months |= months != period.months();
        self.cells.push((area, period, Cell { count, people, months }));
        Ok(())
    }

    /// What is wrong with a period that shares months with others.
    fn overlap(&self, text: &str, measure: Period) -> Error {
        let like = self.labels.get(&measure).map_or_else(|| measure.to_string(), ToString::to_string);
        let why = format!(
            "\"{text}\" shares months with periods like \"{like}\": keep those that follow each other, such as the \
             years to one month, or give the months or quarters themselves"
        );
        ErrorKind::Conflict { what: "in the series".into(), why }.into()
    }

    /// The place of an area: that of its code or, without one, of its name. A name that is like that of another is a fault of its first row alone.
    fn place(&mut self, area: Area, line: u64, distinct: bool) -> Result<usize> {
        let key = (area.code().is_some(), Box::from(area.code().unwrap_or(area.name())));
        if let Some(place) = self.places.get(&key) {
            return Ok(*place);
        }
        let place = self.areas.list().len();
        let like = self.similar.found(&area, line, true).filter(|(_, refused)| *refused && !distinct);
        let name = area.name().to_owned();
        if let Some(fault) = self.areas.push(area, line).into_iter().next() {
            return Err(fault.into());
        }
        self.faults.extend(like.map(|(kind, _)| Error::from(kind).at_row(line).in_area(name)));
        self.places.insert(key, place);
        Ok(place)
    }

    fn finish(self) -> Result<Series> {
        let all = || self.labels.keys().copied();
        let (Some(first), Some(last)) = (all().min(), all().max()) else { return Err(ErrorKind::NoRows.into()) };
        let length = first.months();
        let number = u32::try_from(last - first).unwrap_or(0) / length + 1;
        if number > MOST_PERIODS {
            let (value, most) = (Some(u128::from(number)), u128::from(MOST_PERIODS));
            let (what, advice) = ("number of periods".into(), "check the first and the last of them");
            return Err(ErrorKind::TooLarge { what, value, most, advice }.into());
        }
        let number = number as usize;
        let periods: Vec<Period> = std::iter::successors(Some(first), |period| period.next()).take(number).collect();
        let mut cells = vec![Cell::nothing(length); self.areas.list().len() * number];
        for (area, period, cell) in self.cells {
            let at = (period - first).unsigned_abs() / length;
            if let Some(to) = cells.get_mut(area * number + at as usize) {
                *to = cell;
            }
        }
        let mut given = self.labels;
        let way = labels::way_of(given.iter().map(|(period, label)| (*period, &**label)));
        let label = |period: &Period| {
            let like_others =
                || way.and_then(|way| labels::written(way, *period)).unwrap_or_else(|| period.to_string());
            given.remove(period).unwrap_or_else(|| like_others().into())
        };
        let labels = periods.iter().map(label).collect();
        let series = Series::of_cells(self.areas, periods, labels, cells, self.person_months);
        series.check_exposure()?;
        Ok(series)
    }
}
