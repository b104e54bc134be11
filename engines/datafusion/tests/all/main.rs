//! What the engine gives, against the library: the same bits for random batches, partitions and merges.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod aggregate;
mod batch;
mod frame;
mod records;
mod refused;
mod scalar;
mod window;
