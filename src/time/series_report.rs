//! Series as rows and notes.

use super::{
    chart::{self, Chart},
    chart_kind::ChartKind,
    chart_notes,
    series::Series,
    variation::Leader,
};
use crate::{
    base::{Note, Result, Topic, digits, report, row, words},
    interval::{Interval, Spec, TestSpec, WithinDispersion, variation},
    rate::{Per, Period, Rate},
};
use serde::{Deserialize, Serialize};

row! {
    /// The line of one area in one period in a [`SeriesReport`]; what does not exist is `None`.
    ///
    /// Every field is a column, always.
    #[derive(Serialize, Deserialize)]
    pub struct SeriesLine {
        /// The area.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// The period, as the rows wrote it.
        period: String,
        /// The count, where it is known.
        count: Option<u64>,
        /// The population, or the person-months where rates are on these.
        population: Option<u64>,
        /// How many months the population is multiplied by, where rates are a year's: `rate = count * per * 12 / (population * months)`.
        months: Option<u64> => sparse,
        /// The rate.
        rate: Option<f64>,
        /// The lower limit of the rate.
        lower: Option<f64>,
        /// The upper limit of the rate.
        upper: Option<f64>,
        /// The change on the same period a year before, in per cent; none from zero.
        change: Option<f64>,
        /// Its lower limit, exact.
        change_lower: Option<f64>,
        /// Its upper limit, exact; none where there is no end.
        change_upper: Option<f64>,
        /// The centre of the control chart: a rate, of charts of counts a count.
        centre: Option<f64>,
        /// The lower control limit.
        limit_lower: Option<f64>,
        /// The upper control limit.
        limit_upper: Option<f64>,
        /// The rules by which the chart signals, with semicolons between them.
        signal: Option<String>,
        /// The count of the rolling months that the period ends.
        rolling: Option<u64>,
        /// Their rate a year.
        rolling_rate: Option<f64>,
        /// The change of that rate on the same months a year before, in per cent.
        rolling_change: Option<f64>,
        /// Its lower limit, exact.
        rolling_change_lower: Option<f64>,
        /// Its upper limit, exact; none where there is no end.
        rolling_change_upper: Option<f64>,
        /// The count of the year so far, which the period ends.
        year_to_date: Option<u64>,
        /// The change of its rate on as much of the year before, in per cent.
        year_to_date_change: Option<f64>,
        /// Its lower limit, exact.
        year_to_date_change_lower: Option<f64>,
        /// Its upper limit, exact; none where there is no end.
        year_to_date_change_upper: Option<f64>,
        /// Why figures are missing, that a count covers a part of its period, and whose variation it is that limits allow for.
        note: Option<String>,
    }
}

/// What a [`SeriesReport`] is asked for besides rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) interval: Spec,
    #[serde(skip_serializing_if = "Option::is_none")]
    chart: Option<ChartKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rolling: Option<u32>,
    /// The month that years to date begin in.
    #[serde(skip_serializing_if = "Option::is_none")]
    year_from: Option<u32>,
}

impl Asked {
    /// Refuses what the series cannot give.
    fn check(self, series: &Series) -> Result<Self> {
        series.check_base(self.base)?;
        if let Some(months) = self.rolling {
            series.rolling(months)?;
        }
        if let Some(month) = self.year_from {
            series.check_year_from(month)?;
        }
        Ok(self)
    }
}

/// A [`Series`] read per unit population: rows and notes that print, and that serialise and read back.
///
/// ```
/// use crimerate::{Per, time::{ChartKind, Series}};
///
/// let rows = (1..=12).map(|month| ("Kent", format!("2021-{month:02}"), if month == 12 { 112 } else { 58 + month % 5 }, 1_850_000));
/// let report = Series::from_rows(rows)?.per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U).with_rolling(12)?;
/// let last = report.iter().last().unwrap();
/// assert_eq!((last.period.as_str(), last.signal.as_deref(), last.rolling), ("2021-12", Some("beyond-limit"), Some(771)));
/// assert!(report.csv().starts_with("area,code,period,count,population,months,rate,"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesReport {
    series: Series,
    per: Per,
    pub(super) asked: Asked,
    /// As it is given, or as the periods show it.
    within: Option<WithinDispersion>,
    /// As asked for, with that where it is more than chance.
    interval: Spec,
    charts: Vec<Result<Chart>>,
    pub(super) rows: Vec<SeriesLine>,
}

