//! The interval of counts by every method: whole ones, counts that were corrected or are known between two ends, offences of repeat victims.

mod support {
    pub(crate) mod cells;
    pub(crate) mod counts;
    pub(crate) mod form;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod plot;
    pub(crate) mod program;
}

use clap::Parser;
use crimerate::{
    Confidence, Interval, Method, Per, Population,
    interval::{EstimatedCount, Widening},
    plot::Plot,
    read::Role,
};
use std::{collections::BTreeSet, process::ExitCode};
use support::{
    counts::{self, Count, Counted},
    form::{Columns, Form, HeadingEnds},
    options,
    plot::Picture,
    program::Failure,
};

/// The interval of each count of a CSV file by every method.
///
/// The file has a column `count`: whole numbers, numbers with a fraction (corrected counts, which get gamma limits), or what lies between two ends, such as `1-9`, or above one, such as `>=10`. It
/// may have `confidence`, `population` (for rates), `area`, `observed` (the whole count that a corrected one is a known multiple of, for scaled limits) and
/// `dispersion` (how many times as much as by chance the count varies, 1 or more; not of counts between two ends). A count that is not known has one row, with a note.
///
/// Of repeat victims it has `offences_per_victim` and `victims` in place of `count`, several rows an area: how many victims had how many offences.
#[derive(Parser)]
#[command(name = "intervals", version)]
struct Arguments {
    /// The file (`-`: standard input)
    #[arg(default_value = "-")]
    file: String,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    _ends: HeadingEnds,
    /// The confidence level, where the file has no column `confidence`
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    confidence: Confidence,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    /// The picture has each count by its first method, or a single one by every method
    #[command(flatten)]
    picture: Picture,
}

const COLUMNS: [&str; 11] = [
    "count",
    "confidence",
    "method",
    "lower",
    "upper",
    "area",
    "population",
    "rate",
    "rate_lower",
    "rate_upper",
    "note",
];

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let document = arguments.columns.document(arguments.form.document(&arguments.file)?);
    let people = &arguments.columns.population_column;
    let document = people.iter().fold(document, |document, heading| document.column(Role::Population, heading));
    let all = counts::read(&document, arguments.confidence)?;
    for counted in &all {
        for (method, (lower, upper), note) in limits(counted) {
            let over = |x: f64| counted.population.map(|people| rate(x, people, arguments.per));
            let single = counted.count.single();
            writer.write_record([
                counted.count.to_string(),
                counted.confidence.level().to_string(),
                method,
                text(lower),
                text(upper),
                counted.area.clone(),
                counted.population.map_or_else(String::new, |people| people.get().to_string()),
                text(single.and_then(over)),
                text(lower.and_then(over)),
                text(upper.and_then(over)),
                note,
            ])?;
        }
    }
    let printed = String::from_utf8(writer.into_inner()?)?;
    arguments.picture.draw(printed, || picture(&all, arguments.per))
}

/// Counts, or rates where all have a population, each by its first method, or a single one by all.
fn picture(all: &[Counted], per: Per) -> Plot {
    let rates = all.iter().all(|counted| counted.population.is_some());
    let figure = |counted: &Counted, name: String, (lower, upper): (f64, f64)| {
        let over = |x: f64| counted.population.filter(|_| rates).map_or(x, |people| rate(x, people, per));
        (name, counted.count.single().map(over), (over(lower), over(upper)))
    };
    let what = if rates { format!("rates {per}") } else { "counts".into() };
    let levels: BTreeSet<String> = all.iter().map(|counted| counted.confidence.to_string()).collect();
    let level = levels.first().filter(|_| levels.len() == 1).map(|level| format!("{level} "));
    let level = level.as_deref().unwrap_or_default();
    let each_level = if level.is_empty() { ", each at its own level" } else { "" };
    let chance = "Limits allow for chance alone unless their method says otherwise.";
    if let [only] = all {
        let each = limits(only).into_iter().filter_map(|(method, ends, _)| Some(figure(only, method, both(ends)?)));
        let of = if only.area.is_empty() { String::new() } else { format!(" of {}", only.area) };
        let what_of = format!("{level}limits by each method of the count {}{of}", only.count);
        return Plot::of_limits(&what, each).with_subtitle(capital(&what_of)).with_note(chance);
    }
    let mut methods = BTreeSet::new();
    let each: Vec<_> = all
        .iter()
        .filter_map(|counted| {
            let (method, ends) =
                limits(counted).into_iter().find_map(|(method, ends, _)| Some((method, both(ends)?)))?;
            methods.insert(method);
            let name = if counted.area.is_empty() { counted.count.to_string() } else { counted.area.clone() };
            Some(figure(counted, name, ends))
        })
        .collect();
    let by = methods.into_iter().collect::<Vec<_>>().join(", ");
    let subtitle = format!("{what} with their {level}limits{each_level}: {by}");
    let plot = Plot::of_limits(&what, each).with_subtitle(capital(&subtitle)).with_note(chance);
    all.iter().filter_map(said).fold(plot, Plot::with_note)
}

