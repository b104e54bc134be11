//! Areas over time, each in a small picture on one scale: rates or counts, control limits, and what signals.

use super::{
    options::Options,
    plot::Plot,
    scale::{FAR, reached_by},
    words,
};
use crate::{
    base::{self, Note, Result, Topic, digits},
    interval::WithinDispersion,
    time::{ChartKind, SeriesLine, SeriesReport},
};
use std::collections::BTreeSet;

impl SeriesReport {
    /// A picture of every area over time on one scale: its rates (of charts of counts, its counts), the centre and the limits of
    /// its control chart, the periods that signal, and gaps where there is no figure. Of one area alone, the rolling sums stand
    /// below.
    ///
    /// ```
    /// use crimerate::{Per, time::{ChartKind, Series}};
    ///
    /// let rows = (1..=12).map(|month| ("Kent", format!("2021-{month:02}"), if month == 12 { 112 } else { 58 + month % 5 }, 1_850_000));
    /// let plot = Series::from_rows(rows)?.per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U).plot();
    /// assert_eq!(plot.headline(), "Kent: five signals in five of 12 periods on its control chart, where chance alone makes fewer than one");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Panels::of(self, None))
    }

    /// The same of one area.
    ///
    /// # Errors
    /// As [`SeriesReport::area`].
    pub fn plot_area(&self, area: &str) -> Result<Plot> {
        let place = self.series().area(area)?.place();
        Ok(Plot::of(Panels::of(self, Some(place))))
    }
}

/// A period of an area; nothing of it may be known.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) period: String,
    pub(super) value: Option<f64>,
    pub(super) centre: Option<f64>,
    pub(super) limits: (Option<f64>, Option<f64>),
    pub(super) signal: Option<String>,
    pub(super) rolling: Option<f64>,
}

#[derive(Debug)]
pub(super) struct Multiple {
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) points: Vec<Spot>,
}

/// How many times the next a period is that is drawn at the edge, where no other area has to be seen.
const FAR_ALONE: f64 = 10.0;

/// More areas than this are not all drawn unless that is asked for.
const MOST_SHOWN: usize = 105;

/// Fewer signals by chance than this are fewer than one.
const LEAST: f64 = 0.95;

#[derive(Debug)]
pub(super) struct Panels {
    pub(super) report: SeriesReport,
    /// The place of the one area that is asked for.
    only: Option<usize>,
    pub(super) panels: Vec<Multiple>,
    pub(super) counts: bool,
    pub(super) decimals: usize,
    pub(super) top: f64,
    pub(super) rolling_top: Option<f64>,
    /// The charts that are drawn: the area, its signals, and how many are to be expected where nothing is there.
    charts: Vec<(String, usize, f64)>,
}

impl Panels {
    fn of(report: &SeriesReport, only: Option<usize>) -> Self {
        let counts = report.chart().is_some_and(ChartKind::is_of_counts);
        let periods = report.series().periods().len().max(1);
        let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
        let lines = report.rows().chunks(periods).zip(report.series().areas()).enumerate();
        let panels: Vec<Multiple> = lines
            .filter(|(place, _)| only.is_none_or(|only| only == *place))
            .map(|(_, lines)| lines)
            .map(|(lines, area)| {
                let point = |line: &SeriesLine| Spot {
                    period: line.period.clone(),
                    value: finite(if counts { line.count.map(|count| count as f64) } else { line.rate }),
                    centre: finite(line.centre),
                    limits: (finite(line.limit_lower), finite(line.limit_upper)),
                    signal: line.signal.clone(),
                    rolling: finite(line.rolling_rate),
                };
                Multiple {
                    name: area.label().to_owned(),
                    code: area.code().map(Into::into),
                    points: lines.iter().map(point).collect(),
                }
            })
            .collect();
        let points = || panels.iter().flat_map(|panel| &panel.points);
        let values = points().filter_map(|point| point.value);
        let upper = points().filter_map(|point| point.limits.1).fold(0.0, f64::max);
        // Alone, an area is shown to scale as far as its other periods can be seen.
        let highest = reached_by(if panels.len() == 1 { FAR_ALONE } else { FAR }, values, 0.0);
        let top = highest.max(upper.min(1.5 * highest)) * 1.05;
        let rolling = points().filter_map(|point| point.rolling).fold(0.0, f64::max) * 1.08;
        let adds_up = report.rolling().is_some_and(|months| months > report.series().months());
        let rolling_top = (panels.len() == 1 && rolling > 0.0 && adds_up).then_some(rolling);
        let decimals = if counts { 0 } else { digits::decimals(highest) };
        let top = if top > 0.0 { top } else { 1.0 };
        let alone = panels.first().filter(|_| panels.len() == 1).map(|panel| panel.name.clone());
        let drawn = report.charts().filter(|(area, _)| alone.as_ref().is_none_or(|alone| alone == area));
        let charts: Vec<(String, usize, f64)> =
            drawn.map(|(area, chart)| (area.to_owned(), chart.signals().count(), chart.false_alarms().all())).collect();
        Self { report: report.clone(), only, panels, counts, decimals, top, rolling_top, charts }
    }

