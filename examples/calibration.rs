//! How often a funnel calls an area high or low that is as it should be, and one that is not: worked out by adding up the
//! probabilities of its counts; with `--estimated`, where the dispersion is estimated from the same areas, and with `--others`, where
//! each is compared with the others, by simulation.

mod support {
    pub(crate) mod alarms;
    pub(crate) mod draws;
    pub(crate) mod held;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
    pub(crate) mod trials;
}

use clap::Parser;
use crimerate::{
    Average, Confidence,
    funnel::{self, Dispersion, Form, Trim},
};
use std::{fmt::Write, process::ExitCode};
use support::{
    alarms::{LEVELS, Rule, alarms, false_alarms, probabilities, typical},
    held::Shares,
    options,
    plot::Picture,
    program::Failure,
    trials::{Drawn, Sizes, Truth, trials},
};

/// How often a funnel calls an area high or low that is as it should be, and one that is not
#[derive(Parser)]
#[command(name = "calibration", version)]
struct Arguments {
    /// Where the dispersion is estimated from the same areas, by simulation
    #[arg(long)]
    estimated: bool,
    /// Where each area is compared with the average of the others, by simulation
    #[arg(long, conflicts_with = "estimated")]
    others: bool,
    /// Where each area is compared with its group, where counts vary by a factor, and of proportions, by simulation
    #[arg(long, conflicts_with_all = ["estimated", "others"])]
    further: bool,
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (mut out, mut called) = (String::new(), Shares::default());
    let drawn = "Limits: 99.8 %, as if the areas of a table were independent.";
    let note = if arguments.estimated {
        estimated(&mut out, &mut called).map(|()| drawn)?
    } else if arguments.others {
        others(&mut out, &mut called).map(|()| drawn)?
    } else if arguments.further {
        further(&mut out, &mut called).map(|()| drawn)?
    } else {
        rules(&mut out, &mut called)?;
        detection(&mut out)?;
        "Each worked out by adding up the probabilities of its counts. A rule that keeps its level calls 5 % at most."
    };
    arguments
        .picture
        .draw(out, || called.plot("areas called low or high at 95 %, where nothing is there", 5.0).with_note(note))
}

/// The dispersion and the target estimated from the same areas, by simulation.
fn estimated(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    const TABLES: u32 = 500;
    let additive = funnel::Spec::from(Dispersion::Additive);
    let kinds = [additive, additive.with_trim(Trim::NONE), additive.with_form(Form::Normal)]
        .map(|spec| (Average::POOLED, spec));
    writeln!(
        out,
        "Additive dispersion estimated from the same areas, {TABLES} tables each: called low and high in per cent of areas,\n\
         at 95 % (2.5 and 2.5) and at 99.8 % (0.1 and 0.1); per cent of tables in which any p by Holm is at most 5 %\n"
    )?;
    writeln!(
        out,
        "{:35}{:28}{:28}{:28}  any p (Holm)",
        "", "exact, 10 % winsorised", "exact, nothing trimmed", "normal, sqrt, 10 % winsorised"
    )?;
    let heading = format!("{:>6}{:>6}", "95 %", "") + &format!("{:>7}{:>7}  ", "99.8 %", "");
    writeln!(out, "Areas  Expected     Variation       {} exact  normal", heading.repeat(3))?;
    for areas in [20, 43, 100] {
        for sizes in Sizes::all() {
            for variation in [0.0, 0.1, 0.3] {
                let drawn = Drawn { sizes: &sizes, areas, truth: Truth::Ratios(variation), per_group: None };
                let found = trials(drawn, &kinds, TABLES)?;
                write!(out, "{areas:5}  {:11}{:6.0} %       ", sizes.name, 100.0 * variation)?;
                for (kind, found) in ["exact", "exact, nothing trimmed", "normal"].into_iter().zip(&found) {
                    let name = format!("{areas} areas of {}, {:.0} %: {kind}", sizes.name, 100.0 * variation);
                    shares.drawn(name, found.outside(), found.areas)?;
                }
                for found in &found {
                    let [[low, high], [lowest, highest]] = found.shares();
                    write!(out, "{low:6.1}{high:6.1}{lowest:7.2}{highest:7.2}  ")?;
                }
                let any: Vec<f64> = found.iter().map(|found| found.any()).collect();
                writeln!(out, "{:6.1}{:8.1}", any.first().unwrap_or(&0.0), any.last().unwrap_or(&0.0))?;
            }
        }
    }
    Ok(())
}

