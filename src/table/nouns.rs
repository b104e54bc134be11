//! What was counted and per whom, as sentences have it.
//!
//! The head of what a basis says was counted is what a number stands before: "offences with a knife" are *offences*, "sudden infant deaths"
//! *deaths*. What says of people or things which of them were counted stays: *people killed*, *homes burgled*. What is no plural is written
//! *counts of burglary*. Without a basis the words are *counts* and *population*.

use super::{
    basis::Basis,
    plurals::{is_participle, is_plural, says_which, singular_of},
};
use crate::{
    base::{digits, words},
    rate::Population,
};

/// What a basis calls the counts and the population.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nouns {
    counted: Option<Counted>,
    /// In the plural, such as `live births`.
    exposed: Option<String>,
    person_months: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Counted {
    /// Such as `deaths`.
    Plural(String),
    /// Such as `burglary`.
    Mass(String),
}

/// Where the head of a phrase ends.
const AFTER_HEAD: &[&str] = &[
    "about",
    "after",
    "aged",
    "against",
    "among",
    "arising",
    "as",
    "at",
    "before",
    "between",
    "by",
    "due",
    "during",
    "except",
    "excluding",
    "following",
    "for",
    "from",
    "in",
    "including",
    "involving",
    "not",
    "of",
    "on",
    "other",
    "over",
    "per",
    "recorded",
    "relating",
    "resulting",
    "since",
    "than",
    "that",
    "to",
    "under",
    "until",
    "where",
    "which",
    "who",
    "whose",
    "with",
    "within",
    "without",
];

/// Of these the ones that may belong to a participle: `looked after`, `run over`.
const WITH_PARTICIPLE: &[&str] = &["after", "over"];

/// What joins two things, of which the last alone would be less than both.
const JOINING: &[&str] = &["and", "or", "&", "+", "/"];

impl Nouns {
    pub(crate) fn of(basis: &Basis) -> Self {
        let counted = basis.count().map(phrase).filter(|phrase| !phrase.is_empty());
        let counted = counted.map(|phrase| match with_its_participle(&phrase) {
            // Another plural behind it is of other things.
            noun if is_plural(head(&phrase)) && !is_joined(&phrase) && !noun.split(' ').skip(1).any(is_plural) => {
                Counted::Plural(lower(&noun))
            }
            _ => Counted::Mass(phrase),
        });
        let exposed = basis.population().map(phrase);
        let exposed = exposed.map(|phrase| lower(unmeasured(&phrase))).filter(|phrase| is_plural(head(phrase)));
        // A resident is a person, as everybody writes.
        let exposed = exposed.map(|phrase| if phrase == "residents" { "people".to_owned() } else { phrase });
        Self { counted, exposed, person_months: basis.is_in_person_months() }
    }

    /// The same of populations that are not multiplied by months.
    pub(crate) fn whatever_the_months(self) -> Self {
        Self { person_months: false, ..self }
    }

    /// Such as `17 deaths`, `1 count` or `3 counts of burglary`.
    pub(crate) fn counts(&self, number: u64) -> String {
        format!("{} {}", digits::grouped(number), self.count_noun(number == 1))
    }

    /// Such as `719 to 721 offences` or, without a basis, `a count of 719 to 721`.
    pub(crate) fn range(&self, first: u64, last: u64) -> String {
        let [from, to] = [first, last].map(digits::grouped);
        let range = if first == last { from } else { format!("{from} to {to}") };
        match self.counted {
            None => format!("a count of {range}"),
            Some(_) => format!("{range} {}", self.count_noun(last == 1)),
        }
    }

    /// Such as `offences`.
    pub(crate) fn count_noun(&self, one: bool) -> String {
        match (&self.counted, one) {
            (None, _) => if one { "count" } else { "counts" }.to_owned(),
            (Some(Counted::Plural(noun)), true) => singular(noun),
            (Some(Counted::Plural(noun)), false) => noun.clone(),
            (Some(Counted::Mass(phrase)), one) => format!("count{} of {phrase}", if one { "" } else { "s" }),
        }
    }

