//! Changes as rows and notes.

use super::{
    change::Change,
    changes::Changes,
    row::{self, Row},
};
use crate::{
    base::{Note, Result, Topic, digits, layout, report, words},
    interval::{Confidence, Correction, TestSpec, WithinDispersion, variation},
    rate::{Order, Per, Rate},
    table::{Area, Nouns, Table},
};
use std::fmt;

/// [`Changes`] read per unit population: rows and notes that print, and that serialise and read back.
///
/// P-values are those of no change, exact; with Holm's correction they allow for the number of areas. Read back, all figures are
/// worked out again from the two tables that travel with them.
///
/// ```
/// use crimerate::{Confidence, Per, Table};
///
/// let before = Table::from_rows([("A", 200, 500_000), ("B", 310, 400_000), ("C", 40, 90_000)])?;
/// let after = Table::from_rows([("A", 290, 510_000), ("B", 315, 401_000), ("C", 37, 90_500)])?;
/// let report = before.change_to(&after)?.per(Per::HUNDRED_THOUSAND);
/// let changed: Vec<_> = report.significant(Confidence::P95).map(|row| row.area.clone()).collect();
/// assert_eq!(changed, ["A"]);
/// assert_eq!(report.area("A")?.percent.map(|percent| format!("{percent:+.1}")), Some("+42.2".into()));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    changes: Changes,
    per: Per,
    /// The exact test at a level, with a phi_w or none.
    spec: TestSpec,
    order: Order,
    rows: Vec<Row>,
}

impl Changes {
    /// Read per unit population, with intervals at 95 % and the largest rise first.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report::of(self.clone(), self.before().basis().read(per), TestSpec::default(), Order::default())
    }
}

impl Report {
    fn of(changes: Changes, per: Per, spec: TestSpec, order: Order) -> Self {
        let rows = row::rows(&changes, per, spec, order);
        Self { changes, per, spec, order, rows }
    }

    /// With intervals at this level.
    #[must_use]
    pub fn with_confidence(self, confidence: Confidence) -> Self {
        let spec =
            self.spec.dispersion().map_or(confidence.into(), |it| TestSpec::from(confidence).with_dispersion(it));
        Self::of(self.changes, self.per, spec, self.order)
    }

