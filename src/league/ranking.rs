//! Ranks by exact fractions, or by finite numbers, with a rule for ties.

use crate::{
    base::{Cell, Error, ErrorKind, Figure, RowColumn, choice, digits, exact, layout},
    rate::{Order, Rate},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{cmp::Ordering, fmt, str::FromStr};

/// What equal rates get. The default is [`Ties::Competition`].
///
/// | rule | rates 5, 3, 3, 1, highest first |
/// |---|---|
/// | `competition` | 1, 2, 2, 4 |
/// | `maximum` | 1, 3, 3, 4 |
/// | `dense` | 1, 2, 2, 3 |
/// | `ordinal` | 1, 2, 3, 4 (in the order of the table) |
/// | `average` | 1, 2.5, 2.5, 4 |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ties {
    /// The best of the places that they share ("joint second").
    #[default]
    Competition,
    /// The worst of the places that they share.
    Maximum,
    /// One place for all, and the next place for the next rate.
    Dense,
    /// A place each, in the order of the table.
    Ordinal,
    /// The mean of the places that they share.
    Average,
}

choice!(Ties, "a rule for ties", "competition, dense, ordinal, average or maximum", {
    Competition => "competition",
    Maximum => "maximum",
    Dense => "dense",
    Ordinal => "ordinal",
    Average => "average",
});

/// A place in a ranking, from 1; average ties make it a whole or a half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rank {
    doubled: u64,
}

/// The places of some rates, compared as exact fractions, or of some values, compared as the numbers that they are, with the rule for ties
/// and the direction.
///
/// ```
/// use crimerate::{Order, Rate, Ties, league::Ranking};
///
/// let rates = [Rate::new(1, 1_000)?, Rate::new(3, 1_000)?, Rate::new(10, 10_000)?];
/// let ranking = Ranking::new(&rates, Order::Highest, Ties::Competition);
/// assert_eq!(ranking.ranks().map(|rank| rank.to_string()).collect::<Vec<_>>(), ["2", "1", "2"]);
/// assert_eq!(ranking.to_string(), "exact fractions, highest first, competition ties");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    order: Order,
    ties: Ties,
    ranks: Vec<Rank>,
    /// Twice the rates below each, and once those equal to it, itself among them.
    doubled_below: Vec<u64>,
    listing: Vec<usize>,
    /// Whether numbers were compared, and not fractions.
    of_values: bool,
}

impl Rank {
    /// The place as a number, such as 2 or 2.5.
    #[must_use]
    pub fn value(self) -> f64 {
        self.doubled as f64 / 2.0
    }

    /// The place as a whole number; `None` halfway between two places.
    #[must_use]
    pub const fn whole(self) -> Option<u64> {
        if self.doubled.is_multiple_of(2) { Some(self.doubled / 2) } else { None }
    }

    /// The place in an array of whole numbers: doubled where equal rates get the mean of their places.
    pub(crate) fn number(self, ties: Ties) -> u32 {
        let number = if ties == Ties::Average { self.doubled } else { self.doubled / 2 };
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// A place that was written: from 1, whole or halfway between two.
    fn at(place: f64) -> Option<Self> {
        let doubled = 2.0 * place;
        let possible = doubled >= 2.0 && doubled.fract() == 0.0 && doubled < u64::MAX as f64;
        possible.then_some(Self { doubled: doubled as u64 })
    }

    pub(crate) const fn of(place: usize) -> Self {
        Self { doubled: 2 * place as u64 }
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &digits::as_given(self.value()))
    }
}

/// Reads what prints, such as `2`, `2.5` or `1,024`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for text that is no rank.
impl FromStr for Rank {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (what, wanted) = ("rank", "a place from 1, whole or halfway between two");
        let place = digits::ungrouped(text).and_then(|text| text.parse().ok()).and_then(Self::at);
        place.ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted }.into())
    }
}

impl Cell for Rank {
    const COLUMN: RowColumn = RowColumn::NUMBER;

    fn figure(&self) -> Figure<'_> {
        Figure::Number(self.value())
    }
}

/// A whole number where it is one, else a number with `.5`.
impl Serialize for Rank {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(place) => serializer.serialize_u64(place),
            None => serializer.serialize_f64(self.value()),
        }
    }
}

impl<'de> Deserialize<'de> for Rank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A whole number or one with a point: formats that keep the two apart say which.
        struct Place;

        impl de::Visitor<'_> for Place {
            type Value = Rank;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a place from 1, whole or halfway between two")
            }

            fn visit_u64<E: de::Error>(self, place: u64) -> Result<Rank, E> {
                self.visit_f64(place as f64)
            }

            fn visit_i64<E: de::Error>(self, place: i64) -> Result<Rank, E> {
                self.visit_f64(place as f64)
            }

            fn visit_f64<E: de::Error>(self, place: f64) -> Result<Rank, E> {
                Rank::at(place).ok_or_else(|| E::custom(format_args!("{place} is not a rank")))
            }
        }

        deserializer.deserialize_any(Place)
    }
}

