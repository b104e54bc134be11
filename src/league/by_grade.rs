//! The rates of the areas of each grade.
//!
//! A row is made of its group when it is asked for; so none are kept, and what reports share that keep theirs is of no use.

use super::{
    compare::Compare,
    grade::{Grade, Grading, Judgement},
    league::LeagueTable,
};
use crate::{
    average,
    base::{Error, ErrorKind, Line, Note, Result, Topic, Undefined, digits, each, note, row, rows, words},
    interval::{self, Interval, RateInterval},
    rate::{Per, Rate, Reading, Tally},
    table::{Area, LeftOut, Table},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, fmt};

/// The compared rates, grouped by what the areas were judged.
///
/// ```
/// use crimerate::{Average, Per, Table, league::{Grade, Grading, Judgement}};
///
/// let league = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300), ("Kent", 729, 1_846_500)])?
///     .compare(Average::POOLED);
/// let judged = |grade| Judgement::new(Grading::FourGrade, grade);
/// let by_grade = league.by_grade(
///     Grading::FourGrade,
///     [("Durham", judged(Grade::Outstanding)?), ("Kent", judged(Grade::Good)?), ("Dorset", judged(Grade::Good)?)],
/// )?;
/// assert_eq!(
///     by_grade.per(Per::HUNDRED_THOUSAND).to_string(),
///     "outstanding: 1 area, 26.0 per 100,000\n\
///      good: 2 areas, pooled 38.3 per 100,000 (95 % interval 35.9 to 40.7), from 35.3 to 39.5\n\
///      requires improvement: no area\n\
///      inadequate: no area\n\
///      3 of 3 areas compared are judged, on the four-grade scale. Intervals: exact at 95 %, for chance in the counts \
///      and not for how areas of one grade differ."
/// );
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RatesByGrade {
    league: LeagueTable,
    grading: Grading,
    /// As they were given.
    judged: Vec<(String, Judgement)>,
    groups: Vec<GradeGroup>,
    left_out: Vec<(Area, Judgement, LeftOut)>,
    /// What is done about judged areas whose figures mislead.
    policies: Vec<String>,
}

/// The areas of one grade, with no more said of their rates than their number allows.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeGroup {
    judgement: Judgement,
    areas: Vec<Area>,
    rates: Vec<Rate>,
}

/// [`RatesByGrade`] read per unit population: a row for each grade, and what was left out. It prints, and it serialises and reads
/// back, all figures being worked out again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct GradeReport {
    by_grade: RatesByGrade,
    per: Per,
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

#[derive(Serialize, Deserialize)]
#[serde(rename = "GradeReport")]
struct Written {
    per: Per,
    compare: Compare,
    grading: Grading,
    judged: Vec<(String, Judgement)>,
    rows: Vec<GradeRow>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

impl LeagueTable {
    /// The compared rates by the judgements of their areas, which are named or given by their code.
    ///
    /// # Errors
    /// [`ErrorKind::Mismatch`] for a judgement on another scale, [`ErrorKind::UnknownArea`] for an area that the table
    /// does not have, [`ErrorKind::Duplicate`] for one that is judged twice, each with its place from 1 as the row.
    pub fn by_grade<S: AsRef<str>>(
        &self,
        grading: Grading,
        judged: impl IntoIterator<Item = (S, Judgement)>,
    ) -> Result<RatesByGrade> {
        self.judged(grading, judged, false)
    }

    /// As [`LeagueTable::by_grade`], but a judged area that the table does not have is left out with a note, where it would be
    /// refused.
    ///
    /// # Errors
    /// As [`LeagueTable::by_grade`] but for [`ErrorKind::UnknownArea`]; [`ErrorKind::Missing`] for an empty name.
    pub fn by_grade_leaving_out<S: AsRef<str>>(
        &self,
        grading: Grading,
        judged: impl IntoIterator<Item = (S, Judgement)>,
    ) -> Result<RatesByGrade> {
        self.judged(grading, judged, true)
    }

