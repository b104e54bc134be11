//! The centre of the compared rates and how far they lie from it.
//!
//! A centre and a unit on the scale of z, so that every z is one subtraction and one division. z is that of doubles,
//! `(x/n - mean) / SD` in two passes, the mean and then the squares, both added up from the left, so that a panel of a million indicators has the bits of a table. Where
//! a rate lies very near the mean (a thousandth of the standard deviation), the difference of the two is exact, but the mean's own
//! rounding shows in the twelfth digit of z. Rates that are equal as fractions have no spread, whatever their doubles do.

use super::{means, z_scale::ZScale};
use crate::{
    base::Undefined,
    rate::{Per, Rate},
};
use std::cmp::Ordering;

/// The centre of the compared rates and how far they lie from it, on one of the [`ZScale`]s: what z measures from and in.
///
/// | scale | [`centre`](Spread::centre) | [`unit`](Spread::unit) |
/// |---|---|---|
/// | `standard` | mean of the rates | their sample standard deviation (n - 1) |
/// | `log` | geometric mean | sample standard deviation of the natural logarithms |
/// | `robust` | median | 1.4826 times the median absolute deviation |
///
/// ```
/// use crimerate::{Average, Compare, Per, Table, average::ZScale};
///
/// let table = Table::from_rows([("A", 10, 1_000), ("B", 20, 1_000), ("C", 40, 1_000)])?;
/// let league = table.compare(Compare::with(Average::POOLED).with_z(ZScale::Log));
/// let spread = league.spread()?;
/// assert_eq!(format!("{:.4}", spread.centre(Per::THOUSAND)), "20.0000"); // the geometric mean
/// assert_eq!(format!("{:.4}", spread.unit(Per::THOUSAND)), "0.6931"); // ln 2: a z of 1 is a factor of 2
/// assert_eq!(format!("{:.4}", league.area("C")?.z()?), "1.0000");
/// assert_eq!(format!("{:.4}", league.spread_on(ZScale::Standard)?.unit(Per::THOUSAND)), "15.2753");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    scale: ZScale,
    /// Centre and unit per head; of the logarithms where the scale is that of the logarithms.
    centre: f64,
    unit: f64,
}

/// What makes a median absolute deviation the standard deviation of a normal variable, as it is rounded in common use.
const NORMAL: f64 = 1.4826;

impl Spread {
    /// On the standard scale.
    pub(crate) const fn standard(mean: f64, sd: f64) -> Self {
        Self { scale: ZScale::Standard, centre: mean, unit: sd }
    }

    /// Of rates and their values per head; of values alone where there are no rates.
    pub(crate) fn of(scale: ZScale, rates: &[Rate], values: &[f64]) -> Result<Self, Undefined> {
        Self::of_values(rates, values)?.on(scale, rates, values)
    }

    /// The same rates on another scale than the standard one, which this is; where that is undefined, so is every other.
    pub(crate) fn on(self, scale: ZScale, rates: &[Rate], values: &[f64]) -> Result<Self, Undefined> {
        let found = match scale {
            ZScale::Standard => self,
            ZScale::Log => Self::of_values(rates, &logarithms(values)?)?,
            ZScale::Robust => robust(rates, values)?,
        };
        Ok(Self { scale, ..found })
    }

    /// Mean and standard deviation of values that are already on a scale. Two passes: the mean, then the sum of squared
    /// deviations from it over n - 1.
    pub(crate) fn of_values(rates: &[Rate], values: &[f64]) -> Result<Self, Undefined> {
        let mean = means::mean(values).ok_or(Undefined::TooFew)?;
        if values.len() < 2 {
            return Err(Undefined::TooFew);
        }
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let sd = (squares / (values.len() - 1) as f64).sqrt();
        let differ = || match rates.split_first() {
            Some((first, others)) => others.iter().any(|rate| rate.cmp_value(first).is_ne()),
            None => means::common(values).is_none(),
        };
        match sd > 0.0 {
            true => Ok(Self::standard(mean, sd)),
            false => Err(if differ() { Undefined::TooClose } else { Undefined::AllEqual }),
        }
    }

    /// The scale.
    #[must_use]
    pub const fn scale(self) -> ZScale {
        self.scale
    }

    /// The rate whose z is 0, per unit population.
    #[must_use]
    pub fn centre(self, per: Per) -> f64 {
        self.rate_at(0.0, per)
    }

    /// What a z of 1 is away from the centre, per unit population; on the log scale a number that does not depend on what the
    /// rates are read per.
    #[must_use]
    pub fn unit(self, per: Per) -> f64 {
        match self.scale {
            ZScale::Log => self.unit,
            ZScale::Standard | ZScale::Robust => per.scale(self.unit),
        }
    }

    /// The rate that has this z, per unit population.
    pub(crate) fn rate_at(self, z: f64, per: Per) -> f64 {
        let value = self.centre + z * self.unit;
        per.scale(if self.scale == ZScale::Log { value.exp() } else { value })
    }

    /// z of a rate per head.
    pub(crate) fn z(self, value: f64) -> f64 {
        self.z_of(if self.scale == ZScale::Log { value.ln() } else { value })
    }

    /// z of a value that is already on the scale.
    pub(crate) fn z_of(self, value: f64) -> f64 {
        (value - self.centre) / self.unit
    }

    /// Centre and unit as they are on the scale, per head.
    pub(crate) const fn parts(self) -> (f64, f64) {
        (self.centre, self.unit)
    }
}

/// The natural logarithms of the rates, where all have one.
pub(crate) fn logarithms(values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let logarithm = |value: &f64| if *value > 0.0 { Ok(value.ln()) } else { Err(Undefined::ZeroRate) };
    values.iter().map(logarithm).collect()
}

fn robust(rates: &[Rate], values: &[f64]) -> Result<Spread, Undefined> {
    let median = |values: &[f64]| means::median(values).ok_or(Undefined::TooFew);
    let centre = median(values)?;
    let away: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    let unit = NORMAL * median(&away)?;
    if unit > 0.0 {
        return Ok(Spread { scale: ZScale::Robust, centre, unit });
    }
    let most = if rates.is_empty() { most_equal(values, f64::total_cmp) } else { most_equal(rates, Rate::cmp_value) };
    Err(if 2 * most > values.len() { Undefined::ZeroMad } else { Undefined::TooClose })
}

/// How many are equal at most.
fn most_equal<T: Copy>(all: &[T], compare: impl Fn(&T, &T) -> Ordering) -> usize {
    let mut sorted = all.to_vec();
    sorted.sort_unstable_by(&compare);
    sorted.chunk_by(|a, b| compare(a, b).is_eq()).map(<[T]>::len).max().unwrap_or(0)
}
