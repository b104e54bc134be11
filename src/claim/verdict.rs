//! What the figures say of a claim.

use crate::base::choice;

/// What the figures say of a [`Claim`](crate::Claim).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The figures say so, and chance does not account for it.
    Supported,
    /// The figures say so, but chance alone could make them.
    NotCertain,
    /// The figures say otherwise.
    Contradicted,
    /// Figures are missing that could say otherwise.
    NotCheckable,
}

choice!(Verdict, "a verdict", "supported, not-certain, contradicted or not-checkable", {
    Supported => "supported",
    NotCertain => "not-certain",
    Contradicted => "contradicted",
    NotCheckable => "not-checkable",
});

impl Verdict {
    /// The verdict in words.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::NotCertain => "true of the figures but not certain",
            Self::Contradicted => "contradicted",
            Self::NotCheckable => "not checkable",
        }
    }

    /// Whether the figures say so.
    pub(super) const fn holds(self) -> bool {
        matches!(self, Self::Supported | Self::NotCertain)
    }
}
