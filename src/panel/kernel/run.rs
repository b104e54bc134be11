//! Rates, averages, deviations and ranks of a panel, block by block.
//!
//! Every block of columns goes through the same passes: values, mean, standard deviation, then one pass for each array
//! that is wanted, and ranks. What is computed for a column does not depend on the block that it is in, so neither the
//! size of the blocks nor the number of threads can change a bit.
//!
//! Threads share nothing: columns are split at the edges of blocks, so whole numbers and independent columns leave no bit to
//! chance. The feature `simd` compiles the same loops for wider vectors; it fuses nothing.

use super::super::outputs::Outputs;
use super::{
    block::Scratch,
    job::{Count, Job},
};
use std::ops::Range;

/// Compares all columns, on as many threads as there are scratches where the work is worth it.
pub(crate) fn run<C: Count>(job: &Job<'_, C>, outputs: Outputs<'_>, scratches: &mut [Scratch]) {
    /// The fewest cells that are worth a second thread: one to two milliseconds of work.
    const WORTH_A_THREAD: usize = 1 << 18;
    let threads = scratches.len().min(job.counts.len() / WORTH_A_THREAD).max(1);
    share(job, outputs, scratches.get_mut(..threads).unwrap_or_default(), 0..job.counts.ncols());
}

/// How many threads `run` can use.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads().max(1);
    #[cfg(not(feature = "rayon"))]
    1
}

/// Works on a range of columns, split among the scratches at the edges of cache lines or blocks.
fn share<C: Count>(job: &Job<'_, C>, outputs: Outputs<'_>, scratches: &mut [Scratch], columns: Range<usize>) {
    match scratches {
        [] => {}
        [scratch] => Work { job, outputs, scratch, columns }.run(),
        scratches => {
            let (threads, parts) = (scratches.len(), columns.len().div_ceil(job.part_width()));
            let first = (parts * (threads / 2) / threads * job.part_width()).min(columns.len());
            let (left, right) = outputs.split_at(first);
            let (here, there) = scratches.split_at_mut(threads / 2);
            let (middle, end) = (columns.start + first, columns.end);
            join(|| share(job, left, here, columns.start..middle), || share(job, right, there, middle..end));
        }
    }
}

/// Does both, on two threads where there are.
pub(crate) fn join(left: impl FnOnce() + Send, right: impl FnOnce() + Send) {
    #[cfg(feature = "rayon")]
    rayon::join(left, right);
    #[cfg(not(feature = "rayon"))]
    {
        left();
        right();
    }
}

/// One thread's share of the work.
struct Work<'w, 'a, 'o, C> {
    job: &'w Job<'a, C>,
    outputs: Outputs<'o>,
    scratch: &'w mut Scratch,
    columns: Range<usize>,
}

impl<C: Count> Work<'_, '_, '_, C> {
    /// With the feature `simd` on the widest vectors that the machine has. Nothing is fused or reordered, so the bits are
    /// the same.
    fn run(self) {
        #[cfg(feature = "simd")]
        pulp::Arch::new().dispatch(self);
        #[cfg(not(feature = "simd"))]
        self.scratch.run(self.job, self.outputs, self.columns);
    }
}

#[cfg(feature = "simd")]
impl<C: Count> pulp::NullaryFnOnce for Work<'_, '_, '_, C> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.scratch.run(self.job, self.outputs, self.columns);
    }
}
