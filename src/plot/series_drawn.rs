//! How areas over time are drawn.

use super::{
    canvas::{At, Canvas, Stroke, Type},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    multiples::{self, APART, Axes, periods, runs},
    options::Options,
    scale::{Axis, tick},
    series::{Multiple, Panels, Spot},
    theme::Palette,
    width::{cut, width},
    words,
};
use crate::{base::digits, rate::Period};

const NAME: f64 = 11.5;
/// Above the marks of a panel, for its name; more where figures beyond the scale stand there.
const HEAD: f64 = 22.0;
const FIGURES: f64 = 12.0;
const FOOT: f64 = 18.0;

impl Panels {
    /// The room for figures left of the axis: the same for both drawings of a single area.
    fn room(&self, single: bool) -> f64 {
        let ticks = |top: f64, about| Axis::linear((0.0, top), (0.0, 1.0)).ticks(about);
        let rolling = self.rolling_top.map(|top| ticks(top, 3)).unwrap_or_default();
        let all = ticks(self.top, if single { 6 } else { 3 }).into_iter().chain(rolling);
        all.map(|value| width(&tick(value), 10.0)).fold(0.0, f64::max) + 8.0
    }

    /// Whether any figure is beyond the scale, so that there has to be room for it.
    fn is_far(&self) -> bool {
        self.panels.iter().flat_map(Multiple::values).any(|(_, value)| value > self.top)
    }

    /// The axes of a drawing in a frame.
    fn axes(&self, panel: &Multiple, frame: Frame, top: f64, head: f64) -> Axes {
        let inside = Frame {
            left: frame.left + self.room(self.panels.len() == 1),
            top: frame.top + head,
            right: frame.right - 4.0,
            bottom: frame.bottom - FOOT,
        };
        let last = panel.points.len().saturating_sub(1).max(1) as f64;
        Axes {
            frame,
            inside,
            across: Axis::linear((0.0, last), (inside.left + 4.0, inside.right - 4.0)),
            up: Axis::linear((0.0, top), (inside.bottom, inside.top)),
        }
    }

    fn panel(&self, canvas: &mut Canvas, panel: &Multiple, frame: Frame, look: Look<'_>, (axis, foot): (bool, bool)) {
        let single = self.panels.len() == 1;
        let palette = look.palette;
        let axes = self.axes(panel, frame, self.top, if self.is_far() { HEAD + FIGURES } else { HEAD });
        let inside = axes.inside;
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
            let at = |(place, point): (usize, &Spot)| of(point).map(|value| axes.at(place, value));
            panel.points.iter().enumerate().map(at).collect()
        };
        let (low, high) =
            (place(&|point| point.limits.0.or(point.limits.1.map(|_| 0.0))), place(&|point| point.limits.1));
        for (low, high) in runs(&low).into_iter().zip(runs(&high)) {
            canvas.fill(&high.into_iter().chain(low.into_iter().rev()).collect::<Vec<_>>(), palette.shade, None);
        }
        axes.grid(canvas, if single { 6 } else { 3 }, axis, palette);
        for run in runs(&place(&|point| point.centre)) {
            canvas.path(&run, Stroke::new(palette.ink, 1.0).dashed("4 3"));
        }
        for run in runs(&place(&|point| point.value)) {
            match run.as_slice() {
                [at] => {
                    if at.1 > inside.top {
                        canvas.circle(*at, if single { 3.2 } else { 2.4 }, palette.low, None);
                    }
                }
                run => course(canvas, run, inside.top, Stroke::new(palette.low, if single { 1.8 } else { 1.4 })),
            }
        }
        for (point, at) in panel.points.iter().zip(place(&|point| point.value.filter(|value| *value <= self.top))) {
            if let (Some(_), Some(at)) = (&point.signal, at) {
                canvas.circle(at, if single { 4.2 } else { 3.0 }, palette.high, Some(Stroke::new(palette.paper, 0.8)));
            }
        }
        self.far(canvas, panel, &axes, palette);
        canvas.close();
        if foot {
            periods(canvas, &panel.names(), &axes, palette, single);
        }
    }

    /// An arrow at the edge for the highest of each run beyond the scale, with its figure where there is room.
    fn far(&self, canvas: &mut Canvas, panel: &Multiple, axes: &Axes, palette: Palette) {
        let is_far = |point: &Spot| point.value.is_some_and(|value| value > self.top);
        let places: Vec<(usize, &Spot)> = panel.points.iter().enumerate().collect();
        let runs = places.split(|(_, point)| !is_far(point)).filter_map(|run| {
            run.iter()
                .filter_map(|(place, point)| Some((*place, *point, point.value?)))
                .reduce(|best, one| if one.2 > best.2 { one } else { best })
        });
        let mut highest: Vec<(usize, &Spot, f64)> = runs.collect();
        let edge = axes.inside.top;
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for (place, point, _) in &highest {
            let x = axes.across.at(*place as f64);
            let colour = if point.signal.is_some() { palette.high } else { palette.low };
            canvas.arrow_up((x, edge - 9.0), 9.0, 3.6, colour);
            taken.push((x - 3.6, x + 3.6));
        }
        highest.sort_by(|a, b| b.2.total_cmp(&a.2));
        for (place, _, value) in highest {
            let (x, text) = (axes.across.at(place as f64), digits::fixed(value, self.decimals));
            let wide = width(&text, 10.0);
            let free = |from: f64| {
                let inside = axes.inside.left <= from && from + wide <= axes.inside.right;
                let apart = |(left, right): &(f64, f64)| from > right + 1.0 || from + wide < left - 1.0;
                inside && taken.iter().all(apart)
            };
            if let Some(from) = [x + 6.0, x - 6.0 - wide].into_iter().find(|from| free(*from)) {
                canvas.text((from, edge - 1.5), Type::new(10.0, palette.ink), &text);
                taken.push((from - APART / 2.0, from + wide + APART / 2.0));
            }
        }
    }

    fn rolling(&self, canvas: &mut Canvas, panel: &Multiple, frame: Frame, top: f64, palette: Palette) {
        let months = self.report.rolling().unwrap_or_default();
        let (per, basis) = (self.report.per(), self.report.series().basis());
        let year = if per.is_in_person_months() { "" } else { " a year" };
        let named = format!("{months} months together, {}{year}", words::rate(per, basis));
        let axes = self.axes(panel, frame, top, HEAD);
        canvas.text((frame.left, frame.top + 14.0), Type::new(NAME, palette.ink), &named);
        axes.grid(canvas, 3, true, palette);
        let at = |(place, point): (usize, &Spot)| point.rolling.map(|value| axes.at(place, value));
        let values: Vec<Option<At>> = panel.points.iter().enumerate().map(at).collect();
        for run in runs(&values) {
            match run.as_slice() {
                [at] => canvas.circle(*at, 3.2, palette.ink, None),
                run => canvas.path(run, Stroke::new(palette.ink, 1.8)),
            }
        }
        periods(canvas, &panel.names(), &axes, palette, true);
    }
}

