use super::{
    columns::{Columns, EXACT},
    divisor::Divisor,
    job::{Block, Count, Row},
};
use crate::{
    Dispersion, Overdispersion, Rule, Scale, Trim, TrimRule, Undefined,
    funnel::{between, log_z, place, square_root_z},
    outputs::FunnelOutputs,
};
use ndarray::{ArrayViewMut, ArrayViewMut2};
use std::array;

/// So many columns are trimmed side by side, in registers.
const LANES: usize = 4;

/// The funnels of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Funnels {
    /// z of each cell that takes part, a row for each area; all ones where the cell is not known.
    z: Vec<f64>,
    /// Expected counts of one row.
    expected: Vec<f64>,
    /// The square roots of the averages per head.
    roots: Vec<f64>,
    /// What z are drawn in to.
    low: Vec<f64>,
    high: Vec<f64>,
    /// Sums of the squares of z, of weights, and of the products of all pairs of weights.
    squares: Vec<f64>,
    sum: Vec<f64>,
    pairs: Vec<f64>,
    /// Why a column has no z at all.
    void: Vec<Option<Undefined>>,
    found: Vec<Result<Overdispersion, Undefined>>,
}

impl Funnels {
    /// Whether every expected count is one division of doubles, or one product.
    pub(super) fn are_exact<C: Count>(block: &Block<'_, '_, C>, columns: &Columns) -> bool {
        let most = columns.count.iter().fold(0.0_f64, |most, count| most.max(*count));
        block.job.how.average().rule() != Rule::Pooled || most * (block.job.most_people as f64) < EXACT
    }

