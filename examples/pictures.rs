//! The pictures of the documents: `cargo run --example pictures -- docs` draws them anew.

mod support {
    pub(crate) mod figures;
    pub(crate) mod options;
    pub(crate) mod program;
}

use crimerate::{
    Average, Measure, Per,
    funnel::Dispersion,
    league::BandSpec,
    plot::Plot,
    rank::{CountModel, Family},
    smoothing::Estimator,
    standard::{Unweighted, Weights},
    time::ChartKind,
};
use std::{path::Path, process::ExitCode};
use support::{figures, options, program::Failure};

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

/// Each with the name of its file.
fn pictures() -> Result<[(&'static str, Plot); 10], Failure> {
    let league = figures::knife()?.compare(Average::POOLED);
    let per = Per::HUNDRED_THOUSAND;
    let [before, after] = figures::robbery_before_and_after()?;
    let quarters = figures::robbery_by_quarter()?.per(per).with_chart(ChartKind::U);
    let measures = [Measure::Ratio, Measure::Lower, Measure::Upper];
    let groups = figures::recorded_by_group()?.compare(Average::POOLED, Per::THOUSAND, measures);
    let severity = figures::recorded_by_offence()?.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
    let bands = league.per(per).with_bands(BandSpec::new(1.0)?);
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
        ("map", figures::recorded_crime()?.compare(Average::POOLED).per(Per::THOUSAND).tile_map()?),
    ])
}
