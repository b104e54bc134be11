//! How often the limits of a standardised rate, of the ratio of two, and of a corrected count hold the true figure, where counts vary by chance and where they
//! vary by more: worked out by adding up the probabilities of all counts, not by simulation.

mod support {
    pub(crate) mod held;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
    pub(crate) mod two_strata;
}

use crimerate::{
    Confidence, Error,
    interval::{EstimatedCount, Widening, WithinDispersion},
    standard::{Method, Spec},
};
use std::{
    fmt::{self, Write},
    process::ExitCode,
};
use support::{
    held::Shares,
    options,
    plot::Picture,
    program::Failure,
    two_strata::{Found, Pairs, Setting, counts},
};

/// How often the limits of a standardised rate, of the ratio of two, and of a corrected count hold the true figure
#[derive(clap::Parser)]
#[command(name = "standard_coverage", version)]
struct Arguments {
    #[command(flatten)]
    picture: Picture,
}

const METHODS: [Method; 3] = [Method::Dobson, Method::FayFeuer, Method::Tiwari];
const MEANS: [[f64; 2]; 6] = [[5.0, 1.0], [1.0, 5.0], [20.0, 2.0], [10.0, 10.0], [80.0, 8.0], [60.0, 40.0]];
/// As the possession of weapons by quarter of 2017/18 in 42 forces.
const PHI: f64 = 2.2;

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let (mut out, mut held) = (String::new(), Shares::default());
    by_chance(&mut out, &mut held)?;
    varying(&mut out)?;
    ratios(&mut out)?;
    corrected(&mut out)?;
    arguments.picture.draw(out, || held.plot("coverage of 95 % limits of a rate standardised over two strata", 95.0))
}

fn means(means: [f64; 2]) -> String {
    format!("{} and {}", means[0], means[1])
}

/// Held, above and below, and how long they are.
fn cells(found: Found, first: Found) -> String {
    let [held, above, below] = found.shares();
    format!("{held:7.1}{above:7.1}{below:7.1}{:7.3}", found.length / first.length)
}

fn heading(out: &mut String, first: &str, names: &[String]) -> fmt::Result {
    let names = names.iter().map(|name| format!("{name:^28}")).collect::<Vec<_>>();
    writeln!(out, "{:24}{}", "", names.join("  ").trim_end())?;
    let headings = names.iter().map(|_| format!("{:>7}{:>7}{:>7}{:>7}", "held", "above", "below", "length"));
    writeln!(out, "{first:24}{}", headings.collect::<Vec<_>>().join("  "))
}

fn by_chance(out: &mut String, held: &mut Shares) -> Result<(), Failure> {
    writeln!(
        out,
        "Coverage of 95 % limits of a rate standardised over two strata, in per cent, and mean length relative to Dobson's\n"
    )?;
    heading(out, "Means      Weights", &METHODS.map(|method| method.name().to_owned()))?;
    for pair in MEANS {
        for heavier in [1.0, 4.0, 20.0] {
            let pairs = Pairs::of(Setting { means: pair, heavier, phi: 1.0 })?;
            let found = METHODS.map(|method| pairs.study((Confidence::P95, method)));
            for (method, found) in METHODS.into_iter().zip(found) {
                let [share, ..] = found.shares();
                held.exact(format!("{method}: means {}, weights 1 : {heavier}", means(pair)), share);
            }
            let shown = found.map(|here| cells(here, found[0]));
            writeln!(out, "{:11}1 : {heavier:<9}{}", means(pair), shown.join("  "))?;
        }
    }
    writeln!(out, "\nabove, below: how often the true rate is. What the sums leave out has a probability below 1e-7.")?;
    Ok(())
}

