//! How names of forces are compared.

use crate::table::plain;

/// What follows the name of a force in its full title.
const TITLES: [&str; 5] = [" police service", " police force", " constabulary", " police area", " police"];

/// Other spellings of what remains, as they stand in files of the Home Office, the ONS and of data.police.uk.
const OTHERS: [(&str, &str); 6] = [
    ("east of england", "east"),
    ("london, city of", "city of london"),
    ("hampshire and isle of wight", "hampshire"),
    ("hampshire and the isle of wight", "hampshire"),
    ("met", "metropolitan"),
    ("gmp", "greater manchester"),
];

/// A name without its title, the marks of notes, case, and kinds of space, dash and `and`.
pub(super) fn key(text: &str) -> String {
    let spaced = plain(text).replace('-', " ");
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let figures = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let name = TITLES.iter().find_map(|title| figures.strip_suffix(title)).unwrap_or(figures);
    OTHERS.iter().find(|(other, _)| *other == name).map_or_else(|| name.to_owned(), |(_, name)| (*name).to_owned())
}
