//! The difference of two rates.

use super::{
    confidence::Confidence,
    interval::{Interval, Spec},
    method::Method,
};
use crate::{
    base::exact,
    rate::{Per, Rate},
    special::normal,
};
use serde::{Deserialize, Serialize};

/// One rate less another, with the interval that follows from those of both.
///
/// ```
/// use crimerate::{Confidence, Per, Rate};
///
/// let difference = Rate::new(60, 50_000)?.minus(Rate::new(30, 50_000)?);
/// assert_eq!(difference.per(Per::HUNDRED_THOUSAND), 60.0);
/// let interval = difference.interval(Confidence::P95, Per::HUNDRED_THOUSAND);
/// assert_eq!(interval.to_string(), "22.9 to 98.9 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RateDifference {
    rate: Rate,
    base: Rate,
}

impl Rate {
    /// This rate less another.
    #[must_use]
    pub const fn minus(self, base: Self) -> RateDifference {
        RateDifference { rate: self, base }
    }
}

impl RateDifference {
    /// The difference per unit population, from whole numbers: two nearly equal rates lose nothing.
    #[must_use]
    pub fn per(self, per: Per) -> f64 {
        let (sign, cross) = self.rate.ratio_to(self.base).cross_difference();
        let people = u128::from(self.rate.population().get()) * u128::from(self.base.population().get());
        let scaled = cross.checked_mul(per.get().into()).map(|cross| exact::quotient(cross, people));
        sign * scaled.unwrap_or_else(|| per.scale(exact::quotient(cross, people)))
    }

    /// The interval of the difference per unit population, from score intervals of both rates. Relative to its width, the
    /// limits have an error of at most 1e-13 for counts to 10^9.
    #[must_use]
    pub fn interval(self, confidence: Confidence, per: Per) -> Interval {
        self.interval_by((confidence, Method::Score), per)
    }

    /// The interval of the difference from intervals of both rates by another method.
    ///
    /// MOVER (Zou and Donner 2008): with limits l and u of each rate r, the lower limit is
    /// `d - sqrt((r1 - l1)^2 + (u2 - r2)^2)` and the upper one `d + sqrt((u1 - r1)^2 + (r2 - l2)^2)`.
    #[must_use]
    pub fn interval_by(self, spec: impl Into<Spec>, per: Per) -> Interval {
        let spec = spec.into();
        let arms = |rate: Rate| {
            let (below, above) = arms(rate.count(), spec);
            let read = |arm: f64| per.scale(arm) / rate.population().get() as f64;
            (read(below), read(above))
        };
        let ((below, above), (base_below, base_above)) = (arms(self.rate), arms(self.base));
        let difference = self.per(per);
        let (lower, upper) = (difference - below.hypot(base_above), difference + above.hypot(base_below));
        Interval::new(lower, upper, spec.confidence()).read(per)
    }
}

/// How far the limits of a count lie below and above it. Those of the score method are formed as such; of the others, at
/// large counts, the difference of limit and count keeps fewer digits than the limit has.
fn arms(count: u64, spec: Spec) -> (f64, f64) {
    let x = count as f64;
    if spec.method() == Method::Score {
        let z = normal::upper_quantile(spec.confidence().tail());
        let above = z * z / 2.0 + z * (x + z * z / 4.0).sqrt();
        return (if count == 0 { 0.0 } else { x * (above / (x + above)) }, above);
    }
    let interval = Interval::of_count(count, spec);
    ((x - interval.lower()).max(0.0), (interval.upper() - x).max(0.0))
}
