//! Signed counts that add up and merge.

mod periods;
mod totals;
