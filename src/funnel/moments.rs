//! The dispersion by which limits of the law of the count keep their level: phi and tau^2 from Pearson's residuals, divided by
//! what trimming leaves of their squares.
//!
//! Winsorised squares of normal residuals have a mean of about 0.68, and not 1, where a tenth is drawn in at each end: a phi that is
//! not divided by it calls a third of the variation nothing. The mean is exact for any number of areas, as the expected squares of
//! ordered normal values, about a target that is estimated from the same areas. Where sizes differ, tau^2 makes large areas vary
//! most, and they alone would be drawn in; so residuals are trimmed over their standard deviations with tau^2, in three steps.
//! Roots of small counts are too far apart, and normal scores of the mid-P too near; Pearson's residuals have the right mean square
//! however few are expected.

use super::{
    overdispersion::{Overdispersion, dropped, each_end, place, quantiles, widening},
    trim::{Trim, TrimRule},
};
use crate::{base::Undefined, special};

/// Steps to tau^2: the first takes all areas to vary alike, two more are near the end of all (Paule and Mandel 1982).
pub(crate) const STEPS: usize = 3;

/// Residuals that are trimmed, and what chance leaves of the squares of normal ones; known for each number of areas that was
/// asked for.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    trim: Trim,
    shares: Vec<(usize, f64)>,
}

impl Moments {
    pub(crate) const fn new(trim: Trim) -> Self {
        Self { trim, shares: Vec::new() }
    }

    /// From Pearson's residuals, the weights of the areas and the parts that they are of their averages, in their order.
    ///
    /// phi = sum z^2 / c / sum (1 - h), h the share of an area in all weights. tau^2 makes `sum a z^2 / c` what is expected of
    /// it, `sum a ((1 - h) + tau^2 w (1 - 2 h + sum h^2))` with `a = 1 / (1 + tau^2 w)`: that of DerSimonian and Laird where a = 1
    /// and nothing is trimmed (DerSimonian and Kacker 2007, Contemp. Clin. Trials 28, 105).
    pub(crate) fn of(&mut self, z: &[f64], weights: &[f64], parts: &[Part]) -> Result<Overdispersion, Undefined> {
        let (kept, share) = (self.kept(z.len())?, self.share(z.len()));
        let (mut tau2, mut phi) = (0.0, None);
        let mut scaled = z.to_vec();
        for _ in 0..STEPS {
            for ((to, z), weight) in scaled.iter_mut().zip(z).zip(weights) {
                *to = z / widening(tau2, *weight);
            }
            let (low, high, out) = self.ends(&scaled)?;
            let (mut squares, mut chance, mut spread) = (0.0, 0.0, 0.0);
            for (place, ((z, weight), part)) in scaled.iter().zip(weights).zip(parts).enumerate() {
                if out.get(place).is_some_and(|out| *out) {
                    continue;
                }
                let drawn = z.max(low).min(high);
                let (alone, more) = residual_terms(*weight, *part, tau2);
                squares += drawn * drawn;
                chance += alone;
                spread += more;
            }
            phi = phi.or(Some(squares / share / chance));
            let found = tau2_of(squares / share, chance, spread);
            if found == tau2 {
                break;
            }
            tau2 = found;
        }
        Overdispersion::found(phi.unwrap_or(f64::NAN), tau2, kept)
    }

    /// How many of n areas are not dropped, if they are enough.
    pub(crate) fn kept(&mut self, areas: usize) -> Result<usize, Undefined> {
        let kept = areas - 2 * self.dropped(areas);
        match (areas, kept) {
            (0 | 1, _) => Err(Undefined::TooFew),
            (_, 2..) if self.share(areas) > f64::EPSILON => Ok(kept),
            _ => Err(Undefined::Trimmed),
        }
    }

    /// How many are dropped at each end.
    fn dropped(&self, areas: usize) -> usize {
        if self.trim.rule() == TrimRule::Drop { each_end(areas, self.trim.fraction()) } else { 0 }
    }

    fn ends(&self, z: &[f64]) -> Result<(f64, f64, Vec<bool>), Undefined> {
        match self.trim.rule() {
            TrimRule::Winsorise => {
                let (low, high) = quantiles(z, self.trim.fraction()).ok_or(Undefined::TooFew)?;
                Ok((low, high, Vec::new()))
            }
            TrimRule::Drop => Ok((f64::NEG_INFINITY, f64::INFINITY, dropped(z, self.trim.fraction()))),
        }
    }

    /// The mean of the trimmed squares of n normal values about their mean, over that of all; 1 of fewer than two.
    pub(crate) fn share(&mut self, areas: usize) -> f64 {
        if areas < 2 {
            return 1.0;
        }
        if let Some((_, share)) = self.shares.iter().find(|(known, _)| *known == areas) {
            return *share;
        }
        let share = expected(self.trim, areas);
        self.shares.push((areas, share));
        share
    }
}

/// What an area is of the average that its residual is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    /// Its share, h.
    pub(crate) share: f64,
    /// The sum of the squares of all shares.
    pub(crate) squares: f64,
}

impl Part {
    /// The variance of a true ratio less that of the average, for each unit of tau^2, `(1 - h)^2` and the squares of the other shares; at least 1, as
    /// an average is taken as known where it varies less than that.
    pub(super) fn apart(self) -> f64 {
        (1.0 + self.squares - 2.0 * self.share).max(1.0)
    }

