//! Whether the areas of a funnel differ by more than chance: Pearson's test.

use super::{
    law::Law,
    scatter::{Drawn, Scatter},
    whole,
};
use crate::{
    base::Undefined,
    special::{gamma, normal},
};

/// Pearson's test that all areas have one rate, or one proportion, whatever the average they are compared with: whether they
/// differ by more than chance. Where areas are compared with groups it asks whether those of each group have one.
///
/// X^2 is the sum of `(x - E)^2 / E` about the rate of all areas together, or of the group (of proportions over `n p (1 - p)`). It has as many degrees of
/// freedom as there are areas less groups. p is that of the chi-square distribution where at least five are expected everywhere (Cochran 1954, Biometrics 10, 417), else the share
/// of tables with an X^2 as large, of up to 1,999 that chance alone draws from a fixed seed with the same totals.
///
/// ```
/// use crimerate::{Average, Table, funnel::Dispersion};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
/// let test = table.compare(Average::POOLED).funnel(Dispersion::None).homogeneity().unwrap();
/// assert_eq!((test.degrees(), test.draws()), (2, None));
/// assert_eq!(format!("{:.2}, p = {:.4}", test.squares(), test.p()), "12.40, p = 0.0020");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homogeneity {
    squares: f64,
    degrees: usize,
    p: f64,
    draws: Option<u32>,
}

impl Homogeneity {
    /// X^2, the sum of squares.
    #[must_use]
    pub const fn squares(self) -> f64 {
        self.squares
    }

    /// Its degrees of freedom, as many as there are areas less the groups that they are in, or one.
    #[must_use]
    pub const fn degrees(self) -> usize {
        self.degrees
    }

    /// The p-value; of drawn tables at least one over one more than were drawn.
    #[must_use]
    pub const fn p(self) -> f64 {
        self.p
    }

    /// How many tables were drawn by chance; `None` where the chi-square distribution holds.
    #[must_use]
    pub const fn draws(self) -> Option<u32> {
        self.draws
    }
}

/// Below this expected count in any area the chi-square distribution does not hold (Cochran 1954).
const FEW: f64 = 5.0;
/// Draws of one area each, in all, and the most and the least of tables: p is 1/20 at the least.
const WORK: usize = 1_000_000;
const TABLES: (u32, u32) = (19, 1_999);
/// Up to this mean a binomial count is drawn by adding up its probabilities.
const WALKED: f64 = 30.0;

impl Scatter {
    /// The test; `None` where no average holds two areas, and where groups overlap.
    pub(super) fn homogeneity(&self) -> Option<Homogeneity> {
        let given = self.drawn == Drawn::GivenRatios;
        let (groups, number) = if given { (vec![0; self.dots.len()], 1) } else { whole::apart(&self.league)? };
        // Where the others of an area have no events there is no ratio, and yet the area differs from them.
        if self.dots.iter().all(|dot| dot.law.is_err()) {
            return None;
        }
        let size = |law: Result<Law, Undefined>, people: u64| match given {
            true => law.ok().map(Law::expected),
            false => Some(people as f64),
        };
        let people = self.league.rates().iter().map(|rate| rate.population().get());
        let mut known: Vec<Vec<(f64, f64)>> = vec![Vec::new(); number];
        for ((dot, people), group) in self.dots.iter().zip(people).zip(groups) {
            if let (Some(size), Some(group)) = (size(dot.law, people), known.get_mut(group)) {
                group.push((dot.count as f64, size));
            }
        }
        known.retain(|group| group.len() > 1);
        let groups = known.iter().map(Vec::len).collect();
        let (counts, sizes): (Vec<f64>, Vec<f64>) = known.into_iter().flatten().unzip();
        let areas = Areas { sizes, groups, proportions: self.drawn == Drawn::Proportions };
        (!counts.is_empty()).then(|| areas.test(&counts))
    }
}

