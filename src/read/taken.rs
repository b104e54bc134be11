//! What was taken from a file, and how.

use super::{
    cell::{Met, shortened},
    role::Role,
};
use crate::base::{Error, ErrorKind, digits, layout, words};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What was taken from a file: the lines that were read and passed over and why, the columns, and what each mark was taken for.
///
/// It prints as lines of text for a person to look through, and serialises.
///
/// ```
/// use crimerate::read::Document;
///
/// let file = "Recorded offences\n\nForce;Offences;Population\nKent;1,024;1846500\nEssex;..;1832800\nSource: made up\n";
/// let (table, taken) = Document::of(file).table()?;
/// assert_eq!(table.len(), 2);
/// assert_eq!(
///     taken.to_string(),
///     "6 lines, cells between semicolons, UTF-8; header in line 3; 2 rows taken\n\
///      Columns: area Force, count Offences, population Population\n\
///      Passed over: 1 line above the header, line 1 (Recorded offences)\n\
///      Passed over: 1 line of text alone, line 6 (Source: made up)\n\
///      Taken: 1,024 for a number with marks between its thousands, once (line 4)\n\
///      Taken: .. for not available, once (line 5)"
/// );
/// # Ok::<(), crimerate::read::Faults>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The kind of file, such as `cells between commas, UTF-8`.
    pub form: String,
    /// How many lines were read, blank ones and those passed over too.
    pub lines: u64,
    /// The line of the header; 0 where there is none.
    pub header: u64,
    /// How many rows were taken.
    pub rows: u64,
    /// The columns that were used.
    pub columns: Vec<Column>,
    /// The lines that were passed over.
    pub passed: Vec<Passed>,
    /// What was not plain, and what it was taken for.
    pub met: Vec<Mark>,
    /// The areas that are totals of others by their codes.
    pub totals: Vec<String>,
    /// What else was decided: columns that might have been meant, rows that were added up.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A column that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What it holds.
    pub role: Role,
    /// Its heading.
    pub heading: String,
    /// Its number from 1.
    pub number: usize,
}

/// Lines that were passed over for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Why.
    pub reason: String,
    /// How many.
    pub lines: u64,
    /// The first few of them: line and text.
    pub examples: Vec<(u64, String)>,
}

/// Cells whose text was not plain, all taken for the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The text, of the first of them.
    pub text: String,
    /// What it was taken for.
    pub taken: String,
    /// How many times.
    pub times: u64,
    /// The line of the first.
    pub line: u64,
}

/// How many lines of those passed over are told.
const EXAMPLES: usize = 5;

/// How many marks are told apart.
const MARKS: usize = 200;

impl Taken {
    /// Whether the file is as plain as can be: cells between commas in UTF-8, a header in the first line in which columns go by the
    /// names of their roles, nothing passed over, and nothing taken for anything.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let nothing = self.passed.is_empty() && self.met.is_empty() && self.totals.is_empty() && self.notes.is_empty();
        let named = self.columns.iter().all(|column| column.heading.eq_ignore_ascii_case(column.role.name()));
        nothing && named && self.header == 1 && self.form == "cells between commas, UTF-8"
    }

    /// Notes a line that was passed over.
    pub(super) fn pass(&mut self, reason: &str, line: u64, text: &str) {
        let at = self.passed.iter().position(|passed| passed.reason == reason);
        let at = at.unwrap_or_else(|| {
            self.passed.push(Passed { reason: reason.to_owned(), lines: 0, examples: Vec::new() });
            self.passed.len() - 1
        });
        if let Some(passed) = self.passed.get_mut(at) {
            passed.lines += 1;
            if passed.examples.len() < EXAMPLES {
                passed.examples.push((line, shortened(&words::one_line(text))));
            }
        }
    }

    /// Notes what a cell was taken for.
    pub(super) fn meet(&mut self, met: Met, line: u64) {
        self.mark(met.at(line));
    }

    /// Notes a mark, or that there are more of it.
    pub(super) fn mark(&mut self, mark: Mark) {
        // Numbers in one form are one, marks are told apart.
        let is_form = mark.taken.starts_with("a ");
        let is_same = |known: &Mark| known.taken == mark.taken && (is_form || known.text == mark.text);
        let full = self.met.len() >= MARKS;
        match self.met.iter_mut().find(|known| is_same(known)) {
            Some(known) => known.times += mark.times,
            None if full => {}
            None => self.met.push(mark),
        }
    }
}

impl Met {
    /// As it is told of a line, the first.
    pub(super) fn at(self, line: u64) -> Mark {
        Mark { text: self.text, taken: self.taken, times: 1, line }
    }
}

impl Taken {
    /// Notes what was not noted before.
    pub(super) fn note(&mut self, told: String) {
        if !self.notes.contains(&told) {
            self.notes.push(told);
        }
    }

    /// Whatever had to be taken for something, as faults.
    pub(super) fn strictly(&self) -> impl Iterator<Item = Error> + '_ {
        const ADVICE: &str = "strict reading refuses it";
        let passed = self.passed.iter().map(|passed| {
            let line = passed.examples.first().map_or(1, |(line, _)| *line);
            Error::from(ErrorKind::NotAsPublished { found: format!("passed over: {passed}"), advice: ADVICE.into() })
                .at_row(line)
        });
        let met = self.met.iter().map(|mark| {
            Error::from(ErrorKind::NotAsPublished { found: format!("taken: {mark}"), advice: ADVICE.into() })
                .at_row(mark.line)
        });
        passed.chain(met)
    }
}

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.lines == 1 { "line" } else { "lines" };
        let examples: Vec<String> = self.examples.iter().map(|(line, text)| format!("line {line} ({text})")).collect();
        let more = if self.lines > examples.len() as u64 { " \u{2026}" } else { "" };
        let count = digits::grouped(self.lines);
        layout::pad(f, &format!("{count} {plural} {}, {}{more}", self.reason, examples.join(", ")))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = match self.times {
            1 => format!("once (line {})", self.line),
            times => format!("{} times (first in line {})", digits::grouped(times), self.line),
        };
        layout::pad(f, &format!("{} for {}, {times}", words::one_line(&self.text), self.taken))
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lines, rows] = [self.lines, self.rows].map(digits::grouped);
        let plural = |number: u64| if number == 1 { "" } else { "s" };
        let (s, es) = (plural(self.lines), plural(self.rows));
        let header = if self.header == 0 { "no header".into() } else { format!("header in line {}", self.header) };
        write!(f, "{lines} line{s}, {}; {header}; {rows} row{es} taken", self.form)?;
        let columns = self.columns.iter().map(|column| format!("{} {}", column.role, words::one_line(&column.heading)));
        write!(f, "\nColumns: {}", columns.collect::<Vec<_>>().join(", "))?;
        self.passed.iter().try_for_each(|passed| write!(f, "\nPassed over: {passed}"))?;
        self.met.iter().try_for_each(|mark| write!(f, "\nTaken: {mark}"))?;
        if !self.totals.is_empty() {
            write!(f, "\nTotals by their codes: {}", self.totals.join(", "))?;
        }
        self.notes.iter().try_for_each(|note| write!(f, "\n{note}"))
    }
}
