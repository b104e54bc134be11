//! Rows of a sheet of an ODS workbook.

use super::{
    archive::Archive,
    rich::Rich,
    serial::{Format, number},
    sheet::{Met, Rows, SheetCells},
    xml::{Node, Tag, Xml},
};
use crate::base::Result;
use std::collections::HashSet;

/// The part of an ODS workbook that its sheets are in.
pub(super) const CONTENT: &str = "content.xml";

/// The names of the sheets.
pub(super) fn sheets(archive: &Archive) -> Result<Vec<String>> {
    let (mut xml, mut sheets, mut within) = (Xml::new(archive.part(CONTENT)?), Vec::new(), 0_usize);
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name() == "table" => {
                within += 1;
                if within == 1 {
                    sheets.push(tag.get("name").unwrap_or_default().into_owned());
                }
            }
            Node::End(tag) if tag.name() == "table" => within = within.saturating_sub(1),
            Node::Finished => return Ok(sheets),
            _ => {}
        }
    }
}

/// The rows of a sheet, one at a time.
pub(super) struct Ods {
    xml: Xml,
    /// How many sheets are still before it.
    before: usize,
    inside: bool,
    line: u64,
    /// The styles of text that is raised.
    raised: HashSet<String>,
    rich: Rich,
    columns: usize,
}

/// A cell on its way.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    times: u64,
    rows: u64,
    covered: bool,
    formula: bool,
    paragraphs: usize,
}

impl Cell {
    fn of(tag: &Tag<'_>) -> Self {
        let kind = tag.get("value-type").unwrap_or_default().into_owned();
        let value = match kind.as_str() {
            "date" => "date-value",
            "time" => "time-value",
            "boolean" => "boolean-value",
            _ => "value",
        };
        Self {
            value: tag.get(value).unwrap_or_default().into_owned(),
            kind,
            times: tag.number("number-columns-repeated").unwrap_or(1),
            rows: tag.number("number-rows-spanned").unwrap_or(1),
            covered: tag.name() == "covered-table-cell",
            formula: tag.get("formula").is_some(),
            paragraphs: 0,
        }
    }
}

impl Ods {
    /// The sheet of a number from 0.
    pub(super) fn new(archive: &Archive, number: usize, columns: usize) -> Result<Self> {
        let (xml, raised) = (Xml::new(archive.part(CONTENT)?), HashSet::new());
        Ok(Self { xml, before: number, inside: false, line: 0, raised, rich: Rich::default(), columns })
    }

    /// Goes to the beginning of the sheet, and learns on the way which styles are raised.
    fn enter(&mut self) -> Result<bool> {
        let (mut style, mut within) = (String::new(), 0_usize);
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name() {
                    "style" => style = tag.get("name").unwrap_or_default().into_owned(),
                    "text-properties" if tag.get("text-position").is_some_and(|position| is_raised(&position)) => {
                        self.raised.insert(std::mem::take(&mut style));
                    }
                    "table" => {
                        within += 1;
                        if within == 1 && self.before == 0 {
                            return Ok(true);
                        }
                    }
                    _ => {}
                },
                Node::End(tag) if tag.name() == "table" => {
                    within = within.saturating_sub(1);
                    self.before = self.before.saturating_sub(usize::from(within == 0));
                }
                Node::Finished => return Ok(false),
                _ => {}
            }
        }
    }

    /// Takes a cell that has ended; how many columns it has.
    fn take(&mut self, cell: &Cell, column: usize, cells: &mut SheetCells) -> usize {
        let times = usize::try_from(cell.times).unwrap_or(usize::MAX);
        let (text, marks) = self.rich.finish();
        if cell.formula && text.is_empty() && cell.value.is_empty() && cell.kind != "string" {
            cells.met.push(Met::Unsolved);
        }
        if cell.covered {
            return times;
        }
        let format = if cell.kind == "percentage" { Format::Percent } else { Format::Number };
        let mut large = false;
        let (shown, is_text) = match cell.kind.as_str() {
            "float" | "currency" | "percentage" => match number(&cell.value, format, false) {
                Some((shown, is_large)) => {
                    large = is_large;
                    (shown, false)
                }
                None => (cell.value.clone(), false),
            },
            "date" => (cell.value.trim_end_matches("T00:00:00").to_owned(), false),
            "time" => (cell.value.clone(), false),
            "boolean" => (cell.value.to_uppercase(), false),
            _ => (text.to_owned(), true),
        };
        if shown.trim().is_empty() {
            return times;
        }
        cells.met.extend(large.then_some(Met::Large));
        // One more than is allowed is enough to know of.
        for column in (column..column.saturating_add(times)).take(self.columns.saturating_add(1)) {
            cells.push(column, &shown, is_text);
            if is_text && !marks.is_empty() {
                cells.marks.push((column, marks.to_owned()));
            }
            if cell.rows > 1 {
                cells.merged.push((column, self.line.saturating_add(cell.rows - 1)));
            }
            if cells.is_over() {
                break;
            }
        }
        times
    }
}

