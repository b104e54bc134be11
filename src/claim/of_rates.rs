//! An average that is a mean or a median of rates, as the rate of one of its areas makes it.

use super::checker::Checker;
use crate::{
    average::{Rule, middle},
    league::Comparison,
};

/// The rates that an average is made of, besides the area's own, which may be one of them.
pub(super) struct OfRates {
    rule: Rule,
    /// From the lowest to the highest.
    others: Vec<f64>,
    sum: f64,
    own: bool,
}

impl OfRates {
    /// The average, were the area's own rate this.
    pub(super) fn with(&self, own: f64) -> f64 {
        let (number, more) = (self.others.len() + usize::from(self.own), if self.own { own } else { 0.0 });
        if self.rule == Rule::Mean {
            return (self.sum + more) / number as f64;
        }
        let place = if self.own { self.others.partition_point(|rate| *rate < own) } else { number };
        let at = |k: usize| match k {
            k if k == place => Some(own),
            k => self.others.get(if k < place { k } else { k - 1 }).copied(),
        };
        middle(number, at).unwrap_or(own)
    }
}

impl Checker {
    /// The average of an area in a row as its own rate makes it; none where that is no mean and no median of rates.
    pub(super) fn average_of_rates(&self, here: Comparison<'_>, row: usize) -> Option<OfRates> {
        let (league, how) = (self.league(), self.league().how().average());
        here.average().ok().filter(|_| matches!(how.rule(), Rule::Mean | Rule::Median))?;
        let rows = match league.groups() {
            Some(groups) => groups.lists().nth(groups.of(row)?)?,
            None => league.compared_places(),
        };
        let others = rows.iter().filter(|other| **other != row);
        let mut others: Vec<f64> = others.filter_map(|other| Some(league.row(*other)?.rate().value())).collect();
        let (sum, own) = (others.iter().sum(), how.with_self() && rows.contains(&row));
        others.sort_unstable_by(f64::total_cmp);
        Some(OfRates { rule: how.rule(), others, sum, own })
    }
}
