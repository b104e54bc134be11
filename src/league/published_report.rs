//! Published rates compared: rows and notes.

use super::{
    answer::Answer,
    band::BandSpec,
    compare::Compare,
    entry::Entry,
    league::LeagueTable,
    published::PublishedRates,
    report::{Report, ReportRow},
};
use crate::{
    average::{Average, Rule, ZScale},
    base::{Error, Line, Note, Result, Topic, Undefined, digits, each, layout, note, rows, words},
    rate::{Per, Reading},
    table::LeftOut,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// [`PublishedRates`] compared and ranked: rows and notes that print, and that serialise and read back.
///
/// Its rows are those of a [`Report`], so that one reader reads both; counts, populations and limits are empty. Read back, figures
/// are worked out again from the rates as they were printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct PublishedReport {
    published: PublishedRates,
    /// The report of the rates as fractions, whose counts and populations stand for nothing.
    report: Report,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "PublishedReport")]
struct Written {
    compare: Compare,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bands: Option<BandSpec>,
    #[serde(serialize_with = "rows::sparse")]
    rows: Vec<ReportRow>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    published: PublishedRates,
}

impl PublishedRates {
    /// Ranks the areas and compares them with the average: the mean of the rates, their median or a fixed one. A pooled one does not
    /// exist, and then there is nothing but ranks, z and percentiles. An interval that is asked for has no meaning here.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>) -> PublishedReport {
        let report = self.table().compare(how).without_counts().per(self.per());
        PublishedReport { published: self.clone(), report }
    }
}

impl PublishedReport {
    /// The rates that are compared.
    #[must_use]
    pub const fn published(&self) -> &PublishedRates {
        &self.published
    }

    /// How they are compared.
    #[must_use]
    pub const fn how(&self) -> Compare {
        self.league().how()
    }

    /// What the rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.published.per()
    }

    /// With these bands, who lies beyond them, and who masks whom.
    #[must_use]
    pub fn with_bands(self, spec: impl Into<Option<BandSpec>>) -> Self {
        Self { report: self.report.with_bands(spec), ..self }
    }

    /// The bands, where there are any.
    #[must_use]
    pub fn bands(&self) -> Option<BandSpec> {
        self.report.bands()
    }

    /// The mean of the rates of the areas that take part.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where none does.
    pub fn mean(&self) -> Result<Reading, Undefined> {
        self.average(Average::MEAN)
    }

    /// Their median.
    ///
    /// # Errors
    /// As [`PublishedReport::mean`].
    pub fn median(&self) -> Result<Reading, Undefined> {
        self.average(Average::MEDIAN)
    }

    /// Their standard deviation (n - 1).
    ///
    /// # Errors
    /// [`Undefined::TooFew`] of fewer than two areas, [`Undefined::AllEqual`] where it is zero.
    pub fn standard_deviation(&self) -> Result<Reading, Undefined> {
        let spread = self.league().spread_on(ZScale::Standard)?;
        Ok(Reading::of_double(spread.unit(self.per()), self.per()))
    }

    fn average(&self, average: Average) -> Result<Reading, Undefined> {
        Ok(average.of(self.league().rates()).ok_or(Undefined::NoAverage)?.per(self.per()))
    }

    /// A row for every area in the order given; areas left out keep theirs, with a note.
    pub fn rows(&self) -> impl Iterator<Item = ReportRow> {
        self.league().entries().map(|entry| self.row(&entry))
    }

    /// The same.
    pub fn iter(&self) -> impl Iterator<Item = ReportRow> {
        self.rows()
    }

    /// The row of an area by its name, or else its code; an area left out has one, with a note.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
    pub fn area(&self, area: &str) -> Result<ReportRow> {
        let table = self.league().table();
        let entry = self.league().entry(table.index(area)?);
        entry.map(|entry| self.row(&entry)).ok_or_else(|| table.unknown(area))
    }

    /// The rows of the first k areas by rank, and of any that have the rank of the last of them.
    pub fn top(&self, k: usize) -> impl Iterator<Item = ReportRow> {
        self.league().first(k).map(|entry| self.row(&entry))
    }

    /// The rows as CSV with a header: the columns of a [`Report`], empty where there is no figure.
    #[must_use]
    pub fn csv(&self) -> String {
        rows::csv(ReportRow::FIELDS, self.rows(), &[])
    }

    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let (league, per) = (self.league(), self.per());
        let of = words::counted(league.table().len(), "area");
        let compared = digits::grouped(league.len() as u64);
        let mut notes = vec![
            Note::new(Topic::Areas, format!("{compared} of {of} compared.")),
            Note::new(Topic::Areas, "Rates as they were published, without counts and populations."),
        ];
        notes.extend(note::left_out(league.areas().enumerate().filter_map(|(index, (area, outcome))| {
            let left_out = outcome.err()?;
            let rate = league.table().excluded_rate(index).filter(|_| matches!(left_out, LeftOut::Excluded(_)));
            let rate = rate.and(self.published.printed(index));
            let rate = rate.map_or_else(String::new, |printed| format!(" (its rate is {printed} {per})"));
            Some((area.label(), format!("{}{rate}", why(&left_out))))
        })));
        let average = match league.rule().rule() {
            Rule::Pooled => "Average: pooled; there is none, as it needs counts and populations.".into(),
            _ => self.report.average_note(),
        };
        notes.push(Note::new(Topic::Average, average));
        notes.extend(self.report.ratio_notes());
        notes.extend(self.middle_note().map(|text| Note::new(Topic::Average, text)));
        let text = "Intervals: none, which need counts and populations: a rate alone does not say what chance may have done to it.";
        notes.push(Note::new(Topic::Interval, text));
        let (order, ties) = (league.how().order(), league.how().ties());
        let text = format!("Ranks: of {compared}, {order} rate first, {ties} ties; equal means equal as printed.");
        notes.push(Note::new(Topic::Ranking, text));
        let text = "Rank sets: none, which need counts and populations, so how sure the order is is not known.";
        notes.push(Note::new(Topic::RankSets, text));
        notes.extend(note::about(&self.report.notes(), &[Topic::Z, Topic::Bands, Topic::Masking, Topic::Basis]));
        notes
    }

    /// Mean, median and standard deviation, whatever is compared with.
    fn middle_note(&self) -> Option<String> {
        let (mean, median) = (self.mean().ok()?, self.median().ok()?);
        let sd = self.standard_deviation().map_or_else(
            |reason| format!("no standard deviation, as {reason}"),
            |sd| format!("standard deviation (n - 1) {}", sd.digits(mean.decimals())),
        );
        Some(format!(
            "Mean of rates {}, median {}, {sd}, {}.",
            mean.digits(mean.decimals()),
            median.digits(mean.decimals()),
            self.per()
        ))
    }

    const fn league(&self) -> &LeagueTable {
        self.report.league()
    }

    /// The row without what stands for no count.
    fn row(&self, entry: &Entry<'_>) -> ReportRow {
        let note = match &entry.outcome {
            Err(left_out) => Some(why(left_out)),
            Ok(_) => None,
        };
        let row = Answer::row(&self.report, entry);
        let note = note.or(row.note);
        ReportRow { count: None, population: None, lower: None, upper: None, note, ..row }
    }
}

