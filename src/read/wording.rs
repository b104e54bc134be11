//! What the words of a heading say of time, people and places.

use super::role::Role;
use crate::rate::Period;
use std::borrow::Cow;

/// Whether a text may be a year, and so a heading.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1900..2100).contains(&year))
}

/// Whether words are those of a population but for a year, such as `mye2018` and `2018 mid year estimate`.
pub(super) fn is_of_year(words: &str) -> bool {
    let bare = words.split(' ').map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()));
    let bare = bare.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let digits = words.chars().filter(char::is_ascii_digit).count();
    digits == 4 && Role::Population.headings().contains(&bare.as_str())
}

/// Whether words are of counts that are weighted by how serious each is.
pub(super) fn is_score(words: &str) -> bool {
    words.split(' ').any(|word| ["score", "scores", "weighted", "severity"].contains(&word))
}

/// Whether words say of when or of whom a population is.
pub(super) fn says_whose(words: &str) -> bool {
    const KNOWN: [&str; 9] = ["mid", "year", "resident", "usual", "usually", "estimated", "ons", "total", "census"];
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.split(' ').all(|word| KNOWN.contains(&word) || is_year(word.trim_matches(['(', ')'])))
}

/// Whether a day such as `2019-09-30`, which workbooks have for `Sep-19`, is of the month that a text is.
pub(super) fn is_of_month(day: &str, month: &str) -> bool {
    let dashes = day.len() == 10 && day.match_indices('-').map(|(at, _)| at).eq([4, 7]);
    let of = |text: &str| text.parse::<Period>().ok().filter(|period| period.months() == 1);
    dashes && day.get(..7).and_then(of).is_some_and(|found| of(month) == Some(found))
}

/// How small the areas are whose names or codes a heading such as `LAD22NM` or `PFA21CD` is of, in a lookup of the ONS: 0 for the smallest.
pub(super) fn geography(role: Role, heading: &str) -> Option<usize> {
    const KINDS: [&str; 12] =
        ["lsoa", "msoa", "wd", "csp", "lad", "ltla", "utla", "ctyua", "cty", "pfa", "rgn", "ctry"];
    let ending = match role {
        Role::Area => "nm",
        Role::Code => "cd",
        _ => return None,
    };
    let heading = heading.to_lowercase();
    let bare = heading.strip_suffix(ending)?;
    let kind = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    KINDS.iter().position(|known| *known == kind).filter(|_| bare.len() == kind.len() + 2)
}

/// The lines of a heading as one, each once.
pub(super) fn joined(texts: &[(String, bool)]) -> String {
    let mut lines: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty()).collect();
    lines.dedup();
    lines.join(": ")
}

/// A heading without the figures of notes that follow its last letter.
pub(super) fn without_figures(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    if rest.ends_with(char::is_alphabetic) { rest } else { text }
}

/// Whether a line that begins with this cell is a comment: with `#`, but for numbers such as `#3` and the errors of spreadsheets.
pub(super) fn is_comment(cell: &[u8]) -> bool {
    let Some(rest) = cell.trim_ascii_start().strip_prefix(b"#") else { return false };
    const ERRORS: [&[u8]; 8] = [b"N/A", b"REF!", b"VALUE!", b"NAME?", b"DIV/0!", b"NULL!", b"NUM!", b"SPILL!"];
    !rest.first().is_some_and(u8::is_ascii_digit) && !ERRORS.iter().any(|error| rest.starts_with(error))
}

/// The first heading of a line that begins with `#`, as some programs mark their header.
pub(super) fn commented(cell: &[u8]) -> &[u8] {
    let bare = cell.trim_ascii_start();
    if is_comment(bare) { bare.get(1..).unwrap_or_default() } else { cell }
}

/// The text of a cell: UTF-8, or else Windows-1252, which every byte is a letter of.
pub(super) fn text(cell: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(cell)
        .map_or_else(|_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0, Cow::Borrowed)
}

/// A heading without case, and without what spaces, underscores, colons and hyphens differ in.
pub(super) fn folded(text: &str) -> String {
    let lower = text.to_lowercase().replace(['_', '-', ':', '\u{2013}'], " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
