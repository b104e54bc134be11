//! The interval of a count by every method: CSV `count,confidence` on standard input, CSV on standard output.

mod support {
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod program;
}

use crimerate::{Confidence, Interval, Method, Observation};
use std::process::ExitCode;
use support::{
    input, options,
    program::{self, Failure},
};

/// Gives the interval of each count by every method: reads CSV with the columns `count` and `confidence` from standard
/// input, writes CSV with the columns `count`, `confidence`, `method`, `lower` and `upper`.
#[derive(clap::Parser)]
#[command(name = "intervals", version)]
struct Arguments {}

fn main() -> ExitCode {
    program::finish(run())
}

fn run() -> Result<String, Failure> {
    if let Err(help) = options::arguments::<Arguments>()? {
        return Ok(help);
    }
    let (cells, _) = input::document("-")?.cells(["count", "confidence"])?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["count", "confidence", "method", "lower", "upper"])?;
    for (row, [count, confidence]) in cells {
        let at_row = |error: crimerate::Error| error.at_row(row);
        let confidence: Confidence = confidence.parse().map_err(at_row)?;
        let Observation::Known(count) = count.parse().map_err(at_row)? else {
            return Err(format!("row {row}: count {count:?} is not known, so it has no interval").into());
        };
        for method in Method::ALL {
            let interval = Interval::of_count(count, (confidence, *method));
            writer.write_record([
                count.to_string(),
                confidence.level().to_string(),
                method.to_string(),
                interval.lower().to_string(),
                interval.upper().to_string(),
            ])?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
