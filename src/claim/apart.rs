//! How far a rate lies from something, in words.

use super::{
    relation::Relation,
    words::{not_all, times},
};
use crate::base::digits;
use std::fmt;

/// A figure and what it is of, such as `45.8 % above` or `1.46 times`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Apart {
    figure: String,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Times,
    Above,
    Below,
}

impl Apart {
    /// So many per cent above or, negative, below, as the relation has it.
    pub(super) fn of(relation: Relation, percent: f64, decimals: usize) -> Self {
        if relation.in_times() {
            return Self { figure: times(1.0 + percent / 100.0, decimals.max(2)), unit: Unit::Times };
        }
        let figure = not_all(percent, decimals, |decimals| digits::fixed(percent.abs(), decimals));
        Self { figure, unit: if percent < 0.0 { Unit::Below } else { Unit::Above } }
    }

    /// The same with as many decimals more as it takes not to look like the bound that it is beside.
    pub(super) fn telling(relation: Relation, percent: f64, decimals: usize, beside: bool) -> Self {
        let shown = |decimals: usize| Self::of(relation, percent, decimals);
        shown(relation.telling_apart(decimals, beside, |decimals| shown(decimals).figure))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Times => "times",
            Self::Above => "% above",
            Self::Below => "% below",
        })
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.figure, self.unit)
    }
}

/// Such as `1.10 to 1.50 times`, `at most 12.5 % above`, `at least 12.5 % below` or `3.1 % below to 8.2 % above`.
pub(super) fn range_told(relation: Relation, least: f64, most: Option<f64>) -> String {
    let (decimals, times) = (relation.figure().map_or(1, |figure| figure.0.places() + 1), relation.in_times());
    let apart = |found: f64| Apart::of(relation, if times { 100.0 * (found - 1.0) } else { found }, decimals);
    // The higher a rate is, the less it is below.
    let bound = |end: Apart, [above, below]: [&str; 2]| {
        format!("{} {end}", if end.unit == Unit::Below { below } else { above })
    };
    let Some(most) = most else { return bound(apart(least), ["at least", "at most"]) };
    if least <= if times { 0.0 } else { -100.0 } {
        return bound(apart(most), ["at most", "at least"]);
    }
    let (from, to) = (apart(least), apart(most));
    match (from.unit == to.unit, from.figure == to.figure) {
        (true, true) => to.to_string(),
        (true, false) => format!("{} to {to}", from.figure),
        (false, _) => format!("{from} to {to}"),
    }
}
