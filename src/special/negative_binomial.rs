//! The negative binomial distribution: a Poisson count whose mean is gamma distributed about `mean`, so that its variance is
//! `mean + variance mean^2`; its size is `1 / variance`.

use super::{
    discrete::{self, CONTINUOUS, Discrete},
    legendre::{self, E_FOLDS, NODES_REACH},
    normal::upper_quantile,
    point::deviance_apart,
    quantile::{Quantile, Tail},
    saddle::Saddle,
    tails::Tails,
};

/// Below this variance the count is Poisson to the last bit.
pub(super) const LEAST: f64 = 1e-250;

/// Up to this count the terms below it are added one by one.
const FEW: f64 = 40.0;
/// Below this size a power series gives the lower tail, and the upper one never comes from it.
const SMALL: f64 = 20.0;

/// The negative binomial probabilities on both sides of a whole count.
///
/// Relative error below 1e-12 down to 1e-300 for means from 1e-3 to 10^15 and variances (of the true ratio) from 0 to 10^4.
/// A variance below 1e-250, and none, gives the bits of [`discrete::poisson_tails`]; small ones pass over to them without a
/// difference that cancels.
pub(crate) fn tails(count: f64, mean: f64, variance: f64) -> Tails {
    if variance >= LEAST { Law::new(mean, variance).tails(count) } else { discrete::poisson_tails(count, mean) }
}

/// The quantile of a negative binomial count, as [`discrete::poisson`]; its bits where there is no variance.
///
/// For means from 1e-3 to 10^15 and tails from 1e-12 to 0.25 the count is right and its share has an absolute error below
/// 1e-10, or below that of a relative error of 1e-12 of the tail; from a quantile of 2^50 on it is that of the gamma
/// distribution with the same moments, which differs by some counts only.
pub(crate) fn quantile(mean: f64, variance: f64, tail: Tail) -> Discrete {
    if variance < LEAST || variance.is_nan() {
        return discrete::poisson(mean, tail);
    }
    let law = Law::new(mean, variance);
    let (scale, Tail::Lower(p) | Tail::Upper(p)) = (1.0 + law.ratio, tail);
    // The gamma distribution with these moments has a third cumulant that is larger by the variance of the count.
    let z = upper_quantile(p.max(f64::MIN_POSITIVE));
    let start = scale * Quantile::gamma(tail).at(mean / scale) - (z * z - 1.0) / 6.0 - 0.5;
    if start >= CONTINUOUS {
        return Discrete { count: start, share: 0.0 };
    }
    // Beyond what is continuous there are no whole steps left.
    discrete::search(tail, start, 4.0 * CONTINUOUS, |count| law.tails(count))
}

/// `variance`, `size = 1 / variance` and the odds `ratio = variance mean` of one more event against one of the size.
#[derive(Clone, Copy, Debug)]
struct Law {
    mean: f64,
    variance: f64,
    size: f64,
    ratio: f64,
}

impl Law {
    fn new(mean: f64, variance: f64) -> Self {
        // Beyond these nothing that is counted lies, and products would leave the doubles.
        let (mean, variance) = (mean.min(1e250), variance.min(1e40));
        Self { mean, variance, size: 1.0 / variance, ratio: variance * mean }
    }

    fn tails(self, count: f64) -> Tails {
        if count <= 0.0 {
            let exponent = -self.size * self.ratio.ln_1p();
            return Tails { below: 0.0, point: exponent.exp(), above: -exponent.exp_m1() };
        }
        let point = Saddle::new(count, self.size, self.mean, self.ratio, count - self.mean).probability();
        if count + 1.0 >= self.mean {
            let above = (point * self.above(count)).min(1.0);
            return Tails { below: (1.0 - above - point).max(0.0), point, above };
        }
        let below = (point * self.below(count)).min(1.0);
        // Where the size is small most counts are far below the mean.
        let above = if self.size <= 1.0 && point > 0.0 { point * self.above(count) } else { 1.0 - below - point };
        Tails { below, point, above: above.clamp(0.0, 1.0) }
    }

