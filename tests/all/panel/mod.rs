//! Every indicator at once.

mod arrays;
mod laws;
mod policies;
mod smoothed;
mod tables;
mod unions;
#[cfg(feature = "rayon")]
mod threads;