    #[inline(always)]
    pub(super) fn write<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        mut outputs: FunnelOutputs<'_>,
    ) {
        let (spec, width) = (outputs.spec, columns.width());
        let chance = Chance::new(block, columns, spec.scale());
        self.expected.resize(width, 0.0);
        self.roots.clear();
        self.roots.extend(columns.average.iter().map(|average| average.sqrt()));
        self.find_void(block, columns, spec.scale());
        let adjusts = outputs.adjusted.is_some() && spec.dispersion() != Dispersion::None;
        let told = outputs.phi.is_some() || outputs.tau2.is_some() || outputs.statuses.is_some();
        let depth = depth(block.job.rows.len(), spec.trim()).filter(|_| block.job.keeps());
        match depth {
            Some(depth) if adjusts || told => {
                let weighs = outputs.tau2.is_some() || spec.dispersion() == Dispersion::Additive;
                self.trim_all(block, columns, chance, spec.trim(), depth, weighs);
            }
            None if adjusts || told => self.trim_each(block, columns, chance, spec.trim()),
            _ => {}
        }
        for (array, figure) in [
            (&mut outputs.phi, (|found: Overdispersion| found.phi()) as fn(Overdispersion) -> f64),
            (&mut outputs.tau2, Overdispersion::tau2),
        ] {
            for (to, found) in array.iter_mut().flatten().zip(&self.found) {
                *to = found.map_or(f64::NAN, figure);
            }
        }
        for (to, found) in outputs.statuses.iter_mut().flatten().zip(&self.found) {
            *to = found.err().map_or(0, Undefined::code);
        }
        let held = depth.is_some() && (adjusts || told);
        self.write_z(block, columns, chance, held, spec.dispersion(), [outputs.z, outputs.adjusted]);
    }

    /// The columns that have no z.
    fn find_void<C: Count>(&mut self, block: &Block<'_, '_, C>, columns: &Columns, scale: Scale) {
        self.void.clear();
        self.void.extend(columns.average.iter().zip(&columns.areas).map(|(average, areas)| match *average {
            _ if *areas == 0.0 => Some(Undefined::TooFew),
            average if average > 0.0 => None,
            _ => Some(Undefined::NothingExpected),
        }));
        if scale == Scale::SquareRoot {
            return;
        }
        for row in block.rows() {
            let known = (0..).map(|at| row.mask.is_none_or(|mask| mask.get(at) == Some(&0)));
            for ((void, count), known) in self.void.iter_mut().zip(row.counts).zip(known) {
                if known && count.value() == 0.0 {
                    *void = void.or(Some(Undefined::ZeroCount));
                }
            }
        }
    }

    /// The dispersion of all columns, side by side: only the few smallest and largest z of each are sorted.
    #[inline(always)]
    fn trim_all<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        chance: Chance,
        trim: Trim,
        depth: usize,
        weighs: bool,
    ) {
        let width = columns.width();
        let pitch = pitch(width);
        self.z.resize(block.job.rows.len() * pitch, 0.0);
        for sums in [&mut self.squares, &mut self.sum, &mut self.pairs] {
            sums.clear();
            sums.resize(width, 0.0);
        }
        let Self { z, expected, roots, low, high, squares, sum, pairs, void, found } = self;
        for (row, z) in block.rows().zip(z.chunks_exact_mut(pitch)) {
            let z = z.get_mut(..width).unwrap_or_default();
            chance.fill(block, row, columns, roots, weighs, expected, z);
            if weighs {
                for (((z, expected), sum), pairs) in z.iter().zip(&*expected).zip(&mut *sum).zip(&mut *pairs) {
                    let weight = if z.is_nan() { 0.0 } else { chance.weight(*expected) };
                    *pairs += weight * *sum;
                    *sum += weight;
                }
            }
        }
        [&mut *low, &mut *high].into_iter().for_each(|ends| ends.resize(pitch, 0.0));
        let (ends, areas) = (low.chunks_exact_mut(LANES).zip(high.chunks_exact_mut(LANES)), &columns.areas);
        for (at, (low, high)) in ends.enumerate() {
            let at = at * LANES;
            let areas = array::from_fn(|lane| areas.get(at + lane).copied().unwrap_or(0.0));
            draw_in(depth, z, pitch, at, areas, trim.fraction(), low, high);
        }
        for z in z.chunks_exact(pitch) {
            for (((squares, z), low), high) in squares.iter_mut().zip(z).zip(&*low).zip(&*high) {
                let drawn = if *z > *low { *z } else { *low };
                let drawn = if drawn < *high { drawn } else { *high };
                *squares += if z.is_nan() { 0.0 } else { drawn * drawn };
            }
        }
        found.clear();
        let sums = squares.iter().zip(&*sum).zip(&*pairs).zip(&columns.areas).zip(&*void);
        found.extend(sums.map(|((((squares, sum), pairs), areas), void)| match void {
            Some(reason) => Err(*reason),
            None => Overdispersion::of(*areas as usize, *squares, *sum, *pairs),
        }));
    }

    /// The dispersion of each column, one at a time.
    fn trim_each<C: Count>(&mut self, block: &Block<'_, '_, C>, columns: &Columns, chance: Chance, trim: Trim) {
        let (mut z, mut weights) = (Vec::with_capacity(block.job.rows.len()), Vec::new());
        self.found.clear();
        for (at, (void, root)) in self.void.iter().zip(&self.roots).enumerate() {
            z.clear();
            weights.clear();
            for (_, count, people) in block.known(at).filter(|_| void.is_none()) {
                let (count, people) = (count as f64, people as f64);
                let expected = chance.expected(columns, at, people);
                z.push(chance.z(count, expected, root * people.sqrt()));
                weights.push(chance.weight(expected));
            }
            self.found.push(match void {
                Some(reason) => Err(*reason),
                None => Overdispersion::estimate(&z, &weights, trim),
            });
        }
    }

    /// z of all cells, and the same after the dispersion.
    #[inline(always)]
    fn write_z<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        columns: &mut Columns,
        chance: Chance,
        held: bool,
        dispersion: Dispersion,
        arrays: [Option<ArrayViewMut2<'_, f64>>; 2],
    ) {
        if arrays.iter().all(Option::is_none) {
            return;
        }
        let width = columns.width();
        let pitch = if held { pitch(width) } else { width };
        if !held {
            self.z.resize(width, 0.0);
        }
        let Self { z, expected, roots, squares: widening, sum: tau2, void, found, .. } = self;
        // By how much z are divided, whatever the weight, and tau^2, where that is what widens.
        widening.clear();
        tau2.clear();
        for (found, void) in found.iter().zip(&*void) {
            let widened = match (dispersion, found) {
                (Dispersion::None, _) => Ok(1.0),
                (_, found) => found.map(|found| found.widening(Dispersion::Multiplicative, 0.0)),
            };
            widening.push(if void.is_some() { f64::NAN } else { widened.unwrap_or(f64::NAN) });
            tau2.push(found.map_or(f64::NAN, Overdispersion::tau2));
        }
        let lost = void.iter().any(Option::is_some);
        let [plain, adjusted] = arrays;
        let [mut plain, mut adjusted] = [plain, adjusted].map(|array| array.map(ArrayViewMut2::into_outer_iter_mut));
        let (mut rows, mut at) = (block.rows(), 0);
        for part in block.job.part {
            let [plain, adjusted] = [&mut plain, &mut adjusted].map(|array| {
                let row = array.as_mut().and_then(Iterator::next).and_then(ArrayViewMut::into_slice);
                row.unwrap_or_default()
            });
            let Some(row) = part.then(|| rows.next()).flatten() else {
                [plain, adjusted].into_iter().for_each(|to| to.fill(f64::NAN));
                continue;
            };
            let additive = dispersion == Dispersion::Additive && !adjusted.is_empty();
            if additive && held {
                chance.expect(block, row, columns, expected);
            }
            let z = if held {
                z.get_mut(at * pitch..at * pitch + width).unwrap_or_default()
            } else {
                let z = z.get_mut(..width).unwrap_or_default();
                chance.fill(block, row, columns, roots, additive, expected, z);
                z
            };
            at += 1;
            if lost {
                for (z, void) in z.iter_mut().zip(&*void).filter(|(_, void)| void.is_some()) {
                    *z = if void.is_some() { f64::NAN } else { *z };
                }
            }
            if !plain.is_empty() {
                plain.copy_from_slice(z);
            }
            match dispersion {
                Dispersion::None if !adjusted.is_empty() => adjusted.copy_from_slice(z),
                Dispersion::Additive => {
                    for (((to, z), expected), tau2) in adjusted.iter_mut().zip(&*z).zip(&*expected).zip(&*tau2) {
                        *to = z / (1.0 + tau2 * chance.weight(*expected)).sqrt();
                    }
                }
                _ => {
                    for ((to, z), widening) in adjusted.iter_mut().zip(&*z).zip(&*widening) {
                        *to = z / widening;
                    }
                }
            }
        }
    }
}

