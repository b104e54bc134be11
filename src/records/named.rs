//! Records of named areas and offences.

use super::records::{Records, not_records};
use crate::base::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// [`Records`] by the names of areas and indicators, as files have them.
///
/// Areas and indicators are known by the records alone; no list is needed before. Whatever the order of records and
/// merges, the same records give the same panel: areas in the order of their populations, indicators by name.
///
/// ```
/// use crimerate::{records::{Absent, NamedRecords}};
///
/// let mut records = NamedRecords::new();
/// records.try_extend([("Kent", "burglary", 7), ("Essex", "robbery", 4), ("Kent", "burglary", -1)])?;
/// let panel = records.panel([("Essex", 1_832_800), ("Kent", 1_846_500)], Absent::Zero)?;
/// assert_eq!(panel.indicator("burglary")?.rate(1).unwrap().unwrap().count(), 6);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct NamedRecords {
    areas: Names,
    indicators: Names,
    /// The periods of indicators that are of one, by their numbers.
    periods: BTreeMap<usize, Box<str>>,
    /// With room for names to come.
    records: Records,
}

/// What stands between the offence and the period in the name of an indicator.
const BEFORE_PERIOD: &str = ", ";

/// The offence and the period that the name of an indicator is of; without an offence that of a period alone.
pub(crate) fn offence_and_period(indicator: &str) -> (&str, &str) {
    indicator.rsplit_once(BEFORE_PERIOD).unwrap_or(("", indicator))
}

/// Names in the order in which they came, and their numbers.
#[derive(Clone, Debug, Default)]
struct Names {
    list: Vec<Box<str>>,
    /// Seeded at random, so that no names can be made to collide; nothing depends on the order of the map.
    numbers: HashMap<Box<str>, usize, foldhash::fast::RandomState>,
    last: usize,
}

/// Names in alphabetical order, so that equal records have equal forms.
#[derive(Serialize, Deserialize)]
struct Parts {
    areas: Vec<String>,
    indicators: Vec<String>,
    /// The period of each indicator, where any is of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    periods: Vec<Option<String>>,
    records: Records,
}

impl Names {
    fn number(&mut self, name: &str) -> usize {
        // Files repeat names.
        if self.list.get(self.last).is_some_and(|last| **last == *name) {
            return self.last;
        }
        self.last = match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                let number = self.list.len();
                self.list.push(name.into());
                self.numbers.insert(name.into(), number);
                number
            }
        };
        self.last
    }

    fn truncate(&mut self, len: usize) {
        for name in self.list.drain(len..) {
            self.numbers.remove(&name);
        }
    }

    /// The numbers in the order of the names.
    fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_unstable_by_key(|number| self.list.get(*number));
        order
    }

    fn at(&self, number: usize) -> &str {
        self.list.get(number).map_or("", |name| name)
    }
}

impl Default for NamedRecords {
    fn default() -> Self {
        Self::new()
    }
}

impl NamedRecords {
    /// No records yet.
    #[must_use]
    pub fn new() -> Self {
        let (areas, indicators, periods) = Default::default();
        Self { areas, indicators, periods, records: Records::empty() }
    }

    /// The area of records that name none.
    pub const NO_AREA: &'static str = "(no area)";

    /// Adds records of area, indicator and count; a call that fails leaves no trace. White space around names is dropped. Records with
    /// an empty area are added up apart, under [`NamedRecords::NO_AREA`]: panels have them in no rate and no average, and say so.
    ///
    /// ```
    /// use crimerate::{Average, Per, records::{Absent, NamedRecords}};
    ///
    /// let mut records = NamedRecords::new();
    /// records.try_extend([("Kent", "theft", 7), ("", "theft", 3)])?;
    /// let panel = records.panel([("Kent", 1_846_500)], Absent::Zero)?;
    /// let report = panel.indicator("theft")?.table().compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
    /// assert!(report.to_string().contains("In no area: 3 of 10 counted (30 %), (no area)."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] for an empty name of an indicator, with the number of the record from 1,
    /// [`ErrorKind::TooLarge`] where a total might overflow.
    pub fn try_extend<A: AsRef<str>, I: AsRef<str>, C: Into<i64>>(
        &mut self,
        records: impl IntoIterator<Item = (A, I, C)>,
    ) -> Result<()> {
        self.extend(records.into_iter().map(|(area, indicator, count)| (area, indicator, None::<&str>, count)))
    }

