//! One period compared with another.

mod against_rest;
mod changes;
mod counts;
mod report;
pub(crate) mod charts;
mod series;
mod trends;
