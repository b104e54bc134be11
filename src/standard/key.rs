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
}

const FIRST: [&str; 5] = ["aged ", "ages ", "age: ", "age group ", "age "];
const LAST: [&str; 7] = [" years old", " year olds", " years", " year", " yrs", "years", "yrs"];
const OVER: [&str; 7] = [" and over", " or over", " and older", " or older", " and above", " plus", "+"];

impl Key {
    /// The stratum that a label stands for.
    pub(super) fn of(label: &str) -> Self {
        let text =
            label.trim().to_lowercase().replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'], "-");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        ages(&text).unwrap_or(Self::Text(text))
    }

    /// An offence, which is no age even where it looks like one.
    pub(super) fn of_offence(label: &str) -> Self {
        Self::Text(label.trim().to_lowercase())
    }

    /// What is not after any band that begins at the same age.
    pub(super) const fn first(&self) -> Option<Self> {
        match self {
            Self::Ages(first, _) => Some(Self::Ages(*first, None)),
            Self::Text(_) => None,
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

    /// Two bands of ages among these that share people, if there are any.
    pub(super) fn overlapping<'a>(labels: &'a [String]) -> Option<[&'a str; 2]> {
        let band = |label: &'a String| match Self::of(label) {
            Self::Ages(first, last) => Some((first, last.unwrap_or(u32::MAX), label.as_str())),
            Self::Text(_) => None,
        };
        let mut bands: Vec<(u32, u32, &str)> = labels.iter().filter_map(band).collect();
        bands.sort_unstable();
        let mut pairs = bands.iter().zip(bands.iter().skip(1));
        pairs.find(|((_, last, _), (next, ..))| next <= last).map(|((.., one), (.., other))| [*one, *other])
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
        for text in ["1", "IMD 1-2", "4-0", "male", "", "-", "+", "<0", "1-2-3", "10 000-20 000", "0-4000"] {
            assert!(matches!(Key::of(text), Key::Text(_)), "{text}");
        }
        assert_eq!(Key::of(" Most  deprived"), Key::of("most deprived"));
        assert_eq!(Key::of_offence("4.1"), Key::Text("4.1".into()));
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
