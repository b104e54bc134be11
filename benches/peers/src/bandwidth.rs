//! How fast this machine stores numbers, in safe Rust and with plain stores.

use std::{
    hint::black_box,
    thread,
    time::{Duration, Instant},
};

/// The least time to fill the buffer, an even part of it on each thread.
pub(crate) fn fill(buffer: &mut [u64], threads: usize, runs: u32) -> Duration {
    let part = buffer.len().div_ceil(threads);
    // A pattern of eight different bytes: a fill with equal ones would be a call of memset, which has stores of its own.
    let number = black_box(0x0123_4567_89AB_CDEF_u64);
    let run = |buffer: &mut [u64]| {
        let start = Instant::now();
        thread::scope(|scope| {
            for part in buffer.chunks_mut(part) {
                scope.spawn(|| part.fill(number));
            }
        });
        let time = start.elapsed();
        black_box(buffer);
        time
    };
    (0..=runs).map(|_| run(buffer)).min().unwrap_or_default()
}
