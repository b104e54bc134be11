//! Compares two periods: the change of every area, how sure it is, and who changed otherwise than the rest.
//!
//! The periods are two files with columns of areas, counts and populations, or one file: with a column that says which period
//! a row is of, or with the columns `count_before`, `population_before`, `count_after` and `population_after`, and `months_before`
//! and `months_after` where counts cover other months; each can be named. Where neither period has populations, counts are compared by
//! their ratio, per month where there are months. A file without a column of areas, or whose areas are the periods, is of one area.

mod support {
    pub(crate) mod dispersion;
    pub(crate) mod figures;
    pub(crate) mod form;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod plot;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod shape;
    pub(crate) mod source;
    pub(crate) mod varying;
}

use clap::{Args, Parser};
use crimerate::{
    Area, Basis, Confidence, Error, ErrorKind, Note, Order, Per, Period, Topic,
    interval::WithinDispersion,
    read::{Document, Role, Taken},
    time::{Changes, Report},
};
use std::process::ExitCode;
use support::{
    options,
    output::Printing,
    plot::Picture,
    program::Failure,
    source::{Source, has_figures},
    varying::Estimated,
};

/// Compares two periods: the change of every area, how sure it is, and who changed otherwise than the rest.
#[derive(Parser)]
#[command(name = "changes", version)]
#[command(mut_arg("file", |file| file.required(true).index(1).value_name("BEFORE").help(
    "A file with columns of areas, counts and populations (`-`: standard input); alone, it holds both periods"
)))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The same of the later period
    #[arg(index = 2, value_name = "AFTER", conflicts_with = "period_column")]
    after_file: Option<String>,
    /// The periods are in one file, which has this column, in the order in which they stand; where it has more than two, all of them
    /// show how much counts vary (`--dispersion 1` for chance alone)
    #[arg(long, value_name = "COLUMN")]
    period_column: Option<String>,
    /// The earlier period, where the file has more than two
    #[arg(long, value_name = "TEXT", requires = "period_column")]
    before: Option<String>,
    /// The later period, where the file has more than two
    #[arg(long, value_name = "TEXT", requires = "period_column")]
    after: Option<String>,
    #[command(flatten)]
    beside: ComparedWith,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    /// The confidence level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    confidence: Confidence,
    /// Which change has rank 1: the highest (the largest rise) or the lowest
    #[arg(long, value_name = "END", default_value = "highest")]
    order: Order,
    #[command(flatten)]
    varying: Estimated,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    printing: Printing,
}

/// The columns of both periods, where they stand side by side.
#[derive(Args)]
#[group(multiple = true, conflicts_with_all = ["after_file", "period_column"])]
struct ComparedWith {
    /// The column of the earlier counts, where it is not `count_before`
    #[arg(long, value_name = "HEADING", default_value = "count_before")]
    count_before: String,
    /// The column of the later counts
    #[arg(long, value_name = "HEADING", default_value = "count_after")]
    count_after: String,
    /// The column of the earlier populations
    #[arg(long, value_name = "HEADING", default_value = "population_before")]
    population_before: String,
    /// The column of the later populations
    #[arg(long, value_name = "HEADING", default_value = "population_after")]
    population_after: String,
    /// The column of the months of the earlier counts
    #[arg(long, value_name = "HEADING", default_value = "months_before")]
    months_before: String,
    /// The column of the months of the later counts
    #[arg(long, value_name = "HEADING", default_value = "months_after")]
    months_after: String,
}

