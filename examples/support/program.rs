//! An orderly end: all of the output, or a line for each fault that says why there is none.

use std::{error, io, io::Write, process::ExitCode, sync::OnceLock};

/// Anything that ends an example, a line for each fault.
pub(crate) type Failure = Box<dyn error::Error>;

/// Prints all of the output at once, or what is wrong, a line for each fault, with exit status 1.
pub(crate) fn finish(outcome: Result<String, Failure>) -> ExitCode {
    match outcome.and_then(|text| print(&text).map_err(Into::into)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let mut told = Vec::new();
            for line in failure.to_string().lines() {
                let cure = cure(line).map(|cure| of_area(&cure, line)).filter(|cure| !told.contains(cure));
                told.extend(cure.clone());
                let cure = cure.map_or_else(String::new, |cure| format!(" (--{cure})"));
                let _ = writeln!(io::stderr(), "error: {}{cure}", line.replace(char::is_control, " "));
            }
            ExitCode::FAILURE
        }
    }
}

/// A reader that stops early, such as `head`, is no failure.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Words of a fault, and the option that cures it, of which the library knows nothing.
const CURES: [(&str, &str); 35] = [
    ("is it a rate, or an estimate?", "rate-column HEADING"),
    ("of how many each number is if it is in thousands", "population-unit N, or --populations-unit N of another file"),
    ("the list of weights has no offence", "weights FILE, or --leave-out-unweighted"),
    ("no column is \"count_before\"", "period-column HEADING, or a second file"),
    ("and rates are to be read per", "per N"),
    ("hold the names of areas", "area-column HEADING"),
    ("hold codes of areas", "code-column HEADING"),
    ("hold counts", "count-column HEADING"),
    ("hold populations", "population-column HEADING, or --populations YEAR|FILE"),
    ("hold months", "months-column HEADING"),
    ("hold what was counted", "offence-column HEADING"),
    ("hold periods", "period-column HEADING"),
    ("hold strata", "stratum-column HEADING"),
    ("take only those of one value", "where COLUMN=VALUE, --sum, --area-column HEADING"),
    ("take only the rows of one value", "where COLUMN=VALUE, --sum, or --stratum-column HEADING for each"),
    ("choose one value of each column", "where COLUMN=VALUE, or --stratum-column HEADING for each"),
    ("shares months with periods like", "leave-out-line N"),
    ("stands in row", "leave-out-line N"),
    ("the name is that of", "accept-similar-names"),
    (
        "population is not given, so no rate is defined: add it, or leave the area out; if",
        "unplaced NAME, --total NAME or --leave-out-invalid",
    ),
    ("if its count is in no area", "unplaced NAME, or --leave-out-invalid"),
    ("population is zero", "leave-out-invalid"),
    ("population is not given", "leave-out-invalid, --total NAME or --unplaced NAME"),
    ("say whether the point stands", "decimal-point, or --decimal-comma"),
    ("say what the mark stands for", "mark TEXT=NUMBER|missing|suppressed"),
    ("say which stands before the fraction", "decimal-comma"),
    ("have names filled down", "fill-down, or --leave-out-line N"),
    ("the numbers of the column", "count-unit N, --population-unit N, or --populations-unit N of another file"),
    ("say how many months all counts cover", "months N, --where COLUMN=VALUE"),
    ("overlap, so that counts stand in both", "where COLUMN=VALUE"),
    ("the workbook has", "sheet NAME"),
    ("no sheet is ", "sheet NAME"),
    ("no encoding has the name", "encoding NAME"),
    ("does a comma within a number", "delimiter MARK"),
    ("no row stands on this line", "leave-out-line N"),
];

/// What headings of rates have in them.
const RATES: [&str; 6] = ["rate", "per 1", "per_1", "/1", "incidence", "prevalence"];

/// The options that the example has.
static OPTIONS: OnceLock<Vec<String>> = OnceLock::new();

/// Notes which options the example has.
pub(crate) fn has_options_of(command: &clap::Command) {
    let shown = command.get_arguments().filter(|option| !option.is_hide_set());
    let options = shown.filter_map(|option| option.get_long().map(str::to_owned));
    let _ = OPTIONS.set(options.collect());
}

/// A cure with the name of the area that a fault is of, where its row is known.
fn of_area(cure: &str, fault: &str) -> String {
    match fault.split_once(": row ") {
        Some((place, _)) if cure.starts_with("unplaced") => {
            let area = [": indicator ", ": period ", ": stratum "].iter().find_map(|part| place.split_once(part));
            cure.replace("NAME", &format!("{:?}", area.map_or(place, |(area, _)| area)))
        }
        _ => cure.to_owned(),
    }
}

/// The option that cures a fault, if the example has it.
fn cure(fault: &str) -> Option<String> {
    let known = |cure: &str| {
        let option = cure.split([' ', ',']).next().unwrap_or_default();
        OPTIONS.get().is_some_and(|options| options.iter().any(|known| known == option))
    };
    // Where there are rates and no counts, rates alone may be meant.
    let (words, rates) = (fault.to_lowercase(), "rate-column HEADING, or --count-column HEADING");
    let of_rates = (fault.contains("hold counts") || fault.contains("no column is \"count_before\""))
        && RATES.iter().any(|rate| words.contains(rate));
    if of_rates && known(rates) {
        return Some(rates.to_owned());
    }
    let (_, cure) = CURES.iter().find(|(words, _)| fault.contains(words))?;
    let elsewhere = if of_rates { "; rates alone are compared by compare FILE --rate-column HEADING" } else { "" };
    known(cure).then(|| format!("{cure}{elsewhere}"))
}
