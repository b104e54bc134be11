//! Areas by their rates: dots with intervals, the average, and who lies beyond.

use super::{
    canvas::{Canvas, Stroke},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::{Axis, reached},
    theme::{Colour, Palette},
    words,
};
use crate::{
    base::{Topic, digits},
    league::{Band, Report, ReportRow},
};

impl Report {
    /// A picture of the rates in their order, each in figures and as a dot with its interval: the average as a line, the bands as
    /// a shade where there are any, and those beyond in two colours.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let plot = table.compare(Average::POOLED).per(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "One of 3 areas lies above the average of 0.83 per 1,000");
    /// assert!(plot.to_svg().starts_with("<svg "));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Ranked::of(self))
    }
}

/// Where a rate lies against what it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Above,
    Across,
    Below,
}

#[derive(Debug)]
struct RateLine {
    line: Line,
    rate: f64,
    interval: Option<(f64, f64)>,
    average: Option<f64>,
    side: Side,
}

#[derive(Debug)]
struct Ranked {
    report: Report,
    rows: Vec<RateLine>,
    /// The one average of all, where there is one.
    average: Option<f64>,
    /// The ends of the bands, where there are any.
    band: Option<(f64, f64)>,
    decimals: usize,
    top: f64,
}

impl Ranked {
    fn of(report: &Report) -> Self {
        let found: Vec<ReportRow> = report.top(report.league().len()).collect();
        let highest = found.iter().filter_map(|row| row.rate).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let league = report.league();
        let level = league.how().interval().confidence();
        let average = league.average().ok().map(|average| average.per(report.per()).value());
        let bands = report.bands().and_then(|spec| league.bands(spec).ok());
        let band = bands.map(|bands| (bands.lower(report.per()), bands.upper(report.per())));
        let rows: Vec<RateLine> = found
            .into_iter()
            .filter_map(|row| {
                let rate = row.rate.filter(|rate| rate.is_finite())?;
                let interval = row.lower.zip(row.upper);
                let side = match (row.band, interval.zip(row.average)) {
                    (Some(Band::Above), _) => Side::Above,
                    (Some(Band::Below), _) => Side::Below,
                    (Some(Band::Within), _) | (None, None) => Side::Across,
                    (None, Some(((low, _), average))) if low > average => Side::Above,
                    (None, Some(((_, high), average))) if high < average => Side::Below,
                    (None, Some(_)) => Side::Across,
                };
                let shown = digits::fixed(rate, decimals);
                let fixed = |value| digits::fixed(value, decimals);
                let ends = interval.map(|(low, high)| format!(" ({level} interval {} to {})", fixed(low), fixed(high)));
                let told = format!("{shown}{}", ends.unwrap_or_default());
                let line = Line { name: row.area, code: row.code, shown, told };
                Some(RateLine { line, rate, interval, average: row.average, side })
            })
            .collect();
        let top = top(&rows, average, band);
        Self { report: report.clone(), rows, average, band, decimals, top }
    }

    fn number(&self, side: Side) -> usize {
        self.rows.iter().filter(|row| row.side == side).count()
    }

    fn fixed(&self, value: f64) -> String {
        digits::fixed(value, self.decimals)
    }

