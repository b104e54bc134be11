//! Ranks in each period of a series, and who moved for certain.

use super::{
    sets::Sets,
    spec::{Family, Spec},
};
use crate::{
    average::Average,
    base::{ErrorKind, Note, Result, Topic, digits, layout, report, row, words},
    interval::{Confidence, WithinDispersion, variation},
    league::{Compare, Rank},
    rate::{Order, Period},
    table::Area,
    time::Series,
};
use serde::{Deserialize, Serialize};
use std::fmt;

row! {
    /// The line of one area in one period in [`OverTime`]; what does not exist is `None`.
    #[derive(Serialize, Deserialize)]
    pub struct PeriodRow {
        /// The area.
        area: String,
        /// Its code.
        code: Option<String>,
        /// The period, as the rows wrote it.
        period: String,
        /// The place among the areas compared in the period.
        rank: Option<Rank>,
        /// The best rank of its set.
        rank_lower: Option<usize>,
        /// The worst rank of its set.
        rank_upper: Option<usize>,
        /// How many areas are compared.
        of: usize,
        /// The last period before, of those that compare the same areas, in which its set does not overlap with this one, so that it moved for certain; none where
        /// there is none.
        moved_since: Option<String>,
        /// Whether it moved nearer to the first rank or further from it since then: `up` or `down`.
        moved: Option<String>,
        /// Why figures are missing.
        note: Option<String>,
    }
}

/// The rank sets of all areas in each period of a [`Series`], all of them at once, and who moved for certain: whose sets in two periods do not overlap.
///
/// The sets of every period are simultaneous over its areas, each at the level's share of as many periods (Bonferroni), so that all sets of all periods
/// hold together with the probability that the level says, and any number of moves may be read from them. Moves are between periods that compare the
/// same areas: a place among others is another place.
///
/// Counts of one area vary by more than chance from period to period, so phi_w is estimated from the series
/// ([`WithinDispersion::of_series`]). Moves that are real are in it, too, and make it larger: few areas over few periods then show nobody to
/// have moved. A phi_w that is known from elsewhere, or none, is said by [`OverTime::with_dispersion`].
///
/// ```
/// use crimerate::{Confidence, Order, interval::WithinDispersion, rank::OverTime, time::Series};
///
/// let counts = [("A", [900, 910, 300]), ("B", [500, 505, 510]), ("C", [100, 90, 95])];
/// let rows = counts.iter().flat_map(|(area, counts)| (2019..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 100_000)));
/// let over_time = OverTime::of(&Series::from_rows(rows)?, Order::Highest, Confidence::P95)?;
/// assert_eq!(over_time.dispersion().map(|phi| phi.to_string()).as_deref(), Some("51.5 (3 areas, 3 periods)"));
/// assert_eq!(over_time.moved().count(), 0);
/// let quarters = over_time.with_dispersion(WithinDispersion::new(2.2)?)?;
/// let moved: Vec<_> = quarters.moved().map(|row| (row.area.as_str(), row.period.as_str(), row.moved.as_deref())).collect();
/// assert_eq!(moved, [("A", "2021", Some("down")), ("B", "2021", Some("up"))]);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    series: Series,
    order: Order,
    confidence: Confidence,
    dispersion: Option<WithinDispersion>,
    rows: Vec<PeriodRow>,
}

impl OverTime {
    /// The sets of a series, from this end, with the variation within areas that its periods show, where they show any.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] where the level's share of as many periods is no level.
    pub fn of(series: &Series, order: Order, confidence: Confidence) -> Result<Self> {
        Self::varying(series, order, confidence, WithinDispersion::of_series(series).ok())
    }

    /// The same with a phi_w that is known from elsewhere, or with none, so by chance alone.
    ///
    /// # Errors
    /// As [`OverTime::of`].
    pub fn with_dispersion(self, within: impl Into<Option<WithinDispersion>>) -> Result<Self> {
        Self::varying(&self.series, self.order, self.confidence, within.into())
    }

    fn varying(
        series: &Series,
        order: Order,
        confidence: Confidence,
        dispersion: Option<WithinDispersion>,
    ) -> Result<Self> {
        let periods = series.periods();
        let share = Confidence::leaving(confidence.alpha() / periods.len().max(1) as f64)?;
        let spec = Spec::from((Family::Simultaneous, share));
        // A phi_w of 1, or less, is chance alone, which has the exact test.
        let within = dispersion.filter(|within| within.factor() > 1.0);
        let spec = within.map_or(spec, |within| spec.with_dispersion(within));
        let sets: Vec<Option<Sets>> = periods.iter().map(|period| of_period(series, *period, order, spec)).collect();
        // Which areas each period compares.
        let compared: Vec<Vec<bool>> = sets
            .iter()
            .map(|sets| {
                let is_in = |area: &Area| sets.as_ref().is_some_and(|sets| sets.area(area.label()).is_ok());
                series.areas().iter().map(is_in).collect()
            })
            .collect();
        let mut lines = Vec::with_capacity(series.len() * periods.len());
        for area in series.areas() {
            let mut before: Vec<(usize, usize, Period, &[bool])> = Vec::new();
            for ((period, sets), compared) in periods.iter().zip(&sets).zip(&compared) {
                let found = sets.as_ref().and_then(|sets| sets.area(area.label()).ok());
                let own = found.map(|set| (set.lower(), set.upper()));
                // A place among other areas is another place.
                let mut then = before.iter().rev().filter(|(.., areas)| *areas == compared.as_slice());
                let apart = own.and_then(|own| then.find(|then| then.0 > own.1 || then.1 < own.0));
                let moved = own.zip(apart).map(|(own, then)| if then.0 > own.1 { "up" } else { "down" });
                let why = || {
                    series.area(area.label()).and_then(|area| area.rate(*period)).err().map(|error| {
                        match error.kind() {
                            ErrorKind::LeftOut { reason } => reason.clone(),
                            kind => kind.to_string(),
                        }
                    })
                };
                lines.push(PeriodRow {
                    area: area.name().into(),
                    code: area.code().map(Into::into),
                    period: series.period_label(*period),
                    rank: found.map(|set| set.rank()),
                    rank_lower: own.map(|own| own.0),
                    rank_upper: own.map(|own| own.1),
                    of: sets.as_ref().map_or(0, |sets| sets.league().len()),
                    moved_since: apart.map(|(_, _, then, _)| series.period_label(*then)),
                    moved: moved.map(str::to_owned),
                    note: if found.is_some() { None } else { why() },
                });
                before.extend(own.map(|(lower, upper)| (lower, upper, *period, compared.as_slice())));
            }
        }
        Ok(Self { series: series.clone(), order, confidence, dispersion, rows: lines })
    }

