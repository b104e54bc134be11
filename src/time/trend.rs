//! The trend of one area.

use super::{
    fit::{Fit, Fitted, fit},
    series::{AreaSeries, Series},
};
use crate::{
    base::{Error, ErrorKind, Result, choice, digits, layout},
    interval::{Confidence, Interval},
    special::{normal, student_upper},
};
use std::fmt;

/// What the limits of a [`Trend`] allow for. The default is [`TrendLimits::QuasiStudent`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TrendLimits {
    /// The variation of Poisson counts alone.
    Poisson,
    /// Times the square root of phi, where that is above 1: normal limits, as often published. They take phi as known, and leave the true ratio out too often.
    Quasi,
    /// The same with Student's distribution on m - 2 degrees of freedom, as phi is estimated.
    #[default]
    QuasiStudent,
}

choice!(TrendLimits, "limits of a trend", "poisson, quasi or quasi-student", {
    Poisson => "poisson",
    Quasi => "quasi",
    QuasiStudent => "quasi-student",
});

/// The ratio by which an area's rate changed from one year to the next, over at least three periods: a log-linear Poisson fit with the population as
/// exposure.
///
/// Periods that are parts of a year, such as months and quarters, have seasons, which are no trend: each period of the year then has a level of its
/// own beside the ratio that all have in common, and it takes two years of them.
///
/// Limits are those of Wald on the log scale. phi is Pearson's chi-square over the degrees of freedom, m periods less the levels and less one for the
/// ratio (m - 2 for years), and widens the limits where it is above 1, never narrows them. Nothing is forecast.
///
/// ```
/// use crimerate::{Confidence, time::{Series, TrendLimits}};
///
/// let years = [("2018/19", 3_843, 2_553_072), ("2019/20", 4_286, 2_545_943), ("2020/21", 4_676, 2_531_500)];
/// let series = Series::from_rows(years.map(|(year, count, people)| ("Kent", year, count, people)))?;
/// let trend = series.area("Kent")?.trend()?;
/// assert_eq!(trend.to_string(), "+10.7 % a year (95 % interval -3.5 to +27.1)");
/// assert_eq!(format!("{:.3}", trend.interval(TrendLimits::Quasi, Confidence::P95)), "1.084 to 1.131");
/// assert_eq!(format!("{:.2}", trend.phi()), "0.26");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    fit: Fit,
    periods: usize,
    seasons: usize,
    /// How many periods make a year.
    yearly: f64,
}

impl AreaSeries<'_> {
    /// The trend over the periods that have a rate; those without are passed over, and the time between the others stays what it is. So are periods of
    /// which the count covers a part alone, as figures have seasons.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let quarters = (0..12).map(|at| ("Kent", format!("{} Q{}", 2018 + at / 4, at % 4 + 1), [800, 900, 1_300, 700][at % 4], 1_850_000));
    /// let trend = Series::from_rows(quarters)?.area("Kent")?.trend()?;
    /// assert_eq!((trend.seasons(), format!("{:.3}", trend.ratio())), (4, "1.000".into()));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// With the area: [`ErrorKind::TooFew`] for fewer than three periods, or of parts of a year less than two years; [`ErrorKind::LeftOut`] where nothing
    /// was counted, or everything in the first period or in the last (of each period of the year), so that no ratio fits best.
    pub fn trend(self) -> Result<Trend> {
        Trend::of(&self.figures(), self.series().months()).map_err(|why| match why {
            Nothing::TooFew { found, least } => {
                let what = if least == LEAST {
                    "the number of periods of a trend"
                } else {
                    "the number of periods from the first to the last of a trend that has seasons"
                };
                Error::from(ErrorKind::TooFew { what, found, least }).in_area(self.area())
            }
            Nothing::Reason(reason) => self.none(reason),
        })
    }

    /// Count and person-months of each period that a trend is over.
    pub(super) fn figures(self) -> Vec<Option<(u64, u64)>> {
        self.cells().iter().map(|cell| cell.in_all_months(self.series().months())).collect()
    }
}

