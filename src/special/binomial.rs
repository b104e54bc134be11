//! The binomial distribution of one count among two, in terms of the odds that one event falls to the first.

use super::{
    normal::{SQRT_TWO_PI, upper_quantile, upper_tail},
    point::{DIRECT, deviance, deviance_apart, ln_point, point, stirling},
    tails::Tails,
};

/// Where the rarer event is not more frequent than this the continued fraction is used; it needs about as many terms as
/// the root of that number.
const FRACTION: f64 = 4e10;

/// The tails of `x` among `x + y` events at these odds, taken as exact.
///
/// Relative error below 1e-12 down to 1e-300 for x and y to 10^9: the smaller tail by a continued fraction of the
/// incomplete beta function. Where both counts are above 4e10, a normal tail at the corrected signed root of the deviance
/// (Barndorff-Nielsen 1986; Lugannani and Rice 1980), whose relative error is of the order of one over the smaller one.
pub(crate) fn tails(x: u64, y: u64, odds: f64) -> Tails {
    tails_apart(x, y, odds, apart(x as f64, y as f64, odds))
}

/// [`tails`] where `x - n p` is known better than from the rounded odds.
pub(crate) fn tails_apart(x: u64, y: u64, odds: f64, apart: f64) -> Tails {
    let (x, y) = (x as f64, y as f64);
    let point = probability(x, y, odds, apart);
    if apart >= 0.0 {
        let above = more(x, y, odds, apart, point);
        Tails { below: (1.0 - above - point).max(0.0), point, above }
    } else {
        let below = more(y, x, 1.0 / odds, -apart, point);
        Tails { below, point, above: (1.0 - below - point).max(0.0) }
    }
}

/// The probability of `x` among `x + y`: that of two Poisson counts over that of their sum.
fn probability(x: f64, y: f64, odds: f64, apart: f64) -> f64 {
    let (n, p, q) = (x + y, odds / (1.0 + odds), 1.0 / (1.0 + odds));
    if n == 0.0 {
        return 1.0;
    }
    if x == 0.0 || y == 0.0 {
        let share = if x == 0.0 { odds } else { 1.0 / odds };
        return (-n * share.ln_1p()).exp();
    }
    if x >= DIRECT && y >= DIRECT {
        // Loader (2000) again. With a rounded difference here, 10^9 events would lose three digits at 1e-300.
        let deviance = deviance_apart(x, n * p, apart) + deviance_apart(y, n * q, -apart);
        return (stirling(n) - stirling(x) - stirling(y) - deviance).exp() / (SQRT_TWO_PI * (x * (y / n)).sqrt());
    }
    let direct = point(x, n * p) * point(y, n * q) / point(n, n);
    if direct > 1e-250 { direct } else { (ln_point(x, n * p) + ln_point(y, n * q) - ln_point(n, n)).exp() }
}

/// `x - n p`, from the product `y odds` without its rounding (Dekker 1971).
pub(super) fn apart(x: f64, y: f64, odds: f64) -> f64 {
    let split = |value: f64| {
        let high = f64::from_bits(value.to_bits() & !0x07ff_ffff);
        (high, value - high)
    };
    let product = y * odds;
    if product == f64::INFINITY {
        return -y;
    }
    let ((a, b), (c, d)) = (split(y), split(odds));
    let rest = ((a * c - product) + a * d + b * c) + b * d;
    ((x - product) - rest) / (1.0 + odds)
}

/// P(X > x), where `x` is not below the mean.
fn more(x: f64, y: f64, odds: f64, apart: f64, point: f64) -> f64 {
    if y == 0.0 {
        0.0
    } else if x.min(y) <= FRACTION {
        point * (odds / (1.0 + odds)) * y * fraction(x + 1.0, y, odds, apart)
    } else {
        corrected_tail(x + 0.5, y - 0.5, odds)
    }
}