/// Why an area takes no part, in the words of rates.
fn why(left_out: &LeftOut) -> String {
    match left_out {
        LeftOut::NotKnown(unknown) => format!("rate {unknown}"),
        other => other.to_string(),
    }
}

each!(PublishedReport, ReportRow);

impl From<PublishedReport> for Written {
    fn from(report: PublishedReport) -> Self {
        let (compare, bands) = (report.how(), report.bands());
        let (rows, notes) = (report.rows().collect(), report.notes());
        Self { compare, bands, rows, notes, published: report.published }
    }
}

impl TryFrom<Written> for PublishedReport {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let report = written.published.compare(written.compare).with_bands(written.bands);
        rows::verify(report.rows(), &written.rows)?;
        Ok(report)
    }
}

/// As text: areas from the first rank to the last with their rates as they were printed, and the notes below.
impl fmt::Display for PublishedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const COUNTED: [usize; 3] = [2, 3, 5];
        let heading = ["Rank", "Area", "", "", &format!("Rate {}", self.per()), "", "Difference", "Ratio"];
        let z = match self.how().z() {
            ZScale::Standard => "z",
            ZScale::Log => "Log z",
            ZScale::Robust => "Robust z",
        };
        let mut lines = vec![heading.into_iter().chain([z]).map(str::to_owned).collect()];
        let printed = |area: &str| {
            let place = self.league().table().index(area).ok();
            place.and_then(|place| self.published.printed(place)).unwrap_or_default().to_owned()
        };
        lines.extend(self.report.ranked_lines(|comparison, mut line| {
            line.splice(4..5, [printed(comparison.area().label())]);
            line
        }));
        for line in &mut lines {
            let mut column = 0..;
            line.retain(|_| column.next().is_none_or(|column| !COUNTED.contains(&column)));
        }
        layout::write_report(f, &lines, &self.notes())
    }
}
