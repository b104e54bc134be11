//! Replicate years drawn and ranked.
//!
//! Counts are drawn from alias tables of the laws that the exact way has, as the place of their rate among all possible rates, so
//! ties are exact and ranking compares 16 bits.

use super::{simulation::Simulation, support::Support};
use crate::rate::{Order, Rate};
use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};
use std::cmp::Ordering;

/// As many replicates share a stream of random numbers; streams belong to their blocks, whatever thread draws from them.
const BLOCK: u32 = 1 << 10;

/// As many replicates are drawn and ranked at a time.
const LANES: usize = 64;

/// From as many areas on, sorting a replicate costs less than counting who is above whom.
const SORTED: usize = 192;

/// How many blocks there are.
fn blocks(simulation: Simulation) -> u32 {
    simulation.replicates().div_ceil(BLOCK)
}

/// The stream of a block.
fn stream(simulation: Simulation, block: u32) -> Xoshiro256PlusPlus {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(simulation.seed());
    (0..block).for_each(|_| generator.jump());
    generator
}

/// What stands for a rate in comparisons: the place of its value among all values that are possible.
trait Key: Copy + Default + Ord + Send + Sync {
    fn of(place: u32) -> Self;

    /// How many of the rows are above one of them, lane by lane.
    fn above(row: &[Self; LANES], rows: &[[Self; LANES]]) -> [u32; LANES];
}

macro_rules! key {
    ($type:ty, $bits:ty) => {
        impl Key for $type {
            fn of(place: u32) -> Self {
                (place as $bits as $type) ^ <$type>::MIN
            }

            #[inline(always)]
            fn above(row: &[Self; LANES], rows: &[[Self; LANES]]) -> [u32; LANES] {
                let mut above: [$bits; LANES] = [0; LANES];
                for other in rows {
                    for ((above, other), key) in above.iter_mut().zip(other).zip(row) {
                        *above += <$bits>::from(other > key);
                    }
                }
                above.map(u32::from)
            }
        }
    };
}

key!(i16, u16);
key!(i32, u32);

/// Draws keys from a law by Walker's alias method (1977, ACM Trans. Math. Softw. 3:253) as Vose (1991) fills it: one of `n`
/// columns, and in it one of two keys.
struct Alias<K>(Vec<DrawnColumn<K>>);

#[derive(Clone, Copy)]
struct DrawnColumn<K> {
    /// The share of the first, of 2^32.
    share: u32,
    first: K,
    second: K,
}

impl<K: Key> Alias<K> {
    fn new(mass: &[f64], keys: &[K]) -> Self {
        let total = mass.iter().fold(0.0, |sum, p| sum + p);
        let scale = mass.len() as f64 / total;
        let mut shares: Vec<f64> = mass.iter().map(|p| p * scale).collect();
        let full = |key: &K| DrawnColumn { share: u32::MAX, first: *key, second: *key };
        let mut columns: Vec<DrawnColumn<K>> = keys.iter().map(full).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            (0..shares.len()).partition(|i| shares.get(*i).is_some_and(|share| *share < 1.0));
        while let (Some(low), Some(&high)) = (small.pop(), large.last()) {
            let (Some(&share), Some(rest), Some(column), Some(key)) =
                (shares.get(low), shares.get(high).copied(), columns.get_mut(low), keys.get(high))
            else {
                break;
            };
            (column.share, column.second) = ((share * 4_294_967_296.0) as u32, *key);
            let left = (rest + share) - 1.0;
            if let Some(slot) = shares.get_mut(high) {
                *slot = left;
            }
            if left < 1.0 {
                large.pop();
                small.push(high);
            }
        }
        Self(columns)
    }

    #[inline(always)]
    fn draw(&self, generator: &mut Xoshiro256PlusPlus) -> K {
        let bits = generator.next_u64();
        let place = ((bits >> 32) * self.0.len() as u64) >> 32;
        match self.0.get(place as usize) {
            Some(column) if (bits as u32) < column.share => column.first,
            Some(column) => column.second,
            None => K::default(),
        }
    }
}

/// How often each area had each rank, and how often none came after it.
pub(super) struct Tallies {
    pub(super) ranks: Vec<u32>,
    pub(super) last: Vec<u32>,
}

impl Tallies {
    fn new(areas: usize) -> Self {
        Self { ranks: vec![0; areas * areas], last: vec![0; areas] }
    }

    #[cfg(feature = "rayon")]
    fn merge(mut self, other: Self) -> Self {
        let pairs = self.ranks.iter_mut().zip(other.ranks).chain(self.last.iter_mut().zip(other.last));
        pairs.for_each(|(sum, more)| *sum += more);
        self
    }
}

/// Ranks in replicate years, drawn.
pub(super) fn tally(rates: &[Rate], supports: &[Support], order: Order, simulation: Simulation) -> Tallies {
    let (places, most) = keys(rates, supports, order);
    if most <= 1 << 16 { run::<i16>(supports, &places, simulation) } else { run::<i32>(supports, &places, simulation) }
}

