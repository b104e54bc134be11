//! Special functions: the normal and the gamma distribution, to the last digits and far into the tails.
//!
//! Tail probabilities are asked for and given as the tail that is small, never as one minus the other.
//! Only `+`, `-`, `*`, `/`, `sqrt` and the `ln`, `exp` and `powf` of the standard library are used, without fused
//! multiply-add.

pub(crate) mod binomial;
mod coefficients;
pub(crate) mod digamma;
pub(crate) mod discrete;
pub(crate) mod gamma;
pub(crate) mod normal;
pub(crate) mod point;
pub(crate) mod quantile;
mod ratio;
pub(crate) mod series;
pub(crate) mod shapiro;

#[cfg(test)]
pub(crate) mod reference;

/// The probabilities of less than what was counted, of just that, and of more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tails {
    pub(crate) below: f64,
    pub(crate) point: f64,
    pub(crate) above: f64,
}
