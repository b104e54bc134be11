//! Ranks by exact fractions, or by finite numbers, with a rule for ties.

use super::{rank::Rank, ties::Ties};
use crate::{
    base::{Error, ErrorKind, exact, layout},
    rate::{Order, Rate},
};
use std::{cmp::Ordering, fmt};

/// The places of some rates, compared as exact fractions, or of some values, compared as the numbers that they are, with the rule for ties
/// and the direction.
///
/// ```
/// use crimerate::{Order, Rate, Ties, league::Ranking};
///
/// let rates = [Rate::new(1, 1_000)?, Rate::new(3, 1_000)?, Rate::new(10, 10_000)?];
/// let ranking = Ranking::new(&rates, Order::Highest, Ties::Competition);
/// assert_eq!(ranking.ranks().map(|rank| rank.to_string()).collect::<Vec<_>>(), ["2", "1", "2"]);
/// assert_eq!(ranking.to_string(), "rates before rounding, highest first, competition ties");
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
        let compared = if self.of_values { "numbers" } else { "rates before rounding" };
        layout::pad(f, &format!("{compared}, {} first, {} ties", self.order, self.ties))
    }
}
