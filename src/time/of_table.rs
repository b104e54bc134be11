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
        let rows = self.areas().iter().enumerate().map(|(place, area)| {
            let cell = self.cells(place).get(at).copied();
            let count = cell.map_or(Observation::SUPPRESSED, |cell| cell.count);
            let row = Row::new(area.name(), count, cell.and_then(|cell| cell.people)).distinct();
            let row = area.code().map_or(row.clone(), |code| row.code(code));
            // A gap has no months of its own.
            let months = cell.filter(|_| self.is_in_person_months()).map(|cell| cell.months);
            months.map_or(row.clone(), |months| row.months(months))
        });
        let table = Table::from_rows_leaving_out(rows)?;
        let basis = self.basis().clone().with_period(self.period_label(period));
        let basis = if self.is_in_person_months() { basis } else { basis.with_months(period.months()) };
        Ok(table.with_basis(basis))
    }

    /// Areas that may be totals of others, by the period in which most are known, the last of them.
    pub(super) fn totals_notes(&self) -> Vec<Note> {
        let known = |at: &usize| {
            let cells = (0..self.len()).filter_map(|place| self.cells(place).get(*at));
            cells.filter(|cell| cell.count.known().is_some()).count()
        };
        let period = (0..self.periods().len()).max_by_key(known).and_then(|at| self.periods().get(at));
        period
            .and_then(|period| self.table(*period).ok())
            .map_or_else(Vec::new, |table| table.totals_notes(&hints(table.areas())))
    }
}
