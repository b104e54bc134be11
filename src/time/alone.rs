//! Counts that are compared without populations.

use super::changes::Changes;
use crate::{
    base::{Error, ErrorKind, Note, Result, Topic, digits, words},
    rate::Population,
    table::{Basis, Row, Table},
};

impl Changes {
    /// The changes of counts that have no populations: the ratio of the later count to the earlier one, with its interval and test, as if
    /// the population had stayed what it was. Rows may give their months ([`Row::months`]): counts are then compared per month. In the
    /// two tables each area's population is its months, or 1.
    ///
    /// ```
    /// use crimerate::{Per, Row, time::Changes};
    ///
    /// // 25 robberies this month, 192 in the year before.
    /// let year = [Row::without_population("robberies", 192).months(12)];
    /// let month = [Row::without_population("robberies", 25).months(1)];
    /// let change = Changes::of_counts(year, month)?.area("robberies")?;
    /// assert_eq!(change.to_string(), "+56.3 % (95 % interval -1.4 to +137.7)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] for a row that has a population, else as [`Table::from_rows`] and [`Table::change_to`].
    pub fn of_counts<B: Into<Row>, A: Into<Row>>(
        before: impl IntoIterator<Item = B>,
        after: impl IntoIterator<Item = A>,
    ) -> Result<Self> {
        let before = counts(before.into_iter().map(Into::into).collect())?;
        before.changed_to(&counts(after.into_iter().map(Into::into).collect())?, true)
    }

    /// The same changes in the words of these bases: what was counted, when, and from where.
    ///
    /// ```
    /// use crimerate::{Basis, Per, Row, time::Changes};
    ///
    /// let rows = |killed| [Row::without_population("Kent", killed)];
    /// let basis = |year: &str| Basis::new().with_count("people killed").with_period(year);
    /// let changes = Changes::of_counts(rows(61), rows(48))?.with_bases(basis("2022"), basis("2023"))?;
    /// let text = changes.per(Per::HUNDRED_THOUSAND).to_string();
    /// assert!(text.contains("People killed before") && text.contains("Periods: 2022, then 2023."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::change_to`].
    pub fn with_bases(self, before: Basis, after: Basis) -> Result<Self> {
        let alone = self.of_counts_alone();
        self.before().clone().with_basis(before).changed_to(&self.after().clone().with_basis(after), alone)
    }
}

/// A table of rows without populations, one unit each.
fn counts(rows: Vec<Row>) -> Result<Table> {
    let alone = |(place, row): (u64, Row)| match &row.population {
        Err(error) if *error.kind() == ErrorKind::NoPopulation => {
            Ok(Row { population: Population::try_from(1_u64), ..row })
        }
        Err(_) => Ok(row),
        Ok(people) => {
            let (what, why) = ("compared by its count alone".into(), format!("it has a population of {people}"));
            let error = Error::from(ErrorKind::Conflict { what, why }).at_row(row.line.unwrap_or(place));
            Err(error.in_area(row.name.trim()))
        }
    };
    Table::from_rows((1..).zip(rows).map(alone).collect::<Result<Vec<Row>>>()?)
}

impl Table {
    /// What has to be reported where counts alone are compared.
    pub(super) fn alone_notes(&self, later: &Self) -> Vec<Note> {
        const NAMED: usize = 5;
        let text = "Populations: none, so counts are compared as if nobody had come or gone.";
        let mut notes = vec![Note::new(Topic::Basis, text)];
        if !self.basis().is_in_person_months() {
            return notes;
        }
        let months = |table: &Self, index| table.stated_population(index);
        let both = self.areas().iter().enumerate().filter_map(|(index, area)| {
            Some((area.label(), months(self, index)?, months(later, self.in_later(area, later)?)?))
        });
        let other: Vec<(&str, u64, u64)> = both.filter(|(_, before, after)| before != after).collect();
        let told = match other.len() {
            0 => "the same in both".to_owned(),
            1..=NAMED => {
                let each = other.iter().map(|(area, before, after)| {
                    format!("{area} {} before and {} after", digits::grouped(*before), digits::grouped(*after))
                });
                each.collect::<Vec<_>>().join(", ")
            }
            many => format!("others after than before in {}", words::counted(many, "area")),
        };
        let seasons = if other.is_empty() { "" } else { "; figures have seasons" };
        notes.push(Note::new(Topic::Basis, format!("Months: {told}. Counts are compared per month{seasons}.")));
        notes
    }
}
