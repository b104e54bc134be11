//! What chance alone could do to a rate that is said to lie so to something.

use super::{
    bench::{Bench, sided, sided_within},
    checked::Checked,
    checker::Checker,
    compared::Against,
    relation::{Beside, Relation, Side, Tested},
    verdict::Verdict,
};
use crate::{
    base::{Undefined, digits},
    league::Comparison,
    rate::Rate,
};

/// The p-values of a comparison. The largest counts: what more variation is allowed for must make nothing surer.
#[derive(Clone, Copy)]
pub(super) struct Chance {
    exact: f64,
    /// With variation within areas.
    within: Option<f64>,
    /// With that of a mean of rates.
    mean: Option<f64>,
    /// By pairs with the areas of a median.
    median: Option<f64>,
}

impl Chance {
    pub(super) fn p(self) -> f64 {
        [self.within, self.mean, self.median].into_iter().flatten().fold(self.exact, f64::max)
    }
}

impl Checker {
    /// The p-values of a rate against what an average or another rate is made of.
    pub(super) fn chance_of(
        &self,
        rate: Rate,
        Tested { factor, side }: Tested,
        bench: Bench,
        here: Option<Comparison<'_>>,
    ) -> Result<Chance, Undefined> {
        let within = self.within().and_then(|within| bench.with_variation(rate, factor, within));
        Ok(Chance {
            exact: sided(bench.tails(rate, factor)?, side),
            within: within.map(|p| sided_within(p, side)),
            mean: here.and_then(|here| self.p_of_mean(here, factor)).map(|p| sided_within(p, side)),
            median: here.and_then(|here| self.p_of_median(here, factor, side)),
        })
    }

    /// Such as `exact p = 0.012, against the other areas together; Poisson variation only`.
    fn chance_told(&self, chance: Chance, side: Option<Side>, whom: &str) -> String {
        let one = if side.is_some() { "one-sided, " } else { "" };
        let mut told = format!("{one}exact {}", digits::p_value(chance.exact));
        if let (Some(p), Some(within)) = (chance.within, self.within()) {
            told = format!("{told}, and with phi_w {within} {}", digits::p_value(p));
        }
        told = format!("{told}, against {whom}");
        if let Some(p) = chance.mean {
            told = format!("{told}, and {} with the variation of that mean", digits::p_value(p));
        }
        if let Some(p) = chance.median {
            told = format!("{told}, and {} by pairs with the other areas", digits::p_value(p));
        }
        format!("{told}{}", self.poisson())
    }

    /// The p-value that counts, that of an area picked from all where it was, and how it came about.
    fn tested(
        &self,
        rate: Rate,
        tested: Tested,
        (against, beside): (&Against<'_>, &Beside),
    ) -> Result<(f64, String), Undefined> {
        let chance = self.chance_of(rate, tested, against.bench, against.here)?;
        let told = self.chance_told(chance, tested.side, &against.whom);
        Ok(match self.picked(chance.p(), tested, beside) {
            None => (chance.p(), told),
            Some(picked) => (picked.p, format!("{told}; {}", picked.beside(chance.p()))),
        })
    }

    /// As [`Checker::compared`] tests a percentage of the average.
    pub(super) fn chance_of_distance(&self, here: Comparison<'_>) -> Result<(f64, String), Undefined> {
        let against = self.against_average(here, here.average()?);
        self.tested(here.rate(), Tested::EQUAL, (&against, &Beside::Average))
    }

    /// How likely chance alone would make a change as large as it is, and how that was tested.
    pub(super) fn chance_of_change(&self, rate: Rate, before: Rate, row: usize) -> Option<(f64, String)> {
        self.tested(rate, Tested::EQUAL, (&self.against_before(before, row), &Beside::Before)).ok()
    }

    /// Whether chance alone could put a rate there that is on the side it is said to be on.
    pub(super) fn beyond_chance(
        &self,
        rate: Rate,
        relation: Relation,
        side: Side,
        against: (&Against<'_>, &Beside),
        to: &mut Checked,
    ) -> Verdict {
        // A figure was not said for its side, so both sides count.
        let tested_side = if relation.is_printed() { None } else { Some(side) };
        let (factor, ..) = relation.bound();
        let (p, told) = match self.tested(rate, Tested { factor, side: tested_side }, against) {
            Ok(found) => found,
            Err(why) => {
                to.reasons.push(format!("What chance could do is not known: {why}."));
                return Verdict::NotCertain;
            }
        };
        to.p = Some(p);
        let alpha = self.sets_spec().confidence().alpha();
        let at = digits::as_given(100.0 * alpha);
        let (refuted, one) = (p <= alpha, factor.over == factor.under);
        to.reasons.push(match (one, side) {
            (true, _) => {
                format!("Equal rates {} refuted at {at} %: {told}.", if refuted { "are" } else { "are not" })
            }
            (false, side) => format!(
                "That it is no {} is {}refuted at {at} %: {told}.",
                if side == Side::More { "more" } else { "less" },
                if refuted { "" } else { "not " }
            ),
        });
        if refuted { Verdict::Supported } else { Verdict::NotCertain }
    }
}