/// The incomplete beta function of `a` and `b` over `p^a q^b / B(a, b)`, by the even part of its continued fraction
/// (Didonato and Morris 1992, TOMS 18:360, equation 9), for `p` not above `a / (a + b)`. With `q` formed from the odds and
/// `apart` for `(a - 1) q - b p` nothing cancels. It ends by itself at `b` terms, and long before where `b` is large.
fn fraction(a: f64, b: f64, odds: f64, apart: f64) -> f64 {
    let (p, q) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
    let first = 1.0 + apart + q;
    let (mut above, mut below) = ((0.0, 1.0), (1.0, first * a / (a + 1.0)));
    let mut value = above.1 / below.1;
    let mut n = 1.0;
    while n <= b {
        let (w, s) = (n * (b - n) * p, a + 2.0 * n - 1.0);
        let numerator = (a + n - 1.0) * (a + b + n - 1.0) / (s * s) * w * p;
        let denominator = n + w / s + (a + n) / (s + 2.0) * (first + n * (1.0 + q));
        above = (above.1, denominator * above.1 + numerator * above.0);
        below = (below.1, denominator * below.1 + numerator * below.0);
        let last = std::mem::replace(&mut value, above.1 / below.1);
        // Two units in the last place: rounding alone never moves it further.
        if (value - last).abs() <= 4e-16 * value {
            break;
        }
        // Only ratios matter, so the pairs are kept near one.
        above = (above.0 / below.1, value);
        below = (below.0 / below.1, 1.0);
        n += 1.0;
    }
    value
}

/// The normal tail at `r + ln(u/r)/r`, with the signed root `r` of twice the deviance and the standardised log odds `u`.
fn corrected_tail(x: f64, y: f64, odds: f64) -> f64 {
    let (n, p, q) = (x + y, odds / (1.0 + odds), 1.0 / (1.0 + odds));
    let gap = x - y * odds;
    let r = (2.0 * (deviance(x, n * p) + deviance(y, n * q)).max(0.0)).sqrt().copysign(gap);
    let log_odds = (gap / (y * odds)).ln_1p();
    let u = 2.0 * (log_odds / 2.0).sinh() * (x * (y / n)).sqrt();
    let correction = if r.abs() > 1e-4 && u / r > 0.0 { (u / r).ln() / r } else { 0.0 };
    upper_tail(r + correction)
}

/// The limits of the odds with probability `tail` on each side: Clopper and Pearson's (1934) or, by mid-P, with half the
/// probability of `x` itself in each tail. From 0 where x is 0, to infinity where y is 0.
///
/// Relative error below 1e-13 for x and y to 10^9 and tails from 5e-7 to 0.25; [`tails`] at a limit gives the tail back.
pub(crate) fn odds_limits(x: u64, y: u64, tail: f64, mid_p: bool) -> (f64, f64) {
    (lower_odds(x, y, tail, mid_p), 1.0 / lower_odds(y, x, tail, mid_p))
}

fn lower_odds(x: u64, y: u64, tail: f64, mid_p: bool) -> f64 {
    if x == 0 {
        return 0.0;
    }
    if y == 0 {
        let tail = if mid_p { 2.0 * tail } else { tail };
        return if tail < 1.0 { 1.0 / (-tail.ln() / x as f64).exp_m1() } else { f64::INFINITY };
    }
    let search = Search { x, y, goal: tail.ln(), mid_p };
    search.by_newton().unwrap_or_else(|| search.by_halves()).exp()
}

/// The search for the logarithm of the odds at which the upper tail of `x` is as asked.
struct Search {
    x: u64,
    y: u64,
    goal: f64,
    mid_p: bool,
}

