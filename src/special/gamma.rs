//! The regularised incomplete gamma functions.

use super::point::point;
use super::ratio::{above, below};

/// `P(a, x)`, with a relative error below 1e-12 down to 1e-300 for shapes from 0.5.
pub(crate) fn lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x > a {
        1.0 - upper(a, x)
    } else {
        (point(a, x) * below(a, x)).min(1.0)
    }
}

/// `Q(a, x) = 1 - P(a, x)`, as accurate as [`lower`].
pub(crate) fn upper(a: f64, x: f64) -> f64 {
    if x == f64::INFINITY {
        0.0
    } else if x < a || x <= 0.0 {
        1.0 - lower(a, x)
    } else {
        (point(a, x) * above(a, x)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::quantile::{Quantile, Tail};
    use crate::special::reference::{Worst, rows};

    fn quantile(shape: f64, tail: Tail) -> f64 {
        Quantile::gamma(tail).at(shape)
    }

    #[test]
    fn tails_meet_the_reference() {
        let mut worst = Worst::new(1e-12);
        for row in rows(include_str!("reference/tails.csv")) {
            let (a, x) = (row.number("shape"), row.number("x"));
            let (small, large) = match row.text("which") {
                "P" => (lower(a, x), upper(a, x)),
                _ => (upper(a, x), lower(a, x)),
            };
            worst.see(small, row.number("small_tail"), &row.text);
            assert!((small + large - 1.0).abs() < 1e-15, "{}", row.text);
        }
        worst.hold();
    }

    #[test]
    fn closed_forms() {
        let mut worst = Worst::new(4e-15);
        for step in 1..600 {
            let x = f64::from(step) * 1.1;
            worst.see(upper(1.0, x), (-x).exp(), "exponential");
            worst.see(upper(2.0, x), (1.0 + x) * (-x).exp(), "two");
        }
        for x in [1e-200, 1e-8, 0.3, 0.99] {
            worst.see(lower(1.0, x), -(-x).exp_m1(), "exponential, lower");
        }
        worst.hold();
    }

    #[test]
    fn quantile_meets_the_reference() {
        let mut worst = Worst::new(2e-15);
        for row in rows(include_str!("reference/shapes.csv")) {
            let (shape, tail) = (row.number("shape"), row.number("tail"));
            let low = quantile(shape, Tail::Lower(tail));
            worst.see(low, row.number("lower"), &row.text);
            let high = quantile(shape, Tail::Upper(tail));
            worst.see(high, row.number("upper"), &row.text);
        }
        worst.hold();
    }

    #[test]
    fn quantile_inverts_the_tails() {
        let mut worst = Worst::new(2e-12);
        for shape in [0.5, 0.8, 1.3, 4.7, 17.2, 60.0, 127.9, 130.0, 5e3, 1e6] {
            for tail in [0.5, 0.3, 0.02, 1e-5, 1e-10, 1e-40, 1e-290] {
                let low = quantile(shape, Tail::Lower(tail));
                let high = quantile(shape, Tail::Upper(tail));
                if low > 1e-280 {
                    worst.see(lower(shape, low), tail, &format!("{shape} {tail} lower"));
                }
                worst.see(upper(shape, high), tail, &format!("{shape} {tail} upper"));
            }
        }
        worst.hold();
    }

    #[test]
    fn strange_arguments() {
        assert_eq!(lower(3.0, 0.0), 0.0);
        assert_eq!(upper(3.0, 0.0), 1.0);
        assert_eq!(lower(3.0, f64::INFINITY), 1.0);
        assert_eq!(upper(3.0, 1e300), 0.0);
        assert_eq!(lower(1.8e19, 1.0), 0.0);
        assert_eq!(upper(1.8e19, 1e300), 0.0);
        assert_eq!(quantile(3.0, Tail::Lower(0.0)), 0.0);
        assert_eq!(quantile(3.0, Tail::Lower(1.0)), f64::INFINITY);
        assert_eq!(quantile(3.0, Tail::Upper(0.0)), f64::INFINITY);
        assert_eq!(quantile(3.0, Tail::Upper(1.0)), 0.0);
        assert_eq!(quantile(3.0, Tail::Upper(0.75)), quantile(3.0, Tail::Lower(0.25)));
        assert!(quantile(f64::NAN, Tail::Lower(0.1)).is_nan());
        assert!(quantile(3.0, Tail::Lower(f64::NAN)).is_nan());
        for shape in [1e-300, 1e-10, 1e-3, 0.1, 0.49, 1.8e19, 1e25, 1e200] {
            for tail in [1e-320, 1e-300, 1e-9, 0.2, 0.5, 0.9] {
                for which in [Tail::Lower(tail), Tail::Upper(tail)] {
                    let x = quantile(shape, which);
                    assert!(x >= 0.0 && x.is_finite(), "{shape} {which:?} {x}");
                }
            }
        }
    }

    #[test]
    fn tails_agree_with_statrs() {
        for a in [0.7, 3.0, 12.5, 80.0, 150.0, 900.0] {
            for step in 1..20 {
                let x = a * f64::from(step) / 10.0;
                let other = statrs::function::gamma::gamma_lr(a, x);
                assert!((lower(a, x) - other).abs() < 1e-9, "{a} {x}");
            }
        }
    }
}
