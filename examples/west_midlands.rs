//! The sentences of a news report on an inspection of West Midlands Police, held against counts and populations.

mod support {
    pub(crate) mod figures;
    pub(crate) mod groups;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
}

use crimerate::{
    Average, Basis, Per, Rate,
    claim::{Published, Rounding},
    read::Document,
};
use std::{fmt::Write, process::ExitCode};
use support::{figures, groups, options, plot::Picture, program::Failure};

/// The sentences of a news report on an inspection of West Midlands Police, held against counts and populations
#[derive(clap::Parser)]
#[command(name = "west_midlands", version)]
struct Arguments {
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let mut out = String::new();
    let rounding = Rounding::HalfAwayFromZero;
    let basis = Basis::new().with_count("offences").with_population("people");

    writeln!(out, "\"The highest rate of firearms offences (24.5 per 100,000) of any force\"")?;
    let firearms = Published::new("24.5", Per::HUNDRED_THOUSAND)?;
    let recorded = Rate::new(721, 2_939_927)?;
    let older = Rate::new(721, 2_928_592)?;
    writeln!(out, "  {}.", firearms.check(recorded, rounding).with_basis(&basis))?;
    writeln!(out, "  The same rate is {}.", recorded.per(Per::THOUSAND))?;
    writeln!(out, "  Population matters: the residents of mid-2019 in place of mid-2020 give {}.", {
        older.per(Per::HUNDRED_THOUSAND)
    })?;
    writeln!(out, "  \"Of any force\" cannot be checked here: no other force's count is at hand.\n")?;

    writeln!(out, "\"29.8 domestic abuse incidents per 1,000, compared to the average of 20.4\"")?;
    let here = Published::new("29.8", Per::THOUSAND)?;
    let average = Published::new("20.4", Per::THOUSAND)?;
    let undefined = "the average is zero";
    writeln!(out, "  Difference: {:.1} per 1,000; in brackets, what the rounding of both allows.", {
        here.difference(average)
    })?;
    writeln!(out, "  Ratio: {:.2}.", here.ratio(average).ok_or(undefined)?)?;
    writeln!(out, "  Per cent above: {:.0}.\n", here.percent(average).ok_or(undefined)?)?;

    writeln!(out, "\"Knife crime (1.55 per 1,000)\"")?;
    let knife = Published::new("1.55", Per::THOUSAND)?;
    let later = Rate::new(3_049, 2_939_927)?;
    writeln!(out, "  {}.\n", knife.check(later, rounding).with_basis(&basis))?;

    writeln!(out, "Where the force stood a year earlier (knife offences, year to March 2020)")?;
    let year_earlier = figures::knife()?.compare(Average::POOLED);
    let (here, per) = (year_earlier.area("West Midlands")?, Per::HUNDRED_THOUSAND);
    let first = year_earlier.ranked().next().ok_or("no force is compared")?;
    writeln!(
        out,
        "  West Midlands: {} (95 % interval {}), rank {} of {} forces compared; the first is {}.",
        here.rate().per(per),
        here.interval().per(per),
        here.rank(),
        here.of(),
        first.area()
    )?;
    writeln!(
        out,
        "  {:.0} % above the pooled average of {:.1} (ratio {:.2}).",
        here.percent()?,
        here.average()?.per(per),
        here.ratio()?
    )?;
    for (area, left_out) in year_earlier.left_out() {
        writeln!(out, "  Left out: {area}, {left_out}.")?;
    }
    writeln!(out, "\nThe rate that was published for the force with these figures: 86.36")?;
    let table = figures::knife()?.with_groups(groups::labels(&Document::of(figures::KNIFE), "region")?)?;
    let (force, region) = (Published::new("86.36", per)?, Average::POOLED.over(table.group("region")?));
    let league = table.compare(region);
    let here = league.area("West Midlands")?;
    let pooled = here.average()?;
    writeln!(out, "  {}.", force.check(here.rate(), rounding).with_basis(&basis))?;
    writeln!(out, "  It is the rate of its region: {:.2}, {} forces together.", pooled.per(per), pooled.areas())?;
    writeln!(out, "\nFigures: Home Office and ONS, Open Government Licence v3.0; see examples/data/README.md.")?;
    arguments.picture.draw(out, || year_earlier.per(per).plot().with_highlighted(["West Midlands"]))
}
