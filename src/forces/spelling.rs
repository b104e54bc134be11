//! How names of forces are compared.

use crate::table::plain;

/// What follows the name of a force in its full title.
const TITLES: [&str; 5] = [" police service", " police force", " constabulary", " police area", " police"];

/// Other spellings of what remains, each of which is one force alone: as they stand in files of the Home Office, the ONS and of data.police.uk; the
/// customary short forms of counties (of the Post Office's, before 1996); and the initials by which forces call themselves.
const OTHERS: [(&str, &str); 33] = [
    ("east of england", "east"),
    ("eastern", "east"),
    ("london, city of", "city of london"),
    ("hampshire and isle of wight", "hampshire"),
    ("hampshire and the isle of wight", "hampshire"),
    // Short forms of counties.
    ("beds", "bedfordshire"),
    ("cambs", "cambridgeshire"),
    ("derbys", "derbyshire"),
    ("glos", "gloucestershire"),
    ("gloucs", "gloucestershire"),
    ("hants", "hampshire"),
    ("herts", "hertfordshire"),
    ("lancs", "lancashire"),
    ("leics", "leicestershire"),
    ("lincs", "lincolnshire"),
    ("northants", "northamptonshire"),
    ("notts", "nottinghamshire"),
    ("staffs", "staffordshire"),
    ("warks", "warwickshire"),
    ("wilts", "wiltshire"),
    ("n yorks", "north yorkshire"),
    ("s yorks", "south yorkshire"),
    ("w yorks", "west yorkshire"),
    // What forces call themselves.
    ("met", "metropolitan"),
    ("the met", "metropolitan"),
    ("mps", "metropolitan"),
    ("colp", "city of london"),
    ("gmp", "greater manchester"),
    ("wmp", "west midlands"),
    ("wyp", "west yorkshire"),
    ("syp", "south yorkshire"),
    ("nyp", "north yorkshire"),
    ("tvp", "thames valley"),
];

/// A name without its title, the marks of notes, case, and kinds of space, dash and `and`.
pub(super) fn key(text: &str) -> String {
    let spaced = plain(text).replace('-', " ");
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let figures = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let name = TITLES.iter().find_map(|title| figures.strip_suffix(title)).unwrap_or(figures);
    OTHERS.iter().find(|(other, _)| *other == name).map_or_else(|| name.to_owned(), |(_, name)| (*name).to_owned())
}
