//! Variation within areas between repeated periods.
//!
//! Whether it was given, or from how many areas and periods it was estimated, is kept, so every note can say so. Below 1 it
//! is taken for 1. Rates are compared by chance alone, by square roots and, where counts are small, by the law that chance has with
//! it; the largest p-value counts: more variation must never make anything surer. An estimate is uncertain itself, which
//! Student's distribution allows for.

use super::{
    confidence::Confidence,
    interval::Interval,
    repeats::Repeats,
    test::{OneSided, PValues, Test},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, layout, words},
    special::{Quantile, Tail, Tails, beta_binomial, binomial, negative_binomial, normal, student_upper},
};
use serde::{Deserialize, Serialize};
use std::{cell::Cell, fmt, str::FromStr};

/// How much more than a Poisson count the count of one area varies between repeated periods: phi_w, its variance over its
/// mean.
///
/// It is a matter *within* an area. The dispersion of a [`Funnel`](crate::funnel::Funnel) is the spread *between* areas, which is
/// just what is ranked; it has no place here. A phi_w below 1 is taken for 1 by every law and every test: that periods
/// varied by less than chance is chance.
///
/// ```
/// use crimerate::interval::WithinDispersion;
///
/// let phi = WithinDispersion::estimate([[60, 72, 55, 71], [31, 20, 28, 33], [12, 9, 17, 12]])?;
/// assert_eq!(phi.to_string(), "1.34 (3 areas, 4 periods)");
/// assert_eq!("2.2".parse::<WithinDispersion>()?.to_string(), "2.2 (as given)");
/// assert_eq!(WithinDispersion::new(0.8)?.factor(), 1.0);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct WithinDispersion {
    phi: f64,
    from: Option<Repeats>,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    phi: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<(u32, u32)>,
    /// Where they are not those of the areas and periods alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    freedom: Option<u64>,
}

impl WithinDispersion {
    /// The largest there can be.
    pub(crate) const MOST: f64 = 1e6;

    /// A phi_w that is known from elsewhere.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] unless it is from 0 to 1,000,000.
    pub fn new(phi: f64) -> Result<Self> {
        match (0.0..=Self::MOST).contains(&phi) {
            true => Ok(Self { phi, from: None }),
            false => Err(ErrorKind::OutOfRange {
                what: "a dispersion within areas",
                value: phi,
                range: "from 0 to 1,000,000",
            }
            .into()),
        }
    }

    /// The same, estimated from these.
    pub(super) fn estimated(phi: f64, from: Repeats) -> Result<Self> {
        Ok(Self { from: Some(from), ..Self::new(phi)? })
    }

    /// phi_w as it was given or estimated.
    #[must_use]
    pub const fn phi(self) -> f64 {
        self.phi
    }

    /// How many times the variance of a Poisson count that of an area is taken to be: phi_w, or 1 where that is less.
    #[must_use]
    pub const fn factor(self) -> f64 {
        self.phi.max(1.0)
    }

    /// From how many areas and periods it was estimated; `None` where phi_w was given.
    #[must_use]
    pub fn estimated_from(self) -> Option<(u32, u32)> {
        self.from.map(Repeats::number)
    }

    /// The degrees of freedom of an estimate: one fewer than areas times one fewer than periods, and fewer yet where areas have seasons of their own;
    /// `None` where phi_w was given.
    #[must_use]
    pub fn freedom(self) -> Option<u64> {
        self.from.map(Repeats::freedom)
    }

    /// The interval of an estimate, `phi f / q` with the quantiles q of chi-square on its f degrees of freedom; `None` where phi_w was given, or is 0.
    /// Tests and limits allow for it by Student's distribution.
    ///
    /// ```
    /// use crimerate::{Confidence, interval::WithinDispersion};
    ///
    /// let phi = WithinDispersion::estimate([[60, 72, 55, 71], [31, 20, 28, 33]])?;
    /// assert_eq!(format!("{phi:.2}, {:.2}", phi.interval(Confidence::P95).unwrap()), "1.46 (2 areas, 4 periods), 0.47 to 20.25");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn interval(self, confidence: Confidence) -> Option<Interval> {
        let shape = self.freedom()? as f64 / 2.0;
        let upper = Quantile::gamma(Tail::Upper(confidence.tail()));
        let [lower, upper] = [upper, upper.mirrored()].map(|quantile| self.phi * shape / quantile.at(shape));
        (self.phi > 0.0 && upper.is_finite()).then(|| Interval::new(lower, upper, confidence))
    }
}

thread_local! {
    /// The last of Student's deviates with what it is of: the limits of all cells of a series ask for the same one.
    static LAST: Cell<Option<((u64, u64), f64)>> = const { Cell::new(None) };
}

/// Where less is expected, square roots are not normal enough far out: simultaneous sets at 95 % of areas that expect 6 hold in 89 % of draws.
const MANY: f64 = 100.0;

