//! A rate as it was printed.

use super::products;
use crate::{
    base::{Error, ErrorKind, Result, choice, digits, exact, layout},
    rate::{Per, Population, Rate},
    table::Basis,
};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::RangeInclusive, str::FromStr};

/// A rate as it was printed: decimal digits per unit population, rounded by whoever published it.
///
/// A printed rate and a population admit only some counts, so a report's rate can be checked against a recorded count:
///
/// ```
/// use crimerate::{Per, Rate, claim::{Published, Rounding}};
///
/// let firearms = Published::new("24.5", Per::HUNDRED_THOUSAND)?;
/// let recorded = Rate::new(721, 2_939_927)?;
/// assert_eq!(firearms.counts(recorded.population(), Rounding::HalfAwayFromZero), Some(719..=721));
/// assert!(firearms.check(recorded, Rounding::HalfAwayFromZero).agrees());
/// assert_eq!("24.5 per 100,000".parse(), Ok(firearms));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Published {
    digits: u64,
    decimals: u32,
    per: Per,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    value: String,
    per: Per,
}

/// How a figure halfway between two printed ones was rounded. The two rules differ only there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rounding {
    /// 0.25 is printed as 0.3, as people do it.
    #[default]
    HalfAwayFromZero,
    /// 0.25 is printed as 0.2, as much software does it.
    HalfToEven,
}

choice!(Rounding, "a rounding rule", "half-away-from-zero or half-to-even", {
    HalfAwayFromZero => "half-away-from-zero",
    HalfToEven => "half-to-even",
});

impl Published {
    /// A printed figure, such as `"24.5"`, `"1,024.5"` or `".5"`: its decimals say how it was rounded.
    ///
    /// # Errors
    /// [`ErrorKind::NotANumber`] for anything but digits with at most one point between them, commas between all thousands or
    /// none, or above 18 digits.
    pub fn new(value: &str, per: Per) -> Result<Self> {
        let wanted = "a number in plain digits, such as 24.5";
        let refused = || Error::from(ErrorKind::NotANumber { what: "figure", text: value.into(), wanted });
        let whole = if value.trim_start().starts_with('.') { &format!("0{}", value.trim_start()) } else { value };
        let (digits, decimals) = digits::decimal(whole).ok_or_else(refused)?;
        Ok(Self { digits, decimals, per })
    }

    /// The figure as a number.
    #[must_use]
    pub fn value(self) -> f64 {
        exact::quotient(self.digits.into(), self.unit())
    }

    /// What it is per.
    #[must_use]
    pub const fn per(self) -> Per {
        self.per
    }

