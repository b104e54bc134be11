//! A statement about an area.

use super::published::Published;
use crate::{
    base::{Error, ErrorKind, Result, choice, digits, layout, words},
    league::Order,
    rate::Per,
};
use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroU32};

/// A statement about an area, to be checked against a table by [`Checker`](crate::claim::Checker).
///
/// ```
/// use crimerate::{Average, Claim, Per, Table, claim::Verdict};
///
/// let table = Table::from_rows([("A", 600, 50_000), ("B", 300, 50_000), ("C", 310, 50_000)])?;
/// let claims = table.compare(Average::POOLED).claims(Per::THOUSAND);
/// assert_eq!(claims.check(&Claim::highest("A"))?.verdict(), Verdict::Supported);
/// assert_eq!(claims.check(&Claim::lowest("B"))?.verdict(), Verdict::NotCertain);
/// assert_eq!(claims.check(&Claim::lowest("C"))?.verdict(), Verdict::Contradicted);
/// assert_eq!(claims.check(&Claim::lowest("B").of(4))?.verdict(), Verdict::NotCheckable);
/// assert_eq!(claims.check(&Claim::percent_above("A", "49")?)?.verdict(), Verdict::Supported);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    pub(super) area: String,
    pub(super) says: Says,
    /// How many areas it speaks of, where that is more than a table may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<NonZeroU32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Says {
    /// Its rate is one of the first k from this end.
    Among {
        order: Order,
        places: NonZeroU32,
    },
    Rate(Published),
    /// A percentage above or below the average.
    Above(Percent),
    Below(Percent),
    /// The average that it is compared with is this.
    Average(Published),
}

/// Per cent as they were printed, without a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Percent(pub(super) Published);

/// What the figures say of a [`Claim`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The figures say so, and chance does not account for it.
    Supported,
    /// The figures say so, but chance alone could make them.
    NotCertain,
    /// The figures say otherwise.
    Contradicted,
    /// Figures are missing that could say otherwise.
    NotCheckable,
}

choice!(Verdict, "a verdict", "supported, not-certain, contradicted or not-checkable", {
    Supported => "supported",
    NotCertain => "not-certain",
    Contradicted => "contradicted",
    NotCheckable => "not-checkable",
});

impl Verdict {
    /// The verdict in words.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::NotCertain => "true of the figures but not certain",
            Self::Contradicted => "contradicted",
            Self::NotCheckable => "not checkable",
        }
    }
}

impl Claim {
    /// The area has the highest rate of any.
    #[must_use]
    pub fn highest(area: impl Into<String>) -> Self {
        Self::new(area, Says::Among { order: Order::Highest, places: NonZeroU32::MIN })
    }

    /// The area has the lowest rate of any.
    #[must_use]
    pub fn lowest(area: impl Into<String>) -> Self {
        Self::new(area, Says::Among { order: Order::Lowest, places: NonZeroU32::MIN })
    }

    /// The area has one of the k highest rates.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for 0.
    pub fn among_highest(area: impl Into<String>, places: u32) -> Result<Self> {
        Self::among(area, Order::Highest, places)
    }

    /// The area has one of the k lowest rates.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for 0.
    pub fn among_lowest(area: impl Into<String>, places: u32) -> Result<Self> {
        Self::among(area, Order::Lowest, places)
    }

    /// The area has this rate.
    #[must_use]
    pub fn rate(area: impl Into<String>, rate: Published) -> Self {
        Self::new(area, Says::Rate(rate))
    }

    /// The area's rate is a given percentage above the average, such as `"46"`: the decimals say how it was rounded.
    ///
    /// To be supported takes an exact test of equal rates at 5 %, as [`Checker`](crate::claim::Checker) says; a figure that only prints so is *true of
    /// the figures but not certain*.
    ///
    /// # Errors
    /// [`ErrorKind::NotANumber`] as [`Published::new`].
    pub fn percent_above(area: impl Into<String>, percent: &str) -> Result<Self> {
        Ok(Self::new(area, Says::Above(Percent::new(percent)?)))
    }

    /// The area's rate is a given percentage below the average, as [`Claim::percent_above`].
    ///
    /// # Errors
    /// [`ErrorKind::NotANumber`] as [`Published::new`].
    pub fn percent_below(area: impl Into<String>, percent: &str) -> Result<Self> {
        Ok(Self::new(area, Says::Below(Percent::new(percent)?)))
    }

    /// The average that the area is compared with is this.
    #[must_use]
    pub fn average(area: impl Into<String>, average: Published) -> Self {
        Self::new(area, Says::Average(average))
    }

    /// The claim speaks of a number of areas, such as the 43 forces of England and Wales, whether or not a table has them all; 0 is
    /// not given.
    #[must_use]
    pub const fn of(mut self, areas: u32) -> Self {
        self.of = NonZeroU32::new(areas);
        self
    }

    /// The area.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.area
    }

    fn new(area: impl Into<String>, says: Says) -> Self {
        Self { area: area.into(), says, of: None }
    }

    pub(super) fn among(area: impl Into<String>, order: Order, places: u32) -> Result<Self> {
        let what = "a number of the highest or lowest areas";
        let refused = || Error::from(ErrorKind::OutOfRange { what, value: 0.0, range: "1 or more" });
        let places = NonZeroU32::new(places).ok_or_else(refused)?;
        Ok(Self::new(area, Says::Among { order, places }))
    }
}

impl Percent {
    fn new(percent: &str) -> Result<Self> {
        Published::new(percent, Per::ONE).map(Self)
    }
}

/// As a sentence without its full stop, such as `West Midlands has the highest rate of any area`.
impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let area = words::one_line(&self.area);
        let sentence = match self.says {
            Says::Among { order, places } => {
                let rates = match places.get() {
                    1 => format!("the {order} rate"),
                    places => format!("one of the {} {order} rates", digits::grouped(places)),
                };
                let of =
                    self.of.map_or_else(|| "any area".into(), |areas| words::counted(areas.get() as usize, "area"));
                format!("{area} has {rates} of {of}")
            }
            Says::Rate(rate) => format!("{area} has a rate of {rate}"),
            Says::Above(percent) => format!("{area} is {percent} % above the average"),
            Says::Below(percent) => format!("{area} is {percent} % below the average"),
            Says::Average(average) => format!("{area} is compared with an average of {average}"),
        };
        layout::pad(f, &sentence)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.0.digits())
    }
}

impl TryFrom<String> for Percent {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<Percent> for String {
    fn from(percent: Percent) -> Self {
        percent.0.plain()
    }
}