impl Search {
    /// The logarithm of the tail less the goal, and the step to where its tangent is zero.
    fn step(&self, log_odds: f64) -> (f64, f64) {
        let odds = log_odds.exp();
        let Tails { point, above, .. } = tails(self.x, self.y, odds);
        let (x, y) = (self.x as f64 / (1.0 + odds), self.y as f64 * (odds / (1.0 + odds)));
        let (tail, slope) =
            if self.mid_p { (above + point / 2.0, point * (x + y) / 2.0) } else { (above + point, point * x) };
        let excess = tail.ln() - self.goal;
        (excess, -excess * tail / slope)
    }

    /// The logarithm of the tail is concave and rises, so from the first step on the tangents come from below and the
    /// steps shrink until rounding stops them. `None` where that is not what happened.
    fn by_newton(&self) -> Option<f64> {
        let (x, y) = (self.x as f64 + 0.5, self.y as f64 + 0.5);
        let z = upper_quantile(self.goal.exp());
        let mut log_odds = (x / y).ln() - z * (1.0 / x + 1.0 / y).sqrt();
        let mut last = f64::INFINITY;
        loop {
            let (excess, step) = self.step(log_odds);
            let size = step.abs();
            if !step.is_finite() {
                return None;
            }
            if size >= last {
                return (excess.abs() < 1e-11).then_some(log_odds);
            }
            log_odds += step;
            if size < 1e-17 {
                return Some(log_odds);
            }
            last = if last.is_finite() || size < 1.0 { size } else { f64::MAX };
        }
    }

