//! What signals are to be expected where centre and width are estimated from a base, and other points are held against them.
//!
//! For normal figures the mean of `ranges + 1` points is normal and independent of their moving ranges. The mean of these has a known mean and variance
//! (that of one range is 2 - 4 / pi, and of two that follow each other the covariance is 4 / pi (sqrt(3) / 2 + pi / 12 - 1)), and a density that near 0 goes as
//! its power of `ranges - 1`; it is taken for the generalised gamma with these three, which is exact for one range (Stacy 1962). A signal's probability is
//! its mean over both, by the trapezoidal rule.

use super::rules::RUN;
use crate::special::normal;
use statrs::function::gamma::ln_gamma;
use std::f64::consts::PI;

/// The probabilities of signals of a point that is not in the base, where nothing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct AfterBase {
    pub(super) beyond: f64,
    /// Of a point that ends eight.
    pub(super) eight: f64,
    /// Of two among three, with one point before it and with two.
    pub(super) pair: [f64; 2],
}

impl AfterBase {
    /// After this number of moving ranges, their mean being divided by this number.
    pub(super) fn of(ranges: usize, divisor: f64) -> Self {
        const STEP: f64 = 0.75;
        let points = (ranges as f64 + 1.0).sqrt();
        let (mut sum, mut all) = (Self::default(), 0.0);
        for (width, weight) in widths(ranges as f64, divisor) {
            for at in -8_i32..=8 {
                let off = STEP * f64::from(at);
                let weight = weight * (-off * off / 2.0).exp();
                sum.add(weight, off / points, width);
                all += weight;
            }
        }
        let Self { beyond, eight, pair } = sum;
        Self { beyond: beyond / all, eight: eight / all, pair: pair.map(|pair| pair / all) }
    }

    /// Adds what a centre that is so far off, and limits of such a width, make.
    fn add(&mut self, weight: f64, off: f64, width: f64) {
        let beyond = |times: f64| [off, -off].map(|off| normal::upper_tail(off + times * width));
        let both = |each: [f64; 2]| weight * (each[0] + each[1]);
        self.beyond += both(beyond(3.0));
        self.eight += both(beyond(0.0).map(|side| side.powi(RUN as i32)));
        for (sum, before) in self.pair.iter_mut().zip([1, 2]) {
            *sum += both(beyond(2.0).map(|side| side * (1.0 - (1.0 - side).powi(before))));
        }
    }
}

/// Widths of limits over the true one, each with its weight.
fn widths(ranges: f64, divisor: f64) -> impl Iterator<Item = (f64, f64)> {
    let mean = 2.0 / PI.sqrt();
    let (one, next) = (2.0 - 4.0 / PI, 4.0 / PI * (3.0_f64.sqrt() / 2.0 + PI / 12.0 - 1.0));
    let variance = (ranges * one + 2.0 * (ranges - 1.0) * next) / (ranges * ranges);
    let log = |more: f64, power: f64| ln_gamma((ranges + more) / power);
    let relative = |power: f64| (log(2.0, power) + log(0.0, power) - 2.0 * log(1.0, power)).exp_m1();
    let (mut low, mut high) = (1.0, 3.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if relative(middle) > variance / (mean * mean) { low = middle } else { high = middle }
    }
    let power = (low + high) / 2.0;
    let unit = mean / divisor * (log(0.0, power) - log(1.0, power)).exp();
    // In logs the density has one top, and a tail to the left that ends where it is 1e-7 of it.
    let (top, spread) = ((ranges / power).ln() / power, 1.0 / (ranges * power).sqrt());
    let (from, to) = (-16.0 / ranges - 8.0 * spread, 8.0 * spread);
    let steps = ((to - from) / (0.4 * spread)).ceil() as u32;
    (0..=steps).map(move |at| {
        let log = top + from + (to - from) * f64::from(at) / f64::from(steps);
        let weight = ranges * (log - top) - (power * log).exp() + ranges / power;
        (unit * log.exp(), weight.exp())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points beyond a limit after bases of this number of periods, by simulation of 400,000 bases of normal figures with 20 points after each.
    const SIMULATED: [(usize, f64); 5] = [(3, 0.1122), (6, 0.044_69), (12, 0.018_92), (24, 0.009_09), (60, 0.004_83)];

    /// Of one range in closed form, by the integral of Cauchy's density.
    #[test]
    fn probabilities_after_a_base_are_those_of_simulations() {
        let beyond = |points: usize| AfterBase::of(points - 1, 1.128).beyond;
        let cauchy = |limit: f64| 1.0 - 2.0 / PI * limit.atan();
        // Of a base of two, (new - mean) / |difference| has Cauchy's distribution on the scale sqrt(3) / 2.
        assert!((beyond(2) - cauchy(3.0 / 1.128 / (3.0_f64.sqrt() / 2.0))).abs() < 1e-6, "{}", beyond(2));
        for (points, simulated) in SIMULATED {
            assert!((beyond(points) / simulated - 1.0).abs() < 0.04, "{points}: {}", beyond(points));
        }
        // Estimates of a base of m points add some 0.11 / m to what limits of known ones leave.
        let many = AfterBase::of(1_000_000, 2.0 / PI.sqrt());
        assert!((many.beyond - 0.002_699_8).abs() < 1e-6 && (many.eight - 0.007_812_5).abs() < 1e-5, "{many:?}");
    }
}
