//! Shapes and text as SVG, numbers rounded.

use super::theme::Colour;
use std::fmt::Write;

/// A place, from the left and from the top.
pub(super) type At = (f64, f64);

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f64,
    pub(super) dashes: Option<&'static str>,
}

impl Stroke {
    pub(super) const fn new(colour: Colour, width: f64) -> Self {
        Self { colour, width, dashes: None }
    }

    pub(super) const fn dashed(self, dashes: &'static str) -> Self {
        Self { dashes: Some(dashes), ..self }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) colour: Colour,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
}

impl Type {
    pub(super) const fn new(size: f64, colour: Colour) -> Self {
        Self { size, colour, bold: false, anchor: Anchor::Start }
    }

    pub(super) const fn at_end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub(super) const fn in_middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(super) const fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }
}

/// What was drawn so far.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    svg: String,
}

/// A number of a picture: a tenth of a pixel is as much as anybody sees.
pub(super) fn number(value: f64) -> String {
    let tenths = if value.is_finite() { (10.0 * value.clamp(-1e6, 1e6)).round() } else { 0.0 };
    // Without the minus of a zero.
    (tenths / 10.0 + 0.0).to_string()
}

/// Text as XML holds it: what it cannot hold, and what turns text around, is a space.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&apos;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => shown.push(' '),
            c if c.is_control() => shown.push(' '),
            c => shown.push(c),
        }
    }
    shown
}

impl Canvas {
    pub(super) fn into_svg(self) -> String {
        self.svg
    }

    /// What follows shows an area, and says so to who points at it or cannot see it.
    pub(super) fn open(&mut self, told: &str) {
        let _ = writeln!(self.svg, "<g class=\"area\"><title>{}</title>", escaped(told));
    }

    pub(super) fn close(&mut self) {
        self.svg.push_str("</g>\n");
    }

    pub(super) fn line(&mut self, from: At, to: At, stroke: Stroke) {
        self.path(&[from, to], stroke);
    }

    pub(super) fn path(&mut self, points: &[At], stroke: Stroke) {
        if points.len() > 1 {
            let _ = writeln!(self.svg, "<path d=\"{}\" fill=\"none\"{}/>", course(points), drawn(stroke));
        }
    }

    pub(super) fn fill(&mut self, points: &[At], colour: Colour, edge: Option<Stroke>) {
        if points.len() > 2 {
            let edge = edge.map_or_else(String::new, drawn);
            let _ = writeln!(self.svg, "<path d=\"{}Z\" fill=\"{colour}\"{edge}/>", course(points));
        }
    }

    pub(super) fn rectangle(&mut self, from: At, to: At, colour: Colour) {
        let (wide, high) = ((to.0 - from.0).max(0.0), (to.1 - from.1).max(0.0));
        let [x, y, wide, high] = [from.0, from.1, wide, high].map(number);
        let _ = writeln!(self.svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{colour}\"/>");
    }

    pub(super) fn circle(&mut self, at: At, radius: f64, colour: Colour, edge: Option<Stroke>) {
        let [x, y, r] = [at.0, at.1, radius].map(number);
        let edge = edge.map_or_else(String::new, drawn);
        let _ = writeln!(self.svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{colour}\"{edge}/>");
    }

    /// An arrow with its tip here, as long as `reach`, to the left where that is negative.
    pub(super) fn arrow(&mut self, (x, y): At, reach: f64, half: f64, colour: Colour) {
        self.fill(&[(x, y), (x - reach, y - half), (x - reach, y + half)], colour, None);
    }

    /// An arrow that points up, with its tip here.
    pub(super) fn arrow_up(&mut self, (x, y): At, reach: f64, half: f64, colour: Colour) {
        self.fill(&[(x, y), (x - half, y + reach), (x + half, y + reach)], colour, None);
    }

    /// A text whose baseline is here.
    pub(super) fn text(&mut self, at: At, how: Type, text: &str) {
        let [x, y, size] = [at.0, at.1, how.size].map(number);
        let anchor = match how.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if how.bold { " font-weight=\"bold\"" } else { "" };
        let (colour, text) = (how.colour, escaped(text));
        let _ = writeln!(
            self.svg,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{anchor}{bold}>{text}</text>"
        );
    }
}

fn course(points: &[At]) -> String {
    let mut text = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let _ = write!(text, "{}{} {}", if place == 0 { "M" } else { "L" }, number(*x), number(*y));
    }
    text
}

fn drawn(stroke: Stroke) -> String {
    let dashes = stroke.dashes.map_or_else(String::new, |dashes| format!(" stroke-dasharray=\"{dashes}\""));
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dashes}", stroke.colour, number(stroke.width))
}
