//! The Poisson probability of one count, `mean^count e^-mean / count!`, for any real count that is not negative.

use super::coefficients::STIRLING;
use super::normal::{SQRT_TWO_PI, polynomial};

/// Below this count the power and the factorial are formed as they stand.
const DIRECT: f64 = 10.0;
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
    let apart = count - mean;
    let v = apart / (count + mean);
    let square = v * v;
    let sum = if square < 0.01 {
        polynomial(&ODD[..8], square)
    } else if square < 0.16 {
        polynomial(&ODD, square)
    } else {
        let quotient = count / mean;
        let log = if quotient.is_normal() { quotient.ln() } else { count.ln() - mean.ln() };
        return count * log - apart;
    };
    apart * v + 2.0 * count * v * square * sum
}

/// `1 / (2 j + 3)`.
const ODD: [f64; 20] = {
    let mut terms = [0.0; 20];
    let mut j = 0;
    while j < 20 {
        terms[j] = 1.0 / (2 * j + 3) as f64;
        j += 1;
    }
    terms
};

/// `ln Gamma(a + 1) - (a + 1/2) ln a + a - ln(2 pi)/2` for `a >= 10`.
pub(crate) fn stirling(a: f64) -> f64 {
    let inverse = 1.0 / a;
    inverse * polynomial(&STIRLING, inverse * inverse)
}

/// `Gamma(a + 1)` for `0 <= a < 10`.
fn factorial(a: f64) -> f64 {
    const SQRT_PI: f64 = 1.772453850905516027;
    let fraction = a.fract();
    let (mut product, mut factor) = (1.0, fraction + 1.0);
    if fraction == 0.0 || fraction == 0.5 {
        if fraction == 0.5 {
            product = 0.5 * SQRT_PI;
        }
        while factor <= a {
            product *= factor;
            factor += 1.0;
        }
        return product;
    }
    factor = a + 1.0;
    while factor <= DIRECT {
        product *= factor;
        factor += 1.0;
    }
    // factor is in (10, 11]: Gamma(factor + 1) by Stirling's series, and back down
    let root = (factor / std::f64::consts::E).powf(0.5 * factor);
    SQRT_TWO_PI * factor.sqrt() * root * stirling(factor).exp() * root / (product * factor)
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
        close(factorial(0.5), 0.886226925452758, 2e-16);
        close(factorial(4.5), 52.34277778455352, 5e-16);
        // Gamma(10/3), Gamma(10.9)
        close(factorial(7.0 / 3.0), 2.778158480437665, 2e-15);
        close(factorial(9.9), 2_877_664.8196, 1e-2);
        for a in [0.1, 0.7, 3.3, 8.2] {
            close(factorial(a + 1.0), (a + 1.0) * factorial(a), 3e-15);
        }
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
