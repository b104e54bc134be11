//! Quantiles of a count that is Poisson or binomial, interpolated between whole numbers (Spiegelhalter 2005, Stat. Med.
//! 24:1185): the smallest count `r` with `F(r) >= p`, less the share `(F(r) - p) / (F(r) - F(r - 1))`.
//!
//! Quantiles step on the tails: a start from Cornish and Fisher and tangents, of the tail on one side and of its logarithm on
//! the other, mostly need one evaluation of the tails and four at most in what was tried.

use super::{binomial, gamma, normal::upper_quantile, point, quantile::Tail, tails::Tails};

/// From this mean on a count is as good as a real number: half a count is below the last bits of the quantile.
pub(super) const CONTINUOUS: f64 = (1_u64 << 50) as f64;

/// More steps than tangents ever need; then halving takes over.
const STEPS: u32 = 40;

/// The smallest count whose tail is as asked, and the share of it that interpolation takes off, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Discrete {
    pub(crate) count: f64,
    pub(crate) share: f64,
}

impl Discrete {
    /// The interpolated quantile; below zero where even no event at all is more probable than the tail.
    pub(crate) fn interpolated(self) -> f64 {
        self.count - self.share
    }
}

/// The Poisson probabilities on both sides of a count, with a relative error below 1e-12 down to 1e-300.
pub(crate) fn poisson_tails(count: f64, mean: f64) -> Tails {
    let below = if count > 0.0 { gamma::upper(count, mean) } else { 0.0 };
    Tails { below, point: point(count, mean), above: gamma::lower(count + 1.0, mean) }
}

/// The quantile of a Poisson count with this mean: `F(r)` of at least the lower tail, or `1 - F(r)` of at most the upper.
///
/// For means from 1e-3 to 10^9 and tails from 1e-12 to 0.25 the count is right, its share has an absolute error below 1e-10,
/// and the quantile a relative one below 1e-14 unless it nearly vanishes; every mean above 0 has one.
pub(crate) fn poisson(mean: f64, tail: Tail) -> Discrete {
    let start = cornish_fisher(mean, mean.sqrt(), 1.0, tail);
    if mean >= CONTINUOUS {
        return Discrete { count: start, share: 0.0 };
    }
    search(tail, start, f64::INFINITY, |count| poisson_tails(count, mean))
}

/// The quantile of a binomial count out of a total at these odds, as [`poisson`].
pub(crate) fn binomial(total: u64, odds: f64, tail: Tail) -> Discrete {
    let (n, p, q) = (total as f64, odds / (1.0 + odds), 1.0 / (1.0 + odds));
    let start = cornish_fisher(n * p, (n * p * q).sqrt(), q - p, tail).clamp(0.0, n);
    if n * p >= CONTINUOUS {
        return Discrete { count: start, share: 0.0 };
    }
    search(tail, start, n, |count| binomial::tails(count as u64, total.saturating_sub(count as u64), odds))
}

/// Two terms of Cornish and Fisher (1938), half a count lower as `F` belongs to the upper edge of its count.
pub(super) fn cornish_fisher(mean: f64, sd: f64, skewness_by_sd: f64, tail: Tail) -> f64 {
    let z = match tail {
        Tail::Lower(p) => -upper_quantile(p),
        Tail::Upper(p) => upper_quantile(p),
    };
    mean + z * sd + skewness_by_sd * (z * z - 1.0) / 6.0 - 0.5
}

/// Steps along tangents: of the tail where that falls short of the count that is sought, and of its logarithm elsewhere,
/// as both are bent so that neither steps over it. What is known on both sides bounds every step, so rounding cannot make
/// it go round.
pub(super) fn search(tail: Tail, start: f64, most: f64, tails: impl Fn(f64) -> Tails) -> Discrete {
    // Distances in counts from where the tail is as asked, by tangents: 0 to below 1 at the count that is sought.
    let distance = |count: f64| {
        let Tails { below, point, above } = tails(count);
        match tail {
            Tail::Lower(p) => {
                let here = below + point;
                ((here - p) / point, (p / here).ln() * here / point, here >= p)
            }
            Tail::Upper(p) => ((p - above) / point, (p / above).ln() * above / point, above <= p),
        }
    };
    let (mut low, mut high, mut share) = (-1.0, most + 1.0, 0.0);
    let start = if start.is_nan() { 0.0 } else { start };
    let mut count = start.ceil().clamp(0.0, most.min(CONTINUOUS * 4.0));
    let mut steps = 0;
    loop {
        let (linear, logarithmic, reached) = distance(count);
        if reached {
            (high, share) = (count, linear);
            if linear < 1.0 || count - low <= 1.0 {
                return Discrete { count, share: within(linear) };
            }
        } else {
            low = count;
            if high - low <= 1.0 {
                return Discrete { count: high.min(most), share: within(share) };
            }
        }
        let step = match (tail, reached) {
            (Tail::Lower(_), true) | (Tail::Upper(_), false) => -linear.trunc(),
            (Tail::Lower(_), false) => logarithmic.trunc(),
            (Tail::Upper(_), true) => -logarithmic.trunc(),
        };
        steps += 1;
        count = if step.is_finite() && steps < STEPS {
            let least = if reached { step.min(-1.0) } else { step.max(1.0) };
            (count + least).clamp(low + 1.0, (high - 1.0).max(low + 1.0))
        } else if high.is_finite() {
            ((low + high) / 2.0).floor().max(low + 1.0)
        } else {
            2.0 * count + 1.0
        };
    }
}