    /// Halving between odds that every double is between.
    fn by_halves(&self) -> f64 {
        let (mut low, mut high) = (-745.0_f64, 709.0_f64);
        loop {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                return middle;
            }
            // A tail that underflows is below the goal.
            if self.step(middle).0 > 0.0 { high = middle } else { low = middle }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::reference::{Worst, rows};

    #[track_caller]
    fn close(found: f64, expected: f64, tolerance: f64) {
        let error = if found == expected { 0.0 } else { (found / expected - 1.0).abs() };
        assert!(error <= tolerance, "found {found:e}, expected {expected:e}, relative error {error:e}");
    }

    #[test]
    fn tails_meet_the_reference() {
        let (mut worst, mut tried) = (Worst::new(1e-12), 0);
        for row in rows(include_str!("reference/binomial_tails.csv")) {
            let (x, y) = (row.number("x"), row.number("y"));
            if x.max(y) > 1e9 {
                continue;
            }
            let found = tails(x as u64, y as u64, row.number("odds"));
            for (found, name) in [(found.below, "below"), (found.point, "point"), (found.above, "above")] {
                let expected = row.number(name);
                if expected > 1e-300 {
                    worst.see(found, expected, &format!("{name} {}", row.text));
                    tried += 1;
                }
            }
        }
        println!("{tried} tails");
        worst.hold();
    }

    #[test]
    fn limits_meet_the_reference() {
        let mut worst = Worst::new(1e-13);
        for row in rows(include_str!("reference/odds_limits.csv")) {
            let (x, y) = (row.number("x") as u64, row.number("y") as u64);
            for (mid_p, name) in [(false, "exact"), (true, "mid_p")] {
                let (lower, upper) = odds_limits(x, y, row.number("tail"), mid_p);
                for (found, side) in [(lower, "lower"), (upper, "upper")] {
                    let name = format!("{name}_{side}");
                    worst.see(found, row.number(&name), &format!("{name} {}", row.text));
                }
            }
        }
        worst.hold();
    }

    /// All probabilities of up to a thousand events, term by term from the one before.
    fn summed(x: u64, n: u64, odds: f64) -> Tails {
        let mut term = (-(n as f64) * odds.ln_1p()).exp();
        let mut sums = Tails { below: 0.0, point: 0.0, above: 0.0 };
        for k in 0..=n {
            match k.cmp(&x) {
                std::cmp::Ordering::Less => sums.below += term,
                std::cmp::Ordering::Equal => sums.point += term,
                std::cmp::Ordering::Greater => sums.above += term,
            }
            term *= (n - k) as f64 / (k + 1) as f64 * odds;
        }
        sums
    }

    #[test]
    fn tails_are_the_sums_of_their_terms() {
        for n in [1, 2, 7, 60, 400] {
            for odds in [0.01, 0.5, 1.0, 3.0] {
                for x in (0..=n).step_by((n as usize / 20).max(1)) {
                    let (found, expected) = (tails(x, n - x, odds), summed(x, n, odds));
                    for (found, expected) in
                        [(found.below, expected.below), (found.point, expected.point), (found.above, expected.above)]
                    {
                        if expected > 1e-290 {
                            close(found, expected, 2e-12);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn swapping_the_counts_inverts_the_odds() {
        for (x, y) in [(3, 8), (0, 4), (1000, 900), (1_000_000, 3), (1_000_000_000, 999_000_000)] {
            let (one, other) = (tails(x, y, 0.7), tails(y, x, 1.0 / 0.7));
            close(one.below, other.above, 1e-12);
            close(one.above, other.below, 1e-12);
            for mid_p in [false, true] {
                let (one, other) = (odds_limits(x, y, 0.025, mid_p), odds_limits(y, x, 0.025, mid_p));
                close(one.0, 1.0 / other.1, 1e-15);
                close(one.1, 1.0 / other.0, 1e-15);
            }
        }
    }

    /// Where both counts are 10^9, the rounding of the odds alone moves the tail by 3e-11.
    #[test]
    fn limits_give_the_tail_back() {
        let counts = [0, 1, 2, 5, 30, 200, 10_000, 1_000_000, 1_000_000_000];
        for x in counts {
            for y in counts {
                for tail in [0.25, 0.05, 0.025, 0.001, 5e-7] {
                    for mid_p in [false, true] {
                        let (lower, upper) = odds_limits(x, y, tail, mid_p);
                        assert!(0.0 <= lower && lower <= upper, "{x} {y} {tail}: {lower} {upper}");
                        let half = |tails: Tails| if mid_p { tails.point / 2.0 } else { tails.point };
                        if x > 0 {
                            let at = tails(x, y, lower);
                            close(at.above + half(at), tail, 1e-10);
                        }
                        if y > 0 {
                            let at = tails(x, y, upper);
                            close(at.below + half(at), tail, 1e-10);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn strange_arguments_have_sane_answers() {
        for (x, y) in [(u64::MAX, u64::MAX), (u64::MAX, 1), (1, u64::MAX), (u64::MAX, 0), (1 << 40, 1 << 36), (0, 0)] {
            for tail in [0.4999, 0.025, 1e-9, 1e-100, 1e-299] {
                for mid_p in [false, true] {
                    let (lower, upper) = odds_limits(x, y, tail, mid_p);
                    assert!(lower >= 0.0 && lower <= upper, "{x} {y} {tail} {mid_p}: {lower} {upper}");
                    let estimate = x as f64 / y as f64;
                    assert!((x == 0 && y == 0) || lower <= estimate * 1.5 && upper >= estimate / 1.5);
                }
            }
            for odds in [1e-300, 1e-19, 0.5, 1.0, 2.0, 1e19, 1e300] {
                let Tails { below, point, above } = tails(x, y, odds);
                for p in [below, point, above] {
                    assert!((0.0..=1.0 + 1e-12).contains(&p), "{x} {y} {odds}: {below} {point} {above}");
                }
            }
        }
    }

    #[test]
    fn the_corrected_tail_joins_the_fraction() {
        let (x, y) = (5.0e10, 4.75e10);
        for odds in [1.0526, 1.0527, 1.053, 1.05255] {
            if x >= y * odds {
                let apart = apart(x, y, odds);
                let direct = fraction(x + 1.0, y, odds, apart);
                let direct = direct * probability(x, y, odds, apart) * (odds / (1.0 + odds)) * y;
                close(corrected_tail(x + 0.5, y - 0.5, odds), direct, 1e-8);
            }
        }
    }
}