/// How large the areas are that share out what was counted in their group.
struct Areas {
    /// Group by group.
    sizes: Vec<f64>,
    /// How many areas each group has.
    groups: Vec<usize>,
    proportions: bool,
}

impl Areas {
    fn test(&self, counts: &[f64]) -> Homogeneity {
        let (squares, degrees) = (self.squares(counts), counts.len() - self.groups.len());
        let many = self.each(counts).all(|(counts, sizes)| {
            let rate = rate(counts, sizes);
            let rest = if self.proportions { 1.0 - rate } else { 1.0 };
            sizes.iter().all(|size| size * rate.min(rest) >= FEW)
        });
        if many {
            let p = gamma::upper(degrees as f64 / 2.0, squares / 2.0);
            return Homogeneity { squares, degrees, p, draws: None };
        }
        let (least, most) = TABLES;
        let draws = u32::try_from(WORK / counts.len()).unwrap_or(most).clamp(least, most);
        let mut tables = Tables::new(self, counts);
        // What rounds differently is the same.
        let beyond = (0..draws).filter(|_| self.squares(tables.draw()) >= squares * (1.0 - 1e-9)).count();
        Homogeneity { squares, degrees, p: (beyond as f64 + 1.0) / (f64::from(draws) + 1.0), draws: Some(draws) }
    }

    /// The counts and the sizes of each group.
    fn each<'a>(&'a self, counts: &'a [f64]) -> impl Iterator<Item = (&'a [f64], &'a [f64])> {
        let mut from = 0;
        self.groups.iter().filter_map(move |areas| {
            let range = from..from + areas;
            from = range.end;
            Some((counts.get(range.clone())?, self.sizes.get(range)?))
        })
    }

    /// Pearson's sum of squares about the rate of each group; none of groups without events, or without anything else.
    fn squares(&self, counts: &[f64]) -> f64 {
        let of_group = |(counts, sizes): (&[f64], &[f64])| {
            let rate = rate(counts, sizes);
            let variance = if self.proportions { rate * (1.0 - rate) } else { rate };
            if variance <= 0.0 {
                return 0.0;
            }
            let parts = counts.iter().zip(sizes).map(|(count, size)| {
                let apart = count - size * rate;
                apart * apart / (size * variance)
            });
            parts.sum()
        };
        self.each(counts).map(of_group).sum()
    }
}

fn rate(counts: &[f64], sizes: &[f64]) -> f64 {
    counts.iter().sum::<f64>() / sizes.iter().sum::<f64>()
}

/// Tables by chance alone: counts share out the total of their group by size; of proportions each is binomial at the proportion
/// of its group, which is estimated again of each table.
struct Tables<'a> {
    areas: &'a Areas,
    /// The total and the rate of each group.
    groups: Vec<(f64, f64)>,
    /// The share of an area in its own size and those after it in its group.
    shares: Vec<f64>,
    uniform: Uniform,
    counts: Vec<f64>,
}

impl<'a> Tables<'a> {
    fn new(areas: &'a Areas, counts: &[f64]) -> Self {
        let (mut groups, mut shares) = (Vec::new(), Vec::new());
        for (counts, sizes) in areas.each(counts) {
            groups.push((counts.iter().sum(), rate(counts, sizes)));
            let mut after = 0.0;
            let of_group = sizes.iter().rev().map(|size| {
                after += size;
                size / after
            });
            let of_group: Vec<f64> = of_group.collect();
            shares.extend(of_group.into_iter().rev());
        }
        Self { areas, groups, shares, uniform: Uniform(1), counts: Vec::new() }
    }

    fn draw(&mut self) -> &[f64] {
        self.counts.clear();
        for ((total, rate), (shares, sizes)) in self.groups.iter().zip(self.areas.each(&self.shares)) {
            let mut left = *total;
            for (share, size) in shares.iter().zip(sizes) {
                let count = match self.areas.proportions {
                    true => binomial(*size, *rate, self.uniform.next()),
                    false => binomial(left, *share, self.uniform.next()),
                };
                left -= count;
                self.counts.push(count);
            }
        }
        &self.counts
    }
}

