//! What several files of tests need: figures, strategies and assertions.

pub(crate) mod case;
pub(crate) mod claims;
#[path = "../../../examples/support/draws.rs"]
pub(crate) mod draws;
pub(crate) mod funnels;
pub(crate) mod json;
pub(crate) mod knife;
pub(crate) mod named;
pub(crate) mod near;
pub(crate) mod notes;
pub(crate) mod numbered;
pub(crate) mod numbers;
pub(crate) mod panels;
pub(crate) mod peers;
pub(crate) mod ranks;
pub(crate) mod recorded;
pub(crate) mod reference;
pub(crate) mod says;
pub(crate) mod scaled;
pub(crate) mod strategies;
