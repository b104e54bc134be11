//! Standardised rates and severity scores.

mod figures;
mod laws;
mod refused;