    fn judged<S: AsRef<str>>(
        &self,
        grading: Grading,
        judged: impl IntoIterator<Item = (S, Judgement)>,
        leave_out: bool,
    ) -> Result<RatesByGrade> {
        let mut given: HashMap<usize, (u64, Judgement)> = HashMap::new();
        let mut unknown = Vec::new();
        let judged = judged.into_iter().map(|(area, judgement)| (area.as_ref().to_owned(), judgement));
        let judged: Vec<(String, Judgement)> = judged.collect();
        for ((area, judgement), row) in judged.iter().zip(1..) {
            let (area, judgement) = (area.as_str(), *judgement);
            let here = |error: Error| error.at_row(row).in_area(area);
            judgement.on(grading).map_err(here)?;
            let index = match self.table().find(area) {
                None if leave_out && !self.table().is_ambiguous(area) => {
                    let area = Area::new(area, None).map_err(here)?;
                    unknown.push((area, judgement, LeftOut::NotInTable));
                    continue;
                }
                index => index.ok_or_else(|| here(self.table().unknown(area)))?,
            };
            if let Some((first, _)) = given.insert(index, (row, judgement)) {
                let name = self.table().areas().get(index).map_or("", Area::label).into();
                return Err(here(ErrorKind::Duplicate { what: "area", name, first: Some(first) }.into()));
            }
        }
        let group = |judgement| GradeGroup { judgement, areas: Vec::new(), rates: Vec::new() };
        let mut groups: Vec<GradeGroup> = grading.judgements().map(group).collect();
        let (mut left_out, mut policies) = (Vec::new(), Vec::new());
        for (index, (area, outcome)) in self.areas().enumerate() {
            let Some((_, judgement)) = given.get(&index) else { continue };
            match outcome {
                Ok(comparison) => {
                    policies.append(&mut self.table().policies_touching(index));
                    for group in groups.iter_mut().filter(|group| group.judgement == *judgement) {
                        group.areas.push(area.clone());
                        group.rates.push(comparison.rate());
                    }
                }
                Err(reason) => left_out.push((area.clone(), *judgement, reason)),
            }
        }
        left_out.append(&mut unknown);
        Ok(RatesByGrade { league: self.clone(), grading, judged, groups, left_out, policies })
    }
}

impl RatesByGrade {
    /// A group for every grade of the scale, the best first, those without an area among them.
    #[must_use]
    pub fn groups(&self) -> &[GradeGroup] {
        &self.groups
    }

    /// The scale.
    #[must_use]
    pub const fn grading(&self) -> Grading {
        self.grading
    }

    /// The areas that are judged and take no part in the comparison, and why.
    pub fn left_out(&self) -> impl Iterator<Item = (&Area, Judgement, &LeftOut)> {
        self.left_out.iter().map(|(area, judgement, reason)| (area, *judgement, reason))
    }

    /// What is done about judged areas whose figures mislead (merged, kept, given another denominator), in words.
    #[must_use]
    pub fn policies(&self) -> &[String] {
        &self.policies
    }

    /// The same, one by one.
    pub fn iter(&self) -> impl Iterator<Item = &GradeGroup> {
        self.groups.iter()
    }

    /// The judgement of an area that takes part, by its name or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none, [`ErrorKind::LeftOut`] where it takes no part or is not judged.
    pub fn area(&self, area: &str) -> Result<Judgement> {
        let found = self.league.area(area)?;
        let group = self.groups.iter().find(|group| group.areas.contains(found.area()));
        let unjudged = || Error::from(ErrorKind::LeftOut { reason: "not judged".into() }).in_area(found.area().label());
        group.map(|group| group.judgement).ok_or_else(unjudged)
    }

