//! What was counted and per whom, as sentences have it.
//!
//! The head of what a basis says was counted is what a number stands before: "offences with a knife" are *offences*, "sudden infant deaths"
//! *deaths*. What is no plural is written *counts of burglary*. Without a basis the words are *counts* and *population*.

use crate::{base::digits, rate::Population, table::Basis};

/// What a basis calls the counts and the population.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Nouns {
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
    "aged",
    "against",
    "among",
    "at",
    "between",
    "by",
    "for",
    "from",
    "in",
    "involving",
    "of",
    "on",
    "per",
    "recorded",
    "that",
    "to",
    "where",
    "which",
    "who",
    "with",
    "without",
];

/// Plurals without an s, with their singular.
const IRREGULAR: &[(&str, &str)] = &[("people", "person"), ("children", "child"), ("women", "woman"), ("men", "man")];

impl Nouns {
    pub(super) fn of(basis: &Basis) -> Self {
        let counted = basis.count().map(phrase).filter(|phrase| !phrase.is_empty());
        let counted = counted.map(|phrase| match head(&phrase) {
            head if is_plural(head) => Counted::Plural(head.to_owned()),
            _ => Counted::Mass(phrase.clone()),
        });
        let exposed = basis.population().map(phrase).filter(|phrase| is_plural(head(phrase)));
        // A resident is a person, as everybody writes.
        let exposed = exposed.map(|phrase| if phrase == "residents" { "people".to_owned() } else { phrase });
        Self { counted, exposed, person_months: basis.is_in_person_months() }
    }

    /// Such as `17 deaths`, `1 count` or `3 counts of burglary`.
    pub(super) fn counts(&self, number: u64) -> String {
        format!("{} {}", digits::grouped(number), self.count_noun(number == 1))
    }

    /// Such as `719 to 721 offences` or, without a basis, `a count of 719 to 721`.
    pub(super) fn range(&self, first: u64, last: u64) -> String {
        let [from, to] = [first, last].map(digits::grouped);
        let range = if first == last { from } else { format!("{from} to {to}") };
        match self.counted {
            None => format!("a count of {range}"),
            Some(_) => format!("{range} {}", self.count_noun(last == 1)),
        }
    }

    /// Such as `offences`.
    pub(super) fn count_noun(&self, one: bool) -> String {
        match (&self.counted, one) {
            (None, _) => if one { "count" } else { "counts" }.to_owned(),
            (Some(Counted::Plural(noun)), true) => singular(noun),
            (Some(Counted::Plural(noun)), false) => noun.clone(),
            (Some(Counted::Mass(phrase)), one) => format!("count{} of {phrase}", if one { "" } else { "s" }),
        }
    }

    /// What the population is of where that is not people, such as `live births`.
    pub(super) fn no_people(&self) -> Option<&str> {
        self.exposed.as_deref().filter(|noun| *noun != "people")
    }

    /// Such as `1,570 live births` or, without a basis, `a population of 1,570`.
    pub(super) fn exposed(&self, population: Population) -> String {
        let one = population.get() == 1;
        match (&self.exposed, self.person_months) {
            (_, true) => format!("{population} person-month{}", if one { "" } else { "s" }),
            (Some(noun), false) if one => format!("{population} {}", singular(noun)),
            (Some(noun), false) => format!("{population} {noun}"),
            (None, false) => format!("a population of {population}"),
        }
    }
}

/// The words before the first comma, bracket or other mark.
fn phrase(text: &str) -> String {
    let end = text.find([',', ';', ':', '(', '[']).unwrap_or(text.len());
    let words: Vec<&str> = text.get(..end).unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

/// The last word of a phrase before what says more of it.
fn head(phrase: &str) -> &str {
    let words = phrase.split(' ').take_while(|word| !AFTER_HEAD.contains(&word.to_lowercase().as_str()));
    words.last().unwrap_or_default()
}

fn is_plural(noun: &str) -> bool {
    let letters = noun.chars().count() > 2 && noun.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''));
    let plural = noun.ends_with('s') && !["ss", "us", "is"].iter().any(|end| noun.ends_with(end));
    letters && (plural || IRREGULAR.iter().any(|(many, _)| *many == noun))
}

/// The singular of a phrase, of its head.
fn singular(phrase: &str) -> String {
    let head = head(phrase);
    let one = match IRREGULAR.iter().find(|(many, _)| *many == head) {
        Some((_, one)) => (*one).to_owned(),
        None => match (head.strip_suffix("ies"), head.strip_suffix("es"), head.strip_suffix('s')) {
            (Some(stem), ..) => format!("{stem}y"),
            (_, Some(stem), _) if ["ss", "sh", "ch", "x"].iter().any(|end| stem.ends_with(end)) => stem.to_owned(),
            (_, _, Some(stem)) => stem.to_owned(),
            _ => head.to_owned(),
        },
    };
    phrase.replacen(head, &one, 1)
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
        for odd in ["", " ", ",", "of", "2019", "Straftaten", "(x)", "é's", "of of s"] {
            assert!(nouns(odd, odd).iter().all(|text| !text.ends_with(' ')), "{odd}");
        }
        let none = Nouns::default();
        assert_eq!([none.counts(1), none.counts(2), none.range(3, 4)], ["1 count", "2 counts", "a count of 3 to 4"]);
    }
}
