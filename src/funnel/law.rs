//! The law that a count follows by chance.
//!
//! A point holds the law that its count follows by chance (Poisson of the expected count, or binomial of a total), or why there is
//! none; z, limits, tails and dispersion are asked of the law, so that rates and proportions share all else, their report too.

use super::{
    dispersion::Dispersion,
    overdispersion::Overdispersion,
    rest::{Against, Rest, Side, TrueSpread},
    scale::{Scale, linear_z, log_z, square_root_z},
};
use crate::{
    average,
    base::Undefined,
    interval::{Confidence, Interval, PValues, Test},
    rate::Population,
    special::{Discrete, Tail, Tails, beta_binomial, negative_binomial},
};
use std::f64::consts::FRAC_PI_2;

/// What a count follows where only chance is at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Law {
    /// A Poisson count, drawn as its ratio to the expected one, whose square root is kept.
    Poisson { expected: f64, root: f64, against: Against },
    /// A binomial count, drawn as its proportion of the total.
    Binomial { total: u64, odds: f64, expected: f64, against: Against },
}

impl Law {
    pub(crate) fn poisson(expected: f64) -> Result<Self, Undefined> {
        Self::rooted(expected, expected.sqrt())
    }

    /// A count with an average: the root of what is expected is the product of those of average and population, so that a
    /// panel takes one root for each area and one for each indicator, and none for each cell.
    pub(crate) fn beside(average: average::Value, population: Population) -> Result<Self, Undefined> {
        let root = average.per_head().sqrt() * (population.get() as f64).sqrt();
        Self::rooted(average.expected(population), root)
    }

    fn rooted(expected: f64, root: f64) -> Result<Self, Undefined> {
        if expected > 0.0 && expected.is_finite() {
            Ok(Self::Poisson { expected, root, against: Against::Known })
        } else {
            Err(Undefined::NothingExpected)
        }
    }

    /// Of a part of a total, which is the average of all.
    pub(crate) fn binomial(total: u64, average: average::Value) -> Result<Self, Undefined> {
        let people = Population::new(total).map_err(|_| Undefined::NothingExpected)?;
        Self::part(total, average.odds(), average.expected(people))
    }

    /// Of a part of a total with these odds.
    pub(super) fn part(total: u64, odds: f64, expected: f64) -> Result<Self, Undefined> {
        match odds {
            _ if total == 0 || odds <= 0.0 => Err(Undefined::NothingExpected),
            _ if odds.is_finite() => Ok(Self::Binomial { total, odds, expected, against: Against::Known }),
            _ => Err(Undefined::AllExpected),
        }
    }

    /// The same where this is known of the target.
    pub(super) fn against(mut self, target: Against) -> Self {
        let (Self::Poisson { against, .. } | Self::Binomial { against, .. }) = &mut self;
        *against = target;
        self
    }

    const fn target(self) -> Against {
        match self {
            Self::Poisson { against, .. } | Self::Binomial { against, .. } => against,
        }
    }

    /// The sum of squares of all shares in the average that it is a part of.
    pub(super) const fn squares_of_all(self) -> Option<f64> {
        if let Against::All(part) = self.target() { Some(part.squares) } else { None }
    }

    /// What it expects, or the total.
    pub(super) fn size(self) -> f64 {
        if let Self::Binomial { total, .. } = self { total as f64 } else { self.expected() }
    }

    /// The others that it is compared with.
    pub(super) const fn rest(self) -> Option<Rest> {
        if let Against::Others(rest) = self.target() { Some(rest) } else { None }
    }

