//! Trends: each area's rate over that of the year before, with its limits, against no change.

use super::{
    canvas::{Canvas, Stroke},
    drawing::{Bar, Base, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines, told_apart},
    options::Options,
    plot::Plot,
    scale::{Axis, reached},
    theme::{Colour, Palette},
    words,
};
use crate::{
    base::{Note, Topic, digits, note},
    rate::Period,
    time::{Trend, TrendLimits, TrendRow, Trends},
};

impl Trends {
    /// A picture of each area's rate over that of the year before, as fitted, with its limits, the highest first: no change as a line, all areas
    /// together as another. In colour are those that are certain at the level of the report for all areas (Holm).
    ///
    /// Where the limits are quasi, certain are those that are by Student's distribution, too: phi of few periods is rough, and the headline
    /// keeps what it promises.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let counts = [("A", [500, 610, 720, 850, 1_010]), ("B", [900, 890, 905, 880, 895])];
    /// let rows = counts.iter().flat_map(|(area, counts)| (2018..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 800_000)));
    /// let plot = Series::from_rows(rows)?.trends().plot();
    /// assert_eq!(plot.headline(), "The rate rose in one of 2 areas and fell in one; one trend is certain (95 %, Holm)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Ratios::of(self))
    }
}

#[derive(Debug)]
struct TrendLine {
    line: Line,
    ratio: f64,
    lower: f64,
    upper: f64,
    certain: bool,
}

#[derive(Debug)]
struct Ratios {
    trends: Trends,
    /// From the highest to the lowest.
    ratios: Vec<TrendLine>,
    /// That of all areas together.
    together: Option<f64>,
    ends: (f64, f64),
}

const DECIMALS: usize = 3;

/// Ratios that are nearer to 1 do not differ from it but by how they were rounded.
const SAME: f64 = 1e-9;

fn fixed(value: f64) -> String {
    digits::fixed(value, DECIMALS)
}

impl Ratios {
    fn of(trends: &Trends) -> Self {
        let (alpha, level) = (trends.confidence().alpha(), trends.confidence());
        let sure = match trends.limits() {
            TrendLimits::Quasi => trends.clone().with_limits(TrendLimits::QuasiStudent),
            _ => trends.clone(),
        };
        let ratio = |(row, sure): (&TrendRow, &TrendRow)| {
            let ratio = row.ratio_per_year.filter(|ratio| *ratio > 0.0)?;
            let (lower, upper) = (row.lower?, row.upper.unwrap_or(f64::INFINITY));
            let to = if upper.is_finite() { format!("to {}", fixed(upper)) } else { "and more".into() };
            let told = format!("{} ({level} limits {} {to}) a year", fixed(ratio), fixed(lower));
            let line = Line { name: row.area.clone(), code: row.code.clone(), shown: fixed(ratio), brief: None, told };
            Some(TrendLine { line, ratio, lower, upper, certain: sure.p_holm.is_some_and(|p| p <= alpha) })
        };
        let mut ratios: Vec<TrendLine> = trends.iter().zip(sure.iter()).filter_map(ratio).collect();
        told_apart(ratios.iter_mut().map(|ratio| ratio.line.name_and_code()));
        ratios.sort_by(|a, b| b.ratio.total_cmp(&a.ratio));
        let together = trends.together().map(Trend::ratio).filter(|ratio| ratio.is_finite());
        let ends = ends(&ratios, together);
        Self { trends: trends.clone(), ratios, together, ends }
    }

    fn headline(&self) -> String {
        let all = self.ratios.len();
        let with = self.trends.series().areas().iter().zip(self.trends.iter());
        let noun = words::noun(with.filter(|(_, row)| row.ratio_per_year.is_some()).map(|(area, _)| area));
        let number = |of: fn(&TrendLine) -> bool| self.ratios.iter().filter(|ratio| of(ratio)).count();
        let (rose, fell) = (number(|it| it.ratio > 1.0 + SAME), number(|it| it.ratio < 1.0 - SAME));
        if all == 0 {
            return "No area has a trend to show".into();
        }
        let noun = match (all, self.trends.series().len()) {
            (some, all) if some < all => ("area with a trend", "areas with a trend"),
            _ => noun,
        };
        let certain = match number(|it| it.certain) {
            0 => "no trend is".to_owned(),
            1 => "one trend is".into(),
            more => format!("{} trends are", words::many(more)),
        };
        let what = match self.trends.limits() {
            TrendLimits::Poisson => "more than chance alone makes",
            _ => "certain",
        };
        format!(
            "{}; {certain} {what} ({}, Holm)",
            words::moved("rate", (rose, fell), all, noun),
            self.trends.confidence()
        )
    }

    fn colour(ratio: &TrendLine, palette: Palette) -> Colour {
        match ratio.certain {
            false => palette.neutral,
            true if ratio.ratio > 1.0 => palette.high,
            true => palette.low,
        }
    }

    fn is_inside(&self, value: f64) -> bool {
        (self.ends.0..=self.ends.1).contains(&value)
    }
}

