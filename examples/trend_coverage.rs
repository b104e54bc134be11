//! How often a trend is found where there is none, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod options;
    pub(crate) mod program;
}

use crimerate::{
    Error,
    time::{Series, TrendLimits},
};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, options, program::Failure};

const SERIES: u32 = 4_000;

/// How often a trend is found where there is none, by simulation with a fixed seed
#[derive(clap::Parser)]
#[command(name = "trend_coverage", version)]
struct Arguments {}

fn main() -> ExitCode {
    options::run(run)
}

fn run(_: Arguments) -> Result<String, Failure> {
    let mut out = String::new();
    writeln!(
        out,
        "Trends found at 5 % where there is none, per cent of {SERIES} series each (those that have a trend)\n"
    )?;
    writeln!(out, "Periods  Expected  phi  poisson   quasi  quasi-student  have a trend")?;
    for periods in [3, 5, 12, 40] {
        for expected in [1.0, 5.0, 50.0] {
            for phi in [1.0, 3.0] {
                let (found, asked) = study(periods, expected, phi)?;
                let [poisson, quasi, student] = found.map(|found| 100.0 * f64::from(found) / f64::from(asked.max(1)));
                let share = 100.0 * f64::from(asked) / f64::from(SERIES);
                writeln!(
                    out,
                    "{periods:7}  {expected:8}  {phi:3}  {poisson:7.1}  {quasi:6.1}  {student:13.1}  {share:11.1}%"
                )?;
            }
        }
    }
    Ok(out)
}

/// How many trends are significant by each kind of limits, and how many series have one.
fn study(periods: u32, expected: f64, phi: f64) -> Result<([u32; 3], u32), Error> {
    let (mut draws, mut found, mut asked) = (Draws::new(29), [0; 3], 0);
    for _ in 0..SERIES {
        let rows: Vec<_> =
            (0..periods).map(|at| ("A", (2000 + at).to_string(), draws.count(expected, phi), 1_000_u64)).collect();
        let series = Series::from_rows(rows)?;
        let Ok(trend) = series.area("A")?.trend() else { continue };
        asked += 1;
        for (limits, found) in TrendLimits::ALL.iter().zip(&mut found) {
            *found += u32::from(trend.p(*limits) <= 0.05);
        }
    }
    Ok((found, asked))
}
