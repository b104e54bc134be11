//! Everything that is wrong with a file.

use crate::base::{Error, words};
use std::fmt;

/// Everything that is wrong with a file, in the order of its rows.
///
/// It prints a line for each fault. Where one error is asked for, such as by `?` in a function that returns
/// [`crimerate::Result`](crate::Result), it is the first.
///
/// ```
/// use crimerate::read::Document;
///
/// let file = "area,count,population\nKent,many,1846500\nEssex,1119,0\n";
/// let faults = Document::of(file).table().unwrap_err();
/// assert_eq!(
///     faults.to_string(),
///     "Kent: row 2, column count: \"many\" is not a count: correct it, or say what the mark stands for\n\
///      Essex: row 3, column population: population is zero, so no rate is defined: correct it, or leave the area out"
/// );
/// assert_eq!((faults.iter().count(), faults.first().row()), (2, Some(2)));
/// ```
#[derive(Clone, PartialEq)]
pub struct Faults {
    first: Error,
    rest: Vec<Error>,
    /// How many more there are.
    more: usize,
}

impl Faults {
    const KEPT: usize = 1_000;

    /// The faults, where there is one.
    pub(super) fn of(errors: impl IntoIterator<Item = Error>) -> Option<Self> {
        let mut errors = errors.into_iter();
        let first = errors.next()?;
        let rest: Vec<Error> = errors.by_ref().take(Self::KEPT - 1).collect();
        Some(Self { first, rest, more: errors.count() })
    }

    /// The first of them.
    #[must_use]
    pub const fn first(&self) -> &Error {
        &self.first
    }

    /// Each of them in the order of the rows, up to the first thousand.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

impl From<Error> for Faults {
    fn from(first: Error) -> Self {
        Self { first, rest: Vec::new(), more: 0 }
    }
}

/// The first.
impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        faults.first
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.rest.iter().try_for_each(|fault| write!(f, "\n{fault}"))?;
        if self.more > 0 {
            write!(f, "\nand {}", words::counted(self.more, "more fault"))?;
        }
        Ok(())
    }
}

/// Shows the messages, because `fn main() -> Result<(), Faults>` prints this form.
impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
