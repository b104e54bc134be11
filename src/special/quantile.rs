//! Quantiles of the gamma distribution and the mid-P limits, prepared for one tail probability.

use super::{
    normal::upper_quantile,
    point::{ln_point, point},
    ratio::{above, below},
    series::{Terms, first_shape},
};

/// Fewer steps than this always suffice from a sane start; then bisection takes over.
const STEPS: u32 = 24;

/// A probability and the tail it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tail {
    Lower(f64),
    Upper(f64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Gamma,
    MidP,
}

/// One quantile as a function of the shape: the series where it is exact, a root elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantile {
    kind: Kind,
    tail: Tail,
    series: Terms,
    from: f64,
}

impl Quantile {
    /// `x` with `P(shape, x)`, or `Q(shape, x)`, equal to the tail's probability.
    pub(crate) fn gamma(tail: Tail) -> Self {
        Self::new(Kind::Gamma, tail)
    }

    /// `x` with `[P(shape, x) + P(shape + 1, x)] / 2`, or the same of `Q`, equal to the tail's probability.
    pub(crate) fn mid_p(tail: Tail) -> Self {
        Self::new(Kind::MidP, tail)
    }

    fn new(kind: Kind, tail: Tail) -> Self {
        let (tail, p, sign) = match tail {
            Tail::Lower(p) if p > 0.5 => (Tail::Upper(1.0 - p), 1.0 - p, 1.0),
            Tail::Upper(p) if p > 0.5 => (Tail::Lower(1.0 - p), 1.0 - p, -1.0),
            Tail::Lower(p) => (tail, p, -1.0),
            Tail::Upper(p) => (tail, p, 1.0),
        };
        let z = sign * upper_quantile(p);
        let series = match kind {
            Kind::Gamma => Terms::gamma(z),
            Kind::MidP => Terms::mid_p(z),
        };
        Self { kind, tail, series, from: first_shape(p) }
    }

    /// The same probability in the other tail.
    pub(crate) fn mirrored(self) -> Self {
        Self {
            tail: match self.tail {
                Tail::Lower(p) => Tail::Upper(p),
                Tail::Upper(p) => Tail::Lower(p),
            },
            series: self.series.mirrored(),
            ..self
        }
    }

    /// The series, for use on shapes from [`Quantile::from`] on.
    pub(crate) fn series(&self) -> &Terms {
        &self.series
    }

    /// From this shape on, [`Quantile::at`] is the series.
    pub(crate) fn from(&self) -> f64 {
        self.from
    }

    /// The quantile: 0 at shape 0 and tail `Lower(0.0)`, infinite at tail `Upper(0.0)`, NaN only for NaN.
    pub(crate) fn at(&self, shape: f64) -> f64 {
        let (Tail::Lower(p) | Tail::Upper(p)) = self.tail;
        if shape.is_nan() || p.is_nan() {
            f64::NAN
        } else if p <= 0.0 {
            match self.tail {
                Tail::Lower(_) => 0.0,
                Tail::Upper(_) => f64::INFINITY,
            }
        } else if shape == f64::INFINITY {
            shape
        } else if shape >= self.from {
            self.series.at(shape)
        } else {
            self.root(shape)
        }
    }

    /// The quantile without the series.
    pub(super) fn root(&self, shape: f64) -> f64 {
        match (self.kind, self.tail) {
            (Kind::MidP, Tail::Upper(p)) if shape <= 0.0 => (-(2.0 * p).ln()).max(0.0),
            _ if shape <= 0.0 => 0.0,
            (Kind::Gamma, Tail::Upper(p)) if shape == 1.0 => -p.ln(),
            (Kind::Gamma, Tail::Lower(p)) if shape == 1.0 => -(-p).ln_1p(),
            (_, Tail::Upper(p)) => self.solve(shape, p, true),
            (_, Tail::Lower(p)) => self.solve(shape, p, false),
        }
    }

