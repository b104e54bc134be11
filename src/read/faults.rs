//! Everything that is wrong with a file.

use super::runs::Runs;
use crate::base::{Error, ErrorKind, words};
use std::{collections::HashMap, fmt, mem::Discriminant};

/// Everything that is wrong with a file, in the order of its rows.
///
/// It prints a line for each fault, and no more than a hundred lines: of more faults the first five of each kind in each column, and in which rows there are
/// others like them. Where one error is asked for, such as by `?` in a function that returns [`crimerate::Result`](crate::Result), it is the first.
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
    first: Kept,
    rest: Vec<Kept>,
    /// What is known of each kind of fault.
    kinds: Vec<Alike>,
    /// How many more there are, of kinds beyond those.
    more: usize,
}

/// A fault, and the number of its kind.
#[derive(Clone, PartialEq)]
struct Kept {
    fault: Error,
    kind: usize,
}

/// The faults of one kind that are not kept.
#[derive(Clone, Default, PartialEq)]
struct Alike {
    faults: usize,
    rows: Runs,
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

/// Faults as they are found, in memory that does not grow with their number.
#[derive(Default)]
pub(super) struct Gathered {
    kept: Vec<Kept>,
    numbers: HashMap<Nature, usize>,
    kinds: Vec<Alike>,
    /// How many of each kind are kept and the last of their rows, once there are more than all of them can be.
    few: Option<Vec<(usize, Option<u64>)>>,
    more: usize,
    /// That there is no row, which follows from what else is wrong.
    no_rows: Option<Error>,
}

/// How many faults are kept.
const KEPT: usize = 1_000;

/// How many of one kind, where there are more than are kept or printed.
const FEW: usize = 5;

/// How many lines are printed.
const LINES: usize = 99;

impl Gathered {
    pub(super) fn push(&mut self, fault: Error) {
        if matches!(fault.kind(), ErrorKind::NoRows) {
            self.no_rows = Some(fault);
            return;
        }
        let nature = nature(&fault);
        let kind = match self.numbers.get(&nature) {
            Some(kind) => *kind,
            None if self.kinds.len() == KEPT => {
                self.more += 1;
                return;
            }
            None => {
                self.numbers.insert(nature, self.kinds.len());
                self.kinds.push(Alike::default());
                self.kinds.len() - 1
            }
        };
        if self.few.is_none() && self.kept.len() == KEPT {
            self.keep_few();
        }
        let full = self.kept.len() == KEPT;
        match &mut self.few {
            None => self.kept.push(Kept { fault, kind }),
            Some(few) => {
                few.resize(self.kinds.len(), (0, None));
                match few.get_mut(kind) {
                    Some((number, last)) if *number < FEW && !full => {
                        (*number, *last) = (*number + 1, fault.row().max(*last));
                        self.kept.push(Kept { fault, kind });
                    }
                    Some((_, last)) if fault.row() < *last => self.exchange(fault, kind),
                    _ => self.leave(&fault, kind),
                }
            }
        }
    }

    /// Keeps a fault in place of the last of its kind.
    fn exchange(&mut self, fault: Error, kind: usize) {
        let row = |kept: &&mut Kept| kept.fault.row();
        let last = self.kept.iter_mut().filter(|kept| kept.kind == kind).max_by_key(row);
        let Some(last) = last else { return self.leave(&fault, kind) };
        let left = std::mem::replace(&mut last.fault, fault);
        self.leave(&left, kind);
        let rows = self.kept.iter().filter(|kept| kept.kind == kind).map(|kept| kept.fault.row());
        let last = rows.max().flatten();
        self.few.iter_mut().flatten().skip(kind).take(1).for_each(|few| few.1 = last);
    }

    /// Keeps the first of each kind alone, now and from here on.
    fn keep_few(&mut self) {
        let mut few = vec![(0, None); self.kinds.len()];
        let mut all = std::mem::take(&mut self.kept);
        all.sort_by_key(|kept| kept.fault.row());
        for Kept { fault, kind } in all {
            match few.get_mut(kind) {
                Some((number, last)) if *number < FEW => {
                    (*number, *last) = (*number + 1, fault.row());
                    self.kept.push(Kept { fault, kind });
                }
                _ => self.leave(&fault, kind),
            }
        }
        self.few = Some(few);
    }

