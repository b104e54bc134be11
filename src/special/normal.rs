//! The standard normal distribution.

use super::coefficients::MILLS;
use statrs::function::erf::erfc_inv;

pub(crate) const SQRT_TWO_PI: f64 = 2.506_628_274_631_000_7;

/// `P(Z > z)`, with a relative error below 1e-14 down to 1e-300.
pub(crate) fn upper_tail(z: f64) -> f64 {
    if z < 0.0 { 1.0 - upper_tail(-z) } else { density(z) * mills(z) }
}

/// The density at `z`; the square is split so that its rounding does not grow with `z` (Cody 1969).
pub(super) fn density(z: f64) -> f64 {
    let size = z.abs();
    if size > 40.0 {
        return 0.0;
    }
    let coarse = (size * 16.0).trunc() / 16.0;
    let rest = (size - coarse) * (size + coarse);
    (-0.5 * coarse * coarse).exp() * (-0.5 * rest).exp() / SQRT_TWO_PI
}

/// Mills' ratio `P(Z > z) / phi(z)` for `z >= 0`, to 1e-15: a Chebyshev series of `(1 + z)` times the ratio, in the
/// manner of Shepherd & Laframboise (1981), Math. Comp. 36:249.
pub(crate) fn mills(z: f64) -> f64 {
    let u = 1.0 - 8.0 / (z + 4.0);
    let (mut last, mut before) = (0.0, 0.0);
    for &c in MILLS.iter().skip(1).rev() {
        (last, before) = (c + 2.0 * u * last - before, last);
    }
    let [first, ..] = MILLS;
    (first + u * last - before) / (1.0 + z)
}

/// `z` with `P(Z > z) = tail`: infinite at 0 and 1. Relative error below 5e-16 for tails up to 0.25.
pub(crate) fn upper_quantile(tail: f64) -> f64 {
    std::f64::consts::SQRT_2 * erfc_inv(2.0 * tail)
}

/// Horner's rule, the constant term first.
pub(super) fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    const NORMAL: &str = include_str!("reference/normal.csv");

    #[test]
    fn quantile_meets_the_reference() {
        let (mut small, mut large) = (Worst::new(5e-16), Worst::new(5e-15));
        for row in rows(NORMAL) {
            let (tail, z) = (row.number("tail"), row.number("z"));
            let which = if tail <= 0.25 { &mut small } else { &mut large };
            which.see(upper_quantile(tail), z, &row.text);
        }
        small.hold();
        large.hold();
    }

    #[test]
    fn tail_inverts_the_quantile() {
        let mut worst = Worst::new(1e-12);
        for row in rows(NORMAL) {
            let (tail, z) = (row.number("tail"), row.number("z"));
            // The nearest double to z is off by up to half a unit: allow for it through the hazard.
            let off = z.abs() * f64::EPSILON * (z.abs() + 1.0);
            let value = upper_tail(z);
            if (value / tail - 1.0).abs() > off {
                worst.see(value, tail, &row.text);
            }
        }
        worst.hold();
    }

    #[test]
    fn tail_meets_closed_forms() {
        assert_eq!(upper_tail(0.0), 0.5);
        assert_eq!(upper_tail(f64::INFINITY), 0.0);
        assert_eq!(upper_tail(f64::NEG_INFINITY), 1.0);
        assert_eq!(upper_quantile(0.5), 0.0);
        assert_eq!(upper_quantile(0.0), f64::INFINITY);
        assert_eq!(upper_quantile(1.0), f64::NEG_INFINITY);
        assert!(upper_quantile(f64::NAN).is_nan());
        for z in [0.3, 1.0, 2.5, 7.0] {
            assert!((upper_tail(z) + upper_tail(-z) - 1.0).abs() < 2e-16);
        }
    }

    #[test]
    fn tail_agrees_with_statrs() {
        for step in 0..370 {
            let z = f64::from(step) / 10.0;
            let other = statrs::function::erf::erfc(z / std::f64::consts::SQRT_2) / 2.0;
            assert!((upper_tail(z) / other - 1.0).abs() < 1e-9, "{z}");
        }
    }
}
