//! Names that are one but for how they are written.

use super::area::Area;
use crate::base::ErrorKind;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The names that stood so far, by what is left of them without note marks, case, and kinds of dash and space.
#[derive(Default)]
pub(crate) struct Similar {
    plain: HashMap<String, Seen>,
    /// Names that end in figures, without them: `district of columbia` of `District of Columbia5`.
    marked: HashMap<String, Seen>,
}

#[derive(Clone)]
struct Seen {
    /// Whether it has a count and a population, so that both may take part.
    figures: bool,
    name: Box<str>,
    code: Option<Box<str>>,
    row: u64,
}

impl Similar {
    /// The earlier name that this one is like, with its row, and whether it is refused: both have figures, and not both have codes that more
    /// than case tells apart. One name with two codes is two areas. The name is known from then on.
    pub(crate) fn found(&mut self, area: &Area, row: u64, figures: bool) -> Option<(ErrorKind, bool)> {
        let plain = plain(area.name());
        let unmarked = without_mark(&plain).map(ToOwned::to_owned);
        let seen = Seen { figures, name: area.name().into(), code: area.code().map(Into::into), row };
        let found = self.plain.get(&plain).or_else(|| self.marked.get(&plain));
        let found = found.or_else(|| self.plain.get(unmarked.as_deref()?));
        let found = found.filter(|other| match (&other.code, &seen.code) {
            (Some(one), Some(code)) if one == code => false,
            (Some(one), Some(code)) => other.name != seen.name || one.eq_ignore_ascii_case(code),
            _ => other.name != seen.name,
        });
        let label = |other: &Seen| match (&other.code, &seen.code) {
            (Some(code), Some(_)) => format!("{} ({code})", other.name),
            _ => other.name.to_string(),
        };
        let two = |other: &Seen| {
            let codes = other.code.as_ref().zip(seen.code.as_ref());
            codes.is_some_and(|(one, code)| !one.eq_ignore_ascii_case(code))
        };
        let found = found.map(|other| {
            let refused = figures && other.figures && !two(other);
            (ErrorKind::Similar { other: label(other), row: other.row }, refused)
        });
        if let Some(unmarked) = unmarked {
            note(&mut self.marked, unmarked, &seen);
        }
        note(&mut self.plain, plain, &seen);
        found
    }
}

/// Names that were taken for those of two areas though they are alike, each with the other, in the words of a note.
pub(crate) fn taken_apart<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let named: Vec<String> = pairs.map(|(name, other)| format!("{name} beside {other}")).take(15).collect();
    (!named.is_empty())
        .then(|| format!("Taken for different areas, though their names are alike: {}.", named.join("; ")))
}

/// Keeps the first of a name, or the first of those that have figures.
fn note(known: &mut HashMap<String, Seen>, name: String, seen: &Seen) {
    let first = known.entry(name).or_insert_with(|| seen.clone());
    if seen.figures && !first.figures {
        *first = seen.clone();
    }
}

/// Whether two names are one but for how they are written.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    one == other || without_mark(&one) == Some(&*other) || without_mark(&other) == Some(&*one)
}

