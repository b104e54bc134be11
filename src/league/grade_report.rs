//! The rates by grade as rows and notes.

use super::{by_grade::RatesByGrade, compare::Compare, grade::Grade, grading::Grading, judgement::Judgement};
use crate::{
    base::{Note, Topic, digits, note, report, row, rows, words},
    interval::Interval,
    rate::{Per, Rate},
    table::Table,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// [`RatesByGrade`] read per unit population: a row for each grade, and what was left out. It prints, and it serialises and reads
/// back, all figures being worked out again.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeReport {
    pub(super) by_grade: RatesByGrade,
    pub(super) per: Per,
}

row! {
    /// One grade's line of a [`GradeReport`]; what does not exist is `None`.
    #[derive(Serialize, Deserialize)]
    pub struct GradeRow {
        /// The grade.
        grade: Grade,
        /// How many areas have it and take part.
        areas: usize,
        /// Their counts, where they fit.
        count: Option<u64>,
        /// Their populations.
        population: Option<u64>,
        /// The rate of all of them together.
        rate: Option<f64>,
        /// The lower limit of that rate, of two areas or more.
        lower: Option<f64>,
        /// The upper limit.
        upper: Option<f64>,
        /// The median of their rates, of two areas or more.
        median: Option<f64>,
        /// The lowest of their rates, of two areas or more.
        lowest: Option<f64>,
        /// The highest.
        highest: Option<f64>,
        /// Why figures are missing.
        note: Option<String>,
    }
}

impl RatesByGrade {
    /// Read per unit population.
    #[must_use]
    pub fn per(&self, per: Per) -> GradeReport {
        GradeReport { by_grade: self.clone(), per: self.league.table().basis().read(per) }
    }
}

impl GradeReport {
    /// What is read.
    #[must_use]
    pub const fn by_grade(&self) -> &RatesByGrade {
        &self.by_grade
    }

    /// What rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    fn made(&self) -> impl Iterator<Item = GradeRow> {
        self.by_grade.groups.iter().map(|group| {
            let (rate, range) = (group.rate(), group.range(self.per).ok());
            let interval = group.interval(self.by_grade.league.how().interval()).ok().map(|it| it.per(self.per));
            GradeRow {
                grade: group.judgement.grade(),
                areas: group.areas.len(),
                count: rate.ok().map(Rate::count),
                population: rate.ok().map(|rate| rate.population().get()),
                rate: rate.ok().map(|rate| rate.per(self.per).value()),
                lower: interval.map(Interval::lower),
                upper: interval.map(Interval::upper),
                median: group.median(self.per).ok(),
                lowest: range.map(|range| range.0),
                highest: range.map(|range| range.1),
                note: rows::reasons([rate.err(), group.several().err()]),
            }
        })
    }

    /// What has to be reported with the rates.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let by_grade = &self.by_grade;
        let left_out = note::left_out(
            by_grade
                .left_out()
                .map(|(area, judgement, reason)| (area.label(), format!("judged {}, {reason}", judgement.grade()))),
        );
        let policies = by_grade.policies.iter().map(|policy| Note::new(Topic::Policy, policy.clone()));
        let judged: usize = by_grade.groups.iter().map(|group| group.rates.len()).sum();
        let compared = words::counted(by_grade.league.len(), "area");
        let verb = if judged == 1 { "is" } else { "are" };
        let judged = Note::new(
            Topic::Areas,
            format!(
                "{} of {compared} compared {verb} judged, on the {} scale. Intervals: {}, for chance in the counts and not \
                 for how areas of one grade differ.",
                digits::grouped(judged as u64),
                by_grade.grading,
                by_grade.league.how().interval()
            ),
        );
        left_out.chain(policies).chain([judged]).chain(by_grade.league.table().basis().note()).collect()
    }
}

report! {
    GradeReport of made GradeRow: "A row for every grade of the scale, the best first.";
    written as |it| {
        per: Per = it.per,
        compare: Compare = it.by_grade.league.how(),
        grading: Grading = it.by_grade.grading,
        judged: Vec<(String, Judgement)> = it.by_grade.judged.clone(),
    } rows {
        table: Table = it.by_grade.league.table().clone(),
    }
    read as |written, _| {
        let league = written.table.compare(written.compare);
        Ok(league.by_grade_leaving_out(written.grading, written.judged)?.per(written.per))
    }
}

impl fmt::Display for GradeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (by_grade, per) = (&self.by_grade, self.per);
        for group in &by_grade.groups {
            write!(f, "{}: ", group.judgement.grade())?;
            match (group.rates.len(), group.rate()) {
                (0, _) => f.write_str("no area")?,
                (n, Err(reason)) => write!(f, "{}, {reason}", words::counted(n, "area"))?,
                (1, Ok(rate)) => write!(f, "1 area, {}", rate.per(per))?,
                (n, Ok(rate)) => write!(f, "{}, pooled {}", words::counted(n, "area"), rate.per(per))?,
            }
            let decimals = group.rate().map_or(1, |rate| digits::decimals(rate.per(per).value()));
            if let Ok(interval) = group.interval(by_grade.league.how().interval()) {
                let interval = interval.per(per);
                let limits = interval.digits(decimals);
                write!(f, " ({} interval {limits})", interval.confidence())?;
            }
            if let (3.., Ok(median)) = (group.rates.len(), group.median_reading(per)) {
                write!(f, ", median {}", median.digits(decimals))?;
            }
            if let Ok((lowest, highest)) = group.ends(per) {
                write!(f, ", from {} to {}", lowest.digits(decimals), highest.digits(decimals))?;
            }
            writeln!(f)?;
        }
        let notes = self.notes();
        notes.iter().enumerate().try_for_each(|(i, note)| write!(f, "{}{note}", if i == 0 { "" } else { "\n" }))
    }
}
