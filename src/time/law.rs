//! What a control chart expects of a point, and how far it may lie from it.

use super::chart_kind::ChartKind;
use crate::special::{Tail, Tails, binomial, discrete};

/// What lies beyond three and beyond two standard deviations of a normal distribution, on one side.
pub(super) const BEYOND: [f64; 2] = [0.001_349_898_031_630_094_5, 0.022_750_131_948_179_21];

/// The centre of a chart, and what stretches its limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Law {
    pub(super) kind: ChartKind,
    /// Per head; of counts alone, per period.
    pub(super) centre: f64,
    /// 1 but for Laney's charts.
    pub(super) stretch: f64,
}

/// The limits of a rate: at three thirds and at two thirds of the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LawLimits {
    pub(super) lower: [f64; 2],
    pub(super) upper: [f64; 2],
}

impl Law {
    /// The standard error of a rate on n, without any stretch.
    pub(super) fn error(&self, n: f64) -> f64 {
        let variance = if self.kind.is_of_proportions() { self.centre * (1.0 - self.centre) } else { self.centre };
        (variance / n).sqrt()
    }

    pub(super) fn limits(&self, n: f64) -> LawLimits {
        if self.kind.is_exact() {
            let at = |tail| self.quantile(n, tail) / n;
            return LawLimits { lower: BEYOND.map(|p| at(Tail::Lower(p))), upper: BEYOND.map(|p| at(Tail::Upper(p))) };
        }
        let error = self.error(n);
        let most = if self.kind.is_of_proportions() { 1.0 } else { f64::INFINITY };
        let apart = [3.0, 2.0].map(|times| times * self.stretch * error);
        LawLimits {
            lower: apart.map(|apart| (self.centre - apart).max(0.0)),
            upper: apart.map(|apart| (self.centre + apart).min(most)),
        }
    }

    /// The largest count that is not beyond an upper limit, or the smallest not beyond a lower one; never a zero below zero.
    fn quantile(&self, n: f64, tail: Tail) -> f64 {
        if self.kind.is_of_proportions() {
            discrete::binomial(n as u64, self.centre / (1.0 - self.centre), tail).count.abs()
        } else {
            discrete::poisson(self.centre * n, tail).count.abs()
        }
    }

    fn tails(&self, n: f64, count: f64) -> Tails {
        if self.kind.is_of_proportions() {
            let (count, total) = (count as u64, n as u64);
            binomial::tails(count, total.saturating_sub(count), self.centre / (1.0 - self.centre))
        } else {
            discrete::poisson_tails(count, self.centre * n)
        }
    }

    /// The probability of a count below, and of one above, a rate on n, by the law of the counts.
    pub(super) fn beyond(&self, n: f64, low: f64, high: f64) -> [f64; 2] {
        // The nearest whole count to a limit is the limit itself where the limit was made of a count.
        let whole = |rate: f64| {
            let count = rate * n;
            let near = count.round();
            if (count - near).abs() <= 1e-9 * near.max(1.0) { (near, true) } else { (count, false) }
        };
        let (low, exact) = whole(low);
        let least = if exact { low } else { low.ceil() };
        let below = if least <= 0.0 { 0.0 } else { self.tails(n, least).below };
        let (high, exact) = whole(high);
        let most = if exact { high } else { high.floor() };
        let above = if self.kind.is_of_proportions() && most >= n { 0.0 } else { self.tails(n, most).above };
        [below, above]
    }
}
