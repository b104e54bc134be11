//! How often funnels call areas low or high that are as they should be, and how often any p by Holm is small, by simulation from
//! a fixed seed: true ratios gamma distributed, counts Poisson, the target and the dispersion estimated from the same areas.

use super::draws::Draws;
use crimerate::{
    Average, Confidence, Error, Table,
    funnel::{self, Position},
    interval::Correction,
};

/// What is expected of the areas, in turn.
pub(crate) struct Sizes {
    pub(crate) name: &'static str,
    pub(crate) expected: Vec<f64>,
}

impl Sizes {
    pub(crate) fn all() -> Vec<Self> {
        let same = |name, expected| Self { name, expected: vec![expected] };
        let mixed = |name, least: f64, most: f64| {
            let step = |step: u32| least * (most / least).powf(f64::from(step) / 19.0);
            Self { name, expected: (0..20).map(step).collect() }
        };
        vec![
            same("0.5", 0.5),
            same("2", 2.0),
            same("5", 5.0),
            same("20", 20.0),
            same("300", 300.0),
            mixed("0.3 to 20", 0.3, 20.0),
            mixed("20 to 2,000", 20.0, 2_000.0),
        ]
    }
}

/// What a number of tables came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    pub(crate) areas: u32,
    /// Called low and high, at 95 % and at 99.8 %.
    pub(crate) called: [[u32; 2]; 2],
    pub(crate) tables: u32,
    /// Tables in which any p by Holm is at most 5 %.
    pub(crate) any: u32,
}

impl Found {
    /// In per cent of the areas: low and high, at 95 % and at 99.8 %.
    pub(crate) fn shares(self) -> [[f64; 2]; 2] {
        self.called.map(|level| level.map(|called| 100.0 * f64::from(called) / f64::from(self.areas.max(1))))
    }

    /// In per cent of the tables.
    pub(crate) fn any(self) -> f64 {
        100.0 * f64::from(self.any) / f64::from(self.tables.max(1))
    }
}

/// Draws of tables of so many areas, whose true ratios have this standard deviation, in funnels of some kinds.
pub(crate) fn trials(
    sizes: &Sizes,
    areas: usize,
    variation: f64,
    kinds: &[(Average, funnel::Spec)],
    tables: u32,
) -> Result<Vec<Found>, Error> {
    let mut draws = Draws::new(13);
    let mut found = vec![Found::default(); kinds.len()];
    for _ in 0..tables {
        let rows = (0..areas).zip(sizes.expected.iter().cycle()).map(|(area, &expected)| {
            let count = draws.count(expected, 1.0 + variation * variation * expected);
            (area.to_string(), count, (expected * 1e6) as u64)
        });
        let table = Table::from_rows(rows)?;
        for ((average, spec), found) in kinds.iter().zip(&mut found) {
            let league = table.compare(*average);
            // Where nothing is expected nothing is asked.
            if league.tally().count() > 0 {
                add(&league.funnel(*spec), found)?;
            }
        }
    }
    Ok(found)
}

fn add(funnel: &funnel::Funnel, found: &mut Found) -> Result<(), Error> {
    let mut any = false;
    for point in funnel.iter().filter(|point| point.position(Confidence::P95).is_ok()) {
        found.areas += 1;
        for (level, called) in [Confidence::P95, Confidence::P99_8].into_iter().zip(&mut found.called) {
            let position = point.position(level)?;
            let [low, high] = called;
            *low += u32::from(position == Position::Low);
            *high += u32::from(position == Position::High);
        }
        any |= point.p_adjusted(Correction::Holm).is_ok_and(|p| p <= 0.05);
    }
    found.tables += 1;
    found.any += u32::from(any);
    Ok(())
}
