//! Every indicator at once.

mod arrays;
mod laws;
mod smoothed;
mod tables;
#[cfg(feature = "rayon")]
mod threads;
