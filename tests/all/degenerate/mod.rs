//! Across the rooms: cases in which a figure may not exist.

mod extremes;
pub(crate) mod left_out;
pub(crate) mod sound;
pub(crate) mod subjects;
