use serde::{Deserialize, Serialize};
use std::fmt;

/// What a table rests on: what was counted, over which period, per which population, and where the figures come from.
///
/// Every part is optional text. What is given is printed under every answer, because a rate on another year's
/// population is another rate (West Midlands firearms: 24.5 per 100,000 on mid-2020 residents, 24.6 on mid-2019).
///
/// ```
/// use crimerate::Basis;
///
/// let basis = Basis::new().count("knife offences").period("year to March 2020").population("residents, mid-2018");
/// assert_eq!(basis.to_string(), "knife offences, year to March 2020; population: residents, mid-2018");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Basis {
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl Basis {
    /// Nothing told yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was counted, such as `knife offences`.
    #[must_use]
    pub fn count(mut self, what: impl Into<String>) -> Self {
        self.count = Some(what.into());
        self
    }

    /// The period of the counts, such as `year to March 2020`.
    #[must_use]
    pub fn period(mut self, when: impl Into<String>) -> Self {
        self.period = Some(when.into());
        self
    }

    /// The population and its year, such as `residents, mid-2018`.
    #[must_use]
    pub fn population(mut self, who: impl Into<String>) -> Self {
        self.population = Some(who.into());
        self
    }

    /// Where the figures come from.
    #[must_use]
    pub fn source(mut self, whence: impl Into<String>) -> Self {
        self.source = Some(whence.into());
        self
    }

    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = [&self.count, &self.period].map(|part| part.as_deref());
        let counted = counted.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let population = self.population.as_ref().map(|text| format!("population: {text}"));
        let source = self.source.as_ref().map(|text| format!("source: {text}"));
        let parts = [Some(counted).filter(|text| !text.is_empty()), population, source];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}
