/// Why a figure does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Undefined {
    /// There is no area whose rate could be averaged.
    #[error("there is no area to average")]
    NoAverage,
    /// The average is zero, so nothing is a multiple of it.
    #[error("the average is zero")]
    ZeroAverage,
    /// A standard deviation needs two areas.
    #[error("fewer than two areas are compared")]
    TooFew,
    /// All rates are equal, so the standard deviation is zero.
    #[error("all rates are equal")]
    AllEqual,
}
