//! Signed counts that add up and merge.

mod dictionary;
mod negative;
mod periods;
mod totals;
