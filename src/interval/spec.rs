//! Which interval: a method at a level.

use super::{
    confidence::{Confidence, at_level},
    method::Method,
    widening::{Widening, Wider},
    within::{WithinDispersion, variation},
};
use serde::{Deserialize, Serialize};

/// Which interval: a method at a confidence level. The default is exact at 95 %.
///
/// Wherever one is asked for, a [`Confidence`], a [`Method`] or a pair of both will do; what prints, such as `exact at 95 %`, parses.
///
/// ```
/// use crimerate::{Confidence, Per, Rate, interval::{Spec, Widening, WithinDispersion}};
///
/// let rate = Rate::new(9, 50_000)?;
/// let read = |spec: Spec| rate.interval(spec).per(Per::HUNDRED_THOUSAND).to_string();
/// let spec = Spec::from(Confidence::P95);
/// assert_eq!(read(spec), "8.2 to 34.2 per 100,000");
/// let wider = spec.with_dispersion(WithinDispersion::new(2.2)?);
/// assert_eq!((wider.to_string().as_str(), read(wider).as_str()), ("exact at 95 %, stretched by phi_w 2.2 (as given)", "3.5 to 42.0 per 100,000"));
/// assert_eq!(read(wider.with_widening(Widening::Quasi)), "5.0 to 45.6 per 100,000");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    method: Method,
    confidence: Confidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wider: Option<Wider>,
}

impl Spec {
    /// The method.
    #[must_use]
    pub const fn method(self) -> Method {
        self.method
    }

    /// The confidence level.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        self.confidence
    }
}

impl Spec {
    /// With counts of one area that vary between repeated periods as much as this: the method's limits by chance alone are stretched about the
    /// count, unless [`Spec::with_widening`] says otherwise; by those of an estimate as much more as Student's quantile with its degrees of freedom
    /// is larger than the normal one. One of 1, or less, changes nothing.
    #[must_use]
    pub fn with_dispersion(self, within: WithinDispersion) -> Self {
        let widening = self.wider.map_or_else(Widening::default, |wider| wider.widening);
        Self { wider: Some(Wider { widening, within }), ..self }
    }

    /// With limits that are widened so, where [`Spec::with_dispersion`] has said by how much.
    #[must_use]
    pub fn with_widening(self, widening: Widening) -> Self {
        Self { wider: self.wider.map(|wider| Wider { widening, ..wider }), ..self }
    }

    /// The variation within an area over that of Poisson counts, where it was given.
    #[must_use]
    pub fn dispersion(self) -> Option<WithinDispersion> {
        self.wider.map(|wider| wider.within)
    }

    /// How limits are widened, and by how much, where they are.
    pub(super) fn widened(self) -> Option<(Widening, f64)> {
        let wider = self.wider.filter(|wider| wider.within.factor() > 1.0)?;
        Some((wider.widening, wider.phi(self.confidence.tail())))
    }

    /// What is told with limits of what they allow for, such as `; Poisson variation only`.
    pub(crate) fn variation_told(self) -> String {
        match self.widened() {
            None => format!("; {}", variation(self.dispersion())),
            Some(_) => ", for variation within areas between periods".into(),
        }
    }
}

at_level!(Spec { method: Method = Method::default() }, wider by ", ");
