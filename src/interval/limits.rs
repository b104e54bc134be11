//! The limits of each method as arithmetic on a count.

use super::method::Method;
use crate::special::{Quantile, Tail, normal};

/// A method at one tail probability, as arithmetic on a count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Formula {
    /// Quantiles at the count plus a shift.
    Quantiles { lower: Quantile, upper: Quantile, shifts: (f64, f64) },
    /// Byar's cubes at the count plus a shift.
    Cubes { z: f64, shifts: (f64, f64) },
    /// The exact quantiles below ten, Byar's cubes from ten.
    Switched { lower: Quantile, upper: Quantile, z: f64 },
    /// The roots of the score equation.
    Roots { z: f64 },
}

impl Formula {
    /// With `tail` in each tail.
    pub(crate) fn new(method: Method, tail: f64) -> Self {
        let quantiles = |upper: Quantile, shifts| Self::Quantiles { lower: upper.mirrored(), upper, shifts };
        let z = || normal::upper_quantile(tail);
        match method {
            Method::Exact => quantiles(Quantile::gamma(Tail::Upper(tail)), (0.0, 1.0)),
            Method::MidP => quantiles(Quantile::mid_p(Tail::Upper(tail)), (0.0, 0.0)),
            Method::Jeffreys => quantiles(Quantile::gamma(Tail::Upper(tail)), (0.5, 0.5)),
            Method::Byar => Self::Cubes { z: z(), shifts: (0.0, 1.0) },
            Method::Ohid => {
                let upper = Quantile::gamma(Tail::Upper(tail));
                Self::Switched { lower: upper.mirrored(), upper, z: z() }
            }
            Method::RothmanBoice => Self::Cubes { z: z(), shifts: (0.5, 0.5) },
            Method::Score => Self::Roots { z: z() },
        }
    }

    /// The limits for a count, which need not be whole, before any clamp.
    pub(crate) fn at(&self, x: f64) -> (f64, f64) {
        match self {
            Self::Quantiles { lower, upper, shifts } => (lower.at(x + shifts.0), upper.at(x + shifts.1)),
            Self::Switched { lower, upper, .. } if x < 10.0 => (lower.at(x), upper.at(x + 1.0)),
            Self::Cubes { z, shifts } if x + shifts.0 == 0.0 => (0.0, byar(shifts.1, *z)),
            Self::Roots { z } if x == 0.0 => (0.0, z * z),
            Self::Cubes { .. } | Self::Switched { .. } | Self::Roots { .. } => self.closed(x),
        }
    }

    /// The first count from which [`Formula::each`] has the bits of [`Formula::at`].
    pub(crate) fn closed_from(&self) -> u64 {
        match self {
            Self::Quantiles { upper, .. } => upper.from() as u64,
            Self::Switched { .. } => 10,
            Self::Cubes { .. } | Self::Roots { .. } => 1,
        }
    }

    /// The limits for a count from [`Formula::closed_from`] on: the bits of [`Formula::at`] without its checks.
    #[inline]
    pub(crate) fn closed(&self, x: f64) -> (f64, f64) {
        match self {
            Self::Quantiles { lower, upper, shifts } => {
                (lower.series().at(x + shifts.0), upper.series().at(x + shifts.1))
            }
            Self::Cubes { z, shifts } => (byar(x + shifts.0, -z), byar(x + shifts.1, *z)),
            Self::Switched { z, .. } => (byar(x, -z), byar(x + 1.0, *z)),
            Self::Roots { z } => score(x, *z),
        }
    }

