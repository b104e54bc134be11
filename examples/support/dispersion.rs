//! By how much the counts of one area vary, where that is known.

use clap::Args;
use crimerate::{Error, ErrorKind, interval::WithinDispersion};

/// The variation of one area's counts between repeated periods.
#[derive(Args)]
pub(crate) struct Varying {
    /// How many times the variance of Poisson counts that of one area's counts is between repeated periods (phi_w, at least 1), where that is known
    #[arg(long, value_name = "PHI", value_parser = of_text)]
    pub(crate) dispersion: Option<WithinDispersion>,
}

/// A phi_w as it is given, or as it printed.
fn of_text(text: &str) -> Result<WithinDispersion, String> {
    let within: WithinDispersion = text.parse().map_err(|error: Error| match *error.kind() {
        ErrorKind::OutOfRange { what, value, .. } => {
            Error::from(ErrorKind::OutOfRange { what, value, range: "from 1 to 1,000,000" }).to_string()
        }
        _ => error.to_string(),
    })?;
    match within.estimated_from() {
        None if within.phi() < 1.0 => {
            Err(format!("{} is below 1, which is the variation of chance alone", within.phi()))
        }
        _ => Ok(within),
    }
}
