//! The figures of all areas.

mod bases;
mod laws;
mod meaning;
mod policies;
mod policies_told;
mod refused;
