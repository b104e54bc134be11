//! The counts that are possible in a replicate year.
//!
//! At most 1,000 areas without simulation: the work grows with the third power of their number, and a program that stands still says
//! nothing; the refusal names simulation.

use super::spec::CountModel;
use crate::special::point;

/// As many probabilities in a row follow from each other before one is worked out anew, so that rounding cannot build up.
const CHAIN: u64 = 128;

/// The counts that a law makes possible, but for some probability in the tails, and their probabilities.
#[derive(Clone, Debug)]
pub(super) struct Support {
    pub(super) low: u64,
    pub(super) mass: Vec<f64>,
    /// The place of the most probable count.
    mode: usize,
}

#[derive(Clone, Copy)]
enum Law {
    Poisson {
        mean: f64,
    },
    /// Failures before the success number `size`, not a whole number, each a success with probability `p`.
    NegativeBinomial {
        size: f64,
        p: f64,
        q: f64,
    },
}

impl Law {
    fn of(law: CountModel, count: u64) -> Self {
        let mean = count as f64;
        match law {
            CountModel::GammaPoisson => Self::NegativeBinomial { size: mean + 0.5, p: 0.5, q: 0.5 },
            CountModel::Overdispersed(phi) if phi.phi() > 1.0 => {
                let (phi, above) = (phi.phi(), phi.phi() - 1.0);
                Self::NegativeBinomial { size: mean / above, p: 1.0 / phi, q: above / phi }
            }
            CountModel::Poisson | CountModel::Overdispersed(_) => Self::Poisson { mean },
        }
    }

    fn mode(self) -> f64 {
        match self {
            Self::Poisson { mean } => mean,
            Self::NegativeBinomial { size, p, q } => ((size - 1.0) * q / p).floor().max(0.0),
        }
    }

    fn deviation(self) -> f64 {
        match self {
            Self::Poisson { mean } => mean.sqrt(),
            Self::NegativeBinomial { size, p, q } => (size * q).sqrt() / p,
        }
    }

    /// A binomial probability is that of two Poisson counts given their sum (Loader 2000); the same for real counts.
    fn probability(self, count: u64) -> f64 {
        let k = count as f64;
        match self {
            Self::Poisson { mean } => point(k, mean),
            Self::NegativeBinomial { size, p, q } => {
                let all = size + k;
                point(size, all * p) * point(k, all * q) / point(all, all) * (size / all)
            }
        }
    }

    /// The probability of the next count over that of this.
    fn growth(self, count: u64) -> f64 {
        let k = count as f64;
        match self {
            Self::Poisson { mean } => mean / (k + 1.0),
            Self::NegativeBinomial { size, q, .. } => (k + size) * q / (k + 1.0),
        }
    }

    /// The growth that no later count exceeds.
    fn steepest(self, count: u64) -> f64 {
        match self {
            Self::Poisson { .. } => self.growth(count),
            Self::NegativeBinomial { q, .. } => self.growth(count).max(q),
        }
    }
}

impl Support {
    /// All counts but at most `cut` of the probability in each tail; `None` where they are more than `most`.
    pub(super) fn new(law: CountModel, count: u64, cut: f64, most: usize) -> Option<Self> {
        if count == 0 && law != CountModel::GammaPoisson {
            return Some(Self { low: 0, mass: vec![1.0], mode: 0 });
        }
        let law = Law::of(law, count);
        if law.deviation() > most as f64 {
            return None;
        }
        let top = law.mode() as u64;
        let (mut below, mut at, mut p) = (Vec::new(), top, law.probability(top));
        let peak = p;
        while at > 0 {
            let shrink = 1.0 / law.growth(at - 1);
            if below.len() >= most {
                return None;
            }
            if shrink < 1.0 && p * shrink / (1.0 - shrink) <= cut {
                break;
            }
            at -= 1;
            p = if (top - at).is_multiple_of(CHAIN) { law.probability(at) } else { p * shrink };
            below.push(p);
        }
        let (low, mode) = (at, below.len());
        below.reverse();
        let mut mass = below;
        (at, p) = (top, peak);
        loop {
            mass.push(p);
            let steepest = law.steepest(at);
            if steepest < 1.0 && p * steepest / (1.0 - steepest) <= cut {
                break;
            }
            if mass.len() > most {
                return None;
            }
            let growth = law.growth(at);
            at += 1;
            p = if (at - top).is_multiple_of(CHAIN) { law.probability(at) } else { p * growth };
        }
        Some(Self { low, mass, mode })
    }

