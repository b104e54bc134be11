//! The scale on which an area is z standard errors from the target.

use crate::base::choice;

/// The scale on which an area is z standard errors from the target. The default is the square root.
///
/// | scale | of a ratio x/E | standard error s | of a proportion x/n | standard error s |
/// |---|---|---|---|---|
/// | `sqrt` | square root | 1 / (2 sqrt E) | arcsine of the square root | 1 / (2 sqrt n) |
/// | `log` | logarithm | 1 / sqrt E | log odds | 1 / sqrt(n p (1 - p)), p the target |
/// | `linear` | itself | 1 / sqrt E | itself | sqrt(p (1 - p) / n), p the target |
///
/// On the linear scale z is Pearson's residual, from which phi and tau^2 come with dispersion in
/// [`Form::Exact`](crate::funnel::Form::Exact), whatever the scale: from roots of small counts they come out too large. The root draws in
/// high outliers more.
///
/// Any count of zero (of a proportion, also one of all) leaves z on the logarithm without a value, for all areas together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scale {
    /// The square root; of a proportion its arcsine.
    #[default]
    SquareRoot,
    /// The logarithm; of a proportion the log odds.
    Log,
    /// The ratio or the proportion itself.
    Linear,
}

choice!(Scale, "a scale", "sqrt, log or linear", { SquareRoot => "sqrt" | "square-root", Log => "log", Linear => "linear" });

/// z of a count on the square-root scale, `2 (sqrt x - sqrt E)`, as a quotient in which nothing but `x - E` cancels.
#[inline]
pub(crate) fn square_root_z(count: f64, expected: f64, root: f64) -> f64 {
    2.0 * (count - expected) / (count.sqrt() + root)
}

/// z of a count above zero on the log scale.
#[inline]
pub(crate) fn log_z(count: f64, expected: f64, root: f64) -> f64 {
    (count / expected).ln() * root
}

/// z of a count on the linear scale: Pearson's residual.
#[inline]
pub(crate) fn linear_z(count: f64, expected: f64, root: f64) -> f64 {
    (count - expected) / root
}
