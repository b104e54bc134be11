//! The people at risk.

use super::observation::Observation;
use crate::base::{Error, ErrorKind, Result, digits, layout};
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
    /// A number of people.
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
        layout::pad(f, &digits::grouped(self.get()))
    }
}

/// Reads digits, with commas between all thousands or with none; the symbols by which an [`Observation`] is not known say that there is no population.
///
/// # Errors
/// [`ErrorKind::NoPopulation`] for empty text and those symbols, [`ErrorKind::ZeroPopulation`] for 0,
/// [`ErrorKind::NotANumber`] for anything else but digits.
impl FromStr for Population {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.parse() {
            Ok(Observation::Known(people)) => Self::new(people),
            Ok(_) => Err(ErrorKind::NoPopulation.into()),
            Err(_) => Err(not_a_population(text)),
        }
    }
}

/// What is refused as a population.
pub(super) fn not_a_population(text: &str) -> Error {
    let wanted = "a whole number from 0 to 18446744073709551615";
    ErrorKind::NotANumber { what: "population", text: text.trim().into(), wanted }.into()
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
