//! One comparison an area, ranked, printed.

mod bands;
mod figures;
mod grades;
mod laws;
mod report;
mod scales;
