//! Signed counts that add up and merge.

mod totals;
