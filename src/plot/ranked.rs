//! Areas by their rates: dots with intervals, the average, and who lies beyond.

use super::{
    about::About,
    canvas::{Canvas, Stroke},
    drawing::{Bar, Base, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::{Axis, reached},
    side::Side,
    theme::Palette,
    words,
};
use crate::{
    base::digits,
    league::{Band, Report, Row},
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
        self.ranked()
    }
}

/// A report of a value for each area, which can be ranked and laid on a map.
pub(super) trait Valued {
    /// What the values are, and those that are shown, in their order.
    fn valued(&self) -> (About, Vec<RankedValue>);

    fn ranked(&self) -> Plot {
        let (about, values) = self.valued();
        Plot::of(Ranked::new(about, values))
    }
}

impl Valued for Report {
    fn valued(&self) -> (About, Vec<RankedValue>) {
        (About::rates(self), self.top(self.league().len()).map(RankedValue::from).collect())
    }
}

/// A value of an area with what a report says of it.
#[derive(Debug, Default)]
pub(super) struct RankedValue {
    pub(super) area: String,
    pub(super) code: Option<String>,
    pub(super) value: Option<f64>,
    /// As it was printed, where it was.
    pub(super) printed: Option<String>,
    pub(super) limits: (Option<f64>, Option<f64>),
    pub(super) average: Option<f64>,
    pub(super) band: Option<Band>,
    /// What it was before it was smoothed or standardised.
    pub(super) before: Option<f64>,
}

impl From<Row> for RankedValue {
    fn from(row: Row) -> Self {
        Self {
            area: row.area,
            code: row.code,
            value: row.rate,
            limits: (row.lower, row.upper),
            average: row.average,
            band: row.band,
            ..Self::default()
        }
    }
}

#[derive(Debug)]
struct ValueLine {
    line: Line,
    value: f64,
    interval: Option<(f64, f64)>,
    average: Option<f64>,
    before: Option<f64>,
    side: Side,
}

/// Areas by a value that each of them has.
#[derive(Debug)]
pub(super) struct Ranked {
    about: About,
    rows: Vec<ValueLine>,
    decimals: usize,
    top: f64,
}

