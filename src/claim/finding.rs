//! A printed rate held against a count.

use super::published::{Published, Rounding};
use crate::{
    base::{digits, words},
    rate::{Per, Rate},
    table::{Basis, Nouns},
};
use std::{fmt, num::NonZeroU32, ops::RangeInclusive};

/// What comes of holding a [`Published`] rate against a count and a population.
///
/// Where they do not agree it looks for why: decimals that are padded with zeros, another number that the figure is per, the population
/// that it would take.
///
/// ```
/// use crimerate::{Basis, Per, Rate, claim::{Published, Rounding}};
///
/// let found = |figure: &str, count, population| -> Result<_, crimerate::Error> {
///     let rate = Rate::new(count, population)?;
///     Ok(Published::new(figure, Per::HUNDRED_THOUSAND)?.check(rate, Rounding::default()))
/// };
/// let padded = found("7,403.60", 5_961_662, 80_523_746)?;
/// assert!(!padded.agrees());
/// assert_eq!(padded.agrees_at(), Some(1));
/// assert_eq!(found("245.2", 721, 2_939_927)?.fits_per(), Some(Per::MILLION));
/// let other = found("24.6", 721, 2_939_927)?.with_basis(&Basis::new().with_count("offences").with_population("residents"));
/// assert_eq!(other.to_string(), "24.6 per 100,000 on 2,939,927 people implies 722 to 724 offences; 721 (24.5 per 100,000) does not agree; \
///     it would fit a population of 2,924,950 to 2,936,863");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    published: Published,
    rate: Rate,
    rounding: Rounding,
    counts: Option<RangeInclusive<u64>>,
    nouns: Nouns,
    months: NonZeroU32,
}

impl Published {
    /// Holds the figure against a recorded count and its population.
    #[must_use]
    pub fn check(self, rate: Rate, rounding: Rounding) -> Finding {
        let counts = self.counts(rate.population(), rounding);
        Finding { published: self, rate, rounding, counts, nouns: Nouns::default(), months: NonZeroU32::MIN }
    }
}

impl Finding {
    /// The same, told in the words of a basis: what was counted, and per whom.
    #[must_use]
    pub fn with_basis(self, basis: &Basis) -> Self {
        Self { nouns: Nouns::of(basis), ..self }
    }

    /// The same of a population that is multiplied by months, so that people are told of people.
    pub(super) fn with_months(self, months: NonZeroU32) -> Self {
        Self { months, ..self }
    }

