//! What pictures say of figures.

use crate::{
    average::Rule,
    base::{Note, Topic, digits, note},
    forces,
    league::LeagueTable,
    rate::Per,
    table::{Area, Basis, Nouns},
};

const NUMBERS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A whole number as it stands in a sentence: in a word up to twelve.
pub(super) fn many(number: usize) -> String {
    NUMBERS.get(number).map_or_else(|| digits::grouped(number as u128), |word| (*word).to_owned())
}

/// A text with a capital at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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

/// `Seven of 37 forces`, `None of 3 areas`, `All 3 areas`.
pub(super) fn of(number: usize, all: usize, (one, more): (&str, &str)) -> String {
    if number == all && all > 1 {
        return if all == 2 { format!("Both {more}") } else { format!("All {} {more}", digits::grouped(all as u128)) };
    }
    let number = if number == 0 { "none".into() } else { many(number) };
    let noun = if all == 1 { one } else { more };
    format!("{} of {} {noun}", sentence(&number), digits::grouped(all as u128))
}

/// Per how many of whom.
pub(super) fn per(per: Per, basis: &Basis) -> String {
    if per.is_in_person_months() {
        per.to_string()
    } else {
        format!("{per} {}", Nouns::of(basis).exposed_noun().unwrap_or("population"))
    }
}

/// What was counted and when, with a capital; what it is read as, and whatever else is said.
pub(super) fn subtitle(basis: &Basis, read: &str) -> String {
    basis.counted().map_or_else(|| sentence(read), |what| format!("{}; {read}", sentence(&what)))
}

/// The average of a league table, as a sentence names it.
pub(super) fn average(league: &LeagueTable) -> &'static str {
    match league.how().average().rule() {
        Rule::Fixed(_) => "the given rate",
        Rule::Mean => "the mean rate",
        Rule::Median => "the median rate",
        _ => "the average",
    }
}

/// The notes about some topics, as they stand.
pub(super) fn notes(all: &[Note], topics: &[Topic]) -> Vec<String> {
    note::about(all, topics).map(|note| note.to_string()).collect()
}
