use crate::{Confidence, Interval, IntervalSpec, Method, Per, Rate};
use serde::{Deserialize, Serialize};

/// One rate less another, with the interval that follows from those of both.
///
/// ```
/// use crimerate::{Confidence, Per, Rate};
///
/// let difference = Rate::new(60, 50_000)?.minus(Rate::new(30, 50_000)?);
/// assert_eq!(difference.per(Per::HUNDRED_THOUSAND), 60.0);
/// let interval = difference.interval(Confidence::P95, Per::HUNDRED_THOUSAND);
/// assert_eq!(interval.to_string(), "22.9 to 98.9");
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
    /// The difference per so many people.
    #[must_use]
    pub fn per(self, per: Per) -> f64 {
        self.rate.per(per).value() - self.base.per(per).value()
    }

    /// The interval of the difference per so many people, from score intervals of both rates.
    #[must_use]
    pub fn interval(self, confidence: Confidence, per: Per) -> Interval {
        self.interval_by((confidence, Method::Score), per)
    }

    /// The interval of the difference from intervals of both rates by another method.
    ///
    /// MOVER (Li, Tang and Wong 2014): with limits l and u of each rate r, the lower limit is
    /// `d - sqrt((r1 - l1)^2 + (u2 - r2)^2)` and the upper one `d + sqrt((u1 - r1)^2 + (r2 - l2)^2)`.
    #[must_use]
    pub fn interval_by(self, spec: impl Into<IntervalSpec>, per: Per) -> Interval {
        let spec = spec.into();
        let arms = |rate: Rate| {
            let (value, interval) = (rate.per(per).value(), rate.interval(spec).per(per));
            ((value - interval.lower()).max(0.0), (interval.upper() - value).max(0.0))
        };
        let ((below, above), (base_below, base_above)) = (arms(self.rate), arms(self.base));
        let difference = self.per(per);
        let (lower, upper) = (difference - below.hypot(base_above), difference + above.hypot(base_below));
        Interval::new(lower, upper, spec.confidence())
    }
}
