//! Which control chart.

use crate::base::choice;

/// A control chart: what is charted, and how far its limits lie.
///
/// Limits of three standard errors let 0.27 % of points through where counts are normal. Where few are expected counts are not: with 1 expected
/// the upper one is passed by 0.37 %, with a half by 1.4 %, and there is no lower one (Montgomery 2013, section 7.3.2). The `exact` charts have
/// probability limits, which let at most 0.135 % through on each side whatever is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChartKind {
    /// Rates: centre -/+ 3 sqrt(centre / n).
    #[default]
    U,
    /// Counts alone: centre -/+ 3 sqrt(centre).
    C,
    /// Proportions of a total: centre -/+ 3 sqrt(centre (1 - centre) / n).
    P,
    /// Laney's u': the limits of a u-chart, stretched by how much z moves from one period to the next.
    LaneyU,
    /// Laney's p'.
    LaneyP,
    /// Rates, with exact Poisson probability limits.
    ExactU,
    /// Counts alone, with exact Poisson probability limits.
    ExactC,
    /// Proportions, with exact binomial probability limits.
    ExactP,
}

choice!(ChartKind, "a control chart", "u, c, p, laney-u, laney-p, exact-u, exact-c or exact-p", {
    U => "u",
    C => "c",
    P => "p",
    LaneyU => "laney-u" | "laney" | "u'",
    LaneyP => "laney-p" | "p'",
    ExactU => "exact-u" | "exact",
    ExactC => "exact-c",
    ExactP => "exact-p",
});

impl ChartKind {
    /// Whether it is of proportions of a total.
    #[must_use]
    pub const fn is_of_proportions(self) -> bool {
        matches!(self, Self::P | Self::LaneyP | Self::ExactP)
    }

    /// Whether it is of counts alone.
    #[must_use]
    pub const fn is_of_counts(self) -> bool {
        matches!(self, Self::C | Self::ExactC)
    }

    /// Whether its limits are stretched by the moving range.
    #[must_use]
    pub const fn is_laney(self) -> bool {
        matches!(self, Self::LaneyU | Self::LaneyP)
    }

    /// Whether its limits are exact probability limits.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::ExactU | Self::ExactC | Self::ExactP)
    }
}

/// A rule by which a control chart signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChartRule {
    /// A point beyond a limit.
    BeyondLimit,
    /// The eighth of eight points in a row on one side of the centre, or a later one.
    EightOnOneSide,
    /// The sixth of six points in a row, each above the one before or each below it, or a later one.
    SixRisingOrFalling,
    /// The second of two among three points in a row beyond two thirds of the way to the same limit.
    TwoOfThree,
}

choice!(ChartRule, "a rule of control charts", "beyond-limit, eight-on-one-side, six-rising-or-falling or two-of-three", {
    BeyondLimit => "beyond-limit",
    EightOnOneSide => "eight-on-one-side",
    SixRisingOrFalling => "six-rising-or-falling",
    TwoOfThree => "two-of-three",
});
