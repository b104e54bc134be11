//! What the text of a line says of it.

use super::{
    cell::{shortened, trimmed},
    number::Number,
    wording::{folded, is_of_month, text},
};
use crate::base::{Error, ErrorKind, words};
use csv::ByteRecord;

/// What a line begins with.
pub(super) fn beginning(row: &ByteRecord) -> String {
    let cells = row.iter().map(|cell| trimmed(&text(cell)).to_owned()).filter(|cell| !cell.is_empty());
    cells.take(3).collect::<Vec<_>>().join(", ")
}

/// Whether text that stands alone in a line reads like a note below a table.
pub(super) fn is_note(text: &str) -> bool {
    const LONGEST_NAME: usize = 80;
    let text = trimmed(text);
    let lower = text.to_lowercase();
    let begins = ["source", "note", "[1]", "[a]", "footnote", "[note", "\u{a9}", "last updated", "contact", "see "];
    let marks = ["*", "\u{2020}", "\u{2021}", "crown copyright", "copyright"];
    // `(a) Includes fraud`, `r = revised`.
    let mut words = lower.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    let letter = first
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|inside| inside.chars().count() == 1);
    let explained = (letter && second.is_some()) || second.is_some_and(|second| second == "=");
    let figure = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = figure.len() < text.len() && figure.starts_with(['.', ')', ' ']);
    begins.iter().chain(&marks).any(|word| lower.starts_with(word))
        || explained
        || numbered
        || text.chars().count() > LONGEST_NAME
        || text.contains(". ")
}

/// Whether two values are the same text but for case and spaces, or the same number, or a day of the month that is wanted.
pub(super) fn is_same(found: &str, wanted: &str) -> bool {
    let number = |text: &str| Number::read(text, '.').and_then(|(number, _)| number.whole());
    found == wanted
        || folded(found) == folded(trimmed(wanted))
        || number(found).is_some_and(|found| number(wanted) == Some(found))
        || is_of_month(found, wanted)
}

/// That rows of a file with delimiters stand within a cell, as they do behind a quotation mark that is never closed; and in which column.
pub(super) fn swallowed(row: &ByteRecord, width: usize) -> Option<(usize, Error)> {
    memchr::memchr(b'\n', row.as_slice())?;
    let (column, cell) = row.iter().enumerate().find(|(column, cell)| holds_rows(cell, *column, width))?;
    let lines = memchr::memchr_iter(b'\n', cell).count() + 1;
    let found =
        format!("{:?} runs over {lines} lines that have cells in them", shortened(&words::one_line(&text(cell))));
    let advice = "close its quotation mark".into();
    Some((column, ErrorKind::NotAsPublished { found, advice }.into()))
}

/// Whether a cell in a column holds the rest of its row and others below, as cells do whose quotation mark is never closed.
fn holds_rows(cell: &[u8], column: usize, width: usize) -> bool {
    let mut lines = cell.split(|byte| *byte == b'\n').enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        // The last line may be whatever follows.
        if lines.peek().is_none() {
            return false;
        }
        let cells = width.saturating_sub(1 + if number == 0 { column } else { 0 });
        let is_row = |delimiter: u8| {
            let places: Vec<usize> = memchr::memchr_iter(delimiter, line).collect();
            let figure = |place: &usize| line.get(place + 1).is_some_and(u8::is_ascii_digit);
            cells > 0 && places.len() == cells && places.iter().any(figure)
        };
        if b",;\t|".iter().any(|delimiter| is_row(*delimiter)) {
            return true;
        }
    }
    false
}
