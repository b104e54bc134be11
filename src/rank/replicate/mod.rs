//! Ranks in replicate years: years in which only chance is at work.

pub(super) mod distribution;
#[cfg(feature = "simulation")]
mod draws;
mod exact;
pub(super) mod probabilities;
mod serialised;
#[cfg(feature = "simulation")]
pub(super) mod simulation;
pub(super) mod spec;
mod support;