    /// The headings of columns of counts and of populations, such as `Deaths` and `Live births`; `Count` and `Population` without a basis, or
    /// where its words are too many.
    pub(crate) fn headings(&self) -> [String; 2] {
        const MOST: usize = 24;
        let counted = self.counted.as_ref().map(|(Counted::Plural(noun) | Counted::Mass(noun))| noun.as_str());
        [(counted, "Count"), (self.exposed_noun(), "Population")].map(|(noun, without)| {
            let noun = noun.filter(|noun| noun.chars().count() <= MOST).unwrap_or(without);
            let mut letters = noun.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
    }

    /// What the population is of where that is not people, such as `live births`.
    pub(crate) fn no_people(&self) -> Option<&str> {
        self.exposed.as_deref().filter(|noun| *noun != "people")
    }

    /// Such as `1,570 live births` or, without a basis, `a population of 1,570`.
    pub(crate) fn exposed(&self, population: Population) -> String {
        self.with_noun(population.get().into(), "a population of ")
    }

    /// Such as `the same 1,570 live births` or, without a basis, `the same population of 1,570`.
    pub(super) fn same(&self, population: u128) -> String {
        format!("the same {}", self.with_noun(population, "population of "))
    }

    /// Such as `30 more live births` or, without a basis, `a population larger by 30`.
    pub(super) fn more(&self, number: u128) -> String {
        match self.exposed_noun() {
            Some(noun) => format!("{} more {noun}", digits::grouped(number)),
            None => format!("a population larger by {}", digits::grouped(number)),
        }
    }

    /// Such as `30 fewer live births` or, without a basis, `a population smaller by 30`.
    pub(super) fn fewer(&self, number: u128) -> String {
        match self.exposed_noun() {
            Some(noun) => format!("{} fewer {noun}", digits::grouped(number)),
            None => format!("a population smaller by {}", digits::grouped(number)),
        }
    }

    /// Such as `live births`, in the plural; none without a basis.
    pub(crate) fn exposed_noun(&self) -> Option<&str> {
        if self.person_months { Some("person-months") } else { self.exposed.as_deref() }
    }

    fn with_noun(&self, population: u128, without: &str) -> String {
        let number = digits::grouped(population);
        match self.exposed_noun() {
            Some(noun) if population == 1 => format!("{number} {}", singular(noun)),
            Some(noun) => format!("{number} {noun}"),
            None => format!("{without}{number}"),
        }
    }
}

/// The words before the first comma, bracket or other mark; a comma within a number is none.
fn phrase(text: &str) -> String {
    let mark = text.find([';', ':', '(', '[']).into_iter();
    let commas = text.match_indices(',').map(|(at, _)| at);
    let ends = commas.filter(|at| !text.get(at + 1..).unwrap_or_default().starts_with(|c: char| c.is_ascii_digit()));
    let end = mark.chain(ends).min().unwrap_or(text.len());
    let words: Vec<&str> = text.get(..end).unwrap_or_default().split_whitespace().collect();
    words::one_line(&words.join(" "))
}

/// The last word of a phrase before what says more of it.
fn head(phrase: &str) -> &str {
    before_more(phrase).last().unwrap_or_default()
}

/// The words up to what says more of them: `vehicles` of `vehicles registered`.
fn before_more(phrase: &str) -> impl Iterator<Item = &str> {
    let mut after_plural = false;
    phrase.split(' ').take_while(move |word| {
        let goes_on = !(AFTER_HEAD.contains(&word.to_lowercase().as_str()) || after_plural && is_participle(word));
        after_plural = is_plural(word);
        goes_on
    })
}

/// The head with what says which of them: `people killed or seriously injured` of `people killed or seriously injured in collisions`.
fn with_its_participle(phrase: &str) -> String {
    let after = phrase.split(' ').skip(before_more(phrase).count());
    let which = after.enumerate().take_while(|(place, word)| match place {
        0 => says_which(word),
        place => {
            let word = word.to_lowercase();
            !AFTER_HEAD.contains(&&*word) || (*place == 1 && WITH_PARTICIPLE.contains(&&*word))
        }
    });
    let words: Vec<&str> = std::iter::once(head(phrase)).chain(which.map(|(_, word)| word)).collect();
    words.join(" ")
}

/// Whether a phrase is of several things, such as `theft of/from vehicles` and `burglary and robberies`.
fn is_joined(phrase: &str) -> bool {
    phrase.contains('/') || before_more(phrase).any(|word| JOINING.contains(&word.to_lowercase().as_str()))
}

/// A phrase without the `per 1,000` that it may begin with.
fn unmeasured(phrase: &str) -> &str {
    let rest = phrase.strip_prefix("per ").or(phrase.strip_prefix("Per ")).unwrap_or(phrase);
    match rest.split_once(' ') {
        Some((number, noun)) if number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')) => noun,
        _ => rest,
    }
}

/// With a small first letter, unless more letters are capitals.
fn lower(phrase: &str) -> String {
    let mut letters = phrase.chars();
    match letters.next() {
        Some(first) if !letters.clone().any(char::is_uppercase) => first.to_lowercase().chain(letters).collect(),
        _ => phrase.to_owned(),
    }
}

/// The singular of a phrase, of its head.
fn singular(phrase: &str) -> String {
    let head = head(phrase);
    phrase.replacen(head, &singular_of(head), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nouns(counted: &str, exposed: &str) -> [String; 4] {
        let basis = Basis::new().with_count(counted).with_population(exposed);
        let nouns = Nouns::of(&basis);
        let population = |people| nouns.exposed(Population::new(people).unwrap());
        [nouns.counts(1), nouns.range(17, 1_700), population(1), population(1_570)]
    }

    #[test]
    fn the_words_are_those_of_the_basis() {
        let expected = ["1 death", "17 to 1,700 deaths", "1 live birth", "1,570 live births"];
        assert_eq!(nouns("sudden infant deaths", "live births"), expected);
        let expected = ["1 offence", "17 to 1,700 offences", "1 person", "1,570 people"];
        assert_eq!(nouns("offences with a knife or sharp instrument", "residents, mid-2018"), expected);
        let expected = ["1 count of burglary", "17 to 1,700 counts of burglary", "1 household", "1,570 households"];
        assert_eq!(nouns("burglary (dwellings)", "households"), expected);
        let expected = ["1 robbery", "17 to 1,700 robberies", "a population of 1", "a population of 1,570"];
        assert_eq!(nouns("personal robberies", "population aged 16 and over"), expected);
        let expected =
            ["1 count of trespass", "17 to 1,700 counts of trespass", "1 child aged 5", "1,570 children aged 5"];
        assert_eq!(nouns("trespass", "children aged 5"), expected);
        let expected = ["1 loss", "17 to 1,700 losses", "1 vehicle", "1,570 vehicles"];
        assert_eq!(nouns("losses", "vehicles"), expected);
        let expected = [
            "1 count of theft of/from vehicles",
            "17 to 1,700 counts of theft of/from vehicles",
            "1 person",
            "1,570 people",
        ];
        assert_eq!(nouns("theft of/from vehicles", "Residents"), expected);
        assert_eq!(nouns("Deaths", "per 1,000 people"), ["1 death", "17 to 1,700 deaths", "1 person", "1,570 people"]);
        for (mass, exposed) in [
            ("series", "ONS mid-year estimate 2018"),
            ("gas", "gas"),
            ("1,000s of pounds", "statistics"),
            ("burglary and robberies", "species"),
        ] {
            let expected = [
                format!("1 count of {mass}"),
                format!("17 to 1,700 counts of {mass}"),
                "a population of 1".into(),
                "a population of 1,570".into(),
            ];
            assert_eq!(nouns(mass, exposed), expected);
        }
        let expected =
            ["1 premises broken into", "17 to 1,700 premises broken into", "1 person missing", "1,570 people missing"];
        assert_eq!(nouns("premises broken into by night", "people missing"), expected);
        let expected =
            ["1 thief convicted", "17 to 1,700 thieves convicted", "1 vehicle registered", "1,570 vehicles registered"];
        assert_eq!(nouns("thieves convicted", "vehicles registered"), expected);
        let expected = ["1 sheep stolen", "17 to 1,700 sheep stolen", "1 sheep", "1,570 sheep"];
        assert_eq!(nouns("Sheep stolen", "sheep"), expected);
        assert_eq!(nouns("x", "100,000 person-years")[2..], ["1 person-year", "1,570 person-years"]);
        for odd in ["", " ", ",", "of", "2019", "Straftaten", "(x)", "é's", "of of s"] {
            assert!(nouns(odd, odd).iter().all(|text| !text.ends_with(' ')), "{odd}");
        }
        for (counted, one, many) in [
            ("people killed", "1 person killed", "17 to 1,700 people killed"),
            (
                "people killed or seriously injured in collisions",
                "1 person killed or seriously injured",
                "17 to 1,700 people killed or seriously injured",
            ),
            ("Homes burgled", "1 home burgled", "17 to 1,700 homes burgled"),
            ("vehicles stolen from driveways", "1 vehicle stolen", "17 to 1,700 vehicles stolen"),
            ("children looked after by the authority", "1 child looked after", "17 to 1,700 children looked after"),
            ("people sleeping rough", "1 person sleeping rough", "17 to 1,700 people sleeping rough"),
            ("phones lost or stolen", "1 phone lost or stolen", "17 to 1,700 phones lost or stolen"),
            ("crimes solved", "1 crime solved", "17 to 1,700 crimes solved"),
            (
                "people killed and vehicles stolen",
                "1 count of people killed and vehicles stolen",
                "17 to 1,700 counts of people killed and vehicles stolen",
            ),
            // What says no more of which they are goes.
            ("offences recorded by the police", "1 offence", "17 to 1,700 offences"),
            ("deaths related to drugs", "1 death", "17 to 1,700 deaths"),
            ("deaths caused by dangerous driving", "1 death", "17 to 1,700 deaths"),
            ("crimes excluding fraud", "1 crime", "17 to 1,700 crimes"),
            ("deaths during childbirth", "1 death", "17 to 1,700 deaths"),
            ("drugs trafficking", "1 count of drugs trafficking", "17 to 1,700 counts of drugs trafficking"),
        ] {
            assert_eq!(nouns(counted, "")[..2], [one, many]);
        }
        assert_eq!(nouns("x", "children under 5")[3], "1,570 children under 5");
        let headings = |counted: &str, exposed: &str| {
            Nouns::of(&Basis::new().with_count(counted).with_population(exposed)).headings()
        };
        assert_eq!(headings("sudden infant deaths", "live births"), ["Deaths", "Live births"]);
        assert_eq!(headings("burglary", "residents, mid-2018"), ["Burglary", "People"]);
        assert_eq!(headings("people killed in collisions", "vehicles"), ["People killed", "Vehicles"]);
        assert_eq!(headings("non-fatal wounding and grievous bodily harm", "statistics"), ["Count", "Population"]);
        assert_eq!(headings("énigmes", "ŝtatoj"), ["Énigmes", "Population"]);
        let none = Nouns::default();
        assert_eq!(none.headings(), ["Count", "Population"]);
        assert_eq!([none.counts(1), none.counts(2), none.range(3, 4)], ["1 count", "2 counts", "a count of 3 to 4"]);
    }
}
