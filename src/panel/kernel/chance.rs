//! Expected counts and z by chance of one block.

use super::{
    columns::Columns,
    divisor::Divisor,
    job::{Block, Count, JobRow, leave_out},
};
use crate::{
    average::Rule,
    funnel::{Scale, linear_z, log_z, square_root_z},
};

/// What chance alone makes of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Chance {
    scale: Scale,
    /// Whether the sums of a column make counts expected, and not an average per head.
    pooled: bool,
    /// The population of all areas, where it is the same for all columns.
    everyone: Option<Divisor>,
    /// The square roots of the averages per head.
    roots: Vec<f64>,
    /// The expected counts of one row.
    pub(super) expected: Vec<f64>,
}

impl Chance {
    pub(super) fn of<C: Count>(&mut self, block: &Block<'_, '_, C>, columns: &Columns, scale: Scale) {
        let first = columns.all.first().copied().unwrap_or(0.0);
        let same = columns.all.iter().all(|people| *people == first);
        self.everyone = same.then(|| Divisor::new(first as u64)).flatten();
        (self.scale, self.pooled) = (scale, block.job.how.average().rule() == Rule::Pooled);
        self.roots.clear();
        self.roots.extend(columns.average.iter().map(|average| average.sqrt()));
        self.expected.resize(columns.width(), 0.0);
    }

    /// z of one cell, and its weight.
    pub(super) fn point(&self, columns: &Columns, at: usize, count: f64, people: f64) -> (f64, f64) {
        let figure = |of: &[f64]| of.get(at).copied().unwrap_or(f64::NAN);
        let expected = match self.pooled {
            true => figure(&columns.count) * people / figure(&columns.all),
            false => figure(&columns.average) * people,
        };
        (self.z(count, expected, figure(&self.roots) * people.sqrt()), Self::weight(self.scale, expected))
    }

    /// The expected counts of a row.
    #[inline(always)]
    pub(super) fn expect<C: Count>(&mut self, block: &Block<'_, '_, C>, row: JobRow<'_, C>, columns: &mut Columns) {
        let (to, Columns { people, count, all, average, .. }) = (&mut self.expected, columns);
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
    pub(super) fn fill<C: Count>(
        &mut self,
        block: &Block<'_, '_, C>,
        row: JobRow<'_, C>,
        columns: &mut Columns,
        wanted: bool,
        to: &mut [f64],
    ) {
        let shared = block.job.people.shared(row.area).map(|people| people as f64);
        match (self.scale, self.everyone, shared) {
            (Scale::SquareRoot, Some(everyone), Some(people)) if self.pooled && !wanted => {
                // The usual case, in one loop.
                let root = people.sqrt();
                for (((to, count), sum), average) in to.iter_mut().zip(row.counts).zip(&columns.count).zip(&self.roots)
                {
                    let expected = everyone.divide(sum * people);
                    *to = square_root_z(count.value(), expected, average * root);
                }
            }
            (scale, _, shared) => {
                self.expect(block, row, columns);
                let cells = to.iter_mut().zip(row.counts).zip(&self.expected).zip(&self.roots);
                match (scale, shared) {
                    (Scale::SquareRoot, Some(people)) => {
                        let root = people.sqrt();
                        for (((to, count), expected), average) in cells {
                            *to = square_root_z(count.value(), *expected, average * root);
                        }
                    }
                    (Scale::Linear, Some(people)) => {
                        let root = people.sqrt();
                        for (((to, count), expected), average) in cells {
                            *to = linear_z(count.value(), *expected, average * root);
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
        leave_out(to, row.mask.unwrap_or_default());
    }

    #[inline(always)]
    fn z(&self, count: f64, expected: f64, root: f64) -> f64 {
        match self.scale {
            Scale::SquareRoot => square_root_z(count, expected, root),
            Scale::Log => log_z(count, expected, root),
            Scale::Linear => linear_z(count, expected, root),
        }
    }

    pub(super) const fn scale(&self) -> Scale {
        self.scale
    }

    #[inline(always)]
    pub(super) fn weight(scale: Scale, expected: f64) -> f64 {
        match scale {
            Scale::SquareRoot => 4.0 * expected,
            Scale::Log | Scale::Linear => expected,
        }
    }
}