    /// The series.
    #[must_use]
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// Which end has rank 1.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The level of all sets together.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The variation within areas that the sets allow for, estimated or given.
    #[must_use]
    pub const fn dispersion(&self) -> Option<WithinDispersion> {
        self.dispersion
    }

    /// The rows of an area by its name or code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none.
    pub fn area(&self, area: &str) -> Result<impl Iterator<Item = &PeriodRow>> {
        let (place, periods) = (self.series.area(area)?.place(), self.series.periods().len());
        Ok(self.rows.iter().skip(place * periods).take(periods))
    }

    /// The rows whose set does not overlap with one before.
    pub fn moved(&self) -> impl Iterator<Item = &PeriodRow> {
        self.rows.iter().filter(|row| row.moved.is_some())
    }

    /// The rows, each with what its area is called where others have its name.
    fn labelled(&self) -> impl Iterator<Item = (&str, &PeriodRow)> {
        self.series.labels().zip(&self.rows)
    }

    /// What the sets allow for, and why for no more.
    fn variation_told(&self) -> String {
        match self.series.no_variation_told().filter(|_| self.dispersion.is_none()) {
            Some(why) => format!("{}: how much counts vary is not known, as {why}", variation(None)),
            None => variation(self.dispersion),
        }
    }

    /// What has to be reported with the ranks.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = self.series.notes();
        let periods = words::counted(self.series.periods().len(), "period");
        let varies = self.dispersion.is_some_and(|within| within.factor() > 1.0);
        let tests = if varies { "by exact, square-root and beta-binomial tests" } else { "exact" };
        notes.push(Note::new(Topic::RankSets, format!(
            "Rank sets: {} first, {tests}, of all areas and all {periods} together at {} (Holm within a period, Bonferroni over them). {}.",
            self.order, self.confidence, self.variation_told()
        )));
        let estimated = varies && self.dispersion == WithinDispersion::of_series(&self.series).ok();
        notes.extend(self.series.seasons_note().filter(|_| estimated));
        notes.extend(self.series.variation_note().filter(|_| estimated));
        let named = |(area, row): (&str, &PeriodRow)| {
            let since = row.moved_since.as_deref()?;
            Some(format!("{area} {} in {} since {since}", row.moved.as_deref()?, row.period))
        };
        let moved: Vec<String> = self.labelled().filter_map(named).collect();
        let told = match moved.len() {
            0 => "nobody".to_owned(),
            1..=words::NAMED => moved.join("; "),
            many => {
                let first = moved.iter().take(words::NAMED).cloned().collect::<Vec<_>>().join("; ");
                format!("{first}; and {} more", digits::grouped((many - words::NAMED) as u64))
            }
        };
        notes.push(Note::new(Topic::RankSets, format!("Moved for certain, as sets do not overlap: {told}.")));
        let mut numbers = self.rows.iter().map(|row| row.of);
        let first = numbers.next();
        if numbers.any(|of| Some(of) != first) {
            let text = "Not all periods compare as many areas: a place among others is another place, and moves are between periods of the same areas.";
            notes.push(Note::new(Topic::Ranking, text));
        }
        notes
    }
}

report! {
    OverTime of kept PeriodRow: "A row for each area and period, in the order of the areas and then of time.";
    written as |it| {
        order: Order = it.order,
        confidence: Confidence = it.confidence,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dispersion: Option<WithinDispersion> = it.dispersion,
    } rows {
        series: Series = it.series.clone(),
    }
    read as |written, _| Self::varying(&written.series, written.order, written.confidence, written.dispersion)
}

fn of_period(series: &Series, period: Period, order: Order, spec: Spec) -> Option<Sets> {
    let table = series.table(period).ok()?;
    table.compare(Compare::with(Average::POOLED).with_order(order)).rank_sets(spec).ok()
}

/// The ranks as text, and the notes below.
impl fmt::Display for OverTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines =
            vec![["Period", "Area", "Rank", "Of", "Ranks it may have", "Moved"].map(str::to_owned).to_vec()];
        lines.extend(self.labelled().map(|(label, row)| {
            let set = row.rank_lower.zip(row.rank_upper).map(|(lower, upper)| words::from_to(lower, upper));
            let moved =
                row.moved.as_deref().zip(row.moved_since.as_deref()).map(|(how, since)| format!("{how} since {since}"));
            vec![
                words::one_line(&row.period),
                words::one_line(label),
                layout::or_dash(row.rank.map(|rank| rank.to_string())),
                digits::grouped(row.of as u64),
                layout::or_dash(set),
                layout::or_dash(moved),
            ]
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}
