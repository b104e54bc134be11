//! The rates of the areas of each grade.

use super::{grade_group::GradeGroup, grading::Grading, judgement::Judgement, league::LeagueTable};
use crate::{
    base::{Error, ErrorKind, Result, each},
    table::{Area, LeftOut},
};
use std::collections::HashMap;

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
    pub(super) league: LeagueTable,
    pub(super) grading: Grading,
    /// As they were given.
    pub(super) judged: Vec<(String, Judgement)>,
    pub(super) groups: Vec<GradeGroup>,
    left_out: Vec<(Area, Judgement, LeftOut)>,
    /// What is done about judged areas whose figures mislead.
    pub(super) policies: Vec<String>,
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
}

each!(RatesByGrade, &'a GradeGroup);
