mod text;

use crate::{
    Compare, Confidence, Error, LeagueTable, Note, Observation, Per, Rank, RankChances, RankDistribution, RankSets,
    RankSpec, Replicate, Report, Result, Table,
    line::{self, Figure, Line},
    note::Topic,
};
use serde::{Deserialize, Serialize};

/// How sure the ranks of a league table are, read per so many people: for each area its rank, the ranks that it may have,
/// and how likely it is to be highest or lowest in replicate years.
///
/// [`RankSets::per`] gives confidence sets of true ranks, to which [`RankReport::with_chances`] adds the probabilities;
/// [`RankDistribution::per`] gives intervals of ranks in replicate years. Only the sets say what may be claimed of a rank,
/// and the notes say which of the two it is.
///
/// Read back, its figures and notes are worked out again, as those of a [`Report`] are.
///
/// ```
/// use crimerate::{Average, Per, RankFamily, ReplicateLaw, Table};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
/// let sets = table.compare(Average::POOLED).rank_sets(RankFamily::Simultaneous)?;
/// let report = sets.per(Per::THOUSAND).with_chances(ReplicateLaw::Poisson);
/// let a = report.rows().next().unwrap();
/// assert_eq!((a.rank_lower, a.rank_upper), (Some(1), Some(1)));
/// assert_eq!(a.p_highest.map(|p| format!("{p:.4}")), Some("0.9954".into()));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct RankReport {
    report: Report,
    sets: Option<RankSets>,
    chances: Option<(Replicate, Result<RankDistribution>)>,
    /// Of intervals in replicate years.
    confidence: Confidence,
}

/// One area's line of a [`RankReport`]; what does not exist is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RankRow {
    /// The name.
    pub area: String,
    /// The official code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The count, where it is known.
    pub count: Option<u64>,
    /// The population, where there is one.
    pub population: Option<u64>,
    /// `count * per / population`.
    pub rate: Option<f64>,
    /// The place among the areas compared.
    pub rank: Option<Rank>,
    /// The best rank of the set or, without sets, of the interval in replicate years.
    pub rank_lower: Option<usize>,
    /// The worst one.
    pub rank_upper: Option<usize>,
    /// The probability that no rate is above it in a replicate year.
    pub p_highest: Option<f64>,
    /// The probability that no rate is below it in a replicate year.
    pub p_lowest: Option<f64>,
    /// What was done about the area, and why figures are missing.
    pub note: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "RankReport")]
struct Parts {
    per: Per,
    compare: Compare,
    sets: Option<RankSpec>,
    replicate: Option<Replicate>,
    confidence: Option<Confidence>,
    rows: Vec<RankRow>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

impl RankSets {
    /// The sets beside their league table, read per so many people.
    #[must_use]
    pub fn per(&self, per: Per) -> RankReport {
        RankReport { sets: Some(self.clone()), ..RankReport::new(self.league(), per) }
    }
}

impl RankDistribution {
    /// The league table read per so many people, with the interval of each rank in replicate years at 95 %.
    #[must_use]
    pub fn per(&self, per: Per) -> RankReport {
        RankReport { chances: Some((self.spec(), Ok(self.clone()))), ..RankReport::new(self.league(), per) }
    }
}

impl RankReport {
    fn new(league: &LeagueTable, per: Per) -> Self {
        Self { report: league.per(per), sets: None, chances: None, confidence: Confidence::default() }
    }

    /// With the probabilities of ranks in replicate years by this law. Where [`LeagueTable::replicate_ranks`] refuses the
    /// table, there are none, and the notes say why.
    #[must_use]
    pub fn with_chances(mut self, spec: impl Into<Replicate>) -> Self {
        let spec = spec.into();
        self.chances = Some((spec, self.league().replicate_ranks(spec)));
        self
    }

    /// With intervals of ranks in replicate years at this level; rank sets have and keep their own.
    #[must_use]
    pub const fn with_confidence(mut self, confidence: Confidence) -> Self {
        if self.sets.is_none() {
            self.confidence = confidence;
        }
        self
    }

    /// The league table whose ranks these are.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        self.report.league()
    }