/// From 0 to 1, and 0 for the quotient of two probabilities that are both too small for a double.
fn within(share: f64) -> f64 {
    if share > 0.0 { share.min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    fn tail(row: &crate::special::reference::Line) -> Tail {
        let (tail, side) = (row.number("tail"), row.text("side"));
        if side == "lower" { Tail::Lower(tail) } else { Tail::Upper(tail) }
    }

    #[test]
    fn quantiles_meet_the_reference() {
        let (mut quantile, mut share) = (Worst::new(1e-14), 0.0_f64);
        for row in rows(include_str!("reference/discrete.csv")) {
            let found = match row.text("law") {
                "poisson" => poisson(row.number("mean"), tail(&row)),
                _ => binomial(row.number("total") as u64, row.number("odds"), tail(&row)),
            };
            assert_eq!(found.count, row.number("count"), "{}", row.text);
            share = share.max((found.share - row.number("share")).abs());
            quantile.see(found.interpolated().max(0.0), row.number("quantile").max(0.0), &row.text);
        }
        println!("shares differ by {share:e} at most");
        assert!(share < 1e-10);
        quantile.hold();
    }

    /// The definition itself, count by count from 0.
    fn counted(tail: Tail, tails: impl Fn(f64) -> Tails) -> Discrete {
        let mut count = 0.0;
        loop {
            let Tails { below, point, above } = tails(count);
            match tail {
                Tail::Lower(p) if below + point >= p => return Discrete { count, share: (below + point - p) / point },
                Tail::Upper(p) if above <= p => return Discrete { count, share: (p - above) / point },
                _ => count += 1.0,
            }
        }
    }

    #[test]
    fn steps_find_what_counting_finds() {
        for p in [0.5, 0.4, 0.05, 0.025, 0.001, 5e-7, 1e-12, 5e-17] {
            for tail in [Tail::Lower(p), Tail::Upper(p)] {
                for step in 1..400 {
                    let mean = f64::from(step) * f64::from(step) * 0.0037;
                    let (found, expected) = (poisson(mean, tail), counted(tail, |count| poisson_tails(count, mean)));
                    assert_eq!(found.count, expected.count, "{mean} {tail:?}");
                    assert!((found.share - expected.share).abs() < 1e-9, "{mean} {tail:?}");
                }
                for total in [1_u64, 2, 7, 40, 300] {
                    for odds in [1e-6, 0.01, 0.3, 1.0, 2.5, 99.0, 1e6] {
                        let tails = |count: f64| binomial::tails(count as u64, total - count as u64, odds);
                        let (found, expected) = (binomial(total, odds, tail), counted(tail, tails));
                        assert_eq!(found.count, expected.count, "{total} {odds} {tail:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn quantiles_rise_with_the_mean_and_join_the_continuous_ones() {
        for p in [0.4, 0.025, 0.001, 5e-17] {
            for tail in [Tail::Lower(p), Tail::Upper(p)] {
                let mut last = f64::NEG_INFINITY;
                let mut mean = 1e-9;
                while mean < 1e17 {
                    let found = poisson(mean, tail).interpolated();
                    assert!(found >= last || found < 0.0, "{mean} {tail:?}: {last} {found}");
                    (last, mean) = (found, mean * 1.9);
                }
                let near = CONTINUOUS * (1.0 - 1e-15);
                let (below, above) = (poisson(near, tail).interpolated(), poisson(CONTINUOUS, tail).interpolated());
                assert!((below - above).abs() < 4.0, "{tail:?}: {below} {above}");
            }
        }
    }

    #[test]
    fn strange_arguments_have_answers() {
        for tail in [Tail::Lower(1e-300), Tail::Upper(1e-300), Tail::Lower(0.5), Tail::Upper(0.5)] {
            for mean in [5e-324, 1e-300, 1e-9, 0.5, 700.0, 1e6, 1e18, 1e300] {
                let Discrete { count, share } = poisson(mean, tail);
                assert!(count >= 0.0 && (0.0..=1.0).contains(&share), "{mean} {tail:?}: {count} {share}");
            }
            for total in [1, 40, 1 << 49, u64::MAX] {
                for odds in [1e-300, 1e-9, 1.0, 1e9, 1e300] {
                    let Discrete { count, share } = binomial(total, odds, tail);
                    let possible = (0.0..=total as f64).contains(&count) && (0.0..=1.0).contains(&share);
                    assert!(possible, "{total} {odds} {tail:?}: {count} {share}");
                }
            }
        }
    }
}
