//! The examples as a person runs them: what they print, and how they refuse.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod beside;
mod cases;
mod changes;
mod claims;
mod compare;
mod documents;
mod errors;
mod funnel;
mod intervals;
mod options;
mod panel;
mod pictures;
mod program;
mod rank;
mod readme;
mod series;
mod shared;
mod smooth;
mod standard;
mod streets;
