//! Squares of the smallest of some normal values, as they are expected.

use super::normal::{density, mills, upper_quantile, upper_tail};

/// Of `n` standard normal values in order, what is expected of the `k` smallest, from 1 to n - 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Smallest {
    /// The sum of their squares.
    pub(crate) squares: f64,
    /// The square of the value that lies a share of the way from the k-th to the one after it.
    pub(crate) edge: f64,
}

/// By the trapezoidal rule about the k-th value, whose density all expectations are over: the error of the sum is below 1e-8 of it, that of the edge below 1e-6. What the
/// `k` smallest add up to is `n G` of the k-th of one less, `G(x)` the integral of `t^2 phi(t)` up to `x`. The distance to
/// the next value is conditional on the k-th, `P(gap > t) = (S(x + t) / S(x))^(n - k)`.
pub(crate) fn smallest(n: usize, k: usize, share: f64) -> Smallest {
    /// Steps to a standard deviation, and standard deviations to either side.
    const FINE: f64 = 8.0;
    const REACH: u32 = 12 * 8;
    let (n, k) = (n as f64, k as f64);
    let p = k / (n + 1.0);
    let middle = -upper_quantile(p);
    let step = (p * (1.0 - p) / (n + 2.0)).sqrt() / density(middle) / FINE;
    let after = n - k;
    let node = |place: u32| Node::at(middle + (f64::from(place) - f64::from(REACH)) * step, after);
    let scale = node(REACH).log_density(k);
    let (mut all, mut fewer, mut more) = ([0.0; 3], [0.0; 2], [0.0; 2]);
    // What lies between the k-th and the next: the mean of the distance, and half the mean of its square.
    let (mut apart, mut squared) = (0.0, 0.0);
    let mut next: Option<Node> = None;
    for place in (0..=2 * REACH).rev() {
        let here = node(place);
        if let Some(next) = next {
            let kept = (after * (next.log_above - here.log_above)).exp();
            let (falls, fallen) = (-here.rate, -next.rate * kept);
            let square = step * step;
            squared = square * (0.15 + 0.35 * kept)
                + square * step * (falls / 30.0 - fallen / 20.0)
                + kept * (squared + step * apart);
            apart = 0.5 * step * (1.0 + kept) + square / 12.0 * (falls - fallen) + kept * apart;
        }
        // Where values lie far closer than the steps the distance is exponential.
        let gap = if here.rate * step < 0.7 { squared } else { 1.0 / (here.rate * here.rate) };
        let weight = (here.log_density(k) - scale).exp();
        let square = here.x * here.x;
        add(&mut all, weight, [1.0, square, 2.0 * gap]);
        add(&mut fewer, weight / here.log_above.exp(), [1.0, here.below - here.x * density(here.x)]);
        add(&mut more, weight * (here.log_below - here.log_above).exp(), [1.0, square]);
        next = Some(here);
    }
    let mean = |[whole, sum]: [f64; 2]| sum / whole;
    let [whole, square, gap] = all;
    Smallest {
        squares: n * mean(fewer),
        edge: (1.0 - share) * square / whole + share * mean(more) - share * (1.0 - share) * gap / whole,
    }
}

fn add<const N: usize>(sums: &mut [f64; N], weight: f64, of: [f64; N]) {
    for (sum, of) in sums.iter_mut().zip(of) {
        *sum += weight * of;
    }
}

/// A place of the rule.
#[derive(Clone, Copy)]
struct Node {
    x: f64,
    after: f64,
    below: f64,
    log_below: f64,
    log_above: f64,
    /// How fast `(S(x + t) / S(x))^after` falls at first.
    rate: f64,
}

impl Node {
    fn at(x: f64, after: f64) -> Self {
        let tail = upper_tail(x.abs());
        let (small, large) = (tail.ln(), (-tail).ln_1p());
        let (below, log_below, log_above) = if x < 0.0 { (tail, small, large) } else { (1.0 - tail, large, small) };
        let hazard = if x < 0.0 { density(x) / (1.0 - tail) } else { 1.0 / mills(x) };
        Self { x, after, below, log_below, log_above, rate: after * hazard }
    }

    /// The logarithm of the density of the k-th value, but for a constant.
    fn log_density(self, k: f64) -> f64 {
        (k - 1.0) * self.log_below + self.after * self.log_above - 0.5 * self.x * self.x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// Of two values, and of three, in closed form (Jones 1948).
    #[test]
    fn few_values_meet_closed_forms() {
        let near = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-8, "{found} {expected}");
        let two = smallest(2, 1, 0.25);
        near(two.squares, 1.0);
        // Their mean and half their distance are independent, of variance 1/2 each.
        near(two.edge, 0.5 + 0.25 * 0.5);
        let three = smallest(3, 1, 0.0);
        near(three.squares, 1.0 + 3.0_f64.sqrt() / (2.0 * PI));
        near(smallest(3, 2, 0.0).squares - three.squares, 1.0 - 3.0_f64.sqrt() / PI);
    }

    /// By numpy and scipy: each order statistic's density integrated, and the edge by the joint density of two neighbours.
    #[test]
    fn many_values_meet_the_reference() {
        for (n, k, share, squares, edge) in REFERENCE {
            let found = smallest(n, k, share);
            assert!((found.squares / squares - 1.0).abs() < 1e-8, "{n} {k} {share} {found:?}");
            assert!((found.edge - edge).abs() < 1e-6, "{n} {k} {share} {found:?}");
        }
    }

    #[test]
    fn strange_numbers_have_answers() {
        for (n, k) in
            [(2, 1), (3, 1), (1_000_000, 1), (1_000_000, 499_999), (usize::MAX, 1), (usize::MAX, usize::MAX / 3)]
        {
            for share in [0.0, 0.5, 0.999] {
                let found = smallest(n, k, share);
                assert!(found.squares > 0.0 && found.edge >= 0.0, "{n} {k} {share} {found:?}");
                assert!(found.squares < n as f64 && found.edge < 100.0, "{n} {k} {share} {found:?}");
            }
        }
    }

    const REFERENCE: [(usize, usize, f64, f64, f64); 10] = [
        (5, 1, 0.4, 1.800_020_435_970_632_4, 1.121_067_203_531_56),
        (10, 2, 0.5, 3.929_343_863_617_775_8, 0.857_450_239_106_742_1),
        (20, 2, 0.9, 5.904_082_168_962_283, 1.463_046_833_247_47),
        (37, 4, 0.6, 11.886_687_285_444_491, 1.542_547_425_923_217_5),
        (43, 5, 0.2, 14.440_481_653_638_699, 1.554_651_948_608_280_8),
        (43, 11, 0.0, 19.697_525_010_399_93, 0.517_589_299_547_504_7),
        (43, 18, 0.8, 21.325_339_061_176_425, 0.070_959_158_442_543_25),
        (100, 10, 0.9, 31.846_601_933_005_775, 1.603_457_381_156_056),
        (100, 40, 0.6, 49.631_739_779_843_17, 0.078_458_059_817_441_71),
        (400, 3, 0.3, 22.323_563_908_604, 6.056_081_347_836_788),
    ];
}
