//! How often the limits of a standardised rate hold the true one, and how long they are: worked out by adding up the probabilities
//! of all counts of two strata, not by simulation.

mod support {
    pub(crate) mod options;
    pub(crate) mod program;
    pub(crate) mod two_strata;
}

use crimerate::{Confidence, standard::Method};
use std::{fmt::Write, process::ExitCode};
use support::{
    options,
    program::Failure,
    two_strata::{Pairs, Setting},
};

/// How often the limits of a standardised rate hold the true one, and how long they are
#[derive(clap::Parser)]
#[command(name = "standard_coverage", version)]
struct Arguments {}

fn main() -> ExitCode {
    options::run(run)
}

fn run(_: Arguments) -> Result<String, Failure> {
    const METHODS: [Method; 3] = [Method::Dobson, Method::FayFeuer, Method::Tiwari];
    let mut out = String::new();
    writeln!(
        out,
        "Coverage of 95 % limits of a rate standardised over two strata, in per cent, and mean length relative to Dobson's\n"
    )?;
    let names = METHODS.map(|method| format!("{:^28}", method.name()));
    writeln!(out, "{:24}{}", "", names.join("  ").trim_end())?;
    let headings = METHODS.map(|_| format!("{:>7}{:>7}{:>7}{:>7}", "held", "above", "below", "length"));
    writeln!(out, "{:24}{}", "Means      Weights", headings.join("  "))?;
    for means in [[5.0, 1.0], [1.0, 5.0], [20.0, 2.0], [10.0, 10.0], [80.0, 8.0], [60.0, 40.0]] {
        for heavier in [1.0, 4.0, 20.0] {
            let pairs = Pairs::of(Setting { means, heavier })?;
            let found = METHODS.map(|method| pairs.study(Confidence::P95, method));
            let cells = found.map(|here| {
                let [held, above, below] = [here.covered, here.above, here.below].map(|share| 100.0 * share);
                format!("{held:7.1}{above:7.1}{below:7.1}{:7.3}", here.length / found[0].length)
            });
            let setting = format!("{} and {}", means[0], means[1]);
            writeln!(out, "{setting:11}1 : {heavier:<9}{}", cells.join("  "))?;
        }
    }
    writeln!(out, "\nabove, below: how often the true rate is. What the sums leave out has a probability below 1e-7.")?;
    Ok(out)
}
