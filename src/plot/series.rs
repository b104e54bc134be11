//! Areas over time, each in a small picture on one scale: rates or counts, control limits, and what signals.

use super::{
    canvas::{At, Canvas, Stroke, Type},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    options::Options,
    plot::Plot,
    scale::{Axis, reached, tick},
    theme::Palette,
    width::{cut, width},
    words,
};
use crate::{
    base::{Result, digits},
    rate::Period,
    time::{ChartKind, SeriesLine, SeriesReport},
};

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
    /// assert_eq!(plot.headline(), "Kent: five of 12 periods signal on its control chart, where chance alone makes fewer than one");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Panels::of(self, self.rows()))
    }

    /// The same of one area.
    ///
    /// # Errors
    /// As [`SeriesReport::area`].
    pub fn plot_area(&self, area: &str) -> Result<Plot> {
        Ok(Plot::of(Panels::of(self, self.area(area)?)))
    }
}

/// A period of an area; nothing of it may be known.
#[derive(Debug)]
struct Spot {
    period: String,
    value: Option<f64>,
    centre: Option<f64>,
    limits: (Option<f64>, Option<f64>),
    signal: Option<String>,
    rolling: Option<f64>,
}

#[derive(Debug)]
struct Multiple {
    name: String,
    code: Option<String>,
    points: Vec<Spot>,
}

#[derive(Debug)]
struct Panels {
    report: SeriesReport,
    panels: Vec<Multiple>,
    counts: bool,
    decimals: usize,
    top: f64,
    rolling_top: Option<f64>,
    /// The signals to be expected where nothing is there, of all charts together.
    alarms: Option<f64>,
}

const NAME: f64 = 11.5;
const GAP: f64 = 14.0;

impl Panels {
    fn of(report: &SeriesReport, lines: &[SeriesLine]) -> Self {
        let counts = report.chart().is_some_and(ChartKind::is_of_counts);
        let periods = report.series().periods().len().max(1);
        let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
        let panels: Vec<Multiple> = lines
            .chunks(periods)
            .filter_map(|lines| {
                let first = lines.first()?;
                let point = |line: &SeriesLine| Spot {
                    period: line.period.clone(),
                    value: finite(if counts { line.count.map(|count| count as f64) } else { line.rate }),
                    centre: finite(line.centre),
                    limits: (finite(line.limit_lower), finite(line.limit_upper)),
                    signal: line.signal.clone(),
                    rolling: finite(line.rolling_rate),
                };
                Some(Multiple {
                    name: first.area.clone(),
                    code: first.code.clone(),
                    points: lines.iter().map(point).collect(),
                })
            })
            .collect();
        let points = || panels.iter().flat_map(|panel| &panel.points);
        let values = points().filter_map(|point| point.value);
        let upper = points().filter_map(|point| point.limits.1).fold(0.0, f64::max);
        let highest = reached(values, 0.0);
        let top = highest.max(upper.min(1.5 * highest)) * 1.05;
        let rolling = points().filter_map(|point| point.rolling).fold(0.0, f64::max) * 1.08;
        let rolling_top = (panels.len() == 1 && rolling > 0.0).then_some(rolling);
        let decimals = if counts { 0 } else { digits::decimals(highest) };
        let top = if top > 0.0 { top } else { 1.0 };
        let drawn = |area: &str| panels.iter().any(|panel| panel.name == area);
        let alarms = report.charts().filter(|(area, _)| drawn(area)).map(|(_, chart)| chart.false_alarms().all());
        let alarms = report.chart().map(|_| alarms.sum());
        Self { report: report.clone(), panels, counts, decimals, top, rolling_top, alarms }
    }

    /// What is drawn, with a small letter.
    fn what(&self) -> String {
        if self.counts { "count".into() } else { words::rate(self.report.per(), self.report.series().basis()) }
    }

