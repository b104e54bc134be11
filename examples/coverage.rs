//! How often the interval of a count holds the true mean, and how long it is: worked out by adding up Poisson
//! probabilities, not by simulation.
//!
//! Coverage jumps from one mean to the next, so each line covers a range of means: the least and the mean coverage in
//! it, on a grid of 400 means, and the mean length.

mod support {
    pub(crate) mod held;
    pub(crate) mod methods;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
    pub(crate) mod study;
}

use std::{fmt::Write, process::ExitCode};
use support::{
    methods::{self, RANGES},
    options,
    plot::Picture,
    program::Failure,
};

/// How often the interval of a count holds the true mean, and how long it is
#[derive(clap::Parser)]
#[command(name = "coverage", version)]
struct Arguments {
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let mut out = String::new();
    writeln!(out, "Coverage of 95 % intervals of a count, in per cent, and mean length relative to exact\n")?;
    let ranges = RANGES.map(|(low, high)| format!("{:^24}", format!("means {low} to {high}")));
    writeln!(out, "{}", format!("{:15}{}", "", ranges.join("  ")).trim_end())?;
    let headings = RANGES.map(|_| format!("{:>8}{:>8}{:>8}", "least", "mean", "length"));
    writeln!(out, "{:15}{}", "Method", headings.join("  "))?;
    let studies = methods::studies();
    let (_, exact) = studies.first().ok_or("there is no method")?;
    for (method, found) in &studies {
        let cells = found.iter().zip(exact).map(|(study, exact)| {
            format!("{:8.1}{:8.1}{:8.3}", 100.0 * study.least, 100.0 * study.mean, study.length / exact.length)
        });
        writeln!(out, "{method:15}{}", cells.collect::<Vec<_>>().join("  "))?;
    }
    writeln!(
        out,
        "\nleast, mean: over 400 means in the range. What the sums leave out has a probability below 1e-12."
    )?;
    arguments.picture.draw(out, || methods::plot(&studies))
}
