//! Changes as rows and notes.

use super::{change::Change, changes::Changes};
use crate::{
    base::{Error, Line, Note, Result, Topic, digits, each, layout, row, rows, words},
    interval::{Confidence, Correction, Test, TestSpec},
    rate::{Per, Rate, Tally},
    table::Table,
};
use serde::{Deserialize, Serialize};
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Report {
    changes: Changes,
    per: Per,
    rows: Vec<Row>,
}

row! {
    /// One area's line of a [`Report`]; what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row {
        /// The name.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// The earlier count, where it is known.
        count_before: Option<u64>,
        /// The earlier population, where there is one.
        population_before: Option<u64>,
        /// The later count, where it is known.
        count_after: Option<u64>,
        /// The later population, where there is one.
        population_after: Option<u64>,
        /// The earlier rate.
        rate_before: Option<f64>,
        /// The later rate.
        rate_after: Option<f64>,
        /// The change in per cent; none from zero, which has no per cent.
        percent: Option<f64>,
        /// The lower limit of the change in per cent, at 95 %.
        lower: Option<f64>,
        /// The upper limit.
        upper: Option<f64>,
        /// The two-sided p-value of no change.
        p: Option<f64> => probability,
        /// The same, corrected for the number of areas.
        p_holm: Option<f64> => probability,
        /// The place among the changes, the largest rise first; a rise from zero is the largest.
        rank: Option<usize>,
        /// Why figures are missing, and what makes per cent say little.
        note: Option<String>,
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "Report")]
struct Written {
    per: Per,
    #[serde(serialize_with = "rows::sparse")]
    rows: Vec<Row>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    before: Table,
    after: Table,
}

impl Changes {
    /// Read per unit population.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        let per = self.before().basis().read(per);
        let changes: Vec<Option<Change>> = self.iter().map(|(_, change)| change.ok()).collect();
        let p: Vec<f64> = changes.iter().flatten().map(|change| two_sided(*change)).collect();
        let mut corrected = Correction::Holm.of_probabilities(&p).into_iter();
        let mut alone = p.iter().copied();
        let mut falling: Vec<f64> = changes.iter().flatten().map(|change| ratio(*change)).collect();
        falling.sort_unstable_by(|a, b| b.total_cmp(a));
        let rows = self.iter().zip(&changes).map(|((area, found), change)| {
            let side = |table: &Table| {
                let index = table.index(area.code().unwrap_or(area.name())).or_else(|_| table.index(area.label())).ok();
                let count = index.and_then(|index| table.observation(index)?.known());
                (count, index.and_then(|index| table.stated_population(index)))
            };
            let rate = |rate: Rate| (Some(rate.count()), Some(rate.population().get()));
            let (before, after) = match change {
                Some(change) => (rate(change.ratio().base()), rate(change.ratio().rate())),
                None => (side(self.before()), side(self.after())),
            };
            let interval = change.map(|change| change.interval(TestSpec::default()));
            let finite = |value: f64| Some(value).filter(|value| value.is_finite());
            let read = |rate: fn(&Change) -> Rate| change.as_ref().map(|change| rate(change).per(per).value());
            Row {
                area: area.name().into(),
                code: area.code().map(Into::into),
                count_before: before.0,
                population_before: before.1,
                count_after: after.0,
                population_after: after.1,
                rate_before: read(|change| change.ratio().base()),
                rate_after: read(|change| change.ratio().rate()),
                percent: change.and_then(Change::percent).and_then(finite),
                lower: interval.and_then(|interval| finite(interval.lower())),
                upper: interval.and_then(|interval| finite(interval.upper())),
                p: change.and_then(|_| alone.next()),
                p_holm: change.and_then(|_| corrected.next()),
                rank: change.map(|change| 1 + falling.partition_point(|other| *other > ratio(change))),
                note: match (change, found) {
                    (_, Err(left_out)) => Some(left_out.to_string()),
                    (Some(change), _) => remark(*change),
                    (None, Ok(_)) => None,
                },
            }
        });
        Report { rows: rows.collect(), changes: self.clone(), per }
    }
}

fn two_sided(change: Change) -> f64 {
    change.significance(Test::Exact).two_sided()
}

/// What changes are ordered by: the ratio, 1 from nothing to nothing.
fn ratio(change: Change) -> f64 {
    change.percent().unwrap_or(0.0)
}

fn remark(change: Change) -> Option<String> {
    let count = change.ratio().base().count();
    match change.percent() {
        None => Some("nothing counted before or after".into()),
        Some(percent) if percent.is_infinite() => Some("nothing counted before, so no per cent".into()),
        Some(_) if change.small_base() => Some(format!("a base of only {count}, so per cent say little")),
        Some(_) => None,
    }
}

