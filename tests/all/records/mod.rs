//! Signed counts that add up and merge.

mod dictionary;
mod periods;
mod totals;
