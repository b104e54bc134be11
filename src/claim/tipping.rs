//! How wrong figures would have to be for a sentence to fail.
//!
//! All points are whole numbers, from cross products of whole numbers; where these do not fit there is none. Beside a mean or a median of rates
//! they are found by halving, as such an average has one's own rate in it.

use super::{bench::Bench, factor::Factor, side::Side};
use crate::{
    base::{digits, words},
    rate::{Population, Rate},
    table::Nouns,
};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// How wrong the figures would have to be for a sentence that they say to fail: the nearest whole numbers at which it does, each with all
/// else as it is.
///
/// Of a figure that has to print so ("46 % above") they are those at which the rate is no longer on that side.
///
/// ```
/// use crimerate::{Average, Claim, Per, Table};
///
/// let table = Table::from_rows([("A", 60, 1_000), ("B", 40, 1_000), ("C", 10, 1_000)])?;
/// let checked = table.compare(Average::POOLED).claims(Per::THOUSAND).check(&Claim::highest("A"))?;
/// let tipping = checked.tipping().unwrap();
/// assert_eq!(tipping.population().unwrap().fails_at(), 1_501); // 60 among 1,501 people are fewer than 40 among 1,000
/// assert_eq!((tipping.count().unwrap().area(), tipping.count().unwrap().fails_at()), ("B", 61));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tipping {
    /// Whether the sentence says that the rate is high, so that it fails at this population and above, at this count elsewhere and above;
    /// else at this population and below, at this count of its own and above, at this count elsewhere and below.
    high: bool,
    /// What the population is multiplied by to get what the rate is on.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    months: NonZeroU32,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<TippingPoint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<TippingPoint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<TippingPoint>,
}

/// One number at which a sentence fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TippingPoint {
    area: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<u64>,
    fails_at: u64,
}

impl TippingPoint {
    /// Whose number it is: an area, or `the other areas`.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.area
    }

    /// What it is now, where that is known.
    #[must_use]
    pub const fn now(&self) -> Option<u64> {
        self.now
    }

    /// The nearest number at which the sentence fails.
    #[must_use]
    pub const fn fails_at(&self) -> u64 {
        self.fails_at
    }

    /// By how many per cent it would have to be larger or, negative, smaller.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let now = self.now.filter(|now| *now > 0)?;
        Some(100.0 * (self.fails_at as f64 - now as f64) / now as f64)
    }

    /// How many per cent of a count would have to be unrecorded.
    #[must_use]
    pub fn unrecorded(&self) -> Option<f64> {
        let now = self.now.filter(|now| *now < self.fails_at)?;
        Some(100.0 * (self.fails_at - now) as f64 / self.fails_at as f64)
    }
}

impl Tipping {
    /// The population of the area at which the sentence fails.
    #[must_use]
    pub const fn population(&self) -> Option<&TippingPoint> {
        self.population.as_ref()
    }

    /// The count at which the sentence fails, were there offences that are not recorded: of what the rate is higher than, or of the area
    /// itself where its rate is said to be low. None of what is higher than a mean or a median of rates, of which no count is known to be a part.
    #[must_use]
    pub const fn count(&self) -> Option<&TippingPoint> {
        self.count.as_ref()
    }

    /// For each area whose count is not known the count at which its rate would be beyond.
    #[must_use]
    pub fn missing(&self) -> &[TippingPoint] {
        &self.missing
    }

