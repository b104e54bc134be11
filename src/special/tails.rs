//! What a discrete law gives of a count.

/// The probabilities of less than what was counted, of just that, and of more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tails {
    pub(crate) below: f64,
    pub(crate) point: f64,
    pub(crate) above: f64,
}