impl Report {
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

    /// A row for every area, in the order of the earlier table, then those of the later one alone.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The same, one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
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
        self.ranked().into_iter().filter(move |row| row.rank.is_some_and(|rank| rank <= k))
    }

    /// The areas that changed by more than chance, at a level that holds for all of them together (Holm).
    pub fn significant(&self, confidence: Confidence) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.p_holm.is_some_and(|p| p <= confidence.alpha()))
    }

    /// The change of all areas together that have one.
    #[must_use]
    pub fn pooled(&self) -> Option<Change> {
        let all = || self.changes.iter().filter_map(|(_, change)| change.ok());
        let before: Tally = all().map(|change| change.ratio().base()).collect();
        let after: Tally = all().map(|change| change.ratio().rate()).collect();
        Some(Change::between(before.rate().ok()?, after.rate().ok()?))
    }

    /// What has to be reported with the changes.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let changed = self.changes.iter().filter(|(_, change)| change.is_ok()).count();
        let of = words::counted(self.rows.len(), "area");
        let mut notes = vec![Note::new(Topic::Areas, format!("{} of {of} compared.", digits::grouped(changed as u64)))];
        if let Some(pooled) = self.pooled() {
            notes.push(Note::new(Topic::Average, format!("All areas compared, together: {pooled}.")));
        }
        notes.push(Note::new(Topic::Interval, "Intervals: exact, of the rate ratio less one, at 95 %.".to_owned()));
        notes.push(Note::new(
            Topic::Significance,
            format!(
                "p: of no change, exact, two-sided; p (Holm): for {} at once. Poisson variation only: areas that vary by more \
                 between periods change more often than p says.",
                words::counted(changed, "area")
            ),
        ));
        notes.push(Note::new(
            Topic::Ranking,
            "Ranks: the largest rise first. An area picked because its level was extreme before moves back by itself."
                .to_owned(),
        ));
        notes.extend(self.changes.notes().iter().cloned());
        notes
    }

    /// The rows as CSV with a header: every column always, empty where there is no figure.
    #[must_use]
    pub fn csv(&self) -> String {
        rows::csv(Row::FIELDS, self.rows.iter().cloned(), &[])
    }

    fn ranked(&self) -> Vec<&Row> {
        let mut ranked: Vec<&Row> = self.rows.iter().filter(|row| row.rank.is_some()).collect();
        ranked.sort_by_key(|row| row.rank);
        ranked
    }
}

each!(Report, &'a Row);

impl From<Report> for Written {
    fn from(report: Report) -> Self {
        let notes = report.notes();
        let (before, after) = (report.changes.before().clone(), report.changes.after().clone());
        Self { per: report.per, rows: report.rows, notes, before, after }
    }
}

impl TryFrom<Written> for Report {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let report = written.before.change_to(&written.after)?.per(written.per);
        rows::verify(report.rows.iter().cloned(), &written.rows)?;
        Ok(report)
    }
}

/// The changes as text, the largest rise first, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let highest = self.rows.iter().filter_map(|row| row.rate_after).fold(0.0, f64::max);
        let decimals = digits::decimals(self.pooled().map_or(highest, |all| all.ratio().rate().per(self.per).value()));
        let heading =
            ["Rank", "Area", "Count before", "Count after", "Rate before", "Rate after", "Change %", "95 % interval"];
        let heading = heading.into_iter().chain(["p", "p (Holm)"]).map(|name| match name {
            "Rate before" | "Rate after" => format!("{name} {}", self.per),
            _ => name.to_owned(),
        });
        let mut lines = vec![heading.collect()];
        lines.extend(self.ranked().into_iter().map(|row| {
            let limit = |value: Option<f64>| value.map_or_else(|| "infinity".into(), |value| digits::signed(value, 1));
            let shown = |count: Option<u64>, people: Option<u64>| {
                let rate = count.zip(people).and_then(|(count, people)| Rate::new(count, people).ok());
                layout::or_dash(rate.map(|rate| rate.per(self.per).digits(decimals)))
            };
            vec![
                layout::or_dash(row.rank.map(|rank| digits::grouped(rank as u64))),
                words::one_line(&row.area),
                layout::whole(row.count_before),
                layout::whole(row.count_after),
                shown(row.count_before, row.population_before),
                shown(row.count_after, row.population_after),
                layout::signed(row.percent, 1),
                layout::or_dash(row.lower.map(|lower| format!("{} to {}", digits::signed(lower, 1), limit(row.upper)))),
                layout::or_dash(row.p.map(|p| digits::probability(p, 0.0))),
                layout::or_dash(row.p_holm.map(|p| digits::probability(p, 0.0))),
            ]
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}