    /// Of the rate of an area that is on a side of k times something; of `just` k times, too, unless equality fails.
    pub(super) fn against(
        area: &str,
        rate: Rate,
        factor: Factor,
        bench: (Bench, &str),
        side: Side,
        just: bool,
    ) -> Option<Self> {
        let (bench, whose) = bench;
        let (count, people) = (u128::from(rate.count()), u128::from(rate.population().get()));
        let (figure, unit, own, others) = match bench {
            Bench::Sums { sums, own } => (sums.count(), sums.population(), own, true),
            Bench::Given { over, under, .. } => (over, under, false, false),
            Bench::Double(_) => return None,
        };
        // The rate is to `bound` as `figure` times `over` is to `unit` times `under`.
        let (bound, unit) = (figure.checked_mul(factor.over)?, unit.checked_mul(factor.under)?);
        let scaled = count.checked_mul(factor.under)?;
        // Of an average that holds the area its own population is a part.
        let population = match own {
            false => count.checked_mul(unit).and_then(|product| turn(product, bound, side == Side::More, just)),
            true => {
                let rest = unit.checked_sub(people.checked_mul(factor.under)?)?;
                let product = count.checked_mul(rest);
                product.and_then(|product| turn(product, bound.checked_sub(scaled)?, side == Side::More, just))
            }
        };
        let count = match (side, own) {
            (Side::More, _) if !others => None,
            (Side::More, false) => {
                count.checked_mul(unit).and_then(|product| turn(product, people.checked_mul(factor.over)?, true, just))
            }
            (Side::More, true) => count.checked_mul(unit).and_then(|product| {
                turn(product, people.checked_mul(factor.over)?, true, just)?.checked_sub(rate.count())
            }),
            (Side::Less, false) => bound.checked_mul(people).and_then(|product| turn(product, unit, true, just)),
            (Side::Less, true) => {
                let (rest, share) = (figure.checked_sub(count)?, people.checked_mul(factor.over)?);
                let product = rest.checked_mul(share);
                product.and_then(|product| turn(product, unit.checked_sub(share)?, true, just))
            }
        };
        let now = match (side, bench) {
            (Side::More, Bench::Sums { sums, own }) if own => u64::try_from(sums.without(rate).count()).ok(),
            (Side::More, Bench::Sums { sums, .. }) => u64::try_from(sums.count()).ok(),
            (Side::More, _) => None,
            (Side::Less, _) => Some(rate.count()),
        };
        let whose = if side == Side::More { whose } else { area };
        Self {
            high: side == Side::More,
            months: NonZeroU32::MIN,
            population: Self::point(area, Some(rate.population().get()), population.filter(|people| *people > 0)),
            count: now.and_then(|now| Self::point(whose, Some(now), count)),
            missing: Vec::new(),
        }
        .some()
    }

    /// Beside an average that its own rate may be a part of, where whether it holds turns once as the rate rises.
    pub(super) fn against_rates(area: &str, rate: Rate, side: Side, holds: impl Fn(Rate) -> bool) -> Option<Self> {
        let (count, people, high) = (rate.count(), rate.population(), side == Side::More);
        let on = |people: u64| Population::new(people).is_ok_and(|people| holds(Rate::of(count, people)));
        let people = people.get();
        let population = match high {
            true => first_beyond(people, u64::MAX, |more| !on(more)),
            false => first_beyond(0, people - 1, |fewer| !on(people - fewer)).map(|fewer| people - fewer),
        };
        let count = (!high).then(|| first_beyond(count, u64::MAX, |more| !holds(Rate::of(more, rate.population()))));
        Self {
            high,
            months: NonZeroU32::MIN,
            population: Self::point(area, Some(people), population),
            count: Self::point(area, Some(rate.count()), count.flatten()),
            missing: Vec::new(),
        }
        .some()
    }

    /// The same of people, where populations were multiplied by months.
    pub(super) fn in_people(self, months: NonZeroU32) -> Option<Self> {
        let times = u64::from(months.get());
        let high = self.high;
        let people = |point: TippingPoint| {
            let fails_at = if high { point.fails_at.div_ceil(times) } else { point.fails_at / times };
            let point = TippingPoint { now: point.now.map(|now| now / times), fails_at, ..point };
            (fails_at > 0).then_some(point)
        };
        Self { months, population: self.population.and_then(people), ..self }.some()
    }

    /// The same without a count, where there is anything else.
    pub(super) fn without_count(self) -> Option<Self> {
        Self { count: None, ..self }.some()
    }

    /// The same, with the areas whose counts are not known.
    pub(super) fn with_missing<'a>(
        this: Option<Self>,
        rate: Rate,
        side: Side,
        missing: impl Iterator<Item = (&'a str, Option<Population>)>,
    ) -> Option<Self> {
        let (count, people) = (u128::from(rate.count()), u128::from(rate.population().get()));
        let point = |(area, population): (&str, Option<Population>)| {
            let product = count.checked_mul(population?.get().into())?;
            Self::point(area, None, turn(product, people, side == Side::More, true))
        };
        let missing = missing.filter_map(point).collect();
        let none = Self {
            high: side == Side::More,
            months: NonZeroU32::MIN,
            population: None,
            count: None,
            missing: Vec::new(),
        };
        Self { missing, ..this.unwrap_or(none) }.some()
    }

    fn point(area: &str, now: Option<u64>, fails_at: Option<u64>) -> Option<TippingPoint> {
        Some(TippingPoint { area: area.into(), now, fails_at: fails_at? })
    }

