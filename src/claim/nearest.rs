//! How counts that may be in any area bring other areas as near to a rate as they can.

use super::{checker::Checker, factor::Factor, side::Side};
use crate::{
    league::{Comparison, LeagueTable},
    rate::Rate,
};

/// A row, and how many counts more it is given.
pub(super) type More = (usize, u64);

/// A smaller step of a deviate brings no count more.
const HALVINGS: u32 = 50;

impl Checker {
    /// How so many counts bring this number of the others as near to a rate, over k, as they can: one so that its exact test is the least sure, more of
    /// them to the smallest deviate of square roots that the counts suffice for.
    pub(super) fn nearest(
        &self,
        league: &LeagueTable,
        others: Vec<Comparison<'_>>,
        (rate, factor): (Rate, Factor),
        number: usize,
        all: u64,
    ) -> Vec<More> {
        let row = |there: &Comparison<'_>| league.table().index(there.area().label()).ok();
        if number <= 1 {
            let with =
                |there: &Comparison<'_>| Rate::of(there.rate().count().saturating_add(all), there.rate().population());
            let p = others.iter().map(|there| (self.pair(rate, with(there), factor, Side::More), there));
            let worst = p.max_by(|(one, _), (other, _)| one.total_cmp(other));
            return worst.and_then(|(_, there)| Some((row(there)?, all))).into_iter().collect();
        }
        let (own, people) = (rate.value() / factor.value(), rate.population().get() as f64 * factor.value());
        let needs = |deviate: f64| -> Vec<(u64, &Comparison<'_>)> {
            let need = |there: &Comparison<'_>| {
                let its = there.rate().population().get() as f64;
                let root = (own.sqrt() - deviate * (0.25 / people + 0.25 / its).sqrt()).max(0.0);
                (its * root * root).ceil() as u64
            };
            let mut all: Vec<_> = others.iter().map(|it| (need(it).saturating_sub(it.rate().count()), it)).collect();
            all.sort_by_key(|(need, _)| *need);
            all.truncate(number);
            all
        };
        let sum =
            |needs: &[(u64, &Comparison<'_>)]| needs.iter().fold(0_u64, |sum, (need, _)| sum.saturating_add(*need));
        // At this deviate none is needed.
        let (mut lower, mut upper) = (0.0, 2.0 * (rate.count() as f64).sqrt());
        for _ in 0..HALVINGS {
            let middle = 0.5 * (lower + upper);
            if sum(&needs(middle)) <= all { upper = middle } else { lower = middle }
        }
        needs(upper)
            .into_iter()
            .filter(|(need, _)| *need > 0)
            .filter_map(|(need, there)| Some((row(there)?, need)))
            .collect()
    }
}
