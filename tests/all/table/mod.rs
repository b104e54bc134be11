//! The figures of all areas.

mod bases;
mod laws;
mod meaning;
mod named_totals;
mod policies;
mod policies_told;
mod refused;
mod totals;
