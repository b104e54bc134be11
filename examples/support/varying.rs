//! By how much the counts of one area vary, where that is known or a file tells.

use super::{dispersion::Varying, program::Failure, source::Source};
use clap::Args;
use crimerate::{Area, interval::WithinDispersion};

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
        let (series, mut taken) = source.document_at(path)?.series()?;
        let same = |one: &Area, other: &Area| {
            one.name() == other.name() || one.code().is_some_and(|code| other.code() == Some(code))
        };
        if !series.areas().iter().any(|one| areas.iter().any(|other| same(one, other))) {
            return Err(format!("--series {path}: none of the areas of the series is in the table").into());
        }
        let notes = series.seasons_note().into_iter().chain(series.variation_note());
        taken.notes.extend(notes.map(|note| note.text().to_owned()));
        source.tell(taken);
        Ok(Some(WithinDispersion::of_series(&series)?))
    }
}
