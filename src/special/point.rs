//! The Poisson probability of one count, `mean^count e^-mean / count!`, for any real count that is not negative.

use super::{
    coefficients::{INVERSE_GAMMA, STIRLING},
    normal::{SQRT_TWO_PI, polynomial},
};

/// Below this count the power and the factorial are formed as they stand.
pub(crate) const DIRECT: f64 = 10.0;
/// Below this the direct product may have lost digits to underflow.
const TINY: f64 = 1e-290;

/// The point probability, with a relative error below 1e-12 down to 1e-300 (1e-15 near the mean).
///
/// Saddle-point form of Loader (2000), Fast and accurate computation of binomial probabilities.
pub(crate) fn point(count: f64, mean: f64) -> f64 {
    if count >= DIRECT {
        return (-deviance(count, mean) - stirling(count)).exp() / (SQRT_TWO_PI * count.sqrt());
    }
    let half = (-0.5 * mean).exp();
    let direct = mean.powf(count) * half / factorial(count) * half;
    if direct > TINY { direct } else { ln_point(count, mean).exp() }
}

/// The logarithm of [`point`], also where that underflows.
pub(crate) fn ln_point(count: f64, mean: f64) -> f64 {
    if count >= DIRECT {
        -deviance(count, mean) - stirling(count) - (SQRT_TWO_PI * count.sqrt()).ln()
    } else if count == 0.0 {
        -mean
    } else {
        count * mean.ln() - mean - factorial(count).ln()
    }
}

/// `count ln(count / mean) + mean - count`, without cancellation near `count = mean` (Loader 2000, equation 5.2).
pub(crate) fn deviance(count: f64, mean: f64) -> f64 {
    deviance_apart(count, mean, count - mean)
}

/// [`deviance`] where `count - mean` is known better than from the rounded mean.
pub(crate) fn deviance_apart(count: f64, mean: f64, apart: f64) -> f64 {
    let v = apart / (count + mean);
    let square = v * v;
    let sum = if square < 0.01 {
        polynomial(&NEAR, square)
    } else if square < 0.16 {
        polynomial(&WIDE, square)
    } else {
        let quotient = count / mean;
        let log = if quotient.is_normal() { quotient.ln() } else { count.ln() - mean.ln() };
        return count * log - apart;
    };
    apart * v + 2.0 * count * v * square * sum
}

/// `1 / (2 j + 3)`: the inverse hyperbolic tangent, for `v` up to 0.1 and 0.4.
#[rustfmt::skip]
const NEAR: [f64; 8] = [
    1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0, 1.0 / 11.0, 1.0 / 13.0, 1.0 / 15.0, 1.0 / 17.0,
];
#[rustfmt::skip]
const WIDE: [f64; 20] = [
    1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0, 1.0 / 11.0, 1.0 / 13.0, 1.0 / 15.0, 1.0 / 17.0, 1.0 / 19.0, 1.0 / 21.0,
    1.0 / 23.0, 1.0 / 25.0, 1.0 / 27.0, 1.0 / 29.0, 1.0 / 31.0, 1.0 / 33.0, 1.0 / 35.0, 1.0 / 37.0, 1.0 / 39.0,
    1.0 / 41.0,
];

/// `ln Gamma(a + 1) - (a + 1/2) ln a + a - ln(2 pi)/2` for `a >= 10`.
pub(crate) fn stirling(a: f64) -> f64 {
    let inverse = 1.0 / a;
    inverse * polynomial(&STIRLING, inverse * inverse)
}

/// `Gamma(a + 1)` for `0 <= a < 10`, to 2e-15.
fn factorial(a: f64) -> f64 {
    let (mut product, mut factor) = (1.0, a);
    while factor >= 1.0 {
        product *= factor;
        factor -= 1.0;
    }
    if factor == 0.0 { product } else { product / polynomial(&INVERSE_GAMMA, factor - 0.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a / b - 1.0).abs() <= tolerance, "{a:e} {b:e}");
    }

    #[test]
    fn factorial_of_whole_halves_and_others() {
        assert_eq!(factorial(0.0), 1.0);
        assert_eq!(factorial(9.0), 362_880.0);
        close(factorial(0.5), 0.886_226_925_452_758, 2e-16);
        close(factorial(4.5), 52.342_777_784_553_52, 5e-16);
        close(factorial(7.0 / 3.0), 2.778_158_480_437_664_6, 2e-15);
        close(factorial(9.9), 2_869_690.268_017_085_5, 2e-15);
        close(factorial(0.1), 0.951_350_769_866_873_2, 2e-15);
        for a in [0.1, 0.7, 3.3, 8.2] {
            close(factorial(a + 1.0), (a + 1.0) * factorial(a), 3e-15);
        }
    }

    #[test]
    fn stirling_meets_the_reference() {
        close(stirling(10.0), 0.008_330_563_433_362_87, 1e-14);
        close(stirling(12.5), 0.006_665_247_032_707_682, 1e-15);
        close(stirling(30.0), 0.002_777_674_929_752_693_6, 1e-15);
    }

    #[test]
    fn points_add_up() {
        for mean in [0.3, 4.0, 25.0, 300.0] {
            let total: f64 = (0..2000).map(|k| point(f64::from(k), mean)).sum();
            close(total, 1.0, 1e-14);
        }
    }

    #[test]
    fn forms_meet_at_the_border() {
        for mean in [1e-3, 2.0, 9.0, 11.0, 40.0, 300.0] {
            close(point(10.0, mean), point(9.0, mean) * mean / 10.0, 2e-14);
            close(ln_point(10.0, mean).exp(), point(10.0, mean), 1e-13);
            close(ln_point(3.0, mean).exp(), point(3.0, mean), 1e-13);
        }
        assert_eq!(point(0.0, 0.0), 1.0);
        assert_eq!(point(3.0, 0.0), 0.0);
    }

    #[test]
    fn deviance_is_continuous_between_its_forms() {
        for v in [0.1_f64, -0.1, 0.4, -0.4] {
            let at = |v: f64| deviance(50.0, 50.0 * (1.0 - v) / (1.0 + v));
            close(at(v * (1.0 - 1e-14)), at(v * (1.0 + 1e-14)), 1e-12);
        }
        close(deviance(1.0, 2.0), 1.0 - std::f64::consts::LN_2, 1e-15);
    }
}
