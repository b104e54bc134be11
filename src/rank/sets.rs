//! The ranks that each area may truly have.
//!
//! Marginal sets are worked out when they are asked for, an area at a time.

use super::{
    pairs::{Around, Decision, Pairs},
    spec::{Family, Spec},
};
use crate::{
    base::{Note, Result, Topic, Undefined, digits, each, layout, words},
    interval::{RateDifference, RateRatio, Test, variation},
    league::{Comparison, LeagueTable, Rank, Ties},
    rate::{Order, Rate},
    table::Area,
};
use std::fmt;

/// The ranks that each area may truly have, at a confidence level: how sure a league table is of its order.
///
/// Given the sum of two counts, the first is binomial with the odds `n1/n2` if the true rates are equal. Of every pair
/// it is tested which rate is surely higher, and by Holm's method (1979) all tests of the family together err with a
/// probability of at most 1 - level. A set runs from 1 + the number of areas that are surely before the area to the
/// number of all areas less those that are surely behind it (after Mogstad, Romano, Shaikh and Wilhelm 2024; Klein,
/// Wright and Wieczorek 2020). It is about true rates: where they are equal, it holds every place that they share.
///
/// A [`Family::Marginal`] set holds the true rank of one area that was chosen beforehand, with the probability that
/// the level says; [`Family::Simultaneous`] sets hold those of all areas at once. Only the latter allow to say of
/// the area that came out first that it is first. Nothing is random. More on this: [the module](crate::rank)
///
/// ```
/// use crimerate::{Average, Table, rank};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000), ("D", 0, 2_000)])?;
/// let sets = table.compare(Average::POOLED).rank_sets(rank::Family::Simultaneous)?;
/// assert_eq!(sets.area("A")?.to_string(), "A: rank 1, set 1 to 3 of 4");
/// assert_eq!(sets.among_first(1).map(|set| set.area().name()).collect::<Vec<_>>(), ["A", "C", "D"]);
/// assert!(sets.pair("A", "B")?.significant());
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sets {
    league: LeagueTable,
    spec: Spec,
    pairs: Pairs,
    /// For each area compared, its place from the highest rate to the lowest.
    places: Vec<usize>,
    /// Of the family of all pairs.
    all: Option<(Vec<Around>, Decision)>,
}

/// The ranks that one area may truly have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set<'a> {
    area: &'a Area,
    rank: Rank,
    lower: usize,
    upper: usize,
    of: usize,
}

/// Two areas of [`Sets`]: which of their rates is surely higher, if either. [`Sets::against`] is the table of one
/// area compared with all others.
///
/// ```
/// use crimerate::{Average, Per, Table, rank};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
/// let sets = table.compare(Average::POOLED).rank_sets(rank::Family::Simultaneous)?;
/// let pair = sets.pair("A", "B")?;
/// assert_eq!(format!("{:+.1}", pair.difference().per(Per::THOUSAND)), "+0.6 per 1,000");
/// assert_eq!(pair.to_string(), "A against B: surely higher, 2.00 times (p 0.0010, significant up to 0.0125)");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<'a> {
    first: &'a Area,
    second: &'a Area,
    ratio: RateRatio,
    p_higher: f64,
    p_lower: f64,
    verdict: Decision,
}

impl LeagueTable {
    /// The ranks that each area may truly have; a [`Family`], a [`Confidence`](crate::Confidence), a [`Test`](crate::interval::Test) or a
    /// family with either or both will do.
    ///
    /// Simultaneous sets are worked out here, marginal ones when they are asked for. Time is in proportion to the pairs
    /// (some 15 ns each), memory to the areas and to those few pairs whose p-values lie between the smallest of Holm's
    /// thresholds and about twice that.
    ///
    /// # Errors
    /// [`Undefined::DenseRanks`] where the league table has dense ranks: they count rates, not areas.
    pub fn rank_sets(&self, spec: impl Into<Spec>) -> Result<Sets, Undefined> {
        if self.how().ties() == Ties::Dense {
            return Err(Undefined::DenseRanks);
        }
        let spec = spec.into();
        let mut listing = self.ranking().listing().to_vec();
        if self.ranking().order() == Order::Lowest {
            listing.reverse();
        }
        let rates: Vec<Rate> = listing.iter().filter_map(|&index| self.rates().get(index).copied()).collect();
        let mut places = vec![0; listing.len()];
        for (place, index) in listing.into_iter().enumerate() {
            if let Some(slot) = places.get_mut(index) {
                *slot = place;
            }
        }
        let pairs = Pairs::new(&rates, spec);
        let all = (spec.family() == Family::Simultaneous).then(|| pairs.simultaneous());
        Ok(Sets { league: self.clone(), spec, pairs, places, all })
    }
}