    /// A positive value near the root.
    fn start(&self, shape: f64, p: f64) -> f64 {
        let series = self.series.at(shape);
        let z = self.series.deviate();
        if shape > 0.5 * z * z && series > 0.1 * shape {
            return series;
        }
        // Wilson & Hilferty (1931), or the two leading powers of the tail
        let (centre, factor, bend) = match self.kind {
            Kind::Gamma => (shape, 1.0, 1.0),
            Kind::MidP => (shape + 0.5, 2.0, 1.0 - 1.0 / shape),
        };
        let third = 1.0 / (3.0 * centre.sqrt());
        let base = 1.0 - third * third + z * third;
        if base > 0.5 {
            centre * base * base * base
        } else {
            let power = (((factor * p).ln() - ln_point(shape, 1.0) - 1.0) / shape).exp();
            power * (power * bend / (shape + 1.0)).exp()
        }
    }

    /// Fourth-order steps on the tail, Newton steps on its logarithm (which is concave) while far from the root, and
    /// bisection over the doubles between the bounds if these leave the bounds or are many.
    fn solve(&self, shape: f64, p: f64, upper: bool) -> f64 {
        let (mut low, mut high) = if upper { ((shape - 1.0).max(0.0), f64::MAX) } else { (0.0, shape + 1.0) };
        let mut x = self.start(shape, p);
        let mut steps = 0;
        loop {
            if !(x > low && x < high) || steps > STEPS {
                x = middle(low, high);
                if x <= low || x >= high {
                    return x;
                }
            }
            let next = self.step(shape, p, upper, x);
            if next.close {
                return next.x;
            }
            if next.is_above {
                high = x;
            } else {
                low = x;
            }
            x = next.x;
            steps += 1;
        }
    }

    fn step(&self, shape: f64, p: f64, upper: bool, x: f64) -> Step {
        // tail = share * point probability; weight = x * density / point probability
        let half = match self.kind {
            Kind::Gamma => 0.0,
            Kind::MidP => 0.5,
        };
        let share = if upper { above(shape, x) + half } else { below(shape, x) - half };
        let weight = match self.kind {
            Kind::Gamma => shape,
            Kind::MidP => 0.5 * (shape + x),
        };
        let slope = share / weight;
        let direct = p / (point(shape, x) * share);
        if !(0.8..=1.25).contains(&direct) {
            let excess = if direct.is_normal() { -direct.ln() } else { ln_point(shape, x) + share.ln() - p.ln() };
            let factor = if upper { 1.0 + slope * excess } else { (-slope * excess).exp() };
            return Step { x: x * factor, is_above: (excess > 0.0) != upper, close: false };
        }
        // The first three derivatives of the logarithm of the density, times x, x^2 and x^3.
        let (d1, d2, d3) = match self.kind {
            Kind::Gamma => (shape - 1.0 - x, 1.0 - shape, 2.0 * (shape - 1.0)),
            Kind::MidP => {
                let r = x / (shape + x);
                (shape - 1.0 - x + r, 1.0 - shape - r * r, 2.0 * (shape - 1.0 + r * r * r))
            }
        };
        let v = slope * if upper { 1.0 - direct } else { direct - 1.0 };
        let a2 = d1 / 2.0;
        let a3 = (d1 * d1 + d2) / 6.0;
        let a4 = (d1 * d1 * d1 + 3.0 * d1 * d2 + d3) / 24.0;
        let c3 = 2.0 * a2 * a2 - a3;
        let c4 = 5.0 * a2 * (a3 - a2 * a2) - a4;
        let h = v * (1.0 + v * (-a2 + v * (c3 + v * c4)));
        let size = v.abs() * (d1.abs() + d2.abs().sqrt() + 1.0);
        Step { x: x + x * h, is_above: (direct < 1.0) != upper, close: v.abs() * size * size * size * size < 2e-17 }
    }
}

struct Step {
    x: f64,
    is_above: bool,
    close: bool,
}

/// The double half-way between two that are not negative, counted in doubles.
fn middle(low: f64, high: f64) -> f64 {
    let (low, high) = (low.to_bits(), high.to_bits());
    f64::from_bits(low + high.saturating_sub(low) / 2)
}
