//! Rates, averages, deviations and ranks of a panel, block by block.
//!
//! Every block of columns goes through the same passes: values, mean, standard deviation, then one pass for each array
//! that is wanted, and ranks. What is computed for a column does not depend on the block that it is in, so neither the
//! size of the blocks nor the number of threads can change a bit.

mod block;
mod columns;
mod counting;
mod job;
mod smoothing;
mod sorting;
mod ties;

pub(crate) use block::Scratch;
pub(crate) use job::{Count, Job};
pub(crate) use smoothing::{Smoothed, smooth};

use crate::Outputs;

/// The fewest cells that are worth a second thread: one to two milliseconds of work.
#[cfg(feature = "rayon")]
const WORTH_A_THREAD: usize = 1 << 18;

/// Compares all columns, on as many threads as there are scratches where the work is worth it.
pub(crate) fn run<C: Count>(job: &Job<'_, C>, outputs: Outputs<'_>, scratches: &mut [Scratch]) {
    #[cfg(feature = "rayon")]
    if scratches.len() > 1 && job.counts.len() >= 2 * WORTH_A_THREAD {
        return halve(job, outputs, scratches, 0, job.counts.ncols());
    }
    if let Some(scratch) = scratches.first_mut() {
        scratch.run(job, outputs, 0..job.counts.ncols());
    }
}

/// How many threads `run` can use.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads().max(1);
    #[cfg(not(feature = "rayon"))]
    1
}

/// Splits the columns among the scratches, at the edge of a block.
#[cfg(feature = "rayon")]
fn halve<C: Count>(job: &Job<'_, C>, outputs: Outputs<'_>, scratches: &mut [Scratch], from: usize, columns: usize) {
    let threads = scratches.len();
    if threads < 2 {
        if let Some(scratch) = scratches.first_mut() {
            scratch.run(job, outputs, from..from + columns);
        }
        return;
    }
    let block = job.width();
    let first = (columns.div_ceil(block) * (threads / 2) / threads * block).min(columns);
    let (left, right) = outputs.split_at(first);
    let (here, there) = scratches.split_at_mut(threads / 2);
    rayon::join(|| halve(job, left, here, from, first), || halve(job, right, there, from + first, columns - first));
}
