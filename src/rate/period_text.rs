//! How files write periods.

use super::period::{MONTHS, Period};
use crate::base::{Error, ErrorKind, Result};
use std::{borrow::Cow, str::FromStr};

/// What a text says.
enum Said {
    Period(Period),
    /// The month of its first day or of its last.
    Day(Period),
    /// What ISO 8601 has as a month and tables have as a financial year.
    MonthOrYear(Period, Period),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    Digits(&'t str),
    Dash,
    Slash,
}

use Token::{Dash, Digits, Slash, Word};

type Read<T> = std::result::Result<T, Cow<'static, str>>;

impl Period {
    /// The periods of a column, each as [`str::parse`] reads it; what may be a month or a financial year alone (`2011-12`) is what the
    /// others are, where these are all months or all years. Days are their months where all are first days, or last ones, and some follow on
    /// each other (`2018-04-01`, `2018-05-01`).
    ///
    /// ```
    /// use crimerate::Period;
    ///
    /// assert!("2011-12".parse::<Period>().is_err());
    /// let months: Vec<_> = Period::of_column(["2011-11", "2011-12"]).collect::<Result<_, _>>()?;
    /// assert_eq!(months[1].to_string(), "December 2011");
    /// let years: Vec<_> = Period::of_column(["2011-12", "2012-13"]).collect::<Result<_, _>>()?;
    /// assert_eq!(years[0].to_string(), "2011/12");
    /// let days: Vec<_> = Period::of_column(["2018-04-01", "2018-05-01"]).collect::<Result<_, _>>()?;
    /// assert_eq!(days[1].to_string(), "May 2018");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    pub fn of_column<'t>(texts: impl IntoIterator<Item = &'t str>) -> impl Iterator<Item = Result<Self>> {
        column(texts)
    }
}

/// Reads the forms that files use: `2021-04`, `202104`, `Apr-21`, `April 2021`, `04/2021`; `2021 Q1`, `Q1 2021`, `2020/21 Q4`; `2021 H1`; `2021`;
/// `2020/21`, `2020-21`, `FY 2020/21`; `year to March 2021`, `Year ending March 2021`, `12 months to March 2021`; `Apr 2020 to Mar 2021`,
/// `January to March 2021`.
///
/// # Errors
/// [`ErrorKind::NotAPeriod`] with the reason: for other text, and for what may be two periods.
impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        read(text)
    }
}

/// The period that a text is.
fn read(text: &str) -> Result<Period> {
    match said(text) {
        Ok(Said::Period(period)) => Ok(period),
        Ok(Said::MonthOrYear(month, year)) => Err(ambiguous(text, month, year)),
        Ok(Said::Day(_)) => Err(not_one(text, DAY)),
        Err(reason) => Err(not_one(text, reason)),
    }
}

/// The periods of a column, where what may be a month or a year is what the others are.
fn column<'t>(texts: impl IntoIterator<Item = &'t str>) -> impl Iterator<Item = Result<Period>> {
    let all: Vec<(&str, Read<Said>)> = texts.into_iter().map(|text| (text, said(text))).collect();
    let clear = || {
        all.iter().filter_map(|(_, said)| match said {
            Ok(Said::Period(period)) => Some(period.months()),
            _ => None,
        })
    };
    let length = clear().next().filter(|first| clear().all(|months| months == *first));
    let mut days: Vec<Period> =
        all.iter().filter_map(|(_, said)| if let Ok(Said::Day(month)) = said { Some(*month) } else { None }).collect();
    days.sort_unstable();
    let monthly = days.iter().zip(days.iter().skip(1)).any(|(one, next)| one.next() == Some(*next));
    all.into_iter().map(move |(text, said)| match said {
        Ok(Said::Period(period)) => Ok(period),
        Ok(Said::MonthOrYear(month, _)) if length == Some(1) => Ok(month),
        Ok(Said::MonthOrYear(_, year)) if length == Some(12) => Ok(year),
        Ok(Said::MonthOrYear(month, year)) => Err(ambiguous(text, month, year)),
        Ok(Said::Day(month)) if monthly || length == Some(1) => Ok(month),
        Ok(Said::Day(_)) => Err(not_one(text, DAY)),
        Err(reason) => Err(not_one(text, reason)),
    })
}

