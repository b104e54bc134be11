//! What was taken from street files.

use super::months::{ForceMonth, number_of};
use crate::base::{digits, words};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// What was taken from monthly street files of data.police.uk.
///
/// It prints as lines of text, and serialises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The first month and the last, such as `2019-12`.
    pub months: Option<(String, String)>,
    /// The forces as data.police.uk names them, such as `west-midlands`.
    pub forces: Vec<String>,
    /// How many files were read.
    pub files: u64,
    /// How many rows they have.
    pub rows: u64,
    /// How many of them were counted, those without a place too.
    pub counted: u64,
    /// How many of those name no place.
    pub without_place: u64,
    /// Rows of anti-social behaviour, which is no crime.
    pub anti_social: u64,
    /// Whether they were counted.
    pub with_anti_social: bool,
    /// Rows whose crime id stands in another of the same month; they are counted each.
    pub repeated: u64,
    /// Rows of another month than that of their file; they are counted in their own.
    pub of_another_month: u64,
    /// Months of forces that have no file, though the force has others: month and force.
    pub missing: Vec<(String, String)>,
    /// Months of forces whose file has no row, which are taken for months without a file.
    pub empty: Vec<(String, String)>,
    /// Files that are no street files.
    pub passed: Vec<String>,
    /// Areas that have fewer months than there are files of, as the force in whose files most of their rows stand lacks some: area and months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fewer_months: Vec<(String, u32)>,
    /// Crimes that other forces recorded in areas whose own force has no file of the month: area, month and how many, in this order. The records
    /// have them, and [`Found::months_of`] has no such month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_other_forces: Vec<(String, String, u64)>,
}

impl Found {
    /// How many months the crimes of an area are counted over: those from the first file to the last, but for months of which its force has none.
    #[must_use]
    pub fn months_of(&self, area: &str) -> u32 {
        let at = self.fewer_months.binary_search_by(|(other, _)| other.as_str().cmp(area));
        let fewer = at.ok().and_then(|at| self.fewer_months.get(at)).map(|(_, months)| *months);
        fewer.unwrap_or_else(|| self.all_months())
    }

    /// Whether the crimes of an area in a month are among those of the months that it is counted over.
    #[must_use]
    pub fn is_covered(&self, area: &str, month: &str) -> bool {
        let own = |(one, of, _): &(String, String, u64)| (one.as_str(), of.as_str()).cmp(&(area, month));
        self.of_other_forces.binary_search_by(own).is_err()
    }

    /// How many months there are from the first file to the last.
    pub(super) fn all_months(&self) -> u32 {
        let numbers = self.months.as_ref().and_then(|(first, last)| Some((number_of(first)?, number_of(last)?)));
        numbers.map_or(0, |(first, last)| last.saturating_sub(first) + 1)
    }

    pub(super) fn add(&mut self, of: &ForceMonth) {
        let (first, last) = self.months.get_or_insert_with(|| (of.month.clone(), of.month.clone()));
        // Files come by month.
        last.clone_from(&of.month);
        if of.month < *first {
            first.clone_from(&of.month);
        }
        if let Err(place) = self.forces.binary_search(&of.force) {
            self.forces.insert(place, of.force.clone());
        }
        self.files += 1;
    }
}

fn list(months: &[(String, String)]) -> String {
    const MOST: usize = 20;
    let few: Vec<String> = months.iter().take(MOST).map(|(month, force)| format!("{force} {month}")).collect();
    match months.len().saturating_sub(MOST) {
        0 => few.join(", "),
        more => format!("{} and {} more", few.join(", "), digits::grouped(more as u64)),
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = |number: u64| format!("{} row{}", digits::grouped(number), if number == 1 { "" } else { "s" });
        let (first, last) = self.months.clone().unwrap_or_default();
        let months = if first == last { first } else { format!("{first} to {last}") };
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let files = words::counted(number(self.files), "file");
        let forces = words::counted(self.forces.len(), "force");
        write!(f, "{files} of {forces}, {months}; {}, {} counted", rows(self.rows), digits::grouped(self.counted))?;
        if self.without_place > 0 {
            write!(f, "\nWithout a place: {}", rows(self.without_place))?;
        }
        if self.anti_social > 0 {
            let what = if self.with_anti_social { "counted as it was asked for" } else { "not counted" };
            write!(f, "\nAnti-social behaviour, which is no crime: {}, {what}", rows(self.anti_social))?;
        }
        if self.repeated > 0 {
            let repeated = rows(self.repeated);
            write!(f, "\nWith the crime id of another row of their month: {repeated}, counted each")?;
        }
        if self.of_another_month > 0 {
            write!(f, "\nOf another month than their file: {}, counted in their own", rows(self.of_another_month))?;
        }
        if !self.of_other_forces.is_empty() {
            let crimes = self.of_other_forces.iter().map(|(.., crimes)| crimes).sum();
            let areas: BTreeSet<&str> = self.of_other_forces.iter().map(|(area, ..)| area.as_str()).collect();
            let areas = words::counted(areas.len(), "area");
            write!(f, "\nIn months for which the force of their area has no file: {} in {areas}", rows(crimes))?;
        }
        for (what, months) in [("No file", &self.missing), ("No row", &self.empty)] {
            if !months.is_empty() {
                write!(f, "\n{what}: {}", list(months))?;
            }
        }
        if !self.passed.is_empty() {
            let few = self.passed.iter().take(3).map(|name| words::one_line(name)).collect::<Vec<_>>().join(", ");
            let more = if self.passed.len() > 3 { " \u{2026}" } else { "" };
            write!(f, "\nPassed over: {} ({few}{more})", words::counted(self.passed.len(), "other file"))?;
        }
        Ok(())
    }
}
