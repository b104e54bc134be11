//! How sure the order is.

mod over_time;
mod replicate;
mod replicate_by_definition;
mod replicate_laws;
mod report;
mod sets;
pub(crate) mod sets_by_definition;
#[cfg(feature = "simulation")]
mod simulated;
mod within;
