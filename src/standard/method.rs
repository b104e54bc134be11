//! The limits of a weighted sum of counts.

use crate::{
    base::choice,
    interval::{Confidence, at_level},
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    method: Method,
    confidence: Confidence,
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

at_level!(Spec { method: Method = Method::default() });
