//! What is known of one cell.
//!
//! What is not known is a code, not a number: a mask has a small number a cell, and arrays have NaN, or rank 0, exactly where it
//! or the status of the column says why. A block in which all is known does not look at its mask.

use crate::{
    base::layout,
    rate::{Observation, Reason},
};
use std::fmt;

/// What is known of one cell of a panel: of the count of one area by one indicator.
///
/// In arrays a cell is its [`code`](CellStatus::code), a small number; 0 is a count that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum CellStatus {
    /// The count is known.
    Known = 0,
    /// There is a count, withheld by its publisher.
    Suppressed = 1,
    /// The publisher says that there is no count.
    NotAvailable = 2,
    /// Nothing was given, and nothing says why.
    Blank = 3,
    /// No record was found.
    NoRecord = 4,
    /// The area is not in the table of the indicator.
    NotInTable = 5,
    /// Records were added up, and more was taken back than there was.
    NegativeTotal = 6,
    /// The population is zero, so that there is no rate.
    ZeroPopulation = 16,
    /// The population is not given, so that there is no rate.
    NoPopulation = 32,
    /// The area is left out of the panel, for a reason that the panel has.
    Excluded = 64,
}

impl CellStatus {
    /// Every kind, in the order of the codes.
    pub const ALL: [Self; 10] = [
        Self::Known,
        Self::Suppressed,
        Self::NotAvailable,
        Self::Blank,
        Self::NoRecord,
        Self::NotInTable,
        Self::NegativeTotal,
        Self::ZeroPopulation,
        Self::NoPopulation,
        Self::Excluded,
    ];

    /// The number that stands for it in arrays.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// What a number stands for. Where the codes of several kinds are added up, it is the last of them, but not in the table
    /// comes before what there is to say of a population; `None` for what no codes add up to.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        let holds = |kind: Self| code & kind.code() != 0;
        let counted = Self::ALL.into_iter().find(|kind| kind.code() == code & 15)?;
        let population = [Self::NoPopulation, Self::ZeroPopulation].into_iter().find(|kind| holds(*kind));
        let known = population.filter(|_| counted != Self::NotInTable).unwrap_or(counted);
        (code < 128).then_some(if holds(Self::Excluded) { Self::Excluded } else { known })
    }

    pub(crate) const fn of(observation: Observation) -> Self {
        match observation {
            Observation::Known(_) => Self::Known,
            Observation::Suppressed { .. } => Self::Suppressed,
            Observation::Missing(Reason::NotInTable) => Self::NotInTable,
            Observation::Missing(Reason::NotAvailable) => Self::NotAvailable,
            Observation::Missing(Reason::Blank) => Self::Blank,
            Observation::Missing(Reason::NoRecord) => Self::NoRecord,
            Observation::Missing(Reason::NegativeTotal) => Self::NegativeTotal,
        }
    }

    /// What there is to say of a population, as a code; 0 where there is one.
    pub(crate) const fn of_population(people: Option<u64>) -> u8 {
        match people {
            None => Self::NoPopulation.code(),
            Some(0) => Self::ZeroPopulation.code(),
            Some(_) => 0,
        }
    }

    /// What a code says of the count, whatever it says of the population; `ends` are those of a count that is suppressed.
    pub(crate) fn observation(code: u8, count: u64, ends: (u64, Option<u64>)) -> Observation {
        match Self::from_code(code & 15) {
            Some(Self::Suppressed) => Observation::Suppressed { at_least: ends.0, at_most: ends.1 },
            Some(Self::NotInTable) => Observation::Missing(Reason::NotInTable),
            Some(Self::NotAvailable) => Observation::Missing(Reason::NotAvailable),
            Some(Self::Blank) => Observation::Missing(Reason::Blank),
            Some(Self::NoRecord) => Observation::Missing(Reason::NoRecord),
            Some(Self::NegativeTotal) => Observation::Missing(Reason::NegativeTotal),
            _ => Observation::Known(count),
        }
    }
}

impl fmt::Display for CellStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Known => "known",
            Self::Suppressed => "suppressed",
            Self::NotAvailable => "not available",
            Self::Blank => "left blank",
            Self::NoRecord => "without a record",
            Self::NegativeTotal => "with a total below zero",
            Self::NotInTable => "not in the table",
            Self::ZeroPopulation => "population zero",
            Self::NoPopulation => "population not given",
            Self::Excluded => "excluded",
        };
        layout::pad(f, words)
    }
}
