//! Whether a table is a period, or some of them, of the series that its claims have.

use super::checker::Checker;
use crate::base::{Note, Topic, digits, words};

/// How many periods in a row a table may be the sum of.
const RUNS: [usize; 6] = [1, 2, 3, 4, 6, 12];

impl Checker {
    /// That the table has another count of areas than each period of the series has, and as many of them in a row as make up another.
    pub(super) fn beside_series_note(&self) -> Option<Note> {
        let rows = 0..self.league().table().len();
        let mut apart = rows.filter_map(|row| self.beside_series(row));
        let first = apart.next()?;
        let more = match apart.count() {
            0 => String::new(),
            more => format!("; so it is with {}", words::counted(more, "more area")),
        };
        Some(Note::new(Topic::Basis, format!("{first}{more}.")))
    }

    /// What the table and the series have of an area, where these do not agree.
    fn beside_series(&self, row: usize) -> Option<String> {
        let (series, table) = (self.series()?, self.league().table());
        let (area, rate) = (table.areas().get(row)?, table.rate(row)?.ok()?);
        let own = self.series_of(area).ok()?;
        if series.is_in_person_months() != table.basis().is_in_person_months() {
            return None;
        }
        // One that is not known may be that of the table.
        let counts = series.periods().iter().map(|period| own.count(*period)?.known().map(u128::from));
        let counts: Vec<u128> = counts.collect::<Option<_>>()?;
        let (least, most) = table.unrounded(row, rate.count()).unwrap_or((rate.count(), rate.count()));
        let range = u128::from(least)..=u128::from(most);
        if RUNS.iter().any(|run| counts.windows(*run).any(|counts| range.contains(&counts.iter().sum()))) {
            return None;
        }
        let last = *series.periods().last()?;
        let then = match own.rate(last) {
            Ok(then) => self.on(then),
            Err(_) => digits::grouped(u64::try_from(*counts.last()?).ok()?),
        };
        Some(format!(
            "The table is no period of the series: of {area} it has {}, and the last period, {last}, {then}",
            self.on(rate)
        ))
    }
}
