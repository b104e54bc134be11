//! Rates, averages, deviations and ranks of a panel, block by block.
//!
//! Every block of columns goes through the same passes: values, mean, standard deviation, then one pass for each array
//! that is wanted, and ranks. What is computed for a column does not depend on the block that it is in, so neither the
//! size of the blocks nor the number of threads can change a bit.

pub(super) mod block;
mod by_table;
mod cells;
mod chance;
mod columns;
mod counting;
mod divisor;
mod funnel;
pub(super) mod job;
mod moments;
pub(super) mod rolling;
pub(super) mod run;
mod smoothing;
mod sorting;
mod ties;
mod trimming;
