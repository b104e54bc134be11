//! One period of a series as a table.

use super::series::Series;
use crate::{
    base::{Note, Result},
    forces::hints,
    rate::{Observation, Period},
    table::{Row, Table},
};

impl Series {
    /// The table of one period, its basis with that period. A gap is an area whose count is not known, and one without a population is left out; a part
    /// of a period is a row with its months.
    ///
    /// ```
    /// use crimerate::{Average, time::Series};
    ///
    /// let rows = [("Kent", "2020", 200, 500_000), ("Essex", "2020", 300, 400_000), ("Kent", "2021", 260, 510_000)];
    /// let series = Series::from_rows(rows)?;
    /// let league = series.table("2020".parse()?)?.compare(Average::POOLED);
    /// assert_eq!(league.area("Essex")?.rank().to_string(), "1");
    /// let change = series.table("2020".parse()?)?.change_to(&series.table("2021".parse()?)?)?.area("Kent")?;
    /// assert_eq!(format!("{:+.1} %", change.percent().unwrap()), "+27.5 %");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`](crate::ErrorKind::UnknownName) for a period that the series does not have, else as [`Table::from_rows`].
    pub fn table(&self, period: Period) -> Result<Table> {
        let at = self.find(period)?;
        let count = |place| self.cells(place).get(at).map_or(Observation::SUPPRESSED, |cell| cell.count);
        let basis = self.basis().clone().with_period(self.period_label(period));
        let basis = if self.is_in_person_months() { basis } else { basis.with_months(period.months()) };
        Ok(self.table_of(at, count)?.with_basis(basis))
    }

    /// The people of a period with these counts, by the place of the area.
    fn table_of(&self, at: usize, count: impl Fn(usize) -> Observation) -> Result<Table> {
        Table::from_rows_leaving_out(self.areas().iter().enumerate().map(|(place, area)| {
            let cell = self.cells(place).get(at).copied();
            let row = Row::new(area.name(), count(place), cell.and_then(|cell| cell.people)).distinct();
            let row = area.code().map_or(row.clone(), |code| row.code(code));
            // A gap has no months of its own.
            let months = cell.filter(|_| self.is_in_person_months()).map(|cell| cell.months);
            months.map_or(row.clone(), |months| row.months(months))
        }))
    }

    /// Areas that may be totals of others: by the people of the period in which most are known, the last of them, and by the counts of all periods in which
    /// these are. The counts are weighed, by another weight in each period, so that their sums agree where those of each period do.
    pub(super) fn totals_notes(&self) -> Vec<Note> {
        const LEAST: u64 = 1_000;
        let known = |at: usize| -> Vec<Option<u64>> {
            (0..self.len()).map(|place| self.cells(place).get(at)?.count.known()).collect()
        };
        let number = |at: &usize| known(*at).iter().flatten().count();
        let Some(at) = (0..self.periods().len()).max_by_key(number) else { return Vec::new() };
        let here = known(at);
        let with_all =
            |other: &Vec<Option<u64>>| other.iter().zip(&here).all(|(other, here)| here.is_none() || other.is_some());
        let counts: Vec<Vec<Option<u64>>> = (0..self.periods().len()).map(known).filter(with_all).collect();
        let alone = counts.len() < 2;
        let weighed = |place: usize| {
            let mut each = counts.iter().zip(LEAST..).map(|(counts, weight)| {
                counts.get(place).copied().flatten()?.checked_mul(if alone { 1 } else { weight })
            });
            let sum = each.try_fold(0_u64, |sum, count| sum.checked_add(count?));
            sum.map_or(Observation::SUPPRESSED, Observation::Known)
        };
        self.table_of(at, weighed).map_or_else(|_| Vec::new(), |table| table.totals_notes(&hints(table.areas())))
    }
}
