//! One period of a series as a table.

use super::series::Series;
use crate::{
    base::{Note, Result, Topic, words},
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

    /// Areas that may be totals of others, and what that means for the figures until it is said that they are.
    pub(super) fn totals_notes(&self) -> Vec<Note> {
        let table = self.weighed();
        let mut notes = table.map_or_else(Vec::new, |table| table.totals_notes(&hints(table.areas())));
        let sums = self.perhaps_sums();
        let named: Vec<&str> = sums.iter().map(|place| self.label(*place)).collect();
        let text = format!(
            "Not in phi_w and not in the trend of the rest, as perhaps totals: {}. They have lines like any area, and p by Holm allow for these, until they are left out.",
            words::listed(&named, ", ", "area")
        );
        notes.extend((!named.is_empty()).then(|| Note::new(Topic::Areas, text)));
        notes
    }

    /// The places of areas whose counts and populations are those of others together.
    pub(super) fn perhaps_sums(&self) -> Vec<usize> {
        self.weighed().map_or_else(Vec::new, |table| table.perhaps_sums(&hints(table.areas())))
    }

    /// The people of the period in which most counts are known, the last of them, and the counts of all periods in which these areas' are. The counts
    /// are weighed, by another weight in each period, so that their sums agree where those of each period do.
    fn weighed(&self) -> Option<Table> {
        const LEAST: u64 = 1_000;
        let known = |at: usize| -> Vec<Option<u64>> { self.iter().map(|area| area.count_at(at)).collect() };
        let number = |at: &usize| known(*at).iter().flatten().count();
        let at = (0..self.periods().len()).max_by_key(number)?;
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
        self.table_of(at, weighed).ok()
    }
}
