//! How rank sets are made.

use crate::{
    base::{Error, ErrorKind, Result, choice, layout},
    interval::{Confidence, Test, WithinDispersion},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// For how many areas at once rank sets hold. The default is [`Family::Simultaneous`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// For one area that was chosen before the figures were seen: tests of the pairs that hold it.
    Marginal,
    /// For all areas at once, so also for whichever came out first: tests of all pairs.
    #[default]
    Simultaneous,
}

choice!(Family, "a family of rank sets", "marginal or simultaneous", {
    Marginal => "marginal",
    Simultaneous => "simultaneous",
});

/// How rank sets are made: for one area or for all, at which level, by which [`Test`](crate::interval::Test) of two rates, and with how much
/// variation within an area.
///
/// The default is simultaneous, exact, at 95 %, with the variation of Poisson counts alone. A [`Family`], a
/// [`Confidence`], a [`Test`](crate::interval::Test), or a family with either or both will do.
///
/// ```
/// use crimerate::{Confidence, interval::{Test, WithinDispersion}, rank};
///
/// let spec = rank::Spec::from((rank::Family::Simultaneous, Confidence::P99)).with_test(Test::MidP);
/// assert_eq!(spec.to_string(), "simultaneous at 99 %, mid-p");
/// let spec = spec.with_dispersion(WithinDispersion::new(2.2)?);
/// assert_eq!(spec.to_string(), "simultaneous at 99 %, mid-p, square-root and beta-binomial tests with phi_w 2.2 (as given)");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spec {
    family: Family,
    confidence: Confidence,
    test: Test,
    #[serde(skip_serializing_if = "Option::is_none")]
    dispersion: Option<WithinDispersion>,
}

impl Spec {
    /// For one area, or for all at once.
    #[must_use]
    pub const fn with_family(mut self, family: Family) -> Self {
        self.family = family;
        self
    }

    /// At this level.
    #[must_use]
    pub const fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// By this test of two rates.
    #[must_use]
    pub const fn with_test(mut self, test: Test) -> Self {
        self.test = test;
        self
    }

    /// With counts of one area that vary between repeated periods as much as this. Two rates are then compared by
    /// `(sqrt r1 - sqrt r2) / sqrt(phi (1/(4 n1) + 1/(4 n2)))` as a normal deviate as well as by the [`Test`](crate::interval::Test), and where either
    /// expects fewer than 100 of both counts `N`, by the beta-binomial law with a correlation of `(phi - 1) / (N + phi - 1)`; the largest
    /// p-value counts, so that no set is shorter than by chance alone. `phi` is the [`factor`](WithinDispersion::factor), so
    /// 1 where phi_w is less; deviates of one that was estimated are referred to Student's distribution with its degrees of freedom.
    #[must_use]
    pub const fn with_dispersion(mut self, within: WithinDispersion) -> Self {
        self.dispersion = Some(within);
        self
    }

    /// For how many areas at once the sets hold.
    #[must_use]
    pub const fn family(self) -> Family {
        self.family
    }

    /// The level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }

    /// The test of two rates, where the variation is that of Poisson counts.
    #[must_use]
    pub const fn test(self) -> Test {
        self.test
    }

    /// The variation within an area over that of Poisson counts, where it was given.
    #[must_use]
    pub const fn dispersion(self) -> Option<WithinDispersion> {
        self.dispersion
    }

    /// Whether the sets hold what the level says, for any rates: by the exact test of Poisson counts.
    #[must_use]
    pub fn guaranteed(self) -> bool {
        self.test == Test::Exact && self.dispersion.is_none()
    }
}

impl From<Family> for Spec {
    fn from(family: Family) -> Self {
        Self::default().with_family(family)
    }
}

impl From<Confidence> for Spec {
    fn from(confidence: Confidence) -> Self {
        Self::default().with_confidence(confidence)
    }
}

impl From<Test> for Spec {
    fn from(test: Test) -> Self {
        Self::default().with_test(test)
    }
}

impl From<(Family, Confidence)> for Spec {
    fn from((family, confidence): (Family, Confidence)) -> Self {
        Self::from(family).with_confidence(confidence)
    }
}

impl From<(Family, Test)> for Spec {
    fn from((family, test): (Family, Test)) -> Self {
        Self::from(family).with_test(test)
    }
}

impl From<(Family, Confidence, Test)> for Spec {
    fn from((family, confidence, test): (Family, Confidence, Test)) -> Self {
        Self::from((family, confidence)).with_test(test)
    }
}

/// Such as `simultaneous at 95 %, exact`.
impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let laws = self.dispersion.map_or_else(String::new, |phi| format!("{LAWS}{phi}"));
        layout::pad(f, &format!("{} at {}, {}{laws}", self.family, self.confidence, self.test))
    }
}

/// How the tests that allow for variation are named after the other one, before its phi_w.
const LAWS: &str = ", square-root and beta-binomial tests with phi_w ";

/// Reads what prints, such as `simultaneous at 95 %, exact`.
///
/// # Errors
/// [`ErrorKind::NotANumber`](crate::ErrorKind::NotANumber) for text of another form, else as [`Family`], [`Confidence`],
/// [`Test`] and [`WithinDispersion`].
impl FromStr for Spec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("kind of rank sets", "a family, a level and a test, such as simultaneous at 95 %, exact");
        let parts = text.split_once(", ").and_then(|(sets, test)| Some((sets.split_once(" at ")?, test)));
        let ((family, level), test) = parts.ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted })?;
        let (test, phi) = test.split_once(LAWS).map_or((test, None), |(test, phi)| (test, Some(phi)));
        let spec = Self::from((family.parse::<Family>()?, level.parse::<Confidence>()?, test.parse::<Test>()?));
        phi.map_or(Ok(spec), |phi| Ok(spec.with_dispersion(phi.parse()?)))
    }
}
