//! What a study found, held against what was promised: a share in per cent in each line.

use crimerate::{Confidence, Error, Proportion, plot::Plot};

/// Shares by name, each with its limits where it was simulated.
#[derive(Default)]
pub(crate) struct Shares(Vec<(String, Option<f64>, (f64, f64))>);

#[allow(dead_code, reason = "a study adds probabilities up or simulates")]
impl Shares {
    /// A share that was worked out.
    pub(crate) fn exact(&mut self, name: impl Into<String>, percent: f64) {
        self.between(name, percent, (percent, percent));
    }

    /// One that goes from a least to a greatest.
    pub(crate) fn between(&mut self, name: impl Into<String>, percent: f64, ends: (f64, f64)) {
        self.0.push((name.into(), Some(percent), ends));
    }

    /// One of draws that are independent of each other, with its limits at 99.8 % (Wilson).
    pub(crate) fn drawn(&mut self, name: impl Into<String>, hits: u32, of: u32) -> Result<(), Error> {
        if of == 0 {
            return Ok(());
        }
        let limits = Proportion::new(hits.into(), of.into())?.interval(Confidence::P99_8);
        let percent = 100.0 * f64::from(hits) / f64::from(of);
        self.between(name, percent, (100.0 * limits.lower(), 100.0 * limits.upper()));
        Ok(())
    }

    /// Their picture; what they are of stands in the plural.
    pub(crate) fn plot(self, what: &str, promised: f64) -> Plot {
        Plot::of_limits_against(&format!("{what}, in per cent"), ("promised", promised), self.0)
    }
}
