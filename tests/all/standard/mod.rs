//! Standardised rates and severity scores.

mod figures;
mod laws;
mod refused;
mod together;
mod varying;

#[path = "../../../examples/support/two_strata.rs"]
mod two_strata;