fn ambiguous(text: &str, month: Period, year: Period) -> Error {
    not_one(text, format!("it may be {month} or the financial year {year}, so write it in one of these forms").into())
}

fn not_one(text: &str, reason: Cow<'static, str>) -> Error {
    ErrorKind::NotAPeriod { text: text.trim().into(), reason }.into()
}

fn said(text: &str) -> Read<Said> {
    let lower: String = text.trim().to_lowercase().chars().map(plain).collect();
    let tokens = tokens(&lower).ok_or(FORMS)?;
    match tokens.as_slice() {
        [Digits(year), Dash, Digits(other)] if year.len() == 4 && other.len() == 2 => month_or_year(year, other),
        [Digits(both)] if both.len() == 6 => {
            let (year, other) = both.split_at_checked(4).ok_or(FORMS)?;
            month_or_year(year, other)
        }
        [Digits(year), Dash, Digits(of), Dash, Digits(day)] if [year.len(), of.len(), day.len()] == [4, 2, 2] => {
            let month = month(&[Digits(year), Dash, Digits(of)])?;
            if *day == "01" || last_days(of.parse().unwrap_or(0)).contains(day) {
                Ok(Said::Day(month))
            } else {
                Err(DAY)
            }
        }
        tokens => whole(tokens).map(Said::Period),
    }
}

/// Dashes and spaces of all kinds as those of a keyboard.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

const FORMS: Cow<'static, str> = Cow::Borrowed(
    "write it as 2021-04, April 2021, 2021 Q1, 2021, 2020/21, year to March 2021 or April 2020 to March 2021",
);

fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is: fn(&char) -> bool| rest.chars().take_while(is).map(char::len_utf8).sum();
        let (token, length) = match first {
            ' ' | '\'' | ',' | '.' => (None, 1),
            '-' => (Some(Dash), 1),
            '/' => (Some(Slash), 1),
            '0'..='9' => {
                let length = run(char::is_ascii_digit);
                (rest.get(..length).map(Digits), length)
            }
            'a'..='z' => {
                let length = run(char::is_ascii_lowercase);
                (rest.get(..length).map(Word), length)
            }
            _ => return None,
        };
        tokens.extend(token);
        rest = rest.get(length..)?;
    }
    Some(tokens)
}

