//! Which limits a weighted sum of counts has: a method at a level.

use crate::{
    base::choice,
    interval::{Confidence, Wider, at_level, widens},
};
use serde::{Deserialize, Serialize};

/// How limits of a standardised rate, or of a severity score, are found. Both are sums of Poisson counts, each with a weight.
///
/// | method | limits | take it for |
/// |---|---|---|
/// | `dobson` | those of the sum of the counts, exact, on the scale of the standard deviation | the default where every stratum that weighs much has some offences; too short where it has few or none |
/// | `fay-feuer` | gamma, the upper ones with the largest weight added | limits that do not cover less than they say, at the price of length: upper ones grow with one tiny stratum |
/// | `tiwari` | the same with the mean weight in place of the largest | shorter ones that hold nearly what they say |
/// | `ohid` | Dobson's with Byar's limits of the count, and nothing below 10 in all | the figures of public-health publications |
///
/// Of one stratum all but `ohid` are the exact limits of the count, and of equal weights too but for rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Dobson, Kuulasmaa, Eberle and Scherer 1991, on exact limits of the count.
    #[default]
    Dobson,
    /// Fay and Feuer 1997.
    FayFeuer,
    /// Tiwari, Clegg and Zou 2006.
    Tiwari,
    /// The rule for public-health figures: Dobson's on Byar's limits, and neither rate nor limits where fewer than 10 are counted.
    Ohid,
}

choice!(Method, "limits of a standardised rate", "dobson, fay-feuer, tiwari or ohid", {
    Dobson => "dobson",
    FayFeuer => "fay-feuer",
    Tiwari => "tiwari",
    Ohid => "ohid" | "phe",
});

/// Which limits: a [`Method`] at a confidence level. The default is Dobson's at 95 %; a [`Confidence`], a [`Method`] or a pair of both will
/// do, and what prints, such as `dobson at 95 %`, parses.
///
/// Counts that vary within an area between periods by more than Poisson counts widen limits by any method ([`Spec::with_dispersion`]): stretched about the
/// figure or, where every count is taken to be phi times as small and the limits to be phi times as large, quasi
/// ([`Widening`](crate::interval::Widening)).
///
/// ```
/// use crimerate::{Confidence, Per, interval::{Widening, WithinDispersion}, standard::{Spec, StandardPopulation, Strata}};
///
/// let strata = Strata::from_rows([("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000)])?;
/// let coast = strata.direct(&StandardPopulation::new("two to one", [("0-64", 2.0), ("65+", 1.0)])?)?;
/// let limits = |spec: Spec| coast.area("Coast").unwrap().limits(spec).unwrap().per(Per::THOUSAND).to_string();
/// let spec = Spec::from(Confidence::P95);
/// assert_eq!(limits(spec), "0.96 to 1.41 per 1,000");
/// let wider = spec.with_dispersion(WithinDispersion::new(2.2)?);
/// assert_eq!(limits(wider), "0.86 to 1.52 per 1,000");
/// assert_eq!(limits(wider.with_widening(Widening::Quasi)), "0.86 to 1.54 per 1,000");
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

    /// The same by another method.
    pub(super) const fn by(self, method: Method) -> Self {
        Self { method, ..self }
    }
}

widens!(Spec);

at_level!(Spec { method: Method = Method::default() }, wider by ", ");
