//! Control charts.

use super::{
    cell::Cell,
    chart_kind::{ChartKind, ChartRule},
    law::{Law, LawLimits},
    rules::{self, Seen},
    series::AreaSeries,
};
use crate::{
    base::{Error, ErrorKind, Result, Undefined, exact},
    rate::{Per, Period},
};

/// What a moving range of two normal values is on average, in standard deviations.
pub(super) const MEAN_RANGE: f64 = 1.128;

/// A control chart of one area: a centre from a base period, limits for each period, and which rules signal where.
///
/// A u-chart's centre is the sum of counts over the sum of populations of the base; Laney's charts (Laney 2002, Qual. Eng. 14:531) stretch
/// the limits by the mean moving range of z over 1.128, where counts vary by more than their law. Ranges, like runs, end at gaps.
///
/// ```
/// use crimerate::{Per, Period, time::{ChartKind, ChartRule, Series}};
///
/// let counts = [61, 55, 70, 64, 58, 66, 60, 63, 59, 62, 57, 65, 112];
/// let month = |at: usize| Period::month(2020 + at as u32 / 12, at as u32 % 12 + 1).unwrap();
/// let series = Series::from_rows(counts.iter().enumerate().map(|(at, count)| ("Kent", month(at), *count, 1_850_000)))?;
/// let chart = series.area("Kent")?.chart(ChartKind::U, Some("2020".parse()?))?;
/// assert_eq!(format!("{:.2}", Per::HUNDRED_THOUSAND.get() as f64 * chart.centre()), "3.33");
/// let signals: Vec<_> = chart.signals().collect();
/// assert_eq!(signals, [("January 2021".parse()?, ChartRule::BeyondLimit)]);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    law: Law,
    base: Option<Period>,
    sigma: Option<f64>,
    /// How many moving ranges it is the mean of.
    ranges: usize,
    points: Vec<ChartPoint>,
}

/// One period of a [`Chart`].
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    period: Period,
    /// Count, and what it is out of.
    figure: Option<(u64, u64)>,
    limits: Option<LawLimits>,
    z: Option<f64>,
    rules: Vec<ChartRule>,
}

impl AreaSeries<'_> {
    /// A control chart of the area, its centre from the periods in a base, or from all.
    ///
    /// # Errors
    /// [`ErrorKind::NotAsPublished`] where the base has none of the periods of the series. With the area: [`ErrorKind::TooFew`] where the base has fewer than two periods with a figure, and for Laney's charts fewer than two that follow each other;
    /// [`ErrorKind::Undefined`] where nothing was counted in the base, or, of proportions, all, and for Laney's charts where each rate of the base is that
    /// of the period before, so that their limits would have no width; [`ErrorKind::NotAProportion`] with the period where a
    /// count is more than its total; [`ErrorKind::TooLarge`].
    pub fn chart(self, kind: ChartKind, base: Option<Period>) -> Result<Chart> {
        self.series().check_base(base)?;
        let (months, whole) = (self.series().is_in_person_months(), self.series().months());
        let rate = |cell: &Cell, months| cell.rate(months).ok().map(|rate| (rate.count(), rate.population().get()));
        let figure = |cell: &Cell| match kind {
            // A part of a period is no count of one, and its people were not at risk for all of one.
            _ if kind.is_of_counts() => cell.count.known().filter(|_| cell.months == whole).map(|count| (count, 1)),
            _ if kind.is_of_proportions() => rate(cell, false).filter(|_| cell.months == whole),
            _ => rate(cell, months),
        };
        let figures: Vec<Option<(u64, u64)>> = self.cells().iter().map(figure).collect();
        Chart::of(kind, base, self.series().periods(), &figures).map_err(|error| error.in_area(self.area()))
    }
}

