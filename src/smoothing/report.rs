use super::{Smoother, Smoothing};
use crate::{
    Compare, Confidence, Error, Interval, Note, Observation, Per, Result, Table, Undefined,
    line::{self, Figure, Line},
    note::{self, Topic},
    number,
};
use serde::{Deserialize, Serialize};

/// A [`Smoothing`] read per so many people: rows and notes that print, and that serialise and read back.
///
/// Read back, its figures and notes are worked out again, as those of a [`Report`](crate::Report) are.
///
/// ```
/// use crimerate::{Average, Per, Smoother, Table};
///
/// let table = Table::from_rows([("A", 9, 1_000), ("B", 10, 1_000), ("C", 11, 1_000), ("D", 10, 1_000)])?;
/// let report = table.compare(Average::POOLED).smooth(Smoother::Marshall).per(Per::THOUSAND);
/// assert!(report.rows().all(|row| (row.estimate, row.weight) == (Some(10.0), Some(0.0))));
/// assert!(report.to_string().contains("the rates differ by no more than chance, so every estimate is the mean"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct SmoothingReport {
    smoothing: Smoothing,
    per: Per,
    confidence: Confidence,
}

/// One area's line of a [`SmoothingReport`]; what does not exist is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SmoothedRow {
    /// The name.
    pub area: String,
    /// The official code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The count, where it is known.
    pub count: Option<u64>,
    /// The population, where there is one.
    pub population: Option<u64>,
    /// The area's own rate.
    pub rate: Option<f64>,
    /// The smoothed rate.
    pub estimate: Option<f64>,
    /// How much of it is the area's own rate.
    pub weight: Option<f64>,
    /// The lower limit of the true rate.
    pub lower: Option<f64>,
    /// The upper limit of the true rate.
    pub upper: Option<f64>,
    /// The probability that the true rate is above the average.
    pub p_above: Option<f64>,
    /// What was done about the area, and why figures are missing.
    pub note: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "SmoothingReport")]
struct Parts {
    per: Per,
    compare: Compare,
    smoother: Smoother,
    confidence: Confidence,
    #[serde(skip_deserializing)]
    mean: Option<f64>,
    #[serde(skip_deserializing)]
    sd: Option<f64>,
    rows: Vec<SmoothedRow>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

impl Smoothing {
    /// The estimates read per so many people, with limits at the confidence level of the comparison.
    #[must_use]
    pub fn per(&self, per: Per) -> SmoothingReport {
        let per = per.on(self.league.table().basis());
        SmoothingReport { per, confidence: self.league.how().interval_spec().confidence(), smoothing: self.clone() }
    }
}

impl SmoothingReport {
    /// With limits at this level.
    #[must_use]
    pub const fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// The smoothing that is read.
    #[must_use]
    pub const fn smoothing(&self) -> &Smoothing {
        &self.smoothing
    }

    /// What its rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The level of its limits.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// A row for every area in the order of the table; areas left out keep theirs, with a note.
    pub fn rows(&self) -> impl Iterator<Item = SmoothedRow> {
        let (league, mut smoothed) = (self.smoothing.league(), self.smoothing.areas());
        league.areas().enumerate().map(move |(index, (area, outcome))| {
            let (here, left_out) = match outcome {
                Ok(_) => (smoothed.next(), None),
                Err(left_out) => (None, Some(left_out.to_string())),
            };
            let interval = here.map(|here| here.interval(self.confidence, self.per));
            let p_above = here.map(|here| here.p_above());
            let limit = |which: fn(Interval) -> f64| interval?.ok().map(which);
            let undefined = line::reasons([interval.and_then(Result::err), p_above.and_then(Result::err)]);
            SmoothedRow {
                area: area.name().into(),
                code: area.code().map(Into::into),
                count: league.table().observation(index).and_then(Observation::known),
                population: league.table().stated_population(index),
                rate: here.map(|here| here.rate().per(self.per).value()),
                estimate: here.map(|here| here.estimate(self.per)),
                weight: here.map(|here| here.weight()),
                lower: limit(Interval::lower),
                upper: limit(Interval::upper),
                p_above: p_above.and_then(Result::ok),
                note: line::told([here.and_then(|_| league.table().treatment(index)), left_out, undefined]),
            }
        })
    }

    /// What has to be told beside the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.smoothing.league().per(self.per).notes();
        let mut notes: Vec<Note> = note::about(&told, &[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        notes.extend(note::about(&told, &[Topic::Average, Topic::Groups]));
        notes.push(Note::new(Topic::Smoothing, self.smoothing_note()));
        if self.smoothing.prior().is_ok_and(|prior| !prior.is_pooled()) {
            notes.push(Note::new(
                Topic::Smoothing,
                format!(
                    "Limits: {} of a gamma posterior, and P(above) of the average, both as if mean, spread and average \
                     were known.",
                    self.confidence
                ),
            ));
        }
        notes.extend(note::about(&told, &[Topic::Basis]));
        notes
    }

    fn smoothing_note(&self) -> String {
        let how = match self.smoothing.smoother() {
            Smoother::Marshall => "Marshall's moments",
            Smoother::GammaPoisson => "gamma-Poisson, maximum likelihood",
        };
        let prior = match self.smoothing.prior() {
            Ok(prior) => prior,
            Err(why) => return format!("Smoothing: {how}; undefined, {why}."),
        };
        let (mean, sd) = (prior.mean(self.per), prior.sd(self.per));
        let decimals = number::decimals(mean);
        let (mean, per) = (number::fixed(mean, decimals), self.per);
        if prior.is_pooled() {
            let why = match self.smoothing.league().len() {
                1 => "there is one area".to_owned(),
                _ => Undefined::Pooled.to_string(),
            };
            return format!(
                "Smoothing: {how}; {why}, so every estimate is the mean, {mean} {per}, and no area's own rate has any weight."
            );
        }
        let sd = number::fixed(sd, decimals);
        format!("Smoothing: {how}; true rates with mean {mean} and standard deviation {sd} {per}.")
    }
}

impl From<SmoothingReport> for Parts {
    fn from(report: SmoothingReport) -> Self {
        let (league, prior) = (report.smoothing.league(), report.smoothing.prior().ok());
        Self {
            per: report.per,
            compare: league.how(),
            smoother: report.smoothing.smoother(),
            confidence: report.confidence,
            mean: prior.map(|prior| prior.mean(report.per)),
            sd: prior.map(|prior| prior.sd(report.per)),
            rows: report.rows().collect(),
            notes: report.notes(),
            table: league.table().clone(),
        }
    }
}

impl TryFrom<Parts> for SmoothingReport {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let smoothing = parts.table.compare(parts.compare).smooth(parts.smoother);
        let report = smoothing.per(parts.per).with_confidence(parts.confidence);
        line::verify(report.rows(), &parts.rows)?;
        Ok(report)
    }
}

impl Line for SmoothedRow {
    fn area(&self) -> &str {
        &self.area
    }

    fn figures(&self) -> Vec<(&'static str, Figure)> {
        vec![
            ("count", self.count.into()),
            ("population", self.population.into()),
            ("rate", self.rate.into()),
            ("estimate", self.estimate.into()),
            ("weight", self.weight.into()),
            ("lower", self.lower.into()),
            ("upper", self.upper.into()),
            ("p_above", self.p_above.into()),
        ]
    }
}
