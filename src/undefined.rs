/// Why a figure does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Undefined {
    /// The area takes no part in the comparison.
    #[error("the area is left out")]
    LeftOut,
    /// There is no area whose rate could be averaged.
    #[error("there is no area to average")]
    NoAverage,
    /// The average is zero, so nothing is a multiple of it.
    #[error("the average is zero")]
    ZeroAverage,
    /// The sum of the other areas is above what a count or a population can hold.
    #[error("the other areas add up to more than {}", u64::MAX)]
    TooLarge,
    /// A standard deviation needs two areas.
    #[error("fewer than two areas are compared")]
    TooFew,
    /// The rates differ by less than a double can show, so their standard deviation is lost.
    #[error("the rates differ by less than a double can show")]
    TooClose,
    /// All rates are equal, so the standard deviation is zero.
    #[error("all rates are equal")]
    AllEqual,
    /// A rate is zero and has no logarithm.
    #[error("a rate is zero and has no logarithm")]
    ZeroRate,
    /// More than half of the rates are equal, so the median absolute deviation is zero.
    #[error("more than half of the rates are equal, so their median absolute deviation is zero")]
    ZeroMad,
    /// The Shapiro-Wilk test needs three values.
    #[error("the Shapiro-Wilk test needs three values")]
    TooFewToTest,
    /// The Shapiro-Wilk test is known for up to 5,000 values.
    #[error("the Shapiro-Wilk test holds for up to 5,000 values")]
    TooManyToTest,
    /// A value is no finite number, or too far from the others.
    #[error("a value is not a finite number, or too far from the others")]
    NotFinite,
}
