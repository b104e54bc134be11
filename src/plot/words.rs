//! What pictures say of figures.

use crate::{
    average::{Average, Rule},
    base::{digits, words},
    forces,
    league::LeagueTable,
    rate::Per,
    table::{Area, Basis, Groups, Nouns},
};

const NUMBERS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A whole number as it stands in a sentence: in a word up to twelve.
pub(super) fn many(number: usize) -> String {
    NUMBERS.get(number).map_or_else(|| digits::grouped(number as u128), |word| (*word).to_owned())
}

/// The same where none is a word of its own: `none`, `three`.
pub(super) fn none_or(number: usize) -> String {
    if number == 0 { "none".into() } else { many(number) }
}

/// A text with a capital at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How many more have the same, behind the name of the first: ` and two more`.
pub(super) fn and_more(number: usize) -> String {
    if number == 0 { String::new() } else { format!(" and {} more", many(number)) }
}

/// A number with its sign, a fall with the minus that print has.
pub(super) fn signed(value: f64, decimals: usize) -> String {
    digits::signed(value, decimals).replace('-', "\u{2212}")
}

/// `lies` or `lie`.
pub(super) const fn verb(number: usize, one: &'static str, more: &'static str) -> &'static str {
    if number == 1 { one } else { more }
}

/// What areas are, `forces` where all of them are police forces.
pub(super) fn noun<'a>(areas: impl IntoIterator<Item = &'a Area>) -> (&'static str, &'static str) {
    let force = |area: &Area| forces::find(area.code().unwrap_or(area.name())).is_ok();
    let (mut any, mut all) = (false, true);
    for area in areas {
        (any, all) = (true, all && force(area));
    }
    if any && all { ("force", "forces") } else { ("area", "areas") }
}

/// `1 period`, `24 periods`.
pub(super) fn periods(number: usize) -> String {
    counted(number, ("period", "periods"))
}

/// A number with its noun: `1 area`, `24 forces`.
pub(super) fn counted(number: usize, (one, more): (&str, &str)) -> String {
    words::counted_as(number, one, more)
}

/// About how many, as it stands in a sentence: `fewer than one`, `about two`.
pub(super) fn about(number: f64) -> String {
    if number < 0.95 { "fewer than one".into() } else { format!("about {}", many(number.round() as usize)) }
}

/// `seven of 37 forces`, `none of 3 areas`, `all 3 areas`.
pub(super) fn part(number: usize, all: usize, (one, more): (&str, &str)) -> String {
    if number == all && all > 1 {
        return if all == 2 { format!("both {more}") } else { format!("all {} {more}", digits::grouped(all as u128)) };
    }
    let noun = if all == 1 { one } else { more };
    format!("{} of {} {noun}", none_or(number), digits::grouped(all as u128))
}

/// In how many of all areas something rose and fell.
pub(super) fn moved(what: &str, (rose, fell): (usize, usize), all: usize, noun: (&str, &str)) -> String {
    let of = |number| part(number, all, noun);
    match (rose, fell) {
        (1, _) | (_, 1) if all == 1 => {
            format!("The {what} {} in the only {}", if rose > 0 { "rose" } else { "fell" }, noun.0)
        }
        (0, 0) if all == 1 => format!("The {what} did not change in the only {}", noun.0),
        (0, 0) => format!("The {what} changed in none of {all} {}", noun.1),
        (0, _) => format!("The {what} fell in {}", of(fell)),
        (_, 0) => format!("The {what} rose in {}", of(rose)),
        _ => format!("The {what} rose in {} and fell in {}", of(rose), many(fell)),
    }
}

/// How many of all, at the beginning of a sentence.
pub(super) fn of(number: usize, all: usize, noun: (&str, &str)) -> String {
    sentence(&part(number, all, noun))
}

/// What is read of rates, such as `rate per 100,000 people`.
pub(super) fn rate(read: Per, basis: &Basis) -> String {
    format!("rate {}", per(read, basis))
}

/// Per how many of whom.
pub(super) fn per(per: Per, basis: &Basis) -> String {
    match Nouns::of(basis).whatever_the_months().exposed_noun() {
        Some(noun) => per.of(&format!(" {noun}")),
        None if per.is_in_person_months() => per.to_string(),
        None => per.of(" population"),
    }
}

/// What was counted and when, with a capital; what it is read as, which begins with a small letter, and whatever else is said.
pub(super) fn subtitle(basis: &Basis, read: &str) -> String {
    basis.counted().map_or_else(|| sentence(read), |what| format!("{}; {read}", sentence(&what)))
}

/// What the average of a league table is called.
pub(super) fn average(league: &LeagueTable) -> String {
    average_of(league.how().average().rule(), "rate")
}

/// The same of what is no rate.
pub(super) fn average_of(rule: Rule, what: &str) -> String {
    match rule {
        Rule::Fixed(_) => format!("given {what}"),
        Rule::Mean => format!("mean {what}"),
        Rule::Median => format!("median {what}"),
        _ => "average".into(),
    }
}

/// What averages are called of which each area has its own, `its` or `their`: that of its group, or of the others.
pub(super) fn own_average(how: Average, groups: Option<&Groups>, whose: &str) -> Option<String> {
    let average = average_of(how.rule(), "rate");
    let plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_lowercase() || c == ' ');
    let group = groups.map(|groups| match groups.name() {
        name if plain(name) => name.to_owned(),
        name => format!("group ({name})"),
    });
    match (group, how.with_self()) {
        (Some(group), true) => Some(format!("{average} of {whose} own {group}")),
        (Some(group), false) => Some(format!("{average} of the others of {whose} own {group}")),
        (None, false) => Some(format!("{average} of all others")),
        (None, true) => None,
    }
}
