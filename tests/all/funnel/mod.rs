//! Control limits by size.

mod calibration;
mod edges;
mod figures;
mod laws;
mod limits;
mod others;
mod proportions;
mod small;
