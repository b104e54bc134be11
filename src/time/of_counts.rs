//! Series of counts with populations that stand elsewhere, and of records.

use super::{series::Series, series_row::SeriesRow};
use crate::{
    base::{Error, ErrorKind, Result},
    rate::{Observation, Period, Reason},
    records::{Absent, CellRule, NamedRecords},
    table::Row,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Populations of areas, one for each or one for each and a period.
///
/// A period of a series has the population of the same period, or else of the shortest that contains it: months take that of their year.
///
/// ```
/// use crimerate::{records::{Absent, NamedRecords}, time::Populations};
///
/// let mut records = NamedRecords::new();
/// records.try_extend_by_period([("Kent", "theft", "2020-12", 7), ("Kent", "theft", "2021-01", 9), ("Kent", "arson", "2021-02", 1)])?;
/// let people = Populations::by_period([("Kent", "2020", 1_846_500), ("Kent", "2021", 1_860_100)])?;
/// let series = records.series("theft", &people, Absent::Zero)?;
/// let kent = series.area("Kent")?;
/// assert_eq!(kent.rate("2021-01".parse()?)?.population().get(), 1_860_100);
/// assert_eq!(kent.rate("2021-02".parse()?)?.count(), 0); // other offences are recorded in that month
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Populations {
    alone: HashMap<Box<str>, u64>,
    exact: HashMap<(Box<str>, Period), u64>,
    /// By area, the shortest first.
    longer: HashMap<Box<str>, BTreeMap<(u32, Period), u64>>,
    names: Vec<Box<str>>,
}

impl Populations {
    /// One for each area, whatever the period.
    ///
    /// # Errors
    /// [`ErrorKind::ZeroPopulation`] and [`ErrorKind::Duplicate`], with the area.
    pub fn by_area<N: AsRef<str>>(people: impl IntoIterator<Item = (N, u64)>) -> Result<Self> {
        let mut all = Self::default();
        for (area, people) in people {
            let area = all.named(area.as_ref(), people)?;
            if all.alone.insert(area.clone(), people).is_some() {
                return Err(twice("population", &area).in_area(&*area));
            }
        }
        Ok(all)
    }

    /// One for each area and period.
    ///
    /// # Errors
    /// [`ErrorKind::ZeroPopulation`], [`ErrorKind::NotAPeriod`] and [`ErrorKind::Duplicate`], with the area.
    pub fn by_period<N: AsRef<str>, P: Into<String>>(people: impl IntoIterator<Item = (N, P, u64)>) -> Result<Self> {
        let rows: Vec<(N, String, u64)> =
            people.into_iter().map(|(area, period, people)| (area, period.into(), people)).collect();
        let periods: Vec<Result<Period>> =
            Period::of_column(rows.iter().map(|(_, period, _)| period.as_str())).collect();
        let mut all = Self::default();
        for ((area, text, people), period) in rows.into_iter().zip(periods) {
            let area = all.named(area.as_ref(), people)?;
            let period = period.map_err(|error| error.in_area(&*area))?;
            if all.exact.insert((area.clone(), period), people).is_some() {
                return Err(twice("population of the period", &text).in_area(&*area));
            }
            all.longer.entry(area).or_default().insert((period.months(), period), people);
        }
        Ok(all)
    }

    fn named(&mut self, area: &str, people: u64) -> Result<Box<str>> {
        let area: Box<str> = area.trim().into();
        if people == 0 {
            return Err(Error::from(ErrorKind::ZeroPopulation).in_area(&*area));
        }
        if !self.alone.contains_key(&area) && !self.longer.contains_key(&area) {
            self.names.push(area.clone());
        }
        Ok(area)
    }

    /// The population of an area in a period.
    #[must_use]
    pub fn of(&self, area: &str, period: Period) -> Option<u64> {
        let area = area.trim();
        let alone = self.alone.get(area).copied();
        alone.or_else(|| self.exact.get(&(area.into(), period)).copied()).or_else(|| {
            let longer = self.longer.get(area)?.range((period.months(), period)..);
            longer.into_iter().find(|((_, whole), _)| whole.contains(period)).map(|(_, people)| *people)
        })
    }
}

fn twice(what: &'static str, name: &str) -> Error {
    ErrorKind::Duplicate { what, name: name.trim().into(), first: None }.into()
}

impl NamedRecords {
    /// The series of one offence of records by period ([`NamedRecords::try_extend_by_period`]), of the areas that have populations. A cell without a
    /// record is zero or missing by choice, in the periods that any offence has a record of; those between them without any are gaps. Records in no
    /// area are in no series.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] for an offence without records by period, [`ErrorKind::NoPopulation`] with area and period, also for an area
    /// of the records without any; [`ErrorKind::NegativeTotal`]; else as [`Series::from_rows`].
    pub fn series(&self, offence: &str, populations: &Populations, absent: impl Into<CellRule>) -> Result<Series> {
        let (offence, rule) = (offence.trim(), absent.into());
        let name = |period: &str| format!("{offence}, {period}");
        let texts: BTreeSet<&str> = self.indicators().filter_map(|indicator| self.period(indicator)).collect();
        let texts: Vec<&str> = texts.into_iter().collect();
        if !texts.iter().any(|text| self.areas().any(|area| self.total(area, &name(text)).is_some())) {
            return Err(
                ErrorKind::UnknownName { what: "offence with periods", name: offence.into(), nearest: None }.into()
            );
        }
        let periods = Period::of_column(texts.iter().copied()).collect::<Result<Vec<Period>>>()?;
        let of_records = self.areas().filter(|area| *area != Self::NO_AREA);
        let known: BTreeSet<&str> = populations.names.iter().map(AsRef::as_ref).collect();
        let others = of_records.filter(|area| !known.contains(area));
        let areas: Vec<&str> = populations.names.iter().map(AsRef::as_ref).chain(others).collect();
        let mut rows = Vec::with_capacity(areas.len() * periods.len());
        for area in areas {
            for (text, period) in texts.iter().zip(&periods) {
                let here = |error: Error| error.in_area(area).in_period(*text);
                let people = populations.of(area, *period).ok_or_else(|| here(ErrorKind::NoPopulation.into()))?;
                let count = match (self.total(area, &name(text)), rule.absent()) {
                    (Some(..0), _) if rule.leaves_out_negative() => Observation::Missing(Reason::NegativeTotal),
                    (Some(total), _) => Observation::from_total(total).map_err(here)?,
                    (None, Absent::Zero) => Observation::Known(0),
                    (None, Absent::Missing) => Observation::Missing(Reason::NoRecord),
                };
                rows.push(SeriesRow::of(Row::new(area, count, people), *text));
            }
        }
        Series::from_rows(rows)
    }
}