/// What chance alone makes of a block.
#[derive(Clone, Copy, Debug)]
struct Chance {
    scale: Scale,
    /// Whether the sums of a column make counts expected, and not an average per head.
    pooled: bool,
    /// The population of all areas, where it is the same for all columns.
    everyone: Option<Divisor>,
}

impl Chance {
    fn new<C: Count>(block: &Block<'_, '_, C>, columns: &Columns, scale: Scale) -> Self {
        let first = columns.all.first().copied().unwrap_or(0.0);
        let same = columns.all.iter().all(|people| *people == first);
        let everyone = same.then(|| Divisor::new(first as u64)).flatten();
        Self { scale, pooled: block.job.how.average().rule() == Rule::Pooled, everyone }
    }

    /// The expected count of one cell.
    fn expected(self, columns: &Columns, at: usize, people: f64) -> f64 {
        let figure = |of: &[f64]| of.get(at).copied().unwrap_or(f64::NAN);
        match self.pooled {
            true => figure(&columns.count) * people / figure(&columns.all),
            false => figure(&columns.average) * people,
        }
    }

    /// The expected counts of a row.
    #[inline(always)]
    fn expect<C: Count>(self, block: &Block<'_, '_, C>, row: Row<'_, C>, columns: &mut Columns, to: &mut [f64]) {
        let Columns { people, count, all, average, .. } = columns;
        let shared = block.job.people.shared(row.area).map(|people| people as f64);
        match (self.pooled, self.everyone, shared) {
            (true, Some(everyone), Some(people)) => {
                for (to, count) in to.iter_mut().zip(&*count) {
                    *to = everyone.divide(count * people);
                }
                return;
            }
            _ => block.job.people.fill(row.area, block.from, people),
        }
        if self.pooled {
            for (((to, count), all), people) in to.iter_mut().zip(&*count).zip(&*all).zip(&*people) {
                *to = count * people / all;
            }
        } else {
            for ((to, average), people) in to.iter_mut().zip(&*average).zip(&*people) {
                *to = average * people;
            }
        }
    }

    /// z of a row, all ones where the count is not known; with the expected counts where they are wanted.
    #[inline(always)]
    fn fill<C: Count>(
        self,
        block: &Block<'_, '_, C>,
        row: Row<'_, C>,
        columns: &mut Columns,
        roots: &[f64],
        wanted: bool,
        expected: &mut [f64],
        to: &mut [f64],
    ) {
        let shared = block.job.people.shared(row.area).map(|people| people as f64);
        match (self.scale, self.everyone, shared) {
            (Scale::SquareRoot, Some(everyone), Some(people)) if self.pooled && !wanted => {
                // The usual case, in one loop.
                let root = people.sqrt();
                for (((to, count), sum), average) in to.iter_mut().zip(row.counts).zip(&columns.count).zip(roots) {
                    let expected = everyone.divide(sum * people);
                    *to = square_root_z(count.value(), expected, average * root);
                }
            }
            (scale, _, shared) => {
                self.expect(block, row, columns, expected);
                let cells = to.iter_mut().zip(row.counts).zip(&*expected).zip(roots);
                match (scale, shared) {
                    (Scale::SquareRoot, Some(people)) => {
                        let root = people.sqrt();
                        for (((to, count), expected), average) in cells {
                            *to = square_root_z(count.value(), *expected, average * root);
                        }
                    }
                    _ => {
                        block.job.people.fill(row.area, block.from, &mut columns.people);
                        for ((((to, count), expected), average), people) in cells.zip(&columns.people) {
                            *to = self.z(count.value(), *expected, average * people.sqrt());
                        }
                    }
                }
            }
        }
        for (to, code) in to.iter_mut().zip(row.mask.unwrap_or_default()) {
            let unknown = if *code == 0 { 0 } else { u64::MAX };
            *to = f64::from_bits(to.to_bits() | unknown);
        }
    }

