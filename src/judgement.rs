use crate::{
    Area, Basis, Error, ErrorKind, IntervalSpec, LeagueTable, LeftOut, Per, Rate, RateInterval, Result, Tally,
    Undefined, average, choice::choice, number,
};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, collections::HashMap, fmt, str::FromStr};

/// A scale of graded judgements, as His Majesty's Inspectorate of Constabulary and Fire & Rescue Services has used in its
/// PEEL assessments. The same word on two scales is not the same grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grading {
    /// To 2018/19: outstanding, good, requires improvement, inadequate.
    FourGrade,
    /// From 2021/22: outstanding, good, adequate, requires improvement, inadequate.
    FiveGrade,
}

choice!(Grading, "a scale of judgements", "four-grade or five-grade", {
    FourGrade => "four-grade",
    FiveGrade => "five-grade",
});

/// The word of a grade. It has no order of its own: that belongs to a [`Judgement`], which knows its scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grade {
    /// The best of both scales.
    Outstanding,
    /// The second of both scales.
    Good,
    /// The middle of the five-grade scale; the four-grade scale has none.
    Adequate,
    /// The last but one of both scales.
    RequiresImprovement,
    /// The worst of both scales.
    Inadequate,
}

choice!(Grade, "a grade", "outstanding, good, adequate, requires improvement or inadequate", {
    Outstanding => "outstanding" | "Outstanding",
    Good => "good" | "Good",
    Adequate => "adequate" | "Adequate",
    RequiresImprovement => "requires improvement" | "Requires improvement" | "Requires Improvement" | "requires-improvement",
    Inadequate => "inadequate" | "Inadequate",
});

/// A grade on its scale: ordered, the better one greater, among judgements on one scale and not comparable across scales.
///
/// Grades are ordinal: there is no mean grade here, and no number for one.
///
/// ```
/// use crimerate::{Grade, Grading, Judgement};
/// use std::cmp::Ordering;
///
/// let four = |grade| Judgement::new(Grading::FourGrade, grade);
/// assert!(four(Grade::Good)? > four(Grade::RequiresImprovement)?);
/// let later = Judgement::new(Grading::FiveGrade, Grade::Good)?;
/// assert_eq!(four(Grade::Good)?.partial_cmp(&later), None);
/// assert_ne!(four(Grade::Good)?, later);
/// assert_eq!(later.to_string(), "good (five-grade)");
/// assert!(four(Grade::Adequate).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Judgement {
    grading: Grading,
    grade: Grade,
}

#[derive(Deserialize)]
struct Parts {
    grading: Grading,
    grade: Grade,
}

