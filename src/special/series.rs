//! The Cornish-Fisher series of the gamma quantile and of its mid-P counterpart.

use super::coefficients::{GAMMA_SERIES, MID_P_SERIES};

pub(crate) const TERMS: usize = 13;

/// `x = a + sqrt(a) (z + q_1(z) a^(-1/2) + q_2(z) a^(-2/2) + ...)` with the polynomials evaluated at one `z`.
///
/// Cornish & Fisher (1938) and Temme (1992), Math. Comp. 58:755, to thirteen terms. For mid-P, `a` is the count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Terms {
    coefficients: [f64; TERMS],
}

impl Terms {
    /// The gamma distribution at the normal deviate `z`: negative for the lower limit.
    pub(crate) fn gamma(z: f64) -> Self {
        Self::from_polynomials(&GAMMA_SERIES, z)
    }

    /// The mean of the gamma distributions with shapes `a` and `a + 1`.
    pub(crate) fn mid_p(z: f64) -> Self {
        Self::from_polynomials(&MID_P_SERIES, z)
    }

    fn from_polynomials(rows: &[[f64; TERMS - 1]; 7], z: f64) -> Self {
        let square = z * z;
        let mut sums = [0.0; TERMS - 1];
        for row in rows {
            for (sum, c) in sums.iter_mut().zip(row) {
                *sum = *sum * square + c;
            }
        }
        let [q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12] = sums;
        Self { coefficients: [z, q1, z * q2, q3, z * q4, q5, z * q6, q7, z * q8, q9, z * q10, q11, z * q12] }
    }

    /// The series at `-z`: every second polynomial is odd.
    pub(crate) fn mirrored(self) -> Self {
        let [z, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12] = self.coefficients;
        Self { coefficients: [-z, q1, -q2, q3, -q4, q5, -q6, q7, -q8, q9, -q10, q11, -q12] }
    }

    /// The normal deviate the series was made for.
    pub(crate) fn deviate(&self) -> f64 {
        let [z, ..] = self.coefficients;
        z
    }

    /// The quantile for one shape, to 4e-16 from [`first_shape`] on: one square root, one division.
    #[inline]
    pub(crate) fn at(&self, shape: f64) -> f64 {
        let [z, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12] = self.coefficients;
        let root = shape.sqrt();
        let i = 1.0 / shape;
        let square = i * i;
        let whole = (q1 + i * q3) + square * ((q5 + i * q7) + square * (q9 + i * q11));
        let half = (q2 + i * q4) + square * ((q6 + i * q8) + square * (q10 + i * q12));
        shape + (root * (z + i * half) + whole)
    }
}

/// The smallest shape at which the series is left with a truncation error below 4e-16, for a tail probability.
pub(crate) fn first_shape(tail: f64) -> f64 {
    const FIRST: [(f64, f64); 6] =
        [(4.9e-4, 128.0), (4.9e-5, 256.0), (9.9e-10, 512.0), (9.9e-21, 1024.0), (9.9e-51, 2048.0), (9.9e-101, 4096.0)];
    FIRST.iter().find(|(least, _)| tail >= *least).map_or(16384.0, |&(_, shape)| shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{
        quantile::{Quantile, Tail},
        reference::Worst,
    };

    #[test]
    fn polynomials_of_cornish_and_fisher() {
        let z: f64 = 1.7;
        let [first, q1, q2, q3, ..] = Terms::gamma(z).coefficients;
        let square = z * z;
        assert_eq!(first, z);
        assert!((q1 - (square - 1.0) / 3.0).abs() < 1e-15);
        assert!((q2 - z * (square - 7.0) / 36.0).abs() < 1e-15);
        let third = -(3.0 * square * square + 7.0 * square - 16.0) / 810.0;
        assert!((q3 - third).abs() < 1e-15);
    }

    #[test]
    fn other_side_is_the_negative_deviate() {
        for z in [0.0, 0.3, 1.96, 4.9, 37.0] {
            assert_eq!(Terms::gamma(z).mirrored(), Terms::gamma(-z));
            assert_eq!(Terms::mid_p(z).mirrored(), Terms::mid_p(-z));
        }
    }

    /// The root, which shares nothing with the series but its start, at the shape where the series is worst.
    #[test]
    fn series_joins_the_root() {
        let mut worst = Worst::new(2e-15);
        for tail in [0.49, 0.25, 0.025, 4.91e-4, 1e-4, 5e-7, 1e-9, 1e-20, 1e-50, 1e-100, 1e-299] {
            for which in [Tail::Lower(tail), Tail::Upper(tail)] {
                for quantile in [Quantile::gamma(which), Quantile::mid_p(which)] {
                    let shape = first_shape(tail);
                    worst.see(quantile.at(shape), quantile.root(shape), &format!("{which:?}"));
                }
            }
        }
        worst.hold();
    }
}