    /// What its rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.report.per()
    }

    /// The rank sets, if they are shown.
    #[must_use]
    pub const fn sets(&self) -> Option<&RankSets> {
        self.sets.as_ref()
    }

    /// The ranks in replicate years, if they are shown.
    #[must_use]
    pub fn chances(&self) -> Option<&RankDistribution> {
        self.chances.as_ref()?.1.as_ref().ok()
    }

    /// The level of the ranks that areas may have.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.sets.as_ref().map_or(self.confidence, |sets| sets.spec().confidence())
    }

    /// Why there are no ranks in replicate years, where they were to be shown.
    fn refusal(&self) -> Option<&Error> {
        self.chances.as_ref()?.1.as_ref().err()
    }

    /// The ranks that the area in a row of the table may have, the best and the worst.
    fn places(&self, index: usize, chances: Option<RankChances<'_>>) -> Option<(usize, usize)> {
        match &self.sets {
            Some(sets) => sets.row(index).map(|set| (set.lower(), set.upper())),
            None => chances.map(|chances| chances.interval(self.confidence).into_inner()),
        }
    }

    /// A row for every area in the order of the table; areas left out keep theirs, with a note.
    pub fn rows(&self) -> impl Iterator<Item = RankRow> {
        let (league, per, found) = (self.league(), self.per(), self.chances());
        league.areas().enumerate().map(move |(index, (area, outcome))| {
            let chances = found.and_then(|found| found.row(index));
            let places = self.places(index, chances);
            let (comparison, left_out) = match outcome {
                Ok(comparison) => (Some(comparison), None),
                Err(left_out) => (None, Some(left_out.to_string())),
            };
            RankRow {
                area: area.name().into(),
                code: area.code().map(Into::into),
                count: league.table().observation(index).and_then(Observation::known),
                population: league.table().stated_population(index),
                rate: comparison.map(|comparison| comparison.rate().per(per).value()),
                rank: comparison.map(|comparison| comparison.rank()),
                rank_lower: places.map(|places| places.0),
                rank_upper: places.map(|places| places.1),
                p_highest: chances.map(|chances| chances.p_highest()),
                p_lowest: chances.map(|chances| chances.p_lowest()),
                note: line::told([
                    comparison.and_then(|_| league.table().treatment(index)),
                    left_out,
                    comparison.and_then(|_| self.refusal()).map(ToString::to_string),
                ]),
            }
        })
    }

    /// What has to be told beside the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.report.notes();
        let about = |topics: &'static [Topic]| told.iter().filter(|note| topics.contains(&note.topic())).cloned();
        let mut notes: Vec<Note> = about(&[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        notes.extend(about(&[Topic::Average, Topic::Groups, Topic::Interval, Topic::Ranking]));
        notes.extend(self.sets.iter().flat_map(RankSets::notes));
        let told = |text: String| Note::new(Topic::Replicate, text);
        if self.sets.is_none() && self.chances().is_some() {
            notes.push(told(format!(
                "Rank intervals: between equal tails of replicate years, holding {} of them or more; no confidence sets.",
                self.confidence
            )));
        }
        if let Some(error) = self.refusal() {
            notes.push(told(format!("P(highest), P(lowest): none, {error}.")));
        }
        if let Some(chances) = self.chances() {
            let claims = if self.sets.is_some() { "; claims about ranks rest on the sets alone" } else { "" };
            notes.push(told(format!(
                "P(highest), P(lowest): that no rate is above, or below, in a replicate year, joint places counting for \
                 each{claims}."
            )));
            for note in chances.notes() {
                // The variation within areas is told once where it is one.
                if notes.iter().all(|before| before.text() != note.text()) {
                    notes.push(note);
                }
            }
        }
        notes.extend(about(&[Topic::Basis]));
        notes
    }
}

impl From<RankReport> for Parts {
    fn from(report: RankReport) -> Self {
        Self {
            per: report.per(),
            compare: report.league().how(),
            sets: report.sets.as_ref().map(RankSets::spec),
            replicate: report.chances.as_ref().map(|(spec, _)| *spec),
            confidence: report.sets.is_none().then_some(report.confidence),
            rows: report.rows().collect(),
            notes: report.notes(),
            table: report.league().table().clone(),
        }
    }
}

impl TryFrom<Parts> for RankReport {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let league = parts.table.compare(parts.compare);
        let sets = parts.sets.map(|spec| league.rank_sets(spec)).transpose()?;
        let mut report = Self { sets, ..Self::new(&league, parts.per) };
        report = report.with_confidence(parts.confidence.unwrap_or_default());
        if let Some(spec) = parts.replicate {
            report = report.with_chances(spec);
        }
        line::verify(report.rows(), &parts.rows)?;
        Ok(report)
    }
}

impl Line for RankRow {
    fn area(&self) -> &str {
        &self.area
    }

    fn figures(&self) -> Vec<(&'static str, Figure)> {
        vec![
            ("count", self.count.into()),
            ("population", self.population.into()),
            ("rate", self.rate.into()),
            ("rank", self.rank.map(Rank::value).into()),
            ("rank_lower", self.rank_lower.into()),
            ("rank_upper", self.rank_upper.into()),
            ("p_highest", Figure::Probability(self.p_highest)),
            ("p_lowest", Figure::Probability(self.p_lowest)),
        ]
    }
}
