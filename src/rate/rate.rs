//! A count over a population.

use super::{per::Per, population::Population, reading::Reading};
use crate::base::{Error, ErrorKind, Result, digits, exact, layout};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, fmt, str::FromStr};

/// A count over a population.
///
/// It keeps both, so it can be read per any number of people, pooled with others and given an interval without loss.
/// A rate may be above one: offences can outnumber residents.
///
/// Two rates are equal (`==`) when count and population are: 1 in 1,000 and 10 in 10,000 rank equal but are not equal
/// evidence. [`Rate::cmp_value`] orders by the value alone, in integers, so that no rounding decides a tie.
///
/// ```
/// use crimerate::{Per, Rate};
/// use std::cmp::Ordering;
///
/// let small = Rate::new(1, 1_000)?;
/// let large = Rate::new(10, 10_000)?;
/// assert_ne!(small, large);
/// assert_eq!(small.cmp_value(&large), Ordering::Equal);
/// assert_eq!(large.per(Per::HUNDRED_THOUSAND).value(), 100.0);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rate {
    count: u64,
    population: Population,
}

impl Rate {
    /// `count` offences among `population` people.
    ///
    /// # Errors
    /// [`ErrorKind::ZeroPopulation`](crate::ErrorKind::ZeroPopulation) where the population is 0.
    pub fn new(count: u64, population: u64) -> Result<Self> {
        Population::new(population).map(|population| Self::of(count, population))
    }

    /// `count` offences among a population that is known to be one.
    #[must_use]
    pub const fn of(count: u64, population: Population) -> Self {
        Self { count, population }
    }

    /// The count.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.count
    }

    /// The population.
    #[must_use]
    pub const fn population(self) -> Population {
        self.population
    }

    /// The rate read per unit population: `count * per / population`, rounded once.
    #[must_use]
    pub fn per(self, per: Per) -> Reading {
        let numerator = u128::from(self.count) * u128::from(per.get());
        Reading::of_fraction(numerator, self.population.get().into(), per)
    }

    /// The rate per head as a double, for arithmetic; rounded once.
    pub(crate) fn value(self) -> f64 {
        exact::quotient(self.count.into(), self.population.get().into())
    }

    /// Orders by value alone: `x / n` against `y / m` is `x m` against `y n` in whole numbers.
    #[must_use]
    pub fn cmp_value(&self, other: &Self) -> Ordering {
        let (here, there) = self.cross(*other);
        here.cmp(&there)
    }

    /// `x m` and `y n`: both rates over the same denominator, in whole numbers.
    pub(crate) fn cross(self, other: Self) -> (u128, u128) {
        let product = |a: Self, b: Self| u128::from(a.count) * u128::from(b.population.get());
        (product(self, other), product(other, self))
    }
}

/// Such as `721 on 2,939,927`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &format!("{} on {}", digits::grouped(self.count), self.population))
    }
}

/// Reads what prints: a count, `on` and a population, each in plain digits or with commas between its thousands.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for other text, [`ErrorKind::ZeroPopulation`] on 0.
impl FromStr for Rate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.trim().split_once(" on ").and_then(|(count, population)| {
            Some((digits::whole(count.trim_end())?, digits::whole(population.trim_start())?))
        });
        let (count, population) = parts.ok_or_else(|| {
            Error::from(ErrorKind::NotANumber {
                what: "rate",
                text: text.into(),
                wanted: "a count on a population, such as 721 on 2,939,927",
            })
        })?;
        Self::new(count, population)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn is_two_words_and_orders_without_rounding() {
        assert_eq!(size_of::<Rate>(), 16);
        let (big, bigger) = (Rate::new(u64::MAX - 1, u64::MAX).unwrap(), Rate::new(u64::MAX, u64::MAX).unwrap());
        assert_eq!(big.value().to_bits(), bigger.value().to_bits());
        assert_eq!(big.cmp_value(&bigger), Ordering::Less);
    }

    #[test]
    fn prints_what_a_person_would_round() {
        let rate = |count, population| Rate::new(count, population).unwrap();
        assert_eq!(rate(1, 8).per(Per::ONE).digits(2), "0.13");
        assert_eq!(format!("{:.2}", rate(521, 567_700).per(Per::HUNDRED_THOUSAND)), "91.77 per 100,000");
        assert_eq!(rate(0, 5).per(Per::THOUSAND).to_string(), "0.0 per 1,000");
        assert_eq!(rate(u64::MAX, 1).per(Per::ONE).to_string(), "18,446,744,073,709,551,615.0 per 1");
    }

    proptest! {
        #[test]
        fn scaling_both_parts_leaves_the_value(count in 0..1_u64 << 32, people in 1..1_u64 << 32, k in 1..1_u64 << 31) {
            let rate = Rate::new(count, people).unwrap();
            let scaled = Rate::new(count * k, people * k).unwrap();
            prop_assert_eq!(rate.cmp_value(&scaled), Ordering::Equal);
            for per in [Per::ONE, Per::THOUSAND, Per::HUNDRED_THOUSAND, Per::MILLION] {
                prop_assert_eq!(rate.per(per).value().to_bits(), scaled.per(per).value().to_bits());
                prop_assert_eq!(rate.per(per).to_string(), scaled.per(per).to_string());
            }
        }

        #[test]
        fn reading_per_k_is_the_count_times_k(count in 0..1_u64 << 32, people in 1_u64.., k in 1_u32..) {
            let read = Rate::new(count, people).unwrap().per(Per::new(k).unwrap());
            let scaled = Rate::new(count * u64::from(k), people).unwrap().per(Per::ONE);
            prop_assert_eq!(read.value().to_bits(), scaled.value().to_bits());
        }

        #[test]
        fn order_agrees_with_the_doubles_unless_they_tie(a in any::<(u64, u64)>(), b in any::<(u64, u64)>()) {
            let (a, b) = (Rate::new(a.0, a.1.max(1)).unwrap(), Rate::new(b.0, b.1.max(1)).unwrap());
            prop_assert_eq!(a.cmp_value(&b), b.cmp_value(&a).reverse());
            let doubles = a.value().total_cmp(&b.value());
            prop_assert!(doubles.is_eq() || doubles == a.cmp_value(&b));
        }
    }
}