/// What a picture cannot show: counts without limits, and those that lie between two ends.
fn said(counted: &Counted) -> Option<String> {
    let why = match counted.count {
        Count::Without(why) => format!("not drawn, as {why}"),
        Count::AtLeast(least) => format!("not drawn, as its count is {least} or more"),
        Count::Between(least, most) => format!("a count from {least} to {most}"),
        Count::Whole(_) | Count::Estimated(_) => return None,
    };
    let name = if counted.area.is_empty() { counted.count.to_string() } else { counted.area.clone() };
    Some(format!("{name}: {why}."))
}

/// A text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The limits, where there are two.
fn both((lower, upper): (Option<f64>, Option<f64>)) -> Option<(f64, f64)> {
    lower.zip(upper)
}

/// A figure, or nothing where there is none.
fn text(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, |figure| figure.to_string())
}

fn rate(count: f64, people: Population, per: Per) -> f64 {
    count * f64::from(per.get()) / people.get() as f64
}

/// A method with its limits, as far as there are any, and a note.
type Line = (String, (Option<f64>, Option<f64>), String);

/// The limits of a count by every method that there is for it.
fn limits(counted: &Counted) -> Vec<Line> {
    let level = counted.confidence;
    let ends = |interval: Interval| (Some(interval.lower()), Some(interval.upper()));
    let of = |count: u64, method: Method| Interval::of_count(count, (level, method));
    let every = |least: u64, most: u64, note: &'static str| {
        Method::ALL.iter().map(move |method| {
            (method.to_string(), (Some(of(least, *method).lower()), Some(of(most, *method).upper())), note.to_owned())
        })
    };
    let widened = |count: EstimatedCount| {
        let note = match counted.of_repeats {
            true => format!("phi {:.3}, from how many offences each victim had", count.dispersion()),
            false => format!("phi {} as given", count.dispersion()),
        };
        Widening::ALL.iter().map(move |how| (how.to_string(), ends(count.interval((level, *how))), note.clone()))
    };
    match counted.count {
        Count::Without(why) => vec![(String::new(), (None, None), why.to_owned())],
        Count::Whole(count) => every(count, count, "").collect(),
        Count::Between(least, most) => {
            every(least, most, "from the lower limit of the least count to the upper one of the most").collect()
        }
        Count::AtLeast(least) => {
            let note = "the lower limit of the least count; nothing bounds the count from above";
            let lower =
                |method: &Method| (method.to_string(), (Some(of(least, *method).lower()), None), note.to_owned());
            Method::ALL.iter().map(lower).collect()
        }
        Count::Estimated(count) if count.dispersion() > 1.0 => {
            let whole = count.count() as u64;
            let chance = (count.count().fract() == 0.0).then(|| every(whole, whole, "by chance alone"));
            widened(count).chain(chance.into_iter().flatten()).collect()
        }
        Count::Estimated(count) => {
            let gamma = ("gamma".to_owned(), ends(count.interval(level)), String::new());
            let scaled = counted.observed.filter(|observed| *observed > 0).map(|observed| {
                let (factor, seen) = (count.count() / observed as f64, of(observed, Method::Exact));
                let note = "the exact limits of the observed count, times the factor of the correction";
                ("scaled".to_owned(), (Some(factor * seen.lower()), Some(factor * seen.upper())), note.to_owned())
            });
            std::iter::once(gamma).chain(scaled).collect()
        }
    }
}
