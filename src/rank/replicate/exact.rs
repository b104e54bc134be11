//! The distribution of every rank, conditional on the count of one area at a time: each other area is then above or not,
//! independently, so that the number above follows a Poisson-binomial law.
//!
//! Eight counts are worked on at a time. An area whose rate is surely above or surely not above all eight moves the number
//! by a constant; only the others are convolved.
//!
//! The distribution of a rank needs no simulation. Given the count of one area, the number above follows a Poisson-binomial law,
//! so 43 areas take milliseconds and no seed. Eight counts are convolved side by side, with those rivals only that are not
//! sure; thresholds advance by whole numbers, without a division each. A stride over the counts was not taken: it is faster where
//! standard deviations are large, but its error has no useful bound; what is too wide is refused.

use super::support::Support;
use crate::rate::{Order, Rate};

const LANES: usize = 8;
type Lanes = [f64; LANES];

/// A probability below this is dropped where it stands at an end of a distribution, so that no product becomes subnormal.
const TINY: f64 = 1e-24;

/// What is known of one area before its ranks are.
#[derive(Clone, Debug)]
pub(super) struct Entrant {
    pub(super) count: u64,
    people: u64,
    low: u64,
    mass: Vec<f64>,
    reach: Vec<f64>,
}

impl Entrant {
    pub(super) fn new(rate: Rate, support: Support) -> Self {
        let reach = support.reach();
        let (count, people) = (rate.count(), rate.population().get());
        Self { count, people, low: support.low, mass: support.mass, reach }
    }

    /// How many counts are possible.
    pub(super) fn width(&self) -> usize {
        self.mass.len()
    }

    /// The probability of as many or more.
    #[inline(always)]
    fn reaching(&self, count: u64) -> f64 {
        let place = usize::try_from(count.saturating_sub(self.low)).unwrap_or(usize::MAX);
        self.reach.get(place).copied().unwrap_or(0.0)
    }

    /// The first count too large to be possible.
    fn end(&self) -> u64 {
        self.low.saturating_add(self.mass.len() as u64)
    }
}

/// The ranks of one area.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The probability of each rank, the first first.
    pub(super) ranks: Vec<f64>,
    /// The probability that no other area comes after.
    pub(super) last: f64,
}

/// An area other than that whose ranks are worked out, and where its threshold stands.
struct Rival<'a> {
    entrant: &'a Entrant,
    /// The first count at which it is not surely above, and the first at which it is surely not.
    start: u64,
    end: u64,
    /// `x n_g / n_f` grows by this with each count, and by this share.
    whole: u64,
    part: u64,
    /// Where it stands: `floor(x n_g / n_f)` and the remainder.
    at: u64,
    rest: u64,
}

/// `floor(a b / c)` and the remainder; the quotient no larger than can be held.
fn divide(a: u64, b: u64, c: u64) -> (u64, u64) {
    match (a.checked_mul(b), c) {
        (_, 0) => (u64::MAX, 0),
        (Some(product), c) => (product / c, product % c),
        (None, c) => {
            let (product, c) = (u128::from(a) * u128::from(b), u128::from(c));
            let rest = u64::try_from(product % c).unwrap_or(0);
            (u64::try_from(product / c).unwrap_or(u64::MAX), rest)
        }
    }
}

impl<'a> Rival<'a> {
    fn new(entrant: &'a Entrant, people: u64) -> Self {
        let (first, rest) = divide(entrant.low, people, entrant.people);
        let start = if rest == 0 { first } else { first.saturating_add(1) };
        let end = divide(entrant.end(), people, entrant.people).0.saturating_add(1);
        let (whole, part) = divide(1, entrant.people, people);
        Self { entrant, start, end, whole, part, at: 0, rest: 0 }
    }

    fn stand(&mut self, count: u64, people: u64) {
        (self.at, self.rest) = divide(count, self.entrant.people, people);
    }

    /// For the next counts the probabilities to be above, and to be above or level.
    #[inline(always)]
    fn next(&mut self, people: u64, above: &mut Lanes, level: &mut Lanes) {
        let room = people - self.part;
        for (above, level) in above.iter_mut().zip(level) {
            *above = self.entrant.reaching(self.at.saturating_add(1));
            *level = if self.rest == 0 { self.entrant.reaching(self.at) } else { *above };
            // Without a branch, as nothing foretells which counts it would take.
            let carry = u64::from(self.rest >= room);
            self.at = self.at.saturating_add(self.whole).saturating_add(carry);
            self.rest = self.rest.wrapping_add(self.part).wrapping_sub(people & carry.wrapping_neg());
        }
    }
}

