//! What values are.

use crate::base::choice;

/// What the values of areas are, as answers say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueKind {
    /// Rates as they were published.
    Published,
    /// Rates standardised to one population.
    DirectlyStandardised,
    /// Ratios of observed to expected counts, times the crude rate of the reference.
    IndirectlyStandardised,
    /// Scores: counts weighted by how much each kind of offence weighs.
    Weighted,
    /// Rates drawn towards those of all.
    Smoothed,
    /// Anything else of which higher is more.
    Other,
}

choice!(
    ValueKind,
    "a kind of values",
    "published, directly-standardised, indirectly-standardised, weighted, smoothed or other",
    {
        Published => "published",
        DirectlyStandardised => "directly-standardised",
        IndirectlyStandardised => "indirectly-standardised",
        Weighted => "weighted",
        Smoothed => "smoothed",
        Other => "other",
    }
);

impl ValueKind {
    /// What they are, in a sentence of a report.
    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::Published => "Rates as they were published, without counts and populations.",
            Self::DirectlyStandardised => {
                "Directly standardised rates: weighted sums, without counts and populations of their own."
            }
            Self::IndirectlyStandardised => {
                "Indirectly standardised rates. Ratios of areas with different strata do not compare strictly: each is weighted by its \
                 own people."
            }
            Self::Weighted => "Severity scores: counts weighted by offence; a score is no count.",
            Self::Smoothed => "Smoothed rates: estimates that borrow from the other areas.",
            Self::Other => "Values as they were given, without counts and populations.",
        }
    }

    /// What one of them is called, in a word and with more.
    pub(crate) const fn nouns(self) -> [&'static str; 2] {
        match self {
            Self::Published => ["rate", "published rate"],
            Self::DirectlyStandardised | Self::IndirectlyStandardised => ["rate", "standardised rate"],
            Self::Weighted => ["score", "severity score"],
            Self::Smoothed => ["rate", "smoothed rate"],
            Self::Other => ["value", "value"],
        }
    }

    /// What two equal ones have in common.
    pub(super) const fn equal(self) -> &'static str {
        match self {
            Self::Published => "equal means equal as printed",
            _ => "compared before rounding",
        }
    }

    /// Why there are no sets of ranks.
    pub(super) const fn without_sets(self) -> &'static str {
        match self {
            Self::Published | Self::Other => {
                "Rank sets: none, which need counts and populations, so how sure the order is is not known."
            }
            _ => {
                "Rank sets: none, which compare counts over populations; limits that overlap do not say that two areas are equal."
            }
        }
    }
}