fn whole(tokens: &[Token<'_>]) -> Read<Period> {
    let ending = |token: &Token<'_>| matches!(token, Word("to" | "ending" | "ended"));
    if let Some(at) = tokens.iter().position(ending) {
        let (head, tail) = (tokens.get(..at).unwrap_or_default(), tokens.get(at + 1..).unwrap_or_default());
        return match duration(head) {
            Some(months) => last_month(tail)?.ending_here(months).ok_or(FORMS),
            None if tokens.get(at) == Some(&Word("to")) => span(head, tail),
            None => Err(FORMS),
        };
    }
    match tokens {
        [Word("ye"), rest @ ..] | [Word("y"), Slash, Word("e"), rest @ ..] => {
            last_month(rest)?.ending_here(12).ok_or(FORMS)
        }
        [Word("fy"), rest @ ..] | [Word("financial"), Word("year"), rest @ ..] => {
            year(rest).and_then(|(year, financial)| if financial { Ok(year) } else { Err(FORMS) })
        }
        [Word("q"), Digits(part), rest @ ..] => quarter(part, after_dash(rest)),
        [rest @ .., Word("q"), Digits(part)] => quarter(part, before_dash(rest)),
        [Word("h"), Digits(part), rest @ ..] => half(part, after_dash(rest)),
        [rest @ .., Word("h"), Digits(part)] => half(part, before_dash(rest)),
        [Word(first), Dash, rest @ ..] if name(first).is_some() && matches!(rest, [Word(_), ..]) => {
            span(&[Word(first)], rest)
        }
        [Word(_), Digits(_), Dash, rest @ ..] => span(tokens.get(..2).unwrap_or_default(), rest),
        [Digits(_)] => year(tokens).map(|(year, _)| year),
        [Digits(first), Dash | Slash, Digits(_)] if first.len() == 4 => year(tokens).map(|(year, _)| year),
        _ => month(tokens),
    }
}

/// How many months are said to end somewhere.
fn duration(tokens: &[Token<'_>]) -> Option<u32> {
    match tokens {
        [Word("year" | "rolling")] | [Word("rolling" | "financial" | "calendar"), Word("year")] => Some(12),
        [Word("month")] => Some(1),
        [Word("quarter")] | [Word("three"), Word("months")] => Some(3),
        [Word("half"), Word("year")] | [Word("half"), Dash, Word("year")] | [Word("six"), Word("months")] => Some(6),
        [Word("twelve"), Word("months")] => Some(12),
        [Digits(number), Word("months" | "month")] => number.parse().ok().filter(|months| (1..=1_200).contains(months)),
        _ => None,
    }
}

/// A month in which something ends, perhaps by its last day.
fn last_month(tokens: &[Token<'_>]) -> Read<Period> {
    match tokens {
        [Digits(day), Word(of), Digits(_)] => {
            let tokens = tokens.get(1..).unwrap_or_default();
            if last_days(name(of).unwrap_or(0) + 1).contains(day) { month(tokens) } else { Err(DAY) }
        }
        // `2018-03-31` and `31/03/2018`: a last day cannot be taken for a month.
        [Digits(year), Dash, Digits(of), Dash, Digits(day)]
        | [Digits(day), Dash | Slash, Digits(of), Dash | Slash, Digits(year)]
            if year.len() == 4 && of.len() == 2 && last_days(of.parse().unwrap_or(0)).contains(day) =>
        {
            month(&[Digits(year), Dash, Digits(of)])
        }
        _ => month(tokens),
    }
}

/// The days that a month may end with.
const fn last_days(month: u32) -> [&'static str; 2] {
    match month {
        2 => ["28", "29"],
        4 | 6 | 9 | 11 => ["30"; 2],
        _ => ["31"; 2],
    }
}

fn span(head: &[Token<'_>], tail: &[Token<'_>]) -> Read<Period> {
    let last = month(tail)?;
    let first = match head {
        [Word(of)] => {
            let of = name(of).ok_or(FORMS)?;
            let first = Period::month(last.last_year(), of + 1).map_err(|_| FORMS)?;
            if first > last {
                return Err("it begins in a month without a year, and after the one in which it ends".into());
            }
            first
        }
        head => month(head)?,
    };
    Period::from_to(first, last).map_err(|_| "it ends before it begins".into())
}

const DAY: Cow<'static, str> = Cow::Borrowed("it is a day, or ends in the middle of a month: write whole months");

/// A single month.
fn month(tokens: &[Token<'_>]) -> Read<Period> {
    let at = |year: &str, month: u32| {
        let year = four_digits(year).ok_or(FORMS)?;
        Period::month(year, month).map_err(|_| FORMS)
    };
    match tokens {
        [Word(of), Digits(year)] | [Word(of), Dash | Slash, Digits(year)] => at(year, name(of).ok_or(FORMS)? + 1),
        [Digits(year), Word("m"), Digits(of)] if year.len() == 4 => at(year, of.parse().map_err(|_| FORMS)?),
        [Digits(year), Word(of)] | [Digits(year), Dash | Slash, Word(of)] => match (year.len(), name(of)) {
            (4, Some(of)) => at(year, of + 1),
            (_, Some(_)) => Err("it may be a day or a year: write the year with four digits".into()),
            _ => Err(FORMS),
        },
        [Digits(of), Dash | Slash, Digits(year)] if year.len() == 4 && of.len() <= 2 => {
            at(year, of.parse().map_err(|_| FORMS)?)
        }
        [Digits(year), Dash, Digits(of)] if year.len() == 4 && of.len() == 2 => {
            at(year, of.parse().map_err(|_| FORMS)?)
        }
        [Digits(first), Dash | Slash, Digits(second)] if first.len() <= 2 && second.len() <= 2 => {
            Err(two_numbers(first, second))
        }
        [Digits(_), Dash | Slash, Digits(_), Dash | Slash, Digits(_)] | [Digits(_), Word(_), Digits(_)] => Err(DAY),
        _ => Err(FORMS),
    }
}

/// What two numbers of two digits may be.
fn two_numbers(first: &str, second: &str) -> Cow<'static, str> {
    let numbers = first.parse().ok().zip(second.parse().ok());
    let Some((one, other)) = numbers.filter(|numbers: &(u32, u32)| numbers.0 > 0 && numbers.1 > 0) else {
        return FORMS;
    };
    let mut readings = Vec::new();
    let of = |month: u32| MONTHS.get((month - 1) as usize).copied();
    readings.extend(of(one).zip(four_digits(second)).map(|(month, year)| format!("{month} {year}")));
    readings.extend(of(other).filter(|_| one <= 31).map(|month| format!("{one} {month}")));
    let financial = four_digits(first).filter(|_| (one + 1) % 100 == other);
    readings.extend(financial.map(|year| format!("{year}/{other:02}")));
    match readings.split_last() {
        None => FORMS,
        Some((last, [])) => format!("it may be {last}: write the year with four digits").into(),
        Some((last, others)) => {
            format!("it may be {} or {last}, so write the year with four digits", others.join(", ")).into()
        }
    }
}

fn quarter(part: &str, rest: &[Token<'_>]) -> Read<Period> {
    part_of(part, rest, 4)
}

fn half(part: &str, rest: &[Token<'_>]) -> Read<Period> {
    part_of(part, rest, 2)
}

/// One of some equal parts of a calendar or financial year.
fn part_of(part: &str, of: &[Token<'_>], parts: u32) -> Read<Period> {
    let (year, _) = year(of)?;
    let number: u32 = part.parse().map_err(|_| FORMS)?;
    if number == 0 || number > parts {
        return Err(format!("a year has {parts} of them").into());
    }
    let months = 12 / parts;
    let end = year.first_month().shifted((number * months) as i32 - 1);
    end.and_then(|end| end.ending_here(months)).ok_or(FORMS)
}

/// A calendar year or a financial year, and whether it is the latter.
fn year(tokens: &[Token<'_>]) -> Read<(Period, bool)> {
    match tokens {
        [Digits(year)] if year.len() == 4 => {
            let year = year.parse().map_err(|_| FORMS)?;
            Ok((Period::calendar_year(year).map_err(|_| FORMS)?, false))
        }
        [Digits(first), Slash | Dash, Digits(second)] if first.len() == 4 && matches!(second.len(), 2 | 4) => {
            let (first, second): (u32, u32) = first.parse().ok().zip(second.parse().ok()).ok_or(FORMS)?;
            let next = if second < 100 { (first + 1) % 100 } else { first + 1 };
            if next != second {
                let month =
                    if second <= 12 { format!("; a month is written {first}-{second:02}") } else { String::new() };
                let reason = format!("the financial year from {first} is {first}/{:02}{month}", (first + 1) % 100);
                return Err(reason.into());
            }
            Ok((Period::financial_year(first).map_err(|_| FORMS)?, true))
        }
        _ => Err(FORMS),
    }
}

/// Four digits, a dash and two.
fn month_or_year(first: &str, second: &str) -> Read<Said> {
    let tokens = [Digits(first), Dash, Digits(second)];
    match (month(&tokens), year(&tokens)) {
        (Ok(month), Ok((year, _))) => Ok(Said::MonthOrYear(month, year)),
        (Ok(month), Err(_)) => Ok(Said::Period(month)),
        (Err(_), year) => year.map(|(year, _)| Said::Period(year)),
    }
}

fn after_dash<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    tokens.strip_prefix(&[Dash]).unwrap_or(tokens)
}

fn before_dash<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    tokens.strip_suffix(&[Dash]).unwrap_or(tokens)
}

/// A month by its name, whole or cut to three letters, from 0.
fn name(word: &str) -> Option<u32> {
    let is = |month: &&str| {
        let month = month.to_lowercase();
        word == month || month.get(..3) == Some(word) || (word == "sept" && month == "september")
    };
    MONTHS.iter().position(is).and_then(|at| u32::try_from(at).ok())
}

/// A year of two or four digits; of two, those up to 69 are of this century.
fn four_digits(year: &str) -> Option<u32> {
    let number: u32 = year.parse().ok()?;
    match year.len() {
        2 if number < 70 => Some(2_000 + number),
        2 => Some(1_900 + number),
        4 => Some(number),
        _ => None,
    }
}
