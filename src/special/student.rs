//! Student's distribution.

use super::{digamma::stirling_rest, normal::upper_tail};

/// From here on the normal distribution is the same to the last digits of a p-value.
const MANY: f64 = 1e12;
/// More terms than the continued fraction ever takes.
const TERMS: u32 = 10_000;

/// `P(T > t)` with `df` degrees of freedom, whole or not, above 0: half the incomplete beta function of
/// `x = df / (df + t^2)` at `(df / 2, 1/2)`. Relative error below 1e-12 down to 1e-300, for
/// t up to 1e150.
pub(crate) fn student_upper(t: f64, df: f64) -> f64 {
    if t < 0.0 {
        return 1.0 - student_upper(-t, df);
    }
    if df >= MANY {
        return upper_tail(t);
    }
    let (a, square) = (df / 2.0, t * t);
    // x^a sqrt(1 - x) / B(a, 1/2), in which the large terms are taken together.
    let (share, rest) = (1.0 / (1.0 + square / df), 1.0 / (1.0 + df / square));
    let beta = (a * (0.5 / a).ln_1p() - 0.5 + stirling_rest(a + 0.5) - stirling_rest(a)).exp() * a.sqrt();
    let front = (-a * (square / df).ln_1p()).exp() * rest.sqrt() * beta / std::f64::consts::PI.sqrt();
    if square * (a + 1.0) >= 1.5 * df {
        (front * fraction(a, 0.5, share) / a / 2.0).min(0.5)
    } else {
        0.5 - front * fraction(0.5, a, rest)
    }
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut product = d;
    for term in 1..TERMS {
        let m = f64::from(term);
        let before = product;
        let pair = [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ];
        for step in pair {
            d = 1.0 / away(1.0 + step * d);
            c = away(1.0 + step / c);
            product *= c * d;
        }
        if (product / before - 1.0).abs() < 1e-16 {
            break;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64, of: impl std::fmt::Debug) {
        assert!((found / expected - 1.0).abs() < tolerance, "{of:?}: {found:e} {expected:e}");
    }

    #[test]
    fn one_and_two_degrees_have_closed_forms() {
        for step in 1..4_000 {
            let t = f64::from(step) * f64::from(step) / 1_000.0;
            near(student_upper(t, 1.0), (1.0 / t).atan() / std::f64::consts::PI, 1e-13, (t, 1));
            // (1 - t / sqrt(2 + t^2)) / 2, as a quotient in which nothing cancels.
            let root = (2.0 + t * t).sqrt();
            near(student_upper(t, 2.0), 1.0 / (root * (root + t)), 1e-13, (t, 2));
            assert_eq!(student_upper(-t, 2.0), 1.0 - student_upper(t, 2.0));
        }
        assert_eq!(student_upper(0.0, 7.5), 0.5);
        assert_eq!(student_upper(f64::INFINITY, 7.5), 0.0);
    }

    /// Abramowitz and Stegun 26.7.4: `1 - 2 P(T > t)` of an even number of degrees, a finite sum of positive terms.
    #[test]
    fn even_degrees_meet_their_finite_sum() {
        for df in [4_u32, 10, 42, 98, 500] {
            for step in 1..60 {
                let t = f64::from(step) / 20.0;
                let n = f64::from(df);
                let cos2 = n / (n + t * t);
                let (mut term, mut sum) = (1.0, 1.0);
                for k in 1..df / 2 {
                    term *= cos2 * f64::from(2 * k - 1) / f64::from(2 * k);
                    sum += term;
                }
                let inside = (t / (n + t * t).sqrt()) * sum;
                near(1.0 - 2.0 * student_upper(t, n), inside, 1e-12, (t, df));
            }
        }
    }

    /// The density's integral from t on, by Simpson's rule on `u = 1 / s`, far into the tail and for degrees that are not whole.
    #[test]
    fn tails_are_integrals_of_the_density() {
        for df in [1.5, 3.7, 11.2, 40.0] {
            for t in [2.0, 5.0, 20.0, 300.0, 1e6] {
                let ln_constant = 0.5 * (df / 2.0_f64).ln() + (df / 2.0) * (1.0 / df).ln_1p() - 0.5
                    + stirling_rest((df + 1.0) / 2.0)
                    - stirling_rest(df / 2.0)
                    - (df * std::f64::consts::PI).sqrt().ln();
                let density = |s: f64| (ln_constant - (df + 1.0) / 2.0 * (s * s / df).ln_1p()).exp();
                // s = t / w^2: the integrand 2 t density / w^3 is smooth on 0 to 1 where df >= 1.5.
                let f = |w: f64| if w == 0.0 { 0.0 } else { 2.0 * t * density(t / (w * w)) / (w * w * w) };
                let n = 20_000_u32;
                let h = 1.0 / f64::from(n);
                let inner = (1..n).map(|i| f64::from(2 + 2 * (i % 2)) * f(f64::from(i) * h)).sum::<f64>();
                near(student_upper(t, df), (f(0.0) + inner + f(1.0)) * h / 3.0, 1e-8, (t, df));
            }
        }
    }

    #[test]
    fn many_degrees_are_normal() {
        for t in [0.1, 1.0, 3.0, 8.0] {
            // The difference is t^4 / (4 df) of it.
            near(student_upper(t, 1e11), upper_tail(t), 2e-8, t);
            near(student_upper(t, 1e13), upper_tail(t), 1e-15, t);
            for df in [1.0, 2.5, 30.0, 4e4] {
                assert!(student_upper(t, df) > upper_tail(t) && student_upper(t, df) > student_upper(t, df * 1.01));
            }
        }
    }
}
