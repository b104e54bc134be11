//! How often the limits of smoothed rates hold the true rates, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod options;
    pub(crate) mod program;
}

use crimerate::{Average, Confidence, Error, Per, Table, smoothing::Estimator};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, options, program::Failure};

const TABLES: u32 = 400;

/// How often the limits of smoothed rates hold the true rates, by simulation with a fixed seed
#[derive(clap::Parser)]
#[command(name = "smoothing_coverage", version)]
struct Arguments {}

fn main() -> ExitCode {
    options::run(run)
}

fn run(_: Arguments) -> Result<String, Failure> {
    let mut out = String::new();
    writeln!(
        out,
        "95 % limits of smoothed rates, {TABLES} tables each: per cent that hold the true rate (tables that have limits)\n"
    )?;
    writeln!(out, "Areas  Expected  Variation        marshall   gamma-poisson")?;
    for areas in [5, 10, 20, 43, 200] {
        for expected in [1.0, 5.0, 20.0, 300.0] {
            for variation in [0.1, 0.3, 0.6] {
                let found = study(areas, expected, variation)?;
                let shown = found.map(|(held, asked, tables)| {
                    let share = 100.0 * f64::from(held) / f64::from(asked.max(1));
                    format!("{share:6.1} ({:3.0} %)", 100.0 * f64::from(tables) / f64::from(TABLES))
                });
                writeln!(out, "{areas:5}  {expected:8}  {:7.0} %  {}", 100.0 * variation, shown.join("  "))?;
            }
        }
    }
    Ok(out)
}

/// Limits that held, limits that there were, and the tables that had any, of both estimators.
fn study(areas: usize, expected: f64, variation: f64) -> Result<[(u32, u32, u32); 2], Error> {
    let mut draws = Draws::new(17);
    let mut found = [(0, 0, 0); 2];
    for _ in 0..TABLES {
        let truths: Vec<f64> = (0..areas).map(|_| expected * draws.ratio(variation)).collect();
        let rows = truths.iter().enumerate().map(|(area, &mean)| (area.to_string(), draws.count(mean, 1.0), 1_000));
        let league = Table::from_rows(rows.collect::<Vec<_>>())?.compare(Average::POOLED);
        for (estimator, found) in [Estimator::Marshall, Estimator::GammaPoisson].into_iter().zip(&mut found) {
            let smoothing = league.smooth(estimator);
            let limits = smoothing.iter().zip(&truths).filter_map(|(area, truth)| {
                let limits = area.interval(Confidence::P95).ok()?.per(Per::THOUSAND);
                Some(limits.contains(*truth))
            });
            let limits: Vec<bool> = limits.collect();
            found.0 += limits.iter().map(|held| u32::from(*held)).sum::<u32>();
            found.1 += limits.len() as u32;
            found.2 += u32::from(!limits.is_empty());
        }
    }
    Ok(found)
}
