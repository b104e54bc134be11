//! P-values corrected for several tests at once.

use crate::base::{ErrorKind, Result, choice};

/// How p-values of several areas at once are adjusted.
///
/// | adjustment | of the i-th smallest of m | what stays below the level |
/// |---|---|---|
/// | `holm` | the largest of (m - j + 1) p_j for j up to i, at most 1 | the chance of any false alarm at all (Holm 1979) |
/// | `benjamini-hochberg` | the smallest of m p_j / j for j from i on, at most 1 | the expected share of false ones among the alarms (Benjamini and Hochberg 1995) |
///
/// ```
/// use crimerate::interval::Correction;
///
/// assert_eq!(Correction::Holm.of(&[0.01, 0.5, 0.02])?, [0.03, 0.5, 0.04]);
/// assert_eq!(Correction::BenjaminiHochberg.of(&[0.01, 0.5, 0.02])?, [0.03, 0.5, 0.03]);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Correction {
    /// Holm's step-down procedure.
    Holm,
    /// The step-up procedure of Benjamini and Hochberg.
    BenjaminiHochberg,
}

choice!(Correction, "an adjustment", "holm or benjamini-hochberg", {
    Holm => "holm",
    BenjaminiHochberg => "benjamini-hochberg" | "bh",
});

impl Correction {
    /// The adjusted p-values, in the order given.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a value that is not from 0 to 1.
    pub fn of(self, p: &[f64]) -> Result<Vec<f64>> {
        match p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
            Some(&value) => Err(ErrorKind::OutOfRange { what: "a probability", value, range: "from 0 to 1" }.into()),
            None => Ok(self.of_probabilities(p)),
        }
    }

    pub(crate) fn of_probabilities(self, p: &[f64]) -> Vec<f64> {
        let mut sorted: Vec<(f64, usize)> = p.iter().copied().zip(0..).collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut adjusted = vec![0.0; p.len()];
        let mut set = |place: usize, value: f64| {
            if let Some(slot) = adjusted.get_mut(place) {
                *slot = value;
            }
        };
        match self {
            Self::Holm => sorted.iter().zip((1..=p.len()).rev()).fold(0.0, |last: f64, (&(p, place), left)| {
                let value = last.max((p * left as f64).min(1.0));
                set(place, value);
                value
            }),
            Self::BenjaminiHochberg => {
                sorted.iter().enumerate().rev().fold(1.0, |last: f64, (before, &(value, place))| {
                    let value = last.min(value * (p.len() as f64 / (before + 1) as f64));
                    set(place, value);
                    value
                })
            }
        };
        adjusted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    /// `p.adjust` of R's stats package documents both; worked by hand from the definitions.
    #[test]
    fn adjustments_by_hand() {
        let p = [0.04, 0.001, 0.03, 0.02, 0.5];
        let near = |found: Vec<f64>, expected: [f64; 5]| {
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-15, "{found} {expected}");
            }
        };
        near(Correction::Holm.of(&p).unwrap(), [0.09, 0.005, 0.09, 0.08, 0.5]);
        near(Correction::BenjaminiHochberg.of(&p).unwrap(), [0.05, 0.005, 0.05, 0.05, 0.5]);
        for adjustment in Correction::ALL {
            assert_eq!(adjustment.of(&[]).unwrap(), [0.0; 0]);
            assert_eq!(adjustment.of(&[0.3]).unwrap(), [0.3]);
            assert_eq!(adjustment.of(&[1.0, 0.0, 1.0]).unwrap(), [1.0, 0.0, 1.0]);
            for value in [f64::NAN, -0.1, 1.1] {
                let error = adjustment.of(&[0.5, value]).unwrap_err();
                assert_eq!(error.to_string(), format!("{value} is not a probability: it has to be from 0 to 1"));
            }
        }
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_lowers(p in vec(0.0..=1.0_f64, 1..40)) {
            let [holm, bh] = [Correction::Holm, Correction::BenjaminiHochberg].map(|how| how.of(&p).unwrap());
            for (i, a) in p.iter().enumerate() {
                prop_assert!(*a <= bh[i] && bh[i] <= holm[i] * (1.0 + 1e-15) && holm[i] <= 1.0);
                for (j, b) in p.iter().enumerate() {
                    prop_assert!(a > b || (holm[i] <= holm[j] && bh[i] <= bh[j]));
                }
                // The definitions, from counts of what is smaller.
                let rank = |b: f64| p.iter().filter(|c| **c <= b).count() as f64;
                let step_up = p.iter().filter(|b| **b >= *a).map(|b| b * p.len() as f64 / rank(*b)).fold(1.0, f64::min);
                prop_assert!((bh[i] - step_up).abs() < 1e-14);
                let left = |b: f64| p.iter().filter(|c| **c >= b).count() as f64;
                let step_down = p.iter().filter(|b| **b <= *a).map(|b| (b * left(*b)).min(1.0)).fold(0.0, f64::max);
                prop_assert!((holm[i] - step_down).abs() < 1e-14);
            }
        }
    }
}
