//! Panels of records by period, with populations of each period.

use super::{panel::Panel, populations::Populations};
use crate::{
    base::{Error, ErrorKind, Result},
    records::{CellRule, NamedRecords},
    table::Area,
};
use ndarray::Array2;
use std::collections::HashMap;

impl NamedRecords {
    /// As [`NamedRecords::panel`], with a population for each area and period, in any order: the areas are those that have a
    /// population here, in the order in which they come first. The records are those of
    /// [`NamedRecords::try_extend_by_period`]; periods without a record are passed over.
    ///
    /// # Errors
    /// [`ErrorKind::NoPopulation`] and [`ErrorKind::ZeroPopulation`] with area and period, where a cell of the panel has no
    /// population; [`ErrorKind::Duplicate`] where one is given twice; [`ErrorKind::Missing`] for an indicator that is of no period; else
    /// as [`NamedRecords::panel`].
    pub fn panel_by_period<N: Into<String>, P: AsRef<str>>(
        &self,
        populations: impl IntoIterator<Item = (N, P, u64)>,
        absent: impl Into<CellRule>,
    ) -> Result<Panel<'static>> {
        let people = People::new(self, populations)?;
        people.check()?;
        people.panel(self, absent.into())
    }

    /// As [`NamedRecords::panel_by_period`], but a cell without a population (zero, or not listed here) is left out with a note,
    /// where it would be refused. Areas that are not listed stand after the others, in alphabetical order.
    ///
    /// ```
    /// use crimerate::{LeftOut, records::{Absent, NamedRecords}};
    ///
    /// let mut records = NamedRecords::new();
    /// records.try_extend_by_period([("Kent", "theft", "2019", 7), ("Kent", "theft", "2020", 9), ("Essex", "theft", "2020", 3)])?;
    /// let people = [("Essex", "2019", 1_832_800), ("Essex", "2020", 1_841_500), ("Kent", "2019", 1_846_500)];
    /// let error = records.panel_by_period(people, Absent::Zero).unwrap_err();
    /// assert!(error.to_string().starts_with("Kent: period 2020: population is not given"));
    /// let panel = records.panel_by_period_leaving_out(people, Absent::Zero)?;
    /// assert_eq!(panel.indicator("theft, 2020")?.rate(1), Some(Err(LeftOut::NoPopulation)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`NamedRecords::panel_by_period`] but for [`ErrorKind::NoPopulation`] and [`ErrorKind::ZeroPopulation`].
    pub fn panel_by_period_leaving_out<N: Into<String>, P: AsRef<str>>(
        &self,
        populations: impl IntoIterator<Item = (N, P, u64)>,
        absent: impl Into<CellRule>,
    ) -> Result<Panel<'static>> {
        People::new(self, populations)?.panel(self, absent.into())
    }
}

/// Populations by area and period, those of periods that records are of.
struct People<'r> {
    areas: Vec<String>,
    periods: Vec<&'r str>,
    /// The period of each indicator.
    of_indicator: Vec<usize>,
    /// By area and period.
    given: HashMap<(usize, usize), u64>,
}

impl<'r> People<'r> {
    fn new<N: Into<String>, P: AsRef<str>>(
        records: &'r NamedRecords,
        populations: impl IntoIterator<Item = (N, P, u64)>,
    ) -> Result<Self> {
        let (mut periods, mut of_indicator, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
        for indicator in records.indicators() {
            let advice = "add its records by period, or give a population for each area alone";
            let none = ErrorKind::Missing { whole: "the indicator", part: "period", advice };
            let period = records.period(indicator).ok_or_else(|| Error::from(none).in_indicator(indicator))?;
            of_indicator.push(*numbers.entry(period).or_insert_with(|| {
                periods.push(period);
                periods.len() - 1
            }));
        }
        let (mut areas, mut places, mut given) = (Vec::new(), HashMap::new(), HashMap::new());
        for ((area, period, people), row) in populations.into_iter().zip(1..) {
            let area = Area::new(&area.into(), None).map_err(|error| error.at_row(row))?;
            let (area, period) = (area.name(), period.as_ref().trim());
            let place = *places.entry(area.to_owned()).or_insert_with(|| {
                areas.push(area.to_owned());
                areas.len() - 1
            });
            let Some(number) = numbers.get(period) else { continue };
            if given.insert((place, *number), people).is_some() {
                let (what, name) = ("population of the period", period.to_owned());
                let twice = Error::from(ErrorKind::Duplicate { what, name, first: None });
                return Err(twice.at_row(row).in_area(area));
            }
        }
        areas.extend(records.areas().filter(|area| !places.contains_key(*area)).map(str::to_owned));
        Ok(Self { areas, periods, of_indicator, given })
    }

    /// Refuses the first area and period without a population.
    fn check(&self) -> Result<()> {
        for (place, area) in self.areas.iter().enumerate().filter(|(_, area)| *area != NamedRecords::NO_AREA) {
            for (number, period) in self.periods.iter().enumerate() {
                let kind = match self.given.get(&(place, number)) {
                    None => ErrorKind::NoPopulation,
                    Some(0) => ErrorKind::ZeroPopulation,
                    Some(_) => continue,
                };
                return Err(Error::from(kind).in_area(area).in_period(*period));
            }
        }
        Ok(())
    }

    fn panel(&self, records: &NamedRecords, rule: CellRule) -> Result<Panel<'static>> {
        let shape = (self.areas.len(), self.periods.len());
        let people = Array2::from_shape_fn(shape, |cell| self.given.get(&cell).copied().unwrap_or(0));
        let populations = Populations::where_they_differ(people, self.of_indicator.iter().copied());
        let given = |area: usize, indicator: usize| {
            let period = self.of_indicator.get(indicator);
            period.is_some_and(|period| self.given.contains_key(&(area, *period)))
        };
        records.panel_of(&self.areas, rule, |counts| {
            Ok(Panel::leaving_out(self.areas.iter().cloned(), counts, populations)?.without_populations(given))
        })
    }
}
