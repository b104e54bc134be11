//! A statement about an area.

use super::{
    compared_with::ComparedWith,
    course::Course,
    ordinal::ordinal,
    published::Published,
    relation::Relation,
    side::Side,
    span::{Between, Move},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, layout, words},
    rate::Order,
    table::Table,
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

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Says {
    /// Its rate is one of the first k from this end.
    Among {
        order: Order,
        places: NonZeroU32,
    },
    /// Its rate went from one place to another.
    Moved(Move),
    Rate(Published),
    Between(Between),
    /// The average that it is compared with is this.
    Average(Published),
    /// How its rate went over time.
    OverTime(Course),
    /// How its rate lies to something.
    Compared {
        relation: Relation,
        against: ComparedWith,
    },
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

    /// The area's rate is between two others, per as many people, both ends and what rounds to them let in.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] where the first is the higher one, or where they are not per as many.
    pub fn between(area: impl Into<String>, low: Published, high: Published) -> Result<Self> {
        Ok(Self::new(area, Says::Between((low, high).try_into()?)))
    }

    /// The area's rate lies so to the average, to the rate of another area, or to its own before.
    ///
    /// ```
    /// use crimerate::{Claim, claim::{ComparedWith, Relation}};
    ///
    /// let claim = Claim::compared("London", Relation::times("1.3")?, "New York");
    /// assert_eq!(claim.to_string(), "London is 1.3 times New York");
    /// let claim = Claim::compared("Kent", Relation::more_than("2")?, ComparedWith::Average);
    /// assert_eq!(claim.to_string(), "Kent is more than 2 times the average");
    /// let claim = Claim::compared("Kent", Relation::percent_above("22")?, ComparedWith::Before);
    /// assert_eq!(claim.to_string(), "Kent rose by 22 %");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn compared(area: impl Into<String>, relation: Relation, against: impl Into<ComparedWith>) -> Self {
        Self::new(area, Says::Compared { relation, against: against.into() })
    }

    /// The area's rate is a given percentage above the average, such as `"46"`: the decimals say how it was rounded.
    ///
    /// To be supported takes an exact test of equal rates at 5 %, as [`Checker`](crate::claim::Checker) says; a figure that only prints so is *true of
    /// the figures but not certain*.
    ///
    /// # Errors
    /// As [`Relation::percent_above`].
    pub fn percent_above(area: impl Into<String>, percent: &str) -> Result<Self> {
        Ok(Self::compared(area, Relation::percent_above(percent)?, ComparedWith::Average))
    }

    /// The area's rate is a given percentage below the average, as [`Claim::percent_above`].
    ///
    /// # Errors
    /// As [`Relation::percent_above`].
    pub fn percent_below(area: impl Into<String>, percent: &str) -> Result<Self> {
        Ok(Self::compared(area, Relation::percent_below(percent)?, ComparedWith::Average))
    }

    /// The area's rate is above the average.
    #[must_use]
    pub fn above_average(area: impl Into<String>) -> Self {
        Self::compared(area, Relation::ABOVE, ComparedWith::Average)
    }

    /// The area's rate is below the average.
    #[must_use]
    pub fn below_average(area: impl Into<String>) -> Self {
        Self::compared(area, Relation::BELOW, ComparedWith::Average)
    }

    /// The area's rate is higher than that of another.
    #[must_use]
    pub fn higher_than(area: impl Into<String>, other: &str) -> Self {
        Self::compared(area, Relation::ABOVE, other)
    }

    /// The area's rate is lower than that of another.
    #[must_use]
    pub fn lower_than(area: impl Into<String>, other: &str) -> Self {
        Self::compared(area, Relation::BELOW, other)
    }

    /// The area's rate rose from what it was before.
    #[must_use]
    pub fn rose(area: impl Into<String>) -> Self {
        Self::compared(area, Relation::ABOVE, ComparedWith::Before)
    }

    /// The area's rate fell from what it was before.
    #[must_use]
    pub fn fell(area: impl Into<String>) -> Self {
        Self::compared(area, Relation::BELOW, ComparedWith::Before)
    }

    /// The area moved from one place to another, counted from the highest rate.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for 0, and where both places are the same.
    pub fn moved(area: impl Into<String>, from: u32, to: u32) -> Result<Self> {
        Ok(Self::new(area, Says::Moved((from, to).try_into()?)))
    }

    /// The average that the area is compared with is this.
    #[must_use]
    pub fn average(area: impl Into<String>, average: Published) -> Self {
        Self::new(area, Says::Average(average))
    }

    /// The claim speaks of a number of areas, such as the 43 forces of England and Wales, whether or not a table has them all; 0 is
    /// not told.
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

    /// Whether it is about the area's own rate and nothing else.
    pub(super) const fn is_of_one_rate(&self) -> bool {
        matches!(self.says, Says::Rate(_) | Says::Between(_))
    }

    /// Whether it speaks of what was before.
    pub(super) const fn is_of_a_change(&self) -> bool {
        matches!(self.says, Says::Moved(_) | Says::Compared { against: ComparedWith::Before, .. })
    }

    /// Whether a figure that it names is what was found.
    pub(super) fn prints(&self, found: f64) -> bool {
        match &self.says {
            Says::Compared { relation, .. } => relation.agrees(found),
            Says::Average(figure) => figure.prints(found),
            _ => false,
        }
    }

    /// On which side of what a figure says that the rate is, such as `above the average`; `None` of all else.
    pub(super) fn side_of_figure(&self) -> Option<String> {
        let Says::Compared { relation, against } = &self.says else { return None };
        let (_, side, _) = relation.bound();
        let side = side.filter(|_| relation.is_printed())?;
        Some(format!("{} {}", if side == Side::More { "above" } else { "below" }, against.told()))
    }

    pub(super) fn over_time(area: impl Into<String>, course: Course) -> Self {
        Self::new(area, Says::OverTime(course))
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

impl Claim {
    /// The same of areas as a table prints them, whatever they were asked for by.
    pub(super) fn by_labels(&self, table: &Table) -> Self {
        let label = |name: &str| table.index(name).ok().and_then(|at| Some(table.areas().get(at)?.label().to_owned()));
        let mut claim = self.clone();
        match &mut claim.says {
            // A series has names of its own.
            Says::OverTime(_) => return claim,
            Says::Compared { against: ComparedWith::Area(other), .. } => {
                *other = label(other).unwrap_or_else(|| other.clone());
            }
            _ => {}
        }
        Self { area: label(&claim.area).unwrap_or(claim.area), ..claim }
    }
}

impl Claim {
    /// The sentence, a claim of ranks being of the number of areas, or of any.
    pub(super) fn told_of(&self, compared: Option<usize>) -> String {
        let area = words::one_line(&self.area);
        match &self.says {
            Says::Among { order, places } => {
                let rates = match places.get() {
                    1 => format!("the {order} rate"),
                    places => format!("one of the {} {order} rates", digits::grouped(places)),
                };
                let of = match (self.of, compared) {
                    (Some(areas), _) => words::counted(areas.get() as usize, "area"),
                    (None, Some(areas)) => format!("the {} compared", digits::grouped(areas as u64)),
                    (None, None) => "any area".into(),
                };
                format!("{area} has {rates} of {of}")
            }
            Says::Rate(rate) => format!("{area} has a rate of {rate}"),
            Says::Between(Between { low, high }) => {
                format!("{area} has a rate between {} and {} {}", low.digits(), high.digits(), low.per())
            }
            Says::Moved(Move { from, to }) => {
                let [from, to] = [from, to].map(|place| ordinal(place.get() as usize));
                format!("{area} moved from {from} to {to} highest")
            }
            Says::Compared { relation, against } => format!("{area} {}", relation.said(against)),
            Says::OverTime(course) => format!("{area} {}", course.said()),
            Says::Average(average) => format!("{area} is compared with an average of {average}"),
        }
    }
}

/// As a sentence without its full stop, such as `West Midlands has the highest rate of any area`.
impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.told_of(None))
    }
}
