//! Compares two periods: the change of every area, how sure it is, and who changed otherwise than the rest.
//!
//! The periods are two CSV files with the columns `area`, `count` and `population`, or one file: with a column that says which period
//! a row is of, or with the columns `count_before`, `population_before`, `count_after` and `population_after`. Where neither
//! period has populations, counts are compared by their ratio.

mod support {
    pub(crate) mod figures;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod sheet;
    pub(crate) mod source;
}

use clap::Parser;
use crimerate::{
    Basis, Confidence, Order, Per, Row,
    time::{Changes, Report},
};
use std::process::ExitCode;
use support::{
    figures, input, options,
    output::{self, Format},
    program::{self, Failure},
    sheet,
    source::Source,
};

/// Compares two periods: the change of every area, how sure it is, and who changed otherwise than the rest.
#[derive(Parser)]
#[command(name = "changes", version)]
#[command(mut_arg("file", |file| file.required(true).index(1).value_name("BEFORE").help(
    "CSV with the columns area, count and population (`-`: standard input); alone, it holds both periods"
)))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The same of the later period
    #[arg(index = 2, value_name = "AFTER", conflicts_with = "period")]
    after_file: Option<String>,
    /// The periods are in one file, which has this column, in the order in which they stand
    #[arg(long, value_name = "COLUMN")]
    period: Option<String>,
    /// The earlier period, where the file has more than two
    #[arg(long, value_name = "TEXT", requires = "period")]
    before: Option<String>,
    /// The later period, where the file has more than two
    #[arg(long, value_name = "TEXT", requires = "period")]
    after: Option<String>,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    /// The confidence level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    confidence: Confidence,
    /// Which change has rank 1: the highest (the largest rise) or the lowest
    #[arg(long, value_name = "END", default_value = "highest")]
    order: Order,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The rows of one period.
struct Period {
    name: Option<String>,
    rows: Vec<Row>,
}

fn main() -> ExitCode {
    program::finish(run())
}

fn run() -> Result<String, Failure> {
    let arguments: Arguments = match options::arguments()? {
        Ok(arguments) => arguments,
        Err(help) => return Ok(help),
    };
    let source = &arguments.source;
    let bytes = source.bytes()?;
    let (peopled, periods) = match (&arguments.after_file, &arguments.period) {
        (Some(later), _) => {
            let files = [bytes, input::read(later)?];
            let peopled = has_figures(&files[0], "population")? || has_figures(&files[1], "population")?;
            let [before, after] = files.each_ref().map(|file| rows(source, file, peopled));
            (peopled, [before?, after?].map(|rows| Period { name: None, rows }))
        }
        (None, Some(column)) => {
            let peopled = has_figures(&bytes, "population")?;
            (peopled, by_column(&arguments, column, &bytes, rows(source, &bytes, peopled)?)?)
        }
        (None, None) => {
            let peopled = has_figures(&bytes, "population_before")? || has_figures(&bytes, "population_after")?;
            let sides = [("count_before", "population_before"), ("count_after", "population_after")];
            let [before, after] = sides.map(|columns| side(source, &bytes, columns, peopled));
            (peopled, [before?, after?].map(|rows| Period { name: None, rows }))
        }
    };
    let changes = if peopled { of_rates(source, periods)? } else { of_counts(source, periods)? };
    let report = changes.per(arguments.per).with_confidence(arguments.confidence).with_order(arguments.order);
    output::report(arguments.format, &report, Report::csv)
}

fn of_rates(source: &Source, periods: [Period; 2]) -> Result<Changes, Failure> {
    let [before, after] = periods.map(|Period { name, rows }| {
        let basis = name.map_or_else(Basis::new, |name| Basis::new().with_period(name));
        let table = source.of_rows(rows)?;
        source.treated(table.with_basis(basis))
    });
    Ok(before?.change_to(&after?)?)
}

