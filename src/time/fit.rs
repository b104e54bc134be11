//! The log-linear Poisson fit of a trend.
//!
//! Of a level and a slope the level is what makes the expected counts add up to those counted, so that one equation in the slope is left: the mean of the
//! times, weighted by what is expected, is their mean weighted by what was counted. It rises with the slope and has one root. Where each period of the
//! year has a level of its own the same holds within each, and the equation is the sum of theirs.

/// A point: its time, its count, the exposure, and which period of the year it is.
pub(super) type Fitted = (f64, f64, f64, usize);

/// What was fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    pub(super) slope: f64,
    /// The log of the rate at time 0, all periods of the year together.
    pub(super) intercept: f64,
    pub(super) error: f64,
    /// Pearson's chi-square over the degrees of freedom.
    pub(super) phi: f64,
    /// The points less the levels, and one for the slope.
    pub(super) degrees: usize,
}

/// The points of one period of the year in which anything was counted.
struct Level {
    points: Vec<(f64, f64, f64)>,
    all: f64,
    /// The mean time of what was counted.
    centre: f64,
}

/// The weights of points about the mean time of their level, at a slope.
struct Moments {
    mean: f64,
    variance: f64,
    /// What is expected of the largest weight, and the log of that weight.
    scale: f64,
    top: f64,
}

impl Level {
    fn new(points: Vec<(f64, f64, f64)>) -> Option<Self> {
        let all: f64 = points.iter().map(|(_, x, _)| x).sum();
        let centre = points.iter().map(|(t, x, _)| t * x).sum::<f64>() / all;
        (all > 0.0).then_some(Self { points, all, centre })
    }

    fn moments(&self, slope: f64) -> Moments {
        // The largest weight is 1, whatever the slope.
        let ln = |(t, _, n): &(f64, f64, f64)| slope * (t - self.centre) + n.ln();
        let top = self.points.iter().map(ln).fold(f64::NEG_INFINITY, f64::max);
        let weights = || self.points.iter().map(|point| ((ln(point) - top).exp(), point.0 - self.centre));
        let sum: f64 = weights().map(|(w, _)| w).sum();
        let mean = weights().map(|(w, d)| w * d).sum::<f64>() / sum;
        let variance = weights().map(|(w, d)| w * (d - mean) * (d - mean)).sum::<f64>() / sum;
        Moments { mean, variance, scale: self.all / sum, top }
    }

    /// How far its first time, or its last, lies from the mean of what was counted, times that.
    fn apart(&self, which: fn(f64, f64) -> f64) -> f64 {
        self.all * self.points.iter().map(|(t, ..)| t - self.centre).reduce(which).unwrap_or(0.0)
    }

    fn chi_square(&self, slope: f64) -> f64 {
        let Moments { scale, top, .. } = self.moments(slope);
        let apart = |(t, x, n): &(f64, f64, f64)| {
            let expected = scale * (slope * (t - self.centre) + n.ln() - top).exp();
            (x - expected) * (x - expected) / expected
        };
        self.points.iter().map(apart).sum()
    }
}

/// The fit with a level for each period of the year that points have; `None` where fewer points are left than it takes, or all was counted at one end.
pub(super) fn fit(points: &[Fitted]) -> Option<Fit> {
    let seasons = points.iter().map(|(.., season)| season + 1).max()?;
    let mut by_season = vec![Vec::new(); seasons];
    for (t, x, n, season) in points {
        by_season.get_mut(*season)?.push((*t, *x, *n));
    }
    let levels: Vec<Level> = by_season.into_iter().filter_map(Level::new).collect();
    let number: usize = levels.iter().map(|level| level.points.len()).sum();
    let degrees = number.checked_sub(levels.len() + 1).filter(|left| *left > 0)?;
    let sum = |figure: &dyn Fn(&Level) -> f64| levels.iter().map(figure).sum::<f64>();
    if sum(&|level| level.apart(f64::min)) >= 0.0 || sum(&|level| level.apart(f64::max)) <= 0.0 {
        return None;
    }
    let slope = slope(points, |slope| {
        let each = levels.iter().map(|level| (level.all, level.moments(slope)));
        each.fold((0.0, 0.0), |(score, information), (all, moments)| {
            (score + all * moments.mean, information + all * moments.variance)
        })
    });
    let information = sum(&|level| level.all * level.moments(slope).variance);
    let phi = sum(&|level| level.chi_square(slope)) / degrees as f64;
    let together = Level::new(points.iter().map(|(t, x, n, _)| (*t, *x, *n)).collect())?;
    let Moments { scale, top, .. } = together.moments(slope);
    let intercept = scale.ln() - top - slope * together.centre;
    let fit = Fit { slope, intercept, error: 1.0 / information.sqrt(), phi, degrees };
    [fit.slope, fit.intercept, fit.error, fit.phi].iter().all(|figure| figure.is_finite()).then_some(fit)
}

/// The slope at which the score, which is given with the information, is zero.
fn slope(points: &[Fitted], score: impl Fn(f64) -> (f64, f64)) -> f64 {
    let [first, last] = [f64::min, f64::max]
        .map(|which: fn(f64, f64) -> f64| points.iter().map(|(t, ..)| *t).reduce(which).unwrap_or(0.0));
    // No step is longer than what moves the weights by a factor of e^4.
    let longest = 4.0 / (last - first);
    let (mut slope, mut low, mut high) = (0.0_f64, f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..200 {
        let (score, information) = score(slope);
        if score == 0.0 {
            break;
        }
        if score > 0.0 {
            high = slope;
        } else {
            low = slope;
        }
        let newton = slope - (score / information).clamp(-longest, longest);
        let inside = newton > low && newton < high;
        let next = if inside || !(low.is_finite() && high.is_finite()) { newton } else { low / 2.0 + high / 2.0 };
        let settled = (next - slope).abs() <= f64::EPSILON * slope.abs() * 0.5 || next == slope;
        slope = next;
        if settled {
            break;
        }
    }
    slope
}