impl Chart {
    fn of(kind: ChartKind, base: Option<Period>, periods: &[Period], figures: &[Option<(u64, u64)>]) -> Result<Self> {
        let all = || periods.iter().copied().zip(figures.iter().copied());
        let based = |period: Period| base.is_none_or(|base| base.contains(period));
        if kind.is_of_proportions()
            && let Some((period, (count, total))) =
                all().filter_map(|(period, figure)| Some((period, figure?))).find(|(_, (count, total))| count > total)
        {
            return Err(Error::from(ErrorKind::NotAProportion { count, total }).in_period(period.to_string()));
        }
        let known = || all().filter(|(period, _)| based(*period)).filter_map(|(_, figure)| figure);
        let found = known().count();
        if found < 2 {
            let what = "the number of periods with a figure in the base of the chart";
            return Err(ErrorKind::TooFew { what, found, least: 2 }.into());
        }
        let (counts, people) =
            known().fold((0, 0), |(counts, people), (count, n)| (counts + u128::from(count), people + u128::from(n)));
        match counts {
            0 => return Err(Undefined::NothingExpected.into()),
            all if kind.is_of_proportions() && all == people => return Err(Undefined::AllExpected.into()),
            _ => {}
        }
        let law = Law { kind, centre: exact::quotient(counts, people), stretch: 1.0 };
        let z: Vec<Option<f64>> = figures
            .iter()
            .map(|figure| figure.map(|(x, n)| (quotient(x, n) - law.centre) / law.error(n as f64)))
            .collect();
        let ranges = z.iter().zip(z.iter().skip(1)).zip(periods.iter().zip(periods.iter().skip(1)));
        let ranges = ranges.filter(|(_, (one, other))| based(**one) && based(**other));
        let ranges: Vec<f64> =
            ranges.filter_map(|((one, other), _)| Some((one.as_ref()? - other.as_ref()?).abs())).collect();
        let sigma = (!ranges.is_empty()).then(|| ranges.iter().sum::<f64>() / ranges.len() as f64 / MEAN_RANGE);
        let law = match sigma {
            _ if !kind.is_laney() => law,
            Some(sigma) if sigma <= lost(law, known().map(|(_, n)| n)) => return Err(Undefined::AllEqual.into()),
            Some(sigma) => Law { stretch: sigma, ..law },
            None => {
                let what = "the number of periods of the base that follow one with a figure";
                return Err(ErrorKind::TooFew { what, found: 0, least: 1 }.into());
            }
        };
        let limits: Vec<Option<LawLimits>> =
            figures.iter().map(|figure| figure.map(|(_, n)| law.limits(n as f64))).collect();
        let seen = figures.iter().zip(&limits).map(|(figure, limits)| {
            let ((x, n), limits) = figure.zip(*limits)?;
            Some(Seen { rate: quotient(x, n), centre: law.centre, limits })
        });
        let rules = rules::signals(&seen.collect::<Vec<_>>());
        let points = all().zip(limits).zip(z).zip(rules);
        let points =
            points.map(|((((period, figure), limits), z), rules)| ChartPoint { period, figure, limits, z, rules });
        Ok(Self { law, base, sigma, ranges: ranges.len(), points: points.collect() })
    }

    /// Which chart it is.
    #[must_use]
    pub const fn kind(&self) -> ChartKind {
        self.law.kind
    }

    /// The base period, where it is not all periods.
    #[must_use]
    pub const fn base(&self) -> Option<Period> {
        self.base
    }

    /// The centre: a rate per head (or per person-month, but of proportions per head and period), of counts alone a count.
    #[must_use]
    pub const fn centre(&self) -> f64 {
        self.law.centre
    }

    /// The mean moving range of z in the base over 1.128: about 1 where counts vary by their law alone. Laney's charts stretch their limits by it; `None`
    /// where no two periods of the base follow each other.
    #[must_use]
    pub const fn sigma(&self) -> Option<f64> {
        self.sigma
    }

    /// The periods, one by one.
    #[must_use]
    pub fn points(&self) -> &[ChartPoint] {
        &self.points
    }

    /// Each signal: the period and the rule.
    pub fn signals(&self) -> impl Iterator<Item = (Period, ChartRule)> + '_ {
        self.points.iter().flat_map(|point| point.rules.iter().map(|rule| (point.period, *rule)))
    }

    pub(super) const fn law(&self) -> Law {
        self.law
    }

    pub(super) const fn ranges(&self) -> usize {
        self.ranges
    }

    /// Whether a period is one that the centre is of.
    pub(super) fn is_based_on(&self, period: Period) -> bool {
        self.base.is_none_or(|base| base.contains(period))
    }
}

impl ChartPoint {
    /// The period.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// The rate per head, of counts alone the count; `None` in a gap.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.figure.map(|(x, n)| quotient(x, n))
    }

    /// The lower limit in the same units.
    #[must_use]
    pub fn lower(&self) -> Option<f64> {
        self.limits.map(|limits| limits.lower[0])
    }

    /// The upper limit.
    #[must_use]
    pub fn upper(&self) -> Option<f64> {
        self.limits.map(|limits| limits.upper[0])
    }

    /// How many standard errors the value lies from the centre, before any stretch.
    #[must_use]
    pub const fn z(&self) -> Option<f64> {
        self.z
    }

    /// The rules by which it signals.
    #[must_use]
    pub fn rules(&self) -> &[ChartRule] {
        &self.rules
    }

    /// What the count is out of.
    pub(super) fn exposure(&self) -> Option<u64> {
        self.figure.map(|(_, n)| n)
    }

    pub(super) const fn limits(&self) -> Option<LawLimits> {
        self.limits
    }
}

/// What the mean moving range may be of figures that are all equal, by the rounding of their rates.
fn lost(law: Law, exposures: impl Iterator<Item = u64>) -> f64 {
    let most = exposures.map(|n| law.centre / law.error(n as f64)).fold(0.0, f64::max);
    4.0 * f64::EPSILON * most
}

/// A value of a chart read per unit population; of counts alone as it is.
pub(super) fn read(kind: ChartKind, per: Per, months: u32, value: f64) -> f64 {
    match kind {
        _ if kind.is_of_counts() => value,
        // A proportion is of whole periods.
        _ if kind.is_of_proportions() && per.is_in_person_months() => per.scale(value) / f64::from(months),
        _ => per.scale(value),
    }
}

fn quotient(x: u64, n: u64) -> f64 {
    exact::quotient(x.into(), n.into())
}
