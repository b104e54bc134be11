//! Sentences against figures.

mod laws;
mod ranks_by_counting;
mod told;
mod verdicts;
