//! How often rank sets hold the true ranks, by simulation with a fixed seed.

mod support {
    pub(crate) mod draws;
    pub(crate) mod held;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
}

use crimerate::{
    Average, Error, Row, Table,
    interval::{Test, WithinDispersion},
    rank,
};
use std::{fmt::Write, process::ExitCode};
use support::{draws::Draws, held::Shares, options, plot::Picture, program::Failure};

const REPLICATES: u32 = 5_000;

/// True rates per 1,000 of areas, and how much more than Poisson counts theirs vary from period to period.
struct World {
    title: &'static str,
    rates: [f64; AREAS],
    phi: f64,
}

const AREAS: usize = 12;
const THOUSANDS: [f64; AREAS] = [0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 8.0, 8.0, 16.0, 16.0, 32.0, 64.0];

fn worlds() -> [World; 5] {
    let equal = [5.0; AREAS];
    let steps = [2.0, 2.0, 2.0, 2.0, 5.0, 5.0, 5.0, 5.0, 10.0, 10.0, 10.0, 10.0];
    let apart = [9.0, 2.0, 5.5, 3.0, 8.0, 4.0, 5.0, 7.0, 3.5, 6.0, 4.5, 5.2];
    let world = |title, rates, phi| World { title, rates, phi };
    [
        world("Equal rates", equal, 1.0),
        world("Three rates, four areas each", steps, 1.0),
        world("Twelve rates", apart, 1.0),
        world("Equal rates, variation within areas 2.2", equal, 2.2),
        world("Twelve rates, variation within areas 2.2", apart, 2.2),
    ]
}

/// By a test of Poisson counts, or with variation within areas.
#[derive(Clone, Copy)]
enum Kind {
    Chance(Test),
    Within,
}

const FAMILIES: [rank::Family; 2] = [rank::Family::Simultaneous, rank::Family::Marginal];

const KINDS: [Kind; 3] = [Kind::Chance(Test::Exact), Kind::Chance(Test::MidP), Kind::Within];

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Chance(test) => test.name(),
            Self::Within => "phi 2.2",
        }
    }

    fn of(self, family: rank::Family) -> Result<rank::Spec, Error> {
        match self {
            Self::Chance(test) => Ok((family, test).into()),
            Self::Within => Ok(rank::Spec::from(family).with_dispersion(WithinDispersion::new(2.2)?)),
        }
    }
}

/// What one kind of sets came to.
#[derive(Clone, Copy, Default)]
struct Found {
    all: u32,
    one: u32,
    least: [u32; AREAS],
    length: usize,
}

/// How often rank sets hold the true ranks, by simulation with a fixed seed
#[derive(clap::Parser)]
#[command(name = "rank_coverage", version)]
struct Arguments {
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (mut out, mut held) = (String::new(), Shares::default());
    writeln!(out, "Rank sets at 95 % of 12 areas of 500 to 64,000 people, 5,000 draws of their counts\n")?;
    for world in worlds() {
        study(&world, &mut out, &mut held)?;
    }
    writeln!(out, "All: per cent of draws in which every set holds all places of its area's true rate.")?;
    writeln!(
        out,
        "Least: of the areas, the one whose set does so least often. Length: mean number of ranks in a set."
    )?;
    writeln!(out, "3 standard errors at 95 %: {:.1}.\n", 300.0 * (0.95 * 0.05 / f64::from(REPLICATES)).sqrt())?;
    small_counts(&mut out)?;
    arguments.picture.draw(out, || {
        let note = "Simultaneous: draws in which every set holds. Marginal: those in which the set of one area does, of the area whose set does so least \
                    often. Limits: 99.8 %, of 5,000 draws.";
        held.plot("shares of rank sets that hold", 95.0).with_note(note)
    })
}

