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
    pub(super) fn limits(self, x: f64, phi: f64, by_chance: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
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
    pub(super) widening: Widening,
    pub(super) within: WithinDispersion,
}

impl Wider {
    /// By how much limits with this tail are widened: by phi_w, and of an estimate by the square of Student's quantile over the normal one, too.
    pub(super) fn phi(self, tail: f64) -> f64 {
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
