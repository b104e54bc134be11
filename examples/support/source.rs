//! What the examples about one table are given, in the same words: where the areas are from, and what they are read by.

use super::{figures, input, policies::Policies, program::Failure};
use clap::Args;
use crimerate::{Average, Basis, Error, ErrorKind, Per, Policy, Row, Table, claim::Published};
use std::str::FromStr;

/// Where the areas are from.
#[derive(Args)]
pub(crate) struct Source {
    /// CSV with the columns area, count and population (`-`: standard input); without it, the embedded figures
    pub(crate) file: Option<String>,
    #[command(flatten)]
    policies: Policies,
    /// Take this area for a total of the others, or of a run of rows beside it, and hold it against them (repeatable)
    #[arg(long, value_name = "NAME")]
    total: Vec<String>,
    /// Take the count of this row to be in no area, and in no average (repeatable)
    #[arg(long, value_name = "NAME")]
    unplaced: Vec<String>,
    /// The same, and the pooled average has it in its numerator (repeatable)
    #[arg(long, value_name = "NAME")]
    unplaced_in_average: Vec<String>,
    /// Take areas for two whose names differ by a note mark, case, dashes or spaces alone
    #[arg(long)]
    accept_similar_names: bool,
    /// Read counts that cover this many months as counts of a year
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    months: Option<u32>,
    /// Take counts to be rounded to multiples of this number by their publisher
    #[arg(long, value_name = "B")]
    rounded_to: Option<u64>,
    /// Leave areas of fewer people out
    #[arg(long, value_name = "N")]
    min_population: Option<u64>,
    /// Leave areas out of which fewer are expected at the pooled average
    #[arg(long, value_name = "N")]
    min_expected: Option<f64>,
    /// What was counted, such as deaths, for the words of sentences
    #[arg(long, value_name = "WHAT", requires = "file")]
    counted: Option<String>,
    /// Per whom, such as "live births"
    #[arg(long, value_name = "WHOM", requires = "file")]
    per_whom: Option<String>,
    /// Leave areas without a population out with a note, where they would be refused
    #[arg(long, requires = "file")]
    leave_out_invalid: bool,
}

/// What rates are read by: a unit population, and an average.
#[derive(Args)]
pub(crate) struct Reading {
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    pub(crate) per: Per,
    /// The average to compare with: pooled, mean (of rates), median, or a number per as many people
    #[arg(long, value_name = "RULE", default_value = "pooled")]
    average: Rule,
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
        let mut table = match &self.file {
            Some(_) => self.of_file(bytes)?,
            None if self.policies.use_area(figures::CITY) => figures::knife_whole()?,
            None => figures::knife()?,
        };
        table = self.as_read(table)?;
        for area in &self.total {
            table = table.total(area)?;
        }
        for area in &self.unplaced {
            table = table.unplaced(area)?;
        }
        for area in &self.unplaced_in_average {
            table = table.unplaced_in_average(area)?;
        }
        for (area, policy) in self.policies.each()? {
            table = match policy {
                // In person-months it is multiplied by the months.
                Policy::Denominator { population, what } => table.with_denominator(&area, population.get(), what)?,
                policy => table.apply(&area, policy)?,
            };
        }
        if let Some(least) = self.min_population {
            table = table.exclude_below(least)?;
        }
        if let Some(least) = self.min_expected {
            table = table.exclude_expected_below(least)?;
        }
        Ok(table)
    }
}

impl Source {
    /// Another table of such bytes, read in the same way, with nothing done about its areas.
    #[allow(dead_code, reason = "not every example has another table")]
    pub(crate) fn read(&self, bytes: &[u8]) -> Result<Table, Failure> {
        self.as_read(self.of_file(bytes)?)
    }

    fn of_file(&self, bytes: &[u8]) -> Result<Table, Failure> {
        let unplaced: Vec<&String> = self.unplaced.iter().chain(&self.unplaced_in_average).collect();
        let rows = figures::rows(bytes, |area| unplaced.iter().any(|name| name.as_str() == area))?;
        let rows = rows.into_iter().map(|row| if self.accept_similar_names { row.distinct() } else { row });
        self.of_rows(rows.collect())
    }

    /// The table in the words, on the months and with the rounding that are given.
    fn as_read(&self, mut table: Table) -> Result<Table, Failure> {
        if self.counted.is_some() || self.per_whom.is_some() {
            let basis = self.counted.iter().fold(Basis::new(), Basis::with_count);
            table = table.with_basis(self.per_whom.iter().fold(basis, Basis::with_population));
        }
        if let Some(months) = self.months {
            let basis = table.basis().clone().with_months(months);
            table = table.with_basis(basis).annualised()?;
        }
        if let Some(base) = self.rounded_to {
            table = table.rounded_to(base)?;
        }
        Ok(table)
    }

    /// The table of rows, or every fault of them, a line each.
    fn of_rows(&self, rows: Vec<Row>) -> Result<Table, Failure> {
        let may_lack = |error: &Error| matches!(error.kind(), ErrorKind::ZeroPopulation | ErrorKind::NoPopulation);
        let mut faults = Table::check(rows.clone());
        faults.retain(|error| !(self.leave_out_invalid && may_lack(error)));
        if !faults.is_empty() {
            return Err(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into());
        }
        Ok(if self.leave_out_invalid { Table::from_rows_leaving_out(rows)? } else { Table::from_rows(rows)? })
    }
}

impl Reading {
    pub(crate) fn average(&self) -> Result<Average, Failure> {
        let average = match self.average {
            Rule::Named(average) => average,
            Rule::Number(number) => Average::fixed(number, self.per)?,
        };
        Ok(if self.leave_out_self { average.without_self() } else { average })
    }
}

/// An average by its name, or a number that is per as many people as rates are.
#[derive(Clone, Copy)]
enum Rule {
    Named(Average),
    Number(f64),
}

impl FromStr for Rule {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let printed = Published::new(text, Per::ONE).map(Published::value);
        printed.map_or_else(|_| text.parse().map(Self::Named), |number| Ok(Self::Number(number)))
    }
}
