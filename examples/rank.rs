//! Ranks areas and says how sure the ranks are.
//!
//! Without a file it shows knife offences in English police forces. With one, the file is CSV with the columns `area`,
//! `count` and `population`. Simulation is a feature: run with `--features simulation`.

mod support {
    pub(crate) mod dispersion;
    pub(crate) mod figures;
    pub(crate) mod form;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod plot;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod ranking;
    pub(crate) mod shape;
    pub(crate) mod source;
    pub(crate) mod varying;
}

use clap::{Parser, ValueEnum};
use crimerate::{
    LeagueTable, Ties, Undefined,
    interval::{self, Test, WithinDispersion},
    rank::{self, CountModel, Replicate},
};
use std::process::ExitCode;
use support::{
    options,
    output::Printing,
    plot::Picture,
    program::Failure,
    ranking::Ranking,
    source::{Reading, Source},
    varying::Estimated,
};

/// Ranks areas and says how sure the ranks are.
#[derive(Parser)]
#[command(name = "rank", version)]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    ranking: Ranking,
    /// Where the ranks that an area may have are from
    #[arg(long, value_enum, default_value = "exact")]
    method: Method,
    /// For one area chosen beforehand or for all at once: marginal or simultaneous
    #[arg(long, value_name = "FAMILY", default_value = "simultaneous")]
    sets: rank::Family,
    #[command(flatten)]
    varying: Estimated,
    /// The law of counts in replicate years; with a dispersion it is over-dispersed
    #[arg(long, value_enum, default_value = "poisson", conflicts_with_all = ["dispersion", "series"])]
    law: Law,
    /// The seed of a simulation; 1 without it
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// How many years a simulation has; 10,000 without it. With sets, this or a seed asks for simulated probabilities
    #[arg(long, value_name = "NUMBER")]
    replicates: Option<u32>,
    #[command(flatten)]
    picture: Picture,
    /// Draw how likely each rank is for this area in replicate years instead
    #[arg(long, value_name = "NAME", requires = "plot")]
    area: Option<String>,
    #[command(flatten)]
    printing: Printing,
}

#[derive(Clone, Copy, ValueEnum)]
enum Method {
    /// Confidence sets by exact tests of all pairs
    Exact,
    /// Confidence sets by mid-P tests of all pairs
    MidP,
    /// Intervals of ranks in replicate years, worked out
    Distribution,
    /// Intervals of ranks in replicate years, simulated
    Simulation,
}

#[derive(Clone, Copy, ValueEnum)]
enum Law {
    /// About what was counted
    Poisson,
    /// About rates that are themselves uncertain
    GammaPoisson,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let table = arguments.source.table()?;
    let within = arguments.varying.within(&arguments.source, table.areas())?;
    let law = match (within, arguments.law) {
        (Some(within), _) => CountModel::Overdispersed(within),
        (None, Law::Poisson) => CountModel::Poisson,
        (None, Law::GammaPoisson) => CountModel::GammaPoisson,
    };
    let test = match arguments.method {
        Method::Exact => Some(Test::Exact),
        Method::MidP => Some(Test::MidP),
        Method::Distribution | Method::Simulation => None,
    };
    if test.is_none() && arguments.ranking.ties == Ties::Dense {
        return Err("dense ranks have no intervals in replicate years".into());
    }
    let spec = match (arguments.method, arguments.replicates, arguments.seed) {
        (Method::Distribution, Some(_), _) | (Method::Distribution, _, Some(_)) => {
            return Err("a distribution is worked out: it takes no seed and no replicates".into());
        }
        (Method::Exact | Method::MidP | Method::Distribution, None, None) => law.into(),
        (_, replicates, seed) => simulated(law, replicates.unwrap_or(10_000), seed.unwrap_or(1))?,
    };
    let interval = interval::Spec::from(arguments.ranking.confidence);
    let interval = within.map_or(interval, |within| interval.with_dispersion(within));
    let league = table.compare(arguments.ranking.against(arguments.reading.average()?).with_interval(interval));
    let report = match test {
        Some(test) => sets(&league, &arguments, test, within)?.with_probabilities(spec),
        None => {
            let found = league.replicate_ranks(spec)?;
            found.per(arguments.reading.per).with_confidence(arguments.ranking.confidence)
        }
    };
    let printed = arguments.printing.report(&report, rank::Report::csv)?;
    let printed = arguments.source.told(arguments.printing.format, printed)?;
    let area = arguments.area.as_ref();
    arguments.picture.draw_some(printed, || {
        area.map_or_else(|| Ok(arguments.printing.drawn(report.plot())), |area| report.plot_area(area))
    })
}

fn sets(
    league: &LeagueTable,
    arguments: &Arguments,
    test: Test,
    within: Option<WithinDispersion>,
) -> Result<rank::Report, Undefined> {
    let spec = rank::Spec::from((arguments.sets, arguments.ranking.confidence, test));
    let spec = within.map_or(spec, |within| spec.with_dispersion(within));
    Ok(league.rank_sets(spec)?.per(arguments.reading.per))
}

#[cfg(feature = "simulation")]
fn simulated(law: CountModel, replicates: u32, seed: u64) -> Result<Replicate, Failure> {
    Ok((law, crimerate::rank::Simulation::new(replicates, seed)?).into())
}

#[cfg(not(feature = "simulation"))]
fn simulated(_: CountModel, _: u32, _: u64) -> Result<Replicate, Failure> {
    Err("simulation is a feature that this program was built without: run it with `--features simulation`".into())
}