/// The pooled average of the others, by the law given what all have together.
fn others(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    const AREAS: u32 = 24_000;
    let kinds = [
        (Average::POOLED.without_self(), Dispersion::None.into()),
        (Average::POOLED.without_self(), funnel::Spec::from(Dispersion::Additive)),
        (Average::POOLED, Dispersion::Additive.into()),
    ];
    writeln!(
        out,
        "Each area compared with the average of the others, {AREAS} areas in all: called low and high in per cent of areas, at 95 %\n\
         (2.5 and 2.5) and at 99.8 % (0.1 and 0.1); the first by chance alone, the others with additive dispersion\n"
    )?;
    writeln!(out, "{:27}{:30}{:30}pooled, all", "", "pooled, others", "pooled, others")?;
    let heading = format!("{:>6}{:>6}", "95 %", "") + &format!("{:>7}{:>7}    ", "99.8 %", "");
    writeln!(out, "Areas  Expected  Variation  {}", heading.repeat(3).trim_end())?;
    for areas in [3, 5, 10, 43] {
        for sizes in Sizes::all().into_iter().filter(|sizes| ["2", "20", "300"].contains(&sizes.name)) {
            for variation in [0.0, 0.3] {
                let drawn = Drawn { sizes: &sizes, areas, truth: Truth::Ratios(variation), per_group: None };
                let found = trials(drawn, &kinds, AREAS / areas as u32)?;
                write!(out, "{areas:5}  {:8}{:8.0} %  ", sizes.name, 100.0 * variation)?;
                let mut line = String::new();
                for (kind, found) in
                    ["others, chance alone", "others, additive", "all, additive"].into_iter().zip(&found)
                {
                    let name = format!("{areas} areas of {}, {:.0} %: {kind}", sizes.name, 100.0 * variation);
                    shares.drawn(name, found.outside(), found.areas)?;
                }
                for found in &found {
                    let [[low, high], [lowest, highest]] = found.shares();
                    write!(line, "{low:6.1}{high:6.1}{lowest:7.2}{highest:7.2}    ")?;
                }
                writeln!(out, "{}", line.trim_end())?;
            }
        }
    }
    Ok(())
}

/// Groups, counts that vary by a factor, and proportions.
fn further(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    const TABLES: u32 = 1_000;
    let kind = |average: Average, dispersion: Dispersion| (average, funnel::Spec::from(dispersion));
    let (all, others) = (Average::POOLED, Average::POOLED.without_self());
    writeln!(
        out,
        "Areas called low and high, in per cent of areas, at 95 % (2.5 and 2.5) and at 99.8 % (0.1 and 0.1); per cent of tables in which any\n\
         p by Holm is at most 5 %; 44 areas and {TABLES} tables each, the dispersion estimated from the same areas\n"
    )?;
    writeln!(out, "{:49}Expected           95 %       99.8 %  any p (Holm)", "")?;
    let mut lines = |name: &str, truth: Truth, per_group, kind| -> Result<(), Failure> {
        for sizes in Sizes::all()
            .into_iter()
            .filter(|sizes| ["2", "20", "300", "20 to 2,000", "30, 9,000"].contains(&sizes.name))
        {
            let drawn = Drawn { sizes: &sizes, areas: 44, truth, per_group };
            for found in trials(drawn, &[kind], TABLES)? {
                let [[low, high], [lowest, highest]] = found.shares();
                shares.drawn(format!("{name}: areas of {}", sizes.name), found.outside(), found.areas)?;
                writeln!(
                    out,
                    "{name:49}{:12}{low:6.1}{high:6.1}{lowest:7.2}{highest:7.2}{:14.1}",
                    sizes.name,
                    found.any()
                )?;
            }
        }
        Ok(())
    };
    for per_group in [2, 4, 11] {
        let groups = 44 / per_group;
        for (variation, dispersion) in
            [(0.0, Dispersion::None), (0.0, Dispersion::Additive), (0.3, Dispersion::Additive)]
        {
            let name = format!("{groups} groups, {:.0} %, {dispersion}, others", 100.0 * variation);
            lines(&name, Truth::Ratios(variation), Some(per_group), kind(others, dispersion))?;
        }
        let name = format!("{groups} groups, 30 %, additive, all");
        lines(&name, Truth::Ratios(0.3), Some(per_group), kind(all, Dispersion::Additive))?;
    }
    for (variation, trim) in [(0.0, Trim::default()), (0.3, Trim::default()), (0.3, Trim::NONE)] {
        let name = format!("{:.0} %, additive, {trim}, all", 100.0 * variation);
        let spec = funnel::Spec::from(Dispersion::Additive).with_trim(trim);
        lines(&name, Truth::Ratios(variation), None, (all, spec))?;
    }
    for phi in [1.0, 3.0] {
        for (average, which) in [(all, "all"), (others, "others")] {
            let name = format!("phi {phi}, multiplicative, {which}");
            lines(&name, Truth::Counts(phi), None, kind(average, Dispersion::Multiplicative))?;
        }
    }
    for sd in [0.0, 0.1] {
        for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
            let name = format!("proportions, 0.3 with {sd}, {dispersion}, all");
            lines(&name, Truth::Proportions(sd), None, kind(all, dispersion))?;
        }
    }
    Ok(())
}

