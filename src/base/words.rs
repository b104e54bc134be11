//! How lists and counted things are written.

use super::digits::grouped;

/// What an interval or a test says that allows for no variation but that of Poisson counts.
pub(crate) const POISSON_ONLY: &str = "Poisson variation only";

/// Text on one line, in the order in which it is written: what breaks a line, controls a terminal or turns the direction of text
/// around is escaped, everything else stays.
pub(crate) fn one_line(text: &str) -> String {
    if !text.contains(forges) {
        return text.into();
    }
    let mut line = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if c.is_control() => line.extend(c.escape_debug()),
            c if forges(c) => line.extend(c.escape_unicode()),
            c => line.push(c),
        }
    }
    line
}

/// Whether a character can make text look like other text: control characters, separators of lines and paragraphs, and marks of
/// direction (Unicode 16, UAX 9).
fn forges(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Up to five names of areas, or how many there are.
pub(crate) fn few(names: &[&str]) -> String {
    if names.len() <= 5 { names.join(", ") } else { counted(names.len(), "area") }
}

/// As many are named in a note; of more it is said how many there are.
pub(crate) const NAMED: usize = 15;

/// What a note names, with this between; how many there are of the noun where there are more than [`NAMED`].
pub(crate) fn listed<S: AsRef<str>>(items: &[S], between: &str, noun: &str) -> String {
    match items.len() {
        0 => "none".into(),
        1..=NAMED => items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between),
        many => counted(many, noun),
    }
}

/// A number of things: `1 area`, `37 areas`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number as u128), if number == 1 { "" } else { "s" })
}

/// A number of things whose plural is a word of its own: `1 stratum`, `19 strata`.
pub(crate) fn counted_as(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number as u128), if number == 1 { one } else { many })
}

/// What a rate is over, behind the number that it is per, where that is no year: ` a month`.
pub(crate) const fn each(months: u32) -> &'static str {
    match months {
        1 => " a month",
        3 => " a quarter",
        6 => " a half-year",
        _ => "",
    }
}

/// What lies between two ends, such as `1 to 9`, `at most 9` or `at least 10`; one number where both are it.
pub(crate) fn bounds(least: u128, most: Option<u128>) -> String {
    let from = grouped(least);
    match most {
        None => format!("at least {from}"),
        Some(most) if most == least => from,
        Some(most) if least == 0 => format!("at most {}", grouped(most)),
        Some(most) => format!("{from} to {}", grouped(most)),
    }
}

/// Whole numbers from one to another, such as `2 to 4`, or `1`.
pub(crate) fn from_to(first: usize, last: usize) -> String {
    let [least, most] = [first, last].map(|number| grouped(number as u128));
    if first == last { least } else { format!("{least} to {most}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_things_are_words() {
        assert_eq!([from_to(3, 3), from_to(1, 1_200)], ["3", "1 to 1,200"]);
        let between =
            [(3, Some(3)), (0, Some(4)), (1, Some(1_200)), (10, None)].map(|(least, most)| bounds(least, most));
        assert_eq!(between, ["3", "at most 4", "1 to 1,200", "at least 10"]);
        assert_eq!([counted(1, "area"), counted(1_200, "area")], ["1 area", "1,200 areas"]);
    }
}