    #[inline(always)]
    fn z(self, count: f64, expected: f64, root: f64) -> f64 {
        match self.scale {
            Scale::SquareRoot => square_root_z(count, expected, root),
            Scale::Log => log_z(count, expected, root),
        }
    }

    #[inline(always)]
    fn weight(self, expected: f64) -> f64 {
        match self.scale {
            Scale::SquareRoot => 4.0 * expected,
            Scale::Log => expected,
        }
    }
}

/// The length of a row of z: whole groups of lanes, and not a power of two, as rows that lie whole pages apart would crowd
/// each other out of the cache.
fn pitch(width: usize) -> usize {
    width.div_ceil(LANES) * LANES + 8
}

/// How many of the smallest and of the largest z say what all are drawn in to; `None` for too many to hold in registers,
/// and where z are dropped.
fn depth(areas: usize, trim: Trim) -> Option<usize> {
    let depth = place(areas.saturating_sub(1), trim.fraction()).0 + 2;
    (trim.rule() == TrimRule::Winsorise && depth <= 8).then_some(depth)
}

/// Where the z of some columns are drawn in to.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "what it is for one depth is chosen here for all")]
fn draw_in(
    depth: usize,
    z: &[f64],
    pitch: usize,
    at: usize,
    areas: [f64; LANES],
    fraction: f64,
    low: &mut [f64],
    high: &mut [f64],
) {
    macro_rules! of_depth {
        ($($depth:literal)+) => {
            match depth {
                $($depth => {
                    ends::<$depth>(smallest::<$depth>(z, pitch, at), areas, fraction, low);
                    ends::<$depth>(largest::<$depth>(z, pitch, at), areas, fraction, high);
                })+
                _ => {}
            }
        };
    }
    of_depth!(2 3 4 5 6 7 8);
}

/// The quantiles, from the values at one end of each column.
#[inline(always)]
fn ends<const DEPTH: usize>(sorted: [[f64; LANES]; DEPTH], areas: [f64; LANES], fraction: f64, to: &mut [f64]) {
    for (lane, (to, areas)) in to.iter_mut().zip(areas).enumerate() {
        let (whole, share) = place((areas as usize).saturating_sub(1), fraction);
        let mut from = sorted.iter().skip(whole).filter_map(|values| values.get(lane));
        *to = match (from.next(), from.next()) {
            (Some(here), Some(next)) => between(*here, *next, share),
            _ => f64::NAN,
        };
    }
}

/// The smallest z of some columns, in order; those that are not known are passed over.
#[inline(always)]
fn smallest<const DEPTH: usize>(z: &[f64], pitch: usize, at: usize) -> [[f64; LANES]; DEPTH] {
    let mut kept = [[f64::INFINITY; LANES]; DEPTH];
    for row in z.chunks_exact(pitch) {
        let Some(mut next) = row.get(at..).and_then(|row| row.first_chunk::<LANES>()).copied() else { continue };
        for kept in &mut kept {
            for (kept, next) in kept.iter_mut().zip(&mut next) {
                let first = *next < *kept;
                (*kept, *next) = (if first { *next } else { *kept }, if first { *kept } else { *next });
            }
        }
    }
    kept
}

/// The largest z of some columns, the largest first.
#[inline(always)]
fn largest<const DEPTH: usize>(z: &[f64], pitch: usize, at: usize) -> [[f64; LANES]; DEPTH] {
    let mut kept = [[f64::NEG_INFINITY; LANES]; DEPTH];
    for row in z.chunks_exact(pitch) {
        let Some(mut next) = row.get(at..).and_then(|row| row.first_chunk::<LANES>()).copied() else { continue };
        for kept in &mut kept {
            for (kept, next) in kept.iter_mut().zip(&mut next) {
                let first = *next > *kept;
                (*kept, *next) = (if first { *next } else { *kept }, if first { *kept } else { *next });
            }
        }
    }
    kept
}
