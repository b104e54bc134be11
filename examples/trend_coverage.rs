//! How often a trend is found where there is none but a season, how often charts signal where nothing changed, and how much counts are said to vary that
//! have seasons, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod held;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
}

use crimerate::{
    Error, Period,
    interval::{TestSpec, WithinDispersion},
    time::{ChartKind, Series, TrendLimits, TrendRow, Trends},
};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, held::Shares, options, plot::Picture, program::Failure};

const SERIES: u32 = 4_000;
const TABLES: u32 = 400;

/// How often a trend is found where there is none, and how often charts signal where nothing changed, by simulation with a fixed seed
#[derive(clap::Parser)]
#[command(name = "trend_coverage", version)]
struct Arguments {
    /// Trends of months that have a season and nothing else
    #[arg(long)]
    seasons: bool,
    /// Signals of control charts of months where nothing changed but the season
    #[arg(long, conflicts_with = "seasons")]
    charts: bool,
    /// phi_w of months in which areas have seasons, and changes on a year before that are found where there are none
    #[arg(long, conflicts_with_all = ["seasons", "charts"])]
    variation: bool,
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (mut out, mut found) = (String::new(), Shares::default());
    let trends = ("trends found at 5 % where there is none", 5.0);
    let (what, promised) = match arguments {
        Arguments { seasons: true, .. } => seasons(&mut out, &mut found).map(|()| trends)?,
        Arguments { charts: true, .. } => {
            charts(&mut out, &mut found).map(|()| ("signals where nothing changed, of those that are said", 100.0))?
        }
        Arguments { variation: true, .. } => {
            variation(&mut out, &mut found).map(|()| ("changes found at 5 % where there are none", 5.0))?
        }
        Arguments { .. } => years(&mut out, &mut found).map(|()| trends)?,
    };
    arguments
        .picture
        .draw(out, || found.plot(what, promised).with_note("Limits: 99.8 %, of the series that were drawn."))
}

