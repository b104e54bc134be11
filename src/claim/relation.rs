//! The relation that a sentence states between two rates, such as at least 30 % above.

use super::{compared_with::ComparedWith, factor::Factor, plain::Plain, side::Side};
use crate::base::{Error, ErrorKind, Result, digits};
use serde::{Deserialize, Serialize};

/// How a rate is said to lie to what it is compared with: above it, 46 % above, at least 30 % above, 1.3 times it, more than twice it, at most
/// half of it.
///
/// A figure (46 %, 1.3 times) is tested for being on its side of equal rates, two-sided; a bound (at least, at most, more than, less than) for
/// being beyond just so much, one-sided.
///
/// ```
/// use crimerate::{Claim, claim::{ComparedWith, Relation}};
///
/// let claim = Claim::compared("Kent", Relation::less_than("half")?, ComparedWith::Average);
/// assert_eq!(claim.to_string(), "Kent is less than half the average");
/// let claim = Claim::compared("Kent", Relation::at_least("1.5")?, "Essex");
/// assert_eq!(claim.to_string(), "Kent is at least 1.5 times Essex");
/// assert_eq!(Relation::percent_above("+46 %")?, Relation::percent_above("46")?);
/// assert_eq!(Relation::percent_above("-4")?, Relation::percent_below("4")?);
/// assert!(Relation::at_least_below("101").is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Kind", into = "Kind")]
pub struct Relation(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Above,
    Below,
    PercentAbove(Plain),
    PercentBelow(Plain),
    AtLeastAbove(Plain),
    AtLeastBelow(Plain),
    Times(Plain),
    MoreThan(Plain),
    LessThan(Plain),
    AtLeast(Plain),
    AtMost(Plain),
}

impl Relation {
    /// Its rate is higher.
    pub const ABOVE: Self = Self(Kind::Above);
    /// Its rate is lower.
    pub const BELOW: Self = Self(Kind::Below);

    /// So many per cent above, such as `46`, `46 %` or `+46`: the decimals say how it was rounded. What is negative is below.
    ///
    /// # Errors
    /// [`ErrorKind::NotANumber`] for anything but a sign, a figure and a per cent sign, as [`Published::new`](super::Published::new).
    pub fn percent_above(percent: &str) -> Result<Self> {
        let (negative, percent) = Plain::signed(percent)?;
        Ok(Self(if negative { Kind::PercentBelow(percent) } else { Kind::PercentAbove(percent) }))
    }

    /// So many per cent below, as [`Relation::percent_above`]. What is negative is above.
    ///
    /// # Errors
    /// As [`Relation::percent_above`].
    pub fn percent_below(percent: &str) -> Result<Self> {
        let (negative, percent) = Plain::signed(percent)?;
        Ok(Self(if negative { Kind::PercentAbove(percent) } else { Kind::PercentBelow(percent) }))
    }

    /// At least a percentage above: no rounding is allowed for.
    ///
    /// # Errors
    /// As [`Relation::percent_above`], and for what is negative.
    pub fn at_least_above(percent: &str) -> Result<Self> {
        Ok(Self(Kind::AtLeastAbove(Plain::new(percent)?)))
    }

    /// At least a percentage below, no rounding allowed for.
    ///
    /// # Errors
    /// As [`Relation::at_least_above`], and [`ErrorKind::OutOfRange`] above 100.
    pub fn at_least_below(percent: &str) -> Result<Self> {
        Kind::AtLeastBelow(Plain::new(percent)?).try_into()
    }

    /// So many times, such as `1.3`: the decimals say how it was rounded. Of times, `half` and `twice` are read as 0.5 and 2.
    ///
    /// # Errors
    /// As [`Relation::at_least_above`].
    pub fn times(times: &str) -> Result<Self> {
        Ok(Self(Kind::Times(Plain::times(times)?)))
    }

    /// At least k times, k itself among them: no rounding is allowed for.
    ///
    /// # Errors
    /// As [`Relation::at_least_above`].
    pub fn at_least(times: &str) -> Result<Self> {
        Ok(Self(Kind::AtLeast(Plain::times(times)?)))
    }

    /// At most k times, k itself among them: no rounding is allowed for.
    ///
    /// # Errors
    /// As [`Relation::at_least_above`].
    pub fn at_most(times: &str) -> Result<Self> {
        Ok(Self(Kind::AtMost(Plain::times(times)?)))
    }

