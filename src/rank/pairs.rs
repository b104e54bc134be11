//! All pairs of areas, tested.
//!
//! Most pairs are decided by a bound. Of two areas only the one with the higher rate is tested, so at most half of a family can
//! be rejected and Holm's thresholds differ by a factor of two at most. The binomial tail lies between two normal tails at the
//! signed roots of deviances, which need one logarithm a pair and a bound of its rounding; what they leave open, a few per
//! cent, is worked out, and only p-values between the two thresholds are kept and sorted. So nothing of the size of all pairs is
//! held, and the sets are those of the definition.

use super::spec::Spec;
use crate::{
    interval::{Test, WithinDispersion, is_few},
    rate::Rate,
    special::normal,
};
use std::cmp::Ordering;

/// Tests of which of two rates is surely higher, for every pair, and Holm's decision about all of them.
///
/// Of two areas only the one with the higher rate can be surely higher, so one direction of a pair is tested; both
/// count in the family. Of m tests at most one half can then be rejected, and so Holm's thresholds lie between alpha /
/// m and about twice that. Nearly all p-values lie surely outside, which a bound tells (see [`Bounds`]), and those
/// between are kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pairs {
    spec: Spec,
    /// From the highest rate to the lowest.
    entrants: Vec<Entrant>,
}

/// One area, with what all of its pairs need.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Entrant {
    rate: Rate,
    /// Where the lower rates begin, and where those equal to it.
    lower: usize,
    equal: usize,
    count: f64,
    people: f64,
    /// `c ln(c / people)` of the count, of one less and of one more.
    own: f64,
    less: f64,
    more: f64,
    /// A bound of the sizes that go into a deviance, for its rounding.
    size: f64,
    root: f64,
    variance: f64,
}

/// How many areas are surely higher, and surely lower, than an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    pub(crate) higher: usize,
    pub(crate) lower: usize,
}

/// What Holm's method decides about a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Decision {
    alpha: f64,
    /// How many tests were not rejected.
    left: u64,
}

/// A p-value counts as at its threshold where it lies within the error that it may have.
const SLACK: f64 = 1.0 + 1e-12;

impl Decision {
    /// The largest p-value that is significant: Holm rejects k of m tests just where k are not above `alpha / (m - k)`.
    pub(crate) fn threshold(self) -> f64 {
        self.alpha / self.left.max(1) as f64
    }

    pub(crate) fn significant(self, p: f64) -> bool {
        p <= self.limit()
    }

    fn limit(self) -> f64 {
        self.threshold() * SLACK
    }
}

/// What tells that a p-value surely is below the smallest threshold, or above the largest.
///
/// Zubkov and Serov (2013, Theory Probab. Appl. 57, 539): with D(k) the binomial deviance of k among n, `Q(sqrt(2
/// D(x))) <= P(X >= x) <= Q(sqrt(2 D(x - 1)))`, Q the upper normal tail, for x (on the right x - 1) above the mean.
/// With `x ln(x / n1) + y ln(y / n2) - (x + y) ln((x + y) / (n1 + n2))` for D, both need one logarithm a pair; its
/// rounding is bounded by the sizes of its terms.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    test: Test,
    /// `z^2 / 2` where Q(z) is the smallest threshold: from here on a deviance is surely significant.
    surely: f64,
    /// The same of the largest: up to here it surely is not.
    never: f64,
    /// The same as z, with a margin for rounding.
    z: (f64, f64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    Surely,
    Never,
    /// The p-value decides.
    Open,
}

impl Bounds {
    /// Eight units in the last place of every term: two for each logarithm and product, and the sums.
    const ROUNDING: f64 = 8.0 * f64::EPSILON;

    fn new(spec: Spec, smallest: f64, largest: f64) -> Self {
        let (smallest, largest) = (smallest.min(1.0), largest.min(1.0));
        let z = (normal::upper_quantile(smallest), normal::upper_quantile(largest));
        // Near a half, where areas are few and levels low, nothing is decided.
        let z = (if z.0 > 1.0 { z.0 } else { f64::INFINITY }, z.1.max(0.0));
        let half = |z: f64| z * z / 2.0;
        Self {
            test: spec.test(),
            surely: half(z.0) * (1.0 + 1e-9),
            never: half(z.1) * (1.0 - 1e-9),
            z: spec.dispersion().map_or(z, |within| {
                let of = |p: f64, z: f64| if z.is_finite() && z > 0.0 { within.upper_quantile(p) } else { z };
                (of(smallest, z.0) * (1.0 + 1e-9), of(largest, z.1) * (1.0 - 1e-9))
            }),
        }
    }