    fn leave(&mut self, fault: &Error, kind: usize) {
        if let Some(alike) = self.kinds.get_mut(kind) {
            alike.faults += 1;
            fault.row().into_iter().for_each(|row| alike.rows.add(row));
        }
    }

    /// Those that are kept.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Error> {
        self.kept.iter().map(|kept| &kept.fault)
    }

    /// Whether nothing is wrong, but that there may be no row.
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The faults in the order of their rows, where there is one.
    pub(super) fn into_faults(self) -> Option<Faults> {
        let mut kept = self.kept;
        kept.sort_by_key(|kept| kept.fault.row());
        let mut kept = kept.into_iter();
        match kept.next() {
            Some(first) => Some(Faults { first, rest: kept.collect(), kinds: self.kinds, more: self.more }),
            None => self.no_rows.map(Faults::from),
        }
    }
}

impl Extend<Error> for Gathered {
    fn extend<I: IntoIterator<Item = Error>>(&mut self, faults: I) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }
}

impl Faults {
    /// The faults, where there is one.
    pub(super) fn of(errors: impl IntoIterator<Item = Error>) -> Option<Self> {
        let mut gathered = Gathered::default();
        gathered.extend(errors);
        gathered.into_faults()
    }

    /// The first of them.
    #[must_use]
    pub const fn first(&self) -> &Error {
        &self.first.fault
    }

    /// Each of them in the order of the rows; of more than a thousand the first five of each kind in each column.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        self.kept().map(|kept| &kept.fault)
    }

    fn kept(&self) -> impl Iterator<Item = &Kept> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// How many there are of each kind, and how many of a kind are printed where not all are.
    fn numbers(&self) -> (Vec<usize>, Option<usize>) {
        let mut numbers: Vec<usize> = self.kinds.iter().map(|alike| alike.faults).collect();
        for kept in self.kept() {
            numbers.iter_mut().skip(kept.kind).take(1).for_each(|number| *number += 1);
        }
        let lines = |few: usize| numbers.iter().map(|number| (*number).min(few + 1)).sum::<usize>();
        let many = numbers.iter().sum::<usize>() + self.more > LINES;
        let few = many.then(|| (1..=FEW).rev().find(|few| lines(*few) < LINES).unwrap_or(1));
        (numbers, few)
    }
}

impl From<Error> for Faults {
    fn from(fault: Error) -> Self {
        Self { first: Kept { fault, kind: 0 }, rest: Vec::new(), kinds: vec![Alike::default()], more: 0 }
    }
}

/// The first.
impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        faults.first.fault
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numbers, few) = self.numbers();
        let mut met = vec![0; numbers.len()];
        let (mut lines, mut told) = (0, 0);
        for Kept { fault, kind } in self.kept() {
            let (number, met) = (numbers.get(*kind).copied().unwrap_or(1), met.get_mut(*kind));
            let met = met.map_or(1, |met| {
                *met += 1;
                *met
            });
            // One more takes no more room than to say so.
            let folded = few.filter(|few| number > few + 1);
            let is_last = folded == Some(met);
            let beyond = folded.is_some_and(|few| met > few);
            if beyond || few.is_some() && lines + usize::from(is_last) + 1 >= LINES {
                continue;
            }
            write!(f, "{}{fault}", if lines > 0 { "\n" } else { "" })?;
            (lines, told) = (lines + 1, told + 1);
            if is_last {
                let others = self.kept().filter(|kept| kept.kind == *kind).skip(met);
                let mut rows = Runs::default();
                others.filter_map(|kept| kept.fault.row()).for_each(|row| rows.add(row));
                self.kinds.get(*kind).into_iter().for_each(|alike| rows.extend(&alike.rows));
                write!(f, "\nand {} like it{rows}", words::counted(number - met, "more fault"))?;
                (lines, told) = (lines + 1, told + number - met);
            }
        }
        match (numbers.iter().sum::<usize>() + self.more).saturating_sub(told) {
            0 => Ok(()),
            more => write!(f, "\nand {}", words::counted(more, "more fault")),
        }
    }
}

/// Shows the messages, because `fn main() -> Result<(), Faults>` prints this form.
impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
