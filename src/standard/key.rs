//! What a stratum is called, however it is spelt.
//!
//! Published tables write one age band in a dozen ways. Ages are read as numbers, so that two spellings of one band are one
//! stratum; any other label is its text without regard to case.

/// What makes two labels one stratum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// From one age to another, both within; without a last one, and over.
    Ages(u32, Option<u32>),
    Text(String),
    /// Of several columns, or of ages and a word in one: `65+, women`, `F 65+`.
    Several(Vec<Key>),
}

const FIRST: [&str; 5] = ["aged ", "ages ", "age: ", "age group ", "age "];
const LAST: [&str; 7] = [" years old", " year olds", " years", " year", " yrs", "years", "yrs"];
const OVER: [&str; 7] = [" and over", " or over", " and older", " or older", " and above", " plus", "+"];
/// What everybody is called, and the words that go with it.
const EVERYONE: [&str; 11] =
    ["all", "total", "totals", "both", "everyone", "everybody", "persons", "people", "insgesamt", "gesamt", "summe"];
const OF_WHAT: [&str; 9] = ["age", "ages", "sex", "sexes", "gender", "genders", "residents", "population", "combined"];

impl Key {
    /// The stratum that a label stands for.
    pub(super) fn of(label: &str) -> Self {
        let text = written_alike(label);
        let mut parts: Vec<Self> = text.split(", ").flat_map(parts).collect();
        if parts.len() == 1 { parts.swap_remove(0) } else { Self::Several(parts) }
    }

    /// One for each column that the label is of.
    pub(super) fn parts(&self) -> &[Self] {
        match self {
            Self::Several(parts) => parts,
            one => std::slice::from_ref(one),
        }
    }

    /// Whether it is called everybody, such as `All ages`, `Persons` or `Both sexes`: all of its parts are.
    pub(super) fn is_everyone(&self) -> bool {
        match self {
            Self::Ages(..) => false,
            Self::Several(parts) => parts.iter().all(Self::is_everyone),
            Self::Text(text) => {
                let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                words.clone().any(|word| EVERYONE.contains(&word))
                    && words.all(|word| EVERYONE.contains(&word) || OF_WHAT.contains(&word))
            }
        }
    }

    /// Whether anyone is in both, as far as their names tell.
    pub(super) fn shares_people_with(&self, other: &Self) -> bool {
        match (self, other) {
            _ if self.is_everyone() || other.is_everyone() => true,
            (Self::Ages(from, to), Self::Ages(first, last)) => {
                last.is_none_or(|last| *from <= last) && to.is_none_or(|to| *first <= to)
            }
            (Self::Several(own), Self::Several(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.shares_people_with(other))
            }
            (own, other) => own == other,
        }
    }

    /// An offence, which is no age even where it looks like one.
    pub(super) fn of_offence(label: &str) -> Self {
        Self::Text(written_alike(label))
    }

    /// What is not after any band that begins at the same age.
    pub(super) const fn first(&self) -> Option<Self> {
        match self {
            Self::Ages(first, _) => Some(Self::Ages(*first, None)),
            Self::Text(_) | Self::Several(_) => None,
        }
    }

    /// Whether it lies within another.
    pub(super) fn lies_in(&self, whole: &Self) -> bool {
        let end = |last: Option<u32>| last.unwrap_or(u32::MAX);
        match (self, whole) {
            (Self::Ages(from, to), Self::Ages(first, last)) => first <= from && end(*to) <= end(*last),
            _ => false,
        }
    }

    /// The first of some labels or, where bands of ages follow it among them without a gap, the band that they are together.
    pub(super) fn first_run(labels: &[&str]) -> String {
        let mut keys = labels.iter().map(|label| Self::of(label));
        let (Some(first), Some(Self::Ages(from, mut to))) = (labels.first(), keys.next()) else {
            return labels.first().map_or_else(String::new, ToString::to_string);
        };
        let mut alone = true;
        for key in keys {
            match key {
                Self::Ages(next, last) if to.and_then(|to| to.checked_add(1)) == Some(next) => {
                    (to, alone) = (last, false);
                }
                _ => break,
            }
        }
        match to {
            _ if alone => (*first).to_owned(),
            Some(to) => format!("{from}-{to}"),
            None => format!("{from}+"),
        }
    }

    /// Whether these, in their order, are all of a band of ages and nothing else.
    pub(super) fn is_tiled_by(&self, parts: &[&Self]) -> bool {
        let Self::Ages(first, last) = self else { return false };
        let mut next = Some(*first);
        for part in parts {
            let Self::Ages(from, to) = part else { return false };
            if next != Some(*from) {
                return false;
            }
            next = to.and_then(|to| to.checked_add(1));
        }
        !parts.is_empty() && next == last.and_then(|last| last.checked_add(1))
    }
}

