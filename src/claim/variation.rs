//! How sure it is that a rate lies on a side of a mean or a median of rates.
//!
//! Taken as known, such an average gives false alarms: the mean of a large area and twenty tiny ones varies more than the large area's rate.

use super::{
    bench::{Bench, sided},
    checker::Checker,
    factor::Factor,
    side::Side,
};
use crate::{
    average::Rule,
    interval::{OneSided, WithinDispersion},
    league::Comparison,
    rate::{Rate, Tally},
    special::normal,
};

impl Checker {
    /// The one-sided p-values of a rate being just k times a mean of rates, as a normal deviate with the variation of all rates that the mean
    /// is made of: of Poisson counts, by their pooled rate or by each area's own, whichever varies more. `None` where the rule is not the mean.
    pub(super) fn p_of_mean(&self, here: Comparison<'_>, factor: Factor) -> Option<OneSided> {
        let how = self.league().how().average();
        let average = here.average().ok().filter(|_| how.rule() == Rule::Mean)?;
        let (rate, times) = (here.rate(), factor.value());
        let weight = times / average.areas() as f64;
        let own = if how.with_self() { 1.0 - weight } else { 1.0 };
        let others = self.averaged_with(here);
        let pooled: Tally = others.iter().copied().chain([rate]).collect();
        let pooled = pooled.value()?;
        let variance = |of: &dyn Fn(Rate) -> f64| {
            let part = |weight: f64, rate: Rate| weight * weight * of(rate) / rate.population().get() as f64;
            others.iter().fold(part(own, rate), |sum, other| sum + part(weight, *other))
        };
        let variance = variance(&|_| pooled).max(variance(&|rate: Rate| rate.value()));
        let apart = rate.value() - times * average.per_head();
        let z = apart / (self.within().map_or(1.0, WithinDispersion::factor) * variance).sqrt();
        let upper = |z: f64| self.within().map_or_else(|| normal::upper_tail(z), |within| within.upper_tail(z));
        z.is_finite().then(|| OneSided { lower: upper(-z), upper: upper(z) })
    }

    /// The p-value of a rate being on no side, or not on this side, of k times the median of rates: more than half of the others have
    /// to be on the other side of it, each by its own exact test, and the p of `u` of `n` being so is the least of `(n - u + 1) / (j - u + 1)` times the
    /// `j`-th smallest from the `u`-th on (Benjamini and Heller 2008, after Simes; the p share the area's own count, so they rise together). `None` where the rule is not the median.
    pub(super) fn p_of_median(&self, here: Comparison<'_>, factor: Factor, side: Option<Side>) -> Option<f64> {
        let how = self.league().how().average();
        if how.rule() != Rule::Median {
            return None;
        }
        let others = self.averaged_with(here);
        let needed = self.needed_of(others.len(), factor);
        let on_side = |side: Side| {
            let mut p: Vec<f64> = others.iter().map(|other| self.pair(here.rate(), *other, factor, side)).collect();
            p.sort_unstable_by(f64::total_cmp);
            let nulls = (p.len() + 1).saturating_sub(needed) as f64;
            let further = p.iter().skip(needed - 1).zip(1..);
            further.map(|(p, times)| nulls / f64::from(times) * p).fold(1.0, f64::min)
        };
        Some(match side {
            Some(side) => on_side(side),
            None => (2.0 * on_side(Side::More).min(on_side(Side::Less))).min(1.0),
        })
    }

    /// The one-sided p-value of a rate being just k times another.
    pub(super) fn pair(&self, rate: Rate, other: Rate, factor: Factor, side: Side) -> f64 {
        let (bench, side) = (Bench::rate(other), Some(side));
        let exact = bench.tails(rate, factor).map_or(1.0, |p| sided(p, side));
        let within = self.within();
        let wide = within.and_then(|within| bench.with_variation(rate, factor, within));
        wide.map_or(exact, |wide| exact.max(wide.larger(side).0))
    }

    /// The rates of the other areas that an area's average is made of.
    pub(super) fn averaged_with(&self, here: Comparison<'_>) -> Vec<Rate> {
        self.others_averaged(here).into_iter().map(|there| there.rate()).collect()
    }

    /// The other areas that an area's average is made of.
    pub(super) fn others_averaged(&self, here: Comparison<'_>) -> Vec<Comparison<'_>> {
        let league = self.league();
        let Ok(own) = league.table().index(here.area().label()) else { return Vec::new() };
        match league.groups() {
            None => league.iter().filter(|there| there.area() != here.area()).collect(),
            Some(groups) => {
                let members = groups.of(own).and_then(|list| groups.lists().nth(list)).unwrap_or_default();
                let others = members.iter().filter(|member| **member != own);
                others.filter_map(|member| league.row(*member)).collect()
            }
        }
    }

    /// How many of so many other areas have to be on the other side of a rate for that to be on a side of their median, which holds it or not.
    pub(super) fn needed_of(&self, others: usize, factor: Factor) -> usize {
        // So many times its own rate, which the median may hold, is on no side that helps.
        let own = usize::from(self.league().how().average().with_self() && factor.over != factor.under);
        (others + own) / 2 + 1
    }
}
