//! Whether an area changed otherwise than the rest.

use super::change::Change;
use crate::{
    base::{digits, exact, layout},
    interval::WithinDispersion,
    rate::Tally,
    special::{deviance_apart, hypergeometric, normal},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The change of one area against that of all the others together.
///
/// Counts are taken to be Poisson, areas and periods to have effects of their own, and the test is whether the area needs
/// another effect of the period than the rest: the interaction in the two-by-two table of counts, with the populations as offsets.
/// Where ten or more are expected in each of the four cells that is the likelihood-ratio test, by chi-square with one degree of freedom.
/// Where fewer are, it is exact: given the sums of the table the area's later count has Fisher's noncentral hypergeometric law, with the
/// ratio of the populations' ratios as its odds ratio, and p is twice the smaller tail. It never has more false alarms than its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AgainstRest {
    area: Change,
    rest: Change,
}

impl AgainstRest {
    /// The change of an area, and that of the rest.
    #[must_use]
    pub const fn of(area: Change, rest: Change) -> Self {
        Self { area, rest }
    }

    /// An area against the others among those of these sums.
    pub(super) fn among(area: Change, [before, after]: [Tally; 2]) -> Option<Self> {
        let [before, after] = [before.without(area.ratio().base()), after.without(area.ratio().rate())];
        (before.areas() > 0).then_some(())?;
        Some(Self::of(area, Change::between(before.rate().ok()?, after.rate().ok()?)))
    }

    /// The change of the area.
    #[must_use]
    pub const fn area(self) -> Change {
        self.area
    }

    /// The change of all the others together.
    #[must_use]
    pub const fn rest(self) -> Change {
        self.rest
    }

    /// How many per cent the area's rate ratio lies above that of the rest (negative: below). Infinite where only the area rose
    /// from nothing, or only the rest fell to nothing; `None` where there is nothing to compare.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        let (own, rest) = (self.area.ratio().value()?, self.rest.ratio().value()?);
        let ratio = own / rest;
        (!ratio.is_nan()).then_some(100.0 * (ratio - 1.0))
    }

    /// The p-value of one and the same change in the area and the rest: exact where fewer than ten are expected in one of the four cells, else by the likelihood
    /// ratio, chi-square with one degree of freedom.
    #[must_use]
    pub fn p(self) -> f64 {
        self.p_with(None)
    }

    /// The same where counts vary between periods by as much as this: the deviance over phi_w, by chi-square or, of a phi_w that was
    /// estimated, by F with its degrees of freedom (a quasi-likelihood test, McCullagh and Nelder 1989, section 9.2). One of 1, or less,
    /// changes nothing.
    #[must_use]
    pub fn p_with(self, within: Option<WithinDispersion>) -> f64 {
        if self.is_exact() && within.is_none_or(|within| within.factor() <= 1.0) {
            return self.exact();
        }
        let z = (2.0 * self.half_deviance().max(0.0)).sqrt();
        let tail = match within.filter(|within| within.factor() > 1.0) {
            None => normal::upper_tail(z),
            Some(within) => within.upper_tail(z / within.factor().sqrt()),
        };
        (2.0 * tail).min(1.0)
    }

    /// The least count that one change of both would lead to expect in a cell; the test is exact below ten.
    #[must_use]
    pub fn least_expected(self) -> f64 {
        self.cells().map(|(count, apart)| count - apart).into_iter().fold(f64::INFINITY, f64::min).max(0.0)
    }

    /// Whether too few are expected for the law of large counts.
    fn is_exact(self) -> bool {
        self.least_expected() < ENOUGH
    }

    /// Twice the smaller tail of the area's later count, given the sums of the table.
    fn exact(self) -> f64 {
        let counts = [self.area, self.rest].map(|side| [side.ratio().base().count(), side.ratio().rate().count()]);
        let [of_area, of_rest] = self.exposures();
        let [.., (_, apart), _, _] = self.cells();
        let [below, above] = hypergeometric::tails(counts, of_area / of_rest, -apart);
        (2.0 * below.min(above)).min(1.0)
    }

    /// The later population over the earlier one, of the area and of the rest.
    fn exposures(self) -> [f64; 2] {
        [self.area, self.rest].map(|side| {
            let [before, after] = [side.ratio().base(), side.ratio().rate()].map(|rate| rate.population().get());
            exact::quotient(after.into(), before.into())
        })
    }

    fn half_deviance(self) -> f64 {
        let term = |(count, apart): (f64, f64)| match count - apart {
            _ if apart == 0.0 => 0.0,
            // Nothing times a logarithm is nothing.
            expected if count == 0.0 => expected,
            expected => deviance_apart(count, expected.max(f64::MIN_POSITIVE), apart),
        };
        self.cells().into_iter().map(term).sum()
    }

    /// The counts of the area before and after and of the rest, and how far each lies from what one change of both expects.
    fn cells(self) -> [(f64, f64); 4] {
        let sides = [self.area.ratio(), self.rest.ratio()];
        let [area, rest] = sides.map(|ratio| (ratio.base().count() as f64, ratio.rate().count() as f64));
        let (own, others, later) = (area.0 + area.1, rest.0 + rest.1, area.1 + rest.1);
        // Of the rates' common ratio r, own p r / (1 + p r) + others q r / (1 + q r) = later: a quadratic with one positive root.
        let [p, q] = self.exposures();
        let (square, linear) = (p * q * (own + others - later), own * p + others * q - later * (p + q));
        let root = (linear * linear + 4.0 * square * later).sqrt();
        let ratio = match linear {
            _ if square == 0.0 => f64::INFINITY,
            linear if linear > 0.0 => 2.0 * later / (linear + root),
            linear => (root - linear) / (2.0 * square),
        };
        // One change fits where either side, or either period, has nothing.
        let flat = own == 0.0 || others == 0.0 || later == 0.0 || later == own + others;
        let share = p * ratio / (1.0 + p * ratio);
        let apart = if flat { 0.0 } else { area.1 - own * share };
        [(area.0, -apart), (area.1, apart), (rest.0, apart), (rest.1, -apart)]
    }
}

/// The least expected count from which chi-square is near enough.
const ENOUGH: f64 = 10.0;

/// Such as `+41.9 % against the rest, p = 0.0014 (likelihood ratio)`, or `(exact)`.
impl fmt::Display for AgainstRest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or(1);
        let percent = match self.percent() {
            None => "nothing to compare with".into(),
            Some(percent) if percent.is_finite() => format!("{} %", digits::signed(percent, decimals)),
            Some(percent) => format!("{} %", digits::fixed(percent, decimals)),
        };
        let by = if self.is_exact() { "exact" } else { "likelihood ratio" };
        layout::pad(f, &format!("{percent} against the rest, {} ({by})", digits::p_value(self.p())))
    }
}