    /// More than k times: no rounding is allowed for.
    ///
    /// # Errors
    /// As [`Relation::at_least_above`].
    pub fn more_than(times: &str) -> Result<Self> {
        Ok(Self(Kind::MoreThan(Plain::times(times)?)))
    }

    /// Less than k times, such as `0.5` or `half`: no rounding is allowed for.
    ///
    /// # Errors
    /// As [`Relation::at_least_above`].
    pub fn less_than(times: &str) -> Result<Self> {
        Ok(Self(Kind::LessThan(Plain::times(times)?)))
    }

    /// The number of times what it is compared with that a rate has to be beyond, on which side, and whether just there will do.
    /// A figure that has to print so says no more than its side; one of none (0 %, 1 times) says not even that.
    pub(super) fn bound(self) -> (Factor, Option<Side>, bool) {
        let one = Factor::ONE;
        match self.0 {
            Kind::Above => (one, Some(Side::More), false),
            Kind::Below => (one, Some(Side::Less), false),
            Kind::PercentAbove(percent) => (one, (!percent.is_zero()).then_some(Side::More), false),
            Kind::PercentBelow(percent) => (one, (!percent.is_zero()).then_some(Side::Less), false),
            Kind::AtLeastAbove(percent) => (Factor::above(percent), Some(Side::More), true),
            Kind::AtLeastBelow(percent) => (Factor::below(percent), Some(Side::Less), true),
            Kind::MoreThan(times) => (Factor::of(times), Some(Side::More), false),
            Kind::LessThan(times) => (Factor::of(times), Some(Side::Less), false),
            Kind::AtLeast(times) => (Factor::of(times), Some(Side::More), true),
            Kind::AtMost(times) => (Factor::of(times), Some(Side::Less), true),
            Kind::Times(times) => {
                let Factor { over, under } = Factor::of(times);
                let side = (over != under).then_some(if over > under { Side::More } else { Side::Less });
                (one, side, false)
            }
        }
    }

    /// Whether a figure has to print so, and no test but that of equal rates goes with it.
    pub(super) const fn is_printed(self) -> bool {
        matches!(self.0, Kind::PercentAbove(_) | Kind::PercentBelow(_) | Kind::Times(_))
    }

    /// Whether it is told in times, not in per cent.
    pub(super) const fn in_times(self) -> bool {
        matches!(self.0, Kind::Times(_) | Kind::MoreThan(_) | Kind::LessThan(_) | Kind::AtLeast(_) | Kind::AtMost(_))
    }

    /// As many decimals as it takes for a figure that is beside the bound not to print as that does.
    pub(super) fn telling_apart(self, decimals: usize, beside: bool, shown: impl Fn(usize) -> String) -> usize {
        const MORE: usize = 9;
        let bound = self.figure().map_or(0.0, |figure| figure.0.value());
        let tells = |decimals: &usize| shown(*decimals) != digits::fixed(bound, *decimals);
        let asked = beside && !self.is_printed();
        (decimals..=decimals + MORE).find(|decimals| !asked || tells(decimals)).unwrap_or(decimals)
    }

    /// Whether a figure that has to print so is what was found: per cent above or, negative, below, or times.
    pub(super) fn agrees(self, found: f64) -> bool {
        match self.0 {
            Kind::PercentAbove(Plain(claimed)) | Kind::Times(Plain(claimed)) => claimed.prints(found),
            Kind::PercentBelow(Plain(claimed)) => claimed.prints(-found),
            _ => false,
        }
    }

    /// What is said where a number of times prints so at no decimals alone, and is off by more than a tenth of itself.
    pub(super) fn only_when_whole(self, found: f64) -> Option<String> {
        let Kind::Times(Plain(claimed)) = self.0 else { return None };
        let off = (found - claimed.value()).abs() > (0.1 + 1e-12) * claimed.value();
        (claimed.decimals() == 0 && off && self.agrees(found))
            .then(|| format!("That is so only when rounded to a whole number: {}.", digits::fixed(found, 2)))
    }

    /// Whether anything between two that were found would print as a figure that has to.
    pub(super) fn reached(self, least: f64, most: f64) -> bool {
        match self.0 {
            Kind::PercentAbove(Plain(claimed)) | Kind::Times(Plain(claimed)) => claimed.reached(least, most),
            Kind::PercentBelow(Plain(claimed)) => claimed.reached(-most, -least),
            _ => false,
        }
    }

