//! What an area was judged, on its scale.

use super::{grade::Grade, grading::Grading};
use crate::base::{Error, ErrorKind, Result, layout, not_a_choice};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, fmt, str::FromStr};

/// A grade on its scale: ordered, the better one greater, among judgements on one scale and not comparable across scales.
///
/// Grades are ordinal: there is no mean grade here, and no number for one.
///
/// ```
/// use crimerate::{league::{Grade, Grading, Judgement}};
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
    /// Its judgements, the best first.
    pub fn judgements(self) -> impl ExactSizeIterator<Item = Judgement> {
        self.grades().iter().map(move |&grade| Judgement { grading: self, grade })
    }

    /// How often each grade was given, the best first; one that was not given counts 0.
    ///
    /// ```
    /// use crimerate::{league::{Grade, Grading, Judgement}};
    ///
    /// let given = ["good", "inadequate", "good"].map(|word| Judgement::new(Grading::FourGrade, word.parse().unwrap()).unwrap());
    /// let counts = Grading::FourGrade.count(given)?;
    /// assert_eq!(counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [0, 2, 0, 1]);
    /// assert!(Grading::FiveGrade.count(given).is_err());
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Mismatch`] for a judgement on another scale, with its place from 1 as the row.
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
    /// [`ErrorKind::NotAChoice`] where the scale has no such grade.
    pub fn new(grading: Grading, grade: Grade) -> Result<Self> {
        if grading.grades().contains(&grade) {
            Ok(Self { grading, grade })
        } else {
            let (what, choices) = match grading {
                Grading::FourGrade => {
                    ("a grade of the four-grade scale", "outstanding, good, requires improvement or inadequate")
                }
                Grading::FiveGrade => (
                    "a grade of the five-grade scale",
                    "outstanding, good, adequate, requires improvement or inadequate",
                ),
            };
            Err(not_a_choice(what, grade.name(), choices, &[]))
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

    pub(super) fn on(self, grading: Grading) -> Result<()> {
        if self.grading == grading {
            Ok(())
        } else {
            let (expected, found) = (grading.to_string(), self.grading.to_string());
            Err(ErrorKind::Mismatch { part: "the scale of the judgement", expected, found }.into())
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
        layout::pad(f, &format!("{} ({})", self.grade, self.grading))
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
            return Err(not_a_choice(what, text, choices, &[]));
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