    fn headline(&self) -> String {
        let (all, per) = (self.rows.len(), self.report.per());
        let noun = words::noun(self.report.league().ranked().map(|here| here.area()));
        let [low, high] = [f64::min, f64::max]
            .map(|of: fn(f64, f64) -> f64| self.rows.iter().map(|row| row.rate).reduce(of).unwrap_or_default());
        let (above, below) = (self.number(Side::Above), self.number(Side::Below));
        if let (Some((lower, upper)), true) = (self.band, all > 1) {
            let ends = format!("the band from {} to {} {per}", self.fixed(lower), self.fixed(upper));
            let lies = words::verb(above, "lies", "lie");
            return match (above, below) {
                (0, 0) => format!("{} lie within {ends}", words::of(all, all, noun)),
                (0, _) => format!(
                    "{} {} below {ends}, none above",
                    words::of(below, all, noun),
                    words::verb(below, "lies", "lie")
                ),
                _ => format!("{} {lies} above {ends}, {} below", words::of(above, all, noun), none(below)),
            };
        }
        match (all, self.average) {
            (0, _) => "No area has a rate to show".into(),
            (1, _) => {
                let row = self.rows.first();
                row.map_or_else(String::new, |row| format!("The rate of {} is {} {per}", row.line.name, row.line.shown))
            }
            (_, Some(average)) => {
                let above = self.rows.iter().filter(|row| row.rate > average).count();
                let below = self.rows.iter().filter(|row| row.rate < average).count();
                let named = words::average(self.report.league());
                let named = format!("{named} of {} {per}", self.fixed(average));
                match (above, below) {
                    (0, 0) => format!("{} have {named}", words::of(all, all, noun)),
                    (0, _) => format!("None of {} lies above {named}", of_all(all, noun)),
                    _ => format!("{} {} above {named}", words::of(above, all, noun), words::verb(above, "lies", "lie")),
                }
            }
            (_, None) if low == high => {
                format!("{} have a rate of {} {per}", words::of(all, all, noun), self.fixed(low))
            }
            (_, None) => {
                format!("The rates of {} lie from {} to {} {per}", of_all(all, noun), self.fixed(low), self.fixed(high))
            }
        }
    }

    /// What is said to who cannot see the dots.
    fn message(&self) -> String {
        let end = |of: fn(f64, f64) -> bool| {
            let row = self.rows.iter().reduce(|best, row| if of(row.rate, best.rate) { row } else { best })?;
            let same = self.rows.iter().filter(|other| other.rate == row.rate).count() - 1;
            let joint = if same > 0 { format!(" and {} more", words::many(same)) } else { String::new() };
            Some(format!("{}{joint} with {}", row.line.name, row.line.told))
        };
        let (Some(highest), Some(lowest)) = (end(|a, b| a > b), end(|a, b| a < b)) else { return String::new() };
        if self.rows.len() < 2 {
            return String::new();
        }
        let mut told = vec![format!("Highest: {highest}; lowest: {lowest}.")];
        if self.band.is_none() && self.rows.iter().any(|row| row.average.is_some()) {
            told.push(format!(
                "The whole of the interval lies above the average for {}, below it for {}.",
                words::many(self.number(Side::Above)),
                words::many(self.number(Side::Below))
            ));
        }
        told.join(" ")
    }
}

impl Lines for Ranked {
    fn lines(&self) -> Vec<&Line> {
        self.rows.iter().map(|row| &row.line).collect()
    }

    fn domain(&self) -> (f64, f64) {
        (0.0, self.top)
    }

    fn title(&self) -> String {
        format!("Rate {}", words::per(self.report.per(), self.report.league().table().basis()))
    }

    fn behind(&self, canvas: &mut Canvas, scale: Axis, rows: Frame, look: Look<'_>) {
        if let Some((lower, upper)) = self.band {
            let (from, to) = (scale.at(lower.max(0.0)), scale.at(upper));
            canvas.rectangle((from, rows.top), (to, rows.bottom), look.palette.shade);
        }
        if let Some(average) = self.average {
            let named = words::average(self.report.league()).trim_start_matches("the ");
            let name = format!("{named} {}", self.fixed(average));
            lines::named_line(canvas, scale.at(average), &name, rows, look);
        }
    }

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let (Some(row), palette) = (self.rows.get(place), look.palette) else { return };
        let colour = colour(row.side, palette);
        let radius = (high * 0.27).clamp(2.6, 4.5);
        let edge = scale.at(self.top);
        let arrow = |canvas: &mut Canvas, reach: f64| {
            let tip = edge + 8.0;
            canvas.fill(&[(tip, y), (tip - reach, y - radius), (tip - reach, y + radius)], colour, None);
        };
        if let Some((low, upper)) = row.interval {
            canvas.line((scale.at(low), y), (scale.at(upper), y), Stroke::new(colour, 1.8));
            if upper > self.top && row.rate <= self.top {
                arrow(canvas, 5.0);
            }
        }
        if row.rate > self.top {
            return arrow(canvas, 9.0);
        }
        if self.average.is_none()
            && let Some(average) = row.average.filter(|average| *average <= self.top)
        {
            let x = scale.at(average);
            canvas.line((x, y - high * 0.4), (x, y + high * 0.4), Stroke::new(palette.ink, 1.4));
        }
        canvas.circle((scale.at(row.rate), y), radius, colour, None);
    }
}

