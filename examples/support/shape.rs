//! How a file is read, in the same words in every example.

use super::{
    form::{Columns, Form, only},
    input,
    program::Failure,
};
use clap::Args;
use crimerate::{
    Observation, Population, Reason,
    read::{Document, Role},
};

/// How a file of areas is read: all of it is found out where it is not said.
#[derive(Args)]
#[command(next_help_heading = "How the file is read")]
pub(crate) struct Shape {
    #[command(flatten)]
    form: Form,
    /// All rows are of this one area, in a file that has no column of areas
    #[arg(long, value_name = "NAME", conflicts_with_all = ["area_column", "code_column"])]
    one_area: Option<String>,
    #[command(flatten)]
    pub(crate) columns: Columns,
    /// The column of their codes
    #[arg(long, value_name = "HEADING")]
    code_column: Option<String>,
    /// The column of the months that counts cover
    #[arg(long, value_name = "HEADING")]
    months_column: Option<String>,
    /// Take only the areas whose codes begin so, such as E23 (repeatable)
    #[arg(long, value_name = "BEGINNING")]
    only_codes: Vec<String>,
    /// Give rows whose name is blank the name above, as a pivot writes them
    #[arg(long)]
    fill_down: bool,
    /// Each count is of this many, such as 1000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count_unit: Option<u64>,
    /// Each population is of this many people
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    population_unit: Option<u64>,
    /// Add up the rows of an area, where several would be refused
    #[arg(long)]
    sum: bool,
    /// All rows are on this one population, such as the offences of a country
    #[arg(long, value_name = "N", conflicts_with_all = ["population_column", "populations"])]
    population: Option<Population>,
    /// Take the residents of police forces in the middle of this year, or the populations of another file
    #[arg(long, value_name = "YEAR|FILE")]
    populations: Option<String>,
    /// Of another file of populations, take only the rows that have this value in that column (repeatable)
    #[arg(long, value_name = "COLUMN=VALUE", requires = "populations")]
    populations_where: Vec<String>,
    /// The sheet of a workbook of populations
    #[arg(long, value_name = "NAME", requires = "populations")]
    populations_sheet: Option<String>,
    /// Each population of another file is of this many people
    #[arg(long, value_name = "N", requires = "populations", value_parser = clap::value_parser!(u64).range(1..))]
    populations_unit: Option<u64>,
    /// The column of names or codes of areas in another file of populations
    #[arg(long, value_name = "HEADING", requires = "populations")]
    populations_area_column: Option<String>,
    /// Keep regions and countries among the areas, which are excluded as totals
    #[arg(long)]
    with_totals: bool,
    /// Read 1.234,5 as one thousand two hundred and so on
    #[arg(long)]
    decimal_comma: bool,
    /// Read 2.000 as two, where it is refused
    #[arg(long, conflicts_with = "decimal_comma")]
    decimal_point: bool,
    /// Take a mark for a count, or for one that is missing or suppressed, such as -=0 or n.d.=missing (repeatable)
    #[arg(long, value_name = "TEXT=MEANING", allow_hyphen_values = true)]
    mark: Vec<String>,
    /// Refuse whatever would have to be taken for something
    #[arg(long)]
    strict: bool,
}

impl Shape {
    /// The file at a path, or standard input where that is `-`, to be read so.
    pub(crate) fn document(&self, path: &str) -> Result<Document, Failure> {
        let mut document = self.columns.document(self.form.document(path)?);
        document = self.one_area.iter().fold(document, Document::of_one_area);
        // The column of populations is that of the file which has them.
        let elsewhere = self.populations.as_deref().is_some_and(|of| of.parse::<u16>().is_err());
        let own = if elsewhere { &None } else { &self.columns.population_column };
        let columns = [(Role::Code, &self.code_column), (Role::Population, own), (Role::Months, &self.months_column)];
        for (role, heading) in columns {
            document = heading.iter().fold(document, |document, heading| document.column(role, heading));
        }
        for (role, unit) in [(Role::Count, self.count_unit), (Role::Population, self.population_unit)] {
            document = unit.into_iter().fold(document, |document, unit| document.in_units_of(role, unit));
        }
        document = if self.fill_down { document.filled_down() } else { document };
        document = document.only_codes(&self.only_codes);
        document = self.peopled(document, self.populations.as_deref())?;
        document = self.population.into_iter().fold(document, Document::on_population);
        document = if self.sum { document.summed() } else { document };
        document = if self.with_totals { document.with_totals() } else { document };
        document = if self.decimal_comma { document.decimal_comma() } else { document };
        document = if self.decimal_point { document.decimal_point() } else { document };
        for mark in &self.mark {
            let (text, meaning) = mark.rsplit_once('=').ok_or_else(|| format!("--mark {mark}: say TEXT=MEANING"))?;
            let meaning = match meaning {
                "missing" => Observation::Missing(Reason::NotAvailable),
                "suppressed" => Observation::SUPPRESSED,
                meaning => meaning.parse().map_err(|error| format!("--mark {mark}: {error}"))?,
            };
            document = document.mark(text, meaning);
        }
        Ok(if self.strict { document.strict() } else { document })
    }

    /// A file with the populations of a year or of another file.
    pub(crate) fn peopled(&self, document: Document, of: Option<&str>) -> Result<Document, Failure> {
        Ok(match of.map(|of| (of, of.parse::<u16>())) {
            None => document,
            Some((_, Ok(year))) => document.force_populations(year),
            Some((path, Err(_))) => {
                let other = only(input::document(path)?, "--populations-where", &self.populations_where)?;
                let other = self.populations_sheet.iter().fold(other, Document::sheet);
                let unit = self.populations_unit.into_iter();
                let other = unit.fold(other, |other, unit| other.in_units_of(Role::Population, unit));
                let columns =
                    [(Role::Area, &self.populations_area_column), (Role::Population, &self.columns.population_column)];
                document.populations_of(columns.into_iter().fold(other, |other, (role, heading)| {
                    heading.iter().fold(other, |other, heading| other.column(role, heading))
                }))
            }
        })
    }

    /// Whether all rows are on one population.
    #[allow(dead_code, reason = "not every example asks whether there are populations")]
    pub(crate) const fn is_on_one_population(&self) -> bool {
        self.population.is_some()
    }

    /// Where populations are from, if that is said.
    #[allow(dead_code, reason = "not every example has populations of its own")]
    pub(crate) fn populations(&self) -> Option<&str> {
        self.populations.as_deref()
    }

    /// Whether the rows of an area are to be added up.
    #[allow(dead_code, reason = "not every example adds rows up")]
    pub(crate) const fn is_summed(&self) -> bool {
        self.sum
    }

    /// The heading of the column of areas.
    #[allow(dead_code, reason = "not every example asks what rows are of")]
    pub(crate) fn areas(&self) -> &str {
        self.columns.area_column.last().map_or("area", String::as_str)
    }

    /// Whether all rows are of one area.
    #[allow(dead_code, reason = "not every example asks what rows are of")]
    pub(crate) const fn is_of_one_area(&self) -> bool {
        self.one_area.is_some()
    }
}
