//! What the text of a cell says.

use super::number::{Number, NumberForm};
use crate::{
    base::{Error, ErrorKind, Result, digits},
    rate::{Observation, Population, Reason},
};
use std::{borrow::Cow, collections::HashMap};

/// How cells are written in a file: what stands before a fraction, and marks with meanings of their own.
#[derive(Clone, Debug)]
pub(super) struct Writing {
    pub(super) point: char,
    /// Whether that was said, so that `2.000` is 2.
    pub(super) point_is_said: bool,
    pub(super) marks: HashMap<String, Observation>,
    /// Whether `1,512` may be a fraction, as commas stand between no cells.
    pub(super) comma_is_doubtful: bool,
}

/// What a cell was taken for, where it was not plain digits or empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Met {
    /// The mark, or an example of the form.
    pub(super) text: String,
    pub(super) taken: String,
}

/// What was read, and what it was taken for.
pub(super) type Read<T> = (T, Option<Met>);

/// Marks of a figure that there is not, whatever their case.
const NOT_AVAILABLE: [&str; 23] = [
    "na", "n/a", "#n/a", "n.a.", "n.a", "nan", "null", "none", "u", "[u]", "-", "--", "\u{2013}", "\u{2014}", ".",
    "..", "...", "\u{2026}", ":", "x", "[x]", "[z]", "[w]",
];

/// Marks of a figure that is withheld, whatever their case.
const SUPPRESSED: [&str; 9] = ["c", "[c]", "*", "**", "+", "s", "[s]", "suppressed", "confidential"];

/// Whether a text is one of some marks.
fn is_one_of(marks: &[&str], text: &str) -> bool {
    marks.iter().any(|mark| mark.eq_ignore_ascii_case(text))
}

/// Letters behind a number that say that it is provisional, revised, estimated and the like.
const FLAGS: &str = "bcdefinprsuz";

impl Default for Writing {
    fn default() -> Self {
        Self { point: '.', point_is_said: false, marks: HashMap::new(), comma_is_doubtful: false }
    }
}

