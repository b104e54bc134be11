//! Which bands: how many standard deviations wide, on which scale.

use crate::{
    base::{Error, ErrorKind, Result, choice, layout, not_a_choice},
    interval::Confidence,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The rates as they are, or their natural logarithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateScale {
    /// The rates as they are.
    Raw,
    /// Their natural logarithms, which exist where no rate is zero.
    Log,
}

choice!(RateScale, "a scale of rates", "raw or log", { Raw => "raw", Log => "log" });

/// On which scale bands are laid: one that is named, or the one that the Shapiro-Wilk test points to.
///
/// By the test it is raw where raw rates are compatible with a normal distribution at the level, else log where log rates
/// are; where neither is, or rates of zero have no logarithms, it is the one of those there are with the larger W.
///
/// It reads `raw`, `log` and `shapiro-wilk`, the last at 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BandScale {
    /// The rates as they are.
    Raw,
    /// Their natural logarithms.
    Log,
    /// Raw or log, as the test says: a p-value of at least `alpha` (0.05 at 95 %) is compatible.
    ShapiroWilk(Confidence),
}

/// Which [`Bands`](crate::league::Bands): k standard deviations either side of the mean, on a scale.
///
/// ```
/// use crimerate::{Confidence, league::{BandScale, BandSpec}};
///
/// assert_eq!(BandSpec::new(1.5)?.to_string(), "1.5 SD on raw rates");
/// let by_test = BandSpec::ONE.on(BandScale::ShapiroWilk(Confidence::P95));
/// assert_eq!(by_test.to_string(), "1 SD on raw or log rates, by Shapiro-Wilk at 0.05");
/// assert!(BandSpec::new(0.0).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct BandSpec {
    k: f64,
    scale: BandScale,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    k: f64,
    scale: BandScale,
}

impl BandSpec {
    /// One standard deviation of the raw rates.
    pub const ONE: Self = Self { k: 1.0, scale: BandScale::Raw };
    /// Two standard deviations of the raw rates.
    pub const TWO: Self = Self { k: 2.0, scale: BandScale::Raw };
    /// Three standard deviations of the raw rates.
    pub const THREE: Self = Self { k: 3.0, scale: BandScale::Raw };
    /// With more than these no limit could be sure to stay within the range of doubles.
    const MOST: f64 = 10.0;

    /// k standard deviations of the raw rates.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a number that is not above 0 and at most 10.
    pub fn new(k: f64) -> Result<Self> {
        if k > 0.0 && k <= Self::MOST {
            Ok(Self { k, scale: BandScale::Raw })
        } else {
            Err(ErrorKind::OutOfRange {
                what: "a number of standard deviations for bands",
                value: k,
                range: "above 0 and at most 10",
            }
            .into())
        }
    }

    /// As many standard deviations on this scale.
    #[must_use]
    pub fn on(self, scale: impl Into<BandScale>) -> Self {
        Self { scale: scale.into(), ..self }
    }

    /// How many standard deviations.
    #[must_use]
    pub const fn k(self) -> f64 {
        self.k
    }

    /// On which scale, or how that is chosen.
    #[must_use]
    pub const fn scale(self) -> BandScale {
        self.scale
    }
}

impl From<RateScale> for BandScale {
    fn from(scale: RateScale) -> Self {
        match scale {
            RateScale::Raw => Self::Raw,
            RateScale::Log => Self::Log,
        }
    }
}

/// # Errors
/// [`ErrorKind::NotAChoice`] for anything but `raw`, `log` and `shapiro-wilk`.
impl FromStr for BandScale {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "raw" => Ok(Self::Raw),
            "log" => Ok(Self::Log),
            "shapiro-wilk" => Ok(Self::ShapiroWilk(Confidence::default())),
            _ => {
                let (what, choices) = ("a scale of bands", "raw, log or shapiro-wilk");
                Err(not_a_choice(what, text, choices, &["raw", "log", "shapiro-wilk"]))
            }
        }
    }
}

/// Reads what prints, such as `1.5 SD on log rates`, or a number of standard deviations of the raw rates, such as `1.5`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for text that is no number, [`ErrorKind::NotAChoice`] for another scale, else as
/// [`BandSpec::new`] and [`Confidence`].
impl FromStr for BandSpec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (what, wanted) = ("number of standard deviations", "a number in plain digits, such as 1.5");
        let (k, scale) = text.split_once(" SD on ").unwrap_or((text, RAW_RATES));
        let spec = Self::new(k.parse().map_err(|_| ErrorKind::NotANumber { what, text: k.into(), wanted })?)?;
        let alpha = |text: &str| text.strip_prefix(BY_TEST)?.parse().ok();
        Ok(spec.on(match (scale, alpha(scale)) {
            (RAW_RATES, _) => BandScale::Raw,
            (LOG_RATES, _) => BandScale::Log,
            (_, Some(alpha)) => BandScale::ShapiroWilk(Confidence::leaving(alpha)?),
            _ => {
                let (what, choices) =
                    ("a scale of bands", "raw rates, log rates or raw or log rates, by Shapiro-Wilk at 0.05");
                return Err(not_a_choice(what, scale, choices, &[RAW_RATES, LOG_RATES]));
            }
        }))
    }
}

impl fmt::Display for BandSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let k = self.k;
        match self.scale {
            BandScale::Raw => layout::pad(f, &format!("{k} SD on {RAW_RATES}")),
            BandScale::Log => layout::pad(f, &format!("{k} SD on {LOG_RATES}")),
            BandScale::ShapiroWilk(level) => layout::pad(f, &format!("{k} SD on {BY_TEST}{}", level.alpha())),
        }
    }
}

const RAW_RATES: &str = "raw rates";

const LOG_RATES: &str = "log rates";

const BY_TEST: &str = "raw or log rates, by Shapiro-Wilk at ";

impl TryFrom<Parts> for BandSpec {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Ok(Self::new(parts.k)?.on(parts.scale))
    }
}

impl From<BandSpec> for Parts {
    fn from(spec: BandSpec) -> Self {
        Self { k: spec.k, scale: spec.scale }
    }
}
