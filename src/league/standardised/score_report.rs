//! Severity scores as rows and notes.

use super::{
    super::{ranking::Ranking, ties::Ties},
    row::ScoreRow,
    told::{TOO_SHORT, without_told},
};
use crate::{
    base::{Result, report},
    interval::{Confidence, Interval},
    rate::{Order, Per},
    standard::{Offences, Score, Scores, Spec, Unweighted, Weights},
};

/// Severity scores read per unit population and ranked: rows and notes that print, and that serialise and read back.
///
/// The notes say which weights, what share of all scores the offences bring that bring most, and which offences have no weight. Read back,
/// all figures are worked out again from the counts and the weights that travel with them.
///
/// ```
/// use crimerate::{Per, records::Absent, standard::{Offences, Unweighted, Weights}};
///
/// let rows = [("Kent", "34B", 1_200, 1_846_500), ("Kent", "58C", 9_800, 1_846_500), ("Essex", "34B", 1_500, 1_832_800)];
/// let scores = Offences::from_rows(rows, Absent::Zero)?.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
/// let report = scores.report(Per::THOUSAND);
/// assert_eq!(report.area("Essex")?.rank.map(|rank| rank.value()), Some(1.0));
/// assert!(report.to_string().contains("Shares of all scores: Robbery of personal property (34B) 97.6 %; Criminal damage to a vehicle (58C) 2.4 %."), "{report}");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreReport {
    pub(super) scores: Scores,
    pub(super) limits: Spec,
    pub(super) per: Per,
    pub(super) order: Order,
    pub(super) ties: Ties,
    pub(super) rows: Vec<ScoreRow>,
}

impl Scores {
    /// The scores read per unit population and ranked, the highest first, with Dobson's limits at 95 %.
    #[must_use]
    pub fn report(&self, per: Per) -> ScoreReport {
        ScoreReport::of(self.clone(), Spec::default(), per, Order::default(), Ties::default())
    }
}

impl ScoreReport {
    fn of(scores: Scores, limits: Spec, per: Per, order: Order, ties: Ties) -> Self {
        let per = scores.offences().table().basis().read(per);
        let rows = ranked_rows(&scores, limits, per, order, ties);
        Self { scores, limits, per, order, ties, rows }
    }

    /// With these limits.
    #[must_use]
    pub fn with_limits(self, spec: impl Into<Spec>) -> Self {
        Self::of(self.scores, spec.into(), self.per, self.order, self.ties)
    }

    /// With this end of the ranking first.
    #[must_use]
    pub fn with_order(self, order: Order) -> Self {
        Self::of(self.scores, self.limits, self.per, order, self.ties)
    }

    /// With this rule for equal scores.
    #[must_use]
    pub fn with_ties(self, ties: Ties) -> Self {
        Self::of(self.scores, self.limits, self.per, self.order, ties)
    }

    /// The scores that are read.
    #[must_use]
    pub const fn scores(&self) -> &Scores {
        &self.scores
    }

    /// What they are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// Which end has rank 1.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// What equal scores get.
    #[must_use]
    pub const fn ties(&self) -> Ties {
        self.ties
    }

    /// Which limits scores have.
    #[must_use]
    pub const fn limits(&self) -> Spec {
        self.limits
    }

    /// The level of its limits.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.limits.confidence()
    }

    /// The row of an area by its name, or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
    pub fn area(&self, area: &str) -> Result<ScoreRow> {
        let table = self.scores.offences().table();
        self.rows.get(table.index(area)?).cloned().ok_or_else(|| table.unknown(area))
    }
}

report! {
    ScoreReport of kept ScoreRow: "A row for every area, in the order of the counts; areas without a score keep theirs, with a note.";
    written as |it| {
        per: Per = it.per,
        limits: Spec = it.limits,
        #[serde(default)]
        order: Order = it.order,
        #[serde(default)]
        ties: Ties = it.ties,
    } rows {
        unweighted: Unweighted = it.scores.unweighted(),
        weights: Weights = it.scores.weights().clone(),
        offences: Offences = it.scores.offences().clone(),
    }
    read as |written, _| {
        let scores = written.offences.scores(&written.weights, written.unweighted)?;
        Ok(Self::of(scores, written.limits, written.per, written.order, written.ties))
    }
}

fn ranked_rows(scores: &Scores, limits: Spec, per: Per, order: Order, ties: Ties) -> Vec<ScoreRow> {
    let table = scores.offences().table();
    let mut rows: Vec<ScoreRow> = Vec::with_capacity(table.len());
    for ((area, outcome), index) in scores.areas().zip(0..) {
        let lopsided = outcome.as_ref().is_ok_and(|score| score.is_lopsided(limits));
        let limits = outcome.as_ref().ok().map(|score| score.limits(limits).map(|limits| limits.per(per)));
        let told = limits.and_then(Result::ok);
        let score = outcome.as_ref().ok();
        let mut notes: Vec<String> = outcome.as_ref().err().map(ToString::to_string).into_iter().collect();
        notes.extend(limits.and_then(Result::err).map(|reason| reason.to_string()));
        notes.extend(score.and_then(|score| without_told(*score)));
        notes.extend(lopsided.then(|| TOO_SHORT.to_owned()));
        rows.push(ScoreRow {
            area: area.name().into(),
            code: area.code().map(Into::into),
            count: score.map(Score::offences),
            score: score.map(Score::points),
            population: table.stated_population(index),
            rate: score.filter(|_| told.is_some()).map(|score| score.per(per).value()),
            lower: told.map(Interval::lower),
            upper: told.map(Interval::upper),
            rank: None,
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        });
    }
    let values: Vec<f64> = rows.iter().filter_map(|row| row.rate).collect();
    let ranking = Ranking::of_finite(&values, order, ties);
    for (row, place) in rows.iter_mut().filter(|row| row.rate.is_some()).zip(0..) {
        row.rank = ranking.rank(place);
    }
    rows
}
