//! One comparison an area, ranked, printed.

mod bands;
mod figures;
mod grades;
mod laws;
mod published;
mod report;
mod scales;
mod values;
