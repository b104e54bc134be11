//! All tests of the library, by the rooms of its source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod average;
mod base;
mod claim;
mod degenerate;
mod forces;
mod funnel;
mod interval;
mod layers;
mod league;
mod pages;
mod panel;
mod plot;
mod rank;
mod rate;
mod read;
mod records;
mod smoothing;
mod standard;
mod support;
mod table;
mod time;
mod trust;
