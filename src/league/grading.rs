//! The scale of an inspectorate.

use super::grade::Grade;
use crate::base::choice;

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
}
