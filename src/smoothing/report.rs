//! Smoothed rates as rows and notes.

use super::{estimator::Estimator, smoothing::Smoothing};
use crate::{
    base::{Result, Undefined, row, words},
    interval::{Confidence, Interval},
    league::{Answer, Compare, Entry, LeagueTable, Rank, ValueKind, ValueRow, Values, answer},
    rate::Per,
    table::Table,
};
use serde::{Deserialize, Serialize};

/// A [`Smoothing`] read per unit population: rows and notes that print, and that serialise and read back.
///
/// Read back, its figures and notes are worked out again, as those of a [`Report`](crate::Report) are.
///
/// ```
/// use crimerate::{Average, Per, Table, smoothing::Estimator};
///
/// let table = Table::from_rows([("A", 9, 1_000), ("B", 10, 1_000), ("C", 11, 1_000), ("D", 10, 1_000)])?;
/// let report = table.compare(Average::POOLED).smooth(Estimator::Marshall).per(Per::THOUSAND);
/// assert!(report.rows().all(|row| (row.smoothed, row.weight) == (Some(10.0), Some(0.0))));
/// assert!(report.to_string().contains("the rates differ by no more than chance, so every estimate is the mean"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    smoothing: Smoothing,
    per: Per,
    confidence: Confidence,
}

row! {
    /// One area's line of a [`Report`]; what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row of area {
        /// The area's own rate.
        rate: Option<f64>,
        /// The smoothed rate.
        smoothed: Option<f64>,
        /// How much of it is the area's own rate.
        weight: Option<f64>,
        /// The lower limit of the true rate.
        lower: Option<f64>,
        /// The upper limit of the true rate.
        upper: Option<f64>,
        /// The probability that the true rate is above the average.
        p_above: Option<f64>,
        /// The place of the smoothed rate among the areas compared.
        rank: Option<Rank>,
        /// What was done about the area, and why figures are missing.
        note: Option<String>,
    }
}

impl Smoothing {
    /// The estimates read per unit population, with limits at the confidence level of the comparison.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        let per = self.league.table().basis().read(per);
        Report { per, confidence: self.league.how().interval().confidence(), smoothing: self.clone() }
    }
}

impl Report {
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

    /// The league table that was smoothed.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        self.smoothing.league()
    }

    /// What its rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The estimates as values, with their limits, to be ranked, compared with an average, banded and so on.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, smoothing::Estimator};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 20, 40_000), ("C", 35, 50_000), ("D", 3, 900)])?;
    /// let smoothed = table.compare(Average::POOLED).smooth(Estimator::GammaPoisson).per(Per::THOUSAND);
    /// let ranked = smoothed.values()?.compare(Average::MEAN);
    /// assert_eq!(ranked.top(1).next().unwrap().area, "A");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) where an estimate leaves the range that averages can be of.
    pub fn values(&self) -> Result<Values> {
        let rows = self.rows().map(|row| {
            let value = match row.smoothed {
                Some(smoothed) => ValueRow::new(row.area, smoothed),
                None => ValueRow::without(row.area, row.note.unwrap_or_else(|| "no estimate".into())),
            };
            let limits = row.lower.zip(row.upper).filter(|_| row.smoothed.is_some());
            let value = limits.into_iter().fold(value, |value, (lower, upper)| value.limits(lower, upper));
            row.code.into_iter().fold(value, ValueRow::code)
        });
        let values = Values::new(ValueKind::Smoothed, self.per, rows)?;
        let limits = format!(
            "{} of a gamma posterior that allows for the mean and the spread being estimated; {}",
            self.confidence,
            words::POISSON_ONLY
        );
        Ok(values.with_method(limits).with_basis(self.league().table().basis().clone()))
    }

    /// The level of its limits.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }
}

answer! {
    Report of Row;
    written as |it| {
        per: Per = it.per,
        compare: Compare = it.league().how(),
        estimator: Estimator = it.smoothing.estimator(),
        confidence: Confidence = it.confidence,
        #[serde(skip_deserializing)]
        mean: Option<f64> = it.smoothing.prior().ok().map(|prior| prior.mean(it.per)),
        #[serde(skip_deserializing)]
        sd: Option<f64> = it.smoothing.prior().ok().map(|prior| prior.sd(it.per)),
    } rows {
        table: Table = it.league().table().clone(),
    }
    read as |written, _| {
        let league = written.table.compare(written.compare);
        Ok(league.smooth(written.estimator).per(written.per).with_confidence(written.confidence))
    }
}

impl Answer for Report {
    type Row = Row;

    fn league(&self) -> &LeagueTable {
        self.league()
    }

    fn row(&self, entry: &Entry<'_>) -> Row {
        let here = entry.comparison().and_then(|here| self.smoothing.of(*here));
        let interval = here.map(|here| here.interval(self.confidence).map(|limits| limits.per(self.per)));
        let p_above = here.map(|here| here.p_above());
        let limit = |which: fn(Interval) -> f64| interval?.ok().map(which);
        // That of all areas is said once, in the notes.
        let of_the_area = |why: &Undefined| *why != Undefined::TooFewToSmooth;
        Row {
            rate: here.map(|here| here.rate().per(self.per).value()),
            smoothed: here.map(|here| here.estimate(self.per).value()),
            weight: here.map(|here| here.weight()),
            lower: limit(Interval::lower),
            upper: limit(Interval::upper),
            p_above: p_above.and_then(Result::ok),
            rank: self.smoothing.rank(entry.index),
            note: entry.note(
                [interval.and_then(Result::err), p_above.and_then(Result::err)].map(|why| why.filter(of_the_area)),
            ),
            ..Row::of(entry.whose())
        }
    }
}
