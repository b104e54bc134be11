//! The label of a row: a period, a stratum or an offence, from one column or from several.

use super::{cell::trimmed, document::Document, header::folded, role::Role, scan::Scan, taken::Column};
use crate::{base::Error, rate::Period};
use csv::ByteRecord;

impl Document {
    /// Takes the text of another column together with that of a role whose column has labels: ages and sexes as strata (`65+, women`), a year and a
    /// month as a period (`April 2021`).
    ///
    /// ```
    /// use crimerate::read::{Document, Role};
    ///
    /// let file = "Area,Age,Sex,Count,Population\nA,0-64,F,90,60000\nA,0-64,M,120,61000\n";
    /// let (strata, _) = Document::of(file).column(Role::Stratum, "age").and_column(Role::Stratum, "sex").strata()?;
    /// assert_eq!(strata.labels(), ["0-64, F", "0-64, M"]);
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    #[must_use]
    pub fn and_column(mut self, role: Role, heading: impl Into<String>) -> Self {
        self.more_columns.push((role, heading.into()));
        self
    }
}

/// The columns that labels are of, each with its heading, folded.
pub(super) struct Labels {
    role: Role,
    columns: Vec<(usize, String)>,
    /// The column of years, where one of months or quarters may stand for nothing without it.
    years: Option<(usize, String)>,
}

impl Labels {
    pub(super) fn new(document: &Document, scan: &mut Scan, role: Role) -> Result<Self, Error> {
        let mut columns: Vec<usize> = scan.column(role).into_iter().collect();
        for (_, heading) in document.more_columns.iter().filter(|(of, _)| *of == role) {
            columns.push(scan.named(heading)?);
        }
        let parts = ["month", "quarter"].contains(&scan.last_heading(role));
        let guessed = role == Role::Period && document.heading(role).is_none() && columns.len() == 1 && parts;
        let years = ["year", "calendar year", "financial year"].into_iter().filter(|_| guessed);
        let years = years.filter_map(|heading| scan.named(heading).ok()).next();
        for column in columns.iter().skip(1).chain(&years).copied() {
            scan.taken.columns.push(Column { role, heading: scan.heading_of(column), number: column + 1 });
        }
        if years.is_some() {
            // What might be meant is taken, too.
            let told = format!("Column {} is read as {role}", scan.heading(role));
            scan.taken.notes.retain(|note| !note.starts_with(&told));
        }
        let headed = |column: usize| (column, folded(&scan.heading_of(column)));
        Ok(Self { role, columns: columns.into_iter().map(headed).collect(), years: years.map(headed) })
    }

    /// The label of a row; empty where it has none.
    pub(super) fn read(&self, scan: &mut Scan, record: &ByteRecord, line: u64) -> String {
        let mut text = |(column, heading): &(usize, String)| {
            (heading.clone(), trimmed(&scan.read_name(record, Some(*column), line)).to_owned())
        };
        let mut texts: Vec<(String, String)> = self.columns.iter().map(&mut text).collect();
        if let ([(_, alone)], Some(years)) = (texts.as_slice(), &self.years)
            && alone.parse::<Period>().is_err()
        {
            texts.insert(0, text(years));
        }
        match texts.as_slice() {
            [(_, only)] => only.clone(),
            texts if texts.iter().any(|(_, text)| text.is_empty()) => String::new(),
            [one, other] if self.role == Role::Period => period(one, other),
            texts => {
                let between = if self.role == Role::Period { " " } else { ", " };
                texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(between)
            }
        }
    }
}

/// A year and the number of a month or a quarter, in either order, or two texts that are a period together.
fn period(one: &(String, String), other: &(String, String)) -> String {
    let year = |(_, text): &(String, String)| text.parse().ok().filter(|year| (1_000..10_000).contains(year));
    let number = |(_, text): &(String, String)| text.parse().ok().filter(|number: &u32| *number <= 12);
    let (years, part) = if number(other).is_some() { (one, other) } else { (other, one) };
    match (year(years), number(part)) {
        (_, Some(quarter)) if part.0.contains("quarter") => format!("{} Q{quarter}", years.1),
        (Some(year), Some(month)) => {
            Period::month(year, month).map_or_else(|_| format!("{year} {month}"), |month| month.to_string())
        }
        _ => format!("{} {}", one.1, other.1),
    }
}