/// Whether text in this position is above the line: `super 58%`, `33%`.
fn is_raised(position: &str) -> bool {
    let by = position.split_whitespace().next().unwrap_or_default();
    by == "super" || by.strip_suffix('%').and_then(|by| by.parse::<f64>().ok()).is_some_and(|by| by > 0.0)
}

impl Rows for Ods {
    fn next(&mut self, cells: &mut SheetCells) -> Result<Option<(u64, u64)>> {
        if !self.inside {
            self.inside = self.enter()?;
            if !self.inside {
                return Ok(None);
            }
        }
        let (mut column, mut rows, mut in_row) = (0_usize, 1, false);
        let mut cell: Option<Cell> = None;
        // Whether each span that is open is raised.
        let mut spans: Vec<bool> = Vec::new();
        // What stands in a cell and is none of its text: comments, and tables in shapes.
        let mut aside = 0_usize;
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name() {
                    "annotation" | "table" | "shapes" => aside += 1,
                    _ if aside > 0 => {}
                    "table-row" => {
                        (in_row, column) = (true, 0);
                        rows = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                        self.line = self.line.saturating_add(1);
                        let visibility = tag.get("visibility").unwrap_or_default();
                        if visibility == "collapse" || visibility == "filter" {
                            cells.met.push(Met::Hidden);
                        }
                    }
                    "table-cell" | "covered-table-cell" if in_row => {
                        cell = Some(Cell::of(&tag));
                        self.rich.clear();
                        spans.clear();
                    }
                    "p" => {
                        if let Some(cell) = &mut cell {
                            if cell.paragraphs > 0 {
                                self.rich.push("\n", false);
                            }
                            cell.paragraphs += 1;
                        }
                    }
                    "span" => spans.push(tag.get("style-name").is_some_and(|name| self.raised.contains(&*name))),
                    "s" => {
                        let times = tag.number("c").unwrap_or(1).min(1_000);
                        (0..times).for_each(|_| self.rich.push(" ", spans.contains(&true)));
                    }
                    "tab" | "line-break" => self.rich.push(" ", false),
                    _ => {}
                },
                Node::Text(text) => {
                    if aside == 0 && cell.as_ref().is_some_and(|cell| cell.paragraphs > 0) {
                        self.rich.push(&text, spans.contains(&true));
                    }
                }
                Node::End(tag) => match tag.name() {
                    "annotation" | "shapes" => aside = aside.saturating_sub(1),
                    "table" if aside > 0 => aside -= 1,
                    "table" => return Ok(None),
                    _ if aside > 0 => {}
                    "table-cell" | "covered-table-cell" => {
                        if let Some(cell) = cell.take()
                            && !cells.is_over()
                        {
                            column = column.saturating_add(self.take(&cell, column, cells));
                        }
                    }
                    "span" => _ = spans.pop(),
                    "table-row" => {
                        let line = self.line;
                        self.line = self.line.saturating_add(rows - 1);
                        return Ok(Some((line, rows)));
                    }
                    _ => {}
                },
                Node::Finished => return Err(self.xml.cut_off()),
            }
        }
    }

    fn unpacked(&self) -> u64 {
        self.xml.unpacked()
    }
}