    /// P(X > x) / P(X = x): the integral of the beta density over `t` from 0 to `p = ratio / (1 + ratio)`, by
    /// `t = p (1 - g)`, `1 - t = (1 - p)(1 + ratio g)`. The exponent is a sum of three terms that are not positive where `x`
    /// is not below the mean; in `ln(1 + ratio g) / ratio` it is concave, and entire for whole `x`. Without variance it is
    /// the integral of the gamma density.
    fn above(self, x: f64) -> f64 {
        let Self { mean, size, ratio, .. } = self;
        let gap = x - mean;
        let grown = |t: f64| if ratio < 1e-20 { t } else { (ratio * t).exp_m1() / ratio };
        let shrunk = |g: f64| if ratio < 1e-20 { g } else { (ratio * g).ln_1p() / ratio };
        let exponent = |t: f64| {
            let g = grown(t).min(1.0);
            if ratio * g < 0.5 {
                let more = mean * g;
                -gap * g - deviance_apart(x, x * (1.0 - g), x * g) - deviance_apart(size, size + more, -more)
            } else {
                mean * t + x * (-g).ln_1p()
            }
        };
        // Two places beyond which nothing counts: all even derivatives are negative, and the first factor has a maximum.
        let root = (gap * gap + 2.0 * E_FOLDS * x * (1.0 + ratio)).sqrt();
        let near = if gap > 0.0 { 2.0 * E_FOLDS / (gap + root) } else { (root - gap) / (x * (1.0 + ratio)) };
        let far = shrunk(-(-(E_FOLDS + size * ratio.ln_1p()) / x).exp_m1());
        let slope = |t: f64| {
            let g = grown(t);
            mean - x * (1.0 + ratio * g) / (1.0 - g)
        };
        let end = legendre::end(near.min(far), exponent, slope);
        let panels = (ratio * end / NODES_REACH).ceil().max(1.0);
        mean * (1.0 + self.variance * x) * legendre::integral(end, panels, |t| exponent(t).exp())
    }

