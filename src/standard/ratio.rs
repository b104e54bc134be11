//! The ratio of two standardised rates.

use super::{method::Spec, sum::WeightedSum};
use crate::{base::Undefined, interval::Interval, rate::Per};

/// The ratio of two independent rates that are standardised to one population, or of two severity scores by one list of weights.
///
/// Its limits are joined from those of the two by the method of variance estimates recovery, for ratios: Donner and Zou 2012, Stat.
/// Methods Med. Res. 21, 347. They are those of the two rates' own method, and not symmetric, as these are not.
///
/// ```
/// use crimerate::{Confidence, standard::{StandardPopulation, Strata}};
///
/// let strata = Strata::from_rows([
///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 80_000), ("Inland", "65+", 10, 20_000),
/// ])?;
/// let rates = strata.direct(&StandardPopulation::pooled(&strata)?)?;
/// let ratio = rates.area("Inland")?.ratio_to(rates.area("Coast")?);
/// assert_eq!(ratio.value(), Ok(1.0));
/// assert_eq!(format!("{:.2}", ratio.interval(Confidence::P95)?), "0.77 to 1.30");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    rate: WeightedSum,
    base: WeightedSum,
}

impl Ratio {
    pub(super) const fn new(rate: WeightedSum, base: WeightedSum) -> Self {
        Self { rate, base }
    }

    /// The one over the other.
    ///
    /// # Errors
    /// [`Undefined::ZeroAverage`] where the other is zero.
    pub fn value(&self) -> Result<f64, Undefined> {
        if self.base.value() > 0.0 { Ok(self.rate.value() / self.base.value()) } else { Err(Undefined::ZeroAverage) }
    }

    /// Its limits, infinite above where those of the other reach zero.
    ///
    /// # Errors
    /// As [`Ratio::value`], and as the limits of either rate.
    pub fn interval(&self, spec: impl Into<Spec>) -> Result<Interval, Undefined> {
        let spec = spec.into();
        self.value()?;
        let (a, b) = (self.rate.value(), self.base.value());
        let [one, other] = [self.rate.limits(spec)?, self.base.limits(spec)?].map(|limits| limits.per(Per::ONE));
        // Over the roots, so that nothing cancels and nothing is divided by what may pass through zero.
        let product = a * b;
        let joined = |own: f64, its: f64| {
            let (near, far) = (own * (2.0 * a - own), its * (2.0 * b - its));
            (near, far, (product * product - near * far).max(0.0).sqrt())
        };
        let (near, _, root) = joined(one.lower(), other.upper());
        let lower = if near > 0.0 { near / (product + root) } else { 0.0 };
        let (_, far, root) = joined(one.upper(), other.lower());
        let upper = if far > 0.0 { (product + root) / far } else { f64::INFINITY };
        Ok(Interval::new(lower, upper, spec.confidence()))
    }
}
