//! The pooled average of the others, of every area of a league table and at any place of a picture.

use super::{
    law::Law,
    moments::Part,
    rest::{Against, Rest},
};
use crate::{average::Rule, base::Undefined, league::LeagueTable, rate::Tally};

/// What some areas have together, and the sum of squares of their people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Whole {
    sums: Tally,
    squares: f64,
}

impl Whole {
    /// Of all areas, where each is compared with the pooled average of all others.
    pub(super) fn of(league: &LeagueTable) -> Option<Self> {
        let average = league.how().average();
        let apart = average.rule() == Rule::Pooled && !average.with_self() && average.over_which().is_everyone();
        let sums = league.average_of_all().ok()?.sums()?;
        apart.then(|| Self { sums, squares: league.rates().iter().map(|rate| square(rate.population().get())).sum() })
    }

    /// What it is without n people who have this count.
    fn without(self, count: f64, people: f64) -> Option<Rest> {
        let Self { sums, squares } = self;
        Rest::new(sums.count() as f64 - count, sums.population() as f64 - people, squares - people * people)
    }

    /// The law of an area of which so much is expected, where it has this count.
    pub(super) fn rate_at(self, expected: f64, count: f64) -> Result<Law, Undefined> {
        let others = self.sums.count() as f64 - count;
        let people = self.sums.population() as f64 * (expected / (others + expected));
        let rest = self.without(count, people).ok_or(Undefined::NothingExpected)?;
        Ok(Law::poisson(expected)?.against(Against::Others(rest)))
    }

    /// The law of a part of so large a total, where it has this count.
    pub(super) fn proportion_at(self, total: u64, count: f64) -> Result<Law, Undefined> {
        let rest = self.without(count, total as f64).ok_or(Undefined::NothingExpected)?;
        Law::part(total, rest.count() / (rest.people() - rest.count()), total as f64 * (rest.count() / rest.people()))
            .map(|law| law.against(Against::Others(rest)))
    }

    /// The most that an area can have where the others have any.
    pub(super) fn most(self) -> f64 {
        self.sums.count() as f64 - 1.0
    }

    /// What a total has where the area is as the others are.
    pub(super) fn usual(self, total: f64) -> f64 {
        total * (self.sums.count() as f64 / self.sums.population() as f64)
    }
}

/// For each area that takes part what it is compared with.
pub(super) fn targets(league: &LeagueTable) -> Vec<Against> {
    let average = league.how().average();
    if average.rule() != Rule::Pooled {
        return vec![Against::Known; league.len()];
    }
    if average.with_self() {
        return parts(league).into_iter().map(Against::All).collect();
    }
    let rest = |(place, (_, squares)): (usize, (f64, f64))| {
        let sums = league.at(place)?.average().ok()?.sums()?;
        Rest::new(sums.count() as f64, sums.population() as f64, squares - square(people(league, place)))
    };
    let sums = sums_of_people(league, &lists_of(league));
    sums.into_iter().enumerate().map(|it| rest(it).map_or(Against::Known, Against::Others)).collect()
}

/// For each area that takes part what it is of the average of all, or of its group.
pub(super) fn parts(league: &LeagueTable) -> Vec<Part> {
    let sums = sums_of_people(league, &lists_of(league)).into_iter().enumerate();
    let part = |(place, (all, squares)): (usize, (f64, f64))| Part {
        share: people(league, place) as f64 / all,
        squares: squares / all / all,
    };
    sums.map(part).collect()
}

/// For each area that takes part the number of its group, and how many groups there are: one where areas are compared with the average of all.
/// `None` where groups overlap.
pub(super) fn apart(league: &LeagueTable) -> Option<(Vec<usize>, usize)> {
    let Some(groups) = league.groups() else { return Some((vec![0; league.len()], 1)) };
    let lists = lists_of(league);
    let own = |place: &usize| groups.of(*league.compared_places().get(*place)?);
    let mut numbers = vec![None; league.len()];
    for (number, list) in lists.iter().enumerate() {
        let owners = list.iter().filter(|place| own(place) == Some(number)).count();
        if owners > 0 && owners < list.len() {
            return None;
        }
        for place in list.iter().filter(|_| owners > 0) {
            *numbers.get_mut(*place)? = Some(number);
        }
    }
    // An area without a group is in none of the sums.
    let numbers = numbers.into_iter().map(|number| number.unwrap_or(lists.len()));
    Some((numbers.collect(), lists.len()))
}

/// For each group the areas that take part, by their places among those; a single one of all where there are none.
fn lists_of(league: &LeagueTable) -> Vec<Vec<usize>> {
    let of = |members: &[usize]| members.iter().filter_map(|area| league.place(*area)).collect();
    league.groups().map_or_else(|| vec![(0..league.len()).collect()], |groups| groups.lists().map(of).collect())
}

/// For each area that takes part the people of its group, and the sum of squares of the people of each of its areas.
fn sums_of_people(league: &LeagueTable, lists: &[Vec<usize>]) -> Vec<(f64, f64)> {
    let sums = |list: &Vec<usize>| {
        let people = list.iter().map(|place| people(league, *place));
        people.fold((0.0, 0.0), |(all, squares), people| (all + people as f64, squares + square(people)))
    };
    let sums: Vec<(f64, f64)> = lists.iter().map(sums).collect();
    let own = |area: &usize| match league.groups() {
        None => sums.first().copied(),
        Some(groups) => sums.get(groups.of(*area)?).copied(),
    };
    league.compared_places().iter().map(|area| own(area).unwrap_or_default()).collect()
}

fn people(league: &LeagueTable, place: usize) -> u64 {
    league.rates().get(place).map_or(0, |rate| rate.population().get())
}

fn square(people: u64) -> f64 {
    people as f64 * people as f64
}
