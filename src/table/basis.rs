//! What the figures rest on.
//!
//! A `Rate` is a count over a population and has no basis: only tables can refuse. That a table is in person-months belongs to its
//! basis, cannot be set by hand, and bars it from a comparison with one that is not.

use crate::{
    base::{ErrorKind, Note, Result, Topic, layout, words},
    rate::{Per, Period},
};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, fmt, num::NonZeroU32};

/// What a table rests on: what was counted, over which period, per which population, and where the figures come from.
///
/// Every part is optional. What is given is printed under every answer, because a rate on another year's population is
/// another rate (West Midlands firearms: 24.5 per 100,000 on mid-2020 residents, 24.6 on mid-2019). Tables whose bases differ
/// where they must not are refused by [`Table::change_to`](crate::Table::change_to).
///
/// ```
/// use crimerate::Basis;
///
/// let basis = Basis::new().with_count("knife offences").with_period("year to March 2020").with_months(12);
/// let basis = basis.with_population("residents").with_population_year(2018);
/// assert_eq!((basis.count(), basis.months(), basis.population_year()), (Some("knife offences"), Some(12), Some(2018)));
/// assert_eq!((basis.period(), basis.population(), basis.source()), (Some("year to March 2020"), Some("residents"), None));
/// assert_eq!(basis.to_string(), "knife offences, year to March 2020, 12 months; population: residents (2018)");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Basis {
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<NonZeroU32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population_year: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    person_months: bool,
}

/// One part of a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Count,
    Period,
    Months,
    Population,
    Year,
    Source,
    Exposure,
}

impl Part {
    const ALL: [Self; 7] =
        [Self::Count, Self::Period, Self::Months, Self::Population, Self::Year, Self::Source, Self::Exposure];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Count => "what is counted",
            Self::Period => "the period",
            Self::Months => "the number of months",
            Self::Population => "the population",
            Self::Year => "the year of the population",
            Self::Source => "the source",
            Self::Exposure => "the exposure",
        }
    }
}

impl Basis {
    /// Nothing given yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was counted, such as `knife offences`.
    #[must_use]
    pub fn with_count(mut self, what: impl Into<String>) -> Self {
        self.count = given(what);
        self
    }

    /// The period of the counts, such as `year to March 2020`. Text that is a [`Period`] knows its months
    /// ([`Basis::typed_period`]); other text stays text.
    #[must_use]
    pub fn with_period(mut self, when: impl Into<String>) -> Self {
        self.period = given(when);
        self
    }

    /// How many months the period has; 0 is not given.
    #[must_use]
    pub const fn with_months(mut self, months: u32) -> Self {
        self.months = NonZeroU32::new(months);
        self
    }

    /// The population, such as `residents`, `households` or `residents aged 16 and over`.
    #[must_use]
    pub fn with_population(mut self, who: impl Into<String>) -> Self {
        self.population = given(who);
        self
    }

    /// The year that the population is of.
    #[must_use]
    pub const fn with_population_year(mut self, year: u16) -> Self {
        self.population_year = Some(year);
        self
    }

    /// Where the figures come from.
    #[must_use]
    pub fn with_source(mut self, whence: impl Into<String>) -> Self {
        self.source = given(whence);
        self
    }

    /// What was counted, if it was given.
    #[must_use]
    pub fn count(&self) -> Option<&str> {
        self.count.as_deref()
    }

    /// The period of the counts, if it was given.
    #[must_use]
    pub fn period(&self) -> Option<&str> {
        self.period.as_deref()
    }

