//! A rate as it was printed.

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

/// What comes of holding a [`Published`] rate against a count and a population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    published: Published,
    rate: Rate,
    counts: Option<RangeInclusive<u64>>,
}

/// A number derived from rounded figures, with the least and the most that their rounding allows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Range")]
pub struct Rounded {
    least: f64,
    value: f64,
    most: f64,
}

#[derive(Deserialize)]
struct Range {
    least: f64,
    value: f64,
    most: f64,
}

impl Published {
    /// A printed figure, such as `"24.5"` or `"1,024.5"`: its decimals say how it was rounded.
    ///
    /// # Errors
    /// [`ErrorKind::NotANumber`] for anything but digits with at most one point between them, commas between all thousands or
    /// none, or above 18 digits.
    pub fn new(value: &str, per: Per) -> Result<Self> {
        let wanted = "a number in plain digits, such as 24.5";
        let refused = || Error::from(ErrorKind::NotANumber { what: "figure", text: value.into(), wanted });
        let (digits, decimals) = digits::decimal(value).ok_or_else(refused)?;
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
        let (low_ties, high_ties) = match rounding {
            Rounding::HalfAwayFromZero => (true, false),
            Rounding::HalfToEven => (self.digits.is_multiple_of(2), self.digits.is_multiple_of(2)),
        };
        let low = twice.checked_sub(1).map_or(0, |edge| {
            let product = edge * people;
            if low_ties { product.div_ceil(divisor) } else { product / divisor + 1 }
        });
        let product = (twice + 1) * people;
        let high = if high_ties { product / divisor } else { (product - 1) / divisor };
        let high = u64::try_from(high).unwrap_or(u64::MAX);
        u64::try_from(low).ok().filter(|low| *low <= high).map(|low| low..=high)
    }

    /// Holds the figure against a recorded count and its population.
    #[must_use]
    pub fn check(self, rate: Rate, rounding: Rounding) -> Finding {
        Finding { published: self, rate, counts: self.counts(rate.population(), rounding) }
    }

    /// This figure less another, read per this one's number of people.
    #[must_use]
    pub fn difference(self, other: Self) -> Rounded {
        let convert = f64::from(self.per.get()) / f64::from(other.per.get());
        let (low, high) = self.range();
        let (other_low, other_high) = other.range();
        Rounded {
            least: low - other_high * convert,
            value: self.value() - other.value() * convert,
            most: high - other_low * convert,
        }
    }

    /// This figure over another; `None` where rounding allows the other to be zero.
    #[must_use]
    pub fn ratio(self, other: Self) -> Option<Rounded> {
        let convert = f64::from(other.per.get()) / f64::from(self.per.get());
        let (low, high) = self.range();
        let (other_low, other_high) = other.range();
        (other_low > 0.0).then(|| Rounded {
            least: low / other_high * convert,
            value: self.value() / other.value() * convert,
            most: high / other_low * convert,
        })
    }

    /// How many per cent this figure lies above another; `None` where rounding allows the other to be zero.
    #[must_use]
    pub fn percent(self, other: Self) -> Option<Rounded> {
        let percent = |ratio: f64| 100.0 * (ratio - 1.0);
        self.ratio(other).map(|ratio| Rounded {
            least: percent(ratio.least),
            value: percent(ratio.value),
            most: percent(ratio.most),
        })
    }

    /// The least and the most that may have been rounded to the figure.
    pub(crate) fn range(self) -> (f64, f64) {
        let (twice, unit) = (2 * u128::from(self.digits), 2 * self.unit());
        (exact::quotient(twice.saturating_sub(1), unit), exact::quotient(twice + 1, unit))
    }

    /// The same figure, read on what a basis says that rates are on.
    pub(crate) fn on(self, basis: &Basis) -> Self {
        Self { per: basis.read(self.per), ..self }
    }

    /// The figure as it prints, without what it is per.
    pub(crate) fn digits(self) -> String {
        digits::exact(self.digits.into(), self.unit(), self.places())
    }

    /// The same without commas.
    pub(crate) fn plain(self) -> String {
        digits::exact_plain(self.digits.into(), self.unit(), self.places())
    }

    const fn places(self) -> usize {
        self.decimals as usize
    }

    const fn unit(self) -> u128 {
        10_u128.pow(self.decimals)
    }
}

impl Finding {
    /// Whether the count is one of those that print as the figure.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.counts.as_ref().is_some_and(|counts| counts.contains(&self.rate.count()))
    }

    /// The counts that print as the figure; `None` where no count does.
    #[must_use]
    pub const fn counts(&self) -> Option<&RangeInclusive<u64>> {
        self.counts.as_ref()
    }

    /// How far the recorded rate lies above (or, negative, below) the figure, per its number of people.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.rate.per(self.published.per).value() - self.published.value()
    }
}

impl Rounded {
    /// The least that rounding allows.
    #[must_use]
    pub const fn least(self) -> f64 {
        self.least
    }

    /// The value of the printed figures as they stand.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// The most that rounding allows.
    #[must_use]
    pub const fn most(self) -> f64 {
        self.most
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

/// Such as `24.5 per 100,000 on 2,939,927 people implies 719 to 721 offences; 721 (24.5 per 100,000) agrees`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = self.rate.population();
        let exposed = self.published.per.exposed(people);
        let implied = match &self.counts {
            None => "no whole number of".into(),
            Some(counts) if counts.start() == counts.end() => digits::grouped(*counts.start()),
            Some(counts) => format!("{} to {}", digits::grouped(*counts.start()), digits::grouped(*counts.end())),
        };
        let published = self.published.digits();
        let digits = |more: usize| self.rate.per(self.published.per).digits(self.published.places() + more);
        // A recorded rate that is rounded to the figure is shown as the figure, and one that is not never looks like it.
        let (shown, verdict) = match (self.agrees(), digits(0) == published) {
            (true, _) => (published, "agrees"),
            (false, true) => (digits(1), "does not agree"),
            (false, false) => (digits(0), "does not agree"),
        };
        let noun = if self.counts.as_ref().is_some_and(|counts| (counts.start(), counts.end()) == (&1, &1)) {
            "offence"
        } else {
            "offences"
        };
        let (published, counted) = (self.published, digits::grouped(self.rate.count()));
        let implied = format!("{published} on {people} {exposed} implies {implied} {noun}");
        layout::pad(f, &format!("{implied}; {counted} ({shown} {}) {verdict}", published.per))
    }
}

/// Such as `1.461 (1.455 to 1.467)`.
impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or(3);
        let show = |value| digits::fixed(value, decimals);
        layout::pad(f, &format!("{} ({} to {})", show(self.value), show(self.least), show(self.most)))
    }
}

impl TryFrom<Parts> for Published {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(&parts.value, parts.per)
    }
}

impl TryFrom<Range> for Rounded {
    type Error = Error;

    fn try_from(Range { least, value, most }: Range) -> Result<Self> {
        let why = || format!("{value} is not from {least} to {most}");
        let ordered = least <= value && value <= most && least.is_finite() && most.is_finite();
        if ordered {
            Ok(Self { least, value, most })
        } else {
            Err(ErrorKind::Inconsistent { what: "rounded figure", why: why() }.into())
        }
    }
}

impl From<Published> for Parts {
    fn from(published: Published) -> Self {
        Self {
            value: digits::exact_plain(published.digits.into(), published.unit(), published.places()),
            per: published.per,
        }
    }
}