impl Ranking {
    /// Ranks the rates.
    #[must_use]
    pub fn new(rates: &[Rate], order: Order, ties: Ties) -> Self {
        Self::by(rates, Rate::cmp_value, order, ties)
    }

    /// Ranks values, such as standardised rates, severity scores or smoothed rates, as the numbers that they are.
    ///
    /// ```
    /// use crimerate::{Order, Ties, league::Ranking};
    ///
    /// let ranking = Ranking::of_values(&[0.25, 1.5, 0.25], Order::Highest, Ties::Competition)?;
    /// assert_eq!(ranking.ranks().map(|rank| rank.to_string()).collect::<Vec<_>>(), ["2", "1", "2"]);
    /// assert_eq!(ranking.to_string(), "numbers, highest first, competition ties");
    /// assert!(Ranking::of_values(&[0.25, f64::NAN], Order::Highest, Ties::Competition).is_err());
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for one that is not finite.
    pub fn of_values(values: &[f64], order: Order, ties: Ties) -> Result<Self, Error> {
        if let Some(value) = values.iter().copied().find(|value| !value.is_finite()) {
            return Err(ErrorKind::OutOfRange { what: "a value to be ranked", value, range: "finite" }.into());
        }
        Ok(Self::of_finite(values, order, ties))
    }

    /// The same of values that are known to be finite.
    pub(crate) fn of_finite(values: &[f64], order: Order, ties: Ties) -> Self {
        // Zero is zero, whatever its sign.
        let compare = |a: &f64, b: &f64| (a + 0.0).total_cmp(&(b + 0.0));
        Self { of_values: true, ..Self::by(values, compare, order, ties) }
    }

    fn by<T: Copy>(all: &[T], compare: impl Fn(&T, &T) -> Ordering, order: Order, ties: Ties) -> Self {
        let mut places: Vec<(usize, T)> = all.iter().copied().enumerate().collect();
        places.sort_by(|a, b| order.place(compare(&a.1, &b.1)));
        let mut ranks = vec![Rank::of(0); all.len()];
        let mut doubled_below = vec![0; all.len()];
        let mut before = 0;
        for (group, tied) in places.chunk_by(|a, b| compare(&a.1, &b.1) == Ordering::Equal).enumerate() {
            let last = before + tied.len();
            let below = match order {
                Order::Highest => 2 * all.len() - before - last,
                Order::Lowest => before + last,
            };
            for (place, (i, _)) in (before + 1..).zip(tied) {
                if let Some(rank) = ranks.get_mut(*i) {
                    *rank = match ties {
                        Ties::Competition => Rank::of(before + 1),
                        Ties::Maximum => Rank::of(last),
                        Ties::Dense => Rank::of(group + 1),
                        Ties::Ordinal => Rank::of(place),
                        Ties::Average => Rank { doubled: (before + 1 + last) as u64 },
                    };
                }
                if let Some(doubled) = doubled_below.get_mut(*i) {
                    *doubled = below as u64;
                }
            }
            before = last;
        }
        let listing = places.into_iter().map(|(i, _)| i).collect();
        Self { order, ties, ranks, doubled_below, listing, of_values: false }
    }

    /// The place of the rate with this index.
    #[must_use]
    pub fn rank(&self, index: usize) -> Option<Rank> {
        self.ranks.get(index).copied()
    }

    /// The places, in the order that the rates were given in.
    pub fn ranks(&self) -> impl ExactSizeIterator<Item = Rank> + '_ {
        self.ranks.iter().copied()
    }

    /// The percentile of the rate with this index: 100 times the share of the rates that are lower, half of those equal
    /// to it (itself among them) counted in. It does not depend on the order or the rule for ties, and runs from 50/n for
    /// the lowest of n different rates to 100 - 50/n for the highest.
    ///
    /// ```
    /// use crimerate::{Order, Rate, Ties, league::Ranking};
    ///
    /// let rates = [Rate::new(1, 1_000)?, Rate::new(3, 1_000)?, Rate::new(10, 10_000)?, Rate::new(2, 1_000)?];
    /// let ranking = Ranking::new(&rates, Order::Highest, Ties::Competition);
    /// assert_eq!([0, 1, 2, 3].map(|index| ranking.percentile(index)), [Some(25.0), Some(87.5), Some(25.0), Some(62.5)]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn percentile(&self, index: usize) -> Option<f64> {
        let doubled = u128::from(*self.doubled_below.get(index)?);
        Some(exact::quotient(100 * doubled, 2 * self.ranks.len() as u128))
    }

    /// The indices of the rates from the first place to the last; equal rates in the order that they were given in.
    #[must_use]
    pub fn listing(&self) -> &[usize] {
        &self.listing
    }

    /// Which end is first.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// What equal rates get.
    #[must_use]
    pub const fn ties(&self) -> Ties {
        self.ties
    }
}

impl fmt::Display for Ranking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let compared = if self.of_values { "numbers" } else { "exact fractions" };
        layout::pad(f, &format!("{compared}, {} first, {} ties", self.order, self.ties))
    }
}