    fn chance(&self, high: &Entrant, low: &Entrant) -> Told {
        let (events, people) = (high.count + low.count, high.people + low.people);
        let both = events * (events / people).ln();
        let rounding = Self::ROUNDING * (high.size + low.size + both.abs() + events);
        let further = match self.test {
            Test::Exact => high.own + low.own,
            // Half of the probability of x is missing, so P(X > x) is the bound.
            Test::MidP => high.more + low.less,
        };
        if further - both + rounding < self.never {
            Told::Never
        } else if high.less + low.more - both - rounding > self.surely
            && (high.count - 1.0) * low.people > (low.count + 1.0) * high.people
        {
            Told::Surely
        } else {
            Told::Open
        }
    }

    fn roots(&self, high: &Entrant, low: &Entrant) -> Told {
        let z = deviate(high, low);
        if z > self.z.0 {
            Told::Surely
        } else if z < self.z.1 {
            Told::Never
        } else {
            Told::Open
        }
    }
}

fn deviate(high: &Entrant, low: &Entrant) -> f64 {
    (high.root - low.root) / (high.variance + low.variance).sqrt()
}

impl Entrant {
    fn new(rate: Rate, equal: usize, lower: usize, phi: f64) -> Self {
        let (count, people) = (rate.count() as f64, rate.population().get() as f64);
        let term = |count: f64| if count > 0.0 { count * (count / people).ln() } else { 0.0 };
        // Below no count there is none: a deviance of infinity never tells that a p-value is large.
        let less = if rate.count() > 0 { term(count - 1.0) } else { f64::INFINITY };
        let (own, more) = (term(count), term(count + 1.0));
        let size = [own, more, term((count - 1.0).max(0.0))].map(f64::abs).into_iter().fold(count + 1.0, f64::max);
        let (root, variance) = (rate.value().sqrt(), phi / (4.0 * people));
        Self { rate, lower, equal, count, people, own, less, more, size: 2.0 * size, root, variance }
    }
}

impl Pairs {
    /// Rates from the highest to the lowest.
    pub(crate) fn new(rates: &[Rate], spec: Spec) -> Self {
        let phi = spec.dispersion().map_or(1.0, WithinDispersion::factor);
        let mut entrants = Vec::with_capacity(rates.len());
        for tied in rates.chunk_by(|a, b| a.cmp_value(b) == Ordering::Equal) {
            let equal = entrants.len();
            entrants.extend(tied.iter().map(|&rate| Entrant::new(rate, equal, equal + tied.len(), phi)));
        }
        Self { spec, entrants }
    }

    /// The p-value of one area's rate being higher than another's only by chance; of areas by their places.
    pub(crate) fn p(&self, first: usize, second: usize) -> Option<f64> {
        let (first, second) = (self.entrants.get(first)?, self.entrants.get(second)?);
        Some(self.p_of(first, second))
    }

    /// With variation within areas the largest of three counts: the square-root test is too sure of small counts, which have the test of
    /// their own law, and never may more variation make a set shorter, so chance alone has its say, too.
    fn p_of(&self, first: &Entrant, second: &Entrant) -> f64 {
        let by_chance = first.rate.ratio_to(second.rate).significance(self.spec.test()).upper();
        self.spec.dispersion().map_or(by_chance, |within| {
            let (x, y, odds) = (first.rate.count(), second.rate.count(), first.people / second.people);
            let of_small = within.of_both(x, y, odds, self.spec.test());
            let by_roots = within.upper_tail(deviate(first, second));
            by_chance.max(by_roots).max(of_small.map_or(0.0, |p| p.upper))
        })
    }

    /// All areas in the family of all pairs.
    pub(crate) fn simultaneous(&self) -> (Vec<Around>, Decision) {
        let areas = self.entrants.len() as u64;
        let tests = areas * areas.saturating_sub(1);
        let apart = self.entrants.iter().map(|entrant| areas - entrant.lower as u64).sum();
        let mut around = vec![Around::default(); self.entrants.len()];
        let mut family = PairTests::new(self, tests, apart);
        for (place, high) in self.entrants.iter().enumerate() {
            let lower = self.entrants.get(high.lower..).unwrap_or_default();
            let mut found = 0;
            for (other, (low, beside)) in (high.lower..).zip(lower.iter().zip(around.iter_mut().skip(high.lower))) {
                if family.rejects(high, low, (place, other)) {
                    beside.higher += 1;
                    found += 1;
                }
            }
            if let Some(own) = around.get_mut(place) {
                own.lower += found;
            }
        }
        let verdict = family.finish(|place, other| {
            if let Some(own) = around.get_mut(place) {
                own.lower += 1;
            }
            if let Some(beside) = around.get_mut(other) {
                beside.higher += 1;
            }
        });
        (around, verdict)
    }