    /// The areas that are drawn: all or, of very many, those with the most signals and those picked out.
    pub(super) fn shown(&self, options: &Options) -> Vec<&Multiple> {
        let all = self.panels.len();
        let signals = |panel: &Multiple| panel.points.iter().filter(|point| point.signal.is_some()).count();
        let mut order: Vec<(usize, usize)> = self.panels.iter().map(signals).enumerate().collect();
        order.sort_by_key(|(place, signals)| (std::cmp::Reverse(*signals), *place));
        let most: BTreeSet<usize> = order.into_iter().take(MOST_SHOWN).map(|(place, _)| place).collect();
        let is_shown = |place: usize| match options.ends {
            Some((first, last)) => place < first || all - place <= last,
            None => most.contains(&place),
        };
        let panels = self.panels.iter().enumerate();
        panels
            .filter(|(place, panel)| is_shown(*place) || options.highlights(&panel.name, panel.code.as_deref()))
            .map(|(_, panel)| panel)
            .collect()
    }

    /// What is said of the areas that are not.
    pub(super) fn not_shown(&self, options: &Options) -> Option<String> {
        let more = self.panels.len() - self.shown(options).len();
        let those = if options.ends.is_none() { ", which have no more signals than these" } else { "" };
        (more > 0).then(|| format!("Not drawn: {}{those}.", words::counted(more, ("more area", "more areas"))))
    }

    /// The notes, without those of rolling sums and of changes that are not drawn.
    pub(super) fn notes(&self) -> Vec<Note> {
        self.report
            .notes_of(self.only)
            .into_iter()
            .filter(|note| note.topic() != Topic::AddedUp || self.rolling_top.is_some())
            .collect()
    }

    /// What is drawn, with a small letter.
    pub(super) fn what(&self) -> String {
        let (series, per) = (self.report.series(), self.report.per());
        if self.counts { "count".into() } else { words::rate(per, series.basis()) + self.each() }
    }