impl Series {
    /// After how many periods a period of the year comes again: 1 where each period is of whole years.
    pub(super) fn cycle(&self) -> usize {
        cycle(self.months())
    }
}

fn cycle(months: u32) -> usize {
    (1..=12_u32).find(|periods| (periods * months).is_multiple_of(12)).unwrap_or(12) as usize
}

/// The fewest periods of a trend that has no seasons.
const LEAST: usize = 3;

/// Why there is no trend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Nothing {
    TooFew { found: usize, least: usize },
    Reason(&'static str),
}

impl fmt::Display for Nothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { found, least: LEAST } => write!(f, "{found} of the {LEAST} periods that a trend takes"),
            Self::TooFew { found, least } => {
                write!(f, "over {found} of the {least} periods that it takes to tell a trend from the seasons")
            }
            Self::Reason(reason) => f.write_str(reason),
        }
    }
}

impl Trend {
    /// Of counts and exposures, one for each period, and the months of one.
    pub(super) fn of(figures: &[Option<(u64, u64)>], months: u32) -> Result<Self, Nothing> {
        let cycle = cycle(months);
        let points = figures.iter().enumerate();
        let points = points.filter_map(|(at, figure)| figure.map(|(x, n)| (at as f64, x as f64, n as f64, at % cycle)));
        let points: Vec<Fitted> = points.collect();
        let periods = points.len();
        let [first, last] = [figures.iter().position(Option::is_some), figures.iter().rposition(Option::is_some)];
        let span = first.zip(last).map_or(0, |(first, last)| last - first + 1);
        match cycle {
            1 if periods < LEAST => return Err(Nothing::TooFew { found: periods, least: LEAST }),
            2.. if span < 2 * cycle => return Err(Nothing::TooFew { found: span, least: 2 * cycle }),
            _ => {}
        }
        let counted: Vec<usize> = (0..).zip(&points).filter(|(_, (_, x, ..))| *x > 0.0).map(|(at, _)| at).collect();
        let reason = match counted.as_slice() {
            [] => "nothing was counted, so there is no trend",
            [0] => "all was counted in the first period, so no ratio fits best",
            [at] if *at + 1 == periods => "all was counted in the last period, so no ratio fits best",
            _ if cycle > 1 => {
                "too little was counted in the same periods of several years to tell a trend from the seasons"
            }
            _ => "the counts are too far apart for a trend",
        };
        let fit = fit(&points).ok_or(Nothing::Reason(reason))?;
        Ok(Self { fit, periods, seasons: cycle, yearly: 12.0 / f64::from(months) })
    }

    /// How many periods of the year have a level of their own; 1 where periods are of whole years.
    #[must_use]
    pub const fn seasons(self) -> usize {
        self.seasons
    }

    /// How many periods have a rate.
    #[must_use]
    pub const fn periods(self) -> usize {
        self.periods
    }

    /// The rate of one year over that of the year before, as fitted.
    #[must_use]
    pub fn ratio(self) -> f64 {
        (self.fit.slope * self.yearly).exp()
    }

    /// The same in per cent of change.
    #[must_use]
    pub fn percent(self) -> f64 {
        100.0 * (self.fit.slope * self.yearly).exp_m1()
    }

    /// The log of the ratio, and its standard error by Poisson's law.
    #[must_use]
    pub fn log(self) -> (f64, f64) {
        (self.fit.slope * self.yearly, self.fit.error * self.yearly)
    }