    fn headline(&self) -> String {
        let signals = |panel: &Multiple| panel.points.iter().filter(|point| point.signal.is_some()).count();
        let all = self.panels.len();
        let values = || self.panels.iter().flat_map(|panel| &panel.points).filter_map(|point| point.value);
        if values().next().is_none() {
            return "No period has a figure to show".into();
        }
        if self.report.chart().is_some() {
            if let [panel] = self.panels.as_slice() {
                let (found, of) = (signals(panel), panel.points.len());
                let number = words::none_or(found);
                return format!(
                    "{}: {number} of {of} periods {} on its control chart{}",
                    panel.name,
                    if found > 1 { "signal" } else { "signals" },
                    self.by_chance(found)
                );
            }
            let found = self.panels.iter().filter(|panel| signals(panel) > 0).count();
            let total: usize = self.panels.iter().map(signals).sum();
            let noun = words::noun(self.report.series().areas());
            let periods = format!("{} {}", words::many(total), words::verb(total, "period", "periods"));
            let (charts, chart) = (words::of(found, all, noun), words::verb(found, "has a signal", "have a signal"));
            return format!(
                "{charts} {chart} on the control chart{}",
                if found > 0 { format!(": {periods} in all{}", self.by_chance(total)) } else { String::new() }
            );
        }
        let [low, high] = [values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max)]
            .map(|value| digits::fixed(value, self.decimals));
        let who = match self.panels.as_slice() {
            [panel] => format!("of {}", panel.name),
            _ => format!("of {all} areas"),
        };
        let per = if self.counts { String::new() } else { format!(" {}", self.report.per()) };
        format!("The {} {who} lie from {low} to {high}{per}", if self.counts { "counts" } else { "rates" })
    }

    /// How many signals chance alone makes, where there are any.
    fn by_chance(&self, found: usize) -> String {
        match self.alarms {
            Some(alarms) if found > 0 => format!(", where chance alone makes {}", words::about(alarms)),
            _ => String::new(),
        }
    }

    fn columns(&self, wide: f64) -> usize {
        let fits = ((wide + GAP) / 160.0) as usize;
        match self.panels.len() {
            0 | 1 => 1,
            2..=4 => 2,
            5..=9 => 3,
            _ => fits.clamp(2, 7),
        }
    }

    fn panel_high(&self, room: Option<f64>, rows: usize) -> f64 {
        match self.panels.len() {
            0 => 8.0,
            1 => room.unwrap_or(if self.rolling_top.is_some() { 460.0 } else { 320.0 }),
            2..=4 => room.map_or(200.0, |room| (room / rows as f64).max(110.0)),
            _ => room.map_or(128.0, |room| (room / rows as f64).max(96.0)),
        }
    }

    /// The room for figures left of the axis: the same for both drawings of a single area.
    fn room(&self, single: bool) -> f64 {
        let ticks = |top: f64, about| Axis::linear((0.0, top), (0.0, 1.0)).ticks(about);
        let rolling = self.rolling_top.map(|top| ticks(top, 3)).unwrap_or_default();
        let all = ticks(self.top, if single { 6 } else { 3 }).into_iter().chain(rolling);
        all.map(|value| width(&tick(value), 10.0)).fold(0.0, f64::max) + 8.0
    }

    fn panel(&self, canvas: &mut Canvas, panel: &Multiple, frame: Frame, look: Look<'_>, (axis, foot): (bool, bool)) {
        let single = self.panels.len() == 1;
        let palette = look.palette;
        let ticks = Axis::linear((0.0, self.top), (0.0, 1.0)).ticks(if single { 6 } else { 3 });
        let inside = Frame {
            left: frame.left + self.room(single),
            top: frame.top + 22.0,
            right: frame.right - 4.0,
            bottom: frame.bottom - 18.0,
        };
        let last = panel.points.len().saturating_sub(1).max(1) as f64;
        let across = Axis::linear((0.0, last), (inside.left + 4.0, inside.right - 4.0));
        let up = Axis::linear((0.0, self.top), (inside.bottom, inside.top));
        let bold = look.options.highlights(&panel.name, panel.code.as_deref()) || single;
        let name = if single { words::sentence(&self.what()) } else { panel.name.clone() };
        let signals = panel.points.iter().filter(|point| point.signal.is_some()).count();
        let signals = match signals {
            0 => "no period signals".to_owned(),
            1 => "one period signals".to_owned(),
            more => format!("{} periods signal", words::many(more)),
        };
        canvas.open(&format!("{}: {signals}", panel.name));
        let how = Type::new(NAME, palette.ink).bold(bold && !single);
        canvas.text(
            (if single { frame.left } else { inside.left }, frame.top + 14.0),
            how,
            &cut(&name, NAME * 1.08, frame.right - inside.left),
        );
        let place = |of: &dyn Fn(&Spot) -> Option<f64>| -> Vec<Option<At>> {
            let at = |(place, point): (usize, &Spot)| of(point).map(|value| (across.at(place as f64), up.at(value)));
            panel.points.iter().enumerate().map(at).collect()
        };
        let (low, high) =
            (place(&|point| point.limits.0.or(point.limits.1.map(|_| 0.0))), place(&|point| point.limits.1));
        for (low, high) in runs(&low).into_iter().zip(runs(&high)) {
            canvas.fill(&high.into_iter().chain(low.into_iter().rev()).collect::<Vec<_>>(), palette.shade, None);
        }
        for value in ticks {
            let y = up.at(value);
            canvas.line((inside.left, y), (inside.right, y), Stroke::new(palette.grid, 1.0));
            if axis {
                canvas.text((inside.left - 5.0, y + 3.4), Type::new(10.0, palette.faint).at_end(), &tick(value));
            }
        }
        for run in runs(&place(&|point| point.centre)) {
            canvas.path(&run, Stroke::new(palette.ink, 1.0).dashed("4 3"));
        }
        let thick = if single { 1.8 } else { 1.4 };
        let values = place(&|point| point.value);
        for run in runs(&values) {
            match run.as_slice() {
                [at] => canvas.circle(*at, 1.6, palette.low, None),
                run => canvas.path(run, Stroke::new(palette.low, thick)),
            }
        }
        for (point, at) in panel.points.iter().zip(&values) {
            if let (Some(_), Some(at)) = (&point.signal, at) {
                canvas.circle(*at, if single { 4.2 } else { 3.0 }, palette.high, Some(Stroke::new(palette.paper, 0.8)));
            }
        }
        canvas.close();
        if foot {
            periods(canvas, panel, inside, across, palette, single);
        }
    }

    fn rolling(&self, canvas: &mut Canvas, panel: &Multiple, frame: Frame, top: f64, palette: Palette) {
        let months = self.report.rolling().unwrap_or_default();
        let named = format!("{months} months together, rate a year");
        let ticks = Axis::linear((0.0, top), (0.0, 1.0)).ticks(3);
        let inside = Frame {
            left: frame.left + self.room(true),
            top: frame.top + 22.0,
            right: frame.right - 4.0,
            bottom: frame.bottom - 18.0,
        };
        let last = panel.points.len().saturating_sub(1).max(1) as f64;
        let across = Axis::linear((0.0, last), (inside.left + 4.0, inside.right - 4.0));
        let up = Axis::linear((0.0, top), (inside.bottom, inside.top));
        canvas.text((frame.left, frame.top + 14.0), Type::new(NAME, palette.ink), &named);
        for value in ticks {
            let y = up.at(value);
            canvas.line((inside.left, y), (inside.right, y), Stroke::new(palette.grid, 1.0));
            canvas.text((inside.left - 5.0, y + 3.4), Type::new(10.0, palette.faint).at_end(), &tick(value));
        }
        let at = |(place, point): (usize, &Spot)| point.rolling.map(|value| (across.at(place as f64), up.at(value)));
        let values: Vec<Option<At>> = panel.points.iter().enumerate().map(at).collect();
        for run in runs(&values) {
            match run.as_slice() {
                [at] => canvas.circle(*at, 2.4, palette.ink, None),
                run => canvas.path(run, Stroke::new(palette.ink, 1.8)),
            }
        }
        periods(canvas, panel, inside, across, palette, true);
    }
}

