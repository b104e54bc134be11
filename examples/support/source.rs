//! What the examples about one table are given, in the same words: where the areas are from, and what they are read by.

use super::{
    figures,
    form::HeadingEnds,
    output::{self, Format},
    policies::{Policies, Unplaced},
    program::Failure,
    shape::Shape,
};
use clap::{ArgGroup, Args};
use crimerate::{
    Average, Basis, Error, ErrorKind, Note, Per, Policy, Table,
    claim::Published,
    read::{Document, Faults, Role, Taken},
};
use std::{cell::RefCell, ops::ControlFlow, str::FromStr};

/// Where the areas are from.
#[derive(Args)]
#[command(group(ArgGroup::new("figures").multiple(true)))]
pub(crate) struct Source {
    /// A file with columns of areas, counts and populations (`-`: standard input); without it, the embedded figures
    #[arg(group = "figures")]
    pub(crate) file: Option<String>,
    #[command(flatten)]
    policies: Policies,
    #[arg(skip)]
    taken: RefCell<Vec<Taken>>,
    /// Take this area for a total of the others, or of a run of rows beside it, and hold it against them (repeatable)
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    total: Vec<String>,
    /// Take the figures of this area from columns such as "NAME count" and "NAME population", in a file that has areas across (repeatable)
    #[arg(long, value_name = "NAME", requires = "file", conflicts_with_all = ["area_column", "count_column", "population_column", "one_area"])]
    across: Vec<String>,
    /// Take the count of this row, or a count that has no row, to be in no area, and in no average (repeatable)
    #[arg(long, value_name = "NAME[=COUNT]", allow_hyphen_values = true)]
    unplaced: Vec<Unplaced>,
    /// The same, and the pooled average has it in its numerator (repeatable)
    #[arg(long, value_name = "NAME[=COUNT]", allow_hyphen_values = true)]
    unplaced_in_average: Vec<Unplaced>,
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
    #[arg(long, value_name = "WHAT", requires = "figures")]
    counted: Option<String>,
    /// Per whom, such as "live births"
    #[arg(long, value_name = "WHOM", requires = "figures")]
    per_whom: Option<String>,
    /// Leave areas without a population out with a note, where they would be refused
    #[arg(long, requires = "figures")]
    leave_out_invalid: bool,
    /// What the figures rest on: what was counted, when, and so on
    #[arg(long, value_name = "WHERE FROM", requires = "figures")]
    source: Option<String>,
    /// The period of the counts, such as "year to March 2020"
    #[arg(long = "period", value_name = "WHEN", requires = "figures")]
    when: Option<String>,
    #[command(flatten)]
    pub(crate) shape: Shape,
    #[command(flatten)]
    _ends: HeadingEnds,
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
    /// The file as it is to be read, or else the embedded knife figures.
    pub(crate) fn document(&self) -> Result<Document, Failure> {
        match &self.file {
            Some(path) => self.document_at(path),
            None => Ok(Document::of(figures::KNIFE)),
        }
    }

    /// Another file that is read in the same way, for a table.
    pub(crate) fn document_at(&self, path: &str) -> Result<Document, Failure> {
        let left_out = self.policies.excluded().map(|(name, _)| name).chain(&self.total);
        Ok(left_out.fold(self.whole(path)?, Document::to_be_left_out))
    }

    /// The same with the rows that are going to be left out among its rows.
    pub(crate) fn whole(&self, path: &str) -> Result<Document, Failure> {
        let document = self.shape.document(path)?;
        let unplaced = self.unplaced.iter().chain(&self.unplaced_in_average).filter(|it| it.count.is_none());
        let document = unplaced.fold(document, |document, row| document.unplaced(&row.name));
        let document = if self.accept_similar_names { document.names_as_they_are() } else { document };
        Ok(if self.leave_out_invalid { document.leaving_out() } else { document })
    }

    /// The table, with what is to be done about its areas.
    #[allow(dead_code, reason = "not every example has embedded figures")]
    pub(crate) fn table(&self) -> Result<Table, Failure> {
        self.table_by(None, None)
    }

