//! The command line of an example: what it takes, and why it does not take what other examples do.

use super::program::{self, Failure};
use clap::{ArgMatches, Command, error::ContextKind, parser::ValueSource};
use std::process::ExitCode;

/// Runs an example on its command line: what it gives, or help, is printed, a fault as a line.
pub(crate) fn run<T: clap::Parser>(run: impl FnOnce(T) -> Result<String, Failure>) -> ExitCode {
    program::finish(arguments().and_then(|given| given.map_or_else(Ok, run)))
}

/// The command line, or the help to print instead.
fn arguments<T: clap::Parser>() -> Result<Result<T, String>, Failure> {
    let command = T::command().mut_args(|option| match option.get_long().and_then(why_not) {
        Some(_) => option.hide(true),
        None => option,
    });
    program::has_options_of(&command);
    let refused = refused(&command);
    let found = command.try_get_matches().and_then(|matches| Ok((T::from_arg_matches(&matches)?, matches)));
    match found {
        Ok((arguments, matches)) => match refused.into_iter().find(|(id, ..)| is_given(&matches, id)) {
            Some((_, option, why)) => Err(format!("--{option}: {why}").into()),
            None => Ok(Ok(arguments)),
        },
        Err(error) if !error.use_stderr() => Ok(Err(error.to_string())),
        Err(error) => {
            let unknown = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
            if let Some(why) = unknown.strip_prefix("--").and_then(why_not) {
                return Err(format!("{unknown}: {why}").into());
            }
            let text = error.to_string();
            // The first line says what is wrong, the second may say what would be right.
            let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
            let line = lines.join(" ");
            Err(line.strip_prefix("error: ").unwrap_or(&line).to_owned().into())
        }
    }
}

/// The options of a command that have no meaning in this example: how it calls them, how people do, and why.
fn refused(command: &Command) -> Vec<(String, String, &'static str)> {
    let all = command.get_arguments();
    all.filter_map(|option| {
        let long = option.get_long()?;
        Some((option.get_id().to_string(), long.to_owned(), why_not(long)?))
    })
    .collect()
}

fn is_given(matches: &ArgMatches, id: &str) -> bool {
    matches.value_source(id) == Some(ValueSource::CommandLine)
}

/// Why an option that other examples have has no meaning in this one.
fn why_not(option: &str) -> Option<&'static str> {
    let example = env!("CARGO_CRATE_NAME");
    let here = |(options, examples, _): &&(&str, &str, &str)| {
        let is_among = |list: &str, one: &str| list.split(' ').any(|other| other == one);
        is_among(examples, example) && is_among(options, option)
    };
    WITHOUT_MEANING.iter().find(here).map(|(.., why)| *why)
}

