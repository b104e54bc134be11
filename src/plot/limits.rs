//! Figures with their limits, one below the other, of which there is no report.

use super::{
    canvas::{Canvas, Stroke},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::{Axis, reached},
    theme::Palette,
    words,
};
use crate::base::digits;

impl Plot {
    /// A picture of figures that have no report of their own, in the order in which they are given: each with its name, the figure as a dot (where
    /// it is one number) and its limits. What they are stands in the plural, such as `counts` or `rates per 1,000 people`; what is no finite
    /// limit is left out.
    ///
    /// ```
    /// use crimerate::{Confidence, Interval, plot::Plot};
    ///
    /// let counts = [("Kent", 12), ("Essex", 40)];
    /// let limits = counts.map(|(area, count)| (area, count, Interval::of_count(count, Confidence::P95)));
    /// let rows = limits.map(|(area, count, limits)| (area, Some(count as f64), (limits.lower(), limits.upper())));
    /// let plot = Plot::of_limits("counts", rows);
    /// assert_eq!(plot.headline(), "With their limits, the counts reach from 6.2 to 54.5");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn of_limits<N: Into<String>>(
        what: &str,
        figures: impl IntoIterator<Item = (N, Option<f64>, (f64, f64))>,
    ) -> Self {
        let figures = figures.into_iter().map(|(name, value, limits)| (name.into(), value, limits));
        Self::of(Limited::new(what, figures.collect()))
    }
}

#[derive(Debug)]
struct Figure {
    line: Line,
    value: Option<f64>,
    limits: (f64, f64),
}

#[derive(Debug)]
struct Limited {
    what: String,
    figures: Vec<Figure>,
    decimals: usize,
    top: f64,
}

/// Whole numbers without decimals.
fn fixed(value: f64, decimals: usize) -> String {
    digits::fixed(value, if value.fract() == 0.0 { 0 } else { decimals })
}

impl Limited {
    fn new(what: &str, figures: Vec<(String, Option<f64>, (f64, f64))>) -> Self {
        let sound = |(_, value, (lower, upper)): &(String, Option<f64>, (f64, f64))| {
            value.is_none_or(f64::is_finite) && lower.is_finite() && upper.is_finite()
        };
        let figures: Vec<_> = figures.into_iter().filter(sound).collect();
        let highest = figures.iter().map(|(_, _, (_, upper))| *upper).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let fixed = |value: f64| fixed(value, decimals);
        let ends = figures.iter().map(|(_, _, (_, upper))| *upper);
        let top = reached(ends, 0.0) * 1.02;
        let figure = |(name, value, (lower, upper)): (String, Option<f64>, (f64, f64))| {
            let to = format!("{} to {}", fixed(lower), fixed(upper));
            let shown = value.map_or_else(String::new, fixed);
            // A figure that goes by itself stands there once, with its limits beside.
            let shown = if shown == name { to.clone() } else { shown };
            let told = match value {
                Some(value) => format!("{} (limits {to})", fixed(value)),
                None => to,
            };
            Figure { line: Line { name, code: None, shown, brief: None, told }, value, limits: (lower, upper) }
        };
        let figures = figures.into_iter().map(figure).collect();
        Self { what: what.into(), figures, decimals, top: if top > 0.0 { top } else { 1.0 } }
    }

    fn headline(&self) -> String {
        match self.figures.as_slice() {
            [] => format!("There are no {} to show", self.what),
            [only] => format!("{}: {}", only.line.name, only.line.told),
            more => {
                let [low, high] = [f64::min, f64::max].map(|of: fn(f64, f64) -> f64| {
                    let ends = more.iter().flat_map(|it| [it.limits.0, it.limits.1]);
                    fixed(ends.reduce(of).unwrap_or_default(), self.decimals)
                });
                format!("With their limits, the {} reach from {low} to {high}", self.what)
            }
        }
    }
}

impl Lines for Limited {
    fn lines(&self) -> Vec<&Line> {
        self.figures.iter().map(|figure| &figure.line).collect()
    }

    fn domain(&self) -> (f64, f64) {
        (0.0, self.top)
    }

    fn title(&self) -> String {
        words::sentence(&self.what)
    }

    fn behind(&self, _: &mut Canvas, _: Axis, _: Frame, _: Look<'_>) {}

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let Some(figure) = self.figures.get(place) else { return };
        let (colour, radius, (lower, upper)) = (look.palette.low, (high * 0.27).clamp(2.6, 4.5), figure.limits);
        canvas.line((scale.at(lower), y), (scale.at(upper), y), Stroke::new(colour, 1.8));
        if upper > self.top {
            canvas.arrow((scale.at(self.top) + 8.0, y), 7.0, radius, colour);
        }
        if let Some(value) = figure.value.filter(|value| (0.0..=self.top).contains(value)) {
            canvas.circle((scale.at(value), y), radius, colour, None);
        }
    }
}

impl Drawing for Limited {
    fn told(&self) -> Told {
        let told = |figure: &Figure| format!("{}: {}", figure.line.name, figure.line.told);
        let some: Vec<String> = self.figures.iter().take(12).map(told).collect();
        let more = if self.figures.len() > 12 { format!("; {} more", self.figures.len() - 12) } else { String::new() };
        let message = if some.is_empty() { String::new() } else { format!("{}{more}.", some.join("; ")) };
        let subtitle = format!("{} with their limits", words::sentence(&self.what));
        Told { headline: self.headline(), subtitle, message, ..Told::default() }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let keys = [(Shape::Dot(palette.low), "figure"), (Shape::Line(Stroke::new(palette.low, 1.8)), "limits")];
        let keys = keys.into_iter().filter(|_| !self.figures.is_empty());
        keys.map(|(shape, text)| (shape, text.to_owned())).collect()
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let far = self.figures.iter().filter(|figure| figure.limits.1 > self.top);
        lines::beyond(&far.map(|figure| figure.line.name.as_str()).collect::<Vec<_>>())
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.figures.iter().map(|figure| (figure.line.name.as_str(), None)).collect()
    }

    fn bars(&self, options: &Options) -> Vec<Bar> {
        lines::bars(self, |place| self.figures.get(place).and_then(|it| it.value).unwrap_or(0.0), options)
    }
}
