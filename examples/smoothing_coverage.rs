//! How often the limits of smoothed rates hold the true rates, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod held;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
}

use crimerate::{Average, Confidence, Error, Per, Table, smoothing::Estimator};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, held::Shares, options, plot::Picture, program::Failure};

const TABLES: u32 = 400;
const ESTIMATORS: [Estimator; 2] = [Estimator::Marshall, Estimator::GammaPoisson];

/// How often the limits of smoothed rates hold the true rates, by simulation with a fixed seed
#[derive(clap::Parser)]
#[command(name = "smoothing_coverage", version)]
struct Arguments {
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (mut out, mut shares) = (String::new(), Shares::default());
    writeln!(
        out,
        "95 % limits of smoothed rates, {TABLES} tables each: per cent that hold the true rate (tables that have limits)\n"
    )?;
    writeln!(out, "Areas  Expected                        Variation        marshall   gamma-poisson")?;
    for areas in [5, 10, 20, 43, 200] {
        for sizes in [
            Sizes::Same(1.0),
            Sizes::Same(5.0),
            Sizes::Same(20.0),
            Sizes::Same(300.0),
            Sizes::Steps,
            Sizes::Large(400.0),
            Sizes::Large(9_000.0),
        ] {
            for variation in [0.1, 0.3, 0.6] {
                let found = study(areas, sizes, variation)?;
                for (estimator, (held, asked, _)) in ESTIMATORS.into_iter().zip(found) {
                    let name = format!("{areas} areas, {sizes}, {:.0} %: {estimator}", 100.0 * variation);
                    shares.drawn(name, held, asked)?;
                }
                let shown = found.map(|(held, asked, tables)| {
                    let share = 100.0 * f64::from(held) / f64::from(asked.max(1));
                    let held = if asked == 0 { format!("{:>6}", "-") } else { format!("{share:6.1}") };
                    format!("{held} ({:3.0} %)", 100.0 * f64::from(tables) / f64::from(TABLES))
                });
                writeln!(out, "{areas:5}  {:30}{:9.0} %  {}", sizes, 100.0 * variation, shown.join("  "))?;
            }
        }
    }
    arguments.picture.draw(out, || {
        let note = "Limits: 99.8 %, as if the areas of a table were independent.";
        shares.plot("shares of limits that hold the true rate", 95.0).with_note(note)
    })
}

/// What is expected of the areas.
#[derive(Clone, Copy)]
enum Sizes {
    Same(f64),
    /// Five sizes in turn.
    Steps,
    /// This of the first, 20 of each other.
    Large(f64),
}

impl Sizes {
    fn of(self, area: usize) -> f64 {
        match self {
            Self::Same(expected) => expected,
            Self::Steps => [3.0, 10.0, 30.0, 100.0, 300.0].into_iter().cycle().nth(area).unwrap_or(3.0),
            Self::Large(first) => {
                if area == 0 {
                    first
                } else {
                    20.0
                }
            }
        }
    }
}

impl std::fmt::Display for Sizes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Same(expected) => f.pad(&format!("{expected} each")),
            Self::Steps => f.pad("3, 10, 30, 100 and 300"),
            Self::Large(first) => f.pad(&format!("{first} of one, 20 of each other")),
        }
    }
}

/// Limits that held, limits that there were, and the tables that had any, of both estimators.
fn study(areas: usize, sizes: Sizes, variation: f64) -> Result<[(u32, u32, u32); 2], Error> {
    let mut draws = Draws::new(17);
    let mut found = [(0, 0, 0); 2];
    for _ in 0..TABLES {
        let truths: Vec<f64> = (0..areas).map(|area| sizes.of(area) * draws.ratio(variation)).collect();
        let rows = truths
            .iter()
            .enumerate()
            .map(|(area, &mean)| (area.to_string(), draws.count(mean, 1.0), (1_000.0 * sizes.of(area)) as u64));
        let league = Table::from_rows(rows.collect::<Vec<_>>())?.compare(Average::POOLED);
        for (estimator, found) in ESTIMATORS.into_iter().zip(&mut found) {
            let smoothing = league.smooth(estimator);
            let limits = smoothing.iter().zip(truths.iter().zip(0..)).filter_map(|(area, (truth, place))| {
                let limits = area.interval(Confidence::P95).ok()?.per(Per::THOUSAND);
                Some(limits.contains(*truth / sizes.of(place)))
            });
            let limits: Vec<bool> = limits.collect();
            found.0 += limits.iter().map(|held| u32::from(*held)).sum::<u32>();
            found.1 += limits.len() as u32;
            found.2 += u32::from(!limits.is_empty());
        }
    }
    Ok(found)
}
