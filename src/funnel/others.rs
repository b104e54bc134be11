//! How much the other areas of a funnel differ, which the p of each area asks about.
//!
//! phi and tau^2 of all areas are estimates, and the area that is tested is in them, so the tails of a law that takes them as
//! known call too many areas: with a tenth winsorised, and true rates that vary by 20 %, some p by Holm is below 5 % in a quarter
//! of tables of 43. So p rests on the dispersion of the other areas, by Pearson's residuals without trimming: they alone are
//! right on average however few are expected (normal scores of the mid-P find nothing below five expected, roots of counts too
//! much), and an area that is not among them needs no trimming to be seen. The tail is read as the normal deviate that it
//! belongs to, and that by Student's distribution with the degrees of freedom of the estimate: of a normal variable with areas of
//! one size this is the deleted studentised residual (Cook and Weisberg 1982), so exact.

use super::{
    dispersion::Dispersion,
    law::Law,
    moments::{Part, residual_terms, tau2_of},
    overdispersion::Overdispersion,
    scale::Scale,
};
use crate::{
    base::Undefined,
    special::{normal, student_upper},
};

/// Sums over some areas that merge, so that those over all others of each area are formed without a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Others {
    areas: usize,
    /// Squares of Pearson's residuals.
    squares: f64,
    /// Weights, the products of all pairs of them, and their squares.
    weights: f64,
    pairs: f64,
    weights_squared: f64,
    /// What is expected of the squares about averages of groups, by chance alone and for each unit of tau^2.
    of_groups: Option<(f64, f64)>,
}

impl Others {
    /// For each count with its law, and with what it is of the average of its group where it has one, the sums over all others.
    pub(super) fn of_each(counts: &[(u64, Law, Option<Part>)]) -> Vec<Self> {
        let one = |&(count, law, part): &(u64, Law, Option<Part>)| Self::one(count, law, part);
        let mut after: Vec<Self> = Vec::with_capacity(counts.len());
        let mut so_far = Self::default();
        for counted in counts.iter().rev() {
            after.push(so_far);
            so_far = so_far.merged(one(counted));
        }
        let mut before = Self::default();
        let each = counts.iter().zip(after.iter().rev()).map(|(counted, after)| {
            let others = before.merged(*after);
            before = before.merged(one(counted));
            others
        });
        each.collect()
    }

    fn one(count: u64, law: Law, part: Option<Part>) -> Self {
        let (apart, weight) = (count as f64 - law.expected(), law.weight(Scale::Linear));
        Self {
            areas: 1,
            squares: apart * apart / law.variance(),
            weights: weight,
            pairs: 0.0,
            weights_squared: weight * weight,
            of_groups: part.map(|part| residual_terms(weight, part, 0.0)),
        }
    }

    fn merged(self, other: Self) -> Self {
        Self {
            areas: self.areas + other.areas,
            squares: self.squares + other.squares,
            weights: self.weights + other.weights,
            pairs: self.pairs + other.pairs + self.weights * other.weights,
            weights_squared: self.weights_squared + other.weights_squared,
            of_groups: match (self.of_groups, other.of_groups) {
                (Some((chance, spread)), Some((more, further))) => Some((chance + more, spread + further)),
                (one, other) => one.or(other),
            },
        }
    }

    /// phi and tau^2 of them: about averages of groups the squares have a mean of 1 less the share of the area in its average.
    fn found(self) -> Result<Overdispersion, Undefined> {
        match self.of_groups {
            None => Ok(Overdispersion::of(self.areas, self.squares, self.weights, self.pairs)?.by_degrees()),
            Some((chance, spread)) => {
                Overdispersion::found(self.squares / chance, tau2_of(self.squares, chance, spread), self.areas)
            }
        }
    }

