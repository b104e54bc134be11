//! What chance alone could do to a rate that is compared with something.

use super::{
    bench::{Bench, sided, sided_within},
    checked::Checked,
    checker::Checker,
    compared::HeldAgainst,
    compared_with::ComparedWith,
    relation::Relation,
    side::{Side, Tested},
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
    /// With variation within areas, and the law by which it is the largest.
    within: Option<(f64, &'static str)>,
    /// With that of a mean of rates.
    mean: Option<f64>,
    /// By pairs with the areas of a median.
    median: Option<f64>,
}

impl Chance {
    pub(super) fn p(self) -> f64 {
        let within = self.within.map(|(p, _)| p);
        [within, self.mean, self.median].into_iter().flatten().fold(self.exact, f64::max)
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
            within: within.map(|widened| widened.larger(side)),
            mean: here.and_then(|here| self.p_of_mean(here, factor)).map(|p| sided_within(p, side)),
            median: here.and_then(|here| self.p_of_median(here, factor, side)),
        })
    }

    /// Such as `exact p = 0.012, against the other areas together`.
    fn chance_told(&self, chance: Chance, side: Option<Side>, whom: &str) -> String {
        let one = if side.is_some() { "one-sided, " } else { "" };
        let mut told = format!("{one}exact {}", digits::p_value(chance.exact));
        if let (Some((p, law)), Some(within)) = (chance.within, self.within()) {
            told = format!("{told}, and with phi_w {within} {} ({law})", digits::p_value(p));
        }
        told = format!("{told}, against {whom}");
        if let Some(p) = chance.mean {
            told = format!("{told}, and {} with the variation of that mean", digits::p_value(p));
        }
        if let Some(p) = chance.median {
            told = format!("{told}, and {} by pairs with the other areas", digits::p_value(p));
        }
        told
    }

    /// The p-value that counts, that of an area picked from all where it was, the same had it been chosen beforehand, and how it came about.
    fn tested(
        &self,
        rate: Rate,
        tested: Tested,
        (held, against): (&HeldAgainst<'_>, &ComparedWith),
    ) -> Result<([f64; 2], String), Undefined> {
        let chance = self.chance_of(rate, tested, held.bench, held.here)?;
        let told = self.chance_told(chance, tested.side, &held.whom);
        Ok(match self.picked(chance.p(), tested, against) {
            None => ([chance.p(); 2], told),
            Some(picked) => ([picked.p, chance.p()], format!("{told}; {}", picked.after(chance.p()))),
        })
    }

    /// As [`Checker::compared`] tests a percentage of the average.
    pub(super) fn chance_of_distance(&self, here: Comparison<'_>) -> Result<(f64, String), Undefined> {
        let held = self.against_average(here, here.average()?);
        let ([p, _], told) = self.tested(here.rate(), Tested::EQUAL, (&held, &ComparedWith::Average))?;
        Ok((p, told))
    }

    /// How likely chance alone would make a change as large as it is, and how that was tested.
    pub(super) fn chance_of_change(&self, rate: Rate, before: Rate, row: usize) -> Option<(f64, String)> {
        let ([p, _], told) =
            self.tested(rate, Tested::EQUAL, (&self.against_before(before, row), &ComparedWith::Before)).ok()?;
        Some((p, told))
    }

    /// Whether chance alone could put a rate there that is on the side it is said to be on.
    pub(super) fn beyond_chance(
        &self,
        rate: Rate,
        relation: Relation,
        side: Side,
        held: (&HeldAgainst<'_>, &ComparedWith),
        to: &mut Checked,
    ) -> Verdict {
        // A figure was not said for its side, so both sides count.
        let tested_side = if relation.is_printed() { None } else { Some(side) };
        let (factor, ..) = relation.bound();
        let ([p, alone], told) = match self.tested(rate, Tested { factor, side: tested_side }, held) {
            Ok(found) => found,
            Err(why) => {
                to.reasons.push(format!("What chance could do is not known: {why}."));
                return Verdict::NotCertain;
            }
        };
        (to.p, to.p_alone) = (Some(p), Some(alone));
        let alpha = self.sets_spec().confidence().alpha();
        let at = digits::as_given(100.0 * alpha);
        let (refuted, one) = (p <= alpha, factor.over == factor.under);
        // What stands by chance alone may yet fail by the variation that is asked.
        let chance = if refuted && self.within().is_none() { " if chance alone is at work" } else { "" };
        let said = match (one, side) {
            (true, _) => "Equal rates are",
            (false, Side::More) => "That it is no more is",
            (false, Side::Less) => "That it is no less is",
        };
        let not = if refuted { "" } else { " not" };
        to.reasons.push(format!("{said}{not} refuted at {at} %{chance}: {told}."));
        if refuted { Verdict::Supported } else { Verdict::NotCertain }
    }
}
