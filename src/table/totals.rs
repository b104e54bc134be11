//! Totals among the rows of a table, and counts that are in no area.

use super::{area::Area, months::Months, peers::Groupings, policies::policy::Policy, table::Table};
use crate::{
    base::{Error, Result},
    rate::Observation,
};
use std::sync::Arc;

impl Table {
    /// The table with an area taken for what it is: the sum of others, such as a country or a region among its areas. It takes no
    /// part, and every answer says how it compares with the areas that it should be the sum of.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 311, 3_574_100), ("B", 120, 1_328_400), ("C", 205, 6_547_600), ("All", 641, 11_450_100)])?;
    /// let report = table.total("All")?.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
    /// assert_eq!(report.league().len(), 3);
    /// assert!(report.to_string().contains("Total: All, 5 more than all 3 others have together, on the same population of 11,450,100"));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn total(self, area: &str) -> Result<Self> {
        self.apply(area, Policy::Total)
    }

    /// The table with a row whose count is in no area, such as offences without a known place. It is in no average; how large a
    /// share of all it is, every answer says.
    ///
    /// ```
    /// use crimerate::{Average, Per, Row, Table};
    ///
    /// let rows = || [Row::new("Laramie", 1, 99_500), Row::new("Natrona", 0, 79_858), Row::unplaced("Unassigned", 17)];
    /// let pooled = |table: &Table| table.compare(Average::POOLED).average().map(|it| it.per(Per::HUNDRED_THOUSAND).to_string());
    /// assert_eq!(pooled(&Table::from_rows(rows())?.unplaced("Unassigned")?), Ok("0.558 per 100,000".into()));
    /// assert_eq!(pooled(&Table::from_rows(rows())?.unplaced_in_average("Unassigned")?), Ok("10.0 per 100,000".into()));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn unplaced(self, area: &str) -> Result<Self> {
        self.apply(area, Policy::Unplaced { in_average: false })
    }

    /// The same with the count in the numerator of the pooled average of everyone, and in no other figure.
    ///
    /// # Errors
    /// As [`Table::apply`], and [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) where the count is suppressed.
    pub fn unplaced_in_average(self, area: &str) -> Result<Self> {
        self.apply(area, Policy::Unplaced { in_average: true })
    }

    /// The table with a count that is in no area and has no row, such as that of records without a place: as [`Table::unplaced`], under this name.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("Laramie", 1, 99_500), ("Natrona", 0, 79_858)])?.with_unplaced("Unassigned", 17)?;
    /// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).to_string();
    /// assert!(report.contains("In no area: 17 of 18 counted (94 %), Unassigned."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Missing`](crate::ErrorKind::Missing) for an empty name, [`ErrorKind::Duplicate`](crate::ErrorKind::Duplicate) for that of an area,
    /// and, where counts are rounded, as [`Table::rounded_to`].
    pub fn with_unplaced(mut self, name: &str, count: u64) -> Result<Self> {
        let (mut areas, place) = (self.list_of_areas().clone(), self.len());
        if let Some(kind) = areas.push(Area::new(name, None)?, place as u64 + 1).into_iter().next() {
            return Err(Error::from(kind).in_area(name));
        }
        let mut groups = Groupings::default();
        self.groups.given().into_iter().try_for_each(|given| groups.push(given, &areas))?;
        (self.areas, self.groups) = (Arc::new(areas), groups);
        self.counts.push(Observation::Known(count));
        self.populations.push(None);
        self.months = self.months.map(Months::with_row);
        self.policies.insert(place, Policy::Unplaced { in_average: false });
        match self.rounding() {
            Some(base) => self.rounded_to(base),
            None => Ok(self),
        }
    }

    /// What is in no area, as far as it is known, and is to be in the pooled average.
    pub(crate) fn unplaced_count(&self) -> u128 {
        self.unplaced_rows()
            .filter(|(in_average, ..)| *in_average)
            .filter_map(|(.., count)| count.known())
            .map(u128::from)
            .sum()
    }

    /// The least and, where it is known, the most that is in no area: all of it, or without what is in the pooled average. Of a count that is
    /// missing nothing is said.
    pub(crate) fn in_no_area(&self, in_average: bool) -> (u128, Option<u128>) {
        let rows = self.unplaced_rows().filter(|(in_its, ..)| in_average || !in_its);
        let half = self.rounding().unwrap_or(1) / 2;
        rows.fold((0, Some(0)), |(least, most), (.., count)| {
            let (from, to) = match count {
                Observation::Known(count) => (count.saturating_sub(half), Some(count.saturating_add(half))),
                Observation::Suppressed { at_least, at_most } => (at_least, at_most),
                Observation::Missing(_) => (0, Some(0)),
            };
            (least + u128::from(from), most.zip(to).map(|(most, to)| most + u128::from(to)))
        })
    }

    pub(super) fn unplaced_rows(&self) -> impl Iterator<Item = (bool, &Area, Observation)> {
        self.by_place().iter().filter_map(|(index, policy)| match policy {
            Policy::Unplaced { in_average } => {
                Some((*in_average, self.areas().get(*index)?, self.observation(*index)?))
            }
            _ => None,
        })
    }
}
