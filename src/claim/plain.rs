//! A figure as it was printed in a sentence.

use super::published::Published;
use crate::{
    base::{Error, ErrorKind, Result},
    rate::Per,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A figure as it was printed, without a sign and per nothing: per cent or times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Plain(pub(super) Published);

const HALF: (&str, &str) = ("half", "0.5");
/// What people say for times.
const WORDS: [(&str, &str); 2] = [HALF, ("twice", "2")];

impl Plain {
    /// A figure without a minus; a plus and a per cent sign are left away.
    pub(super) fn new(text: &str) -> Result<Self> {
        let wanted = "a number that is not negative, such as 46, 46 % or 1.3";
        match Self::signed(text)? {
            (false, plain) => Ok(plain),
            (true, _) => Err(ErrorKind::NotANumber { what: "figure", text: text.into(), wanted }.into()),
        }
    }

    /// A number of times, or a word for one.
    pub(super) fn times(text: &str) -> Result<Self> {
        if text.contains('%') {
            let wanted = "a number of times, such as 1.4 for 140 %";
            return Err(ErrorKind::NotANumber { what: "number of times", text: text.into(), wanted }.into());
        }
        let word = WORDS.iter().find(|(word, _)| text.trim().eq_ignore_ascii_case(word));
        Self::new(word.map_or(text, |(_, figure)| figure))
    }

    /// Such as `1.3 times` or `half`.
    pub(super) fn in_words(self) -> String {
        let figure = self.to_string();
        if figure == HALF.1 { HALF.0.into() } else { format!("{figure} times") }
    }

    /// A figure and whether it has a minus.
    pub(super) fn signed(text: &str) -> Result<(bool, Self)> {
        let figure = text.trim();
        let figure = figure.strip_suffix('%').map_or(figure, str::trim_end);
        let (negative, figure) = match figure.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, figure.strip_prefix('+').unwrap_or(figure)),
        };
        let plain = Published::new(figure, Per::ONE).map_err(|_| {
            let wanted = "a number in plain digits, such as 46, +46 % or 1.3";
            Error::from(ErrorKind::NotANumber { what: "figure", text: text.into(), wanted })
        })?;
        Ok((negative && plain.value() != 0.0, Self(plain)))
    }

    pub(super) fn is_zero(self) -> bool {
        self.0.fraction().0 == 0
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.digits())
    }
}

impl TryFrom<String> for Plain {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<Plain> for String {
    fn from(plain: Plain) -> Self {
        plain.0.plain()
    }
}
