//! The methods of an interval.

use crate::base::choice;

/// How the interval of one count is made. The default is [`Method::Exact`].
///
/// `x` is the count, `z` the normal quantile at `1 - alpha / 2`; limits are for the count. Whatever the formula gives,
/// the lower limit is 0 at a count of 0 and never negative.
///
/// | method | lower limit, upper limit | source |
/// |---|---|---|
/// | `exact` | gamma quantile (alpha/2; shape x), gamma quantile (1 - alpha/2; shape x + 1) | Garwood 1936 |
/// | `mid-p` | the same with half the probability of x itself in each tail | Lancaster 1961; Cohen and Yang 1994 |
/// | `byar` | x (1 - 1/(9x) - z/(3 sqrt x))^3; the same with x + 1 and + z | Breslow and Day 1987, vol. II |
/// | `rothman-boice` | both of `byar`'s with x + 1/2 | Rothman and Boice 1979 |
/// | `ohid` | `exact` below 10, `byar` from 10 | OHID technical guidance |
/// | `score` | x + z^2/2 -/+ z sqrt(x + z^2/4) | Barker 2002 |
/// | `jeffreys` | gamma quantiles (alpha/2, 1 - alpha/2; shape x + 1/2) | Jeffreys' prior |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Garwood's exact limits: coverage never below the level.
    #[default]
    Exact,
    /// Mid-P limits: coverage near the level, sometimes below it.
    MidP,
    /// Byar's approximation as in Breslow and Day, with x and x + 1.
    Byar,
    /// Byar's approximation as in Rothman and Boice, with x + 1/2: another formula under the same name.
    RothmanBoice,
    /// The rule of English public health indicators: exact below 10, Byar from 10.
    Ohid,
    /// Limits by inverting the score test.
    Score,
    /// Equal-tailed limits under Jeffreys' prior.
    Jeffreys,
}

choice!(Method, "an interval method", "exact, mid-p, byar, rothman-boice, ohid, score or jeffreys", {
    Exact => "exact",
    MidP => "mid-p",
    Byar => "byar",
    RothmanBoice => "rothman-boice",
    Ohid => "ohid" | "phe",
    Score => "score",
    Jeffreys => "jeffreys",
});