/// Sets that know of a variation within areas, by how many offences an area has.
fn small_counts(out: &mut String) -> Result<(), Failure> {
    const DRAWS: u32 = 1_000;
    const PHI: f64 = 2.2;
    writeln!(
        out,
        "Twelve areas of one size with equal rates, variation within areas 2.2, {DRAWS} draws: simultaneous sets that hold"
    )?;
    writeln!(out, "all ranks, and marginal sets that hold theirs\n")?;
    writeln!(out, "{:12}{:>18}{:>26}{:>26}", "", "phi 2.2 given", "phi of 3 periods", "phi of 9 periods")?;
    writeln!(out, "Mean count  {}", format!("{:>14}{:>10}", "simultaneous", "marginal").repeat(3).trim_end())?;
    for mean in [3.0, 6.0, 12.0, 50.0, 300.0] {
        let mut draws = Draws::new(29);
        let mut held = [[0_usize; 2]; 3];
        for _ in 0..DRAWS {
            let mut counts = |periods: usize| -> Vec<Vec<u64>> {
                (0..AREAS).map(|_| (0..periods).map(|_| draws.count(mean, PHI)).collect()).collect()
            };
            let rows =
                counts(1).into_iter().flatten().zip(0..).map(|(count, i)| Row::new(format!("{i}"), count, 1_000));
            let league = Table::from_rows(rows)?.compare(Average::POOLED);
            let [three, nine] = [counts(3), counts(9)].map(WithinDispersion::estimate);
            for (within, held) in [WithinDispersion::new(PHI)?, three?, nine?].into_iter().zip(&mut held) {
                let full = |family: rank::Family| -> Result<usize, Error> {
                    let sets = league.rank_sets(rank::Spec::from(family).with_dispersion(within))?;
                    Ok(sets.iter().filter(|set| (set.lower(), set.upper()) == (1, AREAS)).count())
                };
                let [all, one] = held;
                *all += usize::from(full(rank::Family::Simultaneous)? == AREAS);
                *one += full(rank::Family::Marginal)?;
            }
        }
        write!(out, "{mean:10}  ")?;
        for [all, one] in held {
            let cent = |held: usize, of: u32| 100.0 * held as f64 / f64::from(of);
            write!(out, "{:14.1}{:10.1}", cent(all, DRAWS), cent(one, DRAWS * AREAS as u32))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn study(world: &World, out: &mut String, held: &mut Shares) -> Result<(), Failure> {
    writeln!(out, "{:42}{:>26}{:>26}", world.title, "simultaneous", "marginal")?;
    writeln!(out, "{:42}{:>7}{:>9}{:>10}{:>7}{:>9}{:>10}", "", "all", "least", "length", "all", "least", "length")?;
    let mut found = [[Found::default(); 2]; 3];
    let mut draws = Draws::new(2020);
    for _ in 0..REPLICATES {
        let means = world.rates.iter().zip(THOUSANDS).map(|(rate, thousands)| (rate * thousands, thousands));
        let rows: Vec<Row> = (0..)
            .zip(means)
            .map(|(i, (mean, thousands))| {
                Row::new(format!("{i}"), draws.count(mean, world.phi), (thousands * 1_000.0) as u64)
            })
            .collect();
        let league = Table::from_rows(rows)?.compare(Average::POOLED);
        for (kind, found) in KINDS.into_iter().zip(&mut found) {
            for (family, found) in FAMILIES.into_iter().zip(found) {
                let sets = league.rank_sets(kind.of(family)?)?;
                let mut missed = false;
                for ((set, rate), least) in sets.iter().zip(world.rates).zip(&mut found.least) {
                    let first = 1 + world.rates.iter().filter(|other| **other > rate).count();
                    let last = AREAS - world.rates.iter().filter(|other| **other < rate).count();
                    let holds = set.lower() <= first && last <= set.upper();
                    *least += u32::from(holds);
                    missed |= !holds;
                    found.length += set.upper() + 1 - set.lower();
                }
                found.all += u32::from(!missed);
                found.one = found.least.iter().copied().min().unwrap_or(0);
            }
        }
    }
    let cent = |draws: u32| 100.0 * f64::from(draws) / f64::from(REPLICATES);
    for (kind, both) in KINDS.into_iter().zip(found) {
        write!(out, "{:42}", kind.name())?;
        for (family, found) in FAMILIES.into_iter().zip(&both) {
            let found = if family == rank::Family::Simultaneous { found.all } else { found.one };
            held.drawn(format!("{}: {}, {family}", world.title, kind.name()), found, REPLICATES)?;
        }
        for Found { all, one, length, .. } in both {
            let length = length as f64 / (AREAS as f64 * f64::from(REPLICATES));
            write!(out, "{:7.1}{:9.1}{length:10.2}", cent(all), cent(one))?;
        }
        writeln!(out)?;
    }
    writeln!(out)?;
    Ok(())
}
