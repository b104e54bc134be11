//! The interval of a rate.

use super::{interval::Interval, method::Method};
use crate::rate::{Per, Population};

/// The interval of a rate, still to be read per unit population.
///
/// ```
/// use crimerate::{Confidence, Per, Rate};
///
/// let interval = Rate::new(721, 2_939_927)?.interval(Confidence::P95);
/// assert_eq!(interval.per(Per::HUNDRED_THOUSAND).to_string(), "22.8 to 26.4 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateInterval {
    count: Interval,
    population: Population,
    method: Method,
}

impl RateInterval {
    pub(crate) const fn new(count: Interval, population: Population, method: Method) -> Self {
        Self { count, population, method }
    }

    /// From the lower limit of one count to the upper limit of another, of the same population.
    pub(crate) fn spanning(self, most: Self) -> Self {
        let clamped = self.count.clamped;
        Self { count: Interval { upper: most.count.upper, clamped, ..self.count }, ..self }
    }

    /// The limits read per unit population.
    #[must_use]
    pub fn per(self, per: Per) -> Interval {
        self.count.map(|limit| per.scale(limit) / self.population.get() as f64).read(per)
    }

    /// The limits for the count itself.
    #[must_use]
    pub const fn count(self) -> Interval {
        self.count
    }

    /// The method.
    #[must_use]
    pub const fn method(self) -> Method {
        self.method
    }
}
