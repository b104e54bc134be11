//! The figures of all areas.

mod alike;
mod bases;
mod explained;
mod laws;
mod levels;
mod meaning;
mod named_totals;
mod odd_words;
mod policies;
mod policies_told;
mod ranges;
mod refused;
mod totals;