impl Series {
    /// Read per unit population, with exact intervals at 95 % and changes on a year before, both stretched by the variation within areas that the periods
    /// show ([`WithinDispersion::of_series`](crate::interval::WithinDispersion::of_series)), where they show any.
    #[must_use]
    pub fn per(&self, per: Per) -> SeriesReport {
        SeriesReport::of(self.clone(), self.read(per), Asked::default())
    }

    /// The same number, of people for a year where rates are on person-months.
    pub(crate) fn read(&self, per: Per) -> Per {
        let months = self.is_in_person_months();
        let years = (months && !per.is_in_person_months()).then(|| per.years()).flatten();
        years.unwrap_or(per.in_person_months(months))
    }
}

impl SeriesReport {
    fn of(series: Series, per: Per, asked: Asked) -> Self {
        let within = asked.interval.dispersion().or_else(|| WithinDispersion::of_series(&series).ok());
        let more = within.filter(|within| within.factor() > 1.0);
        let by_chance = Spec::from((asked.interval.confidence(), asked.interval.method()));
        let interval = more.map_or(by_chance, |within| asked.interval.with_dispersion(within));
        let charts = asked.chart.map(|kind| series.iter().map(|area| area.chart(kind, asked.base)).collect());
        let mut report =
            Self { series, per, asked, within, interval, charts: charts.unwrap_or_default(), rows: Vec::new() };
        report.rows = report.lines();
        report
    }

    /// With other intervals of the rates; changes have exact ones at the same level. A variation within areas that is given here takes the place of that which
    /// the periods show; one of 1 is that of chance alone.
    #[must_use]
    pub fn with_interval(self, interval: impl Into<Spec>) -> Self {
        Self::of(self.series, self.per, Asked { interval: interval.into(), ..self.asked })
    }

    /// With a control chart of each area.
    #[must_use]
    pub fn with_chart(self, kind: ChartKind) -> Self {
        Self::of(self.series, self.per, Asked { chart: Some(kind), ..self.asked })
    }

    /// With centres from the periods within this one, where a chart is asked for.
    ///
    /// # Errors
    /// [`ErrorKind::NotAsPublished`](crate::ErrorKind::NotAsPublished), with the periods that there are, where the series has none of it.
    pub fn with_base(self, base: Period) -> Result<Self> {
        let asked = Asked { base: Some(base), ..self.asked };
        Ok(Self::of(self.series.clone(), self.per, asked.check(&self.series)?))
    }

    /// With rolling sums of this number of months.
    ///
    /// # Errors
    /// As [`Series::rolling`].
    pub fn with_rolling(self, months: u32) -> Result<Self> {
        let asked = Asked { rolling: Some(months), ..self.asked };
        Ok(Self::of(self.series.clone(), self.per, asked.check(&self.series)?))
    }