/// For each area and each of its counts the place of its rate among all that are possible, equal rates sharing one; and
/// how many there are. Doubles order them, and whole numbers tell which are equal.
fn keys(rates: &[Rate], supports: &[Support], order: Order) -> (Vec<Vec<u32>>, usize) {
    let entries = supports.iter().map(|support| support.mass.len()).sum();
    let mut all: Vec<(u64, u32, u32)> = Vec::with_capacity(entries);
    for ((rate, support), area) in rates.iter().zip(supports).zip(0..) {
        let people = rate.population();
        for (count, place) in (support.low..).zip(0..support.mass.len() as u32) {
            all.push((Rate::of(count, people).value().to_bits(), area, place));
        }
    }
    all.sort_unstable();
    let rate = |&(_, area, place): &(u64, u32, u32)| {
        let (rate, support) = (rates.get(area as usize)?, supports.get(area as usize)?);
        Some(Rate::of(support.low + u64::from(place), rate.population()))
    };
    let compare = |a: &(u64, u32, u32), b: &(u64, u32, u32)| match (rate(a), rate(b)) {
        (Some(a), Some(b)) => a.cmp_value(&b),
        _ => Ordering::Equal,
    };
    let mut places: Vec<Vec<u32>> = supports.iter().map(|support| vec![0; support.mass.len()]).collect();
    let mut next = 0;
    for run in all.chunk_by_mut(|a, b| a.0 == b.0) {
        if run.len() > 1 {
            run.sort_by(compare);
        }
        for tied in run.chunk_by(|a, b| compare(a, b) == Ordering::Equal) {
            for (_, area, place) in tied {
                if let Some(slot) = places.get_mut(*area as usize).and_then(|keys| keys.get_mut(*place as usize)) {
                    *slot = next;
                }
            }
            next += 1;
        }
    }
    if order == Order::Lowest {
        places.iter_mut().flatten().for_each(|key| *key = next - 1 - *key);
    }
    (places, next as usize)
}

fn run<K: Key>(supports: &[Support], places: &[Vec<u32>], simulation: Simulation) -> Tallies {
    let alias = |(support, places): (&Support, &Vec<u32>)| {
        let keys: Vec<K> = places.iter().map(|place| K::of(*place)).collect();
        Alias::new(&support.mass, &keys)
    };
    let laws: Vec<Alias<K>> = supports.iter().zip(places).map(alias).collect();
    let blocks = blocks(simulation);
    #[cfg(feature = "rayon")]
    if blocks > 1 && u64::from(simulation.replicates()) * laws.len() as u64 >= 1 << 18 {
        return split(&laws, simulation, 0, blocks, rayon::current_num_threads() as u32);
    }
    draw(&laws, simulation, 0, blocks)
}

#[cfg(feature = "rayon")]
fn split<K: Key>(laws: &[Alias<K>], simulation: Simulation, from: u32, to: u32, threads: u32) -> Tallies {
    if threads < 2 || to - from < 2 {
        return draw(laws, simulation, from, to);
    }
    let middle = from + (to - from) / 2;
    let (first, second) = rayon::join(
        || split(laws, simulation, from, middle, threads / 2),
        || split(laws, simulation, middle, to, threads.div_ceil(2)),
    );
    first.merge(second)
}

/// The blocks of replicates from one to before another.
fn draw<K: Key>(laws: &[Alias<K>], simulation: Simulation, from: u32, to: u32) -> Tallies {
    let mut tallies = Tallies::new(laws.len());
    let mut keys = vec![[K::default(); LANES]; laws.len()];
    let mut sorted = Vec::new();
    let mut stream = stream(simulation, from);
    for block in from..to {
        let mut generator = stream.clone();
        stream.jump();
        let replicates = BLOCK.min(simulation.replicates() - block * BLOCK) as usize;
        for start in (0..replicates).step_by(LANES) {
            for (row, law) in keys.iter_mut().zip(laws) {
                row.iter_mut().for_each(|key| *key = law.draw(&mut generator));
            }
            let used = LANES.min(replicates - start);
            if laws.len() < SORTED {
                count(&keys, used, &mut tallies);
            } else {
                (0..used).for_each(|lane| sort(&keys, lane, &mut sorted, &mut tallies));
            }
        }
    }
    tallies
}

/// Ranks by counting the areas above: each row against every other, all replicates at a time.
fn count<K: Key>(keys: &[[K; LANES]], used: usize, tallies: &mut Tallies) {
    let mut lowest = [K::of(u32::MAX); LANES];
    for row in keys {
        for (lowest, key) in lowest.iter_mut().zip(row) {
            *lowest = (*lowest).min(*key);
        }
    }
    let rows = tallies.ranks.chunks_exact_mut(keys.len().max(1));
    for ((row, ranks), last) in keys.iter().zip(rows).zip(&mut tallies.last) {
        let above = K::above(row, keys);
        for ((above, key), lowest) in above.iter().zip(row).zip(&lowest).take(used) {
            *last += u32::from(key == lowest);
            if let Some(slot) = ranks.get_mut(*above as usize) {
                *slot += 1;
            }
        }
    }
}

/// Ranks by sorting one replicate.
fn sort<K: Key>(keys: &[[K; LANES]], lane: usize, sorted: &mut Vec<(K, u32)>, tallies: &mut Tallies) {
    sorted.clear();
    sorted.extend(keys.iter().filter_map(|row| row.get(lane).copied()).zip(0..));
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let (areas, mut before) = (keys.len(), 0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let ends = before + tied.len() == areas;
        for (_, area) in tied {
            let area = *area as usize;
            if let Some(slot) = tallies.ranks.get_mut(area * areas + before) {
                *slot += 1;
            }
            if let Some(last) = tallies.last.get_mut(area).filter(|_| ends) {
                *last += 1;
            }
        }
        before += tied.len();
    }
}
