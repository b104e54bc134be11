//! What the text of a line says of it.

use super::{
    cell::trimmed,
    header::{folded, text},
    number::Number,
    wording::is_of_month,
};
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