/// Limits by chance alone, where only chance is at work.
fn rules(out: &mut String, shares: &mut Shares) -> Result<(), Failure> {
    const EXPECTED: [u64; 5] = [2, 5, 10, 50, 300];
    const RULES: [(&str, Rule); 4] = [
        ("exact tails", Rule::Exact),
        ("chi-square", Rule::ChiSquare),
        ("log-normal", Rule::LogNormal),
        ("square root", Rule::SquareRoot),
    ];
    writeln!(out, "False alarms of areas that differ by chance alone, in per cent: called low, called high")?;
    for level in LEVELS {
        let nominal = 50.0 * level.0.alpha();
        writeln!(
            out,
            "\nLimits at {}: {nominal:.1} low and {nominal:.1} high at most, if they are what they say",
            level.0
        )?;
        let headings = EXPECTED.map(|expected| format!("{:^14}", format!("E = {expected}")));
        writeln!(out, "{}", format!("{:13}{}", "", headings.join("  ")).trim_end())?;
        for (name, rule) in RULES {
            let mut cells = Vec::new();
            for expected in EXPECTED {
                let found = false_alarms(rule, expected, level)?;
                if level.0 == Confidence::P95 {
                    shares.exact(format!("{name}, {expected} expected"), 100.0 * (found.low + found.high));
                }
                cells.push(format!("{:7.2}{:7.2}", 100.0 * found.low, 100.0 * found.high));
            }
            writeln!(out, "{name:13}{}", cells.join("  "))?;
        }
    }
    Ok(())
}

/// One area among many of three sizes, without and with a spread of true rates between them.
fn detection(out: &mut String) -> Result<(), Failure> {
    const SIZES: [f64; 3] = [5.0, 50.0, 300.0];
    const RATIOS: [f64; 3] = [1.0, 1.5, 2.0];
    writeln!(
        out,
        "\nOutside the 99.8 % limits, in per cent, in a funnel of 42 areas, by the area's true ratio to the average"
    )?;
    for spread in [0.0, 0.2] {
        match spread {
            0.0 => writeln!(out, "\nTrue rates all equal: only chance is at work")?,
            _ => writeln!(out, "\nTrue rates spread by {:.0} % (standard deviation over mean)", 100.0 * spread)?,
        }
        let headings = SIZES.map(|size| format!("{:^21}", format!("E = {size}")));
        writeln!(out, "{}", format!("{:15}{}", "", headings.join("  ")).trim_end())?;
        let ratios = SIZES.map(|_| RATIOS.map(|ratio| format!("{ratio:7.1}")).concat());
        writeln!(out, "{:15}{}", "Dispersion", ratios.join("  "))?;
        for dispersion in Dispersion::ALL {
            let funnel = typical(&SIZES, 14, spread, (*dispersion).into())?;
            let mut cells = Vec::new();
            for size in SIZES {
                let mut cell = String::new();
                for ratio in RATIOS {
                    let counts = probabilities(ratio * size, spread);
                    let found = alarms(&funnel, size, &counts, Confidence::P99_8)?;
                    write!(cell, "{:7.1}", 100.0 * (found.low + found.high))?;
                }
                cells.push(cell);
            }
            writeln!(out, "{dispersion:15}{}", cells.join("  "))?;
        }
    }
    writeln!(out, "\nWhat the sums leave out has a probability below 1e-12.")?;
    Ok(())
}
