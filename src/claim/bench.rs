//! What a rate is held against, and what chance could do.

use super::{
    products,
    relation::{Factor, Side},
};
use crate::{
    average::Value,
    base::{Undefined, exact},
    interval::{PValues, Test},
    rate::{Rate, Tally},
    special::{Tails, binomial, discrete, normal},
};
use std::cmp::Ordering;

/// What a rate is held against.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bench {
    /// Sums of counts and populations, the area's own among them or not.
    Sums { sums: Tally, own: bool },
    /// A given rate, as a fraction of whole numbers, and as what it is.
    Given { over: u128, under: u128, value: Value },
    /// A mean or a median of rates.
    Double(Value),
}

/// A double may end just beside a tie.
const SLACK: f64 = 1e-13;

impl Bench {
    /// Another rate.
    pub(super) fn rate(rate: Rate) -> Self {
        Self::Sums { sums: rate.into(), own: false }
    }

    /// How a rate compares with so many times this, in whole numbers but for a mean or a median of rates.
    pub(super) fn place(self, rate: Rate, factor: Factor) -> Ordering {
        let (count, people) = (u128::from(rate.count()), u128::from(rate.population().get()));
        let Factor { over, under } = factor;
        match self {
            Self::Sums { sums, .. } => {
                products::compare([count, sums.population(), under], [over, sums.count(), people])
            }
            Self::Given { over: figure, under: unit, .. } => {
                products::compare([count, unit, under], [over, figure, people])
            }
            Self::Double(value) => {
                let (rate, bound) = (rate.value(), factor.value() * value.per_head());
                match (rate - bound).abs() <= SLACK * bound {
                    true => Ordering::Equal,
                    false => rate.total_cmp(&bound),
                }
            }
        }
    }

    /// The count's probabilities, were the rate just so many times this: exact given the sum of both counts, or as a Poisson count where
    /// the average is taken as known.
    pub(super) fn tails(self, rate: Rate, factor: Factor) -> Result<PValues, Undefined> {
        let tails = match self {
            Self::Sums { sums, own } => {
                let rest = if own { sums.without(rate) } else { sums };
                if rest.population() == 0 {
                    return Err(Undefined::NoAverage);
                }
                let others = u64::try_from(rest.count()).map_err(|_| Undefined::TooLarge)?;
                conditional(rate, others, sums.population(), factor, own)
            }
            Self::Given { value, .. } | Self::Double(value) => {
                let expected = factor.value() * value.expected(rate.population());
                discrete::poisson_tails(rate.count() as f64, expected)
            }
        };
        Ok(PValues::new(tails, Test::Exact))
    }

    /// The normal deviate of the square roots, with the variation within areas that is given; `None` where the relation can only hold
    /// or only fail.
    pub(super) fn deviate(self, rate: Rate, factor: Factor, phi: f64) -> Option<f64> {
        let (own_rate, people) = (rate.value(), rate.population().get() as f64);
        let (beside, times, variance) = match self {
            Self::Sums { sums, own } => {
                let rest = if own { sums.without(rate) } else { sums };
                // So many times an average that holds the area is more often the rate of the others.
                let share = if own { people / sums.population() as f64 } else { 0.0 };
                let times = factor.value() * (1.0 - share) / (1.0 - factor.value() * share);
                let times = if factor.over == factor.under { 1.0 } else { times };
                let beside = rest.value().filter(|_| times >= 0.0 && times.is_finite())?;
                (beside, times, 0.25 / people + times * 0.25 / rest.population() as f64)
            }
            Self::Given { value, .. } | Self::Double(value) => (value.per_head(), factor.value(), 0.25 / people),
        };
        Some((own_rate.sqrt() - (times * beside).sqrt()) / (phi * variance).sqrt())
    }
}

/// Of `x` and `y` offences together, `x` is binomial with odds of `k n / m` where the rate is `k` times that of others on `m` people, and
/// `k n / (N - k n)` where it is `k` times an average over `N` people that holds it (Przyborowski and Wilenski 1940).
fn conditional(rate: Rate, others: u64, population: u128, factor: Factor, own: bool) -> Tails {
    let (count, people) = (rate.count(), u128::from(rate.population().get()));
    let whole = || {
        let (here, there) = (factor.over.checked_mul(people)?, factor.under.checked_mul(population)?);
        Some((here, if own { there.saturating_sub(here) } else { there }))
    };
    let doubles = || {
        let (here, there) = (factor.over as f64 * people as f64, factor.under as f64 * population as f64);
        (here, if own { (there - here).max(0.0) } else { there })
    };
    let (odds, apart) = match whole() {
        None => (doubles().0 / doubles().1, None),
        Some((here, there)) => {
            let products = || {
                let above = u128::from(count).checked_mul(there)?;
                let below = u128::from(others).checked_mul(here)?;
                let sum = here.checked_add(there)?;
                let sign = if above < below { -1.0 } else { 1.0 };
                Some(sign * exact::quotient(above.abs_diff(below), sum))
            };
            (exact::quotient(here, there), products())
        }
    };
    match odds {
        // No count can be above so many times an average that holds it.
        odds if odds.is_infinite() => match others {
            0 => Tails { below: 0.0, point: 1.0, above: 0.0 },
            _ => Tails { below: 0.0, point: 0.0, above: 1.0 },
        },
        0.0 => match count {
            0 => Tails { below: 0.0, point: 1.0, above: 0.0 },
            _ => Tails { below: 1.0, point: 0.0, above: 0.0 },
        },
        odds => match apart {
            Some(apart) => binomial::tails_apart(count, others, odds, apart),
            None => binomial::tails(count, others, odds),
        },
    }
}

/// The p-value on this side, or two-sided.
pub(super) fn sided(p: PValues, side: Option<Side>) -> f64 {
    match side {
        None => p.two_sided(),
        Some(Side::More) => p.upper(),
        Some(Side::Less) => p.lower(),
    }
}

/// The same of a normal deviate.
pub(super) fn sided_deviate(z: f64, side: Option<Side>) -> f64 {
    match side {
        None => (2.0 * normal::upper_tail(z.abs())).min(1.0),
        Some(Side::More) => normal::upper_tail(z),
        Some(Side::Less) => normal::upper_tail(-z),
    }
}
