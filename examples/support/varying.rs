//! How the examples are told by how much the counts of one area vary.

use super::{program::Failure, source::Source};
use clap::Args;
use crimerate::{Area, Error, ErrorKind, interval::WithinDispersion};

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

/// The same, or a file that tells.
#[derive(Args)]
pub(crate) struct Estimated {
    #[command(flatten)]
    varying: Varying,
    /// The areas over time (columns `area`, `period`, `count`, `population`), to know how much counts vary
    #[arg(long, value_name = "FILE", conflicts_with = "dispersion")]
    series: Option<String>,
}

impl Estimated {
    /// phi_w of the areas of a table, where it is given or can be estimated.
    #[allow(dead_code, reason = "not every example takes a file for it")]
    pub(crate) fn within(&self, source: &Source, areas: &[Area]) -> Result<Option<WithinDispersion>, Failure> {
        let Some(path) = &self.series else { return Ok(self.varying.dispersion) };
        let (series, taken) = source.document_at(path)?.series()?;
        let same = |one: &Area, other: &Area| {
            one.name() == other.name() || one.code().is_some_and(|code| other.code() == Some(code))
        };
        if !series.areas().iter().any(|one| areas.iter().any(|other| same(one, other))) {
            return Err(format!("--series {path}: none of the areas of the series is in the table").into());
        }
        source.tell(taken);
        Ok(Some(WithinDispersion::of_series(&series)?))
    }
}
