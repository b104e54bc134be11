//! The beta-binomial distribution: a binomial count whose probability is beta distributed about that of the odds, with an
//! intra-class correlation `rho = 1 / (a + b + 1)`, so that the variance of a count of `n` is
//! `n p (1 - p) (1 + (n - 1) rho)`.

use super::{
    beta_terms::Law,
    binomial,
    discrete::{self, CONTINUOUS, Discrete},
    negative_binomial::LEAST,
    quantile::Tail,
    tails::Tails,
};

/// The beta-binomial probabilities on both sides of `x` among `x + y`.
///
/// Relative error below 1e-12 down to 1e-300 for totals to 10^6, below 1e-11 to 10^12, at any correlation from 0 to 1, from a
/// thousand terms and a few hundred points between them at most. A correlation below 1e-250, and none, gives the bits of
/// [`binomial::tails`]; 1 leaves none or all.
pub(crate) fn tails(x: u64, y: u64, odds: f64, correlation: f64) -> Tails {
    if correlation >= LEAST {
        Law::new(x, y, odds, correlation).tails(x as f64, y as f64, binomial::apart(x as f64, y as f64, odds))
    } else {
        binomial::tails(x, y, odds)
    }
}

/// The quantile of a beta-binomial count out of a total, as [`discrete::binomial`]; its bits where there is no correlation.
///
/// For totals to 10^12 and tails from 1e-12 to 0.25 the count is right, and its share has an absolute error below 1e-10, or
/// below that of a relative error of 1e-12 of the tail. From a total of 2^50 on it is an approximation by three
/// moments.
pub(crate) fn quantile(total: u64, odds: f64, correlation: f64, tail: Tail) -> Discrete {
    if correlation < LEAST || correlation.is_nan() {
        return discrete::binomial(total, odds, tail);
    }
    let (n, p, q) = (total as f64, odds / (1.0 + odds), 1.0 / (1.0 + odds));
    let size = (1.0 - correlation) / correlation;
    let variance = n * p * q * (1.0 + (n - 1.0) * correlation);
    let skewness_by_sd = (size + 2.0 * n) / (size + 2.0) * (q - p);
    let start = discrete::cornish_fisher(n * p, variance.sqrt(), skewness_by_sd, tail).clamp(0.0, n);
    if n >= CONTINUOUS {
        return Discrete { count: start, share: 0.0 };
    }
    discrete::search(tail, start, n, |count| tails(count as u64, total.saturating_sub(count as u64), odds, correlation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    #[test]
    fn tails_meet_the_reference() {
        let (mut worst, mut far) = (Worst::new(1e-12), Worst::new(1e-11));
        for row in rows(include_str!("reference/beta_binomial_tails.csv")) {
            let (x, y) = (row.number("x") as u64, row.number("y") as u64);
            let found = tails(x, y, row.number("odds"), row.number("rho"));
            let worst = if x + y > 1_000_000 { &mut far } else { &mut worst };
            for (found, name) in [(found.below, "below"), (found.point, "point"), (found.above, "above")] {
                if row.number(name) > 1e-300 {
                    worst.see(found, row.number(name), &format!("{name} {}", row.text));
                }
            }
        }
        worst.hold();
        far.hold();
    }

    #[test]
    fn quantiles_meet_the_reference() {
        let mut worst = Worst::new(1e-12);
        for row in rows(include_str!("reference/overdispersed.csv")) {
            if row.text("law") == "beta_binomial" {
                let p = row.number("tail");
                let tail = if row.text("side") == "lower" { Tail::Lower(p) } else { Tail::Upper(p) };
                let found = quantile(row.number("total") as u64, row.number("odds"), row.number("spread"), tail);
                let (off, share) = (found.interpolated() - row.number("quantile"), row.number("share"));
                assert!(off.abs() < 1e-10 * found.count.max(1.0), "{} {found:?}", row.text);
                // One of one at odds of a third has the probability of the tail itself.
                if share > 1e-10 {
                    assert_eq!(found.count, row.number("count"), "{}", row.text);
                }
                if row.number("quantile") > 1e-3 {
                    worst.see(found.interpolated(), row.number("quantile"), &row.text);
                }
            }
        }
        worst.hold();
    }

    #[test]
    fn without_correlation_the_bits_are_binomial() {
        let mut worst = Worst::new(1e-12);
        for total in [1_u64, 30, 1000, 1_000_000] {
            for odds in [0.01, 1.0, 9.0] {
                for p in [0.4, 0.025, 0.001, 1e-12] {
                    for tail in [Tail::Lower(p), Tail::Upper(p)] {
                        let none = discrete::binomial(total, odds, tail);
                        assert_eq!(quantile(total, odds, 0.0, tail), none);
                        let near = quantile(total, odds, 1e-245, tail);
                        let off = near.interpolated() - none.interpolated();
                        assert!(off.abs() < 1e-10 * none.count.max(1.0), "{total} {odds} {tail:?} {off}");
                    }
                }
                for step in 0..=20 {
                    let x = total * step / 20;
                    let none = binomial::tails(x, total - x, odds);
                    assert_eq!(tails(x, total - x, odds, 0.0), none);
                    for correlation in [1e-249, 1e-100, 1e-34] {
                        let near = tails(x, total - x, odds, correlation);
                        let place = format!("{x} {total} {odds} {correlation:e}");
                        // The binomial gives the larger tail as one less the other.
                        for (found, expected) in [(near.below, none.below), (near.above, none.above)] {
                            assert!((found - expected).abs() < 1e-13, "{place}: {found} {expected}");
                        }
                        if none.point > 1e-300 {
                            worst.see(near.point, none.point, &place);
                        }
                    }
                }
            }
        }
        worst.hold();
    }

    /// From one count to the next, where terms alone, terms and an integral, and both ends give the tails.
    #[test]
    fn tails_rise_and_make_one() {
        for (n, steps) in [(1_u64, 1), (7, 7), (300, 60), (5000, 50), (200_000, 40), (1 << 40, 20)] {
            for odds in [1e-5, 0.02, 0.6, 1.0, 30.0] {
                for correlation in [1e-12, 1e-4, 0.03, 0.3, 0.7, 0.999] {
                    let mut last = (0.0, 1.0);
                    for step in 0..=steps {
                        let x = n / steps * step;
                        let place = format!("{x} {n} {odds} {correlation}");
                        let Tails { below, point, above } = tails(x, n - x, odds, correlation);
                        assert!((below + point + above - 1.0).abs() < 1e-12, "{place}");
                        assert!(below >= last.0 * (1.0 - 1e-12) && above <= last.1 * (1.0 + 1e-12), "{place}");
                        last = (below, above);
                        if x < n {
                            let next = tails(x + 1, n - x - 1, odds, correlation);
                            assert!((next.above + next.point - above).abs() <= 1e-11 * above.max(1e-290), "{place}");
                            assert!((below + point - next.below).abs() <= 1e-11 * next.below.max(1e-290), "{place}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn strange_arguments_have_answers() {
        for (x, y) in [(0, 0), (0, 1), (1, 0), (3, u64::MAX), (u64::MAX, u64::MAX), (u64::MAX, 2), (40, 1 << 50)] {
            for odds in [1e-300, 1e-19, 0.5, 1.0, 1e19, 1e300] {
                for correlation in [1e-250, 1e-30, 0.1, 1.0 - 1e-16, 1.0] {
                    let Tails { below, point, above } = tails(x, y, odds, correlation);
                    let all = [below, point, above].iter().all(|p| (0.0..=1.0).contains(p));
                    assert!(all, "{x} {y} {odds} {correlation}: {below} {point} {above}");
                    for tail in [Tail::Lower(1e-300), Tail::Upper(1e-300), Tail::Lower(0.5), Tail::Upper(0.5)] {
                        let Discrete { count, share } = quantile(y, odds, correlation, tail);
                        let possible = (0.0..=y as f64).contains(&count) && (0.0..=1.0).contains(&share);
                        assert!(possible, "{y} {odds} {correlation} {tail:?}: {count} {share}");
                    }
                }
            }
        }
        assert_eq!(tails(0, 4, 1.0, 1.0), Tails { below: 0.0, point: 0.5, above: 0.5 });
        assert_eq!(tails(2, 2, 1.0, 1.0), Tails { below: 0.5, point: 0.0, above: 0.5 });
    }
}