impl Ranked {
    /// Of values in their order; areas without one are not drawn.
    pub(super) fn new(about: About, values: Vec<RankedValue>) -> Self {
        let highest = values.iter().filter_map(|row| row.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let line = |row: RankedValue| {
            let value = row.value.filter(|value| value.is_finite())?;
            let interval = row.limits.0.map(|lower| (lower, row.limits.1.unwrap_or(f64::INFINITY)));
            let average = row.average.or(about.average);
            let side = match (row.band, interval.zip(average)) {
                (Some(Band::Above), _) => Side::Above,
                (Some(Band::Below), _) => Side::Below,
                (Some(Band::Within), _) | (None, None) => Side::Across,
                (None, Some((interval, average))) => Side::of(interval, average),
            };
            let fixed = |value| digits::fixed(value, decimals);
            let shown = row.printed.unwrap_or_else(|| fixed(value));
            let ends = |(low, high): (f64, f64)| match high.is_finite() {
                true => format!(" ({} {} to {})", about.interval, fixed(low), fixed(high)),
                false => format!(" ({} {} and more)", about.interval, fixed(low)),
            };
            let before = row.before.filter(|before| before.is_finite());
            let was = before.zip(about.before).map(|(before, what)| format!(", {what} {}", fixed(before)));
            let told = format!("{shown}{}{}", interval.map(ends).unwrap_or_default(), was.unwrap_or_default());
            let line = Line { name: row.area, code: row.code, shown, brief: None, told };
            Some(ValueLine { line, value, interval, average: row.average, before, side })
        };
        let mut rows: Vec<ValueLine> = values.into_iter().filter_map(line).collect();
        lines::told_apart(rows.iter_mut().map(|row| row.line.name_and_code()));
        let top = top(&rows, about.average, about.band);
        Self { about, rows, decimals, top }
    }

    fn number(&self, side: Side) -> usize {
        self.rows.iter().filter(|row| row.side == side).count()
    }

    fn fixed(&self, value: f64) -> String {
        digits::fixed(value, self.decimals)
    }

    pub(super) fn headline(&self) -> String {
        let (all, per, about) = (self.rows.len(), self.about.per, &self.about);
        let noun = about.areas;
        let [low, high] = [f64::min, f64::max]
            .map(|of: fn(f64, f64) -> f64| self.rows.iter().map(|row| row.value).reduce(of).unwrap_or_default());
        let (above, below) = (self.number(Side::Above), self.number(Side::Below));
        if let (Some((lower, upper)), true) = (about.band, all > 1) {
            let ends = format!("the band from {} to {} {per}", self.fixed(lower), self.fixed(upper));
            let lies = words::verb(above, "lies", "lie");
            return match (above, below) {
                (0, 0) => format!("{} lie within {ends}", words::of(all, all, noun)),
                (0, _) => format!(
                    "{} {} below {ends}, none above",
                    words::of(below, all, noun),
                    words::verb(below, "lies", "lie")
                ),
                _ => format!("{} {lies} above {ends}, {} below", words::of(above, all, noun), words::none_or(below)),
            };
        }
        if let (Some(headline), true) = (&about.headline, all > 1) {
            return headline.clone();
        }
        match (all, about.average) {
            (0, _) => format!("No area has a {} to show", about.short),
            (1, _) => {
                let row = self.rows.first();
                row.map_or_else(String::new, |row| {
                    format!("The {} of {} is {} {per}", about.short, row.line.name, row.line.shown)
                })
            }
            (_, Some(average)) => {
                let above = self.rows.iter().filter(|row| row.value > average).count();
                let below = self.rows.iter().filter(|row| row.value < average).count();
                let named = format!("the {} of {} {per}", about.average_named, self.fixed(average));
                match (above, below) {
                    (0, 0) => format!("{} have {named}", words::of(all, all, noun)),
                    (0, _) => format!("None of {} lies above {named}", words::counted(all, noun)),
                    _ => {
                        let sure = self.number(Side::Above);
                        let whole = format!(
                            ", {} with {} whole interval",
                            words::none_or(sure),
                            words::verb(sure.max(usize::from(above == 1)), "its", "their")
                        );
                        let whole = if self.is_compared() && sure < above { whole } else { String::new() };
                        let lie = words::verb(above, "lies", "lie");
                        format!("{} {lie} above {named}{whole}", words::of(above, all, noun))
                    }
                }
            }
            (_, None)
                if low < high && about.own_named.is_some() && self.rows.iter().any(|row| row.average.is_some()) =>
            {
                let above = |row: &&ValueLine| row.average.is_some_and(|average| row.value > average);
                let above = self.rows.iter().filter(above).count();
                let named = about.own_named.as_ref().map_or("", |[its, their]| if above == 1 { its } else { their });
                let lies = words::verb(above.max(1), "lies", "lie");
                let part = words::of(above, all, noun);
                format!("{part} {lies} above the {named}; the highest {} is {} {per}", about.short, self.named(high))
            }
            (_, None) if low == high => {
                format!("{} have a {} of {} {per}", words::of(all, all, noun), about.short, self.fixed(low))
            }
            (_, None) => {
                let (highest, lowest) = (self.named(high), self.named(low));
                format!(
                    "The highest {} of {} is {highest}, the lowest {lowest} {per}",
                    about.short,
                    words::counted(all, noun)
                )
            }
        }
    }

    /// A value with who has it.
    fn named(&self, value: f64) -> String {
        let mut rows = self.rows.iter().filter(|row| row.value == value);
        let name = rows.next().map_or("", |row| &row.line.name);
        format!("{} ({name}{})", self.fixed(value), words::and_more(rows.count()))
    }

    /// What is said to who cannot see the dots.
    fn message(&self) -> String {
        let end = |of: fn(f64, f64) -> bool| {
            let row = self.rows.iter().reduce(|best, row| if of(row.value, best.value) { row } else { best })?;
            let same = self.rows.iter().filter(|other| other.value == row.value).count() - 1;
            Some(format!("{}{} with {}", row.line.name, words::and_more(same), row.line.told))
        };
        let (Some(highest), Some(lowest)) = (end(|a, b| a > b), end(|a, b| a < b)) else { return String::new() };
        if self.rows.len() < 2 {
            return String::new();
        }
        let mut told = vec![format!("Highest: {highest}; lowest: {lowest}.")];
        if self.about.band.is_none() && self.is_compared() {
            told.push(format!(
                "The whole of the {} lies above the {} for {}, below it for {}: each area by itself, for chance alone.",
                self.about.interval,
                self.about.average_named,
                words::none_or(self.number(Side::Above)),
                words::none_or(self.number(Side::Below))
            ));
        }
        told.join(" ")
    }
}

impl Ranked {
    /// Whether intervals are held against an average.
    fn is_compared(&self) -> bool {
        let compared = |row: &ValueLine| row.interval.is_some() && row.average.or(self.about.average).is_some();
        self.rows.iter().any(compared)
    }
}

impl Lines for Ranked {
    fn lines(&self) -> Vec<&Line> {
        self.rows.iter().map(|row| &row.line).collect()
    }

    fn value(&self, place: usize) -> f64 {
        self.rows.get(place).map_or(0.0, |row| row.value)
    }

    fn domain(&self) -> (f64, f64) {
        (0.0, self.top)
    }

    fn title(&self) -> String {
        words::sentence(&self.about.read())
    }

    fn reference(&self) -> Option<f64> {
        self.about.average
    }

