//! Populations that rates are standardised to.

use super::{
    grid::Kind,
    key::Key,
    listed::{Entries, Listed, listed},
    strata::Strata,
};
use crate::{
    average::POSSIBLE,
    base::{Error, ErrorKind, Result},
};
use serde::{Deserialize, Serialize};

/// A population that rates are standardised to: how many people each stratum has, or what share; only their ratios matter.
///
/// Strata are matched by name, and age bands by their ages: `0-4`, `0 to 4` and `under 5` are one band, and so are `90+` and
/// `90 and over`. Where an area's band is the whole of several of the standard's, such as 85+ of 85-89, 90-94 and 95+, it takes
/// what these have together.
///
/// ```
/// use crimerate::standard::StandardPopulation;
///
/// let europe = StandardPopulation::esp_2013();
/// assert_eq!((europe.len(), europe.total()), (21, 100_000.0));
/// assert_eq!((europe.weight("under 1"), europe.weight("0-4")), (Some(1_000.0), Some(5_000.0)));
/// assert_eq!(europe.weight("90 and over"), Some(1_000.0)); // 90-94 and 95+
/// let own = StandardPopulation::new("people aged 16 and over", [("16-24", 7_000), ("25-64", 33_000), ("65+", 12_000)])?;
/// assert_eq!(own.weight("16 to 24"), Some(7_000.0));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Entries<f64>", into = "Entries<f64>")]
pub struct StandardPopulation(Listed<f64>);

/// European Standard Population 2013 (Eurostat 2013, Revision of the European Standard Population), in its finest bands: most tables have the two youngest
/// together, and the two oldest.
const ESP_2013: [(&str, u16); 21] = [
    ("<1", 1_000),
    ("1-4", 4_000),
    ("5-9", 5_500),
    ("10-14", 5_500),
    ("15-19", 5_500),
    ("20-24", 6_000),
    ("25-29", 6_000),
    ("30-34", 6_500),
    ("35-39", 7_000),
    ("40-44", 7_000),
    ("45-49", 7_000),
    ("50-54", 7_000),
    ("55-59", 6_500),
    ("60-64", 6_000),
    ("65-69", 5_500),
    ("70-74", 5_000),
    ("75-79", 4_000),
    ("80-84", 2_500),
    ("85-89", 1_500),
    ("90-94", 800),
    ("95+", 200),
];

listed!(StandardPopulation of f64);

impl StandardPopulation {
    /// The European Standard Population of 2013: 100,000 people in 21 age bands, under 1 to 95 and over. Tables in its usual 19, from 0-4 to 90+, take what
    /// their bands have together.
    #[must_use]
    pub fn esp_2013() -> Self {
        let strata = ESP_2013.iter().map(|(band, people)| ((*band).into(), f64::from(*people)));
        Self(Listed::known("European Standard Population 2013", Kind::Strata, strata.collect()))
    }

    /// A population of one's own, by stratum: people, or shares.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] without a name or of a stratum without one, [`ErrorKind::NoRows`] without a stratum,
    /// [`ErrorKind::Duplicate`] for one that stands twice, [`ErrorKind::OutOfRange`] for a number that is not from 1e-30 to 1e30.
    pub fn new<S, W>(name: impl Into<String>, strata: impl IntoIterator<Item = (S, W)>) -> Result<Self>
    where
        S: Into<String>,
        W: Into<f64>,
    {
        let people = |(label, weight): (S, W)| {
            let (label, value): (String, f64) = (label.into(), weight.into());
            if POSSIBLE.contains(&value) {
                return Ok((label, value));
            }
            let (what, range) = ("the standard population of a stratum", "from 1e-30 to 1e30");
            Err(Error::from(ErrorKind::OutOfRange { what, value, range }).in_stratum(label))
        };
        let strata = strata.into_iter().map(people).collect::<Result<Vec<_>>>()?;
        Listed::new("the standard population", Kind::Strata, name.into(), strata).map(Self)
    }

    /// The people of all areas that take part, stratum by stratum: the table is its own standard.
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] where no area takes part.
    pub fn pooled(strata: &Strata) -> Result<Self> {
        let mut sums = vec![0_u128; strata.labels().len()];
        for index in (0..strata.len()).filter(|index| strata.outcome(*index).is_some_and(|it| it.is_ok())) {
            for (sum, (_, people)) in sums.iter_mut().zip(strata.of(index)) {
                *sum += u128::from(people.get());
            }
        }
        if sums.iter().all(|sum| *sum == 0) {
            return Err(ErrorKind::NoRows.into());
        }
        Self::new(POOLED, strata.labels().iter().cloned().zip(sums.into_iter().map(|sum| sum as f64)))
    }

    /// All its people.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.iter().map(|(_, weight)| weight).sum()
    }

    /// Those of a stratum, however it is spelt, or of a band of ages that is the whole of several.
    #[must_use]
    pub fn weight(&self, stratum: &str) -> Option<f64> {
        let parts = self.parts(&Key::of(stratum))?;
        Some(parts.into_iter().filter_map(|part| self.0.at(part)).sum())
    }

    /// The share of each of these strata in the whole: all of the standard, each of its strata once.
    pub(super) fn shares(&self, labels: &[String]) -> Result<Vec<f64>> {
        // Strata share no people, so none is taken twice.
        let mut taken = vec![false; self.len()];
        let mut weights = Vec::with_capacity(labels.len());
        for label in labels {
            let parts = self.parts(&Key::of(label)).ok_or_else(|| {
                let (whole, what, others) = ("the standard population", "stratum", "the areas have");
                let (name, advice) = (label.clone(), "give a standard that has it, or merge strata");
                Error::from(ErrorKind::Lacking { whole, what, name, others, advice })
            })?;
            let mut weight = 0.0;
            for part in parts {
                if let (Some(taken), Some(people)) = (taken.get_mut(part), self.0.at(part)) {
                    *taken = true;
                    weight += people;
                }
            }
            weights.push(weight);
        }
        let lacking: Vec<&str> =
            self.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|((name, _), _)| name).collect();
        if !lacking.is_empty() {
            let (whole, what, others) = ("every area", "stratum", "the standard population has");
            let (name, advice) = (Key::first_run(&lacking), "add it, or give a standard without it");
            return Err(ErrorKind::Lacking { whole, what, name, others, advice }.into());
        }
        let total: f64 = weights.iter().sum();
        Ok(weights.into_iter().map(|weight| weight / total).collect())
    }

    /// The strata that one is, or is all of.
    fn parts(&self, key: &Key) -> Option<Vec<usize>> {
        if let Some(place) = self.0.place(key) {
            return Some(vec![place]);
        }
        let from = self.0.places_from(key.first()?..).take_while(|(part, _)| part.lies_in(key));
        let (keys, parts): (Vec<&Key>, Vec<usize>) = from.unzip();
        key.is_tiled_by(&keys).then_some(parts)
    }
}

/// The name of the people of all areas.
const POOLED: &str = "the areas' own population";
