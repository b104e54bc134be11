//! Aligned text.

use super::{digits, words};
use std::fmt::{self, Write as _};
use unicode_width::UnicodeWidthStr;

/// The heading of ranks, where areas share a place.
pub(crate) const RANK: &str = "Rank";

/// Writes text on one line, as wide as a format string asks for. Its precision is that of numbers, and cuts nothing off.
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let text = &words::one_line(text);
    let missing = f.width().unwrap_or(0).saturating_sub(text.width());
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        Some(fmt::Alignment::Left) | None => 0,
    };
    let fill = |f: &mut fmt::Formatter<'_>, times: usize| (0..times).try_for_each(|_| f.write_char(f.fill()));
    fill(f, before)?;
    f.write_str(text)?;
    fill(f, missing - before)
}

/// Text in its column, or a dash.
pub(crate) fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "-".into())
}

/// A number with as many decimals, or a dash.
pub(crate) fn fixed(value: Option<f64>, decimals: usize) -> String {
    or_dash(value.map(|value| digits::fixed(value, decimals)))
}

/// As [`fixed`], with its sign.
pub(crate) fn signed(value: Option<f64>, decimals: usize) -> String {
    or_dash(value.map(|value| digits::signed(value, decimals)))
}

/// A whole number, or a dash.
pub(crate) fn whole(value: Option<u64>) -> String {
    or_dash(value.map(digits::grouped))
}

/// A heading with its lines, where it has any, and the notes below. Its precision is how many of the lines are shown, as it is how much
/// of a text; of lines by rank those that share the last place are shown with it.
pub(crate) fn write_report(
    f: &mut fmt::Formatter<'_>,
    lines: &[Vec<String>],
    notes: &[impl fmt::Display],
) -> fmt::Result {
    if lines.len() > 1 {
        let shown = f.precision().map(|most| first(lines, most));
        write_aligned(f, shown.as_deref().unwrap_or(lines))?;
        writeln!(f)?;
        let number =
            |lines: &[Vec<String>]| digits::grouped(lines.iter().skip(1).filter(|line| has_place(line)).count() as u64);
        if let Some(shown) = shown.filter(|shown| shown.len() < lines.len()) {
            writeln!(f, "{} of {} shown.", number(&shown), number(lines))?;
        }
    }
    notes.iter().enumerate().try_for_each(|(i, note)| write!(f, "{}{note}", if i == 0 { "" } else { "\n" }))
}

/// The heading and the first lines, those that share the rank of the last of them, and lines without a place, which are of averages.
fn first(lines: &[Vec<String>], most: usize) -> Vec<Vec<String>> {
    let mut places = lines.iter().skip(1).filter(|line| has_place(line));
    let ranked = lines.first().and_then(|heading| heading.first()).is_some_and(|first| first == RANK);
    let last = most.checked_sub(1).filter(|_| ranked).and_then(|last| places.nth(last)).and_then(|line| line.first());
    let (mut left, mut shown) = (most, Vec::new());
    for (number, line) in lines.iter().enumerate() {
        if number == 0 || !has_place(line) || left > 0 || last.is_some_and(|last| line.first() == Some(last)) {
            shown.push(line.clone());
            left -= usize::from(number > 0 && has_place(line) && left > 0);
        }
    }
    shown
}

fn has_place(line: &[String]) -> bool {
    line.first().is_some_and(|place| !place.is_empty())
}

/// Columns as wide as their widest cell; the second one, the names, to the left and the others to the right.
fn write_aligned(f: &mut fmt::Formatter<'_>, lines: &[Vec<String>]) -> fmt::Result {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for (number, line) in lines.iter().enumerate() {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            let room = " ".repeat(width.saturating_sub(cell.width()));
            if column == 1 { format!("{cell}{room}") } else { format!("{room}{cell}") }
        });
        writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        if number == 0 {
            let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            writeln!(f, "{}", rule.join("  "))?;
        }
    }
    Ok(())
}
