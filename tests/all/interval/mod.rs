//! What chance could have done to one rate or two.

mod coverage;
mod estimated;
mod laws;
mod limits;
mod plan;
mod two_rates;
mod varying;
