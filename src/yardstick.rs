use crate::{Per, Rate, Spread, Undefined, ZScale, average};
use std::cmp::Ordering;

/// The centre and the unit that z is measured from and in, on one of the [`ZScale`]s.
///
/// ```
/// use crimerate::{Average, Compare, Per, Table, ZScale};
///
/// let table = Table::from_rows([("A", 10, 1_000), ("B", 20, 1_000), ("C", 40, 1_000)])?;
/// let league = table.compare(Compare::with(Average::POOLED).z(ZScale::Log));
/// let yardstick = league.yardstick()?;
/// assert_eq!(format!("{:.4}", yardstick.centre(Per::THOUSAND)), "20.0000"); // the geometric mean
/// assert_eq!(format!("{:.4}", yardstick.unit(Per::THOUSAND)), "0.6931"); // ln 2: a z of 1 is a factor of 2
/// assert_eq!(format!("{:.4}", league.area("C")?.z()?), "1.0000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yardstick {
    scale: ZScale,
    /// Centre and unit; on the logarithms where the scale is that of the logarithms.
    spread: Spread,
}

/// What makes a median absolute deviation the standard deviation of a normal variable, as it is rounded in common use.
const NORMAL: f64 = 1.4826;

impl Yardstick {
    /// Of rates and their values, whose spread is known; where that is undefined, so is every other.
    pub(crate) fn of(
        scale: ZScale,
        spread: Result<Spread, Undefined>,
        rates: &[Rate],
        values: &[f64],
    ) -> Result<Self, Undefined> {
        let standard = spread?;
        let spread = match scale {
            ZScale::Standard => standard,
            ZScale::Log => Spread::of(rates, &logarithms(values)?)?,
            ZScale::Robust => robust(rates, values)?,
        };
        Ok(Self { scale, spread })
    }

    /// The scale.
    #[must_use]
    pub const fn scale(self) -> ZScale {
        self.scale
    }

    /// The rate whose z is 0, per so many people: the mean of the rates, their geometric mean, or their median.
    #[must_use]
    pub fn centre(self, per: Per) -> f64 {
        self.rate_at(0.0, per)
    }

    /// What a z of 1 is away from the centre, per so many people; on the log scale the standard deviation of the natural
    /// logarithms, a number that does not depend on how many people the rates are read per.
    #[must_use]
    pub fn unit(self, per: Per) -> f64 {
        match self.scale {
            ZScale::Log => self.spread.sd(Per::ONE),
            ZScale::Standard | ZScale::Robust => self.spread.sd(per),
        }
    }

    /// The rate that has this z, per so many people.
    pub(crate) fn rate_at(self, z: f64, per: Per) -> f64 {
        let value = self.spread.at(z);
        per.scale(if self.scale == ZScale::Log { value.exp() } else { value })
    }

    pub(crate) fn z(self, value: f64) -> f64 {
        self.spread.z(if self.scale == ZScale::Log { value.ln() } else { value })
    }

    /// Centre and unit as they are on the scale.
    pub(crate) const fn spread(self) -> Spread {
        self.spread
    }
}

/// The natural logarithms of the rates, where all have one.
pub(crate) fn logarithms(values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let logarithm = |value: &f64| if *value > 0.0 { Ok(value.ln()) } else { Err(Undefined::ZeroRate) };
    values.iter().map(logarithm).collect()
}

fn robust(rates: &[Rate], values: &[f64]) -> Result<Spread, Undefined> {
    let median = |values: &[f64]| average::median(values).ok_or(Undefined::TooFew);
    let centre = median(values)?;
    let away: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    let unit = NORMAL * median(&away)?;
    if unit > 0.0 {
        return Ok(Spread::new(centre, unit));
    }
    let mut sorted = rates.to_vec();
    sorted.sort_unstable_by(Rate::cmp_value);
    let mut groups = sorted.chunk_by(|a, b| a.cmp_value(b) == Ordering::Equal);
    Err(if groups.any(|equal| 2 * equal.len() > rates.len()) { Undefined::ZeroMad } else { Undefined::TooClose })
}