/// Some periods below a panel: the first and the last, of a single one as many as there is room for.
fn periods(canvas: &mut Canvas, panel: &Multiple, inside: Frame, across: Axis, palette: Palette, single: bool) {
    let last = panel.points.len().saturating_sub(1);
    let widest = panel.points.iter().map(|point| width(&point.period, 10.0)).fold(1.0, f64::max);
    let step = if single {
        ((widest + 14.0) * last as f64 / inside.width().max(1.0)).ceil().max(1.0) as usize
    } else {
        last.max(1)
    };
    let room = if single { widest } else { inside.width() / 2.0 - 6.0 };
    for (place, point) in panel.points.iter().enumerate().step_by(step) {
        let text = cut(&point.period, 10.0, room);
        let half = width(&text, 10.0) / 2.0;
        let x = across.at(place as f64).min(inside.right - half).max(inside.left + half);
        canvas.text((x, inside.bottom + 13.0), Type::new(10.0, palette.faint).in_middle(), &text);
    }
}

/// Places that follow each other without a gap.
fn runs(places: &[Option<At>]) -> Vec<Vec<At>> {
    let runs = places.split(Option::is_none).map(|run| run.iter().flatten().copied().collect::<Vec<At>>());
    runs.filter(|run| !run.is_empty()).collect()
}

