//! Runs targets on random inputs: `random TARGET|all COUNT SEED [SECONDS]`, or on files: `random TARGET FILE...`.
//!
//! A panic ends the program after it has printed which input it was.

use crimerate_fuzz::{Inputs, TARGETS, Target};
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

fn run(name: &str, target: Target, count: u64, seed: u64, most: Duration) {
    let inputs = Inputs::new(name, seed);
    let (begun, mut slowest, mut done) = (Instant::now(), (Duration::ZERO, 0), 0);
    for number in 0..count {
        let data = inputs.input(number);
        let one = Instant::now();
        let outcome = std::panic::catch_unwind(|| target(&data));
        if outcome.is_err() {
            eprintln!("{name} {seed} {number}: {:?}", String::from_utf8_lossy(&data));
            std::process::exit(1);
        }
        done += 1;
        slowest = slowest.max((one.elapsed(), number));
        if begun.elapsed() > most {
            break;
        }
    }
    println!("{name}: {done} inputs in {:.0?}, the slowest {:.0?} (number {})", begun.elapsed(), slowest.0, slowest.1);
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprintln!("random TARGET|all COUNT SEED [SECONDS], or random TARGET FILE...");
        return ExitCode::FAILURE;
    };
    let targets = TARGETS.iter().filter(|(target, _)| name == "all" || name == target);
    let numbers: Option<Vec<u64>> = rest.iter().map(|text| text.parse().ok()).collect();
    match numbers.as_deref() {
        Some([count, seed, seconds @ ..]) => {
            let most = Duration::from_secs(seconds.first().copied().unwrap_or(u64::MAX / 4));
            targets.for_each(|(name, target)| run(name, *target, *count, *seed, most));
        }
        _ => {
            for (name, target) in targets {
                for file in rest {
                    match std::fs::read(file) {
                        Ok(data) => target(&data),
                        Err(error) => eprintln!("{file}: {error}"),
                    }
                }
                println!("{name}: {} files", rest.len());
            }
        }
    }
    ExitCode::SUCCESS
}