    /// With counts of one area that vary between repeated periods as much as this: limits are wider and p-values larger, those of the
    /// change against the rest and of all areas together, too ([`TestSpec::with_dispersion`], [`AgainstRest::p_with`](super::AgainstRest::p_with)).
    /// One of 1, or less, changes no figure. Two periods do not tell it; more do ([`WithinDispersion::of_series`]).
    ///
    /// ```
    /// use crimerate::{Confidence, Per, Table, interval::WithinDispersion};
    ///
    /// let before = Table::from_rows([("A", 200, 500_000), ("B", 310, 400_000), ("C", 40, 90_000)])?;
    /// let after = Table::from_rows([("A", 260, 510_000), ("B", 315, 401_000), ("C", 37, 90_500)])?;
    /// let report = before.change_to(&after)?.per(Per::HUNDRED_THOUSAND);
    /// assert_eq!(report.significant(Confidence::P95).count(), 1);
    /// let report = report.with_dispersion(WithinDispersion::new(2.2)?);
    /// assert_eq!(report.significant(Confidence::P95).count(), 0);
    /// let limits = report.area("A")?;
    /// assert_eq!(format!("{:+.1} to {:+.1}", limits.lower.unwrap(), limits.upper.unwrap()), "-2.9 to +68.1");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn with_dispersion(self, within: WithinDispersion) -> Self {
        Self::of(self.changes, self.per, self.spec.with_dispersion(within), self.order)
    }

    /// With the largest rise first ([`Order::Highest`]), or the largest fall.
    #[must_use]
    pub fn with_order(self, order: Order) -> Self {
        Self::of(self.changes, self.per, self.spec, order)
    }

    /// The level of the intervals.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.spec.confidence()
    }

    /// The variation within an area over that of Poisson counts, where it was given.
    #[must_use]
    pub const fn dispersion(&self) -> Option<WithinDispersion> {
        self.spec.dispersion()
    }

    /// Which end has rank 1.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The changes that are read.
    #[must_use]
    pub const fn changes(&self) -> &Changes {
        &self.changes
    }

    /// What rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The row of an area by its name or code; an area left out has one, with a note.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
    pub fn area(&self, area: &str) -> Result<Row> {
        let row = self.changes.place(area).and_then(|place| self.rows.get(place));
        row.cloned().ok_or_else(|| self.changes.unknown(area))
    }

    /// The rows of the first areas by rank, the largest rise first, and of any that have the rank of the last of them.
    pub fn top(&self, k: usize) -> impl Iterator<Item = &Row> {
        self.ranked().into_iter().map(|(_, row)| row).filter(move |row| row.rank.is_some_and(|rank| rank <= k))
    }

    /// The areas that changed by more than chance, at a level that holds for all of them together (Holm).
    pub fn significant(&self, confidence: Confidence) -> impl Iterator<Item = &Row> {
        self.significant_by(Correction::Holm, confidence)
    }

    /// The same with another correction: by Benjamini and Hochberg at most one in twenty of those named is expected to be a false
    /// alarm, at 95 %.
    pub fn significant_by(&self, correction: Correction, confidence: Confidence) -> impl Iterator<Item = &Row> {
        let corrected = move |row: &Row| match correction {
            Correction::Holm => row.p_holm,
            Correction::BenjaminiHochberg => row.p_bh,
        };
        self.rows.iter().filter(move |row| corrected(row).is_some_and(|p| p <= confidence.alpha()))
    }

    /// The change of all areas together that have one.
    #[must_use]
    pub fn pooled(&self) -> Option<Change> {
        self.changes.pooled()
    }

    /// What has to be reported with the changes.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let changed = self.changes.iter().filter(|(_, change)| change.is_ok()).count();
        let of = words::counted(self.rows.len(), "area");
        let basis = self.changes.before().basis().common(self.changes.after().basis());
        let mut notes = vec![Note::new(Topic::Areas, format!("{} of {of} compared.", digits::grouped(changed as u64)))];
        if let Some(pooled) = self.pooled() {
            let with = |spec: TestSpec| self.dispersion().map_or(spec, |within| spec.with_dispersion(within));
            let pooled = pooled.told(with(TestSpec::default()), 1, &Nouns::of(&basis));
            notes.push(Note::new(Topic::Average, format!("All areas compared, together: {pooled}.")));
        }
        let (exact, tests, variation, approximate) = match self.spec.varies() {
            None => {
                let more = ": areas that vary by more between periods change more often than p says";
                let more = self.dispersion().map_or(more, |_| "");
                ("exact", "exact", format!("{}{more}.", variation(self.dispersion())), "")
            }
            Some(_) => {
                ("the widest of those of three tests", LAWS, format!("{}.", variation(self.dispersion())), APPROXIMATE)
            }
        };
        notes.push(Note::new(
            Topic::Interval,
            format!("Intervals: {exact}, of the rate ratio less one, at {}.", self.confidence()),
        ));
        notes.push(Note::new(
            Topic::Significance,
            format!(
                "p: of no change, {tests}, two-sided; p (Holm): for {} at once; p (BH), by Benjamini and Hochberg: for the share of \
                 false alarms. {variation}{approximate}",
                words::counted(changed, "area")
            ),
        ));
        notes.extend(self.rest_note().map(|text| Note::new(Topic::Significance, text)));
        let first = match self.order {
            Order::Highest => "rise",
            Order::Lowest => "fall",
        };
        let recorded = basis.count().map_or_else(|| "they".into(), |_| Nouns::of(&basis).count_noun(false));
        let text = format!(
            "Ranks: the largest {first} first. Regression to the mean: an area that was picked, or stands first, because its level \
             was extreme before moves back by itself. \
             A change of how {recorded} are recorded changes counts as well."
        );
        notes.push(Note::new(Topic::Ranking, text));
        notes.extend(self.changes.notes().iter().cloned());
        notes.extend(basis.note());
        notes
    }

    /// Which areas changed otherwise than the rest, at the report's level.
    fn rest_note(&self) -> Option<String> {
        self.rows.iter().find(|row| row.p_against_rest.is_some())?;
        let certain = |row: &Row| row.p_against_rest_holm.is_some_and(|p| p <= self.confidence().alpha());
        let apart = self.rows.iter().zip(self.changes.iter()).filter(|(row, _)| certain(row));
        let apart: Vec<&str> = apart.map(|(_, (area, _))| area.label()).collect();
        let apart = words::listed(&apart, ", ", "area");
        let small = match self.spec.varies().map(WithinDispersion::freedom) {
            None => "by chi-square; exact where fewer than 10 are expected",
            Some(None) => "over phi_w, by chi-square; rough where fewer than 5 are expected",
            Some(Some(_)) => "over phi_w, by F; rough where fewer than 5 are expected",
        };
        Some(format!(
            "Changed otherwise than all others together, at {} (Holm): {apart}. Likelihood-ratio test of one change for both, {small}.",
            self.confidence()
        ))
    }

    fn ranked(&self) -> Vec<(&Area, &Row)> {
        let areas = self.changes.iter().map(|(area, _)| area);
        let mut ranked: Vec<(&Area, &Row)> = areas.zip(&self.rows).filter(|(_, row)| row.rank.is_some()).collect();
        ranked.sort_by_key(|(_, row)| row.rank);
        ranked
    }
}