impl Writing {
    /// A cell whose number is a multiple of a unit, as the number that it stands for.
    pub(super) fn scaled<'c>(&self, cell: &'c str, unit: Option<u64>) -> Cow<'c, str> {
        let number = unit.and_then(|unit| self.number(trimmed(cell))?.0.times(unit));
        number.map_or(Cow::Borrowed(cell), |number| Cow::Owned(number.plain()))
    }

    /// A count.
    pub(super) fn count(&self, cell: &str) -> Result<Read<Observation>> {
        let text = trimmed(cell);
        if let Some(count) = plain(text) {
            return Ok((Observation::Known(count), None));
        }
        if text.is_empty() {
            return Ok((Observation::Missing(Reason::Blank), None));
        }
        let mark = |observation: Observation| Ok((observation, Some(Met::new(text, observation.to_string()))));
        if let Some(observation) = self.marks.get(text) {
            return mark(*observation);
        }
        // Eurostat has flags behind the mark of a figure that there is not: `: c` is confidential.
        let flags = text.strip_prefix(':').map(str::trim_start).filter(|flags| flags.len() <= 3);
        let flags = flags.filter(|flags| flags.bytes().all(|byte| byte.is_ascii_lowercase())).unwrap_or_default();
        if is_one_of(&SUPPRESSED, text) || flags.contains('c') {
            return mark(Observation::SUPPRESSED);
        }
        if is_one_of(&NOT_AVAILABLE, text) || !flags.is_empty() {
            return mark(Observation::Missing(Reason::NotAvailable));
        }
        match self.whole_number(text) {
            Some((number, met)) => match number.whole() {
                Some(whole) if whole < 0 => Err(ErrorKind::NegativeTotal { value: whole }.into()),
                Some(whole) => match u64::try_from(whole) {
                    Ok(count) => Ok((Observation::Known(count), met)),
                    Err(_) => Err(self.no_count(text)),
                },
                None => Err(self.no_count(text)),
            },
            None => match text.parse::<Observation>() {
                Ok(observation) => mark(observation),
                Err(_) => Err(self.no_count(text)),
            },
        }
    }

    /// A signed count of a record; `None` where the cell is empty or its mark says that there is none.
    pub(super) fn signed(&self, cell: &str) -> Result<Read<Option<i64>>> {
        let text = trimmed(cell);
        let (size, sign) = text.strip_prefix('-').map_or((text, 1), |size| (size, -1));
        if let Some(size) = plain(size).and_then(|size| i64::try_from(size).ok()) {
            return Ok((Some(sign * size), None));
        }
        match self.whole_number(text).and_then(|(number, met)| Some((i64::try_from(number.whole()?).ok()?, met))) {
            Some((count, met)) => Ok((Some(count), met)),
            None => match self.count(text)? {
                (Observation::Known(count), met) => match i64::try_from(count) {
                    Ok(count) => Ok((Some(count), met)),
                    Err(_) => Err(self.no_count(text)),
                },
                (_, met) => Ok((None, met)),
            },
        }
    }

    /// Whether a text says that there is no figure, or that it is withheld.
    pub(super) fn is_mark(&self, text: &str) -> bool {
        is_one_of(&NOT_AVAILABLE, text) || is_one_of(&SUPPRESSED, text) || self.marks.contains_key(text)
    }

    /// A population.
    pub(super) fn population(&self, cell: &str) -> Result<Read<Population>> {
        let text = trimmed(cell);
        if let Some(people) = plain(text) {
            return Ok((Population::new(people)?, None));
        }
        if text.is_empty() || self.is_mark(text) {
            return Err(ErrorKind::NoPopulation.into());
        }
        match self.whole_number(text).and_then(|(number, met)| Some((u64::try_from(number.whole()?).ok()?, met))) {
            Some((people, met)) => Ok((Population::new(people)?, met)),
            None => Err(not_as_published("a population", text, self.advice_of_people(text))),
        }
    }

    /// What to do about text that is no population.
    fn advice_of_people(&self, text: &str) -> &'static str {
        let number = self.number(text).map(|(number, _)| number).filter(|_| !self.may_be_thousands(text));
        match number {
            Some(number) if number.is_negative() => {
                "it cannot be negative: correct it, or say what the mark stands for"
            }
            Some(number) if number.whole().is_none() && self.advice(text) == WHOLE => {
                "people are whole: correct it, or say of how many each number is if it is in thousands"
            }
            Some(number) if number.whole().is_some() => "it is more than can be counted: correct it",
            _ => self.advice(text),
        }
    }

    /// A rate in plain digits, or a mark that says why there is none.
    pub(super) fn rate(&self, cell: &str) -> Result<Read<String>> {
        let text = trimmed(cell);
        if text.is_empty() || self.is_mark(text) {
            let (observation, met) = self.count(text)?;
            let text = match observation {
                Observation::Known(count) => count.to_string(),
                Observation::Suppressed { .. } => "*".into(),
                Observation::Missing(Reason::Blank) => String::new(),
                Observation::Missing(_) => "..".into(),
            };
            return Ok((text, met));
        }
        let (number, percent) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (text, false),
        };
        let doubtful = self.comma_is_doubtful && !self.point_is_said && self.point == '.';
        if doubtful && number.split_once(',').is_some_and(|(_, behind)| behind.len() == 3) {
            return Err(not_as_published("a rate", text, POINT));
        }
        match self.number(number) {
            Some((number, _)) if percent => {
                Ok((number.plain(), Some(Met::new(text, "a number, its sign of per cent dropped"))))
            }
            Some((number, met)) => {
                Ok((number.plain(), met.filter(|met| [NOTE, SIGNED, GROUPED].contains(&met.taken.as_str()))))
            }
            None => Err(not_as_published("a rate", text, self.advice(text))),
        }
    }

    /// A whole number of something else, such as months; `None` where there is none.
    pub(super) fn whole(&self, what: &'static str, cell: &str) -> Result<Read<Option<u64>>> {
        let text = trimmed(cell);
        if text.is_empty() || is_one_of(&NOT_AVAILABLE, text) {
            let met = (!text.is_empty()).then(|| Met::new(text, format!("{what} that are not given")));
            return Ok((None, met));
        }
        match self.whole_number(text).and_then(|(number, met)| Some((u64::try_from(number.whole()?).ok()?, met))) {
            Some((value, met)) => Ok((Some(value), met)),
            None => Err(ErrorKind::NotANumber { what, text: text.into(), wanted: "a whole number" }.into()),
        }
    }

    /// The number that a text begins with, and in which way it is not plain.
    fn number(&self, text: &str) -> Option<Read<Number>> {
        let met = |text: &str, taken: &str| Some(Met::new(text, taken));
        if let Some((number, form)) = Number::read(text, self.point) {
            let met = match form {
                NumberForm::Plain => None,
                NumberForm::Grouped => met(text, GROUPED),
                NumberForm::Fraction => met(text, "a whole number"),
                NumberForm::Exponent => met(text, "a number with an exponent"),
                NumberForm::Signed => met(text, SIGNED),
                NumberForm::Zeros => met(text, "a number with zeros before it"),
            };
            return Some((number, met));
        }
        let bare = without_marks(text)?;
        let (number, _) = Number::read(bare, self.point)?;
        let mark = text.get(bare.len()..)?.trim_start();
        Some((number, met(mark, NOTE)))
    }

    /// The number of a text that has to be whole, where it is clear which.
    fn whole_number(&self, text: &str) -> Option<Read<Number>> {
        self.number(text).filter(|_| !self.may_be_thousands(text))
    }

    /// Whether a number is 2 or 2,000: three zeros stand behind a point of which nobody said what it is.
    fn may_be_thousands(&self, text: &str) -> bool {
        let parts = text.split_once('.').filter(|_| !self.point_is_said && self.point == '.');
        parts.is_some_and(|(whole, fraction)| {
            (1..4).contains(&whole.len())
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && !whole.starts_with('0')
                && fraction == "000"
        })
    }

    fn no_count(&self, text: &str) -> Error {
        not_as_published("a count", text, self.advice(text))
    }

    /// What to do about text that is no number.
    fn advice(&self, text: &str) -> &'static str {
        let looks = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        if self.may_be_thousands(text) {
            return "say whether the point stands before the fraction, or the comma does and points stand between thousands";
        }
        let other = if self.point == '.' { ',' } else { '.' };
        match (Number::read(text, self.point), Number::read(text, other)) {
            (Some((number, _)), _) if number.whole().is_some() => "it is more than can be counted: correct it",
            (_, Some(_)) if text.chars().all(looks) => POINT,
            (Some(_), _) => WHOLE,
            _ => "correct it, or say what the mark stands for",
        }
    }
}

