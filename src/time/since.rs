//! The highest, or the lowest, since when.

use super::series::AreaSeries;
use crate::{
    base::{Result, layout},
    interval::{Confidence, Test},
    rate::{Order, Period, Rate},
};
use std::{cmp::Ordering, fmt};

/// Since when a rate is the highest, or the lowest: the last period before it whose rate was as high. Made by
/// [`AreaSeries::highest_since`].
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    order: Order,
    period: Period,
    rate: Rate,
    since: Option<(Period, Rate)>,
    first: Period,
    gaps: Vec<Period>,
    parts: Vec<Period>,
    /// The gaps and the parts in words.
    gaps_told: String,
    parts_told: String,
    /// The largest of the one-sided p-values against the periods between.
    p: Option<f64>,
    between: usize,
}

impl AreaSeries<'_> {
    /// Since when the rate of a period is the highest. Equal rates end the search, as do rates above it; gaps on the way are named, for any of them might.
    /// So are periods of which the count covers a part alone: six months of a year are no year, as figures have seasons, and are not compared with any.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let years = [("2014/15", 900), ("2015/16", 700), ("2016/17", 640), ("2018/19", 705), ("2019/20", 820)];
    /// let series = Series::from_rows(years.map(|(year, count)| ("Kent", year, count, 1_850_000)))?;
    /// let since = series.area("Kent")?.highest_since("2019/20".parse()?)?;
    /// assert_eq!(since.since(), Some("2014/15".parse()?));
    /// assert_eq!(since.to_string(), "the highest since 2014/15, with no figure for 2017/18");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`AreaSeries::rate`], and [`ErrorKind::LeftOut`](crate::ErrorKind::LeftOut) where the count covers a part of the period alone.
    pub fn highest_since(self, period: Period) -> Result<Since> {
        self.since(period, Order::Highest)
    }

    /// Since when the rate of a period is the lowest.
    ///
    /// # Errors
    /// As [`AreaSeries::highest_since`].
    pub fn lowest_since(self, period: Period) -> Result<Since> {
        self.since(period, Order::Lowest)
    }

    /// Since when the rate of the last period is the highest or the lowest, whichever reaches further back; `None` where neither passes over more than one
    /// period.
    pub(crate) fn furthest_since(self) -> Option<Since> {
        let last = self.series().periods().last().copied()?;
        let both = [self.highest_since(last), self.lowest_since(last)].into_iter().filter_map(Result::ok);
        both.filter(|found| found.between > 1).max_by_key(|found| found.between)
    }

    fn since(self, period: Period, order: Order) -> Result<Since> {
        let (at, rate) = (self.series().find(period)?, self.rate(period)?);
        if !self.parts_in(at..at + 1).is_empty() {
            let part = self.parts_in_words(&[period]);
            return Err(self.none(&format!("its count is of {part} alone, which compare with no whole period")));
        }
        let (mut since, mut p, mut between, mut from) = (None, None, 0, 0);
        for earlier in (0..at).rev() {
            let Some(other) = self.whole_rate_at(earlier) else { continue };
            let apart = match order {
                Order::Highest => other.cmp_value(&rate),
                Order::Lowest => rate.cmp_value(&other),
            };
            if apart != Ordering::Less {
                since = self.series().periods().get(earlier).map(|period| (*period, other));
                from = earlier + 1;
                break;
            }
            let tails = rate.ratio_to(other).significance(Test::Exact);
            let beyond = if order == Order::Highest { tails.upper() } else { tails.lower() };
            p = Some(p.map_or(beyond, |p: f64| p.max(beyond)));
            between += 1;
        }
        let (gaps, parts) = (self.unrated_in(from..at), self.parts_in(from..at));
        let (gaps_told, parts_told) = (self.series().runs_told(&gaps), self.parts_in_words(&parts));
        let first = self.series().periods().first().copied().unwrap_or(period);
        Ok(Since { order, period, rate, since, first, gaps, parts, gaps_told, parts_told, p, between })
    }

    /// The rate of a period by its place, where it is of all of it.
    pub(super) fn whole_rate_at(self, at: usize) -> Option<Rate> {
        let whole = self.cells().get(at).is_some_and(|cell| cell.is_whole(self.series().months()));
        self.rate_at(at).ok().filter(|_| whole)
    }

    /// Each period before another, the nearest first, with its rate, where it is of all of the period.
    pub(crate) fn whole_rates_before(self, period: Period) -> impl Iterator<Item = (Period, Rate)> {
        let all = self.series().periods().iter().copied().enumerate().rev();
        let before = all.filter(move |(_, other)| *other < period);
        before.filter_map(move |(at, other)| Some((other, self.whole_rate_at(at)?)))
    }
}

impl Since {
    /// Whether the highest or the lowest is meant.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The period.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// Its rate.
    #[must_use]
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// The last period before it that was as high; `None` where the series has none.
    #[must_use]
    pub fn since(&self) -> Option<Period> {
        self.since.map(|(period, _)| period)
    }

    /// The rate of that period.
    #[must_use]
    pub fn rate_then(&self) -> Option<Rate> {
        self.since.map(|(_, rate)| rate)
    }

    /// The first period of the series, beyond which nothing is known.
    #[must_use]
    pub const fn first(&self) -> Period {
        self.first
    }

    /// The runs of periods between the two that have no rate.
    #[must_use]
    pub fn gaps(&self) -> &[Period] {
        &self.gaps
    }

    /// The periods between the two of which the count covers a part alone, and which are not compared.
    #[must_use]
    pub fn parts(&self) -> &[Period] {
        &self.parts
    }

    /// Whether a period after another is not compared: it has no rate, or that of a part alone.
    pub(crate) fn passes_over_after(&self, since: Period) -> bool {
        self.gaps.iter().chain(&self.parts).any(|left_out| left_out.last_month() > since.last_month())
    }

    /// How many periods between the two have a lower rate (a higher one, of the lowest).
    #[must_use]
    pub const fn between(&self) -> usize {
        self.between
    }

    /// The largest of the one-sided exact p-values of equal rates against each period between; `None` where there is none between. What holds against
    /// each of them holds against all (an intersection-union test), so no correction is due for their number; it does not know how the period was picked.
    #[must_use]
    pub const fn p(&self) -> Option<f64> {
        self.p
    }

    /// Whether chance, of Poisson counts, does not account for it: nothing is missing on the way, nor there in part, and equal rates are refuted at a level
    /// against each period between.
    #[must_use]
    pub fn is_certain(&self, confidence: Confidence) -> bool {
        self.gaps.is_empty() && self.parts.is_empty() && self.p.is_some_and(|p| p <= confidence.alpha())
    }
}

/// Such as `the highest since March 2017`, or `the highest of the series, which begins in April 2015`.
impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = match self.since {
            Some((period, _)) => format!("since {period}"),
            None => format!("of the series, which begins in {}", self.first),
        };
        let gaps =
            if self.gaps.is_empty() { String::new() } else { format!(", with no figure for {}", self.gaps_told) };
        let parts = if self.parts.is_empty() { String::new() } else { format!(", {} not compared", self.parts_told) };
        layout::pad(f, &format!("the {} {since}{gaps}{parts}", self.order))
    }
}
