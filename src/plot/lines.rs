//! Areas below each other: a name, a figure, and a mark on an axis that all of them share.

use super::{
    canvas::{Anchor, Canvas, Stroke, Type},
    drawing::{Frame, Look},
    scale::{Axis, tick},
    width::{cut, width},
};

/// More areas than this stand in several columns.
pub(super) const MANY: usize = 60;
/// How wide a column is at least.
const COLUMN: f64 = 330.0;
const GAP: f64 = 22.0;
/// Above the rows, and below.
const HEAD: f64 = 22.0;
const FOOT: f64 = 40.0;

/// An area and what is written of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) code: Option<String>,
    /// The figure beside the name.
    pub(super) shown: String,
    /// What the mark says, in words.
    pub(super) told: String,
}

/// What has lines.
pub(super) trait Lines {
    fn lines(&self) -> Vec<&Line>;

    /// The ends of the axis.
    fn domain(&self) -> (f64, f64);

    /// What stands below the axis.
    fn title(&self) -> String;

    /// What is behind the marks, from the top of the rows to the bottom.
    fn behind(&self, canvas: &mut Canvas, scale: Axis, frame: Frame, look: Look<'_>);

    /// The mark of a line at this height.
    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>);

    /// Whether values between whole numbers say nothing.
    fn whole(&self) -> bool {
        false
    }
}

fn columns(number: usize, wide: f64) -> usize {
    if number <= MANY { 1 } else { ((wide / COLUMN) as usize).clamp(1, 4) }
}

/// How many rows a column has, and how high one is.
fn shape(number: usize, wide: f64, room: Option<f64>) -> (usize, f64) {
    let rows = number.div_ceil(columns(number, wide)).max(1);
    let (least, usual) = if number <= MANY { (14.0, 17.0) } else { (13.0, 13.0) };
    (rows, room.map_or(usual, |room| ((room - HEAD - FOOT) / rows as f64).clamp(least, 34.0)))
}

pub(super) fn usual_width(number: usize) -> f64 {
    if number <= MANY { 760.0 } else { 1_180.0 }
}

pub(super) fn height(number: usize, wide: f64, room: Option<f64>) -> f64 {
    let (rows, high) = shape(number, wide, room);
    HEAD + rows as f64 * high + FOOT
}

pub(super) fn draw(of: &impl Lines, canvas: &mut Canvas, frame: Frame, look: Look<'_>) {
    let lines = of.lines();
    if lines.is_empty() {
        return;
    }
    let columns = columns(lines.len(), frame.width());
    let (rows, high) = shape(lines.len(), frame.width(), Some(frame.height()));
    let wide = (frame.width() - GAP * (columns as f64 - 1.0)) / columns as f64;
    for (place, some) in lines.chunks(rows).enumerate() {
        let left = frame.left + place as f64 * (wide + GAP);
        let frame = Frame { left, right: left + wide, ..frame };
        column(of, canvas, (&lines, place * rows, some.len()), frame, high, look);
    }
}

fn column(
    of: &impl Lines,
    canvas: &mut Canvas,
    (lines, first, number): (&[&Line], usize, usize),
    frame: Frame,
    high: f64,
    look: Look<'_>,
) {
    let palette = look.palette;
    let size = (high - 3.0).clamp(9.0, 12.0);
    // Bold letters are a little wider.
    let widest = |text: fn(&Line) -> &str| lines.iter().map(|line| width(text(line), size * 1.08)).fold(0.0, f64::max);
    let share = if lines.len() <= MANY { 0.4 } else { 0.44 };
    let names = widest(|line| &line.name).min(frame.width() * share);
    let figures = widest(|line| &line.shown).min(frame.width() * 0.24);
    let left = frame.left + names + 8.0 + figures + 14.0;
    let right = frame.right - 10.0;
    let scale = Axis::linear(of.domain(), (left, right));
    let rows = Frame { left, right, top: frame.top + HEAD, bottom: frame.top + HEAD + number as f64 * high };
    let ticks = scale.ticks(((right - left) / 55.0).clamp(2.0, 8.0) as usize);
    let ticks: Vec<f64> = ticks.into_iter().filter(|value| !of.whole() || value.fract() == 0.0).collect();
    of.behind(canvas, scale, Frame { left: frame.left, right: frame.right, ..rows }, look);
    for value in ticks {
        let x = scale.at(value);
        canvas.line((x, rows.top), (x, rows.bottom), Stroke::new(palette.grid, 1.0));
        canvas.text((x, rows.bottom + 14.0), Type::new(10.5, palette.faint).in_middle(), &tick(value));
    }
    for (place, line) in lines.iter().enumerate().skip(first).take(number) {
        let y = rows.top + ((place - first) as f64 + 0.5) * high;
        let bold = look.options.highlights(&line.name, line.code.as_deref());
        canvas.open(&format!("{}: {}", line.name, line.told));
        let text = Type { size, colour: palette.ink, bold, anchor: Anchor::End };
        let base = y + size * 0.36;
        canvas.text((frame.left + names, base), text, &cut(&line.name, size * 1.08, names));
        canvas.text((left - 14.0, base), text, &cut(&line.shown, size * 1.08, figures));
        of.mark(canvas, place, scale, y, high, look);
        canvas.close();
    }
    // The title has its middle below the axis, as far as the frame lets it.
    let title = cut(&of.title(), 11.0, frame.width());
    let half = width(&title, 11.0) / 2.0;
    let middle = ((left + right) / 2.0).min(frame.right - half).max(frame.left + half);
    canvas.text((middle, rows.bottom + 30.0), Type::new(11.0, palette.ink).in_middle(), &title);
}

/// A line across all rows, such as an average, with its name above.
pub(super) fn named_line(canvas: &mut Canvas, x: f64, name: &str, rows: Frame, look: Look<'_>) {
    canvas.line((x, rows.top - 4.0), (x, rows.bottom), Stroke::new(look.palette.ink, 1.2));
    let name = cut(name, 11.0, rows.width());
    let half = width(&name, 11.0) / 2.0;
    let middle = x.min(rows.right - half).max(rows.left + half);
    canvas.text((middle, rows.top - 8.0), Type::new(11.0, look.palette.ink).in_middle(), &name);
}
