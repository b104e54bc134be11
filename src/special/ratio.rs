//! `P(a, x)` and `Q(a, x)` divided by the point probability `x^a e^-x / Gamma(a + 1)`: sums of positive terms that
//! neither underflow nor cancel.

use super::{
    coefficients::UNIFORM,
    normal::{SQRT_TWO_PI, mills, polynomial},
    point::{deviance, point, stirling},
};

/// From this shape on, and near it, the uniform expansion takes over from the sums.
const LARGE: f64 = 128.0;
const NEGLIGIBLE: f64 = 1e-17;

fn near(a: f64, x: f64) -> bool {
    a >= LARGE && x >= 0.5 * a && x <= 1.7 * a
}

/// `P(a, x)` over the point probability.
pub(crate) fn below(a: f64, x: f64) -> f64 {
    if near(a, x) {
        uniform(a, x, -1.0)
    } else if x <= a + 1.0 {
        rising(a, x)
    } else {
        1.0 / point(a, x) - above(a, x)
    }
}

/// `Q(a, x)` over the point probability.
pub(crate) fn above(a: f64, x: f64) -> f64 {
    if near(a, x) {
        uniform(a, x, 1.0)
    } else if (x < 1.0 && a.fract() != 0.5) || (a >= LARGE && x < a) {
        1.0 / point(a, x) - rising(a, x)
    } else {
        falling(a, x)
    }
}

/// `1 + x/(a+1) + x^2/((a+1)(a+2)) + ...` for `x <= a + 1`, two terms a round: every factor is below one and they fall.
fn rising(a: f64, x: f64) -> f64 {
    let square = x * x;
    let (mut term, mut sum, mut n) = (1.0, 1.0, a);
    while term > NEGLIGIBLE * sum {
        let next = n + 2.0;
        let share = 1.0 / ((n + 1.0) * next);
        sum += term * (x * (next + x) * share);
        term *= square * share;
        n = next;
    }
    sum
}

/// `a/x + a(a-1)/x^2 + ...`, two terms a round, down to a shape below one and what is left there: at most 128 terms, or
/// (for larger `a`, where `x > 1.7 a`) a geometric series.
fn falling(a: f64, x: f64) -> f64 {
    let inverse = 1.0 / x;
    let (mut term, mut sum, mut top) = (1.0, 0.0, a);
    while top >= 2.0 {
        let one = top * inverse;
        let two = one * ((top - 1.0) * inverse);
        sum += term * (one + two);
        term *= two;
        top -= 2.0;
        let goes_on = term > NEGLIGIBLE * sum;
        if !goes_on {
            return sum;
        }
    }
    if top >= 1.0 {
        term *= top / x;
        sum += term;
        top -= 1.0;
    }
    if top > 0.0 {
        sum += term * top * fraction(top, x);
    }
    sum
}

/// `Gamma(b, x) / (x^b e^-x)` for `b = 1/2`, or `0 < b < 1` and `x >= 1`: Legendre's continued fraction, its convergents
/// as a series of positive terms (Gautschi 1979, ACM TOMS 5:466), which falls off like `exp(-4 sqrt(k x))`.
fn fraction(b: f64, x: f64) -> f64 {
    if b == 0.5 {
        let z = (2.0 * x).sqrt();
        return 2.0 * mills(z) / z;
    }
    let (mut term, mut sum, mut rho, mut k) = (1.0, 1.0, 0.0, 0.0);
    while term > 0.1 * NEGLIGIBLE * sum {
        k += 1.0;
        let centre = x + 2.0 * k - b;
        let a = k * (k - b) / ((centre - 1.0) * (centre + 1.0)) * (1.0 + rho);
        rho = a / (1.0 - a);
        term *= rho;
        sum += term;
    }
    sum / (x + 1.0 - b)
}

/// Temme (1979), SIAM J. Math. Anal. 10:757 (DLMF 8.12.3 and 8.12.4), `side` -1 for `P` and 1 for `Q`.
fn uniform(a: f64, x: f64, side: f64) -> f64 {
    let twice = 2.0 * deviance(a, x);
    let z = twice.sqrt();
    let eta = if x < a { -1.0 } else { 1.0 } * (twice / a).sqrt();
    let correction = UNIFORM.iter().rev().fold(0.0, |sum, c| sum / a + polynomial(c, eta));
    let tail = if side * eta >= 0.0 { mills(z) } else { SQRT_TWO_PI * (0.5 * twice).exp() - mills(z) };
    stirling(a).exp() * (a.sqrt() * tail + side * correction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::Worst;

    #[test]
    fn expansion_agrees_with_the_sums() {
        let mut worst = Worst::new(1e-14);
        for a in [128.0, 128.5, 200.0, 1000.0, 5000.0] {
            for part in [0.5, 0.7, 0.9, 0.99, 1.0] {
                let x = a * part;
                worst.see(below(a, x), rising(a, x), &format!("{a} {x}"));
            }
            for part in [1.0, 1.01, 1.1, 1.4, 1.7] {
                let x = a * part;
                worst.see(above(a, x), falling(a, x), &format!("{a} {x}"));
            }
        }
        worst.hold();
    }

    #[test]
    fn both_tails_make_one() {
        let mut worst = Worst::new(2e-14);
        for a in [0.5, 0.9, 1.4, 2.0, 3.7, 10.5, 80.2, 127.9, 140.0] {
            for part in [0.6, 0.9, 1.0, 1.1, 1.5] {
                let x = a * part;
                let total = point(a, x) * (below(a, x) + above(a, x));
                worst.see(total, 1.0, &format!("{a} {x}"));
            }
        }
        worst.hold();
    }

    #[test]
    fn fraction_meets_mills() {
        // Gamma(1/2, x) = sqrt(2 pi) Q(sqrt(2 x)) sqrt(2): the general form next to the special one
        let mut worst = Worst::new(1e-12);
        for x in [1.0, 1.5, 3.0, 20.0, 300.0] {
            let next: f64 = 0.5 + f64::EPSILON;
            worst.see(fraction(next, x), fraction(0.5, x), "one half");
        }
        worst.hold();
    }
}
