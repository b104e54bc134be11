//! The terms of the beta-binomial distribution, and their sums.

use super::{
    legendre::{self, E_FOLDS, NODES_REACH},
    saddle::Saddle,
    tails::Tails,
};

/// As many terms at most are added one by one at either end of a tail; what is between them is smooth.
const TERMS: f64 = 1024.0;
const NEGLIGIBLE: f64 = 1e-17;
/// More panels than any tail with a probability needs.
const PANELS: u32 = 256;

/// `size = a + b`, where `a` and `b` are what the beta distribution counts as seen before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Law {
    n: f64,
    p: f64,
    q: f64,
    size: f64,
    a: f64,
    b: f64,
    /// What the probability that all saw is divided by.
    whole: Saddle,
}

impl Law {
    pub(super) fn new(x: u64, y: u64, odds: f64, correlation: f64) -> Self {
        let (n, p, q) = (x as f64 + y as f64, odds / (1.0 + odds), 1.0 / (1.0 + odds));
        let size = (1.0 - correlation).max(0.0) / correlation;
        Self { n, p, q, size, a: size * p, b: size * q, whole: Saddle::new(n, size, n, n / size, 0.0) }
    }

    /// With the counts and the probabilities the other way round.
    fn mirrored(self) -> Self {
        Self { p: self.q, q: self.p, a: self.b, b: self.a, ..self }
    }

    pub(super) fn tails(self, x: f64, y: f64, apart: f64) -> Tails {
        if !(self.a > 0.0 && self.b > 0.0) {
            return self.none_or_all(x, y);
        }
        let point = self.point(x, y, apart);
        let above = |known: f64| self.missing(known, || self.more(x, y, apart, point));
        let below = |known: f64| self.missing(known, || self.mirrored().more(y, x, -apart, point));
        if apart >= 0.0 {
            let above = above(1.0);
            Tails { below: below(above + point), point, above }
        } else {
            let below = below(1.0);
            Tails { below, point, above: above(below + point) }
        }
    }

    /// One less what is known, or the sum where that is most of it.
    fn missing(self, known: f64, sum: impl Fn() -> f64) -> f64 {
        if known <= 0.75 { 1.0 - known } else { sum().clamp(0.0, 1.0) }
    }

    /// Where everyone shares one fate, as no size is left.
    fn none_or_all(self, x: f64, y: f64) -> Tails {
        let (none, all) = if x == 0.0 { (0.0, self.p) } else { (self.q, 0.0) };
        match (x > 0.0, y > 0.0) {
            (true, true) => Tails { below: self.q, point: 0.0, above: self.p },
            (false, false) => Tails { below: 0.0, point: 1.0, above: 0.0 },
            _ => Tails { below: none, point: 1.0 - none - all, above: all },
        }
    }

    /// The probability of `x` and `y`, whole or not: that of two negative binomial counts over that of their sum, all at
    /// one and the same share of events.
    fn point(self, x: f64, y: f64, apart: f64) -> f64 {
        let Self { n, p, q, size, a, b, whole } = self;
        let (one, other) = (Saddle::new(x, a, n * p, n / size, apart), Saddle::new(y, b, n * q, n / size, -apart));
        (one.exponent + other.exponent - whole.exponent).exp() * (one.square * (other.square / whole.square)).sqrt()
    }

    /// P(X = x + 1) / P(X = x).
    fn ratio(self, x: f64, y: f64) -> f64 {
        (y * (x + self.a)) / ((x + 1.0) * (y - 1.0 + self.b))
    }

    /// P(X > x): up to a thousand terms from P(X = x) on; if they do not suffice, as many from all on, and an integral
    /// for those between.
    fn more(self, x: f64, y: f64, apart: f64, point: f64) -> f64 {
        let near = self.sum(x, y, point, if y > 3.0 * TERMS { TERMS } else { y });
        if near.ends {
            return near.sum;
        }
        let from = Place { x: x + TERMS, y: y - TERMS, apart: apart + TERMS };
        let between = self.integral(from, near);
        if between.ends {
            return between.sum;
        }
        // The terms before all, from all on, are those after none of the mirror image.
        let all = self.point(self.n, 0.0, self.n * self.q);
        let far = self.mirrored().sum(0.0, self.n, all, TERMS - 1.0);
        let last = far.last * self.mirrored().ratio(TERMS - 1.0, self.n - (TERMS - 1.0));
        between.sum + all + far.sum - self.correction(self.n - TERMS, TERMS, last)
    }

    /// The terms above `x`, each from the one before.
    fn sum(self, x: f64, y: f64, point: f64, terms: f64) -> Sum {
        let (mut term, mut sum, mut k) = (point, 0.0, 0.0);
        while k < terms {
            term *= self.ratio(x + k, y - k);
            sum += term;
            k += 1.0;
            // Below one event seen before, the terms rise again before all.
            if term <= NEGLIGIBLE * sum && self.b >= 1.0 {
                return Sum { sum, last: term, ends: true };
            }
        }
        Sum { sum, last: term, ends: terms >= y }
    }

    /// What the terms above a count are more than the integral from half a count above it, by the first difference there;
    /// the third, after as many terms, is below the last digits of the sum.
    fn correction(self, x: f64, y: f64, term: f64) -> f64 {
        term * (self.ratio(x, y) - 1.0) / 24.0
    }

    /// The sum so far and the terms above a place, to where they are nothing or to [`TERMS`] before all, but for the
    /// correction there.
    fn integral(self, from: Place, so_far: Sum) -> Sum {
        let mut sum = so_far.sum + self.correction(from.x, from.y, so_far.last);
        let mut at = Place { x: from.x + 0.5, y: from.y - 0.5, apart: from.apart + 0.5 };
        let end = TERMS - 0.5;
        for _ in 0..PANELS {
            let share = at.x * at.y / self.n;
            let slope = self.ratio(at.x, at.y).ln().abs() * share;
            let bend = (self.size + 1.0) / (self.n + self.size) * share;
            let reach = 2.0 * E_FOLDS / (slope + (slope * slope + 2.0 * E_FOLDS * bend).sqrt());
            let left = ((self.n - end) * at.y / (at.x * end)).ln();
            let step = reach.min(NODES_REACH).min(left);
            sum += legendre::between(0.0, step, |u| {
                let Place { x, y, apart } = at.moved(u, self.n);
                self.point(x, y, apart) * (x * y / self.n)
            });
            if step >= left {
                return Sum { sum, last: 0.0, ends: false };
            }
            at = at.moved(step, self.n);
            if self.b >= 1.0
                && self.ratio(at.x, at.y) < 1.0
                && self.point(at.x, at.y, at.apart) * at.y <= NEGLIGIBLE * sum
            {
                return Sum { sum, last: 0.0, ends: true };
            }
        }
        Sum { sum, last: 0.0, ends: true }
    }
}

/// Terms added up, the last of them, and whether there is nothing more to add.
#[derive(Clone, Copy, Debug)]
struct Sum {
    sum: f64,
    last: f64,
    ends: bool,
}

/// Two counts that make all, and how far the first is from its mean.
#[derive(Clone, Copy, Debug)]
struct Place {
    x: f64,
    y: f64,
    apart: f64,
}

impl Place {
    /// Where the logarithm of the quotient of the counts is larger by `u`, without a rounded difference.
    fn moved(self, u: f64, n: f64) -> Self {
        let grown = u.exp_m1();
        let all = n + self.x * grown;
        Self {
            x: self.x * (n * (grown + 1.0) / all),
            y: self.y * (n / all),
            apart: self.apart + self.x * (self.y * grown / all),
        }
    }
}
