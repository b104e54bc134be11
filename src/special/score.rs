//! Mid-P probabilities and the normal scores that belong to them.

use super::{normal::upper_quantile, tails::Tails};

impl Tails {
    /// The mid-P distribution function `P(X < x) + P(X = x) / 2` and what it leaves, each as accurate as the tail it holds.
    pub(crate) fn mid_p(self) -> (f64, f64) {
        let half = self.point / 2.0;
        (self.below + half, self.above + half)
    }

    /// The normal deviate whose distribution function is the mid-P one: its quantile from the smaller side, so that it is
    /// accurate in both tails, odd in them, and 0 where they are equal. Its error is that of the tail over `|z|`, so below
    /// 1e-12 / |z| in absolute terms, and a few units in the last place near 0.
    ///
    /// Always finite: sides below the smallest normal double, 2.2e-308, are taken for that, so it is within 37.54 of zero.
    pub(crate) fn score(self) -> f64 {
        let (below, above) = self.mid_p();
        if below < above { -deviate(below) } else { deviate(above) }
    }
}

fn deviate(tail: f64) -> f64 {
    // Rounding may leave the smaller side above one half by a last digit.
    upper_quantile(tail.clamp(f64::MIN_POSITIVE, 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal::upper_tail;
    use crate::special::{beta_binomial, binomial, discrete, negative_binomial};

    /// The score read back is the mid-P probability of the smaller side.
    fn read_back(tails: Tails) {
        let (z, (below, above)) = (tails.score(), tails.mid_p());
        let error = upper_tail(z.abs()) / below.min(above).min(0.5) - 1.0;
        assert!(error.abs() < 1e-12 * (1.0 + z.abs()) && (z <= 0.0) == (below <= above), "{tails:?} {z} {error:e}");
    }

    #[test]
    fn scores_are_read_back_in_both_tails() {
        for step in 0..400_u32 {
            let x = f64::from(step);
            let all = [
                discrete::poisson_tails(x, 60.0),
                binomial::tails(u64::from(step), 400 - u64::from(step), 0.5),
                negative_binomial::tails(x, 60.0, 0.01),
                beta_binomial::tails(u64::from(step), 400 - u64::from(step), 0.5, 0.003),
            ];
            for tails in all.into_iter().filter(|tails| tails.point > 1e-290) {
                read_back(tails);
            }
        }
    }

    #[test]
    fn scores_are_odd_and_finite() {
        for x in 0..=300 {
            let (one, other) = (binomial::tails(x, 300 - x, 1.0).score(), binomial::tails(300 - x, x, 1.0).score());
            assert!((one + other).abs() < 1e-13, "{x} {one} {other}");
            let (one, other) =
                (Tails { below: 0.1, point: 0.2, above: 0.7 }, Tails { below: 0.7, point: 0.2, above: 0.1 });
            assert_eq!(one.score(), -other.score());
        }
        assert!(binomial::tails(150, 150, 1.0).score().abs() < 1e-14);
        assert_eq!(binomial::tails(0, 0, 1.0).score(), 0.0);
        for (x, mean) in [(0.0, 1e6), (1e6, 1e-3), (1e15, 1e3), (0.0, 1e300)] {
            let z = discrete::poisson_tails(x, mean).score();
            assert!(z.abs() > 37.5 && z.abs() < 37.54 && (z > 0.0) == (x > mean), "{x} {mean} {z}");
        }
    }
}
