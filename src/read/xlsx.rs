//! Rows of a sheet of an XLSX workbook.

use super::{
    archive::{Archive, Part},
    serial::{Format, number},
    sheet::{Met, Rows, SheetCells},
    strings::{Runs, Strings, unescaped},
    xml::{Node, Tag, Xml},
};
use crate::base::{Error, ErrorKind, Result};
use std::collections::HashMap;

/// What a workbook says of its sheets.
pub(super) struct Book {
    /// Name, part, and whether it is hidden.
    pub(super) sheets: Vec<(String, String, bool)>,
    strings: Option<String>,
    styles: Option<String>,
    from_1904: bool,
}

/// What is related to a part, by id: the kind and the part.
type Related = HashMap<String, (String, String)>;

impl Book {
    /// The workbook of an archive; `None` where it is none.
    pub(super) fn of(archive: &Archive) -> Result<Option<Self>> {
        let main = if archive.has("_rels/.rels") {
            let found = related(archive, "_rels/.rels", "")?;
            found.into_values().find(|(kind, _)| kind == "officeDocument").map(|(_, part)| part)
        } else {
            None
        };
        let main = main.unwrap_or_else(|| "xl/workbook.xml".into());
        if main.ends_with(".bin") {
            return Err(archive.source().unreadable("it is a binary workbook (.xlsb): save it as .xlsx or .ods"));
        }
        if !main.contains("workbook") || !archive.has(&main) {
            return Ok(None);
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let parts = related(archive, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let part = |kind: &str| parts.values().find(|(found, _)| found == kind).map(|(_, part)| part.clone());
        let mut book =
            Self { sheets: Vec::new(), strings: part("sharedStrings"), styles: part("styles"), from_1904: false };
        let mut xml = Xml::new(archive.part(&main)?);
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name() == "workbookPr" => book.from_1904 = is_true(&tag, "date1904"),
                Node::Start(tag) if tag.name() == "sheet" => {
                    let related = tag.get("id").and_then(|id| parts.get(&*id));
                    if let (Some(name), Some((kind, part))) = (tag.get("name"), related)
                        && kind == "worksheet"
                    {
                        let hidden = tag.get("state").is_some_and(|state| state != "visible");
                        book.sheets.push((name.into_owned(), part.clone(), hidden));
                    }
                }
                Node::Finished => return Ok(Some(book)),
                _ => {}
            }
        }
    }
}

fn is_true(tag: &Tag<'_>, name: &str) -> bool {
    tag.get(name).is_some_and(|value| value == "1" || value == "true")
}

fn related(archive: &Archive, part: &str, folder: &str) -> Result<Related> {
    let mut related = Related::new();
    if !archive.has(part) {
        return Ok(related);
    }
    let mut xml = Xml::new(archive.part(part)?);
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name() == "Relationship" => {
                if let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target")) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    related.insert(id.into_owned(), (kind, resolved(folder, &target)));
                }
            }
            Node::Finished => return Ok(related),
            _ => {}
        }
    }
}

/// The path of a part from the folder of another.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The formats of a workbook's styles, in their order.
fn formats(part: Part) -> Result<Vec<Format>> {
    let (mut xml, mut own, mut formats, mut of_cells) = (Xml::new(part), HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Node::Start(tag) => match tag.name() {
                "numFmt" => {
                    own.extend(tag.number("numFmtId").zip(tag.get("formatCode").map(|code| Format::of(&code))));
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let number = tag.number("numFmtId").unwrap_or(0);
                    formats.push(own.get(&number).copied().unwrap_or_else(|| Format::built_in(number)));
                }
                _ => {}
            },
            Node::End(tag) if tag.name() == "cellXfs" => of_cells = false,
            Node::Finished => return Ok(formats),
            _ => {}
        }
    }
}

/// The rows of a sheet, one at a time.
pub(super) struct Xlsx {
    xml: Xml,
    strings: Strings,
    formats: Vec<Format>,
    from_1904: bool,
    line: u64,
    /// Cells that are merged over rows: the first row, the last, and the column.
    merged: Vec<(u64, u64, usize)>,
    next_merged: usize,
    runs: Runs,
    value: String,
}

/// A cell on its way.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    format: Option<usize>,
    solved: bool,
    formula: bool,
}

impl Xlsx {
    pub(super) fn new(archive: &Archive, book: &Book, part: &str) -> Result<Self> {
        let there = |part: &Option<String>| part.clone().filter(|part| archive.has(part));
        let strings = there(&book.strings).map(|part| Strings::read(archive.part(&part)?)).transpose()?;
        let formats = there(&book.styles).map(|part| formats(archive.part(&part)?)).transpose()?;
        Ok(Self {
            merged: merged(archive.part(part)?)?,
            next_merged: 0,
            xml: Xml::new(archive.part(part)?),
            strings: strings.unwrap_or_default(),
            formats: formats.unwrap_or_default(),
            from_1904: book.from_1904,
            line: 0,
            runs: Runs::default(),
            value: String::new(),
        })
    }

