//! A test of two rates at a level, with as much variation as there is.

use super::{
    confidence::{Confidence, at_level},
    test::Test,
    within::WithinDispersion,
};
use serde::{Deserialize, Serialize};

/// A test of two rates at a confidence level. The default is exact at 95 %, with the variation of chance alone; a [`Confidence`], a [`Test`] or
/// a pair of both will do.
///
/// ```
/// use crimerate::{Rate, interval::{TestSpec, WithinDispersion}};
///
/// let ratio = Rate::new(260, 510_000)?.ratio_to(Rate::new(200, 500_000)?);
/// let wider = TestSpec::default().with_dispersion(WithinDispersion::new(2.2)?);
/// assert_eq!(wider.to_string(), "exact at 95 % with phi_w 2.2 (as given)");
/// assert_eq!(format!("{:.2}", ratio.interval(TestSpec::default())), "1.06 to 1.54");
/// assert_eq!(format!("{:.2}", ratio.interval(wider)), "0.97 to 1.68");
/// assert_eq!(ratio.significance(wider).to_string(), "p = 0.0806 (exact)");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TestSpec {
    test: Test,
    confidence: Confidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dispersion: Option<WithinDispersion>,
}

impl TestSpec {
    /// The test.
    #[must_use]
    pub const fn test(self) -> Test {
        self.test
    }

    /// The confidence level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }

    /// With counts of one area that vary as much between repeated periods. P-values are then the largest of three and limits the widest: those of
    /// chance alone; of `(sqrt r1 - sqrt r2) / sqrt(phi_w (1/(4 n1) + 1/(4 n2)))` as a normal deviate; and, where either expects fewer than
    /// 100 of both counts `N`, of the beta-binomial law with a correlation of `(phi_w - 1) / (N + phi_w - 1)`. Of a phi_w that was
    /// estimated, the latter two are referred to Student's distribution with its degrees of freedom. One of 1, or less, changes nothing.
    #[must_use]
    pub const fn with_dispersion(mut self, within: WithinDispersion) -> Self {
        self.dispersion = Some(within);
        self
    }

    /// The variation within an area over that of Poisson counts, where it was given.
    #[must_use]
    pub const fn dispersion(self) -> Option<WithinDispersion> {
        self.dispersion
    }

    /// The same where it is above that of Poisson counts.
    pub(crate) fn varies(self) -> Option<WithinDispersion> {
        self.dispersion.filter(|within| within.factor() > 1.0)
    }
}

at_level!(TestSpec { test: Test = Test::default() }, dispersion by " with phi_w ");
