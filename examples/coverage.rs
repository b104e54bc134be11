//! How often the interval of a count holds the true mean, and how long it is: worked out by adding up Poisson
//! probabilities, not by simulation.
//!
//! Coverage jumps from one mean to the next, so each line covers a range of means: the least and the mean coverage in
//! it, on a grid of 400 means, and the mean length.

mod support {
    pub(crate) mod study;
}

use crimerate::{Confidence, Method, Plan};
use support::study::over;

fn main() {
    const RANGES: [(f64, f64); 4] = [(0.5, 5.0), (5.0, 20.0), (20.0, 100.0), (100.0, 400.0)];
    println!("Coverage of 95 % intervals of a count, in per cent, and mean length relative to exact");
    println!();
    print!("{:15}", "");
    RANGES.iter().for_each(|(low, high)| print!("{:^26}", format!("means {low} to {high}")));
    println!();
    print!("{:15}", "Method");
    RANGES.iter().for_each(|_| print!("{:>8}{:>8}{:>8}  ", "least", "mean", "length"));
    println!();
    let plan = |method| Plan::new((Confidence::P95, method));
    let studies = |method| RANGES.map(|(low, high)| over(&plan(method), low, high, 400));
    let exact = studies(Method::Exact);
    for method in Method::ALL {
        print!("{method:15}");
        for (study, exact) in studies(*method).iter().zip(&exact) {
            print!("{:8.1}{:8.1}{:8.3}  ", 100.0 * study.least, 100.0 * study.mean, study.length / exact.length);
        }
        println!();
    }
    println!();
    println!("least, mean: over 400 means in the range. What the sums leave out has a probability below 1e-12.");
}