/// One period, and the file that has its rows.
struct Side {
    name: Option<String>,
    file: Document,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let source = &arguments.source;
    source.no_counts_without_a_row("two periods")?;
    if let (None, None, Some(words)) = (&arguments.period_column, &arguments.after_file, source.words_of_period())
        && source.document()?.cells([words]).is_ok()
    {
        return Err(format!("--period {words}: it says in words when the counts are of; the column {words} is given by --period-column {words}").into());
    }
    let document = of_one_area(source, source.document()?, arguments.period_column.as_deref());
    let whole = arguments.period_column.as_ref().map(|column| document.clone().column(Role::Period, column));
    let (peopled, periods) = match (&arguments.after_file, &arguments.period_column) {
        (Some(later), _) => {
            let files = [document, of_one_area(source, source.document_at(later)?, None)];
            let peopled = files.iter().any(|file| source.is_peopled(file));
            (peopled, files.map(|file| Side { name: None, file }))
        }
        (None, Some(column)) => {
            let peopled = source.is_peopled(&document);
            (peopled, by_column(&arguments, column, &document)?)
        }
        (None, None) if source.is_across() => {
            return Err(
                "--across: say which rows are of which period, by --period-column, or give a file for each".into()
            );
        }
        (None, None) => {
            let beside = &arguments.beside;
            let (populations, months) =
                ([&beside.population_before, &beside.population_after], [&beside.months_before, &beside.months_after]);
            let has = |headings: [&String; 2]| headings.into_iter().any(|heading| has_figures(&document, heading));
            let (peopled, timed) = (has(populations), has(months));
            let side = |(at, count): (usize, &String)| {
                let file = document.clone().column(Role::Count, count);
                let of = |file: Document, given: bool, role, headings: [&String; 2]| match headings.get(at) {
                    Some(heading) if given => file.column(role, *heading),
                    _ => file,
                };
                let file = of(file, peopled, Role::Population, populations);
                Side { name: None, file: of(file, timed, Role::Months, months) }
            };
            (peopled, [(0, &beside.count_before), (1, &beside.count_after)].map(side))
        }
    };
    let changes = if peopled { of_rates(source, periods)? } else { of_counts(source, periods)? };
    if changes.iter().all(|(_, change)| change.is_err()) {
        return Err(no_change(&changes));
    }
    if let Some(column) = &arguments.period_column {
        source.tell_as_one(|parts| together(parts, column));
    }
    let report = changes.per(arguments.per).with_confidence(arguments.confidence).with_order(arguments.order);
    let areas: Vec<Area> = changes.iter().map(|(area, _)| area.clone()).collect();
    let within = arguments.varying.within(source, &areas)?;
    let within = within.or_else(|| of_all_periods(whole?, &changes, source));
    let report = within.map_or(report.clone(), |within| report.with_dispersion(within));
    let printed = source.told(arguments.printing.format, arguments.printing.report(&report, Report::csv)?)?;
    arguments.picture.draw(printed, || arguments.printing.drawn(report.plot()))
}

/// What all rows are called where they are of one area.
const ONE_AREA: &str = "All";

/// A file of one area, where it has no column of areas, or its areas are the periods.
fn of_one_area(source: &Source, file: Document, periods: Option<&str>) -> Document {
    let areas = source.shape.areas();
    let is_one = !source.is_across()
        && !source.shape.is_of_one_area()
        && match periods {
            Some(column) => match file.cells([column, areas]) {
                Ok((cells, _)) => cells.iter().all(|(_, [period, area])| period == area),
                Err(_) => names_no_area(&file),
            },
            None => names_no_area(&file),
        };
    if is_one { file.of_one_area(ONE_AREA) } else { file }
}

/// Whether a file has no column that is known to hold the names of areas.
fn names_no_area(file: &Document) -> bool {
    let faults = file.clone().counts_alone().rows().err();
    faults.is_some_and(|faults| {
        let is_areas = |fault: &Error| matches!(fault.kind(), ErrorKind::NoColumn { found, .. } if found.contains("the names of areas"));
        faults.iter().any(is_areas)
    })
}

/// Why there is nothing to compare.
fn no_change(changes: &Changes) -> Failure {
    let why = changes.notes().iter().filter(|note| matches!(note.topic(), Topic::LeftOut | Topic::Policy));
    let why: Vec<&str> = why.map(Note::text).collect();
    format!("no area has a change; areas go by their codes or else by their names. {}", why.join(" ")).into()
}

