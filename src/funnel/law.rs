use super::{Scale, dispersion};
use crate::{
    AverageValue, Confidence, Interval, Population, Undefined,
    special::{
        Tails, binomial,
        discrete::{self, Discrete},
        quantile::Tail,
    },
};
use std::f64::consts::FRAC_PI_2;

/// What a count follows where only chance is at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Law {
    /// A Poisson count, drawn as its ratio to the expected one, whose square root is kept.
    Poisson { expected: f64, root: f64 },
    /// A binomial count, drawn as its proportion of the total.
    Binomial { total: u64, odds: f64, expected: f64 },
}

impl Law {
    pub(crate) fn poisson(expected: f64) -> Result<Self, Undefined> {
        Self::rooted(expected, expected.sqrt())
    }

    /// A count beside an average: the root of what is expected is the product of those of average and population, so that a
    /// panel takes one root for each area and one for each indicator, and none for each cell.
    pub(crate) fn beside(average: AverageValue, population: Population) -> Result<Self, Undefined> {
        let root = average.per_head().sqrt() * (population.get() as f64).sqrt();
        Self::rooted(average.expected(population), root)
    }

    fn rooted(expected: f64, root: f64) -> Result<Self, Undefined> {
        if expected > 0.0 && expected.is_finite() {
            Ok(Self::Poisson { expected, root })
        } else {
            Err(Undefined::NothingExpected)
        }
    }

    /// Of a part of so many, which is the average of all.
    pub(crate) fn binomial(total: u64, average: AverageValue) -> Result<Self, Undefined> {
        let (total, odds) = (Population::new(total).map_err(|_| Undefined::NothingExpected)?, average.odds());
        match odds {
            0.0 => Err(Undefined::NothingExpected),
            _ if odds.is_finite() => Ok(Self::Binomial { total: total.get(), odds, expected: average.expected(total) }),
            _ => Err(Undefined::AllExpected),
        }
    }

    pub(crate) fn expected(self) -> f64 {
        match self {
            Self::Poisson { expected, .. } | Self::Binomial { expected, .. } => expected,
        }
    }

    /// The value that is drawn for a count.
    pub(crate) fn value(self, count: f64) -> f64 {
        match self {
            Self::Poisson { expected, .. } => count / expected,
            Self::Binomial { total, .. } => count / total as f64,
        }
    }

    /// The probabilities on both sides of a count.
    pub(crate) fn tails(self, count: u64) -> Tails {
        match self {
            Self::Poisson { expected, .. } => discrete::poisson_tails(count as f64, expected),
            Self::Binomial { total, odds, .. } => binomial::tails(count, total.saturating_sub(count), odds),
        }
    }

    /// The inverse square of the standard error on the scale.
    pub(crate) fn weight(self, scale: Scale) -> f64 {
        match (self, scale) {
            (Self::Poisson { expected, .. }, Scale::SquareRoot) => 4.0 * expected,
            (Self::Poisson { expected, .. }, Scale::Log) => expected,
            (Self::Binomial { total, .. }, Scale::SquareRoot) => 4.0 * total as f64,
            (Self::Binomial { .. }, Scale::Log) => self.variance(),
        }
    }

    /// The variance of the count.
    pub(crate) fn variance(self) -> f64 {
        match self {
            Self::Poisson { expected, .. } => expected,
            Self::Binomial { odds, .. } => self.expected() / (1.0 + odds),
        }
    }

    /// How many standard errors a count lies from the target, on the scale.
    pub(crate) fn z(self, count: u64, scale: Scale) -> Result<f64, Undefined> {
        let x = count as f64;
        match (self, scale) {
            (_, Scale::Log) if count == 0 => Err(Undefined::ZeroCount),
            (Self::Poisson { expected, root }, Scale::SquareRoot) => Ok(dispersion::square_root_z(x, expected, root)),
            (Self::Poisson { expected, root }, Scale::Log) => Ok(dispersion::log_z(x, expected, root)),
            (Self::Binomial { total, .. }, Scale::Log) if count >= total => Err(Undefined::AllCounted),
            (Self::Binomial { total, odds, expected }, scale) => {
                let rest = (total.saturating_sub(count)) as f64;
                // x - odds rest, in which nothing but x - E cancels.
                let above = (x - expected) * (1.0 + odds);
                let apart = match scale {
                    Scale::SquareRoot => {
                        let sine = above / (x.sqrt() + (odds * rest).sqrt());
                        sine.atan2(rest.sqrt() + (odds * x).sqrt())
                    }
                    Scale::Log => match above / (odds * rest) {
                        near if near.abs() < 0.5 => near.ln_1p(),
                        _ => (x / rest / odds).ln(),
                    },
                };
                Ok(apart * self.weight(scale).sqrt())
            }
        }
    }

    /// The exact limits of the value, interpolated between counts and not below zero.
    pub(crate) fn discrete_limits(self, confidence: Confidence) -> Interval {
        let at = |tail: Tail| match self {
            Self::Poisson { expected, .. } => discrete::poisson(expected, tail),
            Self::Binomial { total, odds, .. } => discrete::binomial(total, odds, tail),
        };
        let [lower, upper] = [Tail::Lower(confidence.tail()), Tail::Upper(confidence.tail())]
            .map(|tail| self.value(Discrete::interpolated(at(tail))));
        // At a level next to 0 they meet, and rounding may not cross them.
        Interval::at(lower.max(0.0), upper.max(lower).max(0.0), confidence, || lower)
    }

    /// The limits of the value so many standard errors from the target, on the scale: clamped there, then read back.
    pub(crate) fn limits(self, scale: Scale, errors: f64, confidence: Confidence) -> Interval {
        let reach = errors / self.weight(scale).sqrt();
        let square = |root: f64| root * root;
        let [lower, upper] = [-reach, reach].map(|reach| match (self, scale) {
            (Self::Poisson { .. }, Scale::SquareRoot) => 1.0 + reach,
            (Self::Poisson { .. }, Scale::Log) => reach.exp(),
            (Self::Binomial { odds, .. }, Scale::SquareRoot) => odds.sqrt().atan() + reach,
            (Self::Binomial { odds, .. }, Scale::Log) => 1.0 / (1.0 + (-reach).exp() / odds),
        });
        let [low, high] = [lower, upper].map(|edge| match (self, scale) {
            (_, Scale::Log) => edge,
            (Self::Poisson { .. }, _) => square(edge.max(0.0)),
            (Self::Binomial { .. }, _) => square(edge.clamp(0.0, FRAC_PI_2).sin()),
        });
        Interval::at(low, high.max(low), confidence, || lower)
    }
}
