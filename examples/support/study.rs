//! Coverage and length of the interval of a Poisson mean, by adding up probabilities.

use crimerate::interval;

/// Coverage and length of one method in one range of means.
pub(crate) struct Study {
    pub(crate) least: f64,
    pub(crate) mean: f64,
    #[allow(dead_code, reason = "pictures are of coverage alone")]
    pub(crate) length: f64,
}

/// The study of one method over evenly spaced means.
pub(crate) fn over(plan: &interval::Plan, low: f64, high: f64, steps: u32) -> Study {
    let (mut least, mut coverage, mut length) = (1.0_f64, 0.0, 0.0);
    for step in 0..steps {
        let mean = low + (high - low) * (f64::from(step) + 0.5) / f64::from(steps);
        let (covered, long) = at(plan, mean);
        least = least.min(covered);
        coverage += covered;
        length += long;
    }
    let steps = f64::from(steps);
    Study { least, mean: coverage / steps, length: length / steps }
}

/// The probability that the interval holds the mean, and the expected length. What is left out of the sums has a
/// probability below 1e-12.
fn at(plan: &interval::Plan, mean: f64) -> (f64, f64) {
    let reach = 9.0 * mean.sqrt() + 30.0;
    let (first, last) = ((mean - reach).max(0.0).floor() as u64, (mean + reach).ceil() as u64);
    let ln_first: f64 = (1..=first).map(|k| (mean / k as f64).ln()).sum::<f64>() - mean;
    let (mut probability, mut covered, mut length) = (ln_first.exp(), 0.0, 0.0);
    for count in first..=last {
        let interval = plan.count(count);
        covered += if interval.contains(mean) { probability } else { 0.0 };
        length += probability * (interval.upper() - interval.lower());
        probability *= mean / (count + 1) as f64;
    }
    (covered, length)
}
