//! Standardised rates: what areas would have if the same people lived in all of them, with limits, and who changes place.
//!
//! The file has columns of areas, strata, counts and populations, a line for each stratum of each area.

mod support {
    pub(crate) mod cells;
    pub(crate) mod dispersion;
    pub(crate) mod figures;
    pub(crate) mod form;
    pub(crate) mod input;
    pub(crate) mod options;
    pub(crate) mod output;
    pub(crate) mod plot;
    pub(crate) mod policies;
    pub(crate) mod program;
    pub(crate) mod ranking;
    pub(crate) mod shape;
    pub(crate) mod source;
    pub(crate) mod totals;
}

use clap::{Parser, ValueEnum};
use crimerate::{
    Error, Method, Per, Rate,
    interval::{self, Widening},
    league::StandardisedReport,
    read::Role,
    standard::{self, ReferenceRates, StandardPopulation, Strata},
};
use std::process::ExitCode;
use support::{
    cells,
    dispersion::Varying,
    input, options,
    output::{Format, Printing},
    plot::OfValues,
    program::Failure,
    ranking::Ranking,
    source::Source,
    totals,
};

/// Standardised rates: what areas would have if the same people lived in all of them, with limits, and who changes place.
#[derive(Parser)]
#[command(name = "standardise", version)]
#[command(mut_arg("file", |file| file.required(true).help(
    "A file with columns of areas, strata, counts and populations (`-`: standard input)"
)))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The column of strata; of strata in several columns, such as ages and sexes, each of them (repeatable)
    #[arg(long, value_name = "HEADING")]
    stratum_column: Vec<String>,
    /// Weigh each area's rates by a standard population (direct), or set its count beside the one that a reference's rates make expected
    /// (indirect)
    #[arg(long, value_enum, default_value = "direct")]
    method: By,
    /// The standard population: esp2013 (age bands), pooled (all areas together), or CSV with the columns stratum and population; of the indirect
    /// method the reference: pooled, or CSV with the columns stratum, count and population
    #[arg(long, value_name = "NAME or FILE", default_value = "pooled")]
    standard: String,
    /// The limits of directly standardised rates: dobson (without it), fay-feuer, tiwari or ohid
    #[arg(long, value_name = "METHOD")]
    limits: Option<standard::Method>,
    /// The interval of observed over expected counts, of the indirect method: exact (without it), mid-p, byar, rothman-boice, ohid, score or
    /// jeffreys
    #[arg(long, value_name = "METHOD")]
    interval: Option<Method>,
    #[command(flatten)]
    varying: Varying,
    /// How limits are widened by a dispersion: stretched about the figure, or quasi, for counts below ten or so
    #[arg(long, value_name = "FORM", default_value = "stretched")]
    widening: Widening,
    /// Read rates per this many people
    #[arg(long, value_name = "N", default_value = "100000")]
    per: Per,
    #[command(flatten)]
    ranking: Ranking,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    picture: OfValues,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Direct,
    Indirect,
}

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let source = &arguments.source;
    let document = source.document()?;
    let document = match arguments.stratum_column.split_first() {
        Some((first, more)) => {
            let document = document.column(Role::Stratum, first);
            more.iter().fold(document, |file, heading| file.and_column(Role::Stratum, heading))
        }
        None => document,
    };
    let (strata, taken) = document.strata()?;
    source.tell(taken);
    let strata = strata.clone().with_basis(source.words(strata.basis().clone()));
    let held = totals::held(source.totals(), strata.table())?;
    let left_out = source.left_out(strata.table())?;
    let strata = left_out.into_iter().try_fold(strata, |strata, (area, why)| strata.exclude(&area, why))?;
    let confidence = arguments.ranking.confidence;
    let (within, widening) = (arguments.varying.dispersion, arguments.widening);
    let report = match (arguments.method, arguments.limits, arguments.interval) {
        (By::Direct, limits, None) => {
            let rates = strata.direct(&population(&arguments, &strata)?)?;
            let spec = standard::Spec::from((confidence, limits.unwrap_or_default()));
            let spec = within.map_or(spec, |within| spec.with_dispersion(within)).with_widening(widening);
            rates.report(arguments.per).with_limits(spec)
        }
        (By::Indirect, None, interval) => {
            let rates = strata.indirect(&reference(&arguments, &strata)?)?;
            let spec = interval::Spec::from((confidence, interval.unwrap_or_default()));
            let spec = within.map_or(spec, |within| spec.with_dispersion(within)).with_widening(widening);
            rates.report(arguments.per).with_interval(spec)
        }
        (By::Direct, ..) => {
            return Err("--interval: that is of the indirect method; directly standardised rates have --limits".into());
        }
        (By::Indirect, ..) => {
            return Err(
                "--limits: those are of the direct method; indirectly standardised rates have --interval".into()
            );
        }
    };
    let report = report.with_order(arguments.ranking.order).with_ties(arguments.ranking.ties);
    let printed = arguments.printing.report(&report, StandardisedReport::csv)?;
    let printed = match arguments.printing.format {
        Format::Text => printed + &held,
        Format::Csv | Format::Json => printed,
    };
    let printed = source.told(arguments.printing.format, printed)?;
    arguments.picture.draw(printed, || arguments.printing.drawn(report.plot()), || report.tile_map())
}

fn population(arguments: &Arguments, strata: &Strata) -> Result<StandardPopulation, Failure> {
    Ok(match arguments.standard.as_str() {
        "esp2013" => StandardPopulation::esp_2013(),
        "pooled" => StandardPopulation::pooled(strata)?,
        path => StandardPopulation::new(cells::called(path), cells::numbers(path, ["stratum", "population"])?)?,
    })
}

fn reference(arguments: &Arguments, strata: &Strata) -> Result<ReferenceRates, Failure> {
    match arguments.standard.as_str() {
        "esp2013" => {
            Err("the European Standard Population has people and no rates: the indirect method needs rates".into())
        }
        "pooled" => Ok(ReferenceRates::pooled(strata)?),
        path => {
            let (lines, _) = input::document(path)?.cells(["stratum", "count", "population"])?;
            let rate = |(line, [stratum, count, population]): (u64, [String; 3])| {
                let rate = || -> Result<Rate, Error> {
                    let row = crimerate::Row::parse(&stratum, &count, &population);
                    let table = crimerate::Table::from_rows([row])?;
                    table.rate(0).and_then(Result::ok).ok_or_else(|| crimerate::ErrorKind::NoRows.into())
                };
                rate().map(|rate| (stratum.clone(), rate)).map_err(|error| error.at_row(line))
            };
            Ok(ReferenceRates::new(cells::called(path), lines.into_iter().map(rate).collect::<Result<Vec<_>, _>>()?)?)
        }
    }
}
