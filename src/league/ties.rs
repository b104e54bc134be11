//! What rank equal rates have.

use crate::base::choice;

/// What equal rates get. The default is [`Ties::Competition`].
///
/// | rule | rates 5, 3, 3, 1, highest first |
/// |---|---|
/// | `competition` | 1, 2, 2, 4 |
/// | `maximum` | 1, 3, 3, 4 |
/// | `dense` | 1, 2, 2, 3 |
/// | `ordinal` | 1, 2, 3, 4 (in the order of the table) |
/// | `average` | 1, 2.5, 2.5, 4 |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ties {
    /// The best of the places that they share ("joint second").
    #[default]
    Competition,
    /// The worst of the places that they share.
    Maximum,
    /// One place for all, and the next place for the next rate.
    Dense,
    /// A place each, in the order of the table.
    Ordinal,
    /// The mean of the places that they share.
    Average,
}

choice!(Ties, "a rule for ties", "competition, dense, ordinal, average or maximum", {
    Competition => "competition",
    Maximum => "maximum",
    Dense => "dense",
    Ordinal => "ordinal",
    Average => "average",
});