const WHOLE: &str = "it has to be whole: is it a rate, or an estimate?";

const POINT: &str =
    "if a point stands between its thousands, or a comma before its fraction, say which stands before the fraction";

const NOTE: &str = "the mark of a note on a number";

const GROUPED: &str = "a number with marks between its thousands";

const SIGNED: &str = "a number with a plus or a dash before it";

impl Met {
    pub(super) fn new(text: &str, taken: impl Into<String>) -> Self {
        Self { text: text.to_owned(), taken: taken.into() }
    }
}

fn not_as_published(what: &str, text: &str, advice: &'static str) -> Error {
    ErrorKind::NotAsPublished { found: format!("{:?} is not {what}", shortened(text)), advice: advice.into() }.into()
}

/// A text that is not too long to print.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}

/// Text without characters that do not show, such as soft hyphens, marks of direction and NUL, and that it had any; or that a letter of it was lost.
pub(super) fn shown(text: Cow<'_, str>) -> Read<Cow<'_, str>> {
    let hidden = |c: char| {
        c.is_control() && !c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control()) {
        return (text, None);
    }
    if trimmed(&text).contains(hidden) {
        let escaped = |c: char| if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() };
        let met = Met::new(
            &text.chars().map(escaped).collect::<String>(),
            "a text with characters that do not show, which are dropped",
        );
        return (Cow::Owned(text.replace(hidden, "")), Some(met));
    }
    let lost =
        text.contains('\u{fffd}').then(|| Met::new(&text, "a text of which a letter was lost before it came here"));
    (text, lost)
}

/// Text without the white space of any kind around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// Plain digits without zeros before them, which most cells are.
pub(super) fn plain(text: &str) -> Option<u64> {
    match text.as_bytes() {
        [] | [b'0', _, ..] => None,
        bytes if bytes.len() < 20 => bytes.iter().try_fold(0_u64, |sum, byte| match byte {
            b'0'..=b'9' => Some(sum * 10 + u64::from(byte - b'0')),
            _ => None,
        }),
        _ => digits::plain(text),
    }
}