/// Those of the axis: all ratios but the very far, no change, and all limits but the very far.
fn ends(ratios: &[TrendLine], together: Option<f64>) -> (f64, f64) {
    let top = reached(ratios.iter().map(|it| it.ratio), 1.0);
    let least = ratios.iter().map(|it| it.ratio).fold(1.0, f64::min);
    let limits = reached(ratios.iter().map(|it| (it.upper - 1.0).max(1.0 - it.lower)), 0.0);
    let room = (top - 1.0).max(1.0 - least).max(limits).max(0.01);
    let upper = ratios.iter().map(|it| it.upper).fold(top, f64::max).min(1.0 + room);
    let lower = ratios.iter().map(|it| it.lower).fold(least, f64::min).max(1.0 - room);
    let together = together.unwrap_or(1.0);
    let (low, high) = (lower.min(together).max(0.0), upper.max(together).max(1.0));
    let edge = 0.02 * (high - low);
    ((low - edge).max(0.0), high + edge)
}

impl Lines for Ratios {
    fn lines(&self) -> Vec<&Line> {
        self.ratios.iter().map(|ratio| &ratio.line).collect()
    }

    fn domain(&self) -> (f64, f64) {
        self.ends
    }

    fn value(&self, place: usize) -> f64 {
        self.ratios.get(place).map_or(f64::NAN, |row| row.ratio)
    }

    fn limits(&self, place: usize) -> Option<(f64, f64)> {
        self.ratios.get(place).map(|row| (row.lower, row.upper))
    }

    fn title(&self) -> String {
        "Rate over that of the year before".into()
    }

    fn reference(&self) -> Option<f64> {
        Some(1.0)
    }

    fn behind(&self, canvas: &mut Canvas, scale: Axis, rows: Frame, look: Look<'_>) {
        if let Some(together) = self.together {
            let x = scale.at(together);
            canvas.line((x, rows.top), (x, rows.bottom), Stroke::new(look.palette.ink, 1.2).dashed("4 3"));
        }
        lines::named_line(canvas, scale.at(1.0), "no change", rows, look);
    }

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let Some(row) = self.ratios.get(place) else { return };
        let (colour, radius) = (Self::colour(row, look.palette), (high * 0.27).clamp(2.6, 4.5));
        let (low, top) = self.ends;
        canvas.line((scale.at(row.lower), y), (scale.at(row.upper), y), Stroke::new(colour, 1.8));
        let far = row.ratio > top;
        if row.upper > top {
            canvas.arrow((scale.at(top) + 8.0, y), if far { 9.0 } else { 5.0 }, radius, colour);
        }
        if row.lower < low {
            canvas.arrow((scale.at(low) - 8.0, y), -5.0, radius, colour);
        }
        if !far {
            canvas.circle((scale.at(row.ratio), y), radius, colour, None);
        }
    }
}

impl Drawing for Ratios {
    fn told(&self) -> Told {
        let series = self.trends.series();
        let label = |period: Option<&Period>| period.map(|period| series.period_label(*period)).unwrap_or_default();
        let (first, last) = (label(series.periods().first()), label(series.periods().last()));
        let limits = self.trends.confidence();
        let read =
            format!("rate over that of the year before, as fitted to {first} to {last}, with its {limits} limits");
        let end = |row: Option<&TrendLine>| {
            row.map_or_else(String::new, |row| format!("{} {}", row.line.name, row.line.told))
        };
        let message = match self.ratios.len() {
            0 => String::new(),
            1 => format!("{}.", end(self.ratios.first())),
            _ => format!("Highest: {}; lowest: {}.", end(self.ratios.first()), end(self.ratios.last())),
        };
        let student = (self.trends.limits() == TrendLimits::Quasi).then(|| {
            let text =
                "In colour, and certain: by Student's distribution, which allows for a rough phi of few periods.";
            Note::new(Topic::Significance, text)
        });
        let topics = [Topic::Areas, Topic::LeftOut, Topic::Interval, Topic::Basis];
        let notes = self.trends.notes();
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(series.basis(), &read),
            message,
            notes: student.into_iter().chain(note::about(&notes, &topics)).collect(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let kinds =
            [(palette.high, "certain rise"), (palette.low, "certain fall"), (palette.neutral, "neither is certain")];
        let found = |colour| self.ratios.iter().any(|ratio| Self::colour(ratio, palette) == colour);
        let kinds = kinds.into_iter().filter(|(colour, _)| found(*colour));
        let mut keys: Vec<Key> = kinds.map(|(colour, text)| (Shape::Dot(colour), text.to_owned())).collect();
        if let Some(together) = self.together.filter(|_| !self.ratios.is_empty()) {
            let stroke = Stroke::new(palette.ink, 1.2).dashed("4 3");
            keys.push((Shape::Line(stroke), format!("all areas without a gap together: {}", fixed(together))));
        }
        keys
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let far: Vec<&str> =
            self.ratios.iter().filter(|row| row.ratio > self.ends.1).map(|row| row.line.name.as_str()).collect();
        let mut told = lines::beyond(&far);
        let clipped =
            |row: &TrendLine| row.ratio <= self.ends.1 && !(self.is_inside(row.lower) && self.is_inside(row.upper));
        if self.ratios.iter().any(clipped) {
            told.push("Limits that end in an arrow reach beyond the scale.".into());
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.ratios.iter().map(|row| (row.line.name.as_str(), row.line.code.as_deref())).collect()
    }

    fn base(&self) -> Base {
        lines::base(self, Some("no change".into()))
    }
}
