//! Everything that is wrong with a file.

use crate::base::{Error, ErrorKind, words};
use std::{collections::HashMap, fmt, mem::Discriminant};

/// Everything that is wrong with a file, in the order of its rows.
///
/// It prints a line for each fault; of more than twenty of one kind in one column, the first five and how many more there are. Where one error is asked for, such as by `?` in a function that returns
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
///      Essex: row 3, column population: population is zero, so no rate is defined: correct it, or leave the area out; \
///      if its count is in no area, say so by Table::unplaced"
/// );
/// assert_eq!((faults.iter().count(), faults.first().row()), (2, Some(2)));
/// ```
#[derive(Clone, PartialEq)]
pub struct Faults {
    first: Error,
    rest: Vec<Error>,
    /// How many faults like one of those there are, by its place among all.
    alike: Vec<(usize, Alike)>,
    /// How many more there are.
    more: usize,
}

/// Faults like another that are not kept.
#[derive(Clone, Copy, PartialEq)]
struct Alike {
    faults: usize,
    last: Option<u64>,
}

/// What makes faults alike: the column, the kind, and what is to be done.
type Nature = (Option<String>, Discriminant<ErrorKind>, String);

fn nature(fault: &Error) -> Nature {
    let kind = fault.kind();
    let advice = match kind {
        ErrorKind::NotAsPublished { advice, .. } => advice.to_string(),
        ErrorKind::NotAPeriod { reason, .. } => reason.to_string(),
        ErrorKind::Missing { part, .. } => (*part).to_owned(),
        ErrorKind::NotANumber { what, .. } => (*what).to_owned(),
        _ => String::new(),
    };
    (fault.column().map(str::to_owned), std::mem::discriminant(kind), advice)
}

impl Faults {
    const KEPT: usize = 1_000;

    /// How many faults of one kind are kept one by one, and how many of more.
    const MANY: usize = 20;
    const FEW: usize = 5;

    /// The faults, where there is one.
    pub(super) fn of(errors: impl IntoIterator<Item = Error>) -> Option<Self> {
        let errors: Vec<Error> = errors.into_iter().collect();
        let natures: Vec<Nature> = errors.iter().map(nature).collect();
        let mut numbers: HashMap<&Nature, usize> = HashMap::new();
        natures.iter().for_each(|nature| *numbers.entry(nature).or_default() += 1);
        let mut met: HashMap<&Nature, (usize, usize, Alike)> = HashMap::new();
        let (mut kept, mut more) = (Vec::new(), 0);
        for (error, nature) in errors.into_iter().zip(&natures) {
            let many = numbers.get(nature).is_some_and(|number| *number > Self::MANY);
            let (number, place, alike) = met.entry(nature).or_insert((0, 0, Alike { faults: 0, last: None }));
            *number += 1;
            if kept.len() == Self::KEPT {
                more += 1;
            } else if many && *number > Self::FEW {
                *alike = Alike { faults: alike.faults + 1, last: error.row() };
            } else {
                *place = kept.len();
                kept.push(error);
            }
        }
        let mut alike: Vec<(usize, Alike)> = met.into_values().map(|(_, place, alike)| (place, alike)).collect();
        alike.retain(|(_, alike)| alike.faults > 0);
        alike.sort_unstable_by_key(|(place, _)| *place);
        let mut kept = kept.into_iter();
        Some(Self { first: kept.next()?, rest: kept.collect(), alike, more })
    }

    /// The first of them.
    #[must_use]
    pub const fn first(&self) -> &Error {
        &self.first
    }

    /// Each of them in the order of the rows, up to the first thousand; of more than twenty of one kind in one column the first five.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

impl From<Error> for Faults {
    fn from(first: Error) -> Self {
        Self { first, rest: Vec::new(), alike: Vec::new(), more: 0 }
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
        let mut alike = self.alike.iter().peekable();
        for (place, fault) in self.iter().enumerate() {
            write!(f, "{}{fault}", if place > 0 { "\n" } else { "" })?;
            if let Some((_, alike)) = alike.next_if(|(of, _)| *of == place) {
                let last = alike.last.map_or_else(String::new, |row| format!(", the last in row {row}"));
                write!(f, "\nand {} like it{last}", words::counted(alike.faults, "more fault"))?;
            }
        }
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
