//! The log-linear Poisson fit of a trend.
//!
//! Of two parameters the level is what makes the expected counts add up to those counted, so that one equation in the slope is left: the mean of the
//! times, weighted by what is expected, is their mean weighted by what was counted. It rises with the slope and has one root.

/// A point: its time, its count, and the exposure.
pub(super) type Fitted = (f64, f64, f64);

/// What was fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    pub(super) slope: f64,
    /// The log of the rate at time 0.
    pub(super) intercept: f64,
    pub(super) error: f64,
    /// Pearson's chi-square over the degrees of freedom.
    pub(super) phi: f64,
}

/// The fit of at least three points whose counts are neither all zero nor all in the first or all in the last; `None` otherwise.
pub(super) fn fit(points: &[Fitted]) -> Option<Fit> {
    let all: f64 = points.iter().map(|(_, x, _)| x).sum();
    let degrees = points.len().checked_sub(2).filter(|left| *left > 0)?;
    let centre = points.iter().map(|(t, x, _)| t * x).sum::<f64>() / all;
    let [least, most] = [f64::min, f64::max]
        .map(|which: fn(f64, f64) -> f64| points.iter().map(|(t, ..)| t - centre).reduce(which).unwrap_or(0.0));
    let within = all > 0.0 && least < 0.0 && most > 0.0;
    within.then_some(())?;
    let moments = |slope: f64| {
        // The largest weight is 1, whatever the slope.
        let ln = |(t, _, n): &Fitted| slope * (t - centre) + n.ln();
        let top = points.iter().map(ln).fold(f64::NEG_INFINITY, f64::max);
        let weights = || points.iter().map(|point| ((ln(point) - top).exp(), point.0 - centre));
        let sum: f64 = weights().map(|(w, _)| w).sum();
        let mean = weights().map(|(w, d)| w * d).sum::<f64>() / sum;
        let variance = weights().map(|(w, d)| w * (d - mean) * (d - mean)).sum::<f64>() / sum;
        (mean, variance, all / sum, top)
    };
    let (mut slope, mut low, mut high) = (0.0_f64, f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..200 {
        let (mean, variance, ..) = moments(slope);
        if mean == 0.0 {
            break;
        }
        if mean > 0.0 {
            high = slope;
        } else {
            low = slope;
        }
        // No step is longer than what moves the weights by a factor of e^4.
        let longest = 4.0 / (most - least);
        let newton = slope - (mean / variance).clamp(-longest, longest);
        let inside = newton > low && newton < high;
        let next = if inside || !(low.is_finite() && high.is_finite()) { newton } else { low / 2.0 + high / 2.0 };
        let settled = (next - slope).abs() <= f64::EPSILON * slope.abs() * 0.5 || next == slope;
        slope = next;
        if settled {
            break;
        }
    }
    let (_, variance, scale, top) = moments(slope);
    let apart = |(t, x, n): &Fitted| {
        let expected = scale * (slope * (t - centre) + n.ln() - top).exp();
        (x - expected) * (x - expected) / expected
    };
    let phi = points.iter().map(apart).sum::<f64>() / degrees as f64;
    let intercept = scale.ln() - top - slope * centre;
    let fit = Fit { slope, intercept, error: 1.0 / (all * variance).sqrt(), phi };
    [fit.slope, fit.intercept, fit.error, fit.phi].iter().all(|figure| figure.is_finite()).then_some(fit)
}
