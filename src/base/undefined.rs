//! Why a figure does not exist.

use super::layout;
use std::fmt;

/// Why a figure does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Undefined {
    /// The area takes no part in the comparison.
    LeftOut = 1,
    /// There is no area whose rate could be averaged.
    NoAverage = 2,
    /// The average is zero, so nothing is a multiple of it.
    ZeroAverage = 3,
    /// The sum of the other areas is above what a count or a population can hold.
    TooLarge = 4,
    /// A standard deviation needs two areas.
    TooFew = 5,
    /// The rates differ by less than a double can show, so their standard deviation is lost.
    TooClose = 6,
    /// All rates are equal, so the standard deviation is zero.
    AllEqual = 7,
    /// A rate is zero and has no logarithm.
    ZeroRate = 8,
    /// More than half of the rates are equal, so the median absolute deviation is zero.
    ZeroMad = 9,
    /// The Shapiro-Wilk test needs three values.
    TooFewToTest = 10,
    /// The Shapiro-Wilk test is known for up to 5,000 values.
    TooManyToTest = 11,
    /// A value is no finite number, or too far from the others.
    NotFinite = 12,
    /// Nothing is expected, so nothing is a multiple of it.
    NothingExpected = 13,
    /// A count of zero has no place on the log scale.
    ZeroCount = 14,
    /// The average is over groups, and the area has none.
    NoGroup = 15,
    /// The rates differ by no more than chance, so no spread of true rates was found.
    Pooled = 17,
    /// Areas are compared with different averages, so there is not one of all.
    OwnAverages = 18,
    /// Dense ranks count rates and not areas, so there are no sets of them.
    DenseRanks = 16,
    /// Of a proportion all are expected, so nothing is left to chance.
    AllExpected = 19,
    /// A count of all of a total has no place on the scale of log odds.
    AllCounted = 20,
    /// As many extreme areas are dropped that fewer than two are left to estimate a dispersion from.
    Trimmed = 21,
    /// There are values alone, such as published rates, without counts and populations.
    NoCounts = 22,
    /// Fewer than ten offences in all, so a rule for published figures gives none.
    BelowTen = 23,
    /// Fewer than four areas take part, or a few large ones outweigh the others, which do not tell how far true rates scatter.
    TooFewToSmooth = 24,
    /// A mean or a median of rates is no count, so no distribution says what chance does to it.
    AverageOfRates = 25,
}

impl Undefined {
    /// The number that stands for the reason in arrays, where 0 is that there is none.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The reason that a number stands for; `None` for 0 and for numbers that stand for none.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        let all = [
            Self::LeftOut,
            Self::NoAverage,
            Self::ZeroAverage,
            Self::TooLarge,
            Self::TooFew,
            Self::TooClose,
            Self::AllEqual,
            Self::ZeroRate,
            Self::ZeroMad,
            Self::TooFewToTest,
            Self::TooManyToTest,
            Self::NotFinite,
            Self::NothingExpected,
            Self::ZeroCount,
            Self::NoGroup,
            Self::Pooled,
            Self::DenseRanks,
            Self::OwnAverages,
            Self::AllExpected,
            Self::AllCounted,
            Self::Trimmed,
            Self::NoCounts,
            Self::BelowTen,
            Self::TooFewToSmooth,
            Self::AverageOfRates,
        ];
        all.into_iter().find(|reason| reason.code() == code)
    }
}

impl std::error::Error for Undefined {}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::LeftOut => "the area is left out",
            Self::NoAverage => "there is no area to average",
            Self::ZeroAverage => "the average is zero",
            Self::TooLarge => "the other areas add up to more than 18,446,744,073,709,551,615",
            Self::TooFew => "fewer than two areas are compared",
            Self::TooClose => "the rates differ by less than a double can show",
            Self::AllEqual => "all rates are equal",
            Self::ZeroRate => "a rate is zero and has no logarithm",
            Self::ZeroMad => "more than half of the rates are equal, so their median absolute deviation is zero",
            Self::TooFewToTest => "the Shapiro-Wilk test needs three values",
            Self::TooManyToTest => "the Shapiro-Wilk test holds for up to 5,000 values",
            Self::NotFinite => "a value is not a finite number, or too far from the others",
            Self::NothingExpected => "no counts are expected",
            Self::ZeroCount => "a count of zero has no logarithm",
            Self::NoGroup => "the area has no group",
            Self::Pooled => "the rates differ by no more than chance",
            Self::OwnAverages => "each area is compared with an average of its own",
            Self::DenseRanks => "dense ranks have no confidence sets",
            Self::AllExpected => "all of a total are expected, so nothing is left to chance",
            Self::AllCounted => "a count of all of a total has no log odds",
            Self::Trimmed => "fewer than two areas are left after trimming",
            Self::NoCounts => "there are values alone, without counts and populations",
            Self::BelowTen => "fewer than 10 are counted in all, so by the public-health rule there is no figure",
            Self::TooFewToSmooth => {
                "fewer than four areas take part, or a few large ones outweigh the others, so how far true rates scatter is not known (gamma-poisson asks four areas only)"
            }
            Self::AverageOfRates => {
                "a mean or a median of rates varies by chance itself: take the pooled average, or give a fixed rate"
            }
        };
        layout::pad(f, words)
    }
}