impl Sets {
    /// The league table that was asked.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// How the sets were made.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.spec
    }

    /// The set of an area, by its name or else its code.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn area(&self, area: &str) -> Result<Set<'_>> {
        let index = self.index(area)?;
        self.at(index).ok_or_else(|| self.league.table().unknown(area))
    }

    /// The sets of all areas that take part, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Set<'_>> {
        (0..self.places.len()).filter_map(|index| self.at(index))
    }

    /// The areas that may be among the first k: those whose set begins there. Of simultaneous sets, all that
    /// truly are among them are here, with the probability that the level says.
    pub fn among_first(&self, k: usize) -> impl Iterator<Item = Set<'_>> {
        self.iter().filter(move |set| set.lower <= k)
    }

    /// The areas that may be among the last k.
    pub fn among_last(&self, k: usize) -> impl Iterator<Item = Set<'_>> {
        self.iter().filter(move |set| set.upper.saturating_add(k) > set.of)
    }

    /// Two areas, and whether one rate is surely higher than the other. Of marginal sets, the family is that of the
    /// first area.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn pair(&self, first: &str, second: &str) -> Result<Pair<'_>> {
        let (first, other) = (self.index(first)?, self.index(second)?);
        self.pair_at(first, other, self.verdict(first)).ok_or_else(|| self.league.table().unknown(second))
    }

    /// An area compared with every other, in the order of the table.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn against(&self, area: &str) -> Result<impl Iterator<Item = Pair<'_>>> {
        let first = self.index(area)?;
        let verdict = self.verdict(first);
        let others = (0..self.places.len()).filter(move |other| *other != first);
        Ok(others.filter_map(move |other| self.pair_at(first, other, verdict)))
    }

    /// What has to be reported with the sets, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.spec.notes(self.league.len())
    }

    /// The place of an area among those that take part.
    fn index(&self, area: &str) -> Result<usize> {
        Ok(self.league.find(area)?.0)
    }

    /// The set of the area in a row of the table.
    pub(crate) fn row(&self, row: usize) -> Option<Set<'_>> {
        self.at(self.league.place(row)?)
    }

    fn at(&self, index: usize) -> Option<Set<'_>> {
        let place = *self.places.get(index)?;
        let around = match &self.all {
            Some((all, _)) => *all.get(place)?,
            None => self.pairs.marginal(place).0,
        };
        let (before, behind) = match self.league.ranking().order() {
            Order::Highest => (around.higher, around.lower),
            Order::Lowest => (around.lower, around.higher),
        };
        let comparison = self.league.at(index)?;
        let of = self.places.len();
        let (area, rank) = (comparison.area(), comparison.rank());
        Some(Set { area, rank, lower: 1 + before, upper: of - behind.min(of), of })
    }

    fn verdict(&self, index: usize) -> Decision {
        match &self.all {
            Some((_, verdict)) => *verdict,
            None => self.pairs.marginal(self.places.get(index).copied().unwrap_or(usize::MAX)).1,
        }
    }

    fn pair_at(&self, first: usize, second: usize, verdict: Decision) -> Option<Pair<'_>> {
        let [place, other] = [*self.places.get(first)?, *self.places.get(second)?];
        let [a, b]: [Comparison<'_>; 2] = [self.league.at(first)?, self.league.at(second)?];
        Some(Pair {
            first: a.area(),
            second: b.area(),
            ratio: a.rate().ratio_to(b.rate()),
            p_higher: self.pairs.p(place, other)?,
            p_lower: self.pairs.p(other, place)?,
            verdict,
        })
    }
}