fn of_all(number: usize, (one, more): (&str, &str)) -> String {
    format!("{} {}", digits::grouped(number as u128), if number == 1 { one } else { more })
}

fn none(number: usize) -> String {
    if number == 0 { "none".into() } else { words::many(number) }
}

const fn colour(side: Side, palette: Palette) -> Colour {
    match side {
        Side::Above => palette.high,
        Side::Across => palette.neutral,
        Side::Below => palette.low,
    }
}

/// The right end of the axis: all rates but the very far, and as much of their intervals as does not press the dots together.
fn top(rows: &[RateLine], average: Option<f64>, band: Option<(f64, f64)>) -> f64 {
    let top = reached(rows.iter().map(|row| row.rate), 0.0);
    let upper = rows.iter().filter(|row| row.rate <= top).filter_map(|row| row.interval).map(|(_, upper)| upper);
    let upper =
        upper.filter(|upper| upper.is_finite()).fold(0.0, f64::max).min(if top > 0.0 { 1.5 * top } else { f64::MAX });
    let ends =
        [top * 1.02, upper, average.unwrap_or(0.0) * 1.05, band.map_or(0.0, |(_, upper)| upper.min(1.5 * top) * 1.02)];
    let top = ends.into_iter().filter(|end| end.is_finite()).fold(0.0, f64::max);
    if top > 0.0 { top } else { 1.0 }
}

impl Drawing for Ranked {
    fn told(&self) -> Told {
        let basis = self.report.league().table().basis();
        let level = self.report.league().how().interval().confidence();
        let read = format!("rate {} with its {level} interval", words::per(self.report.per(), basis));
        let topics =
            [Topic::Areas, Topic::LeftOut, Topic::Policy, Topic::Average, Topic::Interval, Topic::Bands, Topic::Basis];
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(basis, &read),
            message: self.message(),
            notes: words::notes(&self.report.notes(), &topics),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let compared = self.rows.iter().any(|row| row.average.is_some());
        let mut keys = Vec::new();
        let names = match (self.band.is_some(), compared) {
            (true, _) => ["above the band", "within it", "below the band"],
            (false, true) => ["whole interval above the average", "interval across it", "whole interval below"],
            (false, false) => ["", "rate with its interval", ""],
        };
        for (side, name) in [Side::Above, Side::Across, Side::Below].into_iter().zip(names) {
            if self.number(side) > 0 && !name.is_empty() {
                keys.push((Shape::Dot(colour(side, palette)), name.to_owned()));
            }
        }
        if self.band.is_some() {
            let spec = self.report.bands().map_or_else(String::new, |spec| spec.to_string());
            keys.push((Shape::Shade(palette.shade), format!("band: {spec}")));
        }
        if self.average.is_none() && compared {
            keys.push((
                Shape::Line(Stroke::new(palette.ink, 1.4)),
                "the average that the area is compared with".into(),
            ));
        }
        keys
    }

    fn width(&self) -> f64 {
        lines::usual_width(self.rows.len())
    }

    fn height(&self, wide: f64, room: Option<f64>, _: &Options) -> f64 {
        lines::height(self.rows.len(), wide, room)
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let far: Vec<&str> =
            self.rows.iter().filter(|row| row.rate > self.top).map(|row| row.line.name.as_str()).collect();
        let clipped =
            self.rows.iter().any(|row| row.rate <= self.top && row.interval.is_some_and(|(_, upper)| upper > self.top));
        let mut told = Vec::new();
        if !far.is_empty() {
            told.push(format!("Beyond the scale, drawn as an arrow, with the rate in figures: {}.", far.join(", ")));
        }
        if clipped {
            told.push("Intervals that end in an arrow reach beyond the scale.".into());
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.rows.iter().map(|row| (row.line.name.as_str(), row.line.code.as_deref())).collect()
    }

    fn bars(&self) -> Vec<Bar> {
        let bar = |row: &RateLine| Bar { name: row.line.name.clone(), value: row.rate, shown: row.line.shown.clone() };
        self.rows.iter().map(bar).collect()
    }
}