    /// How many decimals it was printed with.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        self.decimals
    }

    /// The counts that print as this figure on a population; `None` where no count does.
    ///
    /// In whole numbers: the x for which `x * per / population` rounds to the figure.
    #[must_use]
    pub fn counts(self, population: Population, rounding: Rounding) -> Option<RangeInclusive<u64>> {
        // x k / n >= (2 D - 1) / (2 10^d), and likewise above, with D the figure's digits and d its decimals.
        let people = u128::from(population.get());
        let divisor = 2 * self.unit() * u128::from(self.per.get());
        let twice = 2 * u128::from(self.digits);
        let (low_ties, high_ties) = self.ties(rounding);
        let low = twice.checked_sub(1).map_or(0, |edge| {
            let product = edge * people;
            if low_ties { product.div_ceil(divisor) } else { product / divisor + 1 }
        });
        let product = (twice + 1) * people;
        let high = if high_ties { product / divisor } else { (product - 1) / divisor };
        let high = u64::try_from(high).unwrap_or(u64::MAX);
        u64::try_from(low).ok().filter(|low| *low <= high).map(|low| low..=high)
    }

    /// The populations on which a count prints as this figure, in whole numbers; `None` where there is none. A figure of zero has no
    /// largest one.
    ///
    /// ```
    /// use crimerate::{Per, claim::{Published, Rounding}};
    ///
    /// let germany = Published::new("7268.5", Per::HUNDRED_THOUSAND)?; // recorded crime of 2013
    /// assert_eq!(germany.populations(5_961_662, Rounding::HalfAwayFromZero), Some(82_019_963..=82_021_091));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn populations(self, count: u64, rounding: Rounding) -> Option<RangeInclusive<u64>> {
        // n <= 2 10^d x k / (2 D - 1), and likewise below.
        let product = (2 * self.unit() * u128::from(self.per.get())).checked_mul(count.into())?;
        let twice = 2 * u128::from(self.digits);
        let (low_ties, high_ties) = self.ties(rounding);
        let high = match twice.checked_sub(1) {
            None => u64::MAX.into(),
            Some(edge) if low_ties => product / edge,
            Some(edge) => product.div_ceil(edge).saturating_sub(1),
        };
        let low = if high_ties { product.div_ceil(twice + 1) } else { product / (twice + 1) + 1 };
        let (low, high) = (u64::try_from(low.max(1)).ok()?, u64::try_from(high).unwrap_or(u64::MAX));
        (low <= high).then_some(low..=high)
    }

    /// Whether the edges of what rounds to the figure do so themselves.
    const fn ties(self, rounding: Rounding) -> (bool, bool) {
        match rounding {
            Rounding::HalfAwayFromZero => (true, false),
            Rounding::HalfToEven => (self.digits.is_multiple_of(2), self.digits.is_multiple_of(2)),
        }
    }

    /// The least and the most that may have been rounded to the figure.
    pub(crate) fn range(self) -> (f64, f64) {
        let (twice, unit) = (2 * u128::from(self.digits), 2 * self.unit());
        (exact::quotient(twice.saturating_sub(1), unit), exact::quotient(twice + 1, unit))
    }

    /// Whether a number prints as the figure, which has no sign, both halves let in at a tie.
    pub(super) fn prints(self, value: f64) -> bool {
        self.reached(value, value)
    }

    /// Whether a number between two prints as the figure.
    pub(super) fn reached(self, least: f64, most: f64) -> bool {
        let (low, high) = self.range();
        let low = if self.value() == 0.0 { -high } else { low };
        // The digits of a double may end just beside a tie.
        let slack = 1e-13 * high;
        most >= low - slack && least <= high + slack
    }

    /// Whether a rate is at least what rounds to the figure, and whether it is at most that, both edges let in.
    pub(super) fn allows(self, rate: Rate) -> (bool, bool) {
        let (twice, people) = (2 * u128::from(self.digits), rate.population().get().into());
        let figure = [rate.count().into(), self.per.get().into(), 2 * self.unit()];
        let least = products::compare(figure, [twice.saturating_sub(1), people, 1]).is_ge();
        (least, products::compare(figure, [twice + 1, people, 1]).is_le())
    }

    /// The same figure, read on what a basis says that rates are on.
    pub(crate) fn on(self, basis: &Basis) -> Self {
        Self { per: basis.read(self.per), ..self }
    }

    /// The figure as a fraction: its digits over a power of ten.
    pub(super) const fn fraction(self) -> (u128, u128) {
        (self.digits as u128, self.unit())
    }

    /// The figure with one decimal less, where the last one is a zero.
    pub(super) const fn without_padding(self) -> Option<Self> {
        match (self.decimals.checked_sub(1), self.digits.is_multiple_of(10)) {
            (Some(decimals), true) => Some(Self { digits: self.digits / 10, decimals, ..self }),
            _ => None,
        }
    }

    /// The same digits per another number.
    pub(super) const fn read(self, per: Per) -> Self {
        Self { per, ..self }
    }

    /// The figure in plain digits, as it is read again.
    pub(crate) fn plain(self) -> String {
        digits::exact_plain(self.digits.into(), self.unit(), self.places())
    }

    /// The figure as it prints, without what it is per.
    pub(crate) fn digits(self) -> String {
        digits::exact(self.digits.into(), self.unit(), self.places())
    }

    pub(super) const fn places(self) -> usize {
        self.decimals as usize
    }

    const fn unit(self) -> u128 {
        10_u128.pow(self.decimals)
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} {}", self.digits(), self.per))
    }
}

/// Reads what prints, such as `83.6 per 100,000`; it is what rates and averages print as, too.
///
/// # Errors
/// [`ErrorKind::NotANumber`] without a figure or without what it is per, else as [`Published::new`] and [`Per`].
impl FromStr for Published {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = || {
            Error::from(ErrorKind::NotANumber {
                what: "figure",
                text: text.into(),
                wanted: "a number per unit population, such as 24.5 per 100,000",
            })
        };
        let (value, per) = text.trim().split_once(' ').ok_or_else(refused)?;
        Self::new(value, per.parse()?)
    }
}

impl TryFrom<Parts> for Published {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(&parts.value, parts.per)
    }
}

impl From<Published> for Parts {
    fn from(published: Published) -> Self {
        Self { value: published.plain(), per: published.per }
    }
}
