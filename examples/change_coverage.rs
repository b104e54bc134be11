//! How often changes and rates of counts that vary by more than chance are told right, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod held;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
}

use crimerate::{
    Confidence, Error, Interval, Order, Per, Table,
    interval::{Spec, Widening, WithinDispersion},
    rank::OverTime,
    time::{Changes, Row, Series},
};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, held::Shares, options, plot::Picture, program::Failure};

const TABLES: u32 = 400;
const COUNTS: u32 = 20_000;
const AREAS: usize = 20;
const MOVING: usize = 9;
const PERIODS: usize = 8;
const PHI: f64 = 2.2;

/// How often changes and rates of counts that vary by more than chance are told right, by simulation with a fixed seed
#[derive(clap::Parser)]
#[command(name = "change_coverage", version)]
struct Arguments {
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (mut out, mut held) = (String::new(), Shares::default());
    writeln!(out, "Changes of {AREAS} areas that did not change, phi_w {PHI}, {TABLES} tables each, per cent\n")?;
    writeln!(
        out,
        "Hold: of intervals at 95 %, those that hold no change. Holm: of tables, those in which any area is said to have changed at 5 %."
    )?;
    writeln!(
        out,
        "Rest: the same of changes against all other areas. phi_w is not allowed for, given, or estimated from {PERIODS} earlier periods.\n"
    )?;
    writeln!(out, "               chance alone         phi_w given     phi_w estimated")?;
    writeln!(out, "Expected  hold  holm  rest   hold  holm  rest   hold  holm  rest")?;
    for expected in [3.0, 10.0, 30.0, 100.0, 300.0] {
        let found = study(expected)?;
        for (within, [hold, ..]) in ["chance alone", "phi_w given", "phi_w estimated"].into_iter().zip(found) {
            held.drawn(format!("changes, {expected} each: {within}"), hold, TABLES * AREAS as u32)?;
        }
        let [alone, given, estimated] = found.map(|found| {
            let share = |number: u32, of: u32| 100.0 * f64::from(number) / f64::from(of);
            let [hold, holm, rest] = found;
            let hold = share(hold, TABLES * AREAS as u32);
            format!("{hold:6.1}{:6.1}{:6.1}", share(holm, TABLES), share(rest, TABLES))
        });
        writeln!(out, "{expected:8}{alone} {given} {estimated}")?;
    }
    writeln!(
        out,
        "\nRanks over {PERIODS} periods of {MOVING} areas whose true rates stay, phi_w {PHI}: per cent of {TABLES} series in which anyone moved for certain\n"
    )?;
    writeln!(out, "Expected  chance alone  phi_w of the series")?;
    for expected in [10.0, 30.0, 300.0] {
        let [alone, estimated] = moves(expected)?.map(|moved| 100.0 * f64::from(moved) / f64::from(TABLES));
        writeln!(out, "{expected:8}  {alone:12.1}  {estimated:19.1}")?;
    }
    writeln!(
        out,
        "\nIntervals of one count at 95 %, phi_w {PHI} as given, {COUNTS} counts each, per cent that hold its mean\n"
    )?;
    writeln!(out, "Expected  exact  stretched  quasi")?;
    for expected in [1.0, 3.0, 10.0, 30.0, 100.0, 300.0] {
        let found = rates(expected)?;
        for (limits, holds) in ["exact", "stretched", "quasi"].into_iter().zip(found) {
            held.drawn(format!("one count, {expected}: {limits}"), holds, COUNTS)?;
        }
        let [exact, stretched, quasi] = found.map(|holds| 100.0 * f64::from(holds) / f64::from(COUNTS));
        writeln!(out, "{expected:8}  {exact:5.1}  {stretched:9.1}  {quasi:5.1}")?;
    }
    arguments.picture.draw(out, || {
        let note = format!("Counts have {PHI} times the variance of chance. Limits: 99.8 %, as if the areas of a table were independent.");
        held.plot("95 % intervals that hold what is true", 95.0).with_note(note)
    })
}

/// In how many series anyone is said to have moved for certain: by chance alone, and with phi_w of the series.
fn moves(expected: f64) -> Result<[u32; 2], Error> {
    let (mut draws, mut found) = (Draws::new(41), [0; 2]);
    for _ in 0..TABLES {
        // One area in three at half the rate of the others.
        let mean = |area: usize| if area.is_multiple_of(3) { expected } else { 2.0 * expected };
        let cells = (0..MOVING).flat_map(|area| (0..PERIODS).map(move |at| (area, at)));
        let rows = cells
            .map(|(area, at)| (format!("{area}"), (2001 + at).to_string(), draws.count(mean(area), PHI), 1_000_u64));
        let over_time = OverTime::of(&Series::from_rows(rows.collect::<Vec<_>>())?, Order::Highest, Confidence::P95)?;
        found[1] += u32::from(over_time.moved().next().is_some());
        found[0] += u32::from(over_time.with_dispersion(None)?.moved().next().is_some());
    }
    Ok(found)
}

/// How many intervals hold the mean: by chance alone, stretched and quasi.
fn rates(expected: f64) -> Result<[u32; 3], Error> {
    let (mut draws, mut found) = (Draws::new(37), [0; 3]);
    let wider = Spec::default().with_dispersion(WithinDispersion::new(PHI)?);
    let specs = [Spec::default(), wider, wider.with_widening(Widening::Quasi)];
    for _ in 0..COUNTS {
        let count = draws.count(expected, PHI);
        for (spec, found) in specs.iter().zip(&mut found) {
            *found += u32::from(Interval::of_count(count, *spec).contains(expected));
        }
    }
    Ok(found)
}

/// How many intervals hold no change, and in how many tables any area is said to have changed, or otherwise than the rest: by chance alone,
/// with phi_w given and estimated.
fn study(expected: f64) -> Result<[[u32; 3]; 3], Error> {
    let (mut draws, mut found) = (Draws::new(31), [[0; 3]; 3]);
    for _ in 0..TABLES {
        let mut counts = |_| draws.count(expected, PHI);
        let earlier: Vec<Vec<u64>> = (0..AREAS).map(|_| (0..PERIODS).map(&mut counts).collect()).collect();
        let table = |counts: Vec<u64>| {
            Table::from_rows(counts.into_iter().enumerate().map(|(area, count)| (format!("{area}"), count, 1_000_u64)))
        };
        let [before, after] = [0, 1].map(|_| table((0..AREAS).map(&mut counts).collect()));
        let changes: Changes = before?.change_to(&after?)?;
        let laws = [None, Some(WithinDispersion::new(PHI)?), Some(WithinDispersion::estimate(&earlier)?)];
        for (within, found) in laws.into_iter().zip(&mut found) {
            let report = changes.per(Per::THOUSAND);
            let report = within.map_or(report.clone(), |within| report.with_dispersion(within));
            let holds = |row: &Row| row.lower.is_none_or(|low| low <= 0.0) && row.upper.is_none_or(|high| high >= 0.0);
            found[0] += report.rows().iter().filter(|row| holds(row)).count() as u32;
            found[1] += u32::from(report.significant(Confidence::P95).next().is_some());
            let apart = |row: &Row| row.p_against_rest_holm.is_some_and(|p| p <= 0.05);
            found[2] += u32::from(report.rows().iter().any(apart));
        }
    }
    Ok(found)
}
