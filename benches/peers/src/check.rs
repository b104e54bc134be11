//! Every answer against crimerate's, before it is timed.

use crate::{Result, ours};

/// Floats may differ by this much of themselves.
const RELATIVE: f64 = 1e-12;

/// A z near zero is a small difference of large numbers, so it may also differ by this much.
const OF_Z: f64 = 1e-9;

/// The figures of one cell; no rank where none is asked for.
pub(crate) struct Cell {
    pub(crate) rate: f64,
    pub(crate) z: f64,
    pub(crate) ratio: f64,
    pub(crate) rank: Option<u32>,
}

/// What an answer is held against.
pub(crate) struct Check<'a> {
    expected: &'a ours::PanelOut,
    indicators: usize,
}

impl<'a> Check<'a> {
    pub(crate) fn new(expected: &'a ours::PanelOut) -> Self {
        Self { expected, indicators: expected.mean.len() }
    }

    pub(crate) fn cell(&self, area: usize, indicator: usize, got: &Cell) -> Result<()> {
        let k = area * self.indicators + indicator;
        let place = || format!("area {area}, indicator {indicator}");
        close("rate", place, got.rate, self.expected.rate[k], 0.0)?;
        close("z", place, got.z, self.expected.z[k], OF_Z)?;
        close("ratio", place, got.ratio, self.expected.ratio[k], 0.0)?;
        match (got.rank, self.expected.rank.get(k)) {
            (Some(got), Some(&expected)) if got != expected => differs("rank", place, got, expected),
            (None, Some(_)) | (Some(_), None) => Err("ranks without need, or none where there should be".into()),
            _ => Ok(()),
        }
    }

    pub(crate) fn column(&self, indicator: usize, average: f64, mean: f64, sd: f64) -> Result<()> {
        let place = || format!("indicator {indicator}");
        close("average", place, average, self.expected.average[indicator], 0.0)?;
        close("mean", place, mean, self.expected.mean[indicator], 0.0)?;
        close("SD", place, sd, self.expected.sd[indicator], 0.0)
    }

    /// All of a result that crimerate itself gives with more threads: the same bits.
    pub(crate) fn bits(&self, got: &ours::PanelOut) -> Result<()> {
        let same = |a: &[f64], b: &[f64]| a.iter().copied().map(f64::to_bits).eq(b.iter().copied().map(f64::to_bits));
        let equal = self.expected.floats().into_iter().zip(got.floats()).all(|((_, a), (_, b))| same(a, b));
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

fn close(what: &str, place: impl Fn() -> String, got: f64, expected: f64, absolute: f64) -> Result<()> {
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
