//! Rows of a sheet, whichever kind of workbook it is of.

use super::{
    limits::Limits,
    lines::{Lines, Noted},
    taken::Mark,
};
use crate::base::{Error, ErrorKind, Result, digits};
use csv::ByteRecord;
use std::collections::BTreeMap;

/// What gives the rows of a sheet as they stand in its file.
pub(super) trait Rows {
    /// The cells of the next row, its number, and how many rows from there have the same.
    fn next(&mut self, cells: &mut SheetCells) -> Result<Option<(u64, u64)>>;

    /// How many bytes were unpacked.
    fn unpacked(&self) -> u64;
}

/// The cells of a row that are not blank.
#[derive(Debug)]
pub(super) struct SheetCells {
    text: String,
    list: Vec<Cell>,
    pub(super) marks: Vec<(usize, String)>,
    /// For cells that are merged over rows how far down they reach.
    pub(super) merged: Vec<(usize, u64)>,
    pub(super) met: Vec<Met>,
    limits: Limits,
    over: Option<(&'static str, usize)>,
}

#[derive(Debug)]
struct Cell {
    column: usize,
    start: usize,
    end: usize,
    is_text: bool,
}

/// What is told of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Met {
    Hidden,
    Unsolved,
    Merged,
    Large,
}

impl Met {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Hidden => ("a hidden row", "one like the others"),
            Self::Unsolved => ("a formula without a result", "an empty cell"),
            Self::Merged => ("a text in merged cells", "that of each row"),
            Self::Large => ("a number above 2^53", "exact, though spreadsheets do not keep all of its digits"),
        }
    }
}

impl SheetCells {
    fn new(limits: Limits) -> Self {
        let (list, marks, merged, met) = Default::default();
        Self { text: String::new(), list, marks, merged, met, limits, over: None }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.list.clear();
        self.marks.clear();
        self.merged.clear();
        self.met.clear();
    }

    /// Adds a cell; one that is blank is not kept.
    pub(super) fn push(&mut self, column: usize, text: &str, is_text: bool) {
        if text.trim().is_empty() {
            return;
        }
        if column >= self.limits.columns {
            self.over = Some(("columns", self.limits.columns));
        } else if self.text.len() + text.len() > self.limits.row_bytes {
            self.over = Some(("bytes", self.limits.row_bytes));
        } else {
            let start = self.text.len();
            self.text.push_str(text);
            self.list.push(Cell { column, start, end: self.text.len(), is_text });
        }
    }

    /// Whether the row is more than is allowed, so that nothing more of it is taken.
    pub(super) const fn is_over(&self) -> bool {
        self.over.is_some()
    }

    fn of(&self, cell: &Cell) -> &str {
        self.text.get(cell.start..cell.end).unwrap_or_default()
    }
}

/// The rows of a sheet as lines of cells.
pub(super) struct Sheet {
    rows: Box<dyn Rows>,
    form: String,
    cells: SheetCells,
    ended: bool,
    /// How many rows more have the same cells.
    again: u64,
    line: u64,
    /// The last row that was not blank.
    read: u64,
    width: usize,
    /// The texts of cells that are merged over rows, by column, and the last of the rows.
    merged: BTreeMap<usize, (u64, String)>,
    /// The rows of figures that are merged over rows, by column: the first and the last.
    figures: BTreeMap<usize, (u64, u64)>,
    /// How many bytes were made of nothing, or again of the same.
    made: u64,
    met: BTreeMap<Met, (u64, u64)>,
}

/// How often a row with figures may stand in a sheet that has it once: no areas are alike.
const REPEATED: u64 = 10_000;

/// How many bytes may be made of each that was unpacked, and at least.
const MADE: (u64, u64) = (16, 1 << 24);

impl Sheet {
    pub(super) fn new(rows: Box<dyn Rows>, form: String, limits: Limits) -> Self {
        let (merged, figures, met) = Default::default();
        Self {
            rows,
            form,
            cells: SheetCells::new(limits),
            ended: false,
            again: 0,
            line: 0,
            read: 0,
            width: 0,
            merged,
            figures,
            made: 0,
            met,
        }
    }

