//! Integrals of smooth functions by Gauss and Legendre's rule with 32 nodes.

use super::coefficients::LEGENDRE;

/// Beyond a factor of `e` to the minus this many nothing counts.
pub(super) const E_FOLDS: f64 = 42.0;
/// How far one panel reaches on a logarithmic scale.
pub(super) const NODES_REACH: f64 = 2.0;

/// The integral of `f` from 0 to `end` by panels of one length.
pub(super) fn integral(end: f64, panels: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut panel) = (0.0, 0.0);
    while panel < panels {
        sum += between(end * (panel / panels), end * ((panel + 1.0) / panels), &f);
        panel += 1.0;
    }
    sum
}

/// The integral of `f` over one panel.
pub(super) fn between(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    LEGENDRE.iter().map(|&[node, weight]| weight * (f(middle - half * node) + f(middle + half * node))).sum::<f64>()
        * half
}

/// Where a concave exponent is near `-E_FOLDS`, from a place beyond, by tangents: they never step over it.
pub(super) fn end(beyond: f64, exponent: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> f64 {
    let mut end = beyond;
    for _ in 0..64 {
        let excess = exponent(end) + E_FOLDS;
        let step = excess / slope(end);
        if !(excess < -0.2 * E_FOLDS && step > 0.0 && step < end) {
            break;
        }
        end -= step;
    }
    end
}