    /// Takes a cell that has ended.
    fn take(&mut self, cell: &Cell, cells: &mut SheetCells) -> Result<()> {
        let column = cell.column;
        if cell.formula && !cell.solved {
            cells.met.push(Met::Unsolved);
        }
        match cell.kind.as_str() {
            "s" => {
                let place = self.value.trim();
                let found = place.parse().ok().and_then(|place| self.strings.get(place));
                match found {
                    Some((text, marks)) => {
                        cells.push(column, text, true);
                        cells.marks.extend(marks.map(|marks| (column, marks.to_owned())));
                    }
                    None if place.is_empty() => {}
                    None => {
                        let found = format!("a cell has the text number {place:?}, which there is not");
                        let advice = "the workbook is damaged: save it again".into();
                        return Err(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(self.line));
                    }
                }
            }
            "inlineStr" => {
                let (text, marks) = self.runs.rich.finish();
                cells.push(column, &unescaped(text), true);
                cells
                    .marks
                    .extend(Some(marks).filter(|marks| !marks.is_empty()).map(|marks| (column, marks.to_owned())));
            }
            "str" => cells.push(column, &unescaped(&self.value), true),
            "b" => cells.push(column, if self.value.trim() == "0" { "FALSE" } else { "TRUE" }, false),
            "d" => cells.push(column, self.value.trim().trim_end_matches("T00:00:00"), false),
            "e" => cells.push(column, &self.value, true),
            _ => {
                let format = cell.format.and_then(|format| self.formats.get(format)).copied();
                match number(&self.value, format.unwrap_or(Format::Number), self.from_1904) {
                    Some((shown, large)) => {
                        cells.push(column, &shown, false);
                        cells.met.extend(large.then_some(Met::Large));
                    }
                    None => cells.push(column, &self.value, false),
                }
            }
        }
        Ok(())
    }
}

impl Rows for Xlsx {
    fn next(&mut self, cells: &mut SheetCells) -> Result<Option<(u64, u64)>> {
        let (mut cell, mut in_value, mut in_row) = (Cell::default(), false, false);
        let mut column = 0;
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name() {
                    "row" => {
                        let line = tag.number("r").unwrap_or(self.line.saturating_add(1));
                        if line <= self.line {
                            let found = format!("row {line} stands below row {}", self.line);
                            let advice = "the workbook is damaged: save it again".into();
                            return Err(ErrorKind::NotAsPublished { found, advice }.into());
                        }
                        self.line = line;
                        in_row = true;
                        if is_true(&tag, "hidden") {
                            cells.met.push(Met::Hidden);
                        }
                    }
                    "c" if in_row => {
                        column = tag.get("r").and_then(|place| place_of(&place)).map_or(column, |(column, _)| column);
                        let kind = tag.get("t").unwrap_or_default();
                        cell.kind.clear();
                        cell.kind.push_str(&kind);
                        cell.format = tag.number("s").and_then(|format| usize::try_from(format).ok());
                        (cell.column, cell.solved, cell.formula) = (column, false, false);
                        column += 1;
                        self.value.clear();
                        self.runs.clear();
                    }
                    "v" => (in_value, cell.solved) = (true, true),
                    "f" => cell.formula = true,
                    _ => self.runs.start(&tag),
                },
                Node::Text(text) if in_value => self.value.push_str(&text),
                Node::Text(text) => self.runs.text(&text),
                Node::End(tag) => match tag.name() {
                    "v" => in_value = false,
                    "c" if in_row && !cells.is_over() => self.take(&cell, cells)?,
                    "row" if in_row => break,
                    "sheetData" => return Ok(None),
                    name => self.runs.end(name),
                },
                Node::Finished => return Err(self.xml.cut_off()),
            }
        }
        while let Some((top, bottom, column)) = self.merged.get(self.next_merged).filter(|(top, ..)| *top <= self.line)
        {
            if *top == self.line {
                cells.merged.push((*column, *bottom));
            }
            self.next_merged += 1;
        }
        Ok(Some((self.line, 1)))
    }

    fn unpacked(&self) -> u64 {
        self.xml.unpacked()
    }
}

/// The column from 0 and the row that a reference such as `B5` is to.
fn place_of(reference: &str) -> Option<(usize, u64)> {
    let reference = reference.trim();
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = reference.split_at_checked(letters).filter(|(column, _)| (1..=4).contains(&column.len()))?;
    let column = column.bytes().fold(0, |sum, byte| sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1);
    Some((column - 1, row.parse().ok()?))
}

/// The cells that are merged over rows, which a sheet lists behind its cells.
fn merged(mut part: Part) -> Result<Vec<(u64, u64, usize)>> {
    let mut merged = Vec::new();
    match part.skip_to(b"mergeCells", b"<") {
        Ok(true) => {}
        Ok(false) => return Ok(merged),
        Err(error) => return Err(part.error(&error.to_string())),
    }
    let mut xml = Xml::new(part);
    loop {
        match xml.next() {
            Ok(Node::Start(tag)) if tag.name() == "mergeCell" => {
                let places = tag.get("ref").and_then(|area| {
                    let (from, to) = area.split_once(':')?;
                    place_of(from).zip(place_of(to))
                });
                if let Some(((left, top), (_, bottom))) = places
                    && bottom > top
                {
                    merged.push((top, bottom, left));
                }
            }
            // What is no list of them is the text of a cell.
            Ok(Node::Finished) | Err(_) => break,
            Ok(Node::End(tag)) if tag.name() == "mergeCells" => break,
            Ok(_) => {}
        }
    }
    merged.sort_unstable();
    Ok(merged)
}