    /// With the year to each period, from a month of the year on (from 1 for January; 4 of a financial year), and its change on as much of the year before, as
    /// [`AreaSeries::year_to_date`](super::AreaSeries::year_to_date).
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) for a number that is no month, or a month in which no period of the series can begin.
    pub fn with_year_from(self, month: u32) -> Result<Self> {
        let asked = Asked { year_from: Some(month), ..self.asked };
        Ok(Self::of(self.series.clone(), self.per, asked.check(&self.series)?))
    }

    /// The series.
    #[must_use]
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// What rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// Which intervals rates have.
    #[must_use]
    pub const fn interval(&self) -> Spec {
        self.interval
    }

    /// The periods that centres are from, where not all are.
    #[must_use]
    pub const fn base(&self) -> Option<Period> {
        self.asked.base
    }

    /// The control chart of each area, where there is one.
    #[must_use]
    pub const fn chart(&self) -> Option<ChartKind> {
        self.asked.chart
    }

    /// The charts that there are, with the label of the area.
    pub(crate) fn charts(&self) -> impl Iterator<Item = (&str, &Chart)> {
        self.series.iter().zip(&self.charts).filter_map(|(area, chart)| Some((area.area(), chart.as_ref().ok()?)))
    }

    /// How many months are added up, where they are.
    #[must_use]
    pub const fn rolling(&self) -> Option<u32> {
        self.asked.rolling
    }

    /// The month that years to date begin in, where they are asked for.
    #[must_use]
    pub const fn year_from(&self) -> Option<u32> {
        self.asked.year_from
    }

    /// Whose variation it is for the most part that the limits of all areas allow for.
    fn leader(&self) -> Option<Leader<'_>> {
        let estimated = self.asked.interval.dispersion().is_none() && self.interval.dispersion().is_some();
        self.series.variation_leader().filter(|_| estimated)
    }

    /// The rows of an area by its name or code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
    pub fn area(&self, area: &str) -> Result<&[SeriesLine]> {
        let (place, periods) = (self.series.area(area)?.place(), self.series.periods().len());
        Ok(self.rows.get(place * periods..(place + 1) * periods).unwrap_or_default())
    }

    /// What has to be reported with the series.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.notes_of(None)
    }

    /// The same where of the charts that of one area alone is shown.
    pub(crate) fn notes_of(&self, area: Option<usize>) -> Vec<Note> {
        let mut notes = self.series.notes();
        let interval = self.interval;
        let told = match interval.dispersion() {
            None => match self.series.no_variation_told().filter(|_| self.within.is_none()) {
                Some(why) => format!("; {}: how much counts vary is not known, as {why}", variation(None)),
                None => format!("; {}", variation(self.within)),
            },
            Some(_) => interval.variation_told(),
        };
        let text = format!("Intervals: {interval}; changes on the same period a year before: {}{told}.", self.test());
        notes.push(Note::new(Topic::Interval, text));
        notes.extend(self.series.seasons_note().filter(|_| self.asked.interval.dispersion().is_none()));
        notes.extend(self.leader().and_then(|_| self.series.variation_note()));
        if let Some(kind) = self.asked.chart {
            let within = self.interval.dispersion();
            notes.extend(chart_notes::notes(&self.series, kind, self.asked.base, within, &self.charts, area));
        }
        if let Some(months) = self.asked.rolling {
            let overlaps = self.series.rolling(months).is_ok_and(|rolling| rolling.overlaps());
            let text = format!(
                "Rolling: counts of {} together, rates a year on person-months; none where one is missing{}{}.",
                words::counted(months as usize, "month"),
                self.parts_told(),
                if overlaps { "; no change on a year before, as both would have months in common" } else { "" }
            );
            notes.push(Note::new(Topic::AddedUp, text));
        }
        if let Some(month) = self.asked.year_from {
            let from = self.series.month_of_year(month).unwrap_or_default();
            let text = format!(
                "Year to date: counts from {from} on together, and their change on as much of the year before; none where one is missing{}.",
                self.parts_told()
            );
            notes.push(Note::new(Topic::AddedUp, text));
        }
        notes
    }

    /// That parts of periods are in no sum, where there are any.
    fn parts_told(&self) -> &'static str {
        let parts = self.series.iter().any(|area| !area.parts().is_empty());
        if parts { " or covers a part of its period" } else { "" }
    }

    /// Of changes.
    fn test(&self) -> TestSpec {
        let test = TestSpec::from(self.interval.confidence());
        self.interval.dispersion().map_or(test, |within| test.with_dispersion(within))
    }

    fn lines(&self) -> Vec<SeriesLine> {
        let (series, per) = (&self.series, self.per);
        let yearly = if per.is_in_person_months() { per } else { per.years().unwrap_or(per.in_person_months(true)) };
        let rolling = self.asked.rolling.and_then(|months| series.rolling(months).ok());
        let test = self.test();
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        let led = self.leader().map(|leader| {
            format!(
                "limits allow for phi_w, {} % of it that of {}",
                digits::fixed(100.0 * leader.share, 0),
                leader.area
            )
        });
        let mut lines = Vec::with_capacity(series.len() * series.periods().len());
        for ((place, area), of) in series.areas().iter().enumerate().zip(series.iter()) {
            let chart = self.charts.get(place).and_then(|chart| chart.as_ref().ok());
            for (at, (period, rate)) in of.rates().enumerate() {
                let found = rate.as_ref().ok().copied();
                let limits = found.map(|rate: Rate| rate.interval(self.interval).per(per));
                let change = of.change_at(at);
                let changed = change.filter(|change| change.percent().is_some()).map(|change| change.interval(test));
                let point = chart.and_then(|chart| Some((chart, chart.points().get(at)?)));
                let read = |value: Option<f64>| Some(chart::read(self.asked.chart?, per, series.months(), value?));
                let signal =
                    point.map(|(_, point)| point.rules().iter().map(|rule| rule.name()).collect::<Vec<_>>().join("; "));
                let year = rolling.as_ref().and_then(|rolling| rolling.at(place, at));
                let moved = rolling.as_ref().and_then(|rolling| rolling.change_at(place, at));
                let moves = moved.filter(|change| change.percent().is_some()).map(|change| change.interval(test));
                let so_far = self.asked.year_from.and_then(|month| of.so_far(at, month));
                let gone = so_far.and_then(|(_, change)| change);
                let goes = gone.filter(|change| change.percent().is_some()).map(|change| change.interval(test));
                let cell = of.cells().get(at);
                let mut told: Vec<String> = rate.as_ref().err().map(ToString::to_string).into_iter().collect();
                told.extend((!of.parts_in(at..at + 1).is_empty()).then(|| of.parts_in_words(&[period])));
                told.extend(of.no_change_told(at));
                if found.is_some() {
                    told.extend(rolling.as_ref().and_then(|rolling| rolling.lacking_at(of, at)));
                    told.extend(led.clone());
                }
                lines.push(SeriesLine {
                    area: area.name().into(),
                    code: area.code().map(Into::into),
                    period: series.period_label(period),
                    count: cell.and_then(|cell| cell.count.known()),
                    population: cell.and_then(|cell| cell.people),
                    months: cell.filter(|_| series.is_in_person_months()).map(|cell| cell.months.into()),
                    rate: found.map(|rate| rate.per(per).value()),
                    lower: limits.map(Interval::lower),
                    upper: limits.map(Interval::upper),
                    change: change.and_then(|change| finite(change.percent()?)),
                    change_lower: changed.map(Interval::lower),
                    change_upper: changed.and_then(|interval| finite(interval.upper())),
                    centre: point.and_then(|(chart, point)| read(point.value().map(|_| chart.centre()))),
                    limit_lower: read(point.and_then(|(_, point)| point.lower())),
                    limit_upper: read(point.and_then(|(_, point)| point.upper())),
                    signal: signal.filter(|signal| !signal.is_empty()),
                    rolling: year.map(Rate::count),
                    rolling_rate: year.map(|rate| rate.per(yearly).value()),
                    rolling_change: moved.and_then(|change| finite(change.percent()?)),
                    rolling_change_lower: moves.map(Interval::lower),
                    rolling_change_upper: moves.and_then(|interval| finite(interval.upper())),
                    year_to_date: so_far.map(|(rate, _)| rate.count()),
                    year_to_date_change: gone.and_then(|change| finite(change.percent()?)),
                    year_to_date_change_lower: goes.map(Interval::lower),
                    year_to_date_change_upper: goes.and_then(|interval| finite(interval.upper())),
                    note: (!told.is_empty()).then(|| told.join("; ")),
                });
            }
        }
        lines
    }
}

report! {
    SeriesReport of kept SeriesLine: "A row for each area and period, in the order of the areas and then of time; gaps have one, with a note.";
    written as |it| {
        per: Per = it.per,
        #[serde(flatten)]
        asked: Asked = it.asked,
    } rows {
        series: Series = it.series.clone(),
    }
    read as |written, _| {
        let Written { per, asked, series, .. } = written;
        let asked = asked.check(&series)?;
        Ok(Self::of(series, per.in_person_months(per.is_in_person_months()), asked))
    }
}
