//! Overdispersion: how much more than by chance the areas of a funnel differ.

use crate::base::choice;

/// What is made of areas that differ by more than chance. The default is [`Dispersion::None`].
///
/// | dispersion | adjusted z | limits, in [`Form::Normal`](crate::funnel::Form::Normal) |
/// |---|---|---|
/// | `none` | z | those of chance alone: exact, interpolated |
/// | `multiplicative` | z / sqrt(max(1, phi)) | target -/+ z s sqrt(max(1, phi)), on the scale |
/// | `additive` | (Y - target) / sqrt(s^2 + tau^2) | target -/+ z sqrt(s^2 + tau^2), on the scale |
///
/// In [`Form::Exact`](crate::funnel::Form::Exact), the default, limits are exact and interpolated whatever the dispersion: of a
/// negative binomial or beta-binomial count whose variance phi or tau^2 gives; tau^2 is of true ratios (or proportions), so that the
/// adjusted z is z / sqrt(1 + tau^2 E) on every scale (of a proportion, n / (t (1 - t)) for E, t the average).
///
/// Real areas nearly always differ by more than chance, so `none` calls nearly all large ones outliers: of 37 English forces
/// 33 lie outside the 99.8 % limits (knife offences, year to March 2020), with `additive` none does. Take `none` to ask whether
/// an area is like the average but for chance, `additive` to ask whether it is unlike the others, as much as they differ among
/// themselves; `multiplicative` does so by one factor for all limits, so that small areas are hardly ever outside. phi and
/// tau^2 are reported with every funnel, whichever is taken.
///
/// Spiegelhalter 2005, Quality and Safety in Health Care 14:347; Spiegelhalter and others 2012, JRSS A 175:1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dispersion {
    /// Chance alone.
    #[default]
    None,
    /// The variance of every count is larger by one factor, never smaller.
    Multiplicative,
    /// The areas' own rates vary with a standard deviation tau, whatever their size.
    Additive,
}

choice!(Dispersion, "a dispersion", "none, multiplicative or additive", {
    None => "none",
    Multiplicative => "multiplicative",
    Additive => "additive",
});
