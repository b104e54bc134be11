//! What the engine gives, against the library: the same bits for random batches, partitions and merges.

mod aggregate;
mod batch;
mod frame;
mod records;
mod refused;
mod scalar;
mod window;
