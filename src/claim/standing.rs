//! Who is ahead of an area, and who has no say.

use super::checker::Checker;
use crate::{
    forces::Body,
    league::{Comparison, LeagueTable},
    rate::{Order, Rate},
    table::{Area, LeftOut, Table},
};
use std::{cmp::Ordering, ops::RangeInclusive};

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
    /// Those whose rate is further towards it whatever their count is.
    pub(super) surely: Vec<(&'a Area, LeftOut)>,
    /// Those whose rate may be as far towards it, and no further.
    pub(super) tied: Vec<(&'a Area, LeftOut)>,
    /// Those whose rate cannot be as far, with the furthest that it can be.
    pub(super) short: Vec<(&'a Area, Rate)>,
    /// Those left out on purpose whose rate is further towards it.
    pub(super) ahead: Vec<(&'a Area, LeftOut, Rate)>,
    /// Those left out on purpose whose rate is not known.
    pub(super) unknown: Vec<(&'a Area, LeftOut)>,
}

impl Silent<'_> {
    /// The ranks that a rate of this rank of those compared may have among all.
    pub(super) fn ranks(&self, of_compared: usize) -> RangeInclusive<usize> {
        let first = of_compared + self.surely.len();
        first..=first + self.absent.len()
    }

    /// How many there are of which a rate is not known.
    pub(super) fn all(&self) -> usize {
        self.perhaps() + self.short.len()
    }

    /// How many may be as far.
    pub(super) fn perhaps(&self) -> usize {
        self.surely.len() + self.absent.len() + self.tied.len()
    }
}

impl Checker {
    /// Where a rate stands, from either end.
    pub(super) fn standing<'a>(&'a self, here: Comparison<'a>, order: Order) -> Standing<'a> {
        let (mut ahead, mut joint) = (Vec::new(), Vec::new());
        for there in self.seen_from(order) {
            match order.place(there.rate().cmp_value(&here.rate())) {
                Ordering::Less => ahead.push(there),
                Ordering::Equal if there.area() != here.area() => joint.push(there),
                Ordering::Equal => {}
                Ordering::Greater => break,
            }
        }
        let areas = self.league().len();
        let set = self.sets().and_then(|sets| sets.area(here.area().label()).ok());
        let (lower, upper) = set.map_or((1, areas), |set| (set.lower(), set.upper()));
        let set = match order {
            Order::Highest => (lower, upper),
            Order::Lowest => (areas + 1 - upper, areas + 1 - lower),
        };
        Standing { ahead, joint, set }
    }

    /// The areas compared, from an end.
    pub(super) fn seen_from(&self, order: Order) -> Box<dyn Iterator<Item = Comparison<'_>> + '_> {
        match order {
            Order::Highest => Box::new(self.league().ranked()),
            Order::Lowest => Box::new(self.league().ranked().collect::<Vec<_>>().into_iter().rev()),
        }
    }

    /// The rivals of an area whose rates are not known, by row, with the end of what each may be that is the nearer one to where an order
    /// begins, and the other.
    pub(super) fn rivals_within(&self, order: Order) -> impl Iterator<Item = (usize, &Area, [Option<Rate>; 2])> {
        let league = self.league();
        league.areas().enumerate().filter_map(move |(row, (area, outcome))| {
            Some((row, area, ends(league.table(), row, &outcome.err()?, order)?))
        })
    }

    /// The areas without a say about a rate.
    pub(super) fn silent(&self, rate: Rate, order: Order) -> Silent<'_> {
        silent(self.league(), rate, order)
    }
}

/// The areas of a league table without a say about a rate.
pub(super) fn silent(league: &LeagueTable, rate: Rate, order: Order) -> Silent<'_> {
    let mut silent = Silent::default();
    for (row, (area, outcome)) in league.areas().enumerate() {
        let Err(why) = outcome else { continue };
        if matches!(why, LeftOut::Excluded(_)) {
            // A total of others is no rival of theirs.
            match league.table().excluded_rate(row) {
                _ if area.code().and_then(Body::of).is_some_and(Body::is_total) => {}
                None => silent.unknown.push((area, why)),
                Some(its) if order.place(its.cmp_value(&rate)).is_lt() => silent.ahead.push((area, why, its)),
                Some(_) => {}
            }
            continue;
        }
        let Some([near, far]) = ends(league.table(), row, &why, order) else { continue };
        let place = |its: Option<Rate>| its.map(|its| order.place(its.cmp_value(&rate)));
        match (place(near), place(far)) {
            // Nothing undercuts zero.
            _ if order == Order::Lowest && rate.count() == 0 && near.is_none_or(|its| its.count() == 0) => {
                silent.tied.push((area, why));
            }
            (_, Some(Ordering::Less)) => silent.surely.push((area, why)),
            (Some(Ordering::Greater), _) => silent.short.extend(near.map(|its| (area, its))),
            _ => silent.absent.push((area, why)),
        }
    }
    silent
}

/// What the rate of an area that takes no part may be: the end that is the nearer one to where an order begins, and the other. None of what
/// is no rival, or was left out on purpose.
fn ends(table: &Table, row: usize, why: &LeftOut, order: Order) -> Option<[Option<Rate>; 2]> {
    let (least, most) = match why {
        // The figures of an area that was merged are in another one.
        LeftOut::ZeroPopulation | LeftOut::Merged { .. } | LeftOut::Total | LeftOut::Unplaced => return None,
        LeftOut::Excluded(_) => return None,
        LeftOut::NotKnown(observation) => observation.ends(),
        LeftOut::NoPopulation
        | LeftOut::PartNotKnown { .. }
        | LeftOut::OnlyBefore
        | LeftOut::OnlyAfter
        | LeftOut::NotInTable
        | LeftOut::OtherPolicy => (0, None),
    };
    let population = table.population(row);
    let [least, most] = [Some(least), most].map(|count| Some(Rate::of(count?, population?)));
    Some(if order == Order::Highest { [most, least] } else { [least, most] })
}
