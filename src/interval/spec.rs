//! Which interval: a method at a level.

use super::{
    confidence::{Confidence, at_level},
    method::Method,
    widening::{Wider, widens},
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

widens!(Spec);

at_level!(Spec { method: Method = Method::default() }, wider by ", ");