impl WithinDispersion {
    /// The upper tail of a normal deviate that was divided by the square root of the factor: Student's, with the freedom of an estimate.
    pub(crate) fn upper_tail(self, z: f64) -> f64 {
        self.freedom().map_or_else(|| normal::upper_tail(z), |freedom| student_upper(z, freedom as f64))
    }

    /// The deviate that has this upper tail.
    pub(crate) fn upper_quantile(self, p: f64) -> f64 {
        let z = normal::upper_quantile(p);
        let Some(freedom) = self.freedom().filter(|_| z.is_finite() && z > 0.0) else { return z };
        let asked = (freedom, p.to_bits());
        LAST.with(|last| match last.get() {
            Some((of, found)) if of == asked => found,
            _ => {
                let found = self.student_quantile(p, z);
                last.set(Some((asked, found)));
                found
            }
        })
    }

    /// By false position on logarithms (Illinois) from the normal deviate on, until no double lies between.
    fn student_quantile(self, p: f64, z: f64) -> f64 {
        let apart = |t: f64| (self.upper_tail(t) / p).ln();
        let (mut low, mut high) = ((z, apart(z)), (z, apart(z)));
        while high.1 > 0.0 && high.0 < 1e300 {
            low = high;
            high = (2.0 * high.0, apart(2.0 * high.0));
        }
        if high.0 <= low.0 {
            return z;
        }
        let mut last = 0;
        for step in 0..200 {
            let share = if step % 4 == 3 { 0.5 } else { (low.1 / (low.1 - high.1)).clamp(1e-3, 1.0 - 1e-3) };
            let middle = low.0 + (high.0 - low.0) * share;
            if middle <= low.0 || middle >= high.0 {
                break;
            }
            let value = apart(middle);
            if value > 0.0 {
                low = (middle, value);
                high.1 /= if last == 1 { 2.0 } else { 1.0 };
                last = 1;
            } else {
                high = (middle, value);
                low.1 /= if last == -1 { 2.0 } else { 1.0 };
                last = -1;
            }
        }
        low.0
    }

    /// Of a difference of square roots of two rates, or of one and a known one, whose variance is this by chance alone.
    pub(crate) fn by_roots(self, apart: f64, variance: f64) -> OneSided {
        let z = apart / (self.factor() * variance).sqrt();
        OneSided { lower: self.upper_tail(-z), upper: self.upper_tail(z) }
    }

    /// The odds of one of `x` and `y` together being among the `x` at which the p-values fall to a tail: the widest limits of three, by
    /// chance alone, by square roots and, where few are expected, by the law of small counts. What the tests refute lies outside.
    pub(crate) fn odds_limits(self, x: u64, y: u64, tail: f64, test: Test) -> (f64, f64) {
        let (lower, upper) = binomial::odds_limits(x, y, tail, test == Test::MidP);
        let (by_roots, over) = self.roots_limits(x as f64, y as f64, tail);
        let (lower, upper) = (lower.min(by_roots), upper.max(over));
        (self.small_limit(x, y, lower, (tail, test)), 1.0 / self.small_limit(y, x, 1.0 / upper, (tail, test)))
    }

    /// The roots of `(sqrt x - sqrt(odds y))^2 = z^2 phi_w (1 + odds) / 4`, the lower one as a quotient in which nothing cancels.
    fn roots_limits(self, x: f64, y: f64, tail: f64) -> (f64, f64) {
        let z = self.upper_quantile(tail);
        let short = z * z * self.factor() / 4.0;
        let reach = (x * y).sqrt() + (short * (x + y - short)).max(0.0).sqrt();
        let square = |root: f64| root * root;
        let lower = if x > short { square((x - short) / reach) } else { 0.0 };
        (lower, if y > short { square(reach / (y - short)) } else { f64::INFINITY })
    }

    /// The lower limit of the odds by the law of small counts, where it is below another limit and few are expected there.
    fn small_limit(self, x: u64, y: u64, limit: f64, (tail, test): (f64, Test)) -> f64 {
        const FACTOR: f64 = 4.0;
        let p = |odds: f64| self.of_both(x, y, odds, test).map_or(0.0, |p| p.upper);
        // A little lower down fewer are expected, or of the others more.
        let both = x as f64 + y as f64;
        if x == 0 || limit == 0.0 || !(is_few(both, limit) || is_few(both, 0.8 * limit)) {
            return limit;
        }
        let mut high = if p(limit) > tail { limit } else { 0.8 * limit };
        if p(high) <= tail {
            return limit;
        }
        let mut low = high / FACTOR;
        while p(low) > tail {
            (low, high) = (low / FACTOR, low);
            if low < f64::MIN_POSITIVE {
                return 0.0;
            }
        }
        for _ in 0..60 {
            let middle = (low * high).sqrt();
            if p(middle) > tail { high = middle } else { low = middle }
        }
        low
    }

