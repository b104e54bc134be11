//! What the examples about one table are given, in the same words: where the areas are from, and what they are read by.

use super::{figures, input, program::Failure};
use clap::Args;
use crimerate::{Average, Per, Table};

/// Where the areas are from.
#[derive(Args)]
pub(crate) struct Source {
    /// CSV with the columns area, count and population (`-`: standard input); without it, the embedded figures
    pub(crate) file: Option<String>,
    /// Leave this area out of everything (repeatable)
    #[arg(long, value_name = "NAME")]
    exclude: Vec<String>,
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

    /// The table of these bytes without what is to be left out of it.
    pub(crate) fn table(&self, bytes: &[u8]) -> Result<Table, Failure> {
        match &self.file {
            Some(_) if self.leave_out_invalid => self.excluding(Table::from_rows_leaving_out(figures::rows(bytes)?)?),
            Some(_) => self.excluding(Table::from_rows(figures::rows(bytes)?)?),
            None => self.excluding(figures::knife()?),
        }
    }

    pub(crate) fn excluding(&self, table: Table) -> Result<Table, Failure> {
        Ok(self.exclude.iter().try_fold(table, |table, area| table.exclude(area, "by request"))?)
    }
}

impl Reading {
    pub(crate) fn average(&self) -> Average {
        if self.leave_out_self { self.average.without_self() } else { self.average }
    }
}
