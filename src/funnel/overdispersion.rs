//! How much more than by chance the areas differ, and the quantiles that keep extremes from deciding it.

use super::{
    dispersion::Dispersion,
    trim::{Trim, TrimRule},
};
use crate::{base::Undefined, special::normal};

/// How much more than by chance the areas differ.
///
/// | | with dispersion in [`Form::Exact`](crate::funnel::Form::Exact) | without, and in [`Form::Normal`](crate::funnel::Form::Normal), as published |
/// |---|---|---|
/// | from | Pearson's residuals, whatever the scale of z | z on the scale |
/// | trimmed | over their standard deviations, and allowed for | as they are |
/// | phi by chance alone, 10 % winsorised, many areas | 1 | 0.68 |
/// | tau^2 | the variance of true ratios (of proportions, of themselves) | that on the scale |
///
/// A phi of 1 or less is no proof that nothing but chance is at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overdispersion {
    phi: f64,
    tau2: f64,
    areas: usize,
}

impl Overdispersion {
    /// From the z and the weights `w = s^-2` of the areas, in their order.
    ///
    /// phi = sum z^2 / I; tau^2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w)), the moments of DerSimonian and
    /// Laird (1986). The bracket is formed as twice the sum of products of pairs over sum w: nothing is subtracted.
    pub(crate) fn estimate(z: &[f64], weights: &[f64], trim: Trim) -> Result<Self, Undefined> {
        let (low, high) = match trim.rule() {
            TrimRule::Winsorise => quantiles(z, trim.fraction()).ok_or(Undefined::TooFew)?,
            TrimRule::Drop => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let dropped = match trim.rule() {
            TrimRule::Winsorise => Vec::new(),
            TrimRule::Drop => dropped(z, trim.fraction()),
        };
        let kept = z.iter().zip(weights).enumerate().filter(|(place, _)| !dropped.get(*place).is_some_and(|out| *out));
        let (mut areas, mut squares, mut sum, mut pairs) = (0_usize, 0.0, 0.0, 0.0);
        for (_, (&z, &weight)) in kept {
            let z = z.max(low).min(high);
            areas += 1;
            squares += z * z;
            pairs += weight * sum;
            sum += weight;
        }
        match (z.len(), areas) {
            (2.., 0 | 1) => Err(Undefined::Trimmed),
            _ => Self::of(areas, squares, sum, pairs),
        }
    }

    /// From the sum of squares of the z of the areas, the sum of their weights and that of the products of all pairs.
    pub(crate) fn of(areas: usize, squares: f64, sum: f64, pairs: f64) -> Result<Self, Undefined> {
        if areas < 2 {
            return Err(Undefined::TooFew);
        }
        let scatter = 2.0 * pairs / sum;
        let tau2 = ((squares - (areas - 1) as f64) / scatter).max(0.0);
        Ok(Self { phi: squares / areas as f64, tau2, areas })
    }

    /// What was found, unless it is no number.
    pub(crate) fn found(phi: f64, tau2: f64, areas: usize) -> Result<Self, Undefined> {
        let finite = phi.is_finite() && tau2.is_finite();
        finite.then_some(Self { phi, tau2, areas }).ok_or(Undefined::TooFew)
    }

    /// With phi as the sum of squares over its degrees of freedom, one fewer than there are areas.
    pub(super) fn by_degrees(self) -> Self {
        Self { phi: self.phi * self.areas as f64 / (self.areas - 1) as f64, ..self }
    }

    /// phi, the variance of counts over that by chance alone; as published, the mean square of z.
    #[must_use]
    pub const fn phi(self) -> f64 {
        self.phi
    }

    /// tau^2, the variance between areas beyond chance: of true ratios or proportions; as published, on the scale of z.
    #[must_use]
    pub const fn tau2(self) -> f64 {
        self.tau2
    }

    /// How many areas it was estimated from.
    #[must_use]
    pub const fn areas(self) -> usize {
        self.areas
    }

    /// How many times wider than by chance alone the limits are where an area has this weight.
    pub(crate) fn widening(self, dispersion: Dispersion, weight: f64) -> f64 {
        match dispersion {
            Dispersion::None => 1.0,
            Dispersion::Multiplicative => self.phi.max(1.0).sqrt(),
            Dispersion::Additive => widening(self.tau2, weight),
        }
    }
}

/// How many times wider a variance between areas makes the limits of one that has this weight.
#[inline]
pub(crate) fn widening(tau2: f64, weight: f64) -> f64 {
    (1.0 + tau2 * weight).sqrt()
}

/// The two-sided p-value of a z.
pub(crate) fn two_sided(z: f64) -> f64 {
    (2.0 * normal::upper_tail(z.abs())).min(1.0)
}

/// The quantiles of a fraction at both ends, type 7 of Hyndman and Fan (1996): the value at place `(I - 1) fraction`
/// counted from that end, interpolated, so only the few smallest and largest matter. `None` of no values.
pub(super) fn quantiles(values: &[f64], fraction: f64) -> Option<(f64, f64)> {
    let (whole, share) = place(values.len().checked_sub(1)?, fraction);
    let mut values = values.to_vec();
    let low = interpolated(&mut values, whole, share, f64::total_cmp)?;
    let high = interpolated(&mut values, whole, share, |a, b| b.total_cmp(a))?;
    Some((low, high))
}

/// How many of the others come before the quantile of a fraction, and which share of the way to the next it lies at.
#[inline]
pub(crate) fn place(others: usize, fraction: f64) -> (usize, f64) {
    let place = others as f64 * fraction;
    (place.trunc() as usize, place.fract())
}

#[inline]
pub(crate) fn between(here: f64, next: f64, share: f64) -> f64 {
    here + share * (next - here)
}

/// What lies so far from the start of the values in an order.
fn interpolated(
    values: &mut [f64],
    whole: usize,
    share: f64,
    order: impl Fn(&f64, &f64) -> std::cmp::Ordering,
) -> Option<f64> {
    if whole >= values.len() {
        return None;
    }
    let (_, here, after) = values.select_nth_unstable_by(whole, &order);
    Some(after.iter().min_by(|a, b| order(a, b)).map_or(*here, |next| between(*here, *next, share)))
}

/// How many of n are dropped at each end. A fraction is what its decimals say: 0.29 of 100 is 29, though the product of doubles is less.
pub(super) fn each_end(values: usize, fraction: f64) -> usize {
    (fraction * values as f64 + 1e-9).floor() as usize
}

/// Which values are among the fraction, rounded down, that is dropped at each end; of equal ones at the lower end the
/// first, at the upper end the last.
pub(super) fn dropped(values: &[f64], fraction: f64) -> Vec<bool> {
    let each = each_end(values.len(), fraction);
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut out = vec![false; values.len()];
    for (_, place) in order.iter().take(each).chain(order.iter().rev().take(each)) {
        if let Some(flag) = out.get_mut(*place) {
            *flag = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{super::scale::square_root_z, *};
    use proptest::{collection::vec, prelude::*};

    #[test]
    fn quantiles_of_type_seven() {
        // numpy.quantile([1, 2, 4, 8, 16], [0.1, 0.9]) is [1.4, 12.8].
        assert_eq!(quantiles(&[8.0, 1.0, 16.0, 4.0, 2.0], 0.1), Some((1.4, 12.8)));
        assert_eq!(quantiles(&[3.0], 0.4), Some((3.0, 3.0)));
        assert_eq!(quantiles(&[3.0, 1.0], 0.0), Some((1.0, 3.0)));
        assert_eq!(quantiles(&[], 0.1), None);
    }

    #[test]
    fn trimming_keeps_weights_beside_their_z() {
        let (z, weights) = ([5.0, -1.0, 0.5, 1.0, -4.0], [9.0, 1.0, 2.0, 3.0, 7.0]);
        let found = Overdispersion::estimate(&z, &weights, Trim::drop(0.2).unwrap()).unwrap();
        assert_eq!((found.phi, found.areas), (2.25 / 3.0, 3));
        assert_eq!(found.tau2, (2.25_f64 - 2.0) / (6.0 - 14.0 / 6.0));
        assert_eq!(dropped(&[0.0; 100], 0.29).iter().filter(|out| **out).count(), 58);
        assert_eq!(Overdispersion::estimate(&z[..1], &weights, Trim::NONE), Err(Undefined::TooFew));
        assert_eq!(Overdispersion::estimate(&[], &[], Trim::default()), Err(Undefined::TooFew));
        assert_eq!(Overdispersion::estimate(&z[..3], &weights, Trim::drop(0.4).unwrap()), Err(Undefined::Trimmed));
    }

    proptest! {
        #[test]
        fn signs_and_weights_act_as_they_should(
            pairs in vec((-20.0..20.0_f64, 1e-3..1e6_f64), 2..60), fraction in 0.0..0.499_f64, winsorise in any::<bool>(),
        ) {
            let (z, w): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let rule = if winsorise { TrimRule::Winsorise } else { TrimRule::Drop };
            let trim = Trim::new(rule, fraction).unwrap();
            let Ok(found) = Overdispersion::estimate(&z, &w, trim) else { return Ok(()) };
            let mirrored: Vec<f64> = z.iter().map(|z| -z).collect();
            prop_assert_eq!(Overdispersion::estimate(&mirrored, &w, trim), Ok(found));
            let heavier: Vec<f64> = w.iter().map(|w| 4.0 * w).collect();
            let scaled = Overdispersion::estimate(&z, &heavier, trim).unwrap();
            prop_assert_eq!((scaled.phi, 4.0 * scaled.tau2), (found.phi, found.tau2));
            let plain = Overdispersion::estimate(&z, &w, Trim::NONE).unwrap();
            // Areas all on one side of the target are drawn up as well as down.
            let around = quantiles(&z, fraction).is_some_and(|(low, high)| low <= 0.0 && high >= 0.0);
            prop_assert!(!winsorise || !around || found.phi <= plain.phi * (1.0 + 1e-12), "winsorising draws in");
            prop_assert!(found.tau2 >= 0.0 && found.widening(Dispersion::Multiplicative, 1.0) >= 1.0);
        }

        #[test]
        fn z_is_the_difference_of_roots(x in 0..1_000_000_u64, e in 1e-3..1e6_f64) {
            let x = x as f64;
            let direct = 2.0 * (x.sqrt() - e.sqrt());
            prop_assert!((square_root_z(x, e, e.sqrt()) - direct).abs() <= 1e-15 * 4.0 * (x.sqrt() + e.sqrt()));
        }
    }
}
