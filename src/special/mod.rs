//! Special functions: the normal and the gamma distribution, to the last digits and far into the tails.
//!
//! Tail probabilities are asked for and given as the tail that is small, never as one minus the other.
//! Only `+`, `-`, `*`, `/`, `sqrt` and the `ln`, `exp` and `powf` of the standard library are used, without fused
//! multiply-add.

mod coefficients;
#[allow(dead_code, reason = "the tails are for p-values, which come next")]
pub(crate) mod gamma;
#[allow(dead_code, reason = "single limits are for prepared plans, which come next")]
pub(crate) mod limits;
#[allow(dead_code, reason = "the tails are for p-values, which come next")]
pub(crate) mod normal;
pub(crate) mod point;
#[allow(dead_code, reason = "for prepared plans, which come next")]
pub(crate) mod quantile;
mod ratio;
pub(crate) mod series;

#[cfg(test)]
pub(crate) mod reference;