    /// Whether the count is one of those that print as the figure.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.counts.as_ref().is_some_and(|counts| counts.contains(&self.rate.count()))
    }

    /// The counts that print as the figure; `None` where no count does.
    #[must_use]
    pub const fn counts(&self) -> Option<&RangeInclusive<u64>> {
        self.counts.as_ref()
    }

    /// How many decimals agree, where not all do and the others are zeros: the figure was rounded to these, and padded.
    #[must_use]
    pub fn agrees_at(&self) -> Option<u32> {
        let mut shorter = std::iter::successors(Some(self.published), |figure| figure.without_padding());
        let agreeing = shorter.find(|figure| figure.check(self.rate, self.rounding).agrees());
        agreeing.filter(|figure| *figure != self.published).map(Published::decimals)
    }

    /// Another number in use that the figure would agree per: 1, 100, 1,000, 10,000, 100,000 or 1,000,000. Not told of
    /// a figure of one digit.
    #[must_use]
    pub fn fits_per(&self) -> Option<Per> {
        let stated = self.published.per();
        let in_use = [Per::ONE, Per::HUNDRED, Per::THOUSAND, Per::TEN_THOUSAND, Per::HUNDRED_THOUSAND, Per::MILLION];
        let in_use = in_use.into_iter().filter_map(|per| match stated.is_in_person_months() {
            true => per.years(),
            false => Some(per),
        });
        let fits = |per: &Per| self.published.read(*per).check(self.rate, self.rounding).agrees();
        // One digit fits too much.
        let looked_for = !self.agrees() && self.published.fraction().0 >= 10;
        looked_for.then(|| in_use.filter(|per| *per != stated).find(fits)).flatten()
    }

    /// The populations on which the count would print as the figure, as [`Published::populations`].
    #[must_use]
    pub fn populations(&self) -> Option<RangeInclusive<u64>> {
        self.published.populations(self.rate.count(), self.rounding)
    }

    /// How far the recorded rate lies above (or, negative, below) the figure, per its number of people.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.rate.per(self.published.per()).value() - self.published.value()
    }

    /// At how many decimals it agrees, such as `agrees at one decimal`.
    pub(super) fn padding_told(&self) -> Option<String> {
        self.agrees_at().map(|decimals| match decimals {
            0 => "agrees without decimals".into(),
            1 => "agrees at one decimal".into(),
            decimals => format!("agrees at {decimals} decimals"),
        })
    }

    /// Of how many months the count would have to be for a rate for a year to agree, as where a part of a year is taken for one, or the other way round.
    fn fits_months(&self) -> Option<u64> {
        let (count, people, own) = (self.rate.count(), self.rate.population().get(), u64::from(self.months.get()));
        let (count, people, own) = match self.published.per().is_in_person_months() {
            true => (Some(count), people / own, own),
            false => (count.checked_mul(12), people, 12),
        };
        let agrees = |months: &u64| {
            let rate = count.zip(people.checked_mul(*months)).and_then(|(count, people)| Rate::new(count, people).ok());
            rate.is_some_and(|rate| self.published.check(rate, self.rounding).agrees())
        };
        // One digit fits too much.
        let looked_for = self.rate.count() > 0 && self.published.fraction().0 >= 10;
        looked_for.then(|| [12, 6, 3, 1].into_iter().filter(|months| *months != own).find(agrees)).flatten()
    }

    /// Why it does not agree, as far as that can be guessed.
    fn guess(&self) -> Option<String> {
        if let Some(padded) = self.padding_told() {
            return Some(format!("it {padded}"));
        }
        let (months, in_months) = (self.fits_months(), self.published.per().is_in_person_months());
        if let Some(months) = months.filter(|_| in_months) {
            let counted = words::counted(months as usize, "month");
            return Some(format!("it fits {counted}, and these are figures of {}", self.months));
        }
        if let Some(per) = self.fits_per() {
            return Some(format!("it fits {per}"));
        }
        if let Some(months) = months {
            let counted = words::counted(months as usize, "month");
            return Some(format!("it fits a count of {counted} read as a rate for a year"));
        }
        let populations = self.populations().filter(|_| self.published.fraction().0 != 0)?;
        let months = u64::from(self.months.get());
        let (from, to) = (populations.start().div_ceil(months), populations.end() / months);
        let shown = if from == to {
            digits::grouped(from)
        } else {
            format!("{} to {}", digits::grouped(from), digits::grouped(to))
        };
        (from <= to).then(|| match self.nouns.no_people() {
            Some(noun) => format!("it would fit {shown} {noun}"),
            None => format!("it would fit a population of {shown}"),
        })
    }
}

/// Such as `24.5 per 100,000 on 2,939,927 people implies 719 to 721 offences; 721 (24.5 per 100,000) agrees`, in the words of the
/// basis, or else `on a population of 2,939,927 implies a count of 719 to 721`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per = self.published.per();
        let implied = match &self.counts {
            None => format!("no whole number of {}", self.nouns.count_noun(false)),
            Some(counts) => self.nouns.range(*counts.start(), *counts.end()),
        };
        let published = self.published.digits();
        let digits = |more: usize| self.rate.per(per).digits(self.published.places() + more);
        // A recorded rate that is rounded to the figure is shown as the figure, and one that is not never looks like it.
        let (shown, verdict) = match (self.agrees(), digits(0) == published) {
            (true, _) => (published, "agrees"),
            (false, true) => (digits(1), "does not agree"),
            (false, false) => (digits(0), "does not agree"),
        };
        let (exposed, count) = (self.nouns.exposed(self.rate.population()), digits::grouped(self.rate.count()));
        write!(f, "{} on {exposed} implies {implied}; {count} ({shown} {per}) {verdict}", self.published)?;
        match self.guess().filter(|_| !self.agrees()) {
            None => Ok(()),
            Some(guess) => write!(f, "; {guess}"),
        }
    }
}
