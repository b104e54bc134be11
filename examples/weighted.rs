//! Severity scores: counts weighted by how much each kind of offence weighs, over the population, with limits.
//!
//! Without a file it scores recorded crime of the police forces of England and Wales, year to March 2018. With one, the file has
//! columns of areas, offences, counts and populations, a line for each offence of each area.

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

use clap::Parser;
use crimerate::{
    Per,
    interval::Widening,
    league::{ScoreReport, ScoreShares},
    plot::Plot,
    read::Role,
    records::Absent,
    standard::{Method, Spec, Unweighted, Weights},
};
use std::process::ExitCode;
use support::{
    cells,
    dispersion::Varying,
    figures, options,
    output::{self, Format, Printing},
    plot::OfValues,
    program::Failure,
    ranking::Ranking,
    source::Source,
    totals,
};

/// Severity scores: counts weighted by how much each kind of offence weighs, over the population, with limits.
#[derive(Parser)]
#[command(name = "weighted", version)]
#[command(mut_arg("file", |file| file.help(
    "A file with columns of areas, offences, counts and populations (`-`: standard input); without one, recorded crime of 2017/18"
)))]
struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The column of offences
    #[arg(long, value_name = "HEADING", requires = "file")]
    offence_column: Option<String>,
    /// The weights: CSV with the columns offence and weight; without it those of the Crime Severity Score of 2020, by Home Office code
    #[arg(long, value_name = "FILE")]
    weights: Option<String>,
    /// Leave offences without a weight out with a note that tells their share, where they would be refused
    #[arg(long)]
    leave_out_unweighted: bool,
    /// What it means that an area has no line of an offence: zero (none recorded) or missing (not known, so the area has no score)
    #[arg(long, value_name = "MEANING", default_value = "missing")]
    absent: Absent,
    /// The limits: dobson, fay-feuer, tiwari or ohid
    #[arg(long, value_name = "METHOD", default_value = "dobson")]
    limits: Method,
    #[command(flatten)]
    varying: Varying,
    /// How limits are widened by a dispersion: stretched about the figure, or quasi, for counts below ten or so
    #[arg(long, value_name = "FORM", default_value = "stretched")]
    widening: Widening,
    /// Read scores per this many people
    #[arg(long, value_name = "N", default_value = "1000")]
    per: Per,
    /// Print what each offence brings to the score of each area instead
    #[arg(long, conflicts_with_all = ["plot", "top", "per", "limits", "dispersion", "widening", "order", "ties", "confidence"])]
    shares: bool,
    #[command(flatten)]
    ranking: Ranking,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    picture: OfValues,
}

/// What is to be known of the scores of the embedded figures.
const CHECKED: &str = "Checked: the counts of each force add up to its recorded crime without fraud as published, and every offence code has a weight. \
                       Not checked: the scores, as no score published for this year with these weights and populations was at hand.";

/// The same on the line of each area.
const CHECKED_HERE: &str =
    "its counts add up to what was published; no published score was at hand to check this one against";

fn main() -> ExitCode {
    options::run(run)
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let source = &arguments.source;
    let offences = match &source.file {
        None => figures::recorded_by_offence()?,
        Some(path) => {
            let heading = &arguments.offence_column;
            let document =
                heading.iter().fold(source.document_at(path)?, |file, heading| file.column(Role::Offence, heading));
            let (offences, taken) = document.offences(arguments.absent)?;
            source.tell(taken);
            offences.clone().with_basis(source.words(offences.table().basis().clone()))
        }
    };
    let held = totals::held(source.totals(), offences.table())?;
    let left_out = source.left_out(offences.table())?;
    let offences = left_out.into_iter().try_fold(offences, |offences, (area, why)| offences.exclude(&area, why))?;
    let weights = match &arguments.weights {
        None => Weights::severity_2020(),
        Some(path) => Weights::new(cells::called(path), cells::numbers(path, ["offence", "weight"])?)?,
    };
    let unweighted = if arguments.leave_out_unweighted { Unweighted::LeaveOut } else { Unweighted::Refuse };
    let scores = offences.scores(&weights, unweighted)?;
    if arguments.shares {
        let printed = output::report(arguments.printing.format, &scores.by_offence(), ScoreShares::csv)?;
        return source.told(arguments.printing.format, printed);
    }
    let report = scores.report(arguments.per);
    let spec = Spec::from((arguments.ranking.confidence, arguments.limits));
    let within = arguments.varying.dispersion;
    let spec = within.map_or(spec, |within| spec.with_dispersion(within)).with_widening(arguments.widening);
    let report = report.with_limits(spec);
    let report = report.with_order(arguments.ranking.order).with_ties(arguments.ranking.ties);
    let printed = arguments.printing.report(&report, ScoreReport::csv)?;
    let printed = match (arguments.printing.format, &source.file) {
        (Format::Text, None) => format!("{printed}{held}{CHECKED}\n"),
        (Format::Text, Some(_)) => printed + &held,
        (Format::Json, None) => output::with(printed, "checked", CHECKED)?,
        (Format::Csv, None) => noted(&printed, CHECKED_HERE)?,
        (Format::Csv | Format::Json, _) => printed,
    };
    let printed = source.told(arguments.printing.format, printed)?;
    let checked = |plot: Plot| if source.file.is_none() { plot.with_note(CHECKED) } else { plot };
    arguments.picture.draw(
        printed,
        || checked(arguments.printing.drawn(report.plot())),
        || report.tile_map().map(checked),
    )
}

/// Records with this note after their own, where they have a score.
fn noted(csv: &str, note: &str) -> Result<String, Failure> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers()?.clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings)?;
    for record in reader.records() {
        let record = record?;
        let cells = || headings.iter().zip(&record);
        let scored = cells().any(|(heading, cell)| heading == "score" && !cell.is_empty());
        writer.write_record(cells().map(|(heading, cell)| match (heading, cell) {
            (_, own) if !scored => own.to_owned(),
            ("note", "") => note.to_owned(),
            ("note", own) => format!("{own}; {note}"),
            (_, cell) => cell.to_owned(),
        }))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
