//! Special functions: the normal and the gamma distribution, to the last digits and far into the tails.
//!
//! Tail probabilities are always asked for and given as the tail that is small; nothing here subtracts one from one.
//! Only `+`, `-`, `*`, `/`, `sqrt` and the `ln`, `exp` and `powf` of the standard library are used, without fused
//! multiply-add.

mod coefficients;
pub(crate) mod gamma;
pub(crate) mod limits;
pub(crate) mod normal;
pub(crate) mod point;
pub(crate) mod quantile;
mod ratio;
pub(crate) mod series;

#[cfg(test)]
mod reference;