    /// The area in this place in the family of the pairs that hold it.
    pub(crate) fn marginal(&self, place: usize) -> (Around, Decision) {
        let mut around = Around::default();
        let Some(own) = self.entrants.get(place) else {
            return (around, Decision { alpha: self.spec.confidence().alpha(), left: 0 });
        };
        let (higher, lower) =
            (self.entrants.iter().take(own.equal), self.entrants.get(own.lower..).unwrap_or_default());
        let tests = 2 * (self.entrants.len() as u64).saturating_sub(1);
        let mut family = PairTests::new(self, tests, (own.equal + lower.len()) as u64);
        around.higher = higher.enumerate().filter(|(other, high)| family.rejects(high, own, (*other, place))).count();
        around.lower =
            (own.lower..).zip(lower).filter(|(other, low)| family.rejects(own, low, (place, *other))).count();
        let verdict = family.finish(|first, _| {
            if first == place {
                around.lower += 1;
            } else {
                around.higher += 1;
            }
        });
        (around, verdict)
    }
}

/// A family of tests, as far as it is decided.
struct PairTests<'a> {
    pairs: &'a Pairs,
    bounds: Bounds,
    alpha: f64,
    tests: u64,
    rejected: u64,
    smallest: f64,
    largest: f64,
    /// The p-values between the smallest threshold and the largest, with the places of their areas.
    between: Vec<(f64, usize, usize)>,
}

impl<'a> PairTests<'a> {
    /// Of the tests, in the pairs of different rates.
    fn new(pairs: &'a Pairs, tests: u64, apart: u64) -> Self {
        let alpha = pairs.spec.confidence().alpha();
        let limit = |left: u64| Decision { alpha, left }.limit();
        let (smallest, largest) = (limit(tests), limit(tests - apart.min(tests) + 1));
        let bounds = Bounds::new(pairs.spec, smallest, largest);
        Self { pairs, bounds, alpha, tests, rejected: 0, smallest, largest, between: Vec::new() }
    }

    /// Whether the first is higher whatever the other tests say; what depends on them is kept.
    fn rejects(&mut self, high: &Entrant, low: &Entrant, places: (usize, usize)) -> bool {
        let told = match self.pairs.spec.dispersion() {
            None => self.bounds.chance(high, low),
            Some(_) => match self.bounds.roots(high, low) {
                Told::Never => Told::Never,
                // The largest p-value counts, and that of small counts has no bound.
                roots => match (self.bounds.chance(high, low), roots) {
                    (Told::Never, _) => Told::Never,
                    (Told::Surely, Told::Surely) if !is_few(high.count + low.count, high.people / low.people) => {
                        Told::Surely
                    }
                    _ => Told::Open,
                },
            },
        };
        let rejected = match told {
            Told::Surely => true,
            Told::Never => false,
            Told::Open => {
                let p = self.pairs.p_of(high, low);
                if p > self.smallest && p <= self.largest {
                    self.between.push((p, places.0, places.1));
                }
                p <= self.smallest
            }
        };
        self.rejected += u64::from(rejected);
        rejected
    }