    /// The log of the rate per head that the fit gives the first period of the series, over all of its months: the intercept. Of parts of a year it is
    /// that of an average season: with it as many are expected in all as were counted.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let years = [("2018", 1_000), ("2019", 1_100), ("2020", 1_210)];
    /// let series = Series::from_rows(years.map(|(year, count)| ("Kent", year, count, 100_000)))?;
    /// let trend = series.area("Kent")?.trend()?;
    /// assert_eq!(format!("{:.4} per head, and {:.2} times that a year later", trend.intercept().exp(), trend.ratio()), "0.0100 per head, and 1.10 times that a year later");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn intercept(self) -> f64 {
        // The exposure was people times months.
        self.fit.intercept + (12.0 / self.yearly).ln()
    }

    /// Pearson's chi-square over the degrees of freedom: about 1 where counts vary by Poisson's law about the trend.
    #[must_use]
    pub const fn phi(self) -> f64 {
        self.fit.phi
    }

    /// The limits of the ratio per year.
    #[must_use]
    pub fn interval(self, limits: TrendLimits, confidence: Confidence) -> Interval {
        let quantile = match limits {
            TrendLimits::Poisson | TrendLimits::Quasi => normal::upper_quantile(confidence.tail()),
            TrendLimits::QuasiStudent => self.student(confidence.tail()),
        };
        let (slope, error) = (self.fit.slope, self.error(limits));
        let [lower, upper] = [-1.0, 1.0].map(|sign| (self.yearly * (slope + sign * quantile * error)).exp());
        Interval::new(lower, upper, confidence)
    }

    /// The two-sided p-value of no trend, by the same test as the limits (Wald).
    #[must_use]
    pub fn p(self, limits: TrendLimits) -> f64 {
        let z = self.fit.slope.abs() / self.error(limits);
        match limits {
            TrendLimits::Poisson | TrendLimits::Quasi => (2.0 * normal::upper_tail(z)).min(1.0),
            TrendLimits::QuasiStudent => (2.0 * student_upper(z, self.degrees())).min(1.0),
        }
    }

    /// The one-sided p-value of a ratio per year that is just this, against a higher one, or a lower one.
    pub(crate) fn p_beyond(self, ratio: f64, higher: bool) -> f64 {
        let apart = (self.fit.slope - ratio.ln() / self.yearly) / self.error(TrendLimits::QuasiStudent);
        let upper = student_upper(apart.abs(), self.degrees());
        if (apart > 0.0) == higher { upper } else { 1.0 - upper }
    }

    /// The two-sided p-value of one trend in this area and the rest: Wald's test of the difference of the logs, each with its own phi (at least 1), by
    /// Student's distribution with the degrees of freedom of both together (Welch 1947).
    #[must_use]
    pub fn p_against(self, rest: Self) -> f64 {
        let [own, other] = [self, rest].map(|trend| trend.yearly * trend.error(TrendLimits::QuasiStudent));
        let apart = self.yearly * self.fit.slope - rest.yearly * rest.fit.slope;
        let error = own.hypot(other);
        let [part, left] = [own, other].map(|own| (own / error).powi(2));
        let degrees = 1.0 / (part * part / self.degrees() + left * left / rest.degrees());
        (2.0 * student_upper(apart.abs() / error, degrees)).min(1.0)
    }

    fn error(self, limits: TrendLimits) -> f64 {
        let phi = if limits == TrendLimits::Poisson { 1.0 } else { self.fit.phi.max(1.0) };
        self.fit.error * phi.sqrt()
    }

    fn degrees(self) -> f64 {
        self.fit.degrees as f64
    }

    /// Student's quantile by halving on its tail.
    fn student(self, tail: f64) -> f64 {
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        while student_upper(high, self.degrees()) > tail && high < 1e150 {
            high *= 2.0;
        }
        for _ in 0..200 {
            let middle = low / 2.0 + high / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            if student_upper(middle, self.degrees()) > tail { low = middle } else { high = middle }
        }
        high
    }
}

/// Such as `+10.7 % a year (95 % interval -3.5 to +27.1)`, with the default limits.
impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or(1);
        let interval = self.interval(TrendLimits::default(), Confidence::default());
        let [lower, upper] =
            [interval.lower(), interval.upper()].map(|limit| digits::signed(100.0 * (limit - 1.0), decimals));
        let percent = digits::signed(self.percent(), decimals);
        layout::pad(f, &format!("{percent} % a year ({} interval {lower} to {upper})", interval.confidence()))
    }
}
