//! Figures with their limits, one below the other, of which there is no report.

use super::{
    canvas::{Canvas, Stroke},
    drawing::{Bar, Base, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::{Axis, reached},
    side::Side,
    theme::{Colour, Palette},
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
        Self::of(Limited::new(what, None, figures.collect()))
    }

    /// The same against a reference that all of them are held against, such as what was promised, by its name and value: those that lie below it or
    /// above it with all of their limits are in colour, and counted in the headline. The axis need not begin at 0, as dots have no length.
    ///
    /// ```
    /// use crimerate::{Confidence, Proportion, plot::Plot};
    ///
    /// let held = [("exact", 958), ("Wald", 912)].map(|(method, held)| -> Result<_, crimerate::Error> {
    ///     let (share, limits) = (held as f64 / 1_000.0, Proportion::new(held, 1_000)?.interval(Confidence::P95));
    ///     Ok((method, Some(100.0 * share), (100.0 * limits.lower(), 100.0 * limits.upper())))
    /// });
    /// let held = held.into_iter().collect::<Result<Vec<_>, _>>()?;
    /// let plot = Plot::of_limits_against("shares of intervals that hold, in per cent", ("promised", 95.0), held);
    /// assert_eq!(plot.headline(), "Shares of intervals that hold, in per cent: one of 2 lies wholly below 95 (promised), none wholly above");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn of_limits_against<N: Into<String>>(
        what: &str,
        (name, reference): (&str, f64),
        figures: impl IntoIterator<Item = (N, Option<f64>, (f64, f64))>,
    ) -> Self {
        let figures = figures.into_iter().map(|(name, value, limits)| (name.into(), value, limits));
        let reference = reference.is_finite().then(|| Reference { name: name.into(), value: reference });
        Self::of(Limited::new(what, reference, figures.collect()))
    }
}

/// What figures are held against.
#[derive(Debug)]
struct Reference {
    name: String,
    value: f64,
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
    reference: Option<Reference>,
    figures: Vec<Figure>,
    decimals: usize,
    /// Those of the axis.
    ends: (f64, f64),
}

/// Whole numbers without decimals.
fn fixed(value: f64, decimals: usize) -> String {
    digits::fixed(value, if value.fract() == 0.0 { 0 } else { decimals })
}

impl Limited {
    fn new(what: &str, reference: Option<Reference>, figures: Vec<(String, Option<f64>, (f64, f64))>) -> Self {
        let sound = |(_, value, (lower, upper)): &(String, Option<f64>, (f64, f64))| {
            value.is_none_or(f64::is_finite) && lower.is_finite() && upper.is_finite()
        };
        let figures: Vec<_> = figures.into_iter().filter(sound).collect();
        let highest = figures.iter().map(|(_, _, (_, upper))| *upper).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let fixed = |value: f64| fixed(value, decimals);
        let all: Vec<(f64, f64)> = figures.iter().map(|(_, _, limits)| *limits).collect();
        let ends = ends(&all, reference.as_ref());
        let figure = |(name, value, (lower, upper)): (String, Option<f64>, (f64, f64))| {
            let to = format!("{} to {}", fixed(lower), fixed(upper));
            let shown = value.map_or_else(String::new, fixed);
            // A figure that goes by itself stands there once, with its limits beside.
            let shown = if shown == name { to.clone() } else { shown };
            let told = match value {
                Some(value) if lower >= upper => fixed(value),
                Some(value) => format!("{} (limits {to})", fixed(value)),
                None => to,
            };
            Figure { line: Line { name, code: None, shown, brief: None, told }, value, limits: (lower, upper) }
        };
        let figures = figures.into_iter().map(figure).collect();
        Self { what: what.into(), reference, figures, decimals, ends }
    }

    /// On which side of the reference a figure lies with all of its limits.
    fn side(&self, figure: &Figure) -> Option<Side> {
        self.reference.as_ref().map(|reference| Side::of(figure.limits, reference.value))
    }

    fn reference_named(&self) -> Option<String> {
        self.reference.as_ref().map(|it| format!("{}: {}", it.name, fixed(it.value, self.decimals)))
    }

    fn colour(&self, figure: &Figure, palette: Palette) -> Colour {
        self.side(figure).map_or(palette.low, |side| side.colour(palette))
    }

    /// Whether any has limits, and is not one number alone.
    fn has_limits(&self) -> bool {
        self.figures.iter().any(|figure| figure.limits.0 < figure.limits.1)
    }

    fn headline(&self) -> String {
        let what = &self.what;
        let (figures, all) = match self.figures.as_slice() {
            [] => return format!("There are no {what} to show"),
            [only] => return format!("{}: {}", only.line.name, only.line.told),
            figures => (figures, digits::grouped(figures.len() as u128)),
        };
        let fixed = |value| fixed(value, self.decimals);
        let Some(Reference { name, value }) = &self.reference else {
            let [low, high] = [f64::min, f64::max].map(|of: fn(f64, f64) -> f64| {
                let ends = figures.iter().flat_map(|it| [it.limits.0, it.limits.1]);
                fixed(ends.reduce(of).unwrap_or_default())
            });
            return format!("With their limits, the {what} reach from {low} to {high}");
        };
        let [below, above] = [Side::Below, Side::Above]
            .map(|side| figures.iter().filter(|figure| self.side(figure) == Some(side)).count());
        let wholly = if self.has_limits() { "wholly " } else { "" };
        let (lie, what) = (if below == 1 { "lies" } else { "lie" }, words::sentence(what));
        let (first, last) = (words::none_or(below), words::none_or(above));
        format!("{what}: {first} of {all} {lie} {wholly}below {} ({name}), {last} {wholly}above", fixed(*value))
    }
}

