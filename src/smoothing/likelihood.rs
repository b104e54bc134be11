//! The gamma-Poisson model by maximum likelihood: counts are negative binomial with means mu n and variances
//! mu n + f (mu n)^2, f being the squared coefficient of variation of the true rates.
//!
//! The profile's slope is followed over all dispersions, a decade at a time, and every change from rising to falling is closed in
//! on by guarded secants: no start that must be good, no step that can leave the range, and a second maximum, which nothing rules
//! out, is not missed if it is a decade away. Slope and likelihood are sums of deviances and of what Stirling's formula
//! leaves, not of log-gamma functions.

use crate::special::{deviance_apart, digamma_gain, stirling_rest};

/// The dispersions that are looked at lie so far apart at first.
const STEP: f64 = 10.0;
/// No dispersion is above this, even where one area of a million has all the offences.
const MOST: f64 = 1e12;
/// Least dispersion looked at, times the largest expected count: what is less has no weight.
const LEAST: f64 = 1e-12;

/// Mean and dispersion f at the maximum; the pooled rate and 0 where no dispersion is more likely.
///
/// The derivative of the profile likelihood by ln f is followed over all dispersions that could matter, so that a second
/// maximum (nothing rules one out where populations differ) is not missed, and each change from rising to falling is closed in on.
pub(super) fn maximum(counts: &[f64], people: &[f64], pooled: f64) -> (f64, f64) {
    let areas = Areas { counts, people, pooled };
    let largest = people.iter().fold(0.0, |most: f64, n| most.max(pooled * n));
    if counts.len() < 2 || largest == 0.0 {
        return (pooled, 0.0);
    }
    let mut best = (0.0, pooled, 0.0);
    let mut low = areas.profile(LEAST / largest, pooled);
    while low.dispersion < MOST {
        let high = areas.profile(low.dispersion * STEP, low.mean);
        if low.slope > 0.0 && high.slope <= 0.0 {
            let found = areas.close_in(low, high);
            let gain = areas.gain(found);
            if gain > best.0 {
                best = (gain, found.mean, found.dispersion);
            }
        }
        low = high;
    }
    (best.1, best.2)
}

#[derive(Clone, Copy)]
struct Areas<'a> {
    counts: &'a [f64],
    people: &'a [f64],
    pooled: f64,
}

/// A dispersion with the mean that suits it best.
#[derive(Clone, Copy)]
struct Step {
    dispersion: f64,
    mean: f64,
    /// The derivative of the likelihood by ln f.
    slope: f64,
}

impl Areas<'_> {
    fn each(&self) -> impl Iterator<Item = (f64, f64)> {
        self.counts.iter().copied().zip(self.people.iter().copied())
    }

    fn profile(&self, dispersion: f64, start: f64) -> Step {
        let shape = 1.0 / dispersion;
        let mean = self.mean(shape, start);
        // shape * [t - ln(1 + t) - (what the digamma functions gain)], with 1 + t = (x + shape) / (m + shape)
        let slope = self.each().fold(0.0, |sum, (count, people)| {
            let (expected, both) = (mean * people, mean * people + shape);
            let apart = deviance_apart(both, count + shape, expected - count) / both;
            sum + (apart - digamma_gain(shape, count)) * shape
        });
        Step { dispersion, mean, slope }
    }

    /// The root of sum (x + shape) / (mu n + shape) = I, which falls and is convex in mu: from the left Newton's steps
    /// never pass it.
    fn mean(&self, shape: f64, start: f64) -> f64 {
        let mut mean = start;
        for _ in 0..200 {
            let (value, slope) = self.each().fold((0.0, 0.0), |(value, slope), (count, people)| {
                let both = mean * people + shape;
                let over = (count - mean * people) / both;
                (value + over, slope + (1.0 + over) * (people / both))
            });
            let next = (mean + value / slope).max(mean / STEP);
            // The next step would be the square of this one.
            let close = (next - mean).abs() <= 1e-9 * mean;
            mean = next;
            if close {
                break;
            }
        }
        mean
    }

    /// Between a rise and a fall: secants of ln f, with the weight of an end that stays halved, and bisection where they
    /// are slow.
    fn close_in(&self, mut low: Step, mut high: Step) -> Step {
        let (mut rise, mut fall) = (low.slope, high.slope);
        let mut last = 0;
        for step in 0..200 {
            let width = (high.dispersion / low.dispersion).ln();
            if width <= 4.0 * f64::EPSILON || fall == 0.0 {
                break;
            }
            let share = if step % 4 == 3 { 0.5 } else { rise / (rise - fall) };
            let dispersion = low.dispersion * (share * width).exp();
            if dispersion <= low.dispersion || dispersion >= high.dispersion {
                break;
            }
            let here = self.profile(dispersion, low.mean);
            if here.slope > 0.0 {
                (low, rise) = (here, here.slope);
                fall = if last == 1 { fall / 2.0 } else { high.slope };
                last = 1;
            } else {
                (high, fall) = (here, here.slope);
                rise = if last == -1 { rise / 2.0 } else { low.slope };
                last = -1;
            }
        }
        if low.slope < -high.slope { low } else { high }
    }

    /// The logarithm of the likelihood less that of no dispersion, in parts that do not cancel.
    fn gain(&self, Step { dispersion, mean, .. }: Step) -> f64 {
        let (shape, pooled) = (1.0 / dispersion, self.pooled);
        let mut all = 0.0;
        let spread = self.each().fold(0.0, |sum, (count, people)| {
            let (expected, total) = (mean * people, count + shape);
            all += count;
            sum + deviance_apart(total, expected + shape, count - expected) - 0.5 * (count / shape).ln_1p()
                + (stirling_rest(total) - stirling_rest(shape))
        });
        let moved = (mean - pooled) / pooled;
        spread - all * (moved - moved.ln_1p())
    }
}