    /// The law around the average of all, the area itself among them, which has this count.
    pub(super) fn among_all(self, count: u64) -> Self {
        let x = count as f64;
        match self {
            Self::Poisson { expected, against: Against::Others(rest), .. } => {
                let share = expected / (rest.count() + expected);
                let expected = (rest.count() + x) * share;
                Self::Poisson { expected, root: expected.sqrt(), against: Against::Known }
            }
            Self::Binomial { total, against: Against::Others(rest), .. } => {
                let left = (rest.people() - rest.count()) + (total as f64 - x);
                let odds = (rest.count() + x) / left;
                let expected = total as f64 * ((rest.count() + x) / (rest.people() + total as f64));
                Self::Binomial { total, odds, expected, against: Against::Known }
            }
            alone => alone,
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

    /// How far true values are spread beyond chance. tau^2 is read back from its scale to first order: `d ratio = 2 d sqrt(ratio)` and `d ratio = d ln(ratio)` at 1,
    /// `dp = 2 sqrt(p q) d asin(sqrt p)` and `dp = p q d logit(p)` at the target, whose true variance is `p q` times the
    /// correlation. phi is the variance of the count over that of chance alone.
    /// On the linear scale tau^2 is the variance itself. About an average that a few large areas make, their true values vary, too.
    pub(super) fn spread(self, dispersion: Dispersion, found: Overdispersion, scale: Scale) -> TrueSpread {
        let more = found.phi().max(1.0) - 1.0;
        let between = match (self.target(), dispersion, self) {
            (Against::All(part), Dispersion::Additive, Self::Poisson { .. }) => {
                part.apart() * self.between(dispersion, found, scale)
            }
            (Against::All(part), Dispersion::Additive, Self::Binomial { .. }) => {
                (part.apart() * self.between(dispersion, found, scale)).min(1.0)
            }
            _ => self.between(dispersion, found, scale),
        };
        let of_rest = self.rest().map_or(0.0, |rest| match (self, dispersion) {
            (_, Dispersion::None) => 0.0,
            (_, Dispersion::Additive) => between * rest.parts(),
            (Self::Poisson { .. }, Dispersion::Multiplicative) => more / rest.count(),
            (Self::Binomial { .. }, Dispersion::Multiplicative) => (more / rest.people()).min(1.0),
        });
        TrueSpread { between, of_rest }
    }

    fn between(self, dispersion: Dispersion, found: Overdispersion, scale: Scale) -> f64 {
        let more = found.phi().max(1.0) - 1.0;
        match (self, dispersion, scale) {
            (_, Dispersion::None, _) => 0.0,
            (Self::Poisson { expected, .. }, Dispersion::Multiplicative, _) => more / expected,
            (Self::Poisson { .. }, Dispersion::Additive, Scale::SquareRoot) => 4.0 * found.tau2(),
            (Self::Poisson { .. }, Dispersion::Additive, Scale::Log | Scale::Linear) => found.tau2(),
            // Of one there is no pair to be correlated, and of a perfect correlation nothing is more.
            (Self::Binomial { total: 1, .. }, _, _) => 0.0,
            (Self::Binomial { total, .. }, Dispersion::Multiplicative, _) => (more / (total as f64 - 1.0)).min(1.0),
            (Self::Binomial { .. }, Dispersion::Additive, Scale::SquareRoot) => (4.0 * found.tau2()).min(1.0),
            (Self::Binomial { total, .. }, Dispersion::Additive, Scale::Log) => {
                (found.tau2() * self.variance() / total as f64).min(1.0)
            }
            (Self::Binomial { total, .. }, Dispersion::Additive, Scale::Linear) => {
                (found.tau2() * total as f64 / self.variance()).min(1.0)
            }
        }
    }

    /// The exact p-values of a count where true values are spread, or are not: then those of chance alone to the last bit.
    pub(super) fn significance(self, count: u64, spread: TrueSpread) -> PValues {
        let tails = |side: Side| match self {
            Self::Poisson { .. } => negative_binomial::tails(count as f64, side.mean, side.spread),
            Self::Binomial { total, .. } => {
                beta_binomial::tails(count, total.saturating_sub(count), side.mean, side.spread)
            }
        };
        let tails = match self.sides(spread) {
            [low, high] if low == high => tails(low),
            // As few or fewer and as many or more have laws of their own.
            [low, high] => {
                let [low, high] = [low, high].map(tails);
                Tails { below: low.below + low.point, point: 0.0, above: high.above + high.point }
            }
        };
        PValues::new(tails, Test::Exact)
    }

    /// The same, but no smaller than those of chance alone: of a small count more variation leaves less to one event or more.
    pub(super) fn significance_allowing(self, count: u64, spread: TrueSpread) -> PValues {
        let own = self.significance(count, spread);
        if spread == TrueSpread::NONE {
            return own;
        }
        let alone = self.significance(count, TrueSpread::NONE);
        let [below, above] = [(own.lower(), alone.lower()), (own.upper(), alone.upper())].map(|(p, q)| p.max(q));
        PValues::new(Tails { below, point: 0.0, above }, Test::Exact)
    }

    /// The limits by which these p-values fall to a tail: the wider ones.
    pub(super) fn limits_allowing(self, confidence: Confidence, spread: TrueSpread) -> Interval {
        let own = self.discrete_limits(confidence, spread);
        if spread == TrueSpread::NONE {
            return own;
        }
        let alone = self.discrete_limits(confidence, TrueSpread::NONE);
        let lower = own.lower().min(alone.lower());
        Interval::at(lower, own.upper().max(alone.upper()), confidence, || lower)
    }

    /// The laws by which a count is small and by which it is large.
    fn sides(self, spread: TrueSpread) -> [Side; 2] {
        match self {
            Self::Poisson { expected, against: Against::Others(rest), .. } => rest.of_rate(expected, spread),
            Self::Binomial { against: Against::Others(rest), .. } => rest.of_proportion(spread),
            Self::Poisson { expected: mean, .. } | Self::Binomial { odds: mean, .. } => {
                [Side { mean, spread: spread.between }; 2]
            }
        }
    }

    /// The inverse square of the standard error on the scale.
    pub(crate) fn weight(self, scale: Scale) -> f64 {
        match (self, scale) {
            (Self::Poisson { expected, .. }, Scale::SquareRoot) => 4.0 * expected,
            (Self::Poisson { expected, .. }, Scale::Log | Scale::Linear) => expected,
            (Self::Binomial { total, .. }, Scale::SquareRoot) => 4.0 * total as f64,
            (Self::Binomial { .. }, Scale::Log) => self.variance(),
            (Self::Binomial { total, .. }, Scale::Linear) => total as f64 / self.variance() * total as f64,
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
            (Self::Poisson { expected, root, .. }, Scale::SquareRoot) => Ok(square_root_z(x, expected, root)),
            (Self::Poisson { expected, root, .. }, Scale::Log) => Ok(log_z(x, expected, root)),
            (Self::Poisson { expected, root, .. }, Scale::Linear) => Ok(linear_z(x, expected, root)),
            (Self::Binomial { expected, .. }, Scale::Linear) => Ok(linear_z(x, expected, self.variance().sqrt())),
            (Self::Binomial { total, .. }, Scale::Log) if count >= total => Err(Undefined::AllCounted),
            (Self::Binomial { total, odds, expected, .. }, scale) => {
                let rest = (total.saturating_sub(count)) as f64;
                // x - odds rest, in which nothing but x - E cancels.
                let above = (x - expected) * (1.0 + odds);
                let apart = match scale {
                    Scale::SquareRoot => {
                        let sine = above / (x.sqrt() + (odds * rest).sqrt());
                        sine.atan2(rest.sqrt() + (odds * x).sqrt())
                    }
                    // Log: Linear has gone before.
                    _ => match above / (odds * rest) {
                        near if near.abs() < 0.5 => near.ln_1p(),
                        _ => (x / rest / odds).ln(),
                    },
                };
                Ok(apart * self.weight(scale).sqrt())
            }
        }
    }

    /// The exact limits of the value, interpolated between counts and not below zero; `spread` as in [`Law::significance`].
    pub(super) fn discrete_limits(self, confidence: Confidence, spread: TrueSpread) -> Interval {
        let at = |(side, tail): (Side, Tail)| match self {
            Self::Poisson { .. } => negative_binomial::quantile(side.mean, side.spread, tail),
            Self::Binomial { total, .. } => beta_binomial::quantile(total, side.mean, side.spread, tail),
        };
        let ([low, high], tail) = (self.sides(spread), confidence.tail());
        let [lower, upper] = [(low, Tail::Lower(tail)), (high, Tail::Upper(tail))]
            .map(|side| self.value(Discrete::interpolated(at(side))));
        // At a level next to 0 they meet, and rounding may not cross them.
        Interval::at(lower.max(0.0), upper.max(lower).max(0.0), confidence, || lower)
    }

    /// The limits of the value z standard errors from the target, on the scale: clamped there, then read back.
    pub(crate) fn limits(self, scale: Scale, errors: f64, confidence: Confidence) -> Interval {
        let reach = errors / self.weight(scale).sqrt();
        let square = |root: f64| root * root;
        let [lower, upper] = [-reach, reach].map(|reach| match (self, scale) {
            (Self::Poisson { .. }, Scale::SquareRoot | Scale::Linear) => 1.0 + reach,
            (Self::Poisson { .. }, Scale::Log) => reach.exp(),
            (Self::Binomial { odds, .. }, Scale::SquareRoot) => odds.sqrt().atan() + reach,
            (Self::Binomial { odds, .. }, Scale::Log) => 1.0 / (1.0 + (-reach).exp() / odds),
            (Self::Binomial { odds, .. }, Scale::Linear) => odds / (1.0 + odds) + reach,
        });
        let [low, high] = [lower, upper].map(|edge| match (self, scale) {
            (_, Scale::Log) => edge,
            (Self::Poisson { .. }, Scale::Linear) => edge.max(0.0),
            (Self::Binomial { .. }, Scale::Linear) => edge.clamp(0.0, 1.0),
            (Self::Poisson { .. }, Scale::SquareRoot) => square(edge.max(0.0)),
            (Self::Binomial { .. }, Scale::SquareRoot) => square(edge.clamp(0.0, FRAC_PI_2).sin()),
        });
        Interval::at(low, high.max(low), confidence, || lower)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{Worst, rows};

    #[test]
    fn limits_with_dispersion_meet_the_table() {
        let mut worst = Worst::new(1e-10);
        for row in rows(include_str!("../../tests/data/funnel_negative_binomial.csv")) {
            let p = row.number("p");
            let confidence = if p.min(1.0 - p) < 0.01 { Confidence::P99_8 } else { Confidence::P95 };
            let law = Law::poisson(row.number("expected")).unwrap();
            let limits = law.discrete_limits(confidence, TrueSpread { between: row.number("variance"), of_rest: 0.0 });
            let found = if p < 0.5 { limits.lower() } else { limits.upper() };
            worst.see(found, row.number("limit").max(0.0), &row.text);
        }
        worst.hold();
    }

    /// The variance of a count is what phi and tau^2 say.
    #[test]
    fn spread_is_that_of_the_estimate() {
        // Two areas of weight 1 whose squares add up to 8: phi = 4, tau^2 = 7.
        let found = Overdispersion::of(2, 8.0, 2.0, 1.0).unwrap();
        let law = Law::poisson(6.0).unwrap();
        let spread = |dispersion, scale| law.spread(dispersion, found, scale).between;
        assert_eq!(6.0 + spread(Dispersion::Multiplicative, Scale::Log) * 36.0, 4.0 * 6.0);
        assert_eq!(spread(Dispersion::Additive, Scale::SquareRoot), 28.0);
        assert_eq!(spread(Dispersion::Additive, Scale::Log), 7.0);
        assert_eq!(spread(Dispersion::None, Scale::Log), 0.0);
        let law = Law::Binomial { total: 31, odds: 1.0, expected: 15.5, against: Against::Known };
        let spread = |dispersion, scale| law.spread(dispersion, found, scale).between;
        assert_eq!(1.0 + 30.0 * spread(Dispersion::Multiplicative, Scale::SquareRoot), 4.0);
        assert_eq!(spread(Dispersion::Additive, Scale::SquareRoot), 1.0);
        let one = Law::Binomial { total: 1, odds: 1.0, expected: 0.5, against: Against::Known };
        assert_eq!(one.spread(Dispersion::Multiplicative, found, Scale::Log), TrueSpread::NONE);
        let small = Overdispersion::of(2, 1.0 + 0.02, 2.0, 1.0).unwrap();
        let (log, root) = (
            law.spread(Dispersion::Additive, small, Scale::Log).between,
            law.spread(Dispersion::Additive, small, Scale::SquareRoot).between,
        );
        assert!((log - 0.02 / 4.0).abs() < 1e-15 && (root - 0.08).abs() < 1e-15, "{log} {root}");
    }
}
