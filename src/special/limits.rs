//! Limits for one Poisson count, with a tail probability on each side.

use super::quantile::{Quantile, Tail};

/// Garwood (1936), Biometrika 28:437. Relative error below 2e-15 for counts to 1e9 and tails from 5e-7 to 0.25.
pub(crate) fn exact_lower(count: u64, tail: f64) -> f64 {
    Quantile::gamma(Tail::Lower(tail)).at(count as f64)
}

/// As [`exact_lower`]: the gamma quantile with shape `count + 1`.
pub(crate) fn exact_upper(count: u64, tail: f64) -> f64 {
    Quantile::gamma(Tail::Upper(tail)).at(count as f64 + 1.0)
}

/// Lancaster (1961), Cohen & Yang (1994). Relative error below 2e-15 for counts to 1e9 and tails from 5e-7 to 0.25.
pub(crate) fn mid_p_lower(count: u64, tail: f64) -> f64 {
    Quantile::mid_p(Tail::Lower(tail)).at(count as f64)
}

/// As [`mid_p_lower`]; `-ln(2 tail)` at count 0.
pub(crate) fn mid_p_upper(count: u64, tail: f64) -> f64 {
    Quantile::mid_p(Tail::Upper(tail)).at(count as f64)
}

/// The gamma quantile with shape `count + 1/2`, 0 at count 0; as accurate as [`exact_lower`].
pub(crate) fn jeffreys_lower(count: u64, tail: f64) -> f64 {
    if count == 0 { 0.0 } else { Quantile::gamma(Tail::Lower(tail)).at(count as f64 + 0.5) }
}

/// As [`jeffreys_lower`].
pub(crate) fn jeffreys_upper(count: u64, tail: f64) -> f64 {
    Quantile::gamma(Tail::Upper(tail)).at(count as f64 + 0.5)
}

/// Both exact limits: the bits of [`exact_lower`] and [`exact_upper`].
pub(crate) fn exact(count: u64, tail: f64) -> (f64, f64) {
    let upper = Quantile::gamma(Tail::Upper(tail));
    let count = count as f64;
    (upper.mirrored().at(count), upper.at(count + 1.0))
}

/// Both mid-P limits.
pub(crate) fn mid_p(count: u64, tail: f64) -> (f64, f64) {
    let upper = Quantile::mid_p(Tail::Upper(tail));
    let count = count as f64;
    (upper.mirrored().at(count), upper.at(count))
}

/// Both Jeffreys limits.
pub(crate) fn jeffreys(count: u64, tail: f64) -> (f64, f64) {
    let upper = Quantile::gamma(Tail::Upper(tail));
    let shape = count as f64 + 0.5;
    let lower = if count == 0 { 0.0 } else { upper.mirrored().at(shape) };
    (lower, upper.at(shape))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    type Limit = fn(u64, f64) -> f64;
    const LIMITS: [(&str, Limit); 6] = [
        ("exact_lower", exact_lower),
        ("exact_upper", exact_upper),
        ("mid_p_lower", mid_p_lower),
        ("mid_p_upper", mid_p_upper),
        ("jeffreys_lower", jeffreys_lower),
        ("jeffreys_upper", jeffreys_upper),
    ];

    fn compare(table: &str, allowed: f64) {
        for (name, limit) in LIMITS {
            let mut worst = Worst::new(allowed);
            for row in rows(table) {
                let got = limit(row.number("count") as u64, row.number("tail"));
                worst.see(got, row.number(name), &format!("{name} {}", row.text));
            }
            print!("{name}: ");
            worst.hold();
        }
    }

    #[test]
    fn limits_meet_the_reference() {
        compare(include_str!("reference/limits.csv"), 2e-15);
    }

    #[test]
    fn limits_in_far_tails_meet_the_reference() {
        compare(include_str!("reference/far_limits.csv"), 1e-13);
    }

    #[test]
    fn pairs_have_the_bits_of_their_parts() {
        for count in [0, 1, 2, 7, 64, 127, 128, 500, 20_000, u64::MAX] {
            for tail in [0.6, 0.5, 0.25, 0.025, 5e-7, 1e-30] {
                let pair = (exact_lower(count, tail), exact_upper(count, tail));
                assert_eq!(exact(count, tail), pair);
                let pair = (mid_p_lower(count, tail), mid_p_upper(count, tail));
                assert_eq!(mid_p(count, tail), pair);
                let pair = (jeffreys_lower(count, tail), jeffreys_upper(count, tail));
                assert_eq!(jeffreys(count, tail), pair);
            }
        }
    }

    #[test]
    fn no_count() {
        for tail in [0.4, 0.025, 0.0005, 1e-12, 1e-300] {
            let tail: f64 = tail;
            assert_eq!(exact_lower(0, tail), 0.0);
            assert_eq!(mid_p_lower(0, tail), 0.0);
            assert_eq!(jeffreys_lower(0, tail), 0.0);
            assert_eq!(exact_upper(0, tail), -tail.ln());
            assert_eq!(mid_p_upper(0, tail), -(2.0 * tail).ln());
        }
    }

    #[test]
    fn limits_rise_with_the_count_and_contain_it() {
        let counts: Vec<u64> = (0..1200)
            .chain([4095, 4096, 4097, 16383, 16384, 16385])
            .chain((5..20).map(|k| 10_u64.pow(k)))
            .chain([u64::MAX - 1, u64::MAX])
            .collect();
        for tail in [0.499, 0.25, 0.025, 4.9e-4, 5e-7, 1e-9, 1e-30, 1e-150, 1e-299] {
            for (name, limit) in LIMITS {
                let mut last = -1.0;
                for &count in &counts {
                    let value = limit(count, tail);
                    assert!(value.is_finite() && value >= last, "{name} {count} {tail}: {last} {value}");
                    let inside =
                        if name.ends_with("lower") { value <= count as f64 + 0.7 } else { value >= count as f64 - 0.3 };
                    assert!(inside, "{name} {count} {tail}: {value}");
                    last = value;
                }
            }
        }
    }
}