    /// The same with the areas of a file in groups by the texts of a column, beside another table that has the same done about its areas.
    #[allow(dead_code, reason = "not every example has embedded figures")]
    pub(crate) fn table_by(&self, column: Option<&String>, beside: Option<&Table>) -> Result<Table, Failure> {
        let table = match &self.file {
            Some(_) => self.read(&column.into_iter().fold(self.document()?, Document::groups))?,
            None if self.policies.use_area(figures::CITY) => self.as_read(figures::knife_whole()?)?,
            None => self.as_read(figures::knife()?)?,
        };
        self.treated_beside(table, beside)
    }

    /// One period of a series as a table.
    #[allow(dead_code, reason = "not every example has series")]
    pub(crate) fn of_period(&self, table: Table) -> Result<Table, Failure> {
        let own = [("--months", self.months.is_some()), ("--period", self.when.is_some())];
        if let Some((option, _)) = own.into_iter().find(|(_, given)| *given) {
            return Err(format!("{option}: a series has the months of its periods").into());
        }
        self.treated(self.as_read(table)?)
    }

    /// A table of a file, with nothing done about its areas.
    pub(crate) fn read(&self, document: &Document) -> Result<Table, Failure> {
        if self.is_across() {
            return self.as_read(self.read_across(document)?);
        }
        let summed = |document: Document| document.nameless_apart().over_months(self.months.unwrap_or(0));
        let read = if self.shape.is_summed() { summed(document.clone()) } else { document.clone() };
        let (table, taken) = read.table().map_err(|faults| without_people(document, faults))?;
        if self.months.is_some() && taken.columns.iter().any(|column| column.role == Role::Months) {
            return Err("--months: the file has a column `months` of its own".into());
        }
        self.tell(taken);
        self.as_read(table)
    }

    /// Whether areas stand across, in columns of their own.
    #[allow(dead_code, reason = "not every example asks whether there are populations")]
    pub(crate) const fn is_across(&self) -> bool {
        !self.across.is_empty()
    }

    /// A table of the areas whose figures are in columns of their own.
    fn read_across(&self, document: &Document) -> Result<Table, Failure> {
        let mut rows = Vec::new();
        for area in &self.across {
            let own = document.clone().of_one_area(area).column(Role::Count, format!("{area} count"));
            let (row, taken) = own.column(Role::Population, format!("{area} population")).rows()?;
            rows.extend(row);
            self.tell(taken);
        }
        let faults: Vec<String> = Table::check(rows.clone()).iter().map(ToString::to_string).collect();
        if faults.is_empty() { Ok(Table::from_rows(rows)?) } else { Err(faults.join("\n").into()) }
    }

    /// Whether a file gives its rows populations.
    #[allow(dead_code, reason = "not every example asks whether there are populations")]
    pub(crate) fn is_peopled(&self, file: &Document) -> bool {
        let elsewhere = self.is_across() || self.shape.is_on_one_population() || self.shape.populations().is_some();
        elsewhere || has_figures(file, "population")
    }

    /// Keeps what was taken from a file, to be told, with the options that take something else.
    pub(crate) fn tell(&self, mut taken: Taken) {
        const OPTIONS: [(&str, &str); 2] =
            [("Passed over, unless it is named", "column HEADING"), ("say that there is none", "no-header")];
        for note in &mut taken.notes {
            if let Some((_, option)) = OPTIONS.iter().find(|(words, _)| note.contains(words)) {
                note.push_str(&format!(" (--{option})"));
            }
            let groups =
                note.strip_prefix("Not used: the column ").and_then(|note| note.split_once(", which names groups"));
            if let Some((heading, _)) = groups {
                let heading = if heading.contains(' ') { format!("{heading:?}") } else { heading.to_owned() };
                *note = format!("{note} (compare --by {heading})");
            }
        }
        self.taken.borrow_mut().push(taken);
    }

    /// Tells something more of the file that was read last.
    #[allow(dead_code, reason = "not every example has more to tell")]
    pub(crate) fn note(&self, note: Option<Note>) {
        if let Some(taken) = self.taken.borrow_mut().last_mut() {
            taken.notes.extend(note.map(|note| note.text().to_owned()));
        }
    }