/// Those of the axis: from 0 to the highest limit, or all that is about the reference, without the very far.
fn ends(limits: &[(f64, f64)], reference: Option<&Reference>) -> (f64, f64) {
    let Some(Reference { value, .. }) = reference else {
        let top = reached(limits.iter().map(|(_, upper)| *upper), 0.0) * 1.02;
        return (0.0, if top > 0.0 { top } else { 1.0 });
    };
    let above = reached(limits.iter().map(|(_, upper)| (upper - value).max(0.0)), 0.0);
    let below = reached(limits.iter().map(|(lower, _)| (value - lower).max(0.0)), 0.0);
    let edge = 0.02 * (above + below).max(f64::EPSILON * value.abs());
    (value - below - edge, value + above + edge)
}

impl Lines for Limited {
    fn lines(&self) -> Vec<&Line> {
        self.figures.iter().map(|figure| &figure.line).collect()
    }

    fn domain(&self) -> (f64, f64) {
        self.ends
    }

    fn value(&self, place: usize) -> f64 {
        self.figures.get(place).and_then(|figure| figure.value).unwrap_or(f64::NAN)
    }

    fn limits(&self, place: usize) -> Option<(f64, f64)> {
        self.figures.get(place).map(|figure| figure.limits)
    }

    fn reference(&self) -> Option<f64> {
        self.reference.as_ref().map(|reference| reference.value)
    }

    fn title(&self) -> String {
        words::sentence(&self.what)
    }

    fn behind(&self, canvas: &mut Canvas, scale: Axis, rows: Frame, look: Look<'_>) {
        if let Some((value, name)) = self.reference().zip(self.reference_named()) {
            lines::named_line(canvas, scale.at(value), &name, rows, look);
        }
    }

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let Some(figure) = self.figures.get(place) else { return };
        let (colour, radius) = (self.colour(figure, look.palette), (high * 0.27).clamp(2.6, 4.5));
        let ((lower, upper), (low, top)) = (figure.limits, self.ends);
        canvas.line((scale.at(lower), y), (scale.at(upper), y), Stroke::new(colour, 1.8));
        if upper > top {
            canvas.arrow((scale.at(top) + 8.0, y), 7.0, radius, colour);
        }
        if lower < low {
            canvas.arrow((scale.at(low) - 8.0, y), -7.0, radius, colour);
        }
        if let Some(value) = figure.value.filter(|value| (low..=top).contains(value)) {
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
        let subtitle = match &self.reference {
            Some(Reference { name, value }) => {
                let each = if self.has_limits() { "Each with its limits" } else { "Each" };
                format!("{each} against {} ({name})", fixed(*value, self.decimals))
            }
            None => format!("{} with their limits", words::sentence(&self.what)),
        };
        Told { headline: self.headline(), subtitle, message, ..Told::default() }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let limits = |colour| (Shape::Line(Stroke::new(colour, 1.8)), "limits".to_owned());
        let Some(Reference { name, .. }) = &self.reference else {
            let keys = [(Shape::Dot(palette.low), "figure".to_owned()), limits(palette.low)];
            return keys.into_iter().filter(|_| !self.figures.is_empty()).collect();
        };
        let (wholly, across) = if self.has_limits() { ("wholly ", "across it") } else { ("", "at it") };
        let text = |side| match side {
            Side::Above => format!("{wholly}above {name}"),
            Side::Across => across.to_owned(),
            Side::Below => format!("{wholly}below {name}"),
        };
        let found = |side| self.figures.iter().any(|figure| self.side(figure) == Some(side));
        let sides = Side::ALL.into_iter().filter(|side| found(*side));
        sides.map(|side| (Shape::Dot(side.colour(palette)), text(side))).collect()
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let (low, top) = self.ends;
        let is_inside = |value: &f64| (low..=top).contains(value);
        // Without a reference limits are beyond where their figure is, as all begin at 0.
        let is_far = |figure: &&Figure| match (figure.value, &self.reference) {
            (Some(value), Some(_)) => !is_inside(&value),
            _ => figure.limits.1 > top,
        };
        let far: Vec<&str> = self.figures.iter().filter(is_far).map(|figure| figure.line.name.as_str()).collect();
        let mut told = lines::beyond(&far);
        let is_clipped = |figure: &Figure| !(is_inside(&figure.limits.0) && is_inside(&figure.limits.1));
        if self.figures.iter().filter(|figure| !is_far(figure)).any(is_clipped) {
            told.push("Limits that end in an arrow reach beyond the scale.".into());
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.figures.iter().map(|figure| (figure.line.name.as_str(), None)).collect()
    }

    fn base(&self) -> Base {
        lines::base(self, self.reference_named())
    }
}
