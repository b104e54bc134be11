//! Special functions: the normal, Student's and the gamma distribution, and those of counts, to the last digits and far into the tails.
//!
//! Tail probabilities are asked for and given as the tail that is small, never as one minus the other.
//! Only `+`, `-`, `*`, `/`, `sqrt` and the `ln`, `exp` and `powf` of the standard library are used, without fused
//! multiply-add.

pub(crate) mod beta_binomial;
mod beta_terms;
pub(crate) mod binomial;
mod coefficients;
pub(crate) mod digamma;
pub(crate) mod discrete;
pub(crate) mod gamma;
pub(crate) mod hypergeometric;
mod legendre;
pub(crate) mod negative_binomial;
pub(crate) mod normal;
mod ordered;
pub(crate) mod point;
pub(crate) mod quantile;
mod ratio;
mod saddle;
pub(crate) mod series;
pub(crate) mod shapiro;
mod student;
mod tails;

#[cfg(test)]
pub(crate) mod reference;

pub(crate) use digamma::{digamma_gain, stirling_rest};
pub(crate) use discrete::Discrete;
pub(crate) use ordered::smallest;
pub(crate) use point::{deviance_apart, point};
pub(crate) use quantile::{Quantile, Tail};
#[cfg(test)]
pub(crate) use reference::{Worst, rows};
pub(crate) use student::student_upper;
pub(crate) use tails::Tails;
