//! The rates of a reference, by stratum.

use super::{
    grid::Kind,
    listed::{Entries, Listed, listed},
    strata::Strata,
};
use crate::{
    base::{ErrorKind, Result},
    rate::{Rate, Tally},
};
use serde::{Deserialize, Serialize};

/// The rate of each stratum that expected counts rest on; taken as known.
///
/// ```
/// use crimerate::{Rate, standard::ReferenceRates};
///
/// let national = ReferenceRates::new("England 2019/20", [("0-15", Rate::new(3_000, 10_700_000)?), ("16+", Rate::new(43_000, 45_600_000)?)])?;
/// assert_eq!(national.rate("0 to 15").unwrap().count(), 3_000);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Entries<Rate>", into = "Entries<Rate>")]
pub struct ReferenceRates(pub(super) Listed<Rate>);

listed!(ReferenceRates of Rate);

impl ReferenceRates {
    /// The rates of a reference, by stratum, as counts and people, so that they have a crude rate.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] without a name, [`ErrorKind::NoRows`] without a stratum, [`ErrorKind::Duplicate`] for one that stands twice.
    pub fn new<S: Into<String>>(name: impl Into<String>, strata: impl IntoIterator<Item = (S, Rate)>) -> Result<Self> {
        let strata = strata.into_iter().map(|(label, rate)| (label.into(), rate));
        Listed::new("the reference", Kind::Strata, name.into(), strata).map(Self)
    }

    /// The rates of all areas together that take part.
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] where none does, [`ErrorKind::TooLarge`] where a sum does not fit.
    pub fn pooled(strata: &Strata) -> Result<Self> {
        let mut sums = vec![Tally::default(); strata.labels().len()];
        for index in (0..strata.len()).filter(|index| strata.outcome(*index).is_some_and(|it| it.is_ok())) {
            for (sum, (count, people)) in sums.iter_mut().zip(strata.of(index)) {
                *sum += Rate::of(count.known().unwrap_or(0), *people);
            }
        }
        if sums.iter().any(|sum| sum.population() == 0) {
            return Err(ErrorKind::NoRows.into());
        }
        let rate = |(label, sum): (&String, Tally)| match sum.rate() {
            Ok(rate) => Ok((label.clone(), rate)),
            Err(_) => {
                let (what, advice) = ("the sum of a stratum over all areas".into(), "give the reference");
                Err(ErrorKind::TooLarge { what, value: None, most: u64::MAX.into(), advice }.into())
            }
        };
        Self::new("all areas together", strata.labels().iter().zip(sums).map(rate).collect::<Result<Vec<_>>>()?)
    }

    /// The rate of a stratum, however it is spelt.
    #[must_use]
    pub fn rate(&self, stratum: &str) -> Option<Rate> {
        self.0.get(stratum)
    }
}