    /// The probability of each count of the support or more: 1 for the first, and less than `cut` beyond the last.
    pub(super) fn reach(&self) -> Vec<f64> {
        let mut reach = vec![1.0; self.mass.len()];
        let mut sum = 0.0;
        for (reach, mass) in reach.iter_mut().zip(&self.mass).skip(self.mode + 1).rev() {
            sum += mass;
            *reach = sum;
        }
        sum = 0.0;
        for (reach, mass) in reach.iter_mut().skip(1).zip(&self.mass).take(self.mode) {
            sum += mass;
            *reach = 1.0 - sum;
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{interval::WithinDispersion, special::discrete::poisson_tails};

    #[test]
    fn tails_are_those_of_the_incomplete_gamma_function() {
        for count in [1, 2, 7, 60, 1_000, 250_000, 40_000_000] {
            let support = Support::new(CountModel::Poisson, count, 1e-14, 1 << 20).unwrap();
            let (low, reach) = (support.low, support.reach());
            for step in 0..=20 {
                let i = step * (reach.len() - 1) / 20;
                let tails = poisson_tails((low + i as u64) as f64, count as f64);
                let expected = tails.point + tails.above;
                assert!((reach[i] - expected).abs() < 3e-14, "{count} {i}: {} {expected}", reach[i]);
            }
            let beyond = poisson_tails((low + reach.len() as u64 - 1) as f64, count as f64).above;
            let before = poisson_tails(low as f64, count as f64).below;
            assert!(beyond <= 1e-14 && before <= 1e-14, "{count}: {before:e} {beyond:e}");
            assert!((reach.len() as f64) < 17.0 * (count as f64).sqrt() + 40.0);
        }
    }

    #[test]
    fn every_law_adds_up_to_one_and_has_its_mean_and_variance() {
        let over = |phi| CountModel::Overdispersed(WithinDispersion::new(phi).unwrap());
        for count in [0, 1, 3, 40, 999, 123_456] {
            let x = count as f64;
            let laws = [
                (CountModel::Poisson, x, x),
                (CountModel::GammaPoisson, x + 0.5, 2.0 * x + 1.0),
                (over(0.7), x, x),
                (over(1.0 + 1e-9), x, x),
                (over(2.2), x, 2.2 * x),
                (over(90.0), x, 90.0 * x),
            ];
            for (law, mean, variance) in laws {
                let Support { low, mass, .. } = Support::new(law, count, 1e-15, 1 << 20).unwrap();
                let moment =
                    |of: &dyn Fn(f64) -> f64| (low..).zip(&mass).fold(0.0, |sum, (k, p)| sum + p * of(k as f64));
                let found = [moment(&|_| 1.0), moment(&|k| k - mean), moment(&|k| (k - mean) * (k - mean))];
                assert!((found[0] - 1.0).abs() < 1e-13, "{law} {count}: {}", found[0]);
                assert!(found[1].abs() <= 1e-9 * (1.0 + mean), "{law} {count}: {}", found[1]);
                assert!((found[2] - variance).abs() <= 1e-8 * (1.0 + variance), "{law} {count}: {}", found[2]);
            }
        }
    }

    #[test]
    fn what_is_too_wide_is_refused_before_it_is_made() {
        for law in [CountModel::Poisson, CountModel::GammaPoisson] {
            assert!(Support::new(law, u64::MAX, 1e-14, 1 << 22).is_none());
            assert!(Support::new(law, 1_000_000, 1e-14, 1_000).is_none());
        }
    }
}
