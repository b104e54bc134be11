//! The Shapiro-Wilk test of normality after Royston (1995), algorithm AS R94, Appl. Statist. 44:547.
//!
//! Normal scores are those of AS 111, as AS R94 has them. Exact ones are at hand, but would move p by up to 1e-6 at 5,000
//! values, away from what other programs print.

use super::normal::{polynomial, upper_tail};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Corrections of the two outermost weights, in powers of `1 / sqrt(n)`.
const OUTER: [[f64; 6]; 2] = [
    [0.0, 0.221_157, -0.147_981, -2.071_19, 4.434_685, -2.706_056],
    [0.0, 0.042_981, -0.293_762, -1.752_461, 5.682_633, -3.582_633],
];
/// To 11 values, mean and logarithm of the standard deviation of `-ln(gamma - ln(1 - W))`, and gamma, in powers of n.
const SMALL_MEAN: [f64; 4] = [0.5440, -0.399_78, 0.025_054, -0.000_671_4];
const SMALL_LN_SD: [f64; 4] = [1.3822, -0.778_57, 0.062_767, -0.002_032_2];
const GAMMA: [f64; 2] = [-2.273, 0.459];
/// From 12 values, mean and logarithm of the standard deviation of `ln(1 - W)`, in powers of `ln n`.
const LARGE_MEAN: [f64; 4] = [-1.5861, -0.310_82, -0.083_751, 0.003_891_5];
const LARGE_LN_SD: [f64; 3] = [-0.4803, -0.082_676, 0.003_030_2];

/// The normal quantile of AS 111 (Beasley and Springer 1977, Appl. Statist. 26:118) for tails from 0.08 to 0.5, over the
/// square of the distance from 0.5.
const CENTRE: [f64; 4] = [2.506_628_238_84, -18.615_000_625_29, 41.391_197_735_34, -25.441_060_496_37];
const CENTRE_UNDER: [f64; 5] = [1.0, -8.473_510_930_90, 23.083_367_437_43, -21.062_241_018_26, 3.130_829_098_33];
/// And for smaller tails, over `sqrt(-ln tail)`.
const TAIL: [f64; 4] = [-2.787_189_311_38, -2.297_964_791_34, 4.850_141_271_35, 2.321_212_768_58];
const TAIL_UNDER: [f64; 3] = [1.0, 3.543_889_247_62, 1.637_067_818_97];

/// `W` and its p-value for 3 to 5,000 values in ascending order that are not all equal, and whose range is finite.
///
/// The normal scores are those of AS 111, as in the published routine. Exact ones would move W by up to 1e-9, and with it p
/// by up to 1e-6 at 5,000 values.
pub(crate) fn shapiro_wilk(sorted: &[f64]) -> (f64, f64) {
    let n = sorted.len();
    let half = weights(n);
    let below = half.iter().map(|weight| -weight);
    let weights: Vec<f64> = below.chain((n % 2 == 1).then_some(0.0)).chain(half.iter().rev().copied()).collect();
    let (first, last) = (sorted.first().copied().unwrap_or(0.0), sorted.last().copied().unwrap_or(0.0));
    let values: Vec<f64> = sorted.iter().map(|value| (value - first) / (last - first)).collect();
    let mean = values.iter().sum::<f64>() / n as f64;
    let size = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>().sqrt();
    let length = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
    // 1 - W = 1 - r^2 from 1 - r, half the squared distance of the unit vectors: nothing cancels where W is near 1.
    let apart = values.iter().zip(&weights).map(|(value, weight)| (value - mean) / size - weight / length);
    let gap = apart.map(|apart| apart * apart).sum::<f64>() / 2.0;
    let rest = (gap * (2.0 - gap)).clamp(0.0, 1.0);
    (1.0 - rest, p_value(n, rest))
}

/// The weights of the upper half, the outermost first.
fn weights(n: usize) -> Vec<f64> {
    if n == 3 {
        return vec![FRAC_1_SQRT_2];
    }
    let score = |place: usize| normal_score((place as f64 - 0.375) / (n as f64 + 0.25));
    let scores: Vec<f64> = (1..=n / 2).map(score).collect();
    let squares = |values: &[f64]| 2.0 * values.iter().map(|value| value * value).sum::<f64>();
    let (all, step) = (squares(&scores), 1.0 / (n as f64).sqrt());
    let (outer, inner) = scores.split_at(if n > 5 { 2 } else { 1 });
    let corrected = |(score, c): (&f64, &[f64; 6])| polynomial(c, step) + score / all.sqrt();
    let mut weights: Vec<f64> = outer.iter().zip(&OUTER).map(corrected).collect();
    let scale = ((all - squares(outer)) / (1.0 - squares(&weights))).sqrt();
    weights.extend(inner.iter().map(|score| score / scale));
    weights
}

/// `z` with `P(Z > z) = tail`, for tails up to 0.5.
fn normal_score(tail: f64) -> f64 {
    let centre = 0.5 - tail;
    if centre <= 0.42 {
        let square = centre * centre;
        return centre * polynomial(&CENTRE, square) / polynomial(&CENTRE_UNDER, square);
    }
    let far = (-tail.ln()).sqrt();
    polynomial(&TAIL, far) / polynomial(&TAIL_UNDER, far)
}

/// The probability of a smaller W from normal values, where `rest` is 1 - W.
fn p_value(n: usize, rest: f64) -> f64 {
    let size = n as f64;
    let (value, mean, ln_sd) = match n {
        // Exact: W of three values is the squared cosine of an angle that is uniform from 0 to pi / 6.
        3 => return (1.0 - 6.0 / PI * rest.sqrt().asin()).max(0.0),
        4..=11 => {
            let gap = (polynomial(&GAMMA, size) - rest.ln()).max(0.0);
            (-gap.ln(), polynomial(&SMALL_MEAN, size), polynomial(&SMALL_LN_SD, size))
        }
        _ => (rest.ln(), polynomial(&LARGE_MEAN, size.ln()), polynomial(&LARGE_LN_SD, size.ln())),
    };
    upper_tail((value - mean) / ln_sd.exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal::upper_quantile;

    #[test]
    fn normal_scores_are_near_the_exact_ones() {
        for n in [4, 11, 50, 5_000] {
            for place in 1..=n / 2 {
                let tail = (f64::from(place) - 0.375) / (f64::from(n) + 0.25);
                assert!((normal_score(tail) - upper_quantile(tail)).abs() < 1e-6, "{place} of {n}");
            }
        }
    }

    #[test]
    fn weights_are_of_unit_length_and_near_those_of_shapiro_and_wilk() {
        for n in 3..=5_000 {
            let length = 2.0 * weights(n).iter().map(|weight| weight * weight).sum::<f64>();
            assert!((length - 1.0).abs() < 1e-12, "{n}: {length}");
        }
        // Shapiro and Wilk (1965), table 5, n = 10.
        for (weight, printed) in weights(10).iter().zip([0.5739, 0.3291, 0.2141, 0.1224, 0.0399]) {
            assert!((weight - printed).abs() < 0.001, "{weight}");
        }
    }

    #[test]
    fn three_values_have_a_closed_form() {
        let (w, p) = shapiro_wilk(&[0.0, 1.0, 2.0]);
        assert!((w - 1.0).abs() < 1e-15 && (p - 1.0).abs() < 1e-15, "{w} {p}");
        let (w, p) = shapiro_wilk(&[0.0, 0.0, 1.0]);
        assert!((w - 0.75).abs() < 1e-15 && p < 1e-15, "{w} {p}");
    }
}