fn varying(out: &mut String) -> Result<(), Failure> {
    writeln!(
        out,
        "\nThe same where counts have {PHI} times the variance of chance (negative binomial), which is given; length relative to chance alone\n"
    )?;
    let within = WithinDispersion::new(PHI)?;
    let wider =
        |method, widening| Spec::from((Confidence::P95, method)).with_dispersion(within).with_widening(widening);
    let specs = [
        ("dobson, chance alone", Spec::from((Confidence::P95, Method::Dobson))),
        ("dobson, stretched", wider(Method::Dobson, Widening::Stretched)),
        ("dobson, quasi", wider(Method::Dobson, Widening::Quasi)),
        ("fay-feuer, quasi", wider(Method::FayFeuer, Widening::Quasi)),
    ];
    heading(out, "Means      Weights", &specs.map(|(name, _)| name.to_owned()))?;
    for pair in MEANS {
        for heavier in [1.0, 4.0] {
            let pairs = Pairs::of(Setting { means: pair, heavier, phi: PHI })?;
            let found = specs.map(|(_, spec)| pairs.study(spec));
            let shown = found.map(|here| cells(here, found[0]));
            writeln!(out, "{:11}1 : {heavier:<9}{}", means(pair), shown.join("  "))?;
        }
    }
    Ok(())
}

fn ratios(out: &mut String) -> Result<(), Failure> {
    writeln!(
        out,
        "\nCoverage of 95 % limits of the ratio of two such rates, in per cent of the pairs that have a ratio\n"
    )?;
    let names = METHODS.map(|method| format!("{:^21}", method.name()));
    writeln!(out, "{:40}{}", "", names.join("  ").trim_end())?;
    let headings = METHODS.map(|_| format!("{:>7}{:>7}{:>7}", "held", "above", "below"));
    writeln!(out, "{:40}{}", "Means      Those of the other  Weights", headings.join("  "))?;
    for (own, other) in [
        ([5.0, 1.0], [5.0, 1.0]),
        ([10.0, 2.0], [10.0, 2.0]),
        ([10.0, 2.0], [2.0, 10.0]),
        ([10.0, 10.0], [5.0, 5.0]),
        ([20.0, 5.0], [10.0, 2.0]),
    ] {
        for heavier in [1.0, 4.0] {
            let [pairs, others] = [own, other].map(|means| Pairs::of(Setting { means, heavier, phi: 1.0 }));
            let (pairs, others) = (pairs?, others?);
            let shown = METHODS.map(|method| {
                let [held, above, below] = pairs.ratio_to(&others, (Confidence::P95, method)).shares();
                format!("{held:7.1}{above:7.1}{below:7.1}")
            });
            writeln!(out, "{:11}{:20}1 : {heavier:<5}{}", means(own), means(other), shown.join("  "))?;
        }
    }
    writeln!(out, "\nWhat these sums leave out has a probability below 2e-4.")?;
    Ok(())
}

fn corrected(out: &mut String) -> Result<(), Failure> {
    const FACTORS: [f64; 4] = [0.8, 1.0, 1.5, 3.0];
    writeln!(
        out,
        "\nCoverage of 95 % limits of a corrected count: so many times a Poisson count, whose variance is then so many times its mean\n"
    )?;
    let names = FACTORS.map(|factor| format!("{:^14}", format!("times {factor}")));
    writeln!(out, "{:8}{}", "", names.join("  ").trim_end())?;
    let headings = FACTORS.map(|_| format!("{:>7}{:>7}", "gamma", "quasi"));
    writeln!(out, "{:8}{}", "Mean", headings.join("  "))?;
    for mean in [1.0, 3.0, 10.0, 30.0, 100.0] {
        let shown = FACTORS.map(|factor| -> Result<String, Error> {
            let (mut gamma, mut quasi) = (Found::default(), Found::default());
            for (count, p) in counts(mean / factor, 1.0) {
                let corrected = factor * count as f64;
                gamma.add(mean, EstimatedCount::corrected(corrected)?.interval(Confidence::P95), p);
                let known = EstimatedCount::new(corrected, factor.max(1.0))?;
                quasi.add(mean, known.interval((Confidence::P95, Widening::Quasi)), p);
            }
            Ok(format!("{:7.1}{:7.1}", gamma.shares()[0], quasi.shares()[0]))
        });
        let shown = shown.into_iter().collect::<Result<Vec<_>, _>>()?;
        writeln!(out, "{mean:<8}{}", shown.join("  "))?;
    }
    writeln!(
        out,
        "\ngamma: at the shapes x and x + 1, the factor not told. quasi: with the factor as phi, where it is above 1."
    )?;
    Ok(())
}