impl Drawing for Panels {
    fn told(&self) -> Told {
        let basis = self.report.series().basis();
        let periods = self.report.series().periods();
        let label = |period: Option<&Period>| {
            period.map(|period| self.report.series().period_label(*period)).unwrap_or_default()
        };
        let read = format!("{}, {} to {}", self.what(), label(periods.first()), label(periods.last()));
        let signals = self.panels.iter().flat_map(|panel| panel.points.iter().map(move |point| (panel, point)));
        let signals: Vec<String> = signals
            .filter_map(|(panel, point)| {
                Some(format!("{} in {} ({})", panel.name, point.period, point.signal.as_ref()?))
            })
            .collect();
        const MOST: usize = 12;
        let more = if signals.len() > MOST { format!(" and {} more", signals.len() - MOST) } else { String::new() };
        let message = if signals.is_empty() {
            String::new()
        } else {
            format!("Signals: {}{more}.", signals.iter().take(MOST).cloned().collect::<Vec<_>>().join(", "))
        };
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(basis, &read),
            message,
            notes: self.report.notes().iter().map(ToString::to_string).collect(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        if self.panels.is_empty() {
            return Vec::new();
        }
        let what = if self.counts { "count" } else { "rate" };
        let mut keys = vec![(Shape::Line(Stroke::new(palette.low, 1.8)), what.to_owned())];
        if self.report.chart().is_some() {
            keys.push((Shape::Line(Stroke::new(palette.ink, 1.0).dashed("4 3")), "centre".into()));
            keys.push((Shape::Shade(palette.shade), "control limits".into()));
            keys.push((Shape::Dot(palette.high), "signal".into()));
        }
        keys
    }

    fn width(&self, _: &Options) -> f64 {
        if self.panels.len() > 40 { 1_180.0 } else { 860.0 }
    }

    fn height(&self, wide: f64, room: Option<f64>, _: &Options) -> f64 {
        let rows = self.panels.len().div_ceil(self.columns(wide)).max(1);
        rows as f64 * self.panel_high(room, rows)
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        if let ([panel], Some(top)) = (self.panels.as_slice(), self.rolling_top) {
            let middle = frame.top + 0.62 * frame.height();
            self.panel(canvas, panel, Frame { bottom: middle, ..frame }, look, (true, true));
            self.rolling(canvas, panel, Frame { top: middle + 6.0, ..frame }, top, look.palette);
        } else {
            let columns = self.columns(frame.width());
            let rows = self.panels.len().div_ceil(columns).max(1);
            let high = frame.height() / rows as f64;
            let wide = (frame.width() - GAP * (columns as f64 - 1.0)) / columns as f64;
            for (place, panel) in self.panels.iter().enumerate() {
                let (column, row) = (place % columns, place / columns);
                let left = frame.left + column as f64 * (wide + GAP);
                let top = frame.top + row as f64 * high;
                let cell = Frame { left, right: left + wide, top, bottom: top + high };
                // Periods stand below the last of each column.
                let foot = place + columns >= self.panels.len();
                self.panel(canvas, panel, cell, look, (column == 0, foot));
            }
        }
        let far = self.panels.iter().flat_map(|panel| panel.points.iter().map(move |point| (panel, point)));
        let far = far.filter_map(|(panel, point)| Some((panel, point, point.value.filter(|value| *value > self.top)?)));
        let far: Vec<String> = far
            .map(|(panel, point, value)| {
                format!("{} in {} ({})", panel.name, point.period, digits::fixed(value, self.decimals))
            })
            .collect();
        if far.is_empty() {
            Vec::new()
        } else {
            vec![format!("Beyond the scale, drawn at its edge: {}.", far.join(", "))]
        }
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.panels.iter().map(|panel| (panel.name.as_str(), panel.code.as_deref())).collect()
    }

    fn bars(&self, _: &Options) -> Vec<Bar> {
        let bars = self.panels.iter().flat_map(|panel| panel.points.iter().map(move |point| (panel, point)));
        let single = self.panels.len() == 1;
        bars.map(|(panel, point)| Bar {
            name: if single { point.period.clone() } else { format!("{} {}", panel.name, point.period) },
            value: point.value.unwrap_or(0.0),
            shown: point.value.map_or_else(|| "-".into(), |value| digits::fixed(value, self.decimals)),
        })
        .collect()
    }
}