    /// Whether what was found, per cent or times, is what is said; `None` next to a bound, where the number is rounded.
    pub(super) fn is_said_of(self, found: f64) -> Option<bool> {
        if self.is_printed() {
            return Some(self.agrees(found));
        }
        let (factor, side, _) = self.bound();
        let times = if self.in_times() { found } else { 1.0 + found / 100.0 };
        let apart = times - factor.value();
        let near = apart.abs() <= 1e-12 * factor.value().max(1.0);
        (!near).then(|| (apart > 0.0) == (side == Some(Side::More)))
    }

    /// The figure that it names, if it names one.
    pub(super) const fn figure(self) -> Option<Plain> {
        match self.0 {
            Kind::Above | Kind::Below => None,
            Kind::PercentAbove(plain)
            | Kind::PercentBelow(plain)
            | Kind::AtLeastAbove(plain)
            | Kind::AtLeastBelow(plain)
            | Kind::Times(plain)
            | Kind::MoreThan(plain)
            | Kind::LessThan(plain)
            | Kind::AtLeast(plain)
            | Kind::AtMost(plain) => Some(plain),
        }
    }

    /// What is said of one year and the next, such as `rose by 4.2 % a year`.
    pub(super) fn said_a_year(self) -> String {
        match self.0 {
            Kind::Times(times)
            | Kind::MoreThan(times)
            | Kind::LessThan(times)
            | Kind::AtLeast(times)
            | Kind::AtMost(times) => {
                format!("was {}{} that of the year before, year by year", self.bounded(), times.in_words())
            }
            Kind::Above => "rose over the years".into(),
            Kind::Below => "fell over the years".into(),
            _ => format!("{} a year", self.said(&ComparedWith::Before)),
        }
    }

    /// What is said of an area, such as `is 46 % above the average`.
    pub(super) fn said(self, against: &ComparedWith) -> String {
        let other = against.told();
        match (self.0, against) {
            (Kind::Times(_) | Kind::MoreThan(_) | Kind::LessThan(_) | Kind::AtLeast(_) | Kind::AtMost(_), _) => {
                format!("is {}{} {other}", self.bounded(), self.figure().map_or_else(String::new, Plain::in_words))
            }
            (_, ComparedWith::YearBefore) => format!("{} on a year before", self.said(&ComparedWith::Before)),
            (Kind::Above, ComparedWith::Before) => "rose".into(),
            (Kind::Below, ComparedWith::Before) => "fell".into(),
            (Kind::PercentAbove(percent), ComparedWith::Before) => format!("rose by {percent} %"),
            (Kind::PercentBelow(percent), ComparedWith::Before) => format!("fell by {percent} %"),
            (Kind::AtLeastAbove(percent), ComparedWith::Before) => format!("rose by at least {percent} %"),
            (Kind::AtLeastBelow(percent), ComparedWith::Before) => format!("fell by at least {percent} %"),
            (Kind::Above, ComparedWith::Area(_)) => format!("has a higher rate than {other}"),
            (Kind::Below, ComparedWith::Area(_)) => format!("has a lower rate than {other}"),
            (Kind::Above, _) => format!("is above {other}"),
            (Kind::Below, _) => format!("is below {other}"),
            (Kind::PercentAbove(percent), _) => format!("is {percent} % above {other}"),
            (Kind::PercentBelow(percent), _) => format!("is {percent} % below {other}"),
            (Kind::AtLeastAbove(percent), _) => format!("is at least {percent} % above {other}"),
            (Kind::AtLeastBelow(percent), _) => format!("is at least {percent} % below {other}"),
        }
    }

    /// Of times, on which side of them.
    const fn bounded(self) -> &'static str {
        match self.0 {
            Kind::MoreThan(_) => "more than ",
            Kind::LessThan(_) => "less than ",
            Kind::AtLeast(_) => "at least ",
            Kind::AtMost(_) => "at most ",
            _ => "",
        }
    }
}

impl TryFrom<Kind> for Relation {
    type Error = Error;

    fn try_from(kind: Kind) -> Result<Self> {
        match kind {
            Kind::AtLeastBelow(percent) if percent.0.value() > 100.0 => {
                let (what, range) = ("a percentage that a rate can be below another", "from 0 to 100");
                Err(ErrorKind::OutOfRange { what, value: percent.0.value(), range }.into())
            }
            kind => Ok(Self(kind)),
        }
    }
}

impl From<Relation> for Kind {
    fn from(relation: Relation) -> Self {
        relation.0
    }
}
