//! What is done about areas whose figures mislead: left out, merged, given another denominator, kept, taken for a total or for what is in no area.

mod decision;
mod of_table;
mod policy;

pub(crate) use decision::Decision;
pub use policy::Policy;
pub(crate) use policy::instead_of;
