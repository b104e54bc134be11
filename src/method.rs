use crate::{
    choice::choice,
    special::{limits, normal},
};

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

impl Method {
    /// The limits that the formula gives for a count, with `tail` in each tail, before any clamp.
    pub(crate) fn limits(self, count: u64, tail: f64) -> (f64, f64) {
        let x = count as f64;
        match self {
            Self::Exact => limits::exact(count, tail),
            Self::MidP => limits::mid_p(count, tail),
            Self::Jeffreys => limits::jeffreys(count, tail),
            Self::Byar => {
                let z = normal::upper_quantile(tail);
                (byar(x, -z), byar(x + 1.0, z))
            }
            Self::RothmanBoice => {
                let z = normal::upper_quantile(tail);
                (byar(x + 0.5, -z), byar(x + 0.5, z))
            }
            Self::Ohid if count < 10 => Self::Exact.limits(count, tail),
            Self::Ohid => Self::Byar.limits(count, tail),
            Self::Score => score(x, normal::upper_quantile(tail)),
        }
    }
}

/// Breslow and Day 1987, vol. II, p. 69: the cube of a normal deviate on Wilson and Hilferty's scale.
fn byar(y: f64, z: f64) -> f64 {
    if y == 0.0 {
        return 0.0;
    }
    y * (1.0 - 1.0 / (9.0 * y) + z / (3.0 * y.sqrt())).powi(3)
}

/// Barker 2002. The lower limit is the product of the roots, x^2, over the upper one, so that nothing cancels.
fn score(x: f64, z: f64) -> (f64, f64) {
    let upper = x + z * z / 2.0 + z * (x + z * z / 4.0).sqrt();
    (if x == 0.0 { 0.0 } else { x * (x / upper) }, upper)
}