    /// The period of the counts, where its text is one.
    ///
    /// ```
    /// use crimerate::Basis;
    ///
    /// let basis = Basis::new().with_period("year ending March 2020");
    /// assert_eq!(basis.typed_period(), Some("2019/20".parse()?));
    /// assert_eq!(Basis::new().with_period("the pandemic").typed_period(), None);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn typed_period(&self) -> Option<Period> {
        self.period.as_ref()?.parse().ok()
    }

    /// How many months the period has, if it was given.
    #[must_use]
    pub const fn months(&self) -> Option<u32> {
        match self.months {
            Some(months) => Some(months.get()),
            None => None,
        }
    }

    /// The population, if it was given.
    #[must_use]
    pub fn population(&self) -> Option<&str> {
        self.population.as_deref()
    }

    /// The year that the population is of, if it was given.
    #[must_use]
    pub const fn population_year(&self) -> Option<u16> {
        self.population_year
    }

    /// Where the figures come from, if it was given.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// What was counted, over which period, in how many months, as it prints: such as `knife offences, 2019/20, 12 months`.
    #[must_use]
    pub fn counted(&self) -> Option<String> {
        let months = self.months.map(|months| words::counted(months.get() as usize, "month"));
        joined([self.part(Part::Count), self.part(Part::Period), months])
    }

    /// This basis with the months of its period, where none are given.
    pub(crate) fn with_own_months(mut self) -> Self {
        if !self.person_months {
            self.months = self.months.or(self.typed_period().and_then(|period| NonZeroU32::new(period.months())));
        }
        self
    }

    /// What is said where the months that are given are not those of the period.
    pub(crate) fn months_note(&self) -> Option<String> {
        let (period, months) = (self.typed_period()?, self.months?.get());
        let [own, given] = [period.months(), months].map(|months| words::counted(months as usize, "month"));
        match period.months().cmp(&months) {
            Ordering::Equal => None,
            Ordering::Greater => Some(format!("Months: {given} of a period, {period}, that has {own}.")),
            Ordering::Less => Some(format!(
                "Months: the basis gives {given}, but its period, {period}, has {own}: correct one of them."
            )),
        }
    }

    /// The basis as it stands below an answer, where there is one.
    pub(crate) fn note(&self) -> Option<Note> {
        (!self.is_empty()).then(|| Note::new(Topic::Basis, format!("Basis: {self}.")))
    }

    /// Whether nothing is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether populations are multiplied by the months, as [`Table::annualised`](crate::Table::annualised) does.
    #[must_use]
    pub const fn is_in_person_months(&self) -> bool {
        self.person_months
    }

    /// The same number, of what rates on this basis are on: of people for a year, where they are on person-months.
    pub(crate) fn read(&self, per: Per) -> Per {
        let years = (self.person_months && !per.is_in_person_months()).then(|| per.years()).flatten();
        years.unwrap_or(per.in_person_months(self.person_months))
    }

    /// A population as it stands, and its months apart where it is multiplied by them. Areas of different months that were merged have no people of their
    /// own: their person-months are of one month each.
    pub(crate) fn apart(&self, stated: u64, months: NonZeroU32) -> (u64, Option<u64>) {
        let months = u64::from(months.get());
        match (self.person_months, stated % months) {
            (false, _) => (stated, None),
            (true, 0) => (stated / months, Some(months)),
            (true, _) => (stated, Some(1)),
        }
    }

    /// This basis on person-months that each row gives for itself.
    pub(super) fn by_own_months(self) -> Self {
        Self { months: None, person_months: true, ..self }
    }

    /// The basis of counts on person-months, and the months.
    pub(crate) fn in_person_months(mut self) -> Result<(Self, NonZeroU32)> {
        let told = self.typed_period().and_then(|period| NonZeroU32::new(period.months()));
        if let Some((own, told)) = self.months.zip(told).filter(|(own, told)| own > told) {
            let part = Part::Months.name();
            return Err(ErrorKind::Mismatch { part, expected: told.to_string(), found: own.to_string() }.into());
        }
        let months = self.months.or(told).ok_or(ErrorKind::Missing {
            whole: "the basis",
            part: "number of months",
            advice: "give how many the counts cover, for a yearly rate",
        })?;
        (self.months, self.person_months) = (Some(months), true);
        Ok((self, months))
    }

    /// This basis with the exposure and the months of another, where its populations are multiplied by them already.
    pub(crate) fn on_exposure_of(self, other: &Self) -> Self {
        let months = if other.person_months { other.months } else { self.months };
        Self { months, person_months: other.person_months, ..self }
    }

    /// A part in words, as far as it is given.
    pub(crate) fn part(&self, part: Part) -> Option<String> {
        match part {
            Part::Count => self.count.clone(),
            Part::Period => self.period.clone(),
            Part::Months => self.months.map(|months| months.to_string()),
            Part::Population => self.population.clone(),
            Part::Year => self.population_year.map(|year| year.to_string()),
            Part::Source => self.source.clone(),
            Part::Exposure => Some(if self.person_months { "person-months" } else { "people" }.into()),
        }
    }

    /// The parts that are not the same in both.
    pub(crate) fn differing(&self, other: &Self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |part| self.part(*part) != other.part(*part))
    }

    /// What is the same in both.
    pub(crate) fn common(&self, other: &Self) -> Self {
        fn shared<T: Clone + PartialEq>(one: &Option<T>, other: &Option<T>) -> Option<T> {
            one.clone().filter(|_| one == other)
        }
        Self {
            count: shared(&self.count, &other.count),
            period: shared(&self.period, &other.period),
            months: shared(&self.months, &other.months),
            population: shared(&self.population, &other.population),
            population_year: shared(&self.population_year, &other.population_year),
            source: shared(&self.source, &other.source),
            person_months: self.person_months && other.person_months,
        }
    }
}

/// What is said in a text, unless it is empty.
fn given(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.trim().is_empty())
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exposure = self.person_months.then(|| "in person-months, 12 of which are a person-year".to_owned());
        let of = match (self.part(Part::Population), self.part(Part::Year)) {
            (Some(who), Some(year)) => Some(format!("{who} ({year})")),
            (who, year) => who.or(year),
        };
        let population = joined([of, exposure, None]);
        let population = population.map(|text| format!("population: {text}"));
        let source = self.source.as_ref().map(|text| format!("source: {text}"));
        let parts = [self.counted(), population, source];
        layout::pad(f, &parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}

/// The parts that there are, with commas between them.
fn joined(parts: [Option<String>; 3]) -> Option<String> {
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
}