    /// P(X < x) / P(X = x) for `x` above 0 and below the mean: term by term, by the power series of the incomplete beta
    /// function in `1 - p`, or by its integral as in [`Law::above`], with `t = p (1 + h)`.
    fn below(self, x: f64) -> f64 {
        let Self { mean, variance, size, ratio } = self;
        if x <= FEW {
            let (mut term, mut sum, mut k) = (1.0, 0.0, x);
            while k >= 1.0 {
                term *= k * (1.0 + ratio) / (mean * (1.0 + variance * (k - 1.0)));
                sum += term;
                k -= 1.0;
            }
            return sum;
        }
        if size < SMALL {
            let (mut term, mut sum, mut k, q) = (1.0, 1.0, 0.0, 1.0 / (1.0 + ratio));
            while term > 1e-17 * sum {
                term *= (size + x + k) / (size + 1.0 + k) * q;
                sum += term;
                k += 1.0;
            }
            return x * variance * sum;
        }
        let gap = mean - x;
        let exponent = |h: f64| {
            let less = mean * h;
            -gap * h - deviance_apart(x, x * (1.0 + h), -x * h) - deviance_apart(size, size - less, less)
        };
        let share = E_FOLDS / size;
        let most = (2.0 * share).sqrt().min(-(-1.0 - share).exp_m1()) / ratio;
        let half = E_FOLDS / x;
        let near = most.min(half + (half * (half + 2.0)).sqrt());
        let slope = |h: f64| -gap - x * h / (1.0 + h) - mean * ratio * h / (1.0 - ratio * h);
        let end = legendre::end(near, exponent, slope).ln_1p();
        let integral = legendre::integral(end, 1.0, |t| {
            let h = t.exp_m1();
            exponent(h).exp() / (1.0 - ratio * h)
        });
        x * (1.0 + ratio) * integral
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    #[test]
    fn tails_meet_the_reference() {
        let mut worst = Worst::new(1e-12);
        for row in rows(include_str!("reference/negative_binomial_tails.csv")) {
            let found = tails(row.number("x"), row.number("mean"), row.number("v"));
            for (found, name) in [(found.below, "below"), (found.point, "point"), (found.above, "above")] {
                if row.number(name) > 1e-300 {
                    worst.see(found, row.number(name), &format!("{name} {}", row.text));
                }
            }
        }
        worst.hold();
    }

    #[test]
    fn counts_meet_the_reference() {
        let mut worst = Worst::new(1e-12);
        for row in rows(include_str!("reference/negative_binomial_counts.csv")) {
            let Tails { below, point, above } = tails(row.number("x"), row.number("mean"), row.number("v"));
            worst.see(below + point, row.number("at_most"), &row.text);
            worst.see(above + point, row.number("at_least"), &row.text);
            worst.see(below + point / 2.0, row.number("mid_p"), &row.text);
        }
        worst.hold();
    }

    fn tail(row: &crate::special::reference::Line) -> Tail {
        let (tail, side) = (row.number("tail"), row.text("side"));
        if side == "lower" { Tail::Lower(tail) } else { Tail::Upper(tail) }
    }

    #[test]
    fn limits_meet_the_reference() {
        let mut worst = Worst::new(1e-12);
        for row in rows(include_str!("reference/negative_binomial_limits.csv")) {
            let found = quantile(row.number("mean"), row.number("v"), tail(&row));
            assert_eq!(found.count, row.number("count"), "{}", row.text);
            assert!((found.share - row.number("share")).abs() < 1e-11, "{} {found:?}", row.text);
            worst.see(found.interpolated() / row.number("mean"), row.number("limit_ratio"), &row.text);
        }
        worst.hold();
    }

    #[test]
    fn quantiles_meet_the_reference() {
        let mut worst = Worst::new(1e-10);
        for row in rows(include_str!("reference/overdispersed.csv")) {
            if row.text("law") == "negative_binomial" {
                let found = quantile(row.number("mean"), row.number("spread"), tail(&row));
                let (quantile, expected) = (found.interpolated(), row.number("quantile"));
                if expected < 1e9 {
                    assert_eq!(found.count, row.number("count"), "{}", row.text);
                }
                if (quantile - expected).abs() > 1e-10 {
                    worst.see(quantile, expected, &row.text);
                } else {
                    worst.see(expected, expected, &row.text);
                }
            }
        }
        worst.hold();
    }

    #[test]
    fn without_variance_the_bits_are_poisson() {
        for mean in [1e-3, 0.7, 30.0, 1e4, 1e15] {
            for p in [0.4, 0.025, 0.001, 1e-12] {
                for tail in [Tail::Lower(p), Tail::Upper(p)] {
                    for none in [0.0, -0.0, 1e-300] {
                        assert_eq!(quantile(mean, none, tail), discrete::poisson(mean, tail));
                    }
                    let (near, none) = (quantile(mean, 1e-245, tail), discrete::poisson(mean, tail));
                    let off = near.interpolated() - none.interpolated();
                    assert!(off.abs() <= 1e-10 + 1e-14 * mean, "{mean} {tail:?} {off}");
                }
            }
            let mut worst = Worst::new(1e-12);
            for z in [-30.0, -6.0, -1.0, 0.0, 2.0, 8.0, 36.0] {
                let count = (mean + z * f64::sqrt(mean)).max(0.0).round();
                let none = discrete::poisson_tails(count, mean);
                assert_eq!(tails(count, mean, 0.0), none);
                // What such a variance changes in truth is below the error that is allowed.
                for v in [1e-249, 1e-100, 1e-34] {
                    let near = tails(count, mean, v);
                    for (found, expected) in
                        [(near.below, none.below), (near.point, none.point), (near.above, none.above)]
                    {
                        if expected > 1e-300 {
                            worst.see(found, expected, &format!("{count} {mean} {v:e}"));
                        }
                    }
                }
            }
            worst.hold();
        }
    }

    #[test]
    fn tails_rise_and_make_one() {
        for mean in [1e-3, 0.8, 5.0, 41.5, 900.0, 1e8] {
            for v in [1e-20, 1e-9, 1e-3, 0.05, 0.4, 1.0, 1.1, 7.0, 1e4] {
                let sd = f64::sqrt(mean + v * mean * mean);
                let mut last = (0.0, 1.0);
                for step in 0..240 {
                    let count =
                        if mean > 1e6 { (mean + sd * (f64::from(step) / 20.0 - 6.0)).round() } else { f64::from(step) };
                    if count < 0.0 {
                        continue;
                    }
                    let Tails { below, point, above } = tails(count, mean, v);
                    assert!((below + point + above - 1.0).abs() < 1e-12, "{count} {mean} {v}");
                    assert!(below >= last.0 * (1.0 - 1e-12) && above <= last.1 * (1.0 + 1e-12), "{count} {mean} {v}");
                    last = (below, above);
                    let next = tails(count + 1.0, mean, v);
                    assert!((next.above + next.point - above).abs() <= 1e-12 * above.max(1e-290), "{count} {mean} {v}");
                    assert!((below + point - next.below).abs() <= 1e-12 * next.below.max(1e-290), "{count} {mean} {v}");
                }
            }
        }
    }

    #[test]
    fn strange_arguments_have_answers() {
        for mean in [5e-324, 1e-300, 1e-9, 0.5, 700.0, 1e18, 1e250, f64::MAX] {
            for v in [1e-250, 1e-100, 1.0, 1e4, 1e40, f64::MAX] {
                for tail in [Tail::Lower(1e-300), Tail::Upper(1e-300), Tail::Lower(0.5), Tail::Upper(0.5)] {
                    let Discrete { count, share } = quantile(mean, v, tail);
                    assert!(count >= 0.0 && (0.0..=1.0).contains(&share), "{mean} {v} {tail:?}: {count} {share}");
                }
                for count in [0.0, 1.0, 40.0, 41.0, 1e9, 1.8e19] {
                    let Tails { below, point, above } = tails(count, mean, v);
                    let all = [below, point, above].iter().all(|p| (0.0..=1.0).contains(p));
                    assert!(all, "{count} {mean} {v}: {below} {point} {above}");
                }
            }
        }
    }
}