    /// Adds records of area, offence, period and count, for a panel whose populations differ by period. The indicator of the
    /// offence `theft` in the period `2019` is `theft, 2019`.
    ///
    /// ```
    /// use crimerate::{Rate, records::{Absent, NamedRecords}};
    ///
    /// let mut records = NamedRecords::new();
    /// records.try_extend_by_period([("Kent", "theft", "2019", 7), ("Kent", "theft", "2020", 9)])?;
    /// let panel = records.panel_by_period([("Kent", "2019", 1_846_500), ("Kent", "2020", 1_860_100)], Absent::Zero)?;
    /// assert_eq!(panel.indicator("theft, 2020")?.rate(0), Some(Ok(Rate::new(9, 1_860_100)?)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`NamedRecords::try_extend`], also for an empty name of a period; [`ErrorKind::Duplicate`] where an indicator of that name is
    /// of another period, or of none.
    pub fn try_extend_by_period<A: AsRef<str>, O: AsRef<str>, P: AsRef<str>, C: Into<i64>>(
        &mut self,
        records: impl IntoIterator<Item = (A, O, P, C)>,
    ) -> Result<()> {
        self.extend(records.into_iter().map(|(area, offence, period, count)| (area, offence, Some(period), count)))
    }

    fn extend<A: AsRef<str>, I: AsRef<str>, P: AsRef<str>, C: Into<i64>>(
        &mut self,
        records: impl Iterator<Item = (A, I, Option<P>, C)>,
    ) -> Result<()> {
        self.or_as_before(|this| this.gather(records))
    }

    /// Does something, or leaves no trace of it.
    pub(super) fn or_as_before(&mut self, work: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let known = (self.areas.list.len(), self.indicators.list.len());
        let outcome = work(self);
        if outcome.is_err() {
            self.areas.truncate(known.0);
            self.indicators.truncate(known.1);
            self.periods.split_off(&known.1);
        }
        outcome
    }