impl Grading {
    /// Its grades, the best first.
    #[must_use]
    pub const fn grades(self) -> &'static [Grade] {
        use Grade::{Adequate, Good, Inadequate, Outstanding, RequiresImprovement};
        match self {
            Self::FourGrade => &[Outstanding, Good, RequiresImprovement, Inadequate],
            Self::FiveGrade => &[Outstanding, Good, Adequate, RequiresImprovement, Inadequate],
        }
    }

    /// Its judgements, the best first.
    pub fn judgements(self) -> impl ExactSizeIterator<Item = Judgement> {
        self.grades().iter().map(move |&grade| Judgement { grading: self, grade })
    }

    /// How often each grade was given, the best first; one that was not given counts 0.
    ///
    /// ```
    /// use crimerate::{Grade, Grading, Judgement};
    ///
    /// let given = ["good", "inadequate", "good"].map(|word| Judgement::new(Grading::FourGrade, word.parse().unwrap()).unwrap());
    /// let counts = Grading::FourGrade.count(given)?;
    /// assert_eq!(counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [0, 2, 0, 1]);
    /// assert!(Grading::FiveGrade.count(given).is_err());
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OtherGrading`] for a judgement on another scale, with its place from 1 as the row.
    pub fn count(self, judgements: impl IntoIterator<Item = Judgement>) -> Result<Vec<(Judgement, usize)>> {
        let mut counts: Vec<(Judgement, usize)> = self.judgements().map(|judgement| (judgement, 0)).collect();
        for (judgement, row) in judgements.into_iter().zip(1..) {
            judgement.on(self).map_err(|error| error.at_row(row))?;
            counts.iter_mut().filter(|(given, _)| *given == judgement).for_each(|(_, count)| *count += 1);
        }
        Ok(counts)
    }
}

impl Judgement {
    /// A grade on its scale.
    ///
    /// # Errors
    /// [`ErrorKind::NotAGrade`] where the scale has no such grade.
    pub fn new(grading: Grading, grade: Grade) -> Result<Self> {
        if grading.grades().contains(&grade) {
            Ok(Self { grading, grade })
        } else {
            Err(ErrorKind::NotAGrade { grade: grade.name(), grading: grading.name() }.into())
        }
    }

    /// The scale.
    #[must_use]
    pub const fn grading(self) -> Grading {
        self.grading
    }

    /// The grade.
    #[must_use]
    pub const fn grade(self) -> Grade {
        self.grade
    }

    fn on(self, grading: Grading) -> Result<()> {
        if self.grading == grading {
            Ok(())
        } else {
            Err(ErrorKind::OtherGrading { expected: grading.name(), found: self.grading.name() }.into())
        }
    }
}

/// The better judgement is the greater one; `None` across scales.
impl PartialOrd for Judgement {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let place = |judgement: &Self| self.grading.grades().iter().position(|grade| *grade == judgement.grade);
        (self.grading == other.grading).then(|| place(other).cmp(&place(self)))
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} ({})", self.grade, self.grading))
    }
}

/// Reads what it prints as, such as `requires improvement (four-grade)`.
///
/// # Errors
/// [`ErrorKind::NotAChoice`] for an unknown grade or scale, else as [`Judgement::new`].
impl FromStr for Judgement {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
        let Some((grade, grading)) = parts else {
            let (what, choices) = ("a judgement with its scale", "a grade and its scale, such as good (four-grade)");
            return Err(ErrorKind::NotAChoice { what, text: text.into(), choices }.into());
        };
        Self::new(grading.parse()?, grade.parse()?)
    }
}

impl TryFrom<Parts> for Judgement {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(parts.grading, parts.grade)
    }
}

/// The compared rates, grouped by what the areas were judged.
///
/// ```
/// use crimerate::{Average, Grade, Grading, Judgement, Per, Table};
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
    grading: Grading,
    groups: Vec<GradeGroup>,
    left_out: Vec<(Area, Judgement, LeftOut)>,
    /// What is done about judged areas whose figures mislead.
    policies: Vec<String>,
    compared: usize,
    interval: IntervalSpec,
    basis: Basis,
}

/// The areas of one grade, with no more said of their rates than their number allows.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeGroup {
    judgement: Judgement,
    areas: Vec<Area>,
    rates: Vec<Rate>,
}

/// [`RatesByGrade`] read per so many people: a line for each grade and what was left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradeReading<'a> {
    by_grade: &'a RatesByGrade,
    per: Per,
}