/// A label in small letters, with one kind of dash and single spaces.
fn written_alike(label: &str) -> String {
    let text = label.to_lowercase().replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'], "-");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text, its ages, or both where ages stand after a word or before it.
fn parts(text: &str) -> Vec<Key> {
    if let Some(ages) = ages(text) {
        return vec![ages];
    }
    let apart = |(space, _): (usize, &str)| (text.get(..space).unwrap_or(""), text.get(space + 1..).unwrap_or(""));
    let word = |word: &str| Key::Text(word.into());
    let before = text.match_indices(' ').map(apart).find_map(|(before, after)| Some(vec![word(before), ages(after)?]));
    let after = || text.rmatch_indices(' ').map(apart).find_map(|(ages_, after)| Some(vec![ages(ages_)?, word(after)]));
    before.or_else(after).unwrap_or_else(|| vec![word(text)])
}

fn ages(text: &str) -> Option<Key> {
    let text = FIRST.iter().find_map(|first| text.strip_prefix(first)).unwrap_or(text).trim();
    let years = |text: &str| -> Option<u32> {
        let text = LAST.iter().find_map(|last| text.strip_suffix(last)).unwrap_or(text).trim();
        (text.len() <= 3 && text.bytes().all(|digit| digit.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    let bare = LAST.iter().find_map(|last| text.strip_suffix(last)).unwrap_or(text).trim();
    if let Some(first) = OVER.iter().find_map(|over| bare.strip_suffix(over)).or_else(|| bare.strip_prefix(">=")) {
        return years(first).map(|first| Key::Ages(first, None));
    }
    // Infants stand alone where the others stand in bands.
    if bare == "0" {
        return Some(Key::Ages(0, Some(0)));
    }
    if let Some(below) = ["under ", "less than ", "<", "below "].iter().find_map(|under| bare.strip_prefix(under)) {
        return years(below)?.checked_sub(1).map(|last| Key::Ages(0, Some(last)));
    }
    let (first, last) = bare.split_once('-').or_else(|| bare.split_once(" to ")).or_else(|| bare.split_once('_'))?;
    let (first, last) = (years(first)?, years(last)?);
    (first <= last).then_some(Key::Ages(first, Some(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_band_has_many_spellings() {
        for text in
            ["0-4", "0 to 4", "00-04", "0\u{2013}4", "0 - 4", "Aged 0 to 4", "age 0-4 years", "under 5", "<5", "0_4"]
        {
            assert_eq!(Key::of(text), Key::Ages(0, Some(4)), "{text}");
        }
        for text in ["<1", "under 1", "Under 1 year", "less than 1 year", "0", "0 years", "0-0"] {
            assert_eq!(Key::of(text), Key::Ages(0, Some(0)), "{text}");
        }
        for text in
            ["90+", "90 and over", "90 or over", "Aged 90+", "90 plus", "90+ years", "90 years and over", ">=90"]
        {
            assert_eq!(Key::of(text), Key::Ages(90, None), "{text}");
        }
        for text in ["1", "4-0", "male", "", "-", "+", "<0", "1-2-3", "10 000-20 000", "0-4000", "IMD 1"] {
            assert!(matches!(Key::of(text), Key::Text(_)), "{text}");
        }
        for text in ["F, 65+", "F 65+", "f aged 65 and over", "F, 65 plus"] {
            assert_eq!(Key::of(text), Key::Several(vec![Key::Text("f".into()), Key::Ages(65, None)]), "{text}");
        }
        for text in ["65+, F", "65+ F", "65 and over f", "Aged 65+ F"] {
            assert_eq!(Key::of(text), Key::Several(vec![Key::Ages(65, None), Key::Text("f".into())]), "{text}");
        }
        assert_eq!(Key::of(" Most  deprived"), Key::of("most deprived"));
        assert_eq!(Key::of_offence("4.1"), Key::Text("4.1".into()));
        assert_eq!(Key::of_offence(" Burglary \u{2013}  Residential"), Key::of_offence("burglary\u{a0}- residential"));
    }

    #[test]
    fn who_is_everyone_and_who_is_in_two() {
        for text in [
            "All",
            "All ages",
            "Persons",
            "Total, all ages",
            "both sexes",
            "Total population",
            "All persons (combined)",
        ] {
            assert!(Key::of(text).is_everyone(), "{text}");
        }
        for text in ["All others", "Totals not stated", "F, all ages", "0+", "", "Ages", "All adults"] {
            assert!(!Key::of(text).is_everyone(), "{text}");
        }
        let shares = |one: &str, other: &str| {
            let [one, other] = [one, other].map(Key::of);
            assert_eq!(one.shares_people_with(&other), other.shares_people_with(&one));
            one.shares_people_with(&other)
        };
        assert!(shares("F, 0-64", "F, 60+") && shares("All, 0-64", "F, 0-15") && shares("F, All ages", "F, 60+"));
        assert!(shares("All", "F, 60+") && shares("0+", "60-70") && shares("x", "X"));
        assert!(!shares("F, 0-64", "M, 60+") && !shares("All, 0-64", "F, 65+") && !shares("x", "0-4"));
        assert!(!shares("F, All ages", "M, All ages") && !shares("F, 0-64", "F, 0-64, urban"));
    }

    #[test]
    fn a_band_is_tiled_by_its_parts_alone() {
        let keys: Vec<Key> = ["85-89", "90+", "0-4", "5-9"].into_iter().map(Key::of).collect();
        let parts: Vec<&Key> = keys.iter().collect();
        assert!(Key::of("85+").is_tiled_by(&parts[..2]) && !Key::of("85+").is_tiled_by(&parts[..1]));
        assert!(Key::of("0-9").is_tiled_by(&parts[2..]) && !Key::of("0-10").is_tiled_by(&parts[2..]));
        assert!(
            !Key::of("0-9").is_tiled_by(&[]) && keys[0].lies_in(&Key::of("85+")) && !keys[2].lies_in(&Key::of("85+"))
        );
    }
}
