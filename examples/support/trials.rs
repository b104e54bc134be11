//! How often funnels call areas low or high that are as they should be, and how often any p by Holm is small, by simulation from
//! a fixed seed: true ratios gamma distributed, counts Poisson, the target and the dispersion estimated from the same areas.

use super::draws::Draws;
use crimerate::{
    Average, Confidence, Error, PeerGroups, Table,
    funnel::{self, Point, Position},
    interval::Correction,
};

/// What is expected of the areas, in turn.
#[derive(Debug)]
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
            Self { name: "30, 9,000", expected: std::iter::once(9_000.0).chain([30.0; 99]).collect() },
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

    /// Called low or high at 95 %.
    #[allow(dead_code, reason = "tests look at each side")]
    pub(crate) fn outside(self) -> u32 {
        self.called.first().map_or(0, |[low, high]| low + high)
    }

    /// In per cent of the tables.
    pub(crate) fn any(self) -> f64 {
        100.0 * f64::from(self.any) / f64::from(self.tables.max(1))
    }
}

/// How true values differ.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "not every program that draws needs all")]
pub(crate) enum Truth {
    /// Ratios, gamma distributed with this standard deviation.
    Ratios(f64),
    /// Counts, with phi times the variance of chance.
    Counts(f64),
    /// Proportions about 30 %, beta distributed with this standard deviation.
    Proportions(f64),
}

/// The tables that are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn<'a> {
    pub(crate) sizes: &'a Sizes,
    pub(crate) areas: usize,
    pub(crate) truth: Truth,
    /// How many areas a group has, where each is compared with its group.
    pub(crate) per_group: Option<usize>,
}

impl Drawn<'_> {
    fn table(self, draws: &mut Draws) -> Result<Table, Error> {
        const MEAN: f64 = 0.3;
        let expected = self.sizes.expected.iter().cycle();
        let rows = (0..self.areas).zip(expected).map(|(area, &expected)| {
            let (count, people) = match self.truth {
                Truth::Ratios(sd) => (draws.count(expected, 1.0 + sd * sd * expected), (expected * 1e6) as u64),
                Truth::Counts(phi) => (draws.count(expected, phi), (expected * 1e6) as u64),
                Truth::Proportions(sd) => {
                    let total = (expected / MEAN).round().max(1.0) as u64;
                    (draws.part(total, MEAN, sd * sd / (MEAN * (1.0 - MEAN))), total)
                }
            };
            (area.to_string(), count, people)
        });
        let table = Table::from_rows(rows)?;
        let Some(areas) = self.per_group else { return Ok(table) };
        let labels = (0..self.areas).map(|area| (area.to_string(), (area / areas).to_string()));
        table.with_groups(PeerGroups::from_labels("group", labels))
    }
}

/// Funnels of a number of tables, in some kinds.
pub(crate) fn trials(drawn: Drawn<'_>, kinds: &[(Average, funnel::Spec)], tables: u32) -> Result<Vec<Found>, Error> {
    let mut draws = Draws::new(13);
    let mut found = vec![Found::default(); kinds.len()];
    for _ in 0..tables {
        let table = drawn.table(&mut draws)?;
        for ((average, spec), found) in kinds.iter().zip(&mut found) {
            let average = match drawn.per_group {
                Some(_) => average.over(table.group("group")?),
                None => *average,
            };
            let league = table.compare(average);
            // Where nothing is expected nothing is asked.
            if league.tally().count() == 0 {
                continue;
            }
            match drawn.truth {
                Truth::Proportions(_) => add(league.proportion_funnel(*spec)?.iter(), found)?,
                _ => add(league.funnel(*spec).iter(), found)?,
            }
        }
    }
    Ok(found)
}

fn add<'a>(points: impl Iterator<Item = Point<'a>>, found: &mut Found) -> Result<(), Error> {
    let mut any = false;
    for point in points.filter(|point| point.position(Confidence::P95).is_ok()) {
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
