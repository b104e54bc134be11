use crate::{Error, ErrorKind, Observation, Result, number};
use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroU64, str::FromStr};

/// The people (or households, or people aged 16 and over) at risk in an area; never zero.
///
/// A body without residents, such as the British Transport Police, has no rate, and so cannot have a `Population`:
///
/// ```
/// use crimerate::Population;
///
/// assert_eq!(Population::new(8_700)?.get(), 8_700);
/// assert!(Population::new(0).is_err());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Population(NonZeroU64);

impl Population {
    /// So many people.
    ///
    /// # Errors
    /// [`ErrorKind::ZeroPopulation`] for 0.
    pub fn new(people: u64) -> Result<Self> {
        NonZeroU64::new(people).map(Self).ok_or_else(|| ErrorKind::ZeroPopulation.into())
    }

    /// How many people.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for Population {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(true, "", &number::grouped(self.get()))
    }
}

/// Reads plain digits; the symbols by which an [`Observation`] is not known say that there is no population.
///
/// # Errors
/// [`ErrorKind::NoPopulation`] for empty text and those symbols, [`ErrorKind::ZeroPopulation`] for 0,
/// [`ErrorKind::NotAPopulation`] for anything else but digits.
impl FromStr for Population {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.parse() {
            Ok(Observation::Known(people)) => Self::new(people),
            Ok(_) => Err(ErrorKind::NoPopulation.into()),
            Err(_) => Err(ErrorKind::NotAPopulation { text: text.trim().into() }.into()),
        }
    }
}

impl TryFrom<u64> for Population {
    type Error = Error;

    fn try_from(people: u64) -> Result<Self> {
        Self::new(people)
    }
}

impl From<Population> for u64 {
    fn from(population: Population) -> Self {
        population.get()
    }
}
