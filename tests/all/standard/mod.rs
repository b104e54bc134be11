//! Standardised rates and severity scores.

mod figures;
mod laws;
mod refused;

#[path = "../../../examples/support/two_strata.rs"]
mod two_strata;