    /// What rates are over, where that is not a year.
    fn each(&self) -> &'static str {
        if self.report.per().is_in_person_months() { "" } else { base::words::each(self.report.series().months()) }
    }

    /// Whether any area that is drawn has a chart.
    pub(super) const fn is_charted(&self) -> bool {
        !self.charts.is_empty()
    }

    pub(super) fn headline(&self) -> String {
        let signals = |panel: &Multiple| panel.points.iter().filter(|point| point.signal.is_some()).count();
        let all = self.panels.len();
        let values = || self.panels.iter().flat_map(|panel| &panel.points).filter_map(|point| point.value);
        if values().next().is_none() {
            return "No period has a figure to show".into();
        }
        if self.is_charted() {
            let total: usize = self.charts.iter().map(|(_, signals, _)| signals).sum();
            let counted = format!("{} {}", words::many(total), words::verb(total, "signal", "signals"));
            if let [panel] = self.panels.as_slice() {
                let (found, of) = (signals(panel), words::periods(panel.known()));
                return match found {
                    0 => format!("{}: no signal in {of} on its control chart", panel.name),
                    _ => format!(
                        "{}: {counted} in {} of {of} on its control chart{}",
                        panel.name,
                        words::many(found),
                        self.by_chance(total)
                    ),
                };
            }
            let found = self.panels.iter().filter(|panel| signals(panel) > 0).count();
            let (all, noun) = match self.charts.len() {
                some if some < all => (some, ("area with a chart", "areas with a chart")),
                _ => (all, words::noun(self.report.series().areas())),
            };
            let (charts, chart) = (words::of(found, all, noun), words::verb(found, "has a signal", "have a signal"));
            return format!(
                "{charts} {chart} on the control chart{}",
                if found > 0 {
                    format!(": {counted} in all{}{}", self.by_chance(total), self.most(total))
                } else {
                    String::new()
                }
            );
        }
        self.ends()
    }

    /// Where and when the highest and the lowest are, which is true of figures whatever chance has done.
    fn ends(&self) -> String {
        let all = || self.panels.iter().flat_map(|panel| panel.points.iter().map(move |point| (panel, point)));
        let known = || all().filter_map(|(panel, point)| Some((panel, point, point.value?)));
        let per = if self.counts { String::new() } else { format!(" {}{}", self.report.per(), self.each()) };
        let end = |of: fn(f64, f64) -> f64| {
            let value = known().map(|(_, _, value)| value).reduce(of)?;
            let (panel, point, _) = known().find(|(_, _, other)| *other == value)?;
            let more = known().filter(|(_, _, other)| *other == value).count() - 1;
            let joint = words::and_more(more);
            let who = if self.panels.len() == 1 { String::new() } else { format!("{} ", panel.name) };
            Some((value, format!("{} ({who}{}{joint})", digits::fixed(value, self.decimals), point.period)))
        };
        let (Some((high, highest)), Some((low, lowest))) = (end(f64::max), end(f64::min)) else {
            return "No period has a figure to show".into();
        };
        let what = if self.counts { "count" } else { "rate" };
        let who = match self.panels.as_slice() {
            [panel] => format!("of {}", panel.name),
            all => {
                let (_, more) = words::noun(self.report.series().areas());
                format!("of {} {more}", digits::grouped(all.len() as u128))
            }
        };
        if high == low {
            return format!("The {what} {who} is {}{per} in every period", digits::fixed(high, self.decimals));
        }
        format!("The highest {what} {who} is {highest}, the lowest {lowest}{per}")
    }

    /// Who has most of the signals, where that is a third of them or more.
    fn most(&self, total: usize) -> String {
        let most = self.charts.iter().reduce(|most, other| if other.1 > most.1 { other } else { most });
        let alone = |most: &&(String, usize, f64)| {
            most.1 > 1 && 3 * most.1 >= total && self.charts.iter().filter(|other| other.1 == most.1).count() == 1
        };
        most.filter(alone)
            .map_or_else(String::new, |(area, signals, _)| format!("; {area} has {}", words::many(*signals)))
    }

    /// How many signals chance alone makes, where there are any, and by how much more counts vary where the chart does not allow for it. Where the
    /// centre is fitted to the same periods that is the most.
    fn by_chance(&self, found: usize) -> String {
        let is_laney = self.report.chart().is_some_and(ChartKind::is_laney);
        let within = WithinDispersion::of_series(self.report.series()).ok().filter(|_| !is_laney);
        let varied = within.map(|within| digits::fixed(within.factor(), 1)).filter(|factor| factor != "1.0");
        let fitted = self.report.base().is_none() && !is_laney;
        let alarms: f64 = self.charts.iter().map(|(.., alarms)| alarms).sum();
        let varied = varied.map_or_else(String::new, |factor| format!("; counts vary {factor} times as much"));
        match found {
            0 => String::new(),
            _ if alarms >= LEAST && fitted => {
                format!(", where chance alone makes at most {}{varied}", digits::fixed(alarms, 1))
            }
            _ => format!(", where chance alone makes {}{varied}", words::about(alarms)),
        }
    }

    /// What is told of the periods beyond the scale: each with its figure, of an area with many of them their number and the highest.
    pub(super) fn beyond(&self) -> Option<String> {
        const EACH: usize = 3;
        let told = |panel: &Multiple| {
            let far: Vec<(&Spot, f64)> = panel.values().filter(|(_, value)| *value > self.top).collect();
            let fixed = |value: f64| digits::fixed(value, self.decimals);
            let highest = far.iter().map(|(_, value)| *value).fold(0.0, f64::max);
            let (name, number, known) = (&panel.name, far.len(), panel.known());
            match number {
                0 => None,
                1..=EACH => {
                    let each: Vec<String> =
                        far.iter().map(|(point, value)| format!("{} ({})", point.period, fixed(*value))).collect();
                    Some(format!("{name} in {}", each.join(", ")))
                }
                _ if number == known => Some(format!(
                    "{name} in all {} ({} to {})",
                    words::periods(known),
                    fixed(far.iter().map(|(_, value)| *value).fold(f64::INFINITY, f64::min)),
                    fixed(highest)
                )),
                _ => Some(format!("{name} in {number} of {} (up to {})", words::periods(known), fixed(highest))),
            }
        };
        let told: Vec<String> = self.panels.iter().filter_map(told).collect();
        (!told.is_empty()).then(|| format!("Beyond the scale, drawn as an arrow at its edge: {}.", told.join("; ")))
    }
}

impl Multiple {
    /// The periods that have a figure.
    pub(super) fn values(&self) -> impl Iterator<Item = (&Spot, f64)> {
        self.points.iter().filter_map(|point| Some((point, point.value?)))
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.points.iter().map(|point| point.period.as_str()).collect()
    }

    pub(super) fn known(&self) -> usize {
        self.values().count()
    }
}
