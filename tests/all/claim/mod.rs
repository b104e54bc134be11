//! Sentences against figures.

mod alarms;
mod ends;
mod figures;
mod laws;
mod ranks_by_counting;
mod sentences;
mod tipping;
mod told;
mod verdicts;
