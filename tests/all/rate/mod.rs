//! Counts over populations.

mod laws;
mod period;