report! {
    Report of kept Row: "A row for every area, in the order of the earlier table, then those of the later one alone.";
    written as |it| {
        per: Per = it.per,
        #[serde(default)]
        confidence: Confidence = it.confidence(),
        #[serde(default)]
        order: Order = it.order,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dispersion: Option<WithinDispersion> = it.dispersion(),
        // Whether counts alone are compared.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        counts_alone: bool = it.changes.of_counts_alone(),
    } rows {
        before: Table = it.changes.before().clone(),
        after: Table = it.changes.after().clone(),
    }
    read as |written, _| {
        let changes = written.before.changed_to(&written.after, written.counts_alone)?;
        let report = changes.per(written.per).with_confidence(written.confidence).with_order(written.order);
        Ok(written.dispersion.map_or(report.clone(), |within| report.with_dispersion(within)))
    }
}

/// How limits and p are told that allow for variation within areas.
const LAWS: &str =
    "the largest of exact binomial, square-root and, where fewer than 100 are expected, beta-binomial tests";
const APPROXIMATE: &str = " Tests and intervals are approximate.";

/// The changes as text, the largest rise first, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let highest = self.rows.iter().filter_map(|row| row.rate_after).fold(0.0, f64::max);
        let decimals = digits::decimals(self.pooled().map_or(highest, |all| all.ratio().rate().per(self.per).value()));
        let (before, after) = (self.changes.before().basis(), self.changes.after().basis());
        let [counted, _] = Nouns::of(&before.common(after)).headings();
        let counted = ["before", "after"].map(|when| format!("{counted} {when}"));
        let heading = [layout::RANK, "Area"].map(str::to_owned).into_iter().chain(counted);
        let peopled = !self.changes.of_counts_alone();
        let rates = ["before", "after"].map(|when| format!("Rate {when} {}", self.per));
        let interval = format!("{} interval", self.confidence());
        let figures = ["Change %", &interval, "p", "p (Holm)", "p (BH)"].map(str::to_owned);
        let mut lines = vec![heading.chain(rates.into_iter().filter(|_| peopled)).chain(figures).collect()];
        lines.extend(self.ranked().into_iter().map(|(area, row)| {
            let limit = |value: Option<f64>| value.map_or_else(|| "infinity".into(), |value| digits::signed(value, 1));
            let p = |p: Option<f64>| layout::or_dash(p.map(|p| digits::probability(p, 0.0)));
            let counts = [layout::whole(row.count_before), layout::whole(row.count_after)];
            let shown = |count: Option<u64>, people: Option<u64>, months: Option<u64>| {
                let exposure = people.and_then(|people| people.checked_mul(months.unwrap_or(1)));
                let rate = count.zip(exposure).and_then(|(count, exposure)| Rate::new(count, exposure).ok());
                layout::or_dash(rate.map(|rate| rate.per(self.per).digits(decimals)))
            };
            let rates = [
                shown(row.count_before, row.population_before, row.months_before),
                shown(row.count_after, row.population_after, row.months_after),
            ];
            let figures = [
                layout::signed(row.percent, 1),
                layout::or_dash(row.lower.map(|lower| format!("{} to {}", digits::signed(lower, 1), limit(row.upper)))),
                p(row.p),
                p(row.p_holm),
                p(row.p_bh),
            ];
            let rank = layout::or_dash(row.rank.map(|rank| digits::grouped(rank as u64)));
            let names = [rank, words::one_line(area.label())].into_iter().chain(counts);
            names.chain(rates.into_iter().filter(|_| peopled)).chain(figures).collect()
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}