/// The line through a run of periods; from one beyond the scale to the next there is none.
fn course(canvas: &mut Canvas, run: &[At], edge: f64, stroke: Stroke) {
    let mut part: Vec<At> = Vec::new();
    for at in run {
        let both = at.1 <= edge && part.last().is_some_and(|last| last.1 <= edge);
        if both {
            canvas.path(&part, stroke);
            part.clear();
        }
        part.push(*at);
    }
    canvas.path(&part, stroke);
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
            notes: self.notes(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        if self.panels.is_empty() {
            return Vec::new();
        }
        let what = if self.counts { "count" } else { "rate" };
        let mut keys = vec![(Shape::Line(Stroke::new(palette.low, 1.8)), what.to_owned())];
        if self.is_charted() {
            keys.push((Shape::Line(Stroke::new(palette.ink, 1.0).dashed("4 3")), "centre".into()));
            keys.push((Shape::Shade(palette.shade), "control limits".into()));
            if self.panels.iter().flat_map(|panel| &panel.points).any(|point| point.signal.is_some()) {
                keys.push((Shape::Dot(palette.high), "signal".into()));
            }
        }
        keys
    }

    fn width(&self, options: &Options) -> f64 {
        multiples::wide(self.shown(options).len())
    }

    fn height(&self, wide: f64, room: Option<f64>, options: &Options) -> f64 {
        match (self.shown(options).len(), self.rolling_top) {
            (0, _) => 8.0,
            // Two drawings one below the other need more room than one.
            (1, Some(_)) if self.panels.len() == 1 => room.map_or(460.0, |room| room.max(240.0)),
            (1, _) => room.unwrap_or(320.0),
            (number, _) => multiples::height(number, wide, room),
        }
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        if let ([panel], Some(top)) = (self.panels.as_slice(), self.rolling_top) {
            let middle = frame.top + 0.62 * frame.height();
            self.panel(canvas, panel, Frame { bottom: middle, ..frame }, look, (true, true));
            self.rolling(canvas, panel, Frame { top: middle + 6.0, ..frame }, top, look.palette);
        } else {
            let shown = self.shown(look.options);
            for (panel, (cell, first, foot)) in shown.iter().zip(multiples::cells(shown.len(), frame)) {
                self.panel(canvas, panel, cell, look, (first, foot));
            }
        }
        self.not_shown(look.options).into_iter().chain(self.beyond()).collect()
    }

    fn has_ends(&self) -> bool {
        self.panels.len() > 1
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.panels.iter().map(|panel| (panel.name.as_str(), panel.code.as_deref())).collect()
    }

    fn bars(&self, options: &Options) -> Vec<Bar> {
        let shown = self.shown(options).into_iter();
        let bars = shown.flat_map(|panel| panel.points.iter().map(move |point| (panel, point)));
        let single = self.panels.len() == 1;
        bars.map(|(panel, point)| Bar {
            name: if single { point.period.clone() } else { format!("{} {}", panel.name, point.period) },
            value: point.value.unwrap_or(0.0),
            shown: point.value.map_or_else(|| "-".into(), |value| digits::fixed(value, self.decimals)),
            ..Bar::default()
        })
        .collect()
    }
}