    /// Of `x` and `y` together, `x` at these odds: gamma variation of both means by phi_w makes it beta-binomial, with a correlation of
    /// `(phi_w - 1) / (x + y + phi_w - 1)`. `None` where both expect enough for square roots.
    pub(crate) fn of_both(self, x: u64, y: u64, odds: f64, test: Test) -> Option<OneSided> {
        let (both, beyond) = (x as f64 + y as f64, self.factor() - 1.0);
        let correlation = if beyond > 0.0 { beyond / (both + beyond) } else { 0.0 };
        is_few(both, odds).then(|| self.one_sided(beta_binomial::tails(x, y, odds, correlation), test))
    }

    /// Of a count about a mean that is taken as known: negative binomial, with a variance of phi_w times the mean. `None` where
    /// enough are expected for square roots.
    pub(crate) fn about(self, count: u64, mean: f64) -> Option<OneSided> {
        let of_ratio = if mean > 0.0 { (self.factor() - 1.0) / mean } else { 0.0 };
        (mean < MANY).then(|| self.one_sided(negative_binomial::tails(count as f64, mean, of_ratio), Test::Exact))
    }

    fn one_sided(self, tails: Tails, test: Test) -> OneSided {
        let widened = |p: f64| match self.from {
            None => p,
            Some(_) => self.upper_tail(normal::upper_quantile(p)),
        };
        let p = PValues::new(tails, test);
        OneSided { lower: widened(p.lower()), upper: widened(p.upper()) }
    }
}

/// Whether either of two, at these odds, expects too few of both counts together for square roots.
pub(crate) fn is_few(both: f64, odds: f64) -> bool {
    both * odds.min(1.0) / (1.0 + odds) < MANY
}

/// Whether areas were taken to vary by more than chance between periods, and by how much.
pub(crate) fn variation(within: Option<WithinDispersion>) -> String {
    match within {
        None => words::POISSON_ONLY.into(),
        Some(within) if within.phi > 1.0 => format!("Variation within areas between periods: phi_w {within}"),
        Some(within) if within.phi == 1.0 => format!("{}, as phi_w {within} says", words::POISSON_ONLY),
        Some(within) => format!("{}: phi_w {within} is not above 1, and is taken for 1", words::POISSON_ONLY),
    }
}

/// Such as `2.19 (42 areas, 4 periods)`, or `2.2 (as given)`.
impl fmt::Display for WithinDispersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phi = match (self.from, f.precision()) {
            (None, None) => digits::as_given(self.phi),
            (_, decimals) => digits::fixed(self.phi, decimals.unwrap_or_else(|| digits::decimals(self.phi))),
        };
        let from = self.from.map_or_else(|| AS_GIVEN.to_owned(), |from| from.to_string());
        layout::pad(f, &format!("{phi} ({from})"))
    }
}

/// Where a phi_w comes from that was not estimated.
const AS_GIVEN: &str = "as given";

/// Reads a phi_w that is known from elsewhere, such as `2.2`, and what prints: an estimate as far as its digits go.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for other text, [`ErrorKind::TooFew`] for fewer than two areas or periods, else as
/// [`WithinDispersion::new`].
impl FromStr for WithinDispersion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("dispersion within areas", "a number in plain digits, such as 2.2");
        let refused = || Error::from(ErrorKind::NotANumber { what, text: text.into(), wanted });
        let (phi, from) = match text.trim().split_once(" (") {
            Some((phi, from)) => (phi, from.strip_suffix(')').ok_or_else(refused)?),
            None => (text.trim(), AS_GIVEN),
        };
        let phi = digits::ungrouped(phi).and_then(|phi| phi.parse().ok()).ok_or_else(refused)?;
        match from {
            AS_GIVEN => Self::new(phi),
            from => Self::estimated(phi, Repeats::read(from).ok_or_else(refused)??),
        }
    }
}

impl TryFrom<Parts> for WithinDispersion {
    type Error = Error;

    fn try_from(Parts { phi, from, freedom }: Parts) -> Result<Self> {
        match (from, freedom) {
            (Some((areas, periods)), freedom) => Self::estimated(phi, Repeats::new(areas, periods, freedom)?),
            (None, None) => Self::new(phi),
            (None, Some(freedom)) => Err(Repeats::refused(freedom)),
        }
    }
}

impl From<WithinDispersion> for Parts {
    fn from(WithinDispersion { phi, from }: WithinDispersion) -> Self {
        Self { phi, from: from.map(Repeats::number), freedom: from.and_then(Repeats::fewer) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The deviate has the tail that it was asked for, and is asked for again in any order.
    #[test]
    fn deviates_have_their_tails() {
        for (areas, periods) in [(2, 2), (2, 6), (43, 12), (9_000, 120)] {
            let within = WithinDispersion { phi: 2.0, from: Repeats::new(areas, periods, None).ok() };
            for p in [0.2, 0.025, 1e-3, 1e-6, 1e-14, 0.025] {
                let found = within.upper_quantile(p);
                assert!((within.upper_tail(found) / p - 1.0).abs() < 1e-11, "{areas} {periods} {p}: {found}");
                assert!(found >= normal::upper_quantile(p));
                assert_eq!(found, within.student_quantile(p, normal::upper_quantile(p)));
            }
        }
    }
}
