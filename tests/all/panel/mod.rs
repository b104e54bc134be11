//! Every indicator at once.

mod arrays;
mod laws;
mod policies;
mod smoothed;
mod tables;
#[cfg(feature = "rayon")]
mod threads;
mod unions;