    fn gather<A: AsRef<str>, I: AsRef<str>, P: AsRef<str>, C: Into<i64>>(
        &mut self,
        records: impl Iterator<Item = (A, I, Option<P>, C)>,
    ) -> Result<()> {
        let (mut areas, mut indicators, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        let mut label = String::new();
        for ((area, indicator, period, count), row) in records.zip(1..) {
            let (area, indicator) = (area.as_ref().trim(), indicator.as_ref().trim());
            let area = if area.is_empty() { Self::NO_AREA } else { area };
            let period = period.as_ref().map(|period| period.as_ref().trim());
            let missing = match period {
                _ if indicator.is_empty() => Some(("the record", "indicator")),
                Some("") => Some(("the record", "period")),
                _ => None,
            };
            if let Some((whole, part)) = missing {
                let error = Error::from(ErrorKind::Missing { whole, part, advice: "every record needs one" });
                return Err(error.at_row(row).in_area(area));
            }
            areas.push(self.area(area));
            indicators.push(self.offence(indicator, period, &mut label).map_err(|error| error.at_row(row))?);
            counts.push(count.into());
        }
        self.add(&areas, &indicators, &counts)
    }

    /// The number of an area by its name.
    pub(crate) fn area(&mut self, name: &str) -> u64 {
        self.areas.number(name) as u64
    }

    /// The number of the indicator that an offence is in a period, if it is of one.
    pub(crate) fn offence(&mut self, offence: &str, period: Option<&str>, label: &mut String) -> Result<u64> {
        label.clear();
        label.extend([offence].into_iter().chain(period.into_iter().flat_map(|period| [BEFORE_PERIOD, period])));
        Ok(self.indicator(label, period)? as u64)
    }

    /// Adds records by their numbers.
    pub(crate) fn add<A, I, C>(&mut self, areas: &[A], indicators: &[I], counts: &[C]) -> Result<()>
    where
        A: Copy + Ord + Into<u64> + Sync,
        I: Copy + Ord + Into<u64> + Sync,
        C: Copy + Into<i64> + Sync,
    {
        self.make_room()?;
        self.records.try_extend_columns(areas, indicators, counts)
    }

    /// Makes room for all names, and up to a quarter more, so that records that grow are seldom moved.
    fn make_room(&mut self) -> Result<()> {
        let needed = (self.areas.list.len(), self.indicators.list.len());
        if needed.0 > self.records.areas() || needed.1 > self.records.indicators() {
            let rounded = |needed: usize| needed.next_multiple_of((needed.next_power_of_two() / 8).max(1));
            let room = |needed: usize, there: usize| if needed > there { rounded(needed) } else { there };
            let (areas, indicators) = (room(needed.0, self.records.areas()), room(needed.1, self.records.indicators()));
            self.records = self.records.with_room(areas, indicators)?;
        }
        Ok(())
    }

    /// The number of an indicator, which is of the period that it was of before, if any.
    fn indicator(&mut self, name: &str, period: Option<&str>) -> Result<usize> {
        let new = self.indicators.list.len();
        let number = self.indicators.number(name);
        if number == new {
            self.periods.extend(period.map(|period| (number, period.into())));
        } else if self.periods.get(&number).map(|period| &**period) != period {
            return Err(ErrorKind::Duplicate { what: "indicator", name: name.into(), first: None }.into());
        }
        Ok(number)
    }

    /// Adds what other records have added up.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] where a total might overflow, [`ErrorKind::Duplicate`] where an indicator is of another period
    /// there; nothing is added then.
    pub fn try_merge(&mut self, other: &Self) -> Result<()> {
        self.or_as_before(|here| {
            let areas: Vec<usize> = other.areas.list.iter().map(|name| here.areas.number(name)).collect();
            let each = other.indicators.list.iter().zip(0..);
            let indicators = each.map(|(name, number)| here.indicator(name, other.period_at(number)));
            let indicators = indicators.collect::<Result<Vec<usize>>>()?;
            here.make_room()?;
            here.records.try_merge_as(&other.records, &areas, &indicators)
        })
    }

    /// The names of the areas, in alphabetical order.
    pub fn areas(&self) -> impl Iterator<Item = &str> {
        self.areas.in_order().into_iter().map(|number| self.areas.at(number))
    }

    /// The names of the indicators, in alphabetical order.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        self.indicators.in_order().into_iter().map(|number| self.indicators.at(number))
    }

    /// The period of an indicator, where it is of one.
    #[must_use]
    pub fn period(&self, indicator: &str) -> Option<&str> {
        self.period_at(*self.indicators.numbers.get(indicator.trim())?)
    }

    fn period_at(&self, number: usize) -> Option<&str> {
        self.periods.get(&number).map(|period| &**period)
    }

    /// The cells below zero by their numbers.
    pub(super) fn numbered_negatives(&self) -> impl Iterator<Item = (usize, usize, i64)> {
        self.records.negative_totals()
    }

    pub(super) fn area_at(&self, number: usize) -> &str {
        self.areas.at(number)
    }

    pub(super) fn indicator_at(&self, number: usize) -> &str {
        self.indicators.at(number)
    }

    /// Whether any record names no area.
    pub(crate) fn has_unplaced(&self) -> bool {
        self.areas.numbers.contains_key(Self::NO_AREA)
    }