    /// The two-sided p-value of a count that is one of them by its law.
    pub(super) fn p(self, count: u64, law: Law, dispersion: Dispersion) -> Result<f64, Undefined> {
        let found = self.found()?;
        let tails = law.significance_allowing(count, law.spread(dispersion, found, Scale::Linear));
        let tail = tails.lower().min(tails.upper());
        if tail >= 0.5 {
            return Ok(1.0);
        }
        // A tail below the smallest normal double is taken for that, so p is then told as larger than it is.
        let deviate = normal::upper_quantile(tail.max(f64::MIN_POSITIVE));
        Ok((2.0 * student_upper(deviate, self.degrees(dispersion, found))).min(1.0))
    }

    /// The degrees of freedom of the estimate: one less than there are areas, or fewer where the variances of a few outweigh
    /// the others (Satterthwaite 1946), as a sum of squares weighs them.
    fn degrees(self, dispersion: Dispersion, found: Overdispersion) -> f64 {
        let areas = self.areas as f64;
        let tau2 = if dispersion == Dispersion::Additive { found.tau2() } else { 0.0 };
        let sum = areas + tau2 * self.weights;
        let squares = areas + tau2 * (2.0 * self.weights + tau2 * self.weights_squared);
        let effective = sum / squares * sum;
        match self.of_groups {
            None => effective - 1.0,
            Some((chance, _)) => effective * (chance / areas),
        }
        .max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(expected: f64) -> Law {
        Law::poisson(expected).unwrap()
    }

    #[test]
    fn sums_are_those_of_the_others() {
        let counts = [(9, law(4.0), None), (1, law(2.0), None), (30, law(25.0), None), (7, law(7.0), None)];
        let others = Others::of_each(&counts);
        for (place, found) in others.iter().enumerate() {
            let rest: Vec<f64> =
                [4.0, 2.0, 25.0, 7.0].into_iter().enumerate().filter(|it| it.0 != place).map(|it| it.1).collect();
            let [a, b, c] = rest[..] else { panic!() };
            assert_eq!((found.areas, found.weights), (3, a + b + c));
            assert_eq!((found.pairs, found.weights_squared), (a * b + a * c + b * c, a * a + b * b + c * c));
        }
        assert_eq!(others[3].squares, 25.0 / 4.0 + 1.0 / 2.0 + 1.0);
        assert_eq!(Others::of_each(&counts[..2])[0].p(9, law(4.0), Dispersion::Additive), Err(Undefined::TooFew));
    }

    /// Large counts of one size: the deleted studentised residual, by Student's distribution of its degrees.
    #[test]
    fn large_counts_have_the_deleted_residual() {
        let expected = 4e8;
        let apart = [3.0, -1.0, 0.5, 2.0, -2.5, 1.0, -3.0, 0.2, 0.3, -0.5];
        // Standard deviations of 1 % between true rates: 200 times that of chance.
        let counts: Vec<(u64, Law, Option<Part>)> =
            apart.iter().map(|z| ((expected * (1.0 + 0.01 * z)) as u64, law(expected), None)).collect();
        for (place, found) in Others::of_each(&counts).into_iter().enumerate() {
            let others = apart.iter().enumerate().filter(|it| it.0 != place).map(|it| it.1 * it.1).sum::<f64>();
            // DerSimonian and Laird's tau^2 of equal weights is the sum of squares over one less than there are.
            let t = apart[place].abs() / (others / 8.0).sqrt();
            let p = found.p(counts[place].0, counts[place].1, Dispersion::Additive).unwrap();
            // The gamma law of true ratios is skew by a hundredth.
            assert!(
                (p / (2.0 * student_upper(t, 8.0)) - 1.0).abs() < 0.05,
                "{place} {p} {}",
                2.0 * student_upper(t, 8.0)
            );
        }
    }

    #[test]
    fn one_large_area_leaves_few_degrees() {
        let counts: Vec<(u64, Law, Option<Part>)> =
            (0..12_u32).map(|at| if at == 0 { (900_000, law(1e6), None) } else { (90, law(100.0), None) }).collect();
        let found = Others::of_each(&counts);
        let degrees = |at: usize| found[at].degrees(Dispersion::Additive, found[at].found().unwrap());
        assert_eq!(degrees(0), 10.0);
        assert!(degrees(5) < 3.0, "{}", degrees(5));
    }
}