    /// Read per unit population.
    #[must_use]
    pub fn per(&self, per: Per) -> GradeReport {
        GradeReport { by_grade: self.clone(), per: self.league.table().basis().read(per) }
    }
}

each!(RatesByGrade, &'a GradeGroup);

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

    /// A row for every grade of the scale, the best first.
    pub fn rows(&self) -> impl Iterator<Item = GradeRow> {
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
        let basis = by_grade.league.table().basis();
        let basis = (!basis.is_empty()).then(|| Note::new(Topic::Basis, format!("Basis: {basis}.")));
        left_out.chain(policies).chain([judged]).chain(basis).collect()
    }

    /// The rows as CSV with a header: every column always, empty where there is no figure.
    #[must_use]
    pub fn csv(&self) -> String {
        rows::csv(GradeRow::FIELDS, self.rows(), &[])
    }
}

impl From<GradeReport> for Written {
    fn from(report: GradeReport) -> Self {
        let by_grade = &report.by_grade;
        Self {
            per: report.per,
            compare: by_grade.league.how(),
            grading: by_grade.grading,
            judged: by_grade.judged.clone(),
            rows: report.rows().collect(),
            notes: report.notes(),
            table: by_grade.league.table().clone(),
        }
    }
}

impl TryFrom<Written> for GradeReport {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let league = written.table.compare(written.compare);
        let report = league.by_grade_leaving_out(written.grading, written.judged)?.per(written.per);
        rows::verify(report.rows(), &written.rows)?;
        Ok(report)
    }
}

impl GradeGroup {
    /// The grade that they share, on its scale.
    #[must_use]
    pub const fn judgement(&self) -> Judgement {
        self.judgement
    }

    /// The areas, in the order of the table.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Their rates, in the same order.
    #[must_use]
    pub fn rates(&self) -> &[Rate] {
        &self.rates
    }

    /// The rate of all of them together; of one area, its own.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] of none, [`Undefined::TooLarge`] where the sums do not fit.
    pub fn rate(&self) -> Result<Rate, Undefined> {
        self.rates.iter().copied().collect::<Tally>().rate()
    }

    /// The interval of the pooled rate: it is about chance in the counts, not about how much areas of a grade differ.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, else as [`GradeGroup::rate`].
    pub fn interval(&self, spec: impl Into<interval::Spec>) -> Result<RateInterval, Undefined> {
        self.several()?;
        Ok(self.rate()?.interval(spec))
    }

    /// The median rate, per unit population; of two areas it is the middle between them.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn median(&self, per: Per) -> Result<f64, Undefined> {
        self.several()?;
        let values: Vec<f64> = self.rates.iter().map(|rate| rate.value()).collect();
        average::median(&values).map(|value| per.scale(value)).ok_or(Undefined::TooFew)
    }

    /// The lowest and the highest rate, per unit population.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn range(&self, per: Per) -> Result<(f64, f64), Undefined> {
        let (lowest, highest) = self.ends(per)?;
        Ok((lowest.value(), highest.value()))
    }

    fn ends(&self, per: Per) -> Result<(Reading, Reading), Undefined> {
        self.several()?;
        let lowest = self.rates.iter().min_by(|a, b| a.cmp_value(b));
        let highest = self.rates.iter().max_by(|a, b| a.cmp_value(b));
        let (lowest, highest) = lowest.zip(highest).ok_or(Undefined::TooFew)?;
        Ok((lowest.per(per), highest.per(per)))
    }

    /// The median as it is printed: of an odd number of areas the fraction that it is.
    fn median_reading(&self, per: Per) -> Result<Reading, Undefined> {
        let mut rates: Vec<&Rate> = self.rates.iter().collect();
        rates.sort_by(|a, b| a.cmp_value(b));
        let middle = rates.get(rates.len() / 2).filter(|_| rates.len() % 2 == 1);
        middle.map_or_else(|| Ok(Reading::of_double(self.median(per)?, per)), |middle| Ok(middle.per(per)))
    }

    fn several(&self) -> Result<(), Undefined> {
        if self.rates.len() < 2 { Err(Undefined::TooFew) } else { Ok(()) }
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
