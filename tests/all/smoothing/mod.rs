//! Empirical Bayes.

pub(crate) mod estimates;
mod laws;
