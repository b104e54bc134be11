//! What the examples about one table are given, in the same words: where the areas are from, and what they are read by.

use super::{figures, input, policies::Policies, program::Failure, sheet};
use clap::Args;
use crimerate::{Average, Basis, Error, ErrorKind, Per, Policy, Row, Table, claim::Published, league::PublishedRate};
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
#[allow(dead_code, reason = "not every example compares with an average")]
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
    #[allow(dead_code, reason = "not every example has embedded figures")]
    pub(crate) fn table(&self, bytes: &[u8]) -> Result<Table, Failure> {
        let table = match &self.file {
            Some(_) => self.of_rows(self.rows(bytes)?)?,
            None if self.policies.use_area(figures::CITY) => figures::knife_whole()?,
            None => figures::knife()?,
        };
        self.treated(table)
    }

    /// The rates of a column, with the codes of the areas where the file has them.
    #[allow(dead_code, reason = "not every example reads published rates")]
    pub(crate) fn published(&self, column: &str) -> Result<Vec<PublishedRate>, Failure> {
        let bytes = self.bytes()?;
        let lines = sheet::read(&bytes, ["area", column])?.into_iter();
        let codes = sheet::column(&bytes, "code")?.into_iter().map(|(_, code)| code);
        let rate = |((line, [area, rate]), code): ((u64, [String; 2]), String)| {
            let rate = PublishedRate::new(area, rate).line(line);
            let rate = if code.is_empty() { rate } else { rate.code(code) };
            if self.accept_similar_names { rate.distinct() } else { rate }
        };
        Ok(lines.zip(codes.chain(std::iter::repeat(String::new()))).map(rate).collect())
    }

    /// Leaves the areas out that are to be, where figures are without populations; other options about areas are refused.
    #[allow(dead_code, reason = "not every example reads figures without populations")]
    pub(crate) fn without_populations<T>(
        &self,
        what: &str,
        figures: T,
        exclude: impl Fn(T, &str) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let given = [
            ("--total", !self.total.is_empty()),
            ("--unplaced", !self.unplaced.is_empty()),
            ("--unplaced-in-average", !self.unplaced_in_average.is_empty()),
            ("--months", self.months.is_some()),
            ("--rounded-to", self.rounded_to.is_some()),
            ("--min-population", self.min_population.is_some()),
            ("--min-expected", self.min_expected.is_some()),
            ("--leave-out-invalid", self.leave_out_invalid),
        ];
        let given = given.into_iter().find_map(|(option, given)| given.then_some(option));
        if let Some(option) = self.policies.on_populations().or(given) {
            return Err(format!("{option} needs counts and populations, and these are {what}").into());
        }
        Ok(self.policies.excluded().iter().try_fold(figures, |figures, area| exclude(figures, area))?)
    }

    /// Whether names that are nearly alike are two areas.
    #[allow(dead_code, reason = "not every example reads figures without populations")]
    pub(crate) const fn accepts_similar_names(&self) -> bool {
        self.accept_similar_names
    }

    /// Whether it is said what was counted, or per whom.
    pub(crate) const fn has_words(&self) -> bool {
        self.counted.is_some() || self.per_whom.is_some()
    }

    /// What was counted, and per whom, as far as it is said.
    pub(crate) fn words(&self, basis: Basis) -> Basis {
        let basis = self.counted.iter().fold(basis, Basis::with_count);
        self.per_whom.iter().fold(basis, Basis::with_population)
    }

    /// The rows of a file.
    pub(crate) fn rows(&self, bytes: &[u8]) -> Result<Vec<Row>, Failure> {
        let unplaced: Vec<&String> = self.unplaced.iter().chain(&self.unplaced_in_average).collect();
        let is_unplaced = |area: &str| unplaced.iter().any(|name| name.as_str() == area);
        let is_left_out = |area: &str| self.policies.excludes(area) || self.total.iter().any(|name| name == area);
        let rows = figures::rows(bytes, is_unplaced, is_left_out)?;
        if self.months.is_some() && !sheet::column(bytes, "months")?.is_empty() {
            return Err("--months: the file has a column `months` of its own".into());
        }
        Ok(rows.into_iter().map(|row| if self.accept_similar_names { row.distinct() } else { row }).collect())
    }

    /// A table with what is to be done about its areas.
    pub(crate) fn treated(&self, mut table: Table) -> Result<Table, Failure> {
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
        self.as_read(self.of_rows(self.rows(bytes)?)?)
    }

    /// The table in the words, on the months and with the rounding that are given.
    fn as_read(&self, mut table: Table) -> Result<Table, Failure> {
        if self.has_words() {
            let basis = self.words(table.basis().clone());
            table = table.with_basis(basis);
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
    pub(crate) fn of_rows(&self, rows: Vec<Row>) -> Result<Table, Failure> {
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
    #[allow(dead_code, reason = "not every example compares with an average")]
    pub(crate) fn average(&self) -> Result<Average, Failure> {
        let average = match self.average {
            Rule::Named(average) => average,
            Rule::Number(number) => Average::fixed(number, self.per)?,
        };
        Ok(if self.leave_out_self { average.without_self() } else { average })
    }
}

/// An average by its name, or a number that is per as many people as rates are.
#[allow(dead_code, reason = "not every example compares with an average")]
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