/// Trends of years.
fn years(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    writeln!(
        out,
        "Trends found at 5 % where there is none, per cent of {SERIES} series each (those that have a trend)\n"
    )?;
    writeln!(out, "Periods  Expected  phi  poisson   quasi  quasi-student  have a trend")?;
    for periods in [3, 5, 12, 40] {
        for expected in [1.0, 5.0, 50.0] {
            for phi in [1.0, 3.0] {
                let (found, asked) = study(periods, expected, phi)?;
                for (limits, found) in TrendLimits::ALL.iter().zip(found) {
                    shares.drawn(format!("{periods} periods of {expected}, phi {phi}: {limits}"), found, asked)?;
                }
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
    Ok(())
}

/// What months have of a mean month, where the season's height is 1: nothing in winter and twice as many in summer.
const SEASON: [f64; 12] = [-1.0, -1.0, -0.4, 0.0, 0.3, 0.6, 1.0, 1.0, 0.4, 0.0, -0.4, -0.5];

/// Months of an area from January 2000 on.
fn months(counts: impl IntoIterator<Item = u64>) -> Result<Series, Error> {
    let rows =
        (0..).zip(counts).map(|(at, count)| Ok(("A", Period::month(2000 + at / 12, at % 12 + 1)?, count, 1_000_u64)));
    Series::from_rows(rows.collect::<Result<Vec<_>, Error>>()?)
}

/// Trends of months that have a season and nothing else.
fn seasons(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    writeln!(
        out,
        "Trends of months found at 5 % where there is a season and no trend, per cent of {SERIES} series each\n"
    )?;
    writeln!(out, "Years  Expected  Season  phi  poisson   quasi  quasi-student")?;
    for years in [2, 3, 5, 10] {
        for (expected, height) in [(5.0, 0.0), (5.0, 0.6), (50.0, 0.3)] {
            for phi in [1.0, 3.0] {
                let (mut draws, mut found, mut asked) = (Draws::new(37), [0_u32; 3], 0_u32);
                for _ in 0..SERIES {
                    let counts = SEASON.iter().cycle().take(12 * years);
                    let counts = counts.map(|season| draws.count(expected * (1.0 + height * season), phi));
                    let series = months(counts.collect::<Vec<_>>())?;
                    let Ok(trend) = series.area("A")?.trend() else { continue };
                    asked += 1;
                    for (limits, found) in TrendLimits::ALL.iter().zip(&mut found) {
                        *found += u32::from(trend.p(*limits) <= 0.05);
                    }
                }
                let percent = 100.0 * height;
                for (limits, found) in TrendLimits::ALL.iter().zip(found) {
                    let name = format!("{years} years of {expected} a month, season {percent} %, phi {phi}: {limits}");
                    shares.drawn(name, found, asked)?;
                }
                let [poisson, quasi, student] = found.map(|found| 100.0 * f64::from(found) / f64::from(asked.max(1)));
                writeln!(
                    out,
                    "{years:5}  {expected:8}  {percent:4.0} %  {phi:3}  {poisson:7.1}  {quasi:6.1}  {student:13.1}"
                )?;
            }
        }
    }
    Ok(())
}

/// Signals of a base of months and those after it, in which nothing changes but the season, beside those that are said to be expected.
fn charts(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    const AFTER: usize = 36;
    writeln!(
        out,
        "Signals of a base of months and {AFTER} after it where nothing changed but the season, 100 expected a month, mean of {TABLES} charts; and as many as are said\n"
    )?;
    writeln!(out, "Base  Season  phi        u  said    laney  said")?;
    for base in [4, 12, 24, 60] {
        for (height, phi) in [(0.0, 1.0), (0.0, 3.0), (0.1, 1.0), (0.3, 1.0)] {
            let (mut draws, mut found, mut said) = (Draws::new(41), [0.0; 2], [0.0; 2]);
            for _ in 0..TABLES {
                let counts = SEASON.iter().cycle().take(base + AFTER);
                let counts = counts.map(|season| draws.count(100.0 * (1.0 + height * season), phi));
                let series = months(counts.collect::<Vec<_>>())?;
                let all = series.periods();
                let (Some(first), Some(last)) = (all.first(), all.get(base - 1)) else { continue };
                let period = Period::from_to(*first, *last)?;
                for ((kind, found), said) in
                    [ChartKind::U, ChartKind::LaneyU].into_iter().zip(&mut found).zip(&mut said)
                {
                    let chart = series.area("A")?.chart(kind, Some(period))?;
                    let tables = f64::from(TABLES);
                    *found += chart.signals().count() as f64 / tables;
                    *said += chart.false_alarms().all() / tables;
                }
            }
            let [u, laney] = found;
            let [u_said, laney_said] = said;
            for (chart, (found, said)) in ["u", "laney"].into_iter().zip(found.into_iter().zip(said)) {
                let name = format!("base of {base}, season {:.0} %, phi {phi}: {chart}", 100.0 * height);
                shares.exact(name, 100.0 * found / said);
            }
            writeln!(
                out,
                "{base:4}  {:4.0} %  {phi:3}  {u:7.2}  {u_said:4.2}  {laney:7.2}  {laney_said:4.2}",
                100.0 * height
            )?;
        }
    }
    Ok(())
}

/// Who has the season of months in which nothing else happens, or a step.
#[derive(Clone, Copy)]
enum Apart {
    Nobody,
    Everybody,
    /// The first area alone.
    One,
    /// Each area, from a month of its own on.
    Each,
    /// The first area alone, twice as many from the middle on.
    Step,
}

impl Apart {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Nobody, "none"),
        (Self::Everybody, "common"),
        (Self::One, "of one"),
        (Self::Each, "of each"),
        (Self::Step, "step"),
    ];

    /// How many times the mean of its area a month has, of a number of months.
    fn times(self, area: usize, at: usize, months: usize) -> f64 {
        let season = |at: usize| 1.0 + 0.5 * SEASON.get(at % 12).unwrap_or(&0.0);
        match self {
            Self::Everybody => season(at),
            Self::One if area == 0 => season(at),
            Self::Each => season(at + 5 * area),
            Self::Step if area == 0 && at >= months / 2 => 2.0,
            _ => 1.0,
        }
    }
}

/// phi_w of areas that have seasons, and changes of the last months on a year before that are found at 5 % by it.
fn variation(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    const AREAS: usize = 10;
    writeln!(
        out,
        "phi_w of {AREAS} areas, mean of {TABLES} series, and changes of the last month on a year before at 5 % where there are none, per cent of all areas'.\n\
         A season is of up to 50 % about the mean. By levels of each area, and of each area in each month of the year (as phi_w is estimated).\n"
    )?;
    writeln!(out, "Years  Expected  Season   phi  levels: phi_w  found  of months: phi_w  found")?;
    for years in [2, 5] {
        for expected in [2.0, 200.0] {
            for (apart, called) in Apart::ALL {
                for phi in [1.0, 2.2] {
                    let [(plain, found), (own, fewer)] = varied((years, AREAS), expected, apart, phi)?;
                    for (levels, found) in [("levels", found), ("of months", fewer)] {
                        shares.exact(format!("{years} years of {expected}, {called}, phi {phi}: {levels}"), found);
                    }
                    writeln!(
                        out,
                        "{years:5}  {expected:8}  {called:7}  {phi:3}  {plain:13.2}  {found:5.1}  {own:16.2}  {fewer:5.1}"
                    )?;
                }
            }
        }
    }
    Ok(())
}

/// By levels of areas, and of areas in each month of the year: the mean phi_w, and the per cent of changes that are found by it.
fn varied((years, areas): (usize, usize), expected: f64, apart: Apart, phi: f64) -> Result<[(f64, f64); 2], Error> {
    let (mut draws, mut sums, mut asked) = (Draws::new(43), [(0.0, 0.0); 2], 0.0);
    let months = 12 * years;
    for _ in 0..TABLES {
        let counts: Vec<Vec<u64>> = (0..areas)
            .map(|area| (0..months).map(|at| draws.count(expected * apart.times(area, at, months), phi)).collect())
            .collect();
        let rows = counts.iter().enumerate().flat_map(|(area, counts)| {
            let month = |at: u32| Period::month(2000 + at / 12, at % 12 + 1);
            (0..).zip(counts).map(move |(at, count)| Ok((area.to_string(), month(at)?, *count, 1_000_u64)))
        });
        let series = Series::from_rows(rows.collect::<Result<Vec<_>, Error>>()?)?;
        let Some(last) = series.periods().last() else { continue };
        // The one that has a step changed.
        let changed = usize::from(matches!(apart, Apart::Step));
        asked += (areas - changed) as f64;
        let each = [WithinDispersion::estimate(&counts)?, WithinDispersion::of_series(&series)?];
        for (within, (mean, found)) in each.into_iter().zip(&mut sums) {
            *mean += within.phi() / f64::from(TABLES);
            let spec = TestSpec::default().with_dispersion(within);
            for area in series.iter().skip(changed) {
                let change = area.change_on_year_before(*last)?.map(|change| change.interval(spec));
                *found += f64::from(u8::from(change.is_some_and(|it| it.lower() > 0.0 || it.upper() < 0.0)));
            }
        }
    }
    Ok(sums.map(|(mean, found)| (mean, 100.0 * found / asked)))
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