impl LeagueTable {
    /// The compared rates by the judgements of their areas, which are named or given by their code.
    ///
    /// # Errors
    /// [`ErrorKind::OtherGrading`] for a judgement on another scale, [`ErrorKind::UnknownArea`] for an area that the table
    /// does not have, [`ErrorKind::DuplicateName`] for one that is judged twice, each with its place from 1 as the row.
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
    /// As [`LeagueTable::by_grade`] but for [`ErrorKind::UnknownArea`]; [`ErrorKind::NoName`] for an empty name.
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
        for ((area, judgement), row) in judged.into_iter().zip(1..) {
            let here = |error: Error| error.at_row(row).in_area(area.as_ref());
            judgement.on(grading).map_err(here)?;
            let index = match self.table().index(area.as_ref()) {
                Err(_) if leave_out => {
                    let area = Area::new(area.as_ref(), None).map_err(here)?;
                    unknown.push((area, judgement, LeftOut::NotInTable));
                    continue;
                }
                index => index.map_err(here)?,
            };
            if let Some((first, _)) = given.insert(index, (row, judgement)) {
                return Err(here(ErrorKind::DuplicateName { first }.into()));
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
        let (interval, basis) = (self.how().interval, self.table().basis().clone());
        Ok(RatesByGrade { grading, groups, left_out, policies, compared: self.len(), interval, basis })
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

    /// Read per so many people.
    #[must_use]
    pub const fn per(&self, per: Per) -> GradeReading<'_> {
        GradeReading { by_grade: self, per: per.on(&self.basis) }
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
    pub fn interval(&self, spec: impl Into<IntervalSpec>) -> Result<RateInterval, Undefined> {
        self.several()?;
        Ok(self.rate()?.interval(spec))
    }

    /// The median rate, per so many people; of two areas it is the middle between them.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn median(&self, per: Per) -> Result<f64, Undefined> {
        self.several()?;
        let values: Vec<f64> = self.rates.iter().map(|rate| rate.value()).collect();
        average::median(&values).map(|value| per.scale(value)).ok_or(Undefined::TooFew)
    }

    /// The lowest and the highest rate, per so many people.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn range(&self, per: Per) -> Result<(f64, f64), Undefined> {
        self.several()?;
        let lowest = self.rates.iter().min_by(|a, b| a.cmp_value(b));
        let highest = self.rates.iter().max_by(|a, b| a.cmp_value(b));
        let (lowest, highest) = lowest.zip(highest).ok_or(Undefined::TooFew)?;
        Ok((lowest.per(per).value(), highest.per(per).value()))
    }

    fn several(&self) -> Result<(), Undefined> {
        if self.rates.len() < 2 { Err(Undefined::TooFew) } else { Ok(()) }
    }
}

impl fmt::Display for GradeReading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by_grade, per } = *self;
        for group in &by_grade.groups {
            write!(f, "{}: ", group.judgement.grade)?;
            match (group.rates.len(), group.rate()) {
                (0, _) => f.write_str("no area")?,
                (n, Err(reason)) => write!(f, "{}, {reason}", number::counted(n, "area"))?,
                (1, Ok(rate)) => write!(f, "1 area, {}", rate.per(per))?,
                (n, Ok(rate)) => write!(f, "{}, pooled {}", number::counted(n, "area"), rate.per(per))?,
            }
            let decimals = group.rate().map_or(1, |rate| number::decimals(rate.per(per).value()));
            if let Ok(interval) = group.interval(by_grade.interval) {
                let interval = interval.per(per);
                write!(f, " ({} interval {interval:.decimals$})", interval.confidence())?;
            }
            if let (3.., Ok(median)) = (group.rates.len(), group.median(per)) {
                write!(f, ", median {}", number::fixed(median, decimals))?;
            }
            if let Ok((lowest, highest)) = group.range(per) {
                write!(f, ", from {} to {}", number::fixed(lowest, decimals), number::fixed(highest, decimals))?;
            }
            writeln!(f)?;
        }
        for (area, judgement, reason) in by_grade.left_out() {
            let area = number::one_line(area.name());
            writeln!(f, "Left out: {area}, judged {}, {}.", judgement.grade, number::one_line(&reason.to_string()))?;
        }
        for policy in &by_grade.policies {
            writeln!(f, "{}", number::one_line(policy))?;
        }
        let judged: usize = by_grade.groups.iter().map(|group| group.rates.len()).sum();
        let (compared, verb) = (number::counted(by_grade.compared, "area"), if judged == 1 { "is" } else { "are" });
        write!(
            f,
            "{judged} of {compared} compared {verb} judged, on the {} scale. Intervals: {}, for chance in the counts and not \
             for how areas of one grade differ.",
            by_grade.grading, by_grade.interval
        )?;
        if by_grade.basis.is_empty() {
            Ok(())
        } else {
            write!(f, "\nBasis: {}.", number::one_line(&by_grade.basis.to_string()))
        }
    }
}
