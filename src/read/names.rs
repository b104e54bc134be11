//! Names and codes of areas as files write them.

use super::{
    cell::{Met, shown, trimmed},
    document::Document,
    scan::Scan,
};
use crate::{
    base::{Error, ErrorKind},
    forces::Body,
    table::{plain, unmarked},
};
use csv::ByteRecord;
use std::{borrow::Cow, collections::HashMap};

impl Scan {
    /// The text of a row in a column, for a name of something.
    pub(super) fn read_name<'r>(&mut self, row: &'r ByteRecord, column: Option<usize>, line: u64) -> Cow<'r, str> {
        let cell = column.and_then(|column| row.get(column));
        cell.map_or(Cow::Borrowed(""), |cell| self.name_of(cell, line))
    }

    /// The text of a cell, for a name of something, noting what of it does not show.
    pub(super) fn name_of<'r>(&mut self, cell: &'r [u8], line: u64) -> Cow<'r, str> {
        let (text, met) = shown(self.decoded(cell, line));
        self.meet(met, line);
        text
    }
}

/// The name of an area without the marks of notes, and what was dropped.
pub(super) fn as_name(cell: &str, as_it_is: bool) -> (String, Option<Met>) {
    let words = trimmed(cell).split_whitespace().collect::<Vec<_>>().join(" ");
    if as_it_is {
        return (words, None);
    }
    let mut name = unmarked(&words);
    // `Cheshire7` is Cheshire, but who knows of `Ward7`?
    let figures = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    if figures.len() < name.len() && figures.ends_with(char::is_alphabetic) && Body::of(figures).is_some() {
        name = figures;
    }
    match words.get(name.len()..).filter(|mark| !mark.is_empty()) {
        Some(mark) => (name.to_owned(), Some(Met::new(mark.trim(), "the mark of a note on a name"))),
        None => (words, None),
    }
}

/// The code of an area, if it is one, without figures of notes behind the eight that official codes have.
pub(super) fn as_code(cell: &str) -> (Option<String>, Option<Met>) {
    let code = trimmed(cell);
    if code.is_empty() || ["-", "..", ":", "[x]", "[z]", "NA", "N/A", "n/a"].contains(&code) {
        return (None, None);
    }
    let is_official = |code: &str| {
        let mut letters = code.chars();
        letters.next().is_some_and(|c| "EWSNKJ".contains(c)) && letters.all(|c| c.is_ascii_digit())
    };
    match code.split_at_checked(9) {
        Some((short, more)) if !more.is_empty() && is_official(code) => {
            (Some(short.to_owned()), Some(Met::new(more, "the mark of a note on a code")))
        }
        _ => (Some(code.to_owned()), None),
    }
}

/// That a code and a name are of different forces or regions.
pub(super) fn contradiction(name: &str, code: &str) -> Option<Error> {
    let is_told = |body: &Body| matches!(body, Body::Force(_) | Body::Region(_));
    // Most codes are of no force, and names are slower to look up.
    let by_code = ["E23", "W15", "E12"].iter().any(|kind| code.starts_with(kind)).then(|| Body::of(code)).flatten()?;
    let by_name = Body::of(name).filter(is_told).filter(|by_name| by_name.name() != by_code.name())?;
    let found = format!("{code} is the code of {}, and not of {}", by_code.name(), by_name.name());
    Some(ErrorKind::NotAsPublished { found, advice: "correct one of them".into() }.into())
}

/// Why a total is excluded.
pub(super) const TOTAL: &str = "a region or country by its code, and so a total";

impl Document {
    /// The areas that are totals of others, by their codes: regions where there are forces, countries where there are regions.
    pub(super) fn totals<'a>(&self, areas: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone) -> Vec<String> {
        let level = |code: Option<&str>| code.map_or(0, level);
        let least = areas.clone().map(|(_, code)| level(code)).min().unwrap_or(0);
        let totals = areas.filter(|(_, code)| !self.with_totals && level(*code) > least);
        totals.map(|(label, _)| label.to_owned()).collect()
    }
}

/// Whether a code is that of a region or a country.
pub(super) fn is_total(code: &str) -> bool {
    level(code) > 0
}

/// How far up the code of a region or a country stands: 0 for an area, 1 for a region, 2 for a country, 3 for several.
fn level(code: &str) -> u8 {
    match Body::of(code) {
        Some(Body::Region(_)) => 1,
        Some(Body::Country(_)) if code.starts_with('K') => 3,
        Some(Body::Country(_)) => 2,
        _ => 0,
    }
}

/// Something for each area, by code or else by name.
#[derive(Debug)]
pub(super) struct Names<T> {
    codes: HashMap<String, T>,
    /// Nothing for a name that several areas have.
    names: HashMap<String, Option<T>>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { codes: HashMap::new(), names: HashMap::new() }
    }
}

impl<T: Copy> Names<T> {
    /// Keeps a value, and gives the one that the same area had before.
    pub(super) fn insert(&mut self, name: &str, code: Option<&str>, value: T) -> Option<T> {
        let before = code.and_then(|code| self.codes.insert(code.to_owned(), value));
        // The name of a region is the force's where both have it.
        if code.is_some_and(|code| level(code) > 0) && matches!(Body::of(name), Some(Body::Force(_))) {
            return before;
        }
        let by_name = self.names.insert(plain(name), Some(value)).flatten();
        match (code, by_name) {
            (None, by_name) => by_name,
            // Another area of this name: neither is meant by it.
            (Some(_), Some(_)) if before.is_none() => {
                self.names.insert(plain(name), None);
                None
            }
            (Some(_), _) => before,
        }
    }

    pub(super) fn get(&self, name: &str, code: Option<&str>) -> Option<T> {
        let by_code = code.and_then(|code| self.codes.get(code)).copied();
        let by_name = || self.names.get(&plain(name)).copied().flatten();
        by_code.or_else(|| if code.is_none() || self.codes.is_empty() { by_name() } else { None })
    }
}
