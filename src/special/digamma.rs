//! What a Poisson count gains on its logarithm when its mean is gamma distributed: differences of the digamma function.

use super::point::stirling;

/// From here on the asymptotic series hold; below, arguments are moved up by the recurrence.
const LARGE: f64 = 10.0;

/// `B_2k / 2k` for `k` from 2 to 8: `psi(z) = ln z - 1/(2z) - 1/(12 z^2) - sum of them over z^2k`.
const SERIES: [f64; 7] =
    [-1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0, 1.0 / 12.0, -3_617.0 / 8_160.0];

/// `[psi(shape + count) - ln(shape + count)] - [psi(shape) - ln(shape)]` for a shape above 0 and a whole count: 0 for
/// none, else above 0, with a relative error below 1e-13.
///
/// The two leading terms are taken from the difference of the reciprocals, so nothing cancels where the shape is large.
pub(crate) fn digamma_gain(shape: f64, count: f64) -> f64 {
    if shape >= LARGE {
        return gain(shape, count);
    }
    if shape + count < 2.0 * LARGE {
        let (mut sum, mut at) = (0.0, 0.0);
        while at < count {
            sum += 1.0 / (shape + at);
            at += 1.0;
        }
        return sum - (count / shape).ln_1p();
    }
    let (mut sum, mut up) = (0.0, shape);
    while up < LARGE {
        sum += 1.0 / up;
        up += 1.0;
    }
    sum - (up / shape).ln() + gain(up, shape + count - up)
}

fn gain(shape: f64, count: f64) -> f64 {
    let (low, high) = (1.0 / (shape + count), 1.0 / shape);
    let apart = count * low * high;
    let rest = |z: f64| SERIES.iter().rev().fold(0.0, |sum, term| (sum + term) * (z * z));
    apart * (0.5 + (low + high) / 12.0) + (rest(high) * (high * high) - rest(low) * (low * low))
}

/// `ln Gamma(z) - (z - 1/2) ln z + z - ln(2 pi) / 2` for `z` above 0.
pub(crate) fn stirling_rest(z: f64) -> f64 {
    let (mut sum, mut at) = (0.0, z);
    while at < LARGE {
        sum += (at + 0.5) * (1.0 / at).ln_1p() - 1.0;
        at += 1.0;
    }
    sum + stirling(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    #[test]
    fn gains_meet_the_reference() {
        let mut worst = Worst::new(1e-13);
        for row in rows(include_str!("reference/digamma.csv")) {
            worst.see(digamma_gain(row.number("shape"), row.number("count")), row.number("gain"), &row.text);
        }
        worst.hold();
        assert_eq!([0.3, 12.0, 1e30].map(|shape| digamma_gain(shape, 0.0)), [0.0; 3]);
    }

    #[test]
    fn what_stirling_leaves_meets_the_reference() {
        let mut worst = Worst::new(1e-13);
        for row in rows(include_str!("reference/digamma.csv")) {
            worst.see(stirling_rest(row.number("shape")), row.number("rest"), &row.text);
        }
        worst.hold();
    }
}