    fn some(self) -> Option<Self> {
        let some = self.population.is_some() || self.count.is_some() || !self.missing.is_empty();
        some.then_some(self)
    }

    /// Whether it tells nothing but what areas without a known count would need.
    pub(super) const fn is_of_missing(&self) -> bool {
        self.population.is_none() && self.count.is_none()
    }

    /// Whether it goes with the rate that it is read back with.
    pub(super) fn goes_with(&self, rate: Option<Rate>) -> bool {
        let people = self.population.as_ref().is_none_or(|point| {
            let now = rate.map(|rate| rate.population().get());
            let beyond = |now| if self.high { point.fails_at > now } else { (1..now).contains(&point.fails_at) };
            let now = now.map(|now| now / u64::from(self.months.get()));
            point.now == now && now.is_some_and(beyond)
        });
        people && self.count.as_ref().is_none_or(|point| point.now.is_some_and(|now| point.fails_at > now))
    }

    /// In a sentence or two, of which the first says what holds, such as `It holds`.
    pub(super) fn told(&self, nouns: &Nouns, holds: &str) -> String {
        let population = self.population.as_ref().and_then(|point| {
            let now = point.now?;
            let (larger, apart) = (point.fails_at > now, point.fails_at.abs_diff(now));
            let (share, at) = (share(apart, now), digits::grouped(point.fails_at));
            Some(match nouns.no_people() {
                Some(noun) => format!("there were {share} % {} {noun} ({at})", if larger { "more" } else { "fewer" }),
                None => format!("its population is {share} % {} ({at})", if larger { "larger" } else { "smaller" }),
            })
        });
        let count = self.count.as_ref().and_then(|point| {
            let apart = point.fails_at.checked_sub(point.now?)?;
            let (share, at) = (share(apart, point.fails_at), digits::grouped(point.fails_at));
            let (noun, area) = (nouns.count_noun(false), words::one_line(&point.area));
            if point.now == Some(0) {
                return Some(format!("{area} had {}", nouns.counts(point.fails_at)));
            }
            Some(format!("{share} % of the {noun} in {area} were unrecorded ({at} in all)"))
        });
        let unless: Vec<String> = [population, count].into_iter().flatten().collect();
        let mut told = Vec::new();
        if !unless.is_empty() {
            told.push(format!("{holds} unless {}.", unless.join(", or ")));
        }
        const TOLD: usize = 5;
        for point in self.missing.iter().take(TOLD) {
            let (area, counts) = (words::one_line(&point.area), nouns.counts(point.fails_at));
            told.push(match self.high {
                true => format!("{area} would need {counts} to be higher."),
                false => format!("{area} would need no more than {counts} to be lower."),
            });
        }
        told.join(" ")
    }
}

/// The nearest number at which a sentence fails that fails as the number rises, or falls, to `over / under`: just there, or, where
/// just there still holds, beyond.
fn turn(over: u128, under: u128, rises: bool, just: bool) -> Option<u64> {
    let floor = over.checked_div(under)?;
    let whole = over.is_multiple_of(under);
    let number = match (rises, just) {
        (true, false) => floor + u128::from(!whole),
        (true, true) => floor.checked_add(1)?,
        (false, false) => floor,
        (false, true) => {
            if whole {
                floor.checked_sub(1)?
            } else {
                floor
            }
        }
    };
    u64::try_from(number).ok()
}

/// The first number beyond one and up to another at which something fails that fails from there on.
fn first_beyond(holds_at: u64, most: u64, fails: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut holds_at, mut fails_at) = (holds_at, (most > holds_at && fails(most)).then_some(most)?);
    while fails_at - holds_at > 1 {
        let middle = holds_at + (fails_at - holds_at) / 2;
        if fails(middle) {
            fails_at = middle;
        } else {
            holds_at = middle;
        }
    }
    Some(fails_at)
}

const fn one() -> NonZeroU32 {
    NonZeroU32::MIN
}

const fn is_one(months: &NonZeroU32) -> bool {
    months.get() == 1
}

/// Per cent with two significant digits or all those before the point, and with more where a part would be all.
fn share(part: u64, whole: u64) -> String {
    let percent = 100.0 * part as f64 / whole as f64;
    let decimals = (digits::decimals(percent) - 1).min(6);
    let shown = |decimals| digits::exact(100 * u128::from(part), whole.into(), decimals);
    (decimals..decimals + 6)
        .map(shown)
        .find(|text| part >= whole || !digits::shows_all(text))
        .unwrap_or_else(|| shown(decimals + 6))
}
