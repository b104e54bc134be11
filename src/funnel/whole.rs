//! The pooled average of the others, of every area of a league table and at any place of a picture.

use super::{law::Law, rest::Rest};
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

    /// What it is without so many people who have this count.
    fn without(self, count: f64, people: f64) -> Option<Rest> {
        let Self { sums, squares } = self;
        Rest::new(sums.count() as f64 - count, sums.population() as f64 - people, squares - people * people)
    }

    /// The law of an area of which so much is expected, where it has this count.
    pub(super) fn rate_at(self, expected: f64, count: f64) -> Result<Law, Undefined> {
        let others = self.sums.count() as f64 - count;
        let people = self.sums.population() as f64 * (expected / (others + expected));
        let rest = self.without(count, people).ok_or(Undefined::NothingExpected)?;
        Ok(Law::poisson(expected)?.beside_rest(Some(rest)))
    }

    /// The law of a part of so large a total, where it has this count.
    pub(super) fn proportion_at(self, total: u64, count: f64) -> Result<Law, Undefined> {
        let rest = self.without(count, total as f64).ok_or(Undefined::NothingExpected)?;
        Law::part(total, rest.count() / (rest.people() - rest.count()), total as f64 * (rest.count() / rest.people()))
            .map(|law| law.beside_rest(Some(rest)))
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

/// For each area that takes part the others, where it is compared with their pooled average.
pub(super) fn rests(league: &LeagueTable) -> Vec<Option<Rest>> {
    let average = league.how().average();
    if average.rule() != Rule::Pooled || average.with_self() {
        return vec![None; league.len()];
    }
    let people = |place: usize| league.rates().get(place).map_or(0, |rate| rate.population().get());
    let sum = |places: &[usize]| places.iter().map(|place| square(people(*place))).sum::<f64>();
    let mut squares = vec![sum(&(0..league.len()).collect::<Vec<_>>()); league.len()];
    for (list, members) in league.groups().into_iter().flat_map(|groups| groups.lists().enumerate()) {
        let present: Vec<usize> = members.iter().filter_map(|area| league.place(*area)).collect();
        let found = sum(&present);
        for place in present {
            let area = league.compared_places().get(place).copied();
            let own = league.groups().zip(area).and_then(|(groups, area)| groups.of(area)) == Some(list);
            if let Some(to) = squares.get_mut(place).filter(|_| own) {
                *to = found;
            }
        }
    }
    let rest = |(place, squares): (usize, f64)| {
        let sums = league.at(place)?.average().ok()?.sums()?;
        Rest::new(sums.count() as f64, sums.population() as f64, squares - square(people(place)))
    };
    squares.into_iter().enumerate().map(rest).collect()
}

fn square(people: u64) -> f64 {
    people as f64 * people as f64
}