/// A name without the marks of notes (`[note 4]`, `(r)`, `*`), its letters composed and in lower case, with single spaces where dashes or
/// spaces are.
pub(crate) fn plain(name: &str) -> String {
    let dashed = unmarked(name).nfc().map(|c| match c {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => ' ',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '\u{200b}' | '\u{feff}' => ' ',
        c => c,
    });
    let lower: String = dashed.filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    lower.replace('&', " and ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without the marks of notes at its end.
pub(crate) fn unmarked(name: &str) -> &str {
    let mut text = name.trim();
    while let Some(shorter) = without_note(text) {
        text = shorter;
    }
    text
}

/// A name without one mark of a note at its end.
fn without_note(text: &str) -> Option<&str> {
    let text = text.trim_end();
    if let Some(shorter) = text.strip_suffix([
        '*', '\u{2020}', '\u{2021}', '\u{b9}', '\u{b2}', '\u{b3}', '\u{2070}', '\u{2074}', '\u{2075}', '\u{2076}',
        '\u{2077}', '\u{2078}', '\u{2079}',
    ]) {
        return Some(shorter.trim_end()).filter(|rest| !rest.is_empty());
    }
    let open = match text.chars().last()? {
        ']' => '[',
        ')' => '(',
        _ => return None,
    };
    let (rest, inside) = text.strip_suffix([']', ')'])?.rsplit_once(open)?;
    let is_note = |inside: &str| {
        let inside = inside.trim().to_lowercase();
        let number = ["notes", "note", "footnote"].iter().find_map(|word| inside.strip_prefix(word)).unwrap_or(&inside);
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ',' || c == ' ');
        is_number(number) || (inside.chars().count() == 1 && open == '[') || inside == "r" || inside == "p"
    };
    (is_note(inside) && !rest.trim_end().is_empty()).then(|| rest.trim_end())
}

/// A name without figures that follow a letter at its end.
fn without_mark(text: &str) -> Option<&str> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    (rest.len() < text.len() && rest.chars().last().is_some_and(char::is_alphabetic)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(names: &[&str]) -> Vec<Option<String>> {
        let mut similar = Similar::default();
        let area = |name: &str| Area::new(name, None).unwrap();
        (1..)
            .zip(names)
            .map(|(row, name)| match similar.found(&area(name), row, true)? {
                (ErrorKind::Similar { other, .. }, true) => Some(other),
                found => panic!("{found:?}"),
            })
            .collect()
    }

    #[test]
    fn marks_case_dashes_and_spaces_make_no_other_name() {
        for (one, other) in [
            ("Humberside", "Humberside [note 4]"),
            ("District of Columbia5", "District of Columbia"),
            ("North Carolina", "NORTH CAROLINA6"),
            ("Puerto\u{a0}Rico", "Puerto Rico"),
            ("Stoke-on-Trent", "Stoke\u{2013}on\u{2013}Trent"),
            ("Stoke-on-Trent", "Stoke on Trent"),
            ("King's Lynn", "King\u{2019}s Lynn"),
            ("Kent", "Kent (r)"),
            ("Kent", "Kent [2] [r]"),
            ("Kent*", "kent"),
            ("St. Ives", "St Ives"),
            ("Devon & Cornwall", "Devon and Cornwall"),
            ("C\u{f4}te-d'Or", "Co\u{302}te-d'Or"),
        ] {
            assert_eq!(like(&[one, other])[1].as_deref(), Some(one), "{one} and {other}");
            assert_eq!(like(&[other, one])[1].as_deref(), Some(other), "{other} and {one}");
        }
    }

    #[test]
    fn codes_in_another_case_make_no_other_area() {
        let mut similar = Similar::default();
        let mut found = |name: &str, code: &str, row| {
            let (kind, refused) = similar.found(&Area::new(name, Some(code)).unwrap(), row, true)?;
            assert!(refused);
            Some(kind)
        };
        assert_eq!(found("Kent", "E23000032", 2), None);
        assert_eq!(found("Kent", "E23000033", 3), None);
        let other = || "Kent (E23000032)".to_owned();
        assert_eq!(found("Kent", "e23000032", 4), Some(ErrorKind::Similar { other: other(), row: 2 }));
        assert_eq!(found("Kent*", "e23000032", 5), Some(ErrorKind::Similar { other: other(), row: 2 }));
        assert_eq!(found("Kent", "E23000032", 6), None);
    }

    #[test]
    fn names_that_do_not_both_take_part_or_have_two_codes_are_told() {
        let mut similar = Similar::default();
        let mut told = |name: &str, code: Option<&str>, row, figures| {
            let found = similar.found(&Area::new(name, code).unwrap(), row, figures);
            found.map(|(kind, refused)| (matches!(kind, ErrorKind::Similar { row: 2, .. }), refused))
        };
        assert_eq!(told("Kent [note 4]", None, 1, false), None);
        assert_eq!(told("Kent", None, 2, true), Some((false, false)));
        assert_eq!(told("KENT", None, 3, false), Some((true, false)));
        assert_eq!(told("kent", None, 4, true), Some((true, true)));
        let mut coded = |name: &str, code: &str, row| told(name, Some(code), row, true);
        assert_eq!(coded("Essex", "E23000028", 2), None);
        assert_eq!(coded("Essex [note 4]", "E23000029", 3), Some((true, false)));
        assert_eq!(coded("Essex", "E23000030", 4), None);
    }

    #[test]
    fn numbers_and_parts_of_names_do() {
        for names in [
            &["Ward 1", "Ward 2", "Ward 12"][..],
            &["E05000400", "E05000719"],
            &["District", "District 1"],
            &["London", "London (City)"],
            &["A", "B", "[2]", "*"],
            &["Newcastle (Staffs)", "Newcastle (Tyne)"],
            &["A1", "A2"],
        ] {
            assert!(like(names).iter().all(Option::is_none), "{names:?}");
        }
    }
}
