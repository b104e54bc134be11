//! The pictures of the documents: `cargo run --example pictures -- docs` draws them anew.

mod support {
    pub(crate) mod figures;
    pub(crate) mod held;
    pub(crate) mod methods;
    pub(crate) mod options;
    pub(crate) mod program;
    pub(crate) mod study;
}

use crimerate::{
    Average, Claim, Error, LeagueTable, Measure, Per,
    funnel::Dispersion,
    league::BandSpec,
    plot::Plot,
    rank::{CountModel, Family},
    smoothing::Estimator,
    standard::{Unweighted, Weights},
    time::ChartKind,
};
use std::{path::Path, process::ExitCode};
use support::{figures, methods, options, program::Failure};

/// The pictures of the documents
#[derive(clap::Parser)]
#[command(name = "pictures", version)]
struct Arguments {
    /// The folder that they are to be in
    folder: String,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let mut told = String::new();
    for (name, plot) in pictures()? {
        let path = Path::new(&arguments.folder).join(format!("{name}.svg"));
        plot.save(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        told += &format!("{}: {}\n", path.display(), plot.headline());
    }
    Ok(told)
}

const BOTH_YEARS: &str =
    "Home Office and ONS, Open Government Licence v3.0; population: residents, mid-2018, in both years";

const SPOKEN_OF: &str = "West Midlands";

/// Each with the name of its file.
fn pictures() -> Result<[(&'static str, Plot); 13], Failure> {
    let league = figures::knife()?.compare(Average::POOLED);
    let per = Per::HUNDRED_THOUSAND;
    let [before, after] = figures::robbery_before_and_after()?;
    let quarters = figures::robbery_by_quarter()?.per(per).with_chart(ChartKind::U);
    let measures = [Measure::Ratio, Measure::Lower, Measure::Upper];
    let groups = figures::recorded_by_group()?.compare(Average::POOLED, Per::THOUSAND, measures);
    let severity = figures::recorded_by_offence()?.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
    let recorded =
        figures::recorded_crime()?.exclude(figures::CITY, "8,700 residents, far fewer than the people there by day")?;
    let bands = league.per(per).with_bands(BandSpec::new(1.0)?);
    let checked = league.claims(per).check(&Claim::percent_above(SPOKEN_OF, "41")?)?;
    let sentence = format!("{}: {}", checked.claim(), checked.verdict());
    Ok([
        ("ranked", bands.plot()),
        ("funnel", league.funnel(Dispersion::Additive).per(per).plot()),
        ("rank_sets", league.rank_sets(Family::Simultaneous)?.per(per).plot()),
        ("chances", league.replicate_ranks(CountModel::Poisson)?.per(per).plot_area("Durham")?),
        ("smoothed", league.smooth(Estimator::GammaPoisson).per(per).plot()),
        ("changes", before.change_to(&after)?.per(per).plot().with_source(BOTH_YEARS)),
        ("series", quarters.plot()),
        ("severity", severity.report(Per::THOUSAND).plot()),
        ("panel", groups.plot_area("West Midlands")?),
        ("averages", averages(&league, per)?),
        ("coverage", methods::plot(&methods::studies())),
        ("checked", league.per(per).plot().with_highlighted([SPOKEN_OF]).with_title(sentence)),
        ("map", recorded.compare(Average::POOLED).per(Per::THOUSAND).tile_map()?),
    ])
}

/// One force, and what "the average" may be.
fn averages(league: &LeagueTable, per: Per) -> Result<Plot, Error> {
    let (here, basis) = (league.area(SPOKEN_OF)?, league.table().basis());
    let (rate, limits) = (here.rate().per(per).value(), here.interval().per(per));
    let mut rows = vec![(SPOKEN_OF, Some(rate), (limits.lower(), limits.upper()))];
    let mut above = Vec::new();
    let rules = [("pooled average", Average::POOLED), ("mean of rates", Average::MEAN), ("median", Average::MEDIAN)];
    for (name, average) in rules {
        let other = league.table().compare(average);
        let value = other.average()?.per(per).value();
        rows.push((name, Some(value), (value, value)));
        above.push(format!("{:.0} %", other.area(SPOKEN_OF)?.percent()?));
    }
    let last = above.pop().unwrap_or_default();
    let title = format!("{SPOKEN_OF} lies {} or {last} above \u{201c}the average\u{201d}", above.join(", "));
    Ok(Plot::of_limits("rates per 100,000", rows).with_title(title).with_note(format!("Basis: {basis}.")))
}
