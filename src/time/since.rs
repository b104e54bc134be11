//! The highest, or the lowest, since when.

use super::series::{AreaSeries, in_words};
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
    /// The largest of the one-sided p-values against the periods between.
    p: Option<f64>,
    between: usize,
}

impl AreaSeries<'_> {
    /// Since when the rate of a period is the highest. Equal rates end the search, as do rates above it; gaps on the way are named, for any of them might.
    /// All periods of a series are equally long; parts of periods are compared by their exposure, and seasons stay in.
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
    /// As [`AreaSeries::rate`].
    pub fn highest_since(self, period: Period) -> Result<Since> {
        self.since(period, Order::Highest)
    }

    /// Since when the rate of a period is the lowest.
    ///
    /// # Errors
    /// As [`AreaSeries::rate`].
    pub fn lowest_since(self, period: Period) -> Result<Since> {
        self.since(period, Order::Lowest)
    }

    fn since(self, period: Period, order: Order) -> Result<Since> {
        let (at, rate) = (self.series().find(period)?, self.rate(period)?);
        let (mut since, mut p, mut between, mut from) = (None, None, 0, 0);
        for earlier in (0..at).rev() {
            let Ok(other) = self.rate_at(earlier) else { continue };
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
        let gaps = self.unrated_in(from..at);
        let first = self.series().periods().first().copied().unwrap_or(period);
        Ok(Since { order, period, rate, since, first, gaps, p, between })
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

    /// Whether chance, of Poisson counts, does not account for it: nothing is missing on the way, and equal rates are refuted at a level
    /// against each period between.
    #[must_use]
    pub fn is_certain(&self, confidence: Confidence) -> bool {
        self.gaps.is_empty() && self.p.is_some_and(|p| p <= confidence.alpha())
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
            if self.gaps.is_empty() { String::new() } else { format!(", with no figure for {}", in_words(&self.gaps)) };
        layout::pad(f, &format!("the {} {since}{gaps}", self.order))
    }
}