/// A number without the marks of notes behind it: `[r]`, `(p)`, raised figures, stars, and the letters of flags.
fn without_marks(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let shorter = match rest.chars().last()? {
            ']' => rest.rsplit_once('[').map(|(rest, _)| rest),
            ')' => rest.rsplit_once('(').map(|(rest, _)| rest),
            '*' | '\u{2020}' | '\u{2021}' | '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}' => {
                rest.char_indices().last().and_then(|(at, _)| rest.get(..at))
            }
            c if FLAGS.contains(c) => {
                let bare = rest.trim_end_matches(|c: char| FLAGS.contains(c));
                Some(bare).filter(|bare| rest.len() - bare.len() <= 2)
            }
            _ => break,
        };
        rest = shorter?.trim_end();
        if rest.is_empty() {
            return None;
        }
    }
    (rest.len() < text.len() && rest.ends_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Observation {
        Writing::default().count(text).unwrap().0
    }

    #[test]
    fn a_count_in_every_form() {
        for text in [
            "2557",
            "2,557",
            "2,557 ",
            "\u{a0}2557",
            "2557.0",
            "2557[r]",
            "2557 [note 4]",
            "2557\u{b9}",
            "2557 p",
            "2557r",
            "2557*",
            "2 557",
        ] {
            assert_eq!(count(text), Observation::Known(2_557), "{text}");
        }
        for text in NOT_AVAILABLE {
            assert_eq!(count(text), Observation::Missing(Reason::NotAvailable), "{text}");
        }
        for text in SUPPRESSED {
            assert_eq!(count(text), Observation::SUPPRESSED, "{text}");
        }
        assert_eq!([count(": c"), count(":c")], [Observation::SUPPRESSED; 2]);
        assert_eq!([count(": z"), count(": bu")], [Observation::Missing(Reason::NotAvailable); 2]);
        assert_eq!(count("1-9"), Observation::Suppressed { at_least: 1, at_most: Some(9) });
        assert_eq!(count("<5"), Observation::Suppressed { at_least: 0, at_most: Some(4) });
        assert_eq!(count(" "), Observation::Missing(Reason::Blank));
        assert_eq!(count("18446744073709551615"), Observation::Known(u64::MAX));
    }

    #[test]
    fn what_is_no_count_is_said_with_what_would_be_right() {
        let writing = Writing::default();
        let error = |text: &str| writing.count(text).unwrap_err().to_string();
        assert_eq!(
            error("1.234"),
            "\"1.234\" is not a count: if a point stands between its thousands, or a comma before its fraction, say which stands \
             before the fraction"
        );
        assert_eq!(error("117.926"), error("1.234").replace("1.234", "117.926"));
        assert_eq!(error("117.9"), "\"117.9\" is not a count: it has to be whole: is it a rate, or an estimate?");
        assert_eq!(error("many"), "\"many\" is not a count: correct it, or say what the mark stands for");
        assert!(error("-3").contains("-3"));
        assert!(error("18446744073709551616").contains("is not a count"));
        for text in ["[r]", "r", "(p)", "12 apples", "12 [r] 13", "1;2"] {
            assert!(writing.count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rates_and_marks_of_ones_own() {
        let mut writing = Writing::default();
        let rate = |writing: &Writing, text: &str| writing.rate(text).unwrap().0;
        for (text, expected) in
            [("7,268.50", "7268.50"), ("12.5 %", "12.5"), ("12.5[r]", "12.5"), (":", ".."), ("[c]", "*"), ("", "")]
        {
            assert_eq!(rate(&writing, text), expected, "{text}");
        }
        writing.marks.insert("-".into(), Observation::Known(0));
        assert_eq!(writing.count("-").unwrap().0, Observation::Known(0));
        assert_eq!(rate(&writing, "-"), "0");
    }

    #[test]
    fn numbers_of_so_many_each() {
        let writing = Writing::default();
        let scaled = |text| writing.scaled(text, Some(1_000)).into_owned();
        for (text, expected) in
            [("1,846.5", "1846500"), ("12", "12000"), ("0.0005", "0.5"), ("1.5 [r]", "1500"), ("..", ".."), ("", "")]
        {
            assert_eq!(scaled(text), expected, "{text}");
        }
        assert_eq!(writing.scaled("1.5", None), "1.5");
    }

    #[test]
    fn signed_counts_of_records() {
        let writing = Writing::default();
        let signed = |text: &str| writing.signed(text).unwrap().0;
        assert_eq!(
            [signed("-3"), signed("\u{2212}1,000"), signed("7"), signed(".."), signed("")],
            [Some(-3), Some(-1_000), Some(7), None, None]
        );
    }
}
