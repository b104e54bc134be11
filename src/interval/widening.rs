//! How limits are widened.

use super::within::WithinDispersion;
use crate::{
    base::{Error, ErrorKind, Result, choice},
    special::normal,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How limits are widened where a count varies by `phi` times as much as Poisson's law says.
///
/// With `L` and `U` the exact limits (Garwood 1936), for a count that is not whole the quantiles of gamma laws of shapes `x` and `x + 1`:
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Widening {
    /// Stretched about the count: `x - sqrt(phi) (x - L(x))` and `x + sqrt(phi) (U(x) - x)`, never below 0.
    #[default]
    Stretched,
    /// The limits of a count that is `phi` times as small, times `phi`: `phi L(x / phi)` and `phi U(x / phi)`. For counts below
    /// ten or so, of which stretched limits are too short above.
    Quasi,
}

choice!(Widening, "a way of widening limits", "stretched or quasi", {
    Stretched => "stretched",
    Quasi => "quasi",
});

impl Widening {
    /// The limits of a count that varies by `phi` times as much as chance, from what gives those by chance alone.
    pub(crate) fn limits(self, x: f64, phi: f64, by_chance: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
        match self {
            Self::Stretched => {
                let (low, high) = by_chance(x);
                // As x - root (x - low), but where nothing is stretched no digit of a small limit is lost.
                let root = phi.sqrt();
                (root * low - (root - 1.0) * x, root * high - (root - 1.0) * x)
            }
            Self::Quasi => {
                let (low, high) = by_chance(x / phi);
                (phi * low, phi * high)
            }
        }
    }
}

/// A widening, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wider {
    widening: Widening,
    within: WithinDispersion,
}

/// What a spec of limits that may be widened says, by its fields `wider` and `confidence`.
macro_rules! widens {
    ($spec:ident) => {
        impl $spec {
            /// With counts of one area that vary between repeated periods as much as this: the method's limits by chance alone are stretched about the
            /// figure, unless `with_widening` says otherwise; by those of an estimate as much more as Student's quantile with its degrees of freedom
            /// is larger than the normal one. One of 1, or less, changes nothing.
            #[must_use]
            pub fn with_dispersion(self, within: $crate::interval::WithinDispersion) -> Self {
                Self { wider: Some($crate::interval::Wider::of(self.wider, within)), ..self }
            }

            /// With limits that are widened so, where `with_dispersion` has said by how much.
            #[must_use]
            pub fn with_widening(self, widening: $crate::interval::Widening) -> Self {
                Self { wider: self.wider.map(|wider| wider.with(widening)), ..self }
            }

            /// The variation within an area over that of Poisson counts, where it was given.
            #[must_use]
            pub fn dispersion(self) -> Option<$crate::interval::WithinDispersion> {
                self.wider.map($crate::interval::Wider::within)
            }

            /// How limits are widened, and by how much, where they are.
            pub(crate) fn widened(self) -> Option<($crate::interval::Widening, f64)> {
                self.wider?.widened(self.confidence.tail())
            }

            /// The same without a variation that widens nothing, as limits are told.
            pub(crate) fn as_told(self) -> Self {
                Self { wider: self.wider.filter(|_| self.widened().is_some()), ..self }
            }

            /// What is told with limits of what they allow for, such as `; Poisson variation only`.
            pub(crate) fn variation_told(self) -> String {
                match self.widened() {
                    None => format!("; {}", $crate::interval::variation(self.dispersion())),
                    Some(_) => ", for variation within areas between periods".into(),
                }
            }
        }
    };
}

pub(crate) use widens;

impl Wider {
    /// With as much variation, and as it was said to be allowed for before.
    pub(crate) fn of(before: Option<Self>, within: WithinDispersion) -> Self {
        Self { widening: before.map_or_else(Widening::default, |wider| wider.widening), within }
    }

    pub(crate) const fn with(self, widening: Widening) -> Self {
        Self { widening, ..self }
    }

    pub(crate) const fn within(self) -> WithinDispersion {
        self.within
    }

    /// How limits with this tail are widened, and by how much, where they are.
    pub(crate) fn widened(self, tail: f64) -> Option<(Widening, f64)> {
        (self.within.factor() > 1.0).then(|| (self.widening, self.phi(tail)))
    }

    /// By how much limits with this tail are widened: by phi_w, and of an estimate by the square of Student's quantile over the normal one, too.
    fn phi(self, tail: f64) -> f64 {
        let times = self.within.upper_quantile(tail) / normal::upper_quantile(tail);
        self.within.factor() * times * times
    }
}

const BY: &str = " by phi_w ";

/// Such as `stretched by phi_w 2.2 (as given)`.
impl fmt::Display for Wider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{BY}{}", self.widening, self.within)
    }
}

impl FromStr for Wider {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("widening", "a way and a phi_w, such as stretched by phi_w 2.2");
        let parts = text.split_once(BY).ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted })?;
        Ok(Self { widening: parts.0.parse()?, within: parts.1.parse()? })
    }
}
