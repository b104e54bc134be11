//! Ranks as rows and notes.
//!
//! Sets and probabilities are two columns of one table and never one figure: confidence sets, or intervals in replicate years,
//! stand under a heading of their own, with probabilities in other columns; the notes say that claims rest on sets.

use super::{
    replicate::{distribution::Distribution, probabilities::Probabilities, spec::Replicate},
    sets::Sets,
    spec::Spec,
};
use crate::{
    base::{Error, Result, row},
    interval::Confidence,
    league::{self, Answer, Compare, Comparison, Entry, LeagueTable, Rank, answer},
    rate::Per,
    table::Table,
};
use serde::{Deserialize, Serialize};

/// How sure the ranks of a league table are, read per unit population: for each area its rank, the ranks that it may have,
/// and how likely it is to be highest or lowest in replicate years.
///
/// [`Sets::per`] gives confidence sets of true ranks, to which [`Report::with_probabilities`] adds the probabilities;
/// [`Distribution::per`] gives intervals of ranks in replicate years. Only the sets say what may be claimed of a rank,
/// and the notes say which of the two it is.
///
/// Read back, its figures and notes are worked out again, as those of a [`Report`] are.
///
/// ```
/// use crimerate::{Average, Per, Table, rank::{self, CountModel}};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
/// let sets = table.compare(Average::POOLED).rank_sets(rank::Family::Simultaneous)?;
/// let report = sets.per(Per::THOUSAND).with_probabilities(CountModel::Poisson);
/// let a = report.rows().next().unwrap();
/// assert_eq!((a.rank_lower, a.rank_upper), (Some(1), Some(1)));
/// assert_eq!(a.p_highest.map(|p| format!("{p:.4}")), Some("0.9954".into()));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub(super) report: league::Report,
    pub(super) sets: Option<Sets>,
    chances: Option<(Replicate, Result<Distribution>)>,
    /// Of intervals in replicate years.
    confidence: Confidence,
}

row! {
    /// One area's line of a [`Report`]; what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row of area {
        /// `count * per / population`.
        rate: Option<f64>,
        /// The place among the areas compared.
        rank: Option<Rank>,
        /// The best rank of the set or, without sets, of the interval in replicate years.
        rank_lower: Option<usize>,
        /// The worst one.
        rank_upper: Option<usize>,
        /// The probability that no rate is above it in a replicate year.
        p_highest: Option<f64> => probability,
        /// The probability that no rate is below it in a replicate year.
        p_lowest: Option<f64> => probability,
        /// What was done about the area, and why figures are missing.
        note: Option<String>,
    }
}

impl Sets {
    /// The sets with their league table, read per unit population.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report { sets: Some(self.clone()), ..Report::new(self.league(), per) }
    }
}

impl Distribution {
    /// The league table read per unit population, with the interval of each rank in replicate years at 95 %.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report { chances: Some((self.spec(), Ok(self.clone()))), ..Report::new(self.league(), per) }
    }
}

impl Report {
    fn new(league: &LeagueTable, per: Per) -> Self {
        Self { report: league.per(per), sets: None, chances: None, confidence: Confidence::default() }
    }

    /// With the probabilities of ranks in replicate years by this law. Where [`LeagueTable::replicate_ranks`] refuses the
    /// table, there are none, and the notes say why.
    #[must_use]
    pub fn with_probabilities(mut self, spec: impl Into<Replicate>) -> Self {
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
    pub const fn sets(&self) -> Option<&Sets> {
        self.sets.as_ref()
    }

    /// The ranks in replicate years, if they are shown.
    #[must_use]
    pub fn distribution(&self) -> Option<&Distribution> {
        self.chances.as_ref()?.1.as_ref().ok()
    }

    /// The level of the ranks that areas may have.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.sets.as_ref().map_or(self.confidence, |sets| sets.spec().confidence())
    }

    /// Why there are no ranks in replicate years, where they were to be shown.
    pub(super) fn refusal(&self) -> Option<&Error> {
        self.chances.as_ref()?.1.as_ref().err()
    }

    /// The ranks that the area in a row of the table may have, the best and the worst.
    pub(super) fn places(&self, index: usize, chances: Option<Probabilities<'_>>) -> Option<(usize, usize)> {
        match &self.sets {
            Some(sets) => sets.row(index).map(|set| (set.lower(), set.upper())),
            None => chances.map(|chances| chances.interval(self.confidence).into_inner()),
        }
    }
}

answer! {
    Report of Row;
    written as |it| {
        per: Per = it.per(),
        compare: Compare = it.league().how(),
        sets: Option<Spec> = it.sets.as_ref().map(Sets::spec),
        replicate: Option<Replicate> = it.chances.as_ref().map(|(spec, _)| *spec),
        confidence: Option<Confidence> = it.sets.is_none().then_some(it.confidence),
    } rows {
        table: Table = it.league().table().clone(),
    }
    read as |written, _| {
        let league = written.table.compare(written.compare);
        let sets = written.sets.map(|spec| league.rank_sets(spec)).transpose()?;
        let report = Self { sets, ..Self::new(&league, written.per) };
        let report = report.with_confidence(written.confidence.unwrap_or_default());
        Ok(match written.replicate {
            Some(spec) => report.with_probabilities(spec),
            None => report,
        })
    }
}

impl Answer for Report {
    type Row = Row;

    fn league(&self) -> &LeagueTable {
        self.league()
    }

    fn row(&self, entry: &Entry<'_>) -> Row {
        let (here, chances) = (entry.comparison(), self.distribution().and_then(|found| found.row(entry.index)));
        let places = self.places(entry.index, chances);
        Row {
            rate: here.map(|here| here.rate().per(self.per()).value()),
            rank: here.map(Comparison::rank),
            rank_lower: places.map(|places| places.0),
            rank_upper: places.map(|places| places.1),
            p_highest: chances.map(|chances| chances.p_highest()),
            p_lowest: chances.map(|chances| chances.p_lowest()),
            note: entry.note_with(self.refusal().map(ToString::to_string)),
            ..Row::of(entry.whose())
        }
    }
}
