//! Every answer against crimerate's, before it is timed.

use crate::{Result, ours};

/// Floats may differ by this much of themselves.
const RELATIVE: f64 = 1e-12;

/// A z near zero is a small difference of large numbers, so it may also differ by this much.
const OF_Z: f64 = 1e-9;

/// What an answer is held against.
pub(crate) struct Check<'a> {
    expected: &'a ours::PanelOut,
    indicators: usize,
}

impl<'a> Check<'a> {
    pub(crate) fn new(expected: &'a ours::PanelOut) -> Self {
        Self { expected, indicators: expected.columns.first().map_or(0, |(_, column)| column.len()) }
    }

    /// The figures of one cell, in the order of the question; no rank where none is asked for.
    pub(crate) fn cell(&self, area: usize, indicator: usize, got: [f64; 3], rank: Option<u32>) -> Result<()> {
        let k = area * self.indicators + indicator;
        let place = || format!("area {area}, indicator {indicator}");
        for ((name, expected), got) in self.expected.cells.iter().zip(got) {
            close(name, place, got, expected[k])?;
        }
        match (rank, self.expected.rank.get(k)) {
            (Some(got), Some(&expected)) if got != expected => differs("rank", place, got, expected),
            (None, Some(_)) | (Some(_), None) => Err("ranks without need, or none where there should be".into()),
            _ => Ok(()),
        }
    }

    /// The figures of one indicator.
    pub(crate) fn column(&self, indicator: usize, got: [f64; 3]) -> Result<()> {
        let place = || format!("indicator {indicator}");
        let mut both = self.expected.columns.iter().zip(got);
        both.try_for_each(|((name, expected), got)| close(name, place, got, expected[indicator]))
    }

    /// All of a result that crimerate itself gives with more threads: the same bits.
    pub(crate) fn bits(&self, got: &ours::PanelOut) -> Result<()> {
        let same = |a: &[f64], b: &[f64]| a.iter().copied().map(f64::to_bits).eq(b.iter().copied().map(f64::to_bits));
        let equal = self.expected.floats().zip(got.floats()).all(|((_, a), (_, b))| same(a, b));
        if equal && self.expected.rank == got.rank {
            Ok(())
        } else {
            Err("not the same bits as with one thread".into())
        }
    }
}

/// Totals, of which one that is not there is zero.
pub(crate) fn totals(got: &[i64], expected: &[i64]) -> Result<()> {
    if got.len() != expected.len() {
        return differs("number of cells", || "all".to_owned(), got.len(), expected.len());
    }
    match got.iter().zip(expected).enumerate().find(|(_, (got, expected))| got != expected) {
        Some((cell, (got, expected))) => differs("total", || format!("cell {cell}"), *got, *expected),
        None => Ok(()),
    }
}

fn close(what: &str, place: impl Fn() -> String, got: f64, expected: f64) -> Result<()> {
    let absolute = if what == "z" { OF_Z } else { 0.0 };
    // Written so that NaN is never close.
    if (got - expected).abs() <= RELATIVE * expected.abs() + absolute {
        Ok(())
    } else {
        differs(what, place, got, expected)
    }
}

fn differs<T: ToString>(what: &str, place: impl Fn() -> String, got: T, expected: T) -> Result<()> {
    Err(format!("{what} of {}: {} where crimerate has {}", place(), got.to_string(), expected.to_string()).into())
}
