//! Who is ahead of an area, and who has no say.

use super::checker::Checker;
use crate::{
    league::{Comparison, Order},
    rate::{Observation, Rate},
    table::{Area, LeftOut},
};
use std::cmp::Ordering;

/// Where the rate of an area stands among those compared, from one end.
pub(super) struct Standing<'a> {
    /// The areas whose rates are further towards that end.
    pub(super) ahead: Vec<Comparison<'a>>,
    /// Other areas with an equal rate.
    pub(super) joint: Vec<Comparison<'a>>,
    /// The best and the worst rank that it may truly have.
    pub(super) set: (usize, usize),
}

/// The areas that have no say about a rate.
#[derive(Default)]
pub(super) struct Silent<'a> {
    /// Those whose rate may be as far towards the end, with the reason.
    pub(super) absent: Vec<(&'a Area, LeftOut)>,
    /// Those left out on purpose whose rate is further towards it.
    pub(super) ahead: Vec<(&'a Area, LeftOut, Rate)>,
    /// Those left out on purpose whose rate is not known.
    pub(super) unknown: Vec<(&'a Area, LeftOut)>,
}

impl Checker {
    /// Where a rate stands, from either end.
    pub(super) fn standing<'a>(&'a self, here: Comparison<'a>, order: Order) -> Standing<'a> {
        let (mut ahead, mut joint) = (Vec::new(), Vec::new());
        for there in self.from_the_end(order) {
            match order.place(there.rate().cmp_value(&here.rate())) {
                Ordering::Less => ahead.push(there),
                Ordering::Equal if there.area() != here.area() => joint.push(there),
                Ordering::Equal => {}
                Ordering::Greater => break,
            }
        }
        let areas = self.league().len();
        let set = self.sets().and_then(|sets| sets.area(here.area().name()).ok());
        let (lower, upper) = set.map_or((1, areas), |set| (set.lower(), set.upper()));
        let set = match order {
            Order::Highest => (lower, upper),
            Order::Lowest => (areas + 1 - upper, areas + 1 - lower),
        };
        Standing { ahead, joint, set }
    }

    /// The areas compared, from an end.
    pub(super) fn from_the_end(&self, order: Order) -> Box<dyn Iterator<Item = Comparison<'_>> + '_> {
        match order {
            Order::Highest => Box::new(self.league().ranked()),
            Order::Lowest => Box::new(self.league().ranked().collect::<Vec<_>>().into_iter().rev()),
        }
    }

    /// The areas without a say about a rate.
    pub(super) fn silent(&self, rate: Rate, order: Order) -> Silent<'_> {
        let mut silent = Silent::default();
        for (row, (area, outcome)) in self.league().areas().enumerate() {
            let Err(why) = outcome else { continue };
            let bound = match why {
                // The figures of an area that was merged are in another one.
                LeftOut::ZeroPopulation | LeftOut::Merged { .. } => continue,
                LeftOut::Excluded(_) => {
                    match self.league().table().excluded_rate(row) {
                        None => silent.unknown.push((area, why)),
                        Some(its) if order.place(its.cmp_value(&rate)).is_lt() => silent.ahead.push((area, why, its)),
                        Some(_) => {}
                    }
                    continue;
                }
                LeftOut::NotKnown(Observation::Suppressed { at_most: Some(most) }) => Some(most),
                LeftOut::NotKnown(_)
                | LeftOut::NoPopulation
                | LeftOut::NotInBoth
                | LeftOut::NotInTable
                | LeftOut::OtherPolicy => None,
            };
            let most = bound.and_then(|most| Some(Rate::of(most, self.league().table().population(row)?)));
            // A suppressed count may be 0 whatever its bound.
            let reaches = order == Order::Lowest || most.is_none_or(|most| most.cmp_value(&rate).is_ge());
            if reaches {
                silent.absent.push((area, why));
            }
        }
        silent
    }
}
