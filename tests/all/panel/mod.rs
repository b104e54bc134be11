//! Every indicator at once.

mod arrays;
mod laws;
mod policies;
mod rows;
mod smoothed;
mod standardised;
mod tables;
#[cfg(feature = "rayon")]
mod threads;
mod unions;
