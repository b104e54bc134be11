//! The difference of two rates.

use super::{
    confidence::{Confidence, at_level},
    interval::Interval,
    method::Method,
    spec::Spec,
};
use crate::{
    base::{exact, layout},
    rate::{Per, Rate, Reading},
    special::normal,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One rate less another, with the interval that follows from those of both.
///
/// ```
/// use crimerate::{Confidence, Per, Rate};
///
/// let difference = Rate::new(60, 50_000)?.minus(Rate::new(30, 50_000)?);
/// assert_eq!(format!("{:+}", difference.per(Per::HUNDRED_THOUSAND)), "+60.0 per 100,000");
/// let interval = difference.interval(Confidence::P95);
/// assert_eq!(interval.per(Per::HUNDRED_THOUSAND).to_string(), "22.9 to 98.9 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RateDifference {
    rate: Rate,
    base: Rate,
}

/// The interval of a [`RateDifference`], still to be read per unit population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceInterval {
    difference: RateDifference,
    spec: DifferenceSpec,
}

/// The method for both rates at a confidence level, from which the interval of their difference follows. The default is score
/// at 95 %; a [`Confidence`], a [`Method`], a pair of both or a [`Spec`] will do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DifferenceSpec {
    method: Method,
    confidence: Confidence,
}

impl Rate {
    /// This rate less another.
    #[must_use]
    pub const fn minus(self, base: Self) -> RateDifference {
        RateDifference { rate: self, base }
    }
}

impl RateDifference {
    /// The rate that is taken from.
    #[must_use]
    pub const fn rate(self) -> Rate {
        self.rate
    }

    /// The rate that is taken off.
    #[must_use]
    pub const fn base(self) -> Rate {
        self.base
    }

    /// The difference per unit population, from whole numbers: two nearly equal rates lose nothing.
    #[must_use]
    pub fn per(self, per: Per) -> Reading {
        let (sign, cross) = self.rate.ratio_to(self.base).cross_difference();
        let people = u128::from(self.rate.population().get()) * u128::from(self.base.population().get());
        let size = match cross.checked_mul(per.get().into()) {
            Some(cross) => Reading::of_fraction(cross, people, per),
            None => Reading::of_double(per.scale(exact::quotient(cross, people)), per),
        };
        size.signed(sign < 0.0)
    }

    /// The interval of the difference, from intervals of both rates: score unless another method is asked for.
    ///
    /// MOVER (Zou and Donner 2008): with limits l and u of each rate r, the lower limit is
    /// `d - sqrt((r1 - l1)^2 + (u2 - r2)^2)` and the upper one `d + sqrt((u1 - r1)^2 + (r2 - l2)^2)`. Relative to its width, the
    /// limits have an error of at most 1e-13 for counts to 10^9.
    #[must_use]
    pub fn interval(self, spec: impl Into<DifferenceSpec>) -> DifferenceInterval {
        DifferenceInterval { difference: self, spec: spec.into() }
    }
}

impl DifferenceInterval {
    /// The limits read per unit population.
    #[must_use]
    pub fn per(self, per: Per) -> Interval {
        let Self { difference, spec } = self;
        let arms = |rate: Rate| {
            let (below, above) = arms(rate.count(), spec);
            let read = |arm: f64| per.scale(arm) / rate.population().get() as f64;
            (read(below), read(above))
        };
        let ((below, above), (base_below, base_above)) = (arms(difference.rate), arms(difference.base));
        let value = difference.per(per).value();
        let (lower, upper) = (value - below.hypot(base_above), value + above.hypot(base_below));
        Interval::new(lower, upper, spec.confidence).read(per)
    }

    /// The method for both rates.
    #[must_use]
    pub const fn method(self) -> Method {
        self.spec.method
    }
}

impl DifferenceSpec {
    /// The method for both rates.
    #[must_use]
    pub const fn method(self) -> Method {
        self.method
    }

    /// The confidence level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }
}

at_level!(DifferenceSpec { method: Method = Method::Score });

impl Default for DifferenceSpec {
    fn default() -> Self {
        Method::Score.into()
    }
}

impl From<Spec> for DifferenceSpec {
    fn from(spec: Spec) -> Self {
        (spec.confidence(), spec.method()).into()
    }
}

/// Per 100,000, such as `+60.0 per 100,000 (95 % interval 22.9 to 98.9)`.
impl fmt::Display for RateDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per = Per::HUNDRED_THOUSAND;
        let (value, interval) = (self.per(per), self.interval(DifferenceSpec::default()).per(per));
        let decimals = f.precision().unwrap_or_else(|| value.decimals());
        let limits = interval.digits(decimals);
        layout::pad(f, &format!("{value:+.decimals$} ({} interval {limits})", interval.confidence()))
    }
}

/// How far the limits of a count lie below and above it. Those of the score method are formed as such; of the others, at
/// large counts, the difference of limit and count keeps fewer digits than the limit has.
fn arms(count: u64, spec: DifferenceSpec) -> (f64, f64) {
    let x = count as f64;
    if spec.method == Method::Score {
        let z = normal::upper_quantile(spec.confidence.tail());
        let above = z * z / 2.0 + z * (x + z * z / 4.0).sqrt();
        return (if count == 0 { 0.0 } else { x * (above / (x + above)) }, above);
    }
    let interval = Interval::of_count(count, (spec.confidence, spec.method));
    ((x - interval.lower()).max(0.0), (interval.upper() - x).max(0.0))
}
