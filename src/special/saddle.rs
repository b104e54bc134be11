//! The probability of one negative binomial count, whole or not, in logarithms.

use super::{digamma::stirling_rest, normal::SQRT_TWO_PI, point::deviance_apart};

/// A negative binomial probability in the saddle-point form of Loader (2000), for any real count: a root of `square` times
/// an exponential.
#[derive(Clone, Copy, Debug)]
pub(super) struct Saddle {
    pub(super) exponent: f64,
    pub(super) square: f64,
}

impl Saddle {
    /// With `ratio = mean / size`, and `apart = count - mean`, which may be known better than from the rounded mean.
    pub(super) fn new(count: f64, size: f64, mean: f64, ratio: f64, apart: f64) -> Self {
        if count <= 0.0 {
            return Self { exponent: -size * ratio.ln_1p(), square: 1.0 };
        }
        let (all, p, q) = (count + size, ratio / (1.0 + ratio), 1.0 / (1.0 + ratio));
        let apart = apart * q;
        let deviance = deviance_apart(count, mean * q + count * p, apart) + deviance_apart(size, all * q, -apart);
        let exponent = stirling_rest(all) - stirling_rest(count) - stirling_rest(size) - deviance;
        Self { exponent, square: size / all / count / (SQRT_TWO_PI * SQRT_TWO_PI) }
    }

    pub(super) fn probability(self) -> f64 {
        self.exponent.exp() * self.square.sqrt()
    }
}
