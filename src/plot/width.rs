//! How wide text is, before anybody has drawn it.
//!
//! The advances are those that Helvetica, Arial and Liberation Sans share (Adobe Font Metrics, 1990); whoever shows a picture in
//! another font has letters that are up to a sixth wider, for which lines of text have room.

use std::collections::BTreeMap;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How much of the width lines of text take: letters of other fonts are up to a sixth wider.
pub(super) const TEXT: f64 = 0.86;

/// Of the characters from the space to the tilde, in thousandths of the size.
const ADVANCES: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

fn advance(c: char) -> f64 {
    let known = (c as usize).checked_sub(0x20).and_then(|place| ADVANCES.get(place));
    match (known, c.width().unwrap_or(0)) {
        (Some(advance), _) => f64::from(*advance) / 1000.0,
        (None, _) if c == '\u{2212}' => 0.584,
        (None, _) if c == '\u{2192}' => 1.0,
        (None, 0) => 0.0,
        (None, 2) => 1.0,
        (None, _) if c.is_uppercase() => 0.75,
        (None, _) if c.is_alphabetic() => 0.58,
        (None, _) => 0.7,
    }
}

/// How wide a text is at a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The text, or as much of its beginning and its end as there is room for.
pub(super) fn cut(text: &str, size: f64, room: f64) -> String {
    shortened(text, room, |text| width(text, size))
}

/// The same in a terminal.
pub(super) fn cut_columns(text: &str, room: usize) -> String {
    shortened(text, room as f64, |text| text.width() as f64)
}

/// Names that are cut, told apart where a cut makes two of them one: these keep the place from which on they differ.
pub(super) fn cut_apart(names: &[String], cut: impl Fn(&str) -> String) -> Vec<String> {
    let mut shown: Vec<String> = names.iter().map(|name| cut(name)).collect();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, name) in shown.iter().enumerate() {
        places.entry(name.clone()).or_default().push(place);
    }
    for places in places.into_values().filter(|places| places.len() > 1) {
        let alike: Vec<(usize, Vec<char>)> =
            places.into_iter().filter_map(|place| Some((place, names.get(place)?.chars().collect()))).collect();
        let Some((_, first)) = alike.first() else { continue };
        let common = |name: &[char]| first.iter().zip(name).take_while(|(one, other)| one == other).count();
        let same = alike.iter().map(|(_, name)| common(name)).filter(|same| *same < first.len()).min();
        // Those that are one name stay one.
        let Some(same) = same else { continue };
        for (place, name) in &alike {
            // As much as there is room for of the letters in which they differ, and then of their beginning.
            let part = |head: usize, tail: usize| {
                let letters = |from: usize, number: usize| name.iter().skip(from).take(number).collect::<String>();
                format!("{}…{}", letters(0, head.min(same)).trim_end(), letters(same.saturating_sub(1), tail).trim())
            };
            let parts = (3..=14).rev().flat_map(|tail| (0..=8).rev().map(move |head| (head, tail)));
            let fits = parts.map(|(head, tail)| part(head, tail)).find(|text| cut(text) == *text);
            if let (Some(shown), Some(text)) = (shown.get_mut(*place), fits) {
                *shown = text;
            }
        }
    }
    shown
}

/// With what is left out in the middle: names often begin alike and end otherwise.
fn shortened(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> String {
    if measure(text) <= room {
        return text.into();
    }
    let of = |c: char| measure(c.encode_utf8(&mut [0; 4]));
    let left = (room - measure("…")).max(0.0);
    let kept = |letters: &mut dyn Iterator<Item = char>, room: f64| {
        let mut used = 0.0;
        letters
            .take_while(|c| {
                used += of(*c);
                used <= room
            })
            .collect::<Vec<char>>()
    };
    let start: String = kept(&mut text.chars(), 0.6 * left).into_iter().collect();
    let rest = left - measure(&start);
    let end: String = kept(&mut text.chars().rev(), rest).into_iter().rev().collect();
    format!("{}…{}", start.trim_end(), end.trim_start())
}

/// The text in lines that are no wider; a word that is wider alone is broken, and a number and its `%` stay together.
pub(super) fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    wrapped_by(text, room, |text| width(text, size))
}

/// The same in a terminal.
pub(super) fn wrapped_columns(text: &str, room: usize) -> Vec<String> {
    wrapped_by(text, room as f64, |text| text.width() as f64)
}

fn wrapped_by(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    const GLUE: char = '\u{a0}';
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut().filter(|_| word.starts_with('%')) {
            Some(number) => number.extend([GLUE].into_iter().chain(word.chars())),
            None => words.push(word.into()),
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        if let Some(line) = lines.last_mut()
            && measure(line) + measure(" ") + measure(&word) <= room
        {
            line.push(' ');
            line.push_str(&word);
            continue;
        }
        let mut piece = String::new();
        for c in word.chars() {
            if !piece.is_empty() && measure(&piece) + measure(c.encode_utf8(&mut [0; 4])) > room {
                lines.push(std::mem::take(&mut piece));
            }
            piece.push(c);
        }
        lines.push(piece);
    }
    lines
}

/// The same in as many lines, each about as long: a headline has no single word below it.
pub(super) fn balanced(text: &str, size: f64, room: f64) -> Vec<String> {
    let lines = wrapped(text, size, room);
    let (mut narrow, mut wide) = (room / 2.0, room);
    for _ in 0..12 {
        let middle = f64::midpoint(narrow, wide);
        if wrapped(text, size, middle).len() > lines.len() { narrow = middle } else { wide = middle }
    }
    if lines.len() == 2 { wrapped(text, size, wide) } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        assert!((width("Kent", 1000.0) - (667.0 + 556.0 + 556.0 + 278.0)).abs() < 1e-9);
        assert_eq!(["e\u{301}", "東京", "Kent"].map(UnicodeWidthStr::width), [1, 4, 4]);
        assert_eq!([cut_columns("東京都", 5), cut_columns("abcdefghij", 6)], ["東…都", "abc…ij"]);
        let names = ["Bournemouth Northern Division".to_owned(), "Bournemouth Southern Division".to_owned()];
        let shown = cut_apart(&names, |name| cut_columns(name, 18));
        assert!(shown[0] != shown[1] && shown[0].contains("North") && shown[1].contains("South"), "{shown:?}");
        assert_eq!(wrapped("one two three", 10.0, 45.0), ["one two", "three"]);
        assert_eq!(wrapped("aaaa", 10.0, 12.0), ["aa", "aa"]);
        assert_eq!(wrapped("at 95 % of", 10.0, 30.0), ["at", "95\u{a0}%", "of"]);
        assert_eq!(balanced("one two three four", 10.0, 70.0), ["one two", "three four"]);
        assert_eq!(balanced("one two three", 10.0, 100.0), ["one two three"]);
    }
}
