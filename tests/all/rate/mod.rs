//! Counts over populations.

mod laws;
