//! How often a trend is found where there is none, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod options;
    pub(crate) mod program;
}

use crimerate::{
    Error,
    time::{Series, TrendLimits, TrendRow, Trends},
};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, options, program::Failure};

const SERIES: u32 = 4_000;
const TABLES: u32 = 400;

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
    writeln!(
        out,
        "\nAny trend found by Holm at 5 % among 43 areas that expect 50 each, where there is none, per cent of {TABLES} tables\n"
    )?;
    writeln!(out, "Periods  phi   quasi  quasi-student  another than the rest")?;
    for periods in [3, 5, 8, 12, 20] {
        for phi in [1.0, 2.2, 3.0] {
            let found = any(periods, phi)?.map(|found| 100.0 * f64::from(found) / f64::from(TABLES));
            let [quasi, student, rest] = found;
            writeln!(out, "{periods:7}  {phi:3}  {quasi:6.1}  {student:13.1}  {rest:21.1}")?;
        }
    }
    Ok(out)
}

/// Tables of 43 areas in which any trend is certain by Holm, by `quasi` and by `quasi-student`, or another than that of the rest.
fn any(periods: u32, phi: f64) -> Result<[u32; 3], Error> {
    let (mut draws, mut found) = (Draws::new(31), [0; 3]);
    for _ in 0..TABLES {
        let cells = (0..43).flat_map(|area| (0..periods).map(move |at| (area, at)));
        let rows =
            cells.map(|(area, at)| (area.to_string(), (2000 + at).to_string(), draws.count(50.0, phi), 1_000_u64));
        let series = Series::from_rows(rows.collect::<Vec<_>>())?;
        let [quasi, student] =
            [TrendLimits::Quasi, TrendLimits::QuasiStudent].map(|limits| series.trends().with_limits(limits));
        let certain = |p: fn(&TrendRow) -> Option<f64>, trends: &Trends| {
            u32::from(trends.iter().any(|row| p(row).is_some_and(|p| p <= 0.05)))
        };
        found[0] += certain(|row| row.p_holm, &quasi);
        found[1] += certain(|row| row.p_holm, &student);
        found[2] += certain(|row| row.p_against_rest_holm, &student);
    }
    Ok(found)
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
