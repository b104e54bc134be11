//! The figures of all areas.

mod bases;
mod laws;
mod policies;
mod policies_told;
mod refused;
