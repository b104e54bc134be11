//! A change of which a count is known between two ends.

use super::{change::Change, changes::Changes};
use crate::{
    base::digits,
    interval::TestSpec,
    rate::{Observation, Population, Rate},
    table::{Area, Table},
};

/// What one period's count may be, on its population.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    least: u64,
    /// `None` where nothing is known of it.
    most: Option<u64>,
    people: Population,
}

impl Ends {
    /// Those of an area of a table, where anything is known of its count.
    pub(super) fn of(table: &Table, area: &Area) -> Option<Self> {
        let index = table.place_of(area)?;
        let count = table.observation(index).filter(|count| !matches!(count, Observation::Missing(_)))?;
        let rounded = count.known().and_then(|count| table.unrounded(index, count));
        let (least, most) = rounded.map_or(count.ends(), |(least, most)| (least, Some(most)));
        Some(Self { least, most, people: Population::new(table.stated_population(index)?).ok()? })
    }
}

impl Changes {
    /// The limits of a change: from the lower one of the least to the upper one of the most, where counts were rounded.
    pub(super) fn limits(&self, area: &Area, change: Change, spec: TestSpec) -> [f64; 2] {
        let ends = |table: &Table, rate: Rate| {
            let unrounded = table.place_of(area).and_then(|index| table.unrounded(index, rate.count()));
            let (least, most) = unrounded.unwrap_or((rate.count(), rate.count()));
            [least, most].map(|count| Rate::of(count, rate.population()))
        };
        let (before, after) = (ends(self.before(), change.ratio().base()), ends(self.after(), change.ratio().rate()));
        let [least, most] = [Change::between(before[1], after[0]), Change::between(before[0], after[1])];
        let lower = least.interval(spec);
        let upper = if least == most { lower } else { most.interval(spec) };
        [lower.lower(), upper.upper()]
    }
}

/// From which change to which it may be, with the lower limit of the one and the upper limit of the other; none where nothing is known.
pub(super) fn told(before: Option<Ends>, after: Option<Ends>, spec: TestSpec) -> Option<String> {
    let (before, after) = (before?, after?);
    let confidence = spec.confidence();
    let change = |before: u64, of: Population, after: u64, on: Population| {
        let change = Change::between(Rate::of(before, of), Rate::of(after, on));
        let percent = change.percent().filter(|percent| percent.is_finite())?;
        Some((percent, change.interval(spec)))
    };
    let signed = |value: f64| digits::signed(value, 1);
    let least = before.most.and_then(|most| change(most, before.people, after.least, after.people));
    let most = after.most.and_then(|most| change(before.least, before.people, most, after.people));
    Some(match (least, most) {
        (Some((from, low)), Some((to, high))) => format!(
            "the change is from {} to {} %, with {confidence} limits of {} to {}",
            signed(from),
            signed(to),
            signed(low.lower()),
            signed(high.upper())
        ),
        (Some((from, low)), None) => {
            format!("the change is {} % or more, with a {confidence} limit of {}", signed(from), signed(low.lower()))
        }
        (None, Some((to, high))) => {
            format!("the change is {} % or less, with a {confidence} limit of {}", signed(to), signed(high.upper()))
        }
        (None, None) => return None,
    })
}