each!(Sets, Set<'a>);

impl Spec {
    /// What has to be reported with sets of as many areas.
    pub(crate) fn notes(self, areas: usize) -> Vec<Note> {
        let tests = match self.family() {
            Family::Marginal => 2 * (areas as u128).saturating_sub(1),
            Family::Simultaneous => areas as u128 * (areas as u128).saturating_sub(1),
        };
        let (whose, of) = match self.family() {
            Family::Marginal => ("each for one area chosen beforehand", " for each area"),
            Family::Simultaneous => ("for all areas at once", ""),
        };
        let how = match (self.dispersion(), self.test()) {
            (Some(_), test) => {
                format!(
                    "one-sided {test} binomial tests, tests of square roots and, where fewer than 100 are expected, beta-binomial tests, of each pair the largest p-value"
                )
            }
            (None, test) => format!("one-sided {test} binomial tests"),
        };
        let (family, level, tests) = (self.family(), self.confidence(), digits::grouped(tests));
        let variation = variation(self.dispersion());
        let caution = match (self.dispersion(), self.test()) {
            (Some(_), _) => Some("The tests are approximate, so the level is not guaranteed."),
            (None, Test::MidP) => Some("Mid-p sets carry no guarantee of their level."),
            (None, Test::Exact) => None,
        };
        let sets = format!("Rank sets: {family} at {level}, {whose}; {tests} {how}{of}, by Holm.");
        let told = [Some(sets), caution.map(Into::into), Some(format!("{variation}."))];
        told.into_iter().flatten().map(|text| Note::new(Topic::RankSets, text)).collect()
    }
}

impl<'a> Set<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// The rank in the league table.
    #[must_use]
    pub const fn rank(&self) -> Rank {
        self.rank
    }

    /// The best rank that the area may have.
    #[must_use]
    pub const fn lower(&self) -> usize {
        self.lower
    }

    /// The worst rank that the area may have.
    #[must_use]
    pub const fn upper(&self) -> usize {
        self.upper
    }

    /// How many areas are compared.
    #[must_use]
    pub const fn of(&self) -> usize {
        self.of
    }

    /// Whether the area may have this rank.
    #[must_use]
    pub const fn contains(&self, rank: usize) -> bool {
        self.lower <= rank && rank <= self.upper
    }

    /// The set in words, such as `2 to 4`, or `1`.
    pub(crate) fn places(&self) -> String {
        words::from_to(self.lower, self.upper)
    }

    /// The only rank that the area may have, where there is just one.
    #[must_use]
    pub const fn only(&self) -> Option<usize> {
        if self.lower == self.upper { Some(self.lower) } else { None }
    }
}

/// Such as `West Midlands: rank 2, set 2 to 4 of 37`.
impl fmt::Display for Set<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = digits::grouped(self.of as u64);
        layout::pad(f, &format!("{}: rank {}, set {} of {of}", self.area, self.rank, self.places()))
    }
}

impl<'a> Pair<'a> {
    /// The first area.
    #[must_use]
    pub const fn first(&self) -> &'a Area {
        self.first
    }

    /// The second area.
    #[must_use]
    pub const fn second(&self) -> &'a Area {
        self.second
    }

    /// The first rate over the second.
    #[must_use]
    pub const fn ratio(&self) -> RateRatio {
        self.ratio
    }

    /// The first rate less the second.
    #[must_use]
    pub const fn difference(&self) -> RateDifference {
        self.ratio.rate().minus(self.ratio.base())
    }

    /// The one-sided p-value of the first rate being higher: how often chance alone makes it seem so much higher, or
    /// more.
    #[must_use]
    pub const fn p_higher(&self) -> f64 {
        self.p_higher
    }

    /// The one-sided p-value of the first rate being lower.
    #[must_use]
    pub const fn p_lower(&self) -> f64 {
        self.p_lower
    }

    /// The largest one-sided p-value that is significant in the family.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.verdict.threshold()
    }

    /// Whether the first rate is surely higher, at the level of the sets.
    #[must_use]
    pub fn higher(&self) -> bool {
        self.ratio.rate().cmp_value(&self.ratio.base()).is_gt() && self.verdict.significant(self.p_higher)
    }

    /// Whether the first rate is surely lower, at the level of the sets.
    #[must_use]
    pub fn lower(&self) -> bool {
        self.ratio.rate().cmp_value(&self.ratio.base()).is_lt() && self.verdict.significant(self.p_lower)
    }

    /// Whether either is.
    #[must_use]
    pub fn significant(&self) -> bool {
        self.higher() || self.lower()
    }
}

/// Such as `A against B: surely higher, 2.00 times (p 0.0010, significant up to 0.0125)`.
impl fmt::Display for Pair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (said, p) = match (self.higher(), self.lower()) {
            (true, _) => ("surely higher", self.p_higher),
            (_, true) => ("surely lower", self.p_lower),
            _ => ("not surely higher or lower", self.p_higher.min(self.p_lower)),
        };
        let ratio = self.ratio.value();
        let times = ratio.map_or_else(String::new, |ratio| format!(", {} times", digits::fixed(ratio, 2)));
        let [p, most] = [p, self.threshold()].map(|p| digits::probability(p, 0.0));
        let (first, second) = (self.first, self.second);
        layout::pad(f, &format!("{first} against {second}: {said}{times} (p {p}, significant up to {most})"))
    }
}