    /// [`Formula::closed`] for each count, the lower limits not below zero, as one loop that vectorises. Counts below
    /// [`Formula::closed_from`] get numbers without meaning.
    pub(crate) fn each(&self, counts: &[u64], lower: &mut [f64], upper: &mut [f64]) {
        // The choice of the formula is made once, outside the loop; the compiler does not lift it out of `closed`.
        match self {
            Self::Quantiles { lower: low, upper: high, shifts } => {
                let (low, high, shifts) = (*low.series(), *high.series(), *shifts);
                fill(counts, lower, upper, |x| (low.at(x + shifts.0), high.at(x + shifts.1)));
            }
            Self::Cubes { z, shifts } => {
                fill(counts, lower, upper, |x| (byar(x + shifts.0, -z), byar(x + shifts.1, *z)));
            }
            Self::Switched { z, .. } => fill(counts, lower, upper, |x| (byar(x, -z), byar(x + 1.0, *z))),
            Self::Roots { z } => fill(counts, lower, upper, |x| score(x, *z)),
        }
    }
}

#[inline]
fn fill(counts: &[u64], lower: &mut [f64], upper: &mut [f64], limits: impl Fn(f64) -> (f64, f64)) {
    for ((&count, lower), upper) in counts.iter().zip(lower).zip(upper) {
        let (low, high) = limits(count as f64);
        *lower = if low > 0.0 { low } else { 0.0 };
        // At levels near zero the limits meet, and rounding may cross them.
        *upper = if high < low { low } else { high };
    }
}

/// Breslow and Day 1987, vol. II, p. 69: the cube of a normal deviate on Wilson and Hilferty's scale.
#[inline]
fn byar(y: f64, z: f64) -> f64 {
    let t = 1.0 / (3.0 * y.sqrt());
    let root = 1.0 - t * t + z * t;
    y * (root * root * root)
}

/// Barker 2002. The lower limit is the product of the roots, x^2, over the upper one, so that nothing cancels.
#[inline]
fn score(x: f64, z: f64) -> (f64, f64) {
    let upper = x + z * z / 2.0 + z * (x + z * z / 4.0).sqrt();
    (x * (x / upper), upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{Worst, rows};

    const QUANTILES: [(Method, &str); 3] =
        [(Method::Exact, "exact"), (Method::MidP, "mid_p"), (Method::Jeffreys, "jeffreys")];

    fn meets(table: &str, allowed: f64) {
        for (method, name) in QUANTILES {
            let mut worst = Worst::new(allowed);
            for row in rows(table) {
                let count = row.number("count") as u64;
                let (lower, upper) = Formula::new(method, row.number("tail")).at(count as f64);
                if count > 0 {
                    worst.see(lower, row.number(&format!("{name}_lower")), &format!("{name} lower {}", row.text));
                }
                worst.see(upper, row.number(&format!("{name}_upper")), &format!("{name} upper {}", row.text));
            }
            worst.hold();
        }
    }

    #[test]
    fn limits_meet_the_reference() {
        meets(include_str!("../special/reference/limits.csv"), 2e-15);
    }

    #[test]
    fn limits_in_far_tails_meet_the_reference() {
        meets(include_str!("../special/reference/far_limits.csv"), 1e-13);
    }

    #[test]
    fn limits_rise_with_the_count_and_contain_it() {
        let counts: Vec<u64> = (0..1200)
            .chain([4095, 4096, 4097, 16383, 16384, 16385])
            .chain((5..20).map(|k| 10_u64.pow(k)))
            .chain([u64::MAX - 1, u64::MAX])
            .collect();
        for tail in [0.499, 0.25, 0.025, 4.9e-4, 5e-7, 1e-9, 1e-30, 1e-150, 1e-299] {
            for (method, name) in QUANTILES {
                let formula = Formula::new(method, tail);
                let mut last = (-1.0, -1.0);
                for &count in &counts {
                    let limits = formula.at(count as f64);
                    assert!(limits.0.is_finite() && limits.1.is_finite(), "{name} {count} {tail}: {limits:?}");
                    assert!(limits.0 >= last.0 && limits.1 >= last.1, "{name} {count} {tail}: {last:?} {limits:?}");
                    let x = count as f64;
                    assert!(limits.0 <= x + 0.7 && limits.1 >= x - 0.3, "{name} {count} {tail}: {limits:?}");
                    last = limits;
                }
            }
        }
    }
}
