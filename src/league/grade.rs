//! The words of graded judgements.
//!
//! A grade alone has no order: a judgement knows its scale and is ordered only among those on the same scale. No number stands for
//! it, so no mean can be taken.

use crate::base::choice;

/// The word of a grade. It has no order of its own: that belongs to a [`Judgement`](crate::league::Judgement), which knows its scale.
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
