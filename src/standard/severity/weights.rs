//! How much an offence of each kind weighs.

use super::super::{
    grid::Kind,
    listed::{Entries, Listed, listed},
};
use crate::{
    average::POSSIBLE,
    base::{Error, ErrorKind, Result, nearest},
    table::unmarked,
};
use serde::{Deserialize, Serialize};

/// How much an offence of each kind weighs in a [`Score`](crate::standard::Score), such as the days of custody that courts give for it.
///
/// Offences go by their names or codes, whatever the case of their letters and the kinds of their dashes and spaces; in the Crime Severity Score by either.
///
/// ```
/// use crimerate::standard::Weights;
///
/// let severity = Weights::severity_2020();
/// assert_eq!(severity.weight("34B").map(|days| days.round()), Some(800.0)); // robbery of personal property
/// assert_eq!(severity.weight("58C").map(|days| days.round()), Some(5.0)); // criminal damage to a vehicle
/// assert_eq!(severity.weight("34B"), severity.weight("robbery of personal property"));
/// assert!(severity.len() > 130);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Entries<f64>", into = "Entries<f64>")]
pub struct Weights(Listed<f64>);

/// Only programs that ask for the weights hold them.
const SEVERITY_2020: &str = include_str!("severity_2020.csv");

const SEVERITY: &str = "Crime Severity Score weights of 2020";

/// Code, weight and words of each offence.
fn severity_2020() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = SEVERITY_2020.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let (code, rest) = line.split_once(',')?;
        let (weight, words) = rest.split_once(',')?;
        Some((code, weight, words))
    })
}

listed!(Weights of f64);

impl Weights {
    /// Weights of one's own.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] without a name or of an offence without one, [`ErrorKind::NoRows`] without an offence,
    /// [`ErrorKind::Duplicate`] for one that stands twice, [`ErrorKind::OutOfRange`] for a weight that is neither 0 nor from 1e-30 to 1e30.
    pub fn new<S, W>(name: impl Into<String>, offences: impl IntoIterator<Item = (S, W)>) -> Result<Self>
    where
        S: Into<String>,
        W: Into<f64>,
    {
        let weight = |(offence, weight): (S, W)| {
            let (offence, weight): (String, f64) = (offence.into(), weight.into());
            if weight == 0.0 || POSSIBLE.contains(&weight) {
                return Ok((offence, weight.abs()));
            }
            let (what, range) = ("a weight", "0 or from 1e-30 to 1e30");
            Err(Error::from(ErrorKind::OutOfRange { what, value: weight, range }).in_stratum(offence))
        };
        let weights = offences.into_iter().map(weight).collect::<Result<Vec<_>>>()?;
        Listed::new("the list of weights", Kind::Offences, name.into(), weights).map(Self)
    }

    /// The weights of the Crime Severity Score of England and Wales as published in 2020, by Home Office offence code: the mean days of
    /// custody that courts gave, with fines and community sentences turned into days.
    ///
    /// Office for National Statistics; contains public sector information licensed under the Open Government Licence v3.0. Fraud has no
    /// weights in it.
    #[must_use]
    pub fn severity_2020() -> Self {
        let offences = severity_2020().filter_map(|(code, weight, _)| Some((code.to_owned(), weight.parse().ok()?)));
        Self(Listed::known(SEVERITY, Kind::Offences, offences.collect()))
    }

    /// The codes of the list, where it is the Crime Severity Score, with their words.
    fn known_words(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let known = self.name() == SEVERITY;
        severity_2020().filter(move |_| known).map(|(code, _, words)| (code, words))
    }

    /// What an offence is in words, where it goes by a code whose words are known.
    pub(crate) fn words_of(&self, offence: &str) -> Option<&'static str> {
        self.known_words()
            .find(|(code, _)| code.eq_ignore_ascii_case(offence))
            .map(|(_, words)| words)
            .filter(|words| !words.is_empty())
    }

    /// The weight of an offence.
    #[must_use]
    pub fn weight(&self, offence: &str) -> Option<f64> {
        // Codes that share their words share their weight.
        self.0.get(offence).or_else(|| {
            let key = Kind::Offences.key(offence);
            let mut named = self.known_words().filter(|(_, words)| Kind::Offences.key(words) == key);
            named.find_map(|(code, _)| self.0.get(code))
        })
    }

    /// The name in the list that is nearly that of an offence, but for a note mark or for how it is spelt.
    pub(super) fn nearest(&self, offence: &str) -> Option<&str> {
        nearest(unmarked(offence), self.iter().map(|(name, _)| name).chain(self.known_words().map(|(_, words)| words)))
    }
}
