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
    /// Nothing is expected, so nothing is a multiple of it.
    #[error("no offences are expected")]
    NothingExpected,
    /// A count of zero, or of all where it is a part, has no place on the log scale.
    #[error("a count of zero has no logarithm")]
    ZeroCount,
}
