//! What the examples about one table are given, in the same words: where the areas are from, and what they are read by.

use super::{figures, input, policies::Policies, program::Failure};
use clap::Args;
use crimerate::{Average, Per, Table};

/// Where the areas are from.
#[derive(Args)]
pub(crate) struct Source {
    /// CSV with the columns area, count and population (`-`: standard input); without it, the embedded figures
    pub(crate) file: Option<String>,
    #[command(flatten)]
    policies: Policies,
    /// Leave areas without a population out with a note, where they would be refused
    #[arg(long, requires = "file")]
    leave_out_invalid: bool,
}

/// What rates are read by: so many people, and an average.
#[derive(Args)]
pub(crate) struct Reading {
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    pub(crate) per: Per,
    /// The average to compare with: pooled, mean (of rates) or median
    #[arg(long, value_name = "RULE", default_value = "pooled")]
    average: Average,
    /// Leave each area out of the average that it is compared with
    #[arg(long)]
    leave_out_self: bool,
}

impl Source {
    /// The file, or else the embedded knife figures.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        self.file.as_deref().map_or_else(|| Ok(figures::KNIFE.into()), input::read)
    }

    /// The table of these bytes, with what is to be done about its areas.
    pub(crate) fn table(&self, bytes: &[u8]) -> Result<Table, Failure> {
        let table = match &self.file {
            Some(_) if self.leave_out_invalid => Table::from_rows_leaving_out(figures::rows(bytes)?)?,
            Some(_) => Table::from_rows(figures::rows(bytes)?)?,
            None if self.policies.use_area(figures::CITY) => figures::knife_whole()?,
            None => figures::knife()?,
        };
        Ok(self.policies.each()?.into_iter().try_fold(table, |table, (area, policy)| table.apply(&area, policy))?)
    }
}

impl Reading {
    pub(crate) fn average(&self) -> Average {
        if self.leave_out_self { self.average.without_self() } else { self.average }
    }
}