/// Options, the examples in which they have no meaning, and why.
const WITHOUT_MEANING: [(&str, &str, &str); 43] = [
    (
        "rate-column",
        "claims changes funnel rank smooth panel series standardise weighted intervals",
        "how sure rates are takes their counts and populations, so rates alone are only compared: compare FILE --rate-column HEADING",
    ),
    (
        "expected-column",
        "compare claims changes rank smooth panel series standardise weighted intervals",
        "counts are held against expected ones in a funnel: funnel FILE --expected-column HEADING",
    ),
    (
        "period-column",
        "compare claims funnel rank smooth standardise weighted intervals",
        "this is about one period: choose it by --where COLUMN=VALUE, or compare periods by changes, panel or series",
    ),
    (STREET_FORM, "streets", "the files of data.police.uk have one form, which is known"),
    (STREET_COLUMNS, "streets", "the files of data.police.uk have one form, which is known"),
    ("months", "streets", "the files tell which months they are of"),
    ("total with-totals", "streets", "street files have no totals among their crimes"),
    ("unplaced unplaced-in-average", "streets", "crimes without a place are counted apart, in no area, as they stand"),
    ("rounded-to", "streets", "crimes are counted one by one, so that nothing is rounded"),
    ("leave-out-invalid", "streets", "areas without people are left out, with a note, as they stand"),
    ("group", "streets", "areas are compared with all others; give a table of their counts to compare"),
    ("accept-similar-names", "streets", "forces and small areas go by their codes"),
    (
        "group by",
        "rank smooth",
        "ranks and estimates are among all areas at once; choose a group by --where COLUMN=VALUE, or give it to compare",
    ),
    (
        "group by",
        "changes series standardise weighted intervals",
        "areas are not compared with groups here; choose a group by --where COLUMN=VALUE, or give it to compare",
    ),
    (
        "leave-out-unknown",
        "rank smooth changes series standardise weighted streets intervals",
        "there are no groups here",
    ),
    (
        "average leave-out-self",
        "changes",
        "a change is held against no change and against that of all other areas, not against an average",
    ),
    ("average leave-out-self", "series", "each area is held against its own centre, not against an average"),
    (
        "average leave-out-self",
        "standardise weighted intervals",
        "areas are set beside a standard, or stand alone: what they give can be given to compare by --rate-column",
    ),
    (
        "interval",
        "changes rank smooth funnel claims panel weighted",
        "limits here come with the method itself; those of rates by other methods are in compare",
    ),
    ("interval", "intervals", "all methods are printed, a line each"),
    ("confidence", "funnel", "limits have levels in per cent: --levels 95,99.8"),
    (
        "confidence",
        "claims",
        "a verdict is at 95 %, and says up to how much more variation it holds: --holds-up-to TIMES asks for more",
    ),
    ("confidence", "panel", "cells have no intervals here: choose an indicator by --where COLUMN=VALUE and compare it"),
    ("ties order", "funnel claims", "nothing is ranked here: give the file to compare or rank"),
    ("ties order", "panel intervals", "indicators stand as they are: give the file to compare or rank"),
    ("ties", "series", "periods stand as they are, and equal rates of a period have one rank"),
    ("ties", "changes", "changes are not rounded, so that equal ones have one rank"),
    (
        "top",
        "funnel",
        "a funnel ranks no areas: its limits tell who lies outside, and --plot draws the ends by --ends K",
    ),
    ("top", "claims series intervals", "nothing is ranked here: give the file to compare or rank"),
    (
        "months",
        "panel series standardise weighted",
        "figures have the months of their periods; a column of months may say how many each row covers",
    ),
    (
        "rounded-to",
        "panel series standardise weighted",
        "only a table of one period allows for counts that are rounded: compare",
    ),
    (
        "min-expected",
        "panel series",
        "how many are expected differs from period to period and from offence to offence: leave areas out by --exclude or --min-population",
    ),
    (
        "merge denominator",
        "series standardise weighted",
        "figures of parts and periods are not merged one by one: merge the rows in the file, or leave an area out by --exclude",
    ),
    (
        "unplaced unplaced-in-average",
        "series",
        "areas are held against themselves and not against one another: leave the rows out by --exclude",
    ),
    (
        "unplaced unplaced-in-average",
        "standardise weighted",
        "what is in no area is in none of these figures: leave the rows out by --exclude",
    ),
    (
        "across",
        "panel series standardise weighted",
        "areas that stand across are read for one table: give a row for each area, or the file to compare, funnel, rank, smooth or claims",
    ),
    (
        "unplaced-in-average",
        "changes",
        "the change of all areas together is that of their own counts: --unplaced leaves what is in none out",
    ),
    (
        "unplaced-in-average",
        "panel",
        "the averages of a panel have no counts that are in no area: --unplaced leaves them out",
    ),
    (
        "leave-out-invalid",
        "standardise",
        "an area without people in a stratum has no standardised rate: leave it out by --exclude",
    ),
    ("min-population", "series", "an area may have other people in every period: leave it out by --exclude"),
    (INTERVAL_COLUMNS, "intervals", "counts of every kind go by their headings, which --help tells"),
    (
        INTERVAL_ROWS,
        "intervals",
        "each count stands alone, so that nothing is compared or left out: --where COLUMN=VALUE chooses rows",
    ),
    ("format", "intervals", "limits are printed as CSV alone"),
];

const STREET_FORM: &str = "where sheet delimiter encoding skip no-header strict decimal-comma decimal-point mark fill-down leave-out-line sum one-area across";
const STREET_COLUMNS: &str = "area-column code-column count-column population months-column rate-column expected-column period-column only-codes count-unit population-unit";
const INTERVAL_COLUMNS: &str = "code-column population months-column count-unit population-unit mark \
    decimal-comma decimal-point fill-down sum populations one-area across";
const INTERVAL_ROWS: &str = "total with-totals unplaced unplaced-in-average exclude merge denominator min-population min-expected months \
    rounded-to leave-out-invalid accept-similar-names only-codes source counted per-whom period strict";
