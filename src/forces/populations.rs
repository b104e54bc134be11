//! Populations for tables of counts alone.

use super::{
    body::{Body, among_regions},
    registry::YEARS,
};
use crate::{
    base::{Error, ErrorKind, Result},
    table::Table,
};

impl Table {
    /// The table with the residents of each force's area in the middle of a year, for one who has counts alone; the basis says so.
    /// An area that is no force of England and Wales, as the region West Midlands among regions, stays without a population, and is left out.
    ///
    /// ```
    /// use crimerate::{Average, Per, Row, Table};
    ///
    /// let counts = [Row::without_population("West Midlands", 3_437), Row::without_population("Merseyside", 1_424)];
    /// let table = Table::from_rows_leaving_out(counts)?.with_populations(2018)?;
    /// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).to_string();
    /// assert!(report.contains("2,916,458"));
    /// assert!(report.contains("Basis: population: residents (2018)."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for another year than one of [`YEARS`](crate::forces::YEARS), [`ErrorKind::Conflict`] for a force that has a
    /// population already: two kinds of population would stand in one table.
    pub fn with_populations(self, year: u16) -> Result<Self> {
        check_year(year)?;
        // Among regions West Midlands is the region.
        let regions = among_regions(self.areas().iter().map(Body::of_area));
        let people = self.areas().iter().map(|area| match Body::of_area(area)? {
            Body::Force(force) if !regions || area.code().is_some() => force.population(year),
            _ => None,
        });
        let people: Vec<_> = people.collect();
        for (index, _) in people.iter().enumerate().filter(|(_, people)| people.is_some()) {
            if let Some(area) = self.areas().get(index).filter(|_| self.population(index).is_some()) {
                let (what, why) = (format!("given that of {year}"), "it has a population: give counts alone".into());
                return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(area.label()));
            }
        }
        let basis = self.basis().clone().with_population("residents").with_population_year(year);
        Ok(self.peopled(&people)?.with_basis(basis))
    }
}

/// Refuses a year that there are no populations of.
pub(crate) fn check_year(year: u16) -> Result<()> {
    if YEARS.contains(&year) {
        return Ok(());
    }
    let (what, range) = ("a year of populations", "2016, 2017, 2018 or 2020");
    Err(ErrorKind::OutOfRange { what, value: year.into(), range }.into())
}