    /// Of the average of all areas with these weights.
    pub(crate) fn of_all(weights: &[f64]) -> Vec<Self> {
        let sum = weights.iter().fold(0.0, |sum, weight| sum + weight);
        let squares = weights.iter().fold(0.0, |squares, weight| squares + (weight / sum) * (weight / sum));
        weights.iter().map(|weight| Self { share: weight / sum, squares }).collect()
    }
}

/// What is expected of the scaled square of an area by chance alone, and for each unit of tau^2.
#[inline(always)]
pub(crate) fn residual_terms(weight: f64, Part { share, squares }: Part, tau2: f64) -> (f64, f64) {
    let alike = 1.0 / (1.0 + tau2 * weight);
    let rest = 1.0 - share;
    let others = squares - share * share;
    let others = if others > 0.0 { others } else { 0.0 };
    (rest * alike, weight * alike * (rest * rest + others))
}

/// The tau^2 at which the sum of squares is what is expected of it.
#[inline(always)]
pub(crate) fn tau2_of(squares: f64, chance: f64, spread: f64) -> f64 {
    ((squares - chance) / spread).max(0.0)
}

/// The mean of all values takes a variance of 1/n out of each, and out of the trimmed mean, which moves with it.
fn expected(trim: Trim, areas: usize) -> f64 {
    let n = areas as f64;
    let (kept, squares) = match trim.rule() {
        _ if trim.fraction() == 0.0 => return 1.0,
        TrimRule::Winsorise => {
            let (whole, share) = place(areas - 1, trim.fraction());
            let found = special::smallest(areas, whole + 1, share);
            (n, n - 2.0 * found.squares + 2.0 * (whole + 1) as f64 * found.edge)
        }
        TrimRule::Drop => match each_end(areas, trim.fraction()) {
            0 => return 1.0,
            each => (n - 2.0 * each as f64, n - 2.0 * special::smallest(areas, each, 0.0).squares),
        },
    };
    (squares / kept - 1.0 / n) / (1.0 - 1.0 / n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal;

    #[test]
    fn what_trimming_leaves_meets_closed_forms() {
        // Two values lie as far from their mean as each other, and are drawn in by a fifth.
        assert!((expected(Trim::default(), 2) - 0.64).abs() < 1e-9);
        assert_eq!((expected(Trim::NONE, 7), expected(Trim::drop(0.1).unwrap(), 9)), (1.0, 1.0));
        // Of many: the squares of a normal value that is drawn in to -/+ q, or beyond it left out.
        let (q, n) = (normal::upper_quantile(0.1), 1_000_000);
        let inner = 0.8 - 2.0 * q * (-0.5 * q * q).exp() / (2.0 * std::f64::consts::PI).sqrt();
        assert!((expected(Trim::default(), n) / (inner + 0.2 * q * q) - 1.0).abs() < 1e-5);
        assert!((expected(Trim::drop(0.1).unwrap(), n) / (inner / 0.8) - 1.0).abs() < 1e-5);
    }

    /// Residuals of normal values about their mean, of variance 2.5: phi is 2.5 on average, and tau^2 of weight w (2.5 - 1) / w.
    #[test]
    fn estimates_are_right_on_average() {
        for (areas, trim) in [
            (5, Trim::default()),
            (20, Trim::default()),
            (20, Trim::drop(0.1).unwrap()),
            (12, Trim::winsorise(0.3).unwrap()),
        ] {
            let (mut state, tables, mut sums) = (9_u64, 4_000, [0.0; 2]);
            let mut moments = Moments::new(trim);
            for _ in 0..tables {
                let draw = (0..areas).map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    normal::upper_quantile(((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64) * 2.5_f64.sqrt()
                });
                let z: Vec<f64> = draw.collect();
                let mean = z.iter().sum::<f64>() / areas as f64;
                let z: Vec<f64> = z.iter().map(|z| z - mean).collect();
                let found = moments.of(&z, &vec![10.0; areas], &Part::of_all(&vec![10.0; areas])).unwrap();
                assert!((found.tau2() - ((found.phi() - 1.0) / 10.0).max(0.0)).abs() < 1e-12, "{found:?}");
                sums = [sums[0] + found.phi(), sums[1] + found.areas() as f64];
            }
            let mean = sums.map(|sum| sum / f64::from(tables));
            assert!((mean[0] / 2.5 - 1.0).abs() < 0.04, "{areas} {trim}: {mean:?}");
            assert!(mean[1] <= areas as f64, "{mean:?}");
        }
    }

    #[test]
    fn few_areas_have_none() {
        let of = |z: &[f64], trim: Trim| {
            let weights = vec![1.0; z.len()];
            Moments::new(trim).of(z, &weights, &Part::of_all(&weights))
        };
        assert_eq!(of(&[], Trim::default()), Err(Undefined::TooFew));
        assert_eq!(of(&[1.0], Trim::NONE), Err(Undefined::TooFew));
        assert_eq!(of(&[1.0, 2.0, -1.0], Trim::drop(0.4).unwrap()), Err(Undefined::Trimmed));
        assert_eq!(of(&[1.0, -1.0], Trim::winsorise(0.499_999_999_999).unwrap()), Err(Undefined::Trimmed));
    }
}