/// One more area, above with these probabilities, in the distribution of the number above. Half of the lanes at a time, as
/// these and what was before them stay in registers.
#[inline(always)]
fn join(numbers: &mut [Lanes], p: &Lanes) {
    if let (Some(first), Some(last)) = (p.first_chunk(), p.last_chunk()) {
        join_half(numbers.iter_mut().filter_map(|number| number.first_chunk_mut()), *first);
        join_half(numbers.iter_mut().filter_map(|number| number.last_chunk_mut()), *last);
    }
}

#[inline(always)]
fn join_half<'n>(numbers: impl Iterator<Item = &'n mut [f64; LANES / 2]>, p: [f64; LANES / 2]) {
    let mut before = [0.0; LANES / 2];
    for number in numbers {
        let here = *number;
        for (((number, here), before), p) in number.iter_mut().zip(here).zip(before).zip(p) {
            *number = here + p * (before - here);
        }
        before = here;
    }
}

fn negligible(lanes: &Lanes) -> bool {
    !lanes.iter().fold(false, |any, p| any | (*p >= TINY))
}

/// The ranks of one of the entrants. `order` says which end is first.
pub(super) fn places(entrants: &[Entrant], which: usize, order: Order) -> Places {
    let Some(here) = entrants.get(which) else { return Places::default() };
    let people = here.people;
    let others = entrants.iter().enumerate().filter(|(i, _)| *i != which);
    let mut rivals: Vec<Rival<'_>> = others.map(|(_, entrant)| Rival::new(entrant, people)).collect();
    // Sorted by all that matters, so that the order of the table changes no bit.
    rivals.sort_by_key(|rival| (rival.start, rival.end, rival.entrant.people, rival.entrant.count));
    let mut sure = rivals.len();
    let mut waiting = rivals.into_iter().peekable();
    let mut open: Vec<Rival<'_>> = Vec::new();
    let mut passed = false;
    let mut numbers: Vec<Lanes> = vec![[0.0; LANES]; entrants.len() + 1];
    let mut sums: Vec<Lanes> = vec![[0.0; LANES]; entrants.len()];
    let mut last = [0.0; LANES];
    let (mut above, mut level) = ([0.0; LANES], [0.0; LANES]);
    for (count, mass) in (here.low..).step_by(LANES).zip(here.mass.chunks(LANES)) {
        let next = count.saturating_add(LANES as u64);
        let kept = open.len();
        open.retain(|rival| rival.end > count);
        passed |= open.len() < kept;
        while let Some(mut rival) = waiting.next_if(|rival| rival.start < next) {
            sure -= 1;
            if rival.end > count {
                rival.stand(count, people);
                open.push(rival);
            } else {
                passed = true;
            }
        }
        let mut weights = [0.0; LANES];
        for (weight, mass) in weights.iter_mut().zip(mass) {
            *weight = *mass;
        }
        let Some(zero) = numbers.first_mut() else { break };
        *zero = weights;
        let (mut from, mut to) = (0, 1);
        for rival in &mut open {
            rival.next(people, &mut above, &mut level);
            let (p, after) = match order {
                Order::Highest => (&above, level),
                Order::Lowest => (&level, above.map(|p| 1.0 - p)),
            };
            for (weight, after) in weights.iter_mut().zip(after) {
                *weight *= after;
            }
            if let Some(numbers) = numbers.get_mut(from..=to) {
                join(numbers, p);
            }
            if !numbers.get(to).is_some_and(negligible) {
                to += 1;
            } else if let Some(number) = numbers.get_mut(to) {
                *number = [0.0; LANES];
            }
            while from + 1 < to
                && let Some(number) = numbers.get_mut(from)
                && negligible(number)
            {
                *number = [0.0; LANES];
                from += 1;
            }
        }
        if (order == Order::Highest && !passed) || (order == Order::Lowest && sure == 0) {
            for (last, weight) in last.iter_mut().zip(weights) {
                *last += weight;
            }
        }
        for (number, sum) in numbers.iter_mut().take(to).skip(from).zip(sums.iter_mut().skip(sure + from)) {
            for (sum, number) in sum.iter_mut().zip(number.iter()) {
                *sum += number;
            }
            *number = [0.0; LANES];
        }
    }
    let total = |lanes: &Lanes| lanes.iter().fold(0.0, |sum, p| sum + p);
    let mut ranks: Vec<f64> = sums.iter().map(total).collect();
    if order == Order::Lowest {
        ranks.reverse();
    }
    Places { ranks, last: total(&last) }
}
