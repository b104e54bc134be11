//! What a rate is held against, and what chance could do.

use super::{factor::Factor, products, side::Side};
use crate::{
    average::Value,
    base::{Undefined, exact},
    interval::{OneSided, PValues, Test, WithinDispersion},
    rate::{Rate, Tally},
    special::{Tails, binomial, discrete},
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

/// What variation within areas makes of a test: by square roots and, where few are expected, by the law that the counts then have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widened {
    by_roots: OneSided,
    of_few: Option<(OneSided, &'static str)>,
}

impl Widened {
    /// The larger p-value on this side, or two-sided, and the law that gives it.
    pub(super) fn larger(self, side: Option<Side>) -> (f64, &'static str) {
        let by_roots = (sided_within(self.by_roots, side), "square roots");
        let of_few = self.of_few.map(|(p, law)| (sided_within(p, side), law));
        of_few.filter(|(p, _)| *p >= by_roots.0).unwrap_or(by_roots)
    }
}

/// A double may end just beside a tie.
const SLACK: f64 = 1e-13;

impl Bench {
    /// Another rate.
    pub(super) fn rate(rate: Rate) -> Self {
        Self::Sums { sums: rate.into(), own: false }
    }

    /// How a rate compares with k times this, in whole numbers but for a mean or a median of rates.
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
            Self::Double(value) => against_a_double(rate.value(), factor.value() * value.per_head()),
        }
    }

    /// The count's probabilities, were the rate just k times this: exact given the sum of both counts, or as a Poisson count where
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

    /// The count's probabilities with variation within areas; `None` where the relation can only hold or only fail.
    pub(super) fn with_variation(self, rate: Rate, factor: Factor, within: WithinDispersion) -> Option<Widened> {
        let (own_rate, people) = (rate.value(), rate.population().get() as f64);
        let (against, times, variance, of_few) = match self {
            Self::Sums { sums, own } => {
                let rest = if own { sums.without(rate) } else { sums };
                // So many times an average that holds the area is more often the rate of the others.
                let share = if own { people / sums.population() as f64 } else { 0.0 };
                let times = factor.value() * (1.0 - share) / (1.0 - factor.value() * share);
                let times = if factor.over == factor.under { 1.0 } else { times };
                let against = rest.value().filter(|_| times >= 0.0 && times.is_finite())?;
                let (odds, _) = odds(rate, sums.population(), factor, own);
                let others = u64::try_from(rest.count()).unwrap_or(u64::MAX);
                let of_few = within.of_both(rate.count(), others, odds, Test::Exact).map(|p| (p, "beta-binomial"));
                (against, times, 0.25 / people + times * 0.25 / rest.population() as f64, of_few)
            }
            Self::Given { value, .. } | Self::Double(value) => {
                let expected = factor.value() * value.expected(rate.population());
                (
                    value.per_head(),
                    factor.value(),
                    0.25 / people,
                    within.about(rate.count(), expected).map(|p| (p, "negative binomial")),
                )
            }
        };
        let by_roots = within.by_roots(own_rate.sqrt() - (times * against).sqrt(), variance);
        Some(Widened { by_roots, of_few })
    }
}

/// How a rate compares with a bound that is a double.
pub(super) fn against_a_double(rate: f64, bound: f64) -> Ordering {
    match (rate - bound).abs() <= SLACK * bound {
        true => Ordering::Equal,
        false => rate.total_cmp(&bound),
    }
}

/// The odds of one of the offences being the area's, and the two whole numbers that they are of, where these can be held: `k n / m` where
/// the rate is `k` times that of others on `m` people, and `k n / (N - k n)` where it is `k` times an average over `N` people that holds it.
fn odds(rate: Rate, population: u128, factor: Factor, own: bool) -> (f64, Option<(u128, u128)>) {
    let people = u128::from(rate.population().get());
    if let (Some(here), Some(there)) = (factor.over.checked_mul(people), factor.under.checked_mul(population)) {
        let there = if own { there.saturating_sub(here) } else { there };
        return (exact::quotient(here, there), Some((here, there)));
    }
    let (here, there) = (factor.over as f64 * people as f64, factor.under as f64 * population as f64);
    (here / if own { (there - here).max(0.0) } else { there }, None)
}

/// Of `x` and `y` offences together, `x` is binomial with these odds (Przyborowski and Wilenski 1940).
fn conditional(rate: Rate, others: u64, population: u128, factor: Factor, own: bool) -> Tails {
    let count = rate.count();
    let (odds, parts) = odds(rate, population, factor, own);
    let apart = parts.and_then(|(here, there)| {
        let above = u128::from(count).checked_mul(there)?;
        let below = u128::from(others).checked_mul(here)?;
        let sum = here.checked_add(there)?;
        let sign = if above < below { -1.0 } else { 1.0 };
        Some(sign * exact::quotient(above.abs_diff(below), sum))
    });
    match odds {
        // No count can be above k times an average that holds it.
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

/// The same where variation within areas is allowed for.
pub(super) fn sided_within(p: OneSided, side: Option<Side>) -> f64 {
    match side {
        None => (2.0 * p.upper.min(p.lower)).min(1.0),
        Some(Side::More) => p.upper,
        Some(Side::Less) => p.lower,
    }
}