    /// Steps down through the p-values that were kept (Holm 1979).
    fn finish(mut self, mut reject: impl FnMut(usize, usize)) -> Decision {
        self.between.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut verdict = Decision { alpha: self.alpha, left: self.tests - self.rejected };
        for (p, high, low) in self.between {
            if !verdict.significant(p) {
                break;
            }
            verdict.left -= 1;
            reject(high, low);
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::binomial;
    use proptest::{prelude::*, sample::select};

    fn entrant(count: u64, people: u64) -> Entrant {
        Entrant::new(Rate::new(count, people).unwrap(), 0, 0, 1.0)
    }

    /// Two areas, the higher rate first.
    fn contest() -> impl Strategy<Value = (Entrant, Entrant)> {
        let size = select(vec![3_u64, 40, 1_000, 100_000, 1 << 40, u64::MAX >> 6]);
        (size.clone(), size, any::<(u32, u32)>(), 0.02..3.0_f64).prop_filter_map(
            "equal rates",
            |(a, b, (x, y), gap)| {
                // Counts a few standard deviations from what equal rates would give, or anywhere.
                let part = |of: u64, share: u32| (of as f64 * f64::from(share) / f64::from(u32::MAX)) as u64;
                let count = part(a, x);
                let near = count as f64 * (b as f64 / a as f64) + gap * (part(b, y) as f64).sqrt();
                let other = if y % 2 == 0 { part(b, y) } else { near as u64 };
                let (first, second) = (entrant(count, a), entrant(other, b));
                match first.rate.cmp_value(&second.rate) {
                    Ordering::Greater => Some((first, second)),
                    Ordering::Less => Some((second, first)),
                    Ordering::Equal => None,
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn what_the_bound_tells_is_so(
            (high, low) in contest(),
            smallest in select(vec![0.4, 0.1, 0.02, 1e-3, 1e-5, 1e-9, 1e-40]),
            factor in 1.0..2.0_f64,
            test in select(Test::ALL),
        ) {
            let p = high.rate.ratio_to(low.rate).significance(test).upper();
            // A family whose thresholds are near to the p-value, where the bound is tried hardest, or somewhere.
            for smallest in [smallest, p, p * 0.9, p * 1.1, p / factor, p * 0.3, p * 3.0] {
                let largest = (smallest * factor).min(1.0);
                prop_assume!(p > 1e-280 && smallest > 0.0);
                match Bounds::new(Spec::from(test), smallest.min(1.0), largest).chance(&high, &low) {
                    Told::Surely => prop_assert!(p <= smallest * (1.0 + 1e-11), "{p} {smallest}"),
                    Told::Never => prop_assert!(p >= largest * (1.0 - 1e-11), "{p} {largest}"),
                    Told::Open => {}
                }
            }
        }
    }

    /// The inequality of Zubkov and Serov itself, for all counts of up to 60 events and some of more.
    #[test]
    fn the_tail_lies_between_two_normal_tails() {
        let mut tried = 0;
        for n in (1..=60_u64).chain([150, 1_000, 20_000]) {
            for (n1, n2) in [(1_u64, 1_u64), (1, 9), (30, 1), (1, 400), (7, 5)] {
                let q = n1 as f64 / (n1 + n2) as f64;
                let deviance = |k: u64| {
                    let part =
                        |k: u64, share: f64| if k == 0 { 0.0 } else { k as f64 * (k as f64 / (n as f64 * share)).ln() };
                    normal::upper_tail((2.0 * (part(k, q) + part(n - k, 1.0 - q)).max(0.0)).sqrt())
                };
                for x in (1..=n).filter(|x| *x as f64 > n as f64 * q).take(400) {
                    let tails = binomial::tails(x, n - x, n1 as f64 / n2 as f64);
                    let p = tails.above + tails.point;
                    assert!(deviance(x) <= p * (1.0 + 1e-9), "{x} {n} {n1} {n2}");
                    if (x - 1) as f64 > n as f64 * q {
                        assert!(p <= deviance(x - 1) * (1.0 + 1e-9), "{x} {n} {n1} {n2}");
                    }
                    tried += 1;
                }
            }
        }
        assert!(tried > 4_000, "{tried}");
    }

    /// Few p-values have to be worked out: the bound is what makes many areas possible.
    #[test]
    fn the_bound_decides_most_pairs() {
        let mut state = 3_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        let mut rates: Vec<Rate> = (0..300)
            .map(|_| {
                let people = 50_000 + next() % 200_000;
                Rate::new(people * (40 + next() % 80) / 1_000, people).unwrap()
            })
            .collect();
        rates.sort_by(|a, b| b.cmp_value(a));
        for test in [Test::Exact, Test::MidP] {
            let pairs = Pairs::new(&rates, Spec::from(test));
            let bounds = Bounds::new(pairs.spec, 0.05 / 89_700.0, 0.05 / 44_851.0);
            let each = pairs.entrants.iter();
            let told: Vec<Told> = each
                .flat_map(|high| pairs.entrants.iter().skip(high.lower).map(|low| bounds.chance(high, low)))
                .collect();
            let count = |what| told.iter().filter(|told| **told == what).count();
            assert!(
                count(Told::Surely) > 10_000 && count(Told::Never) > 3_000,
                "{} {}",
                count(Told::Surely),
                count(Told::Never)
            );
            assert!(count(Told::Open) * 50 < told.len(), "{} of {}", count(Told::Open), told.len());
        }
    }
}