    /// Goes to the next row; whether there is one.
    fn advance(&mut self) -> Result<bool> {
        if self.again > 0 {
            self.again -= 1;
            self.line = self.line.saturating_add(1);
            return Ok(true);
        }
        self.cells.clear();
        let next = if self.ended { None } else { self.rows.next(&mut self.cells)? };
        let Some((line, times)) = next else {
            self.ended = true;
            return Ok(false);
        };
        if let Some((what, most)) = self.cells.over {
            let found = format!("more than {} {what} in one row", digits::grouped(most as u128));
            return Err(self.too_large(line, found));
        }
        (self.line, self.again) = (line, times.saturating_sub(1));
        if self.cells.list.is_empty() {
            self.line = line.saturating_add(self.again);
            self.again = 0;
            return Ok(true);
        }
        if self.again > REPEATED {
            let found = format!("the same cells again in {} rows", digits::grouped(times));
            return Err(self.too_large(line, found));
        }
        for met in &self.cells.met {
            self.met.entry(*met).or_insert((0, line)).0 += 1;
        }
        self.cells.list.sort_by_key(|cell| cell.column);
        self.cells.list.dedup_by_key(|cell| cell.column);
        self.merged.retain(|_, (bottom, _)| *bottom >= line);
        self.figures.retain(|_, (_, bottom)| *bottom >= line);
        for (column, bottom) in &self.cells.merged {
            match self.cells.list.iter().find(|cell| cell.column == *column) {
                Some(cell) if cell.is_text => {
                    self.merged.insert(*column, (*bottom, self.cells.of(cell).to_owned()));
                }
                Some(_) => _ = self.figures.insert(*column, (line, *bottom)),
                None => {}
            }
        }
        Ok(true)
    }

    fn too_large(&self, line: u64, found: String) -> Error {
        let advice = "is it a table at all? Or else raise the limit".into();
        Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(line)
    }

    /// Makes a record of the cells.
    fn make(&mut self, row: &mut ByteRecord) -> Result<()> {
        row.clear();
        let mut inherited = self.merged.iter().filter(|(_, (bottom, _))| *bottom >= self.line).peekable();
        let mut met = false;
        let last = self.cells.list.last().map_or(0, |cell| cell.column + 1);
        self.width = self.width.max(last);
        let mut list = self.cells.list.iter().peekable();
        for column in 0..self.width {
            while inherited.next_if(|(place, _)| **place < column).is_some() {}
            let above = inherited.next_if(|(place, _)| **place == column);
            let text = match (list.next_if(|cell| cell.column == column), above) {
                (Some(cell), _) => self.cells.of(cell),
                (None, Some((_, (_, text)))) => {
                    met = true;
                    self.made += text.len() as u64;
                    text
                }
                (None, None) => {
                    self.made += 8;
                    ""
                }
            };
            row.push_field(text.as_bytes());
        }
        if met {
            self.met.entry(Met::Merged).or_insert((0, self.line)).0 += 1;
        }
        self.made += self.cells.text.len() as u64;
        if self.made > MADE.1.saturating_add(self.rows.unpacked().saturating_mul(MADE.0)) {
            let found = "the cells so far are many times as large as what they are unpacked from".to_owned();
            return Err(self.too_large(self.line, found));
        }
        Ok(())
    }
}

impl Lines for Sheet {
    fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>> {
        while self.advance()? {
            if !self.cells.list.is_empty() {
                self.make(row)?;
                self.read = self.line;
                return Ok(Some(self.line));
            }
        }
        Ok(None)
    }

    fn form(&self) -> String {
        self.form.clone()
    }

    fn read(&self) -> u64 {
        self.read
    }

    fn noted(&self) -> Noted {
        let is_blank = |column: usize| !self.cells.list.iter().any(|cell| cell.column == column);
        let below = self
            .figures
            .iter()
            .filter(|(column, (first, last))| *first < self.line && self.line <= *last && is_blank(**column));
        Noted { marks: self.cells.marks.clone(), merged: below.map(|(column, (first, _))| (*column, *first)).collect() }
    }

    fn met(&self) -> Vec<Mark> {
        let met = self.met.iter().map(|(met, (times, line))| {
            let (text, taken) = met.words();
            Mark { text: text.into(), taken: taken.into(), times: *times, line: *line }
        });
        met.collect()
    }
}