fn of_counts(source: &Source, periods: [Period; 2]) -> Result<Changes, Failure> {
    if source.has_words() {
        return Err("--counted and --per-whom need counts and populations, and these are counts alone".into());
    }
    let [before, after] = periods.map(|period| period.rows);
    let changes = Changes::of_counts(before, after)?;
    source.without_populations("counts alone", changes, |changes, area| changes.exclude(area, "by request"))
}

/// Whether a file has a column in which anything stands.
fn has_figures(bytes: &[u8], column: &str) -> Result<bool, Failure> {
    Ok(sheet::column(bytes, column)?.iter().any(|(_, text)| !text.is_empty()))
}

/// The rows of a file, with populations or without.
fn rows(source: &Source, bytes: &[u8], peopled: bool) -> Result<Vec<Row>, Failure> {
    if peopled { source.rows(bytes) } else { Ok(distinct(source, figures::counts(bytes)?)) }
}

fn distinct(source: &Source, rows: Vec<Row>) -> Vec<Row> {
    let distinct = |row| if source.accepts_similar_names() { Row::distinct(row) } else { row };
    rows.into_iter().map(distinct).collect()
}

/// The rows of one period of a file that has both side by side.
fn side(source: &Source, bytes: &[u8], (count, population): (&str, &str), peopled: bool) -> Result<Vec<Row>, Failure> {
    let row = |line: u64, area: &str, count: &str, people: &str| Row::parse(area, count, people).line(line);
    let rows = if peopled {
        let lines = sheet::read(bytes, ["area", count, population])?.into_iter();
        lines.map(|(line, [area, count, people])| row(line, &area, &count, &people)).collect()
    } else {
        let lines = sheet::read(bytes, ["area", count])?.into_iter();
        lines.map(|(line, [area, count])| row(line, &area, &count, "")).collect::<Vec<Row>>()
    };
    let codes = sheet::column(bytes, "code")?.into_iter().map(|(_, code)| code).chain(std::iter::repeat(String::new()));
    let coded = |(row, code): (Row, String)| if code.is_empty() { row } else { row.code(code) };
    Ok(distinct(source, rows.into_iter().zip(codes).map(coded).collect()))
}

/// Two of the periods that stand in a column.
fn by_column(arguments: &Arguments, column: &str, bytes: &[u8], rows: Vec<Row>) -> Result<[Period; 2], Failure> {
    let texts = sheet::read(bytes, [column])?;
    let mut all: Vec<&str> = Vec::new();
    for (line, [text]) in &texts {
        if text.is_empty() {
            return Err(format!("row {line}: the column `{column}` says no period").into());
        }
        if !all.contains(&text.as_str()) {
            all.push(text);
        }
    }
    let named = all.join(", ");
    let given = [&arguments.before, &arguments.after].map(Option::as_deref);
    if let Some(unknown) = given.into_iter().flatten().find(|text| !all.contains(text)) {
        return Err(format!("no row has the period {unknown:?} in the column `{column}`, which has {named}").into());
    }
    let mut others = all.iter().copied().filter(|text| !given.contains(&Some(*text)));
    let chosen = given.map(|text| text.or_else(|| others.next()));
    let [Some(before), Some(after)] = chosen else {
        return Err(format!("the column `{column}` has one period alone, {named}: a change takes two").into());
    };
    if before == after {
        return Err(format!("{before:?} is the earlier and the later period: a change takes two").into());
    }
    if given.contains(&None) && others.next().is_some() {
        let number = all.len();
        return Err(
            format!("the column `{column}` has {number} periods, {named}: choose two by --before and --after").into()
        );
    }
    let mut periods = [before, after].map(|name| Period { name: Some(name.to_owned()), rows: Vec::new() });
    for (row, (_, [text])) in rows.into_iter().zip(&texts) {
        if let Some(period) = periods.iter_mut().find(|period| period.name.as_ref() == Some(text)) {
            period.rows.push(row);
        }
    }
    Ok(periods)
}