    /// The names of the areas in the order in which they came.
    pub(crate) fn areas_as_they_came(&self) -> impl Iterator<Item = &str> {
        self.areas.list.iter().map(|name| &**name)
    }

    /// The records with a row for each of these names, among which are all areas, and the names of their indicators.
    pub(crate) fn arranged(&self, names: &[String]) -> Result<(Records, Vec<&str>)> {
        let places: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        let areas: Vec<usize> = self.areas_as_they_came().filter_map(|name| places.get(name).copied()).collect();
        let order = self.indicators.in_order();
        let records = self.records.renumbered(&areas, &places_of(&order), (names.len(), order.len()))?;
        Ok((records, order.iter().map(|number| self.indicators.at(*number)).collect()))
    }

    /// The total of a cell; `None` where it has no record. White space around names is dropped.
    #[must_use]
    pub fn total(&self, area: &str, indicator: &str) -> Option<i64> {
        let (area, indicator) = (self.areas.numbers.get(area.trim())?, self.indicators.numbers.get(indicator.trim())?);
        self.records.total(*area, *indicator)
    }
}

/// For each number its place in an order of the numbers.
fn places_of(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, number) in order.iter().enumerate() {
        if let Some(to) = places.get_mut(*number) {
            *to = place;
        }
    }
    places
}

/// The same names have the same totals, in whatever order they came.
impl PartialEq for NamedRecords {
    fn eq(&self, other: &Self) -> bool {
        let (here, there) = (Parts::from(self.clone()), Parts::from(other.clone()));
        let names = |parts: &Parts| (parts.areas.clone(), parts.indicators.clone(), parts.periods.clone());
        names(&here) == names(&there) && here.records == there.records
    }
}

impl From<NamedRecords> for Parts {
    fn from(named: NamedRecords) -> Self {
        let (areas, indicators) = (named.areas.in_order(), named.indicators.in_order());
        let dim = (areas.len(), indicators.len());
        let records = named.records.renumbered(&places_of(&areas), &places_of(&indicators), dim);
        let names = |names: &Names, order: &[usize]| order.iter().map(|number| names.at(*number).to_owned()).collect();
        let periods = indicators.iter().map(|number| named.period_at(*number).map(str::to_owned));
        Self {
            areas: names(&named.areas, &areas),
            indicators: names(&named.indicators, &indicators),
            periods: if named.periods.is_empty() { Vec::new() } else { periods.collect() },
            records: records.unwrap_or(named.records),
        }
    }
}

impl TryFrom<Parts> for NamedRecords {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let names = |list: Vec<String>| {
            let mut names = Names::default();
            let good = list.iter().enumerate().all(|(number, name)| {
                let name = name.as_str();
                !name.is_empty() && name.trim() == name && names.number(name) == number
            });
            if good { Ok(names) } else { Err(not_records("names that are empty or stand twice")) }
        };
        let (areas, indicators, mut periods) = (names(parts.areas)?, names(parts.indicators)?, BTreeMap::new());
        if parts.periods.len() > indicators.list.len() {
            return Err(not_records("more periods than indicators"));
        }
        for (number, period) in parts.periods.into_iter().enumerate() {
            let Some(period) = period else { continue };
            let offence = indicators.at(number).strip_suffix(period.as_str());
            let offence = offence.and_then(|offence| offence.strip_suffix(BEFORE_PERIOD)).unwrap_or_default();
            if [offence, &period].iter().any(|name| name.is_empty() || name.trim() != *name) {
                return Err(not_records("an indicator that does not end in its period"));
            }
            periods.insert(number, period.into());
        }
        let named = Self { areas, indicators, periods, records: parts.records };
        let dim = (named.areas.list.len(), named.indicators.list.len());
        if dim == (named.records.areas(), named.records.indicators()) {
            Ok(named)
        } else {
            Err(not_records("more or fewer names than areas and indicators"))
        }
    }
}