    /// Tells what was taken from parts of one file as one.
    #[allow(dead_code, reason = "not every example reads a file in parts")]
    pub(crate) fn tell_as_one(&self, together: impl FnOnce(Vec<Taken>) -> Vec<Taken>) {
        let parts = self.taken.take();
        self.taken.replace(together(parts));
    }

    /// A printed answer with what was taken from the files, where that is not plain.
    #[allow(dead_code, reason = "not every example reads a file of areas")]
    pub(crate) fn told(&self, format: Format, printed: String) -> Result<String, Failure> {
        output::told(format, printed, &self.taken.borrow())
    }

    /// Leaves the areas out that are to be, where figures are without populations; other options about areas are refused.
    #[allow(dead_code, reason = "not every example reads figures without populations")]
    pub(crate) fn without_populations<T>(
        &self,
        what: &str,
        figures: T,
        exclude: impl Fn(T, &str, &str) -> Result<T, Error>,
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
            let row = ["--total", "--unplaced", "--unplaced-in-average"].contains(&option);
            let advice = if row { ": leave the row out by --exclude" } else { "" };
            return Err(format!("{option} needs counts and populations, and these are {what}{advice}").into());
        }
        self.policies.one_reason_each()?;
        Ok(self.policies.excluded().try_fold(figures, |figures, (area, reason)| exclude(figures, area, reason))?)
    }

    /// Refuses counts that have no row, where figures are of several things.
    #[allow(dead_code, reason = "not every example is of several things")]
    pub(crate) fn no_counts_without_a_row(&self, several: &str) -> Result<(), Failure> {
        let given = [("unplaced", &self.unplaced), ("unplaced-in-average", &self.unplaced_in_average)];
        let mut without = given.into_iter().flat_map(|(option, all)| all.iter().map(move |it| (option, it)));
        match without.find_map(|(option, it)| Some((option, &it.name, it.count?))) {
            None => Ok(()),
            Some((option, name, count)) => {
                Err(format!("--{option} {name}={count}: these are {several}, so give it a row for each").into())
            }
        }
    }

    /// Whether it is said per whom.
    #[allow(dead_code, reason = "not every example reads figures without populations")]
    pub(crate) const fn says_per_whom(&self) -> bool {
        self.per_whom.is_some()
    }

    /// The period of the counts in words.
    #[allow(dead_code, reason = "not every example asks when")]
    pub(crate) fn words_of_period(&self) -> Option<&str> {
        self.when.as_deref()
    }

    /// Whether it is said what was counted, or per whom.
    const fn has_words(&self) -> bool {
        self.counted.is_some() || self.per_whom.is_some() || self.source.is_some() || self.when.is_some()
    }

    /// What was counted, and per whom, as far as it is said.
    pub(crate) fn words(&self, basis: Basis) -> Basis {
        let basis = self.counted.iter().fold(basis, Basis::with_count);
        let basis = self.per_whom.iter().fold(basis, Basis::with_population);
        let basis = self.source.iter().fold(basis, Basis::with_source);
        self.when.iter().fold(basis, Basis::with_period)
    }

    /// What is to be done about areas, each with its policy.
    pub(crate) fn decisions(&self) -> Result<Vec<(String, Policy)>, Failure> {
        let of = |areas: &[String], policy: Policy| {
            areas.iter().map(move |area| (area.clone(), policy.clone())).collect::<Vec<_>>()
        };
        if let Some(it) =
            self.unplaced.iter().find(|it| self.unplaced_in_average.iter().any(|other| other.name == it.name))
        {
            let name = &it.name;
            return Err(format!("--unplaced {name}: --unplaced-in-average has it, too, so whether the average is to have it is not clear").into());
        }
        let mut all = of(&self.total, Policy::Total);
        // A count without a row is in no average until it is said to be in one.
        let rows = self.unplaced.iter().filter(|it| it.count.is_none()).map(|it| (false, it));
        let rows = rows.chain(self.unplaced_in_average.iter().map(|it| (true, it)));
        all.extend(rows.map(|(in_average, it)| (it.name.clone(), Policy::Unplaced { in_average })));
        all.extend(self.policies.each()?);
        Ok(all)
    }

    /// Whether an area is to be merged or given another population.
    #[allow(dead_code, reason = "not every example has embedded figures")]
    pub(crate) fn uses_area(&self, area: &str) -> bool {
        self.policies.use_area(area)
    }

    /// Areas that are to be left out of figures that are made of a table's, and why.
    #[allow(dead_code, reason = "not every example is of strata or offences")]
    pub(crate) fn left_out(&self, table: &Table) -> Result<Vec<(String, String)>, Failure> {
        let treated = self.treated(table.clone())?;
        let why = |policy: &Policy| match policy {
            Policy::Exclude { reason } => Some(reason.clone()),
            Policy::Total => Some("a total of others".into()),
            _ => None,
        };
        let before: Vec<&str> = table.policies().map(|(area, _)| area.label()).collect();
        let new = treated.policies().filter(|(area, _)| !before.contains(&area.label()));
        Ok(new.filter_map(|(area, policy)| Some((area.label().to_owned(), why(policy)?))).collect())
    }

    /// The areas that are to be taken for totals.
    #[allow(dead_code, reason = "not every example holds totals by itself")]
    pub(crate) fn totals(&self) -> &[String] {
        &self.total
    }

    /// The fewest people that an area is to have.
    #[allow(dead_code, reason = "not every example has a table")]
    pub(crate) const fn min_population(&self) -> Option<u64> {
        self.min_population
    }

    /// A table with what is to be done about its areas.
    pub(crate) fn treated(&self, table: Table) -> Result<Table, Failure> {
        self.treated_beside(table, None)
    }

    /// The same of one of two tables, of which either may lack an area that the other one has.
    pub(crate) fn treated_beside(&self, mut table: Table, other: Option<&Table>) -> Result<Table, Failure> {
        let decisions = self.decisions()?;
        for it in self.unplaced.iter().chain(&self.unplaced_in_average) {
            table = it.count.map_or(Ok(table.clone()), |count| table.with_unplaced(&it.name, count))?;
        }
        for (area, policy) in decisions {
            if lacks(&table, &area) && other.is_some_and(|other| !lacks(other, &area)) {
                continue;
            }
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
    /// The table in the words, on the months and with the rounding that are given.
    fn as_read(&self, mut table: Table) -> Result<Table, Failure> {
        if self.has_words() {
            let basis = self.words(table.basis().clone());
            table = table.with_basis(basis);
        }
        // Sums are over them already.
        if let Some(months) = self.months.filter(|_| !self.shape.is_summed()) {
            let basis = table.basis().clone().with_months(months);
            table = table.with_basis(basis).annualised()?;
        }
        if let Some(base) = self.rounded_to {
            table = table.rounded_to(base)?;
        }
        Ok(table)
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

/// What is wrong with rows, or with all of them at once where none has a population.
fn without_people(document: &Document, faults: Faults) -> Failure {
    let lacks = |error: &Error| *error.kind() == ErrorKind::NoPopulation;
    let nobody = |table: Table| (0..table.len()).all(|row| table.population(row).is_none());
    let without = || document.clone().leaving_out().table().is_ok_and(|(table, _)| nobody(table));
    if faults.iter().count() < 2 || !faults.iter().all(lacks) || !without() {
        return faults.into();
    }
    "no row has a population, and a rate takes one (--populations YEAR|FILE); counts alone of two periods are compared by changes: \
     changes FILE --period-column HEADING, or changes BEFORE AFTER"
        .into()
}

/// Whether a table has no area of this name.
fn lacks(table: &Table, area: &str) -> bool {
    table.index(area).is_err_and(|error| matches!(error.kind(), ErrorKind::UnknownArea { .. }))
}

/// Whether a file has a column in which anything stands.
#[allow(dead_code, reason = "not every example asks whether there are populations")]
pub(crate) fn has_figures(file: &Document, column: &str) -> bool {
    let mut found = false;
    let looked = file.each_row([column], |_, [text]| {
        found = !text.is_empty();
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    looked.is_ok() && found
}