    fn behind(&self, canvas: &mut Canvas, scale: Axis, rows: Frame, look: Look<'_>) {
        if let Some((lower, upper)) = self.about.band {
            let (from, to) = (scale.at(lower.max(0.0)), scale.at(upper));
            canvas.rectangle((from, rows.top), (to, rows.bottom), look.palette.shade);
        }
        if let Some(average) = self.about.average {
            let name = format!("{} {}", self.about.average_named, self.fixed(average));
            lines::named_line(canvas, scale.at(average), &name, rows, look);
        }
    }

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let (Some(row), palette) = (self.rows.get(place), look.palette) else { return };
        let colour = row.side.colour(palette);
        let radius = (high * 0.27).clamp(2.6, 4.5);
        let edge = scale.at(self.top);
        let arrow = |canvas: &mut Canvas, reach: f64| canvas.arrow((edge + 8.0, y), reach, radius, colour);
        if let Some(before) = row.before.filter(|before| *before <= self.top) {
            canvas.circle((scale.at(before), y), radius, palette.paper, Some(Stroke::new(palette.neutral, 1.2)));
        }
        if let Some((low, upper)) = row.interval {
            canvas.line((scale.at(low), y), (scale.at(upper), y), Stroke::new(colour, 1.8));
            if upper > self.top && row.value <= self.top {
                arrow(canvas, 5.0);
            }
        }
        if row.value > self.top {
            return arrow(canvas, 9.0);
        }
        if self.about.average.is_none()
            && let Some(average) = row.average.filter(|average| *average <= self.top)
        {
            let x = scale.at(average);
            canvas.line((x, y - high * 0.4), (x, y + high * 0.4), Stroke::new(palette.ink, 1.4));
        }
        canvas.circle((scale.at(row.value), y), radius, colour, None);
    }
}

/// The right end of the axis: all values but the very far, and as much of their intervals as does not press the dots together.
fn top(rows: &[ValueLine], average: Option<f64>, band: Option<(f64, f64)>) -> f64 {
    let top = reached(rows.iter().flat_map(|row| [Some(row.value), row.before]).flatten(), 0.0);
    let upper = rows.iter().filter(|row| row.value <= top).filter_map(|row| row.interval).map(|(_, upper)| upper);
    let upper = upper.filter(|upper| upper.is_finite()).fold(0.0, f64::max);
    // Those that reach a little farther are not cut off for it.
    let upper = if top > 0.0 && upper > 2.0 * top { 1.5 * top } else { upper };
    let ends =
        [top * 1.02, upper, average.unwrap_or(0.0) * 1.05, band.map_or(0.0, |(_, upper)| upper.min(1.5 * top) * 1.02)];
    let top = ends.into_iter().filter(|end| end.is_finite()).fold(0.0, f64::max);
    if top > 0.0 { top } else { 1.0 }
}

impl Drawing for Ranked {
    fn told(&self) -> Told {
        let has_limits = self.rows.iter().any(|row| row.interval.is_some());
        let limits = if has_limits { format!(" with its {}", self.about.interval) } else { String::new() };
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(&self.about.basis, &format!("{}{limits}", self.about.read())),
            message: self.message(),
            notes: self.about.notes.clone(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let average = &self.about.average_named;
        let names = match (self.about.band.is_some(), self.is_compared()) {
            (true, _) => ["above the band", "within it", "below the band"].map(str::to_owned),
            (false, true) => [
                format!("whole interval above the {average}"),
                "interval across it".into(),
                "whole interval below".into(),
            ],
            (false, false) => [String::new(), self.about.short.to_owned(), String::new()],
        };
        let mut keys = Vec::new();
        for (side, name) in Side::ALL.into_iter().zip(names) {
            if self.number(side) > 0 && !name.is_empty() {
                keys.push((Shape::Dot(side.colour(palette)), name));
            }
        }
        if let Some(before) = self.about.before {
            keys.push((Shape::Ring(palette.neutral), before.to_owned()));
        }
        if let Some(spec) = self.about.bands.filter(|_| self.about.band.is_some()) {
            keys.push((Shape::Shade(palette.shade), format!("band: {spec}")));
        }
        if self.about.average.is_none() && self.rows.iter().any(|row| row.average.is_some()) {
            keys.push((
                Shape::Line(Stroke::new(palette.ink, 1.4)),
                "the average that the area is compared with".into(),
            ));
        }
        keys
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let far: Vec<&str> =
            self.rows.iter().filter(|row| row.value > self.top).map(|row| row.line.name.as_str()).collect();
        let clipped = self
            .rows
            .iter()
            .any(|row| row.value <= self.top && row.interval.is_some_and(|(_, upper)| upper > self.top));
        let mut told = lines::beyond(&far);
        if clipped {
            told.push("Intervals that end in an arrow reach beyond the scale.".into());
        }
        if self.rows.iter().any(|row| row.before.is_some_and(|before| before > self.top)) {
            told.push("Rings beyond the scale are not drawn.".into());
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.rows.iter().map(|row| (row.line.name.as_str(), row.line.code.as_deref())).collect()
    }

    fn base(&self) -> Base {
        let mark = self
            .about
            .average
            .map(|average| (average, format!("{} {}", self.about.average_named, self.fixed(average))));
        Base { mark, ..Base::default() }
    }
}
