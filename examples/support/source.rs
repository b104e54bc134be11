//! What the examples about one table are given, in the same words: where the areas are from, and what they are read by.

use super::{figures, input, program::Failure};
use clap::Args;
use crimerate::{Average, Basis, Error, Per, Population, Table, claim::Published};
use std::str::FromStr;

/// Where the areas are from.
#[derive(Args)]
pub(crate) struct Source {
    /// CSV with the columns area, count and population (`-`: standard input); without it, the embedded figures
    pub(crate) file: Option<String>,
    /// Leave this area out of everything (repeatable)
    #[arg(long, value_name = "NAME")]
    exclude: Vec<String>,
    /// Add the first area to the second, count and population (repeatable)
    #[arg(long, num_args = 2, value_names = ["NAME", "INTO"])]
    merge: Vec<String>,
    /// Give an area another population (repeatable)
    #[arg(long, num_args = 2, value_names = ["NAME", "POPULATION"])]
    denominator: Vec<String>,
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

/// What rates are read by: so many people, and an average.
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
        let pairs = |pairs: &[String]| pairs.chunks_exact(2).map(<[String]>::to_vec).collect::<Vec<_>>();
        let (merges, denominators) = (pairs(&self.merge), pairs(&self.denominator));
        let special = |pair: &Vec<String>| pair.first().is_some_and(|name| name == figures::CITY);
        let mut table = match &self.file {
            Some(_) if self.leave_out_invalid => Table::from_rows_leaving_out(figures::rows(bytes)?)?,
            Some(_) => Table::from_rows(figures::rows(bytes)?)?,
            None if merges.iter().chain(&denominators).any(special) => figures::knife_whole()?,
            None => figures::knife()?,
        };
        if self.counted.is_some() || self.per_whom.is_some() {
            let basis = self.counted.iter().fold(Basis::new(), |basis, what| basis.with_count(what));
            table = table.with_basis(self.per_whom.iter().fold(basis, |basis, whom| basis.with_population(whom)));
        }
        for area in &self.exclude {
            table = table.exclude(area, "by request")?;
        }
        for pair in &merges {
            if let [area, into] = pair.as_slice() {
                table = table.merge(area, into, "by request")?;
            }
        }
        for pair in &denominators {
            if let [area, population] = pair.as_slice() {
                let population: Population = population.parse().map_err(|error: Error| error.in_area(area))?;
                table = table.with_denominator(area, population.get(), "by request")?;
            }
        }
        Ok(table)
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