fn of_rates(source: &Source, periods: [Side; 2]) -> Result<Changes, Failure> {
    let [before, after] = periods.map(|Side { name, file }| {
        let table = source.read(&file)?;
        let basis = name.into_iter().fold(table.basis().clone(), Basis::with_period);
        Ok::<_, Failure>(table.with_basis(basis))
    });
    let (before, after) = (before?, after?);
    let later = source.treated_beside(after.clone(), Some(&before))?;
    Ok(source.treated_beside(before, Some(&after))?.change_to(&later)?)
}

fn of_counts(source: &Source, periods: [Side; 2]) -> Result<Changes, Failure> {
    if source.says_per_whom() {
        return Err("--per-whom needs populations, and these are counts alone".into());
    }
    let [before, after] = periods.map(|Side { name, file }| (name, file.counts_alone().rows()));
    let ((one, before), (other, after)) = (before, after);
    let ((before, taken), (after, taken_too)) = (before?, after?);
    source.tell(taken);
    source.tell(taken_too);
    let changes = Changes::of_counts(before, after)?;
    let basis = |name: Option<String>| source.words(name.into_iter().fold(Basis::new(), Basis::with_period));
    let changes = changes.with_bases(basis(one), basis(other))?;
    source.without_populations("counts alone", changes, Changes::exclude)
}

/// How much counts vary over all the periods of a file, where it has more than the two that are compared.
fn of_all_periods(file: Document, changes: &Changes, source: &Source) -> Option<WithinDispersion> {
    let file = if changes.of_counts_alone() { file.counts_alone() } else { file };
    let (series, _) = file.series().ok()?;
    let series = series.of_some(|area| changes.area(area.label()).is_ok())?;
    let more = |within: &WithinDispersion| within.estimated_from().is_some_and(|(_, periods)| periods > 2);
    let found = WithinDispersion::of_series(&series).ok().filter(more)?;
    source.note(series.seasons_note());
    source.note(series.variation_note());
    Some(found)
}

/// What was taken from the periods of one file; that each passes the other over is no news.
fn together(parts: Vec<Taken>, column: &str) -> Vec<Taken> {
    let other_period = format!("where {column} is not ");
    let both = parts.into_iter().map(|mut part| {
        part.passed.retain(|passed| !passed.reason.starts_with(&other_period));
        part
    });
    let both = both.reduce(|mut all, part| {
        all.rows += part.rows;
        let passed = part.passed.into_iter().filter(|passed| !all.passed.contains(passed)).collect::<Vec<_>>();
        all.passed.extend(passed);
        for mark in part.met {
            match all.met.iter_mut().find(|met| (&met.text, &met.taken) == (&mark.text, &mark.taken)) {
                Some(met) => (met.times, met.line) = (met.times + mark.times, met.line.min(mark.line)),
                None => all.met.push(mark),
            }
        }
        let totals = part.totals.into_iter().filter(|total| !all.totals.contains(total)).collect::<Vec<_>>();
        all.totals.extend(totals);
        let notes = part.notes.into_iter().filter(|note| !all.notes.contains(note)).collect::<Vec<_>>();
        all.notes.extend(notes);
        all
    });
    both.into_iter().collect()
}

/// Two of the periods that stand in a column.
fn by_column(arguments: &Arguments, column: &str, file: &Document) -> Result<[Side; 2], Failure> {
    let (texts, _) = file.cells([column])?;
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
    // Periods that read as such stand in the order of time, whatever that of the file.
    if let Ok(mut typed) = Period::of_column(all.iter().copied())
        .zip(&all)
        .map(|(period, text)| Ok((period?, *text)))
        .collect::<Result<Vec<_>, Error>>()
    {
        typed.sort();
        all = typed.into_iter().map(|(_, text)| text).collect();
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
    Ok([before, after].map(|name| Side { name: Some(name.to_owned()), file: file.clone().only(column, name) }))
}