/// The quantile of a binomial count; above [`WALKED`] by the terms of Cornish and Fisher (1938).
fn binomial(n: f64, p: f64, uniform: f64) -> f64 {
    if p > 0.5 {
        return n - binomial(n, 1.0 - p, 1.0 - uniform);
    }
    let (q, mean) = (1.0 - p, n * p);
    if mean > WALKED {
        let z = -normal::upper_quantile(uniform);
        return (mean + z * (mean * q).sqrt() + (q - p) * (z * z - 1.0) / 6.0).round().clamp(0.0, n);
    }
    let (mut left, mut term, mut count) = (uniform, (n * (-p).ln_1p()).exp(), 0.0);
    while left > term {
        left -= term;
        let next = term * (n - count) / (count + 1.0) * (p / q);
        if next <= 0.0 {
            break;
        }
        (term, count) = (next, count + 1.0);
    }
    count
}

/// SplitMix64 (Steele, Lea and Flood 2014), always from the same seed, so that a report is always the same.
struct Uniform(u64);

impl Uniform {
    /// Between 0 and 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::binomial as exact;

    #[test]
    fn drawn_counts_follow_the_binomial() {
        for (n, p) in [(7_u64, 0.3), (40, 0.5), (40, 0.9), (5_000, 0.004), (200, 0.4), (90_000, 0.7)] {
            for step in 1..200 {
                let u = f64::from(step) / 200.0;
                let count = binomial(n as f64, p, u);
                let (count, found) = (count as u64, exact::tails(count as u64, n - count as u64, p / (1.0 - p)));
                let slack = if n as f64 * p.min(1.0 - p) > WALKED { 0.002 } else { 1e-12 };
                let near = u >= found.below - slack && u <= found.below + found.point + slack;
                assert!(near, "{n} {p} {u} {count} {found:?}");
            }
        }
        assert_eq!((binomial(9.0, 1.0, 0.5), binomial(0.0, 0.3, 0.5)), (9.0, 0.0));
    }

    /// Two areas of equal size: p is that of a fair coin, by adding up.
    #[test]
    fn drawn_p_is_that_of_the_counts() {
        let found = Areas { sizes: vec![1.0, 1.0], groups: vec![2], proportions: false }.test(&[8.0, 1.0]);
        assert!((found.p - 20.0 / 512.0).abs() < 0.013 && found.draws == Some(1_999), "{found:?}");
        let found = Areas { sizes: vec![10.0, 10.0], groups: vec![2], proportions: false }.test(&[60.0, 40.0]);
        // Chi-square of 4 with one degree of freedom.
        assert!((found.p - 0.045_500_263_896_358_4).abs() < 1e-13 && found.draws.is_none(), "{found:?}");
        let none = Areas { sizes: vec![3.0, 9.0], groups: vec![2], proportions: true }.test(&[3.0, 9.0]);
        assert_eq!((none.squares, none.p), (0.0, 1.0));
    }

    /// With equal rates p is at most 5 % in at most 5 % of tables, whatever is expected.
    #[test]
    fn the_level_is_kept() {
        let rising: Vec<f64> = (1..=20).map(|i| f64::from(i * i) / 20.0).collect();
        for (sizes, groups) in
            [(vec![0.5; 20], vec![20]), (vec![2.0; 20], vec![20]), (rising, vec![20]), (vec![2.0; 20], vec![2; 10])]
        {
            let totals: Vec<f64> = sizes.iter().map(|size| size.round().max(1.0)).collect();
            let areas = Areas { sizes, groups, proportions: false };
            let mut tables = Tables { uniform: Uniform(77), ..Tables::new(&areas, &totals) };
            let n = 300;
            let called = (0..n).filter(|_| areas.test(tables.draw()).p <= 0.05).count();
            assert!(called <= 15 + 12, "{called} of {n}");
        }
    }
}
