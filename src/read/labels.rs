//! The label of a row: a period, a stratum or an offence, from one column or from several.

use super::{
    cell::trimmed,
    document::Document,
    role::Role,
    scan::Scan,
    taken::Column,
    timed::{Timed, part_of},
    wording::folded,
};
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
        let parts = matches!(Timed::of(scan.last_heading(role)), Timed::Parts(_));
        let guessed = role == Role::Period && document.heading(role).is_none() && columns.len() == 1 && parts;
        let headings = scan.headings().into_iter().enumerate().filter(|_| guessed);
        let mut years = headings.filter(|(column, heading)| !scan.uses(*column) && Timed::of(heading) == Timed::Years);
        let years = years.next().map(|(column, _)| column);
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

/// A year and a part of it, in either order, or two texts that are a period together.
fn period(one: &(String, String), other: &(String, String)) -> String {
    let parts = [(one, other), (other, one)].into_iter().find_map(|(year, (heading, text))| {
        let Timed::Parts(months) = Timed::of(heading) else { return None };
        let period = part_of(&year.1, months, text)?;
        let [year] = Timed::Years.read("", &[&year.1])?[..] else { return None };
        let number = (period - year) / i32::try_from(months).ok()? + 1;
        // A quarter of a financial year is called so.
        Some(match months {
            3 if year.contains(period) => format!("{year} Q{number}"),
            _ => period.to_string(),
        })
    });
    parts.unwrap_or_else(|| format!("{} {}", one.1, other.1))
}
