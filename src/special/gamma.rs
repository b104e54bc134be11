//! The regularised incomplete gamma functions.

use super::{
    point::point,
    ratio::{above, below},
};

/// `P(a, x)`, with a relative error below 1e-12 down to 1e-300 for shapes from 0.5; below them to 1e-15, as `Q` is found from
/// `P` where both are asked between the shape and 1.
pub(crate) fn lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x > a {
        1.0 - upper(a, x)
    } else {
        (point(a, x) * below(a, x)).clamp(0.0, 1.0)
    }
}

/// `Q(a, x) = 1 - P(a, x)`, as accurate as [`lower`].
pub(crate) fn upper(a: f64, x: f64) -> f64 {
    if x == f64::INFINITY {
        0.0
    } else if x < a || x <= 0.0 {
        1.0 - lower(a, x)
    } else {
        (point(a, x) * above(a, x)).clamp(0.0, 1.0)
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

    /// Of areas without offences where nearly all others have none. By mpmath at 60 digits; quantiles by bisection at 40.
    #[test]
    #[rustfmt::skip]
    fn small_shapes_meet_the_reference() {
        for (a, x, below, above) in [
            (0.4, 1e-9, 0.000_283_104_797_157_266_12, 0.999_716_895_202_842_7),
            (0.4, 0.99, 0.878_854_259_708_666_2, 0.121_145_740_291_333_8),
            (0.4, 20.0, 0.999_999_999_850_298_7, 1.497_013_480_708_487_2e-10),
            (0.15, 0.05, 0.679_423_970_438_441_7, 0.320_576_029_561_558_3),
            (0.15, 1.5, 0.981_971_988_538_748_6, 0.018_028_011_461_251_417),
            (0.01, 0.5, 0.994_373_243_806_032_8, 0.005_626_756_193_967_184),
            (0.01, 20.0, 0.999_999_999_998_980_3, 1.019_712_405_164_315e-12),
            (1e-6, 1e-9, 0.999_979_854_151_934_8, 2.014_584_806_518_89e-5),
            (1e-6, 0.99, 0.999_999_776_899_947_6, 2.231_000_523_913_303_7e-7),
            (1e-17, 1e-9, 1.0, 2.014_605_017_304_488e-16),
            (1e-17, 0.5, 1.0, 5.597_735_947_761_609e-18),
        ] {
            let found = [lower(a, x), upper(a, x)];
            assert!((found[0] - below).abs() <= 1e-15 && (found[1] - above).abs() <= 1e-15, "{a} {x} {found:?}");
            assert!(found.iter().all(|p| (0.0..=1.0).contains(p)), "{a} {x} {found:?}");
        }
        let mut worst = Worst::new(1e-12);
        for (a, low, high) in [
            (0.4, 7.328_324_355_345_851e-5, 2.224_716_149_182_295),
            (0.15, 1.315_037_178_314_680_4e-11, 1.272_527_718_726_274_5),
            (0.03, 2.279_717_249_643_011e-54, 0.333_935_845_072_623_3),
            (0.01, 3.522_685_997_312_378e-161, 0.047_137_958_431_590_45),
        ] {
            worst.see(quantile(a, Tail::Lower(0.025)), low, &format!("{a} lower"));
            worst.see(quantile(a, Tail::Upper(0.025)), high, &format!("{a} upper"));
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
