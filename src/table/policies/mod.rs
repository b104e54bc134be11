//! What is done about areas whose figures mislead: left out, merged, given another denominator, kept, taken for a total or for what is in no area.

pub(super) mod decision;
mod of_table;
pub(super) mod policy;
