//! Areas below each other: a name, a figure, and a mark on an axis that all of them share.

use super::{
    canvas::{Anchor, Canvas, Stroke, Type},
    drawing::{Bar, Base, Frame, Look},
    options::Options,
    scale::{Axis, tick},
    width::{TEXT, cut, cut_apart, width},
};
use crate::base::digits;
use std::collections::HashMap;

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
    /// The part of it that stays where there is room for no more.
    pub(super) brief: Option<String>,
    /// What the mark says, in words.
    pub(super) told: String,
}

impl Line {
    pub(super) const fn name_and_code(&mut self) -> (&mut String, Option<&String>) {
        (&mut self.name, self.code.as_ref())
    }
}

/// Gives areas whose name others have, too, their codes with it.
pub(super) fn told_apart<'a>(areas: impl Iterator<Item = (&'a mut String, Option<&'a String>)>) {
    let mut places: HashMap<String, Vec<(&mut String, &String)>> = HashMap::new();
    for (name, code) in areas {
        if let Some(code) = code {
            places.entry(name.clone()).or_default().push((name, code));
        }
    }
    for (name, code) in places.into_values().filter(|areas| areas.len() > 1).flatten() {
        *name = format!("{name} ({code})");
    }
}

/// What has lines.
pub(super) trait Lines {
    fn lines(&self) -> Vec<&Line>;

    /// The ends of the axis.
    fn domain(&self) -> (f64, f64);

    /// From its left end to its right.
    fn axis(&self, range: (f64, f64)) -> Axis {
        Axis::linear(self.domain(), range)
    }

    /// What stands below the axis.
    fn title(&self) -> String;

    /// The value of a line, which is what the lines are ordered by; NaN where there is none.
    fn value(&self, place: usize) -> f64;

    /// The limits of a line, if its value is drawn as a dot between them.
    fn limits(&self, _: usize) -> Option<(f64, f64)> {
        None
    }

    /// Where a line across all rows stands, if there is one, in place of the grid.
    fn reference(&self) -> Option<f64> {
        None
    }

    /// What is behind the marks, from the top of the rows to the bottom.
    fn behind(&self, canvas: &mut Canvas, scale: Axis, frame: Frame, look: Look<'_>);

    /// The mark of a line at this height.
    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>);

    /// Whether values are whole numbers from 1, and others say nothing.
    fn whole(&self) -> bool {
        false
    }

    /// How many of many areas are shown at each end where nobody says, if not all.
    fn ends(&self) -> Option<usize> {
        None
    }

    /// Whether the headline counts a line, so that it is always shown.
    fn is_counted(&self, _: usize) -> bool {
        false
    }
}

/// What drawings of lines have alike: how wide and how high they are, and that they have ends to show.
macro_rules! below_each_other {
    () => {
        fn width(&self, options: &Options) -> f64 {
            lines::usual_width(self, options)
        }

        fn height(&self, wide: f64, room: Option<f64>, options: &Options) -> f64 {
            lines::height(self, wide, room, options)
        }

        fn has_ends(&self) -> bool {
            true
        }

        fn bars(&self, options: &Options) -> Vec<Bar> {
            lines::bars(self, options)
        }
    };
}

pub(super) use below_each_other;

/// A row: a line by its place, or how many lines are not shown there.
#[derive(Clone, Copy, Debug)]
enum DrawnRow {
    Line(usize),
    Gap(usize),
}

/// The rows that are shown.
fn rows(of: &impl Lines, options: &Options) -> Vec<DrawnRow> {
    let lines = of.lines();
    let usual = of.ends().filter(|_| lines.len() > MANY).unwrap_or(lines.len());
    let (first, last) = options.ends.unwrap_or((usual, usual));
    let values = (0..lines.len()).map(|place| of.value(place));
    let (first, last) = (first + tied(values.clone(), first), last + tied(values.rev(), last));
    let mut rows = Vec::new();
    let mut skipped = 0;
    // Those that the headline counts, unless they are most of many.
    let counted = (0..lines.len()).filter(|place| of.is_counted(*place)).count();
    let is_shown = |(place, line): (usize, &&Line)| {
        place < first
            || lines.len() - place <= last
            || (counted <= MANY && of.is_counted(place))
            || options.highlights(&line.name, line.code.as_deref())
    };
    let all = lines.iter().enumerate().map(|line| (line.0, is_shown(line))).chain([(lines.len(), true)]);
    for (place, shown) in all {
        match (shown, skipped) {
            (false, _) => skipped += 1,
            // No row is saved by leaving out a single one.
            (true, 1) => rows.push(DrawnRow::Line(place - 1)),
            (true, 2..) => rows.push(DrawnRow::Gap(skipped)),
            (true, _) => {}
        }
        if shown {
            skipped = 0;
            rows.extend((place < lines.len()).then_some(DrawnRow::Line(place)));
        }
    }
    rows
}

/// How many more values than are shown, from an end inwards, equal the last of these; none where that would double them, as an end would then
/// be most of the picture.
fn tied(values: impl Iterator<Item = f64> + Clone, shown: usize) -> usize {
    let edge = shown.checked_sub(1).and_then(|edge| values.clone().nth(edge));
    let tied = values.skip(shown).take_while(|value| Some(*value) == edge).count();
    if tied > shown { 0 } else { tied }
}

fn more(number: usize) -> String {
    format!("… {} more", digits::grouped(number as u128))
}

/// The rows of a picture in a terminal, each of a line with its value.
pub(super) fn bars(of: &impl Lines, options: &Options) -> Vec<Bar> {
    let lines = of.lines();
    let bar = |row| match row {
        DrawnRow::Line(place) => lines.get(place).map(|line| {
            let (name, shown, brief) = (line.name.clone(), line.shown.clone(), line.brief.clone());
            Bar { name, value: of.value(place), shown, brief, limits: of.limits(place) }
        }),
        DrawnRow::Gap(number) => Some(Bar { name: more(number), ..Bar::default() }),
    };
    rows(of, options).into_iter().filter_map(bar).collect()
}

/// What dots of text stand on.
pub(super) fn base(of: &impl Lines, name: Option<String>) -> Base {
    Base { origin: 0.0, mark: of.reference().zip(name), axis: Some(of.axis((0.0, 1.0))) }
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

pub(super) fn usual_width(of: &impl Lines, options: &Options) -> f64 {
    if rows(of, options).len() <= MANY { 760.0 } else { 1_180.0 }
}

pub(super) fn height(of: &impl Lines, wide: f64, room: Option<f64>, options: &Options) -> f64 {
    let (rows, high) = shape(rows(of, options).len(), wide, room);
    HEAD + rows as f64 * high + FOOT
}

pub(super) fn draw(of: &impl Lines, canvas: &mut Canvas, frame: Frame, look: Look<'_>) {
    let rows = rows(of, look.options);
    if rows.is_empty() {
        return;
    }
    let columns = columns(rows.len(), frame.width());
    let (number, high) = shape(rows.len(), frame.width(), Some(frame.height()));
    let wide = (frame.width() - GAP * (columns as f64 - 1.0)) / columns as f64;
    for (place, some) in rows.chunks(number).enumerate() {
        let left = frame.left + place as f64 * (wide + GAP);
        let frame = Frame { left, right: left + wide, ..frame };
        column(of, canvas, (some, columns > 1), frame, high, look);
    }
}

fn column(
    of: &impl Lines,
    canvas: &mut Canvas,
    (shown, narrow): (&[DrawnRow], bool),
    frame: Frame,
    high: f64,
    look: Look<'_>,
) {
    let (palette, lines) = (look.palette, of.lines());
    let size = (high - 3.0).clamp(9.0, 12.0);
    // Bold letters are a little wider.
    let widest = |text: fn(&Line) -> &str| lines.iter().map(|line| width(text(line), size * 1.08)).fold(0.0, f64::max);
    let share = if narrow { 0.44 } else { 0.4 };
    let gaps = shown.iter().filter_map(|row| if let DrawnRow::Gap(number) = row { Some(more(*number)) } else { None });
    let gaps = gaps.map(|text| width(&text, size)).fold(0.0, f64::max);
    // Of a figure of several parts the last one stays whole.
    let room = 0.24 * frame.width();
    let is_brief = widest(|line| &line.shown) > room && lines.iter().any(|line| line.brief.is_some());
    let figure: fn(&Line) -> &str =
        if is_brief { |line| line.brief.as_ref().unwrap_or(&line.shown) } else { |line| &line.shown };
    let figures = if is_brief { widest(figure) } else { widest(figure).min(room) };
    let names = widest(|line| &line.name).min(frame.width() * share).min(frame.width() - figures - 80.0).max(gaps);
    let all: Vec<String> = lines.iter().map(|line| line.name.clone()).collect();
    let shown_names = cut_apart(&all, |name| cut(name, size * 1.08, names));
    let left = frame.left + names + 8.0 + figures + 14.0;
    let right = frame.right - 10.0;
    let scale = of.axis((left, right));
    let rows = Frame { left, right, top: frame.top + HEAD, bottom: frame.top + HEAD + shown.len() as f64 * high };
    // Two at least, or a scale cannot be read.
    let about = ((right - left) / 55.0).clamp(2.0, 8.0) as usize;
    let ticks = (about..about + 8).map(|about| scale.ticks(about)).find(|ticks| ticks.len() > 1);
    let ticks = ticks.unwrap_or_else(|| scale.ticks(about));
    let mut ticks: Vec<f64> =
        ticks.into_iter().filter(|value| !of.whole() || (value.fract() == 0.0 && *value >= 1.0)).collect();
    // Ranks begin at 1.
    if of.whole() && ticks.first().is_some_and(|tick| scale.at(*tick) - scale.at(1.0) > 16.0) {
        ticks.insert(0, 1.0);
    }
    if of.whole() && ticks.len() < 2 {
        let (first, last) = of.domain();
        ticks = vec![first.ceil(), last.floor()];
        ticks.dedup();
    }
    of.behind(canvas, scale, Frame { left: frame.left, right: frame.right, ..rows }, look);
    for value in ticks {
        let x = scale.at(value);
        if of.reference().is_none_or(|value| (scale.at(value) - x).abs() > 1.5) {
            canvas.line((x, rows.top), (x, rows.bottom), Stroke::new(palette.grid, 1.0));
        }
        canvas.text((x, rows.bottom + 14.0), Type::new(10.5, palette.faint).in_middle(), &tick(value));
    }
    for (row, shown) in shown.iter().enumerate() {
        let y = rows.top + (row as f64 + 0.5) * high;
        let base = y + size * 0.36;
        let (place, line) = match shown {
            DrawnRow::Line(place) => (*place, lines.get(*place)),
            DrawnRow::Gap(number) => {
                let text = Type::new(size, palette.faint).at_end();
                canvas.text((frame.left + names, base), text, &more(*number));
                continue;
            }
        };
        let Some(line) = line else { continue };
        let bold = look.options.highlights(&line.name, line.code.as_deref());
        canvas.open(&format!("{}: {}", line.name, line.told));
        let text = Type { size, colour: palette.ink, bold, anchor: Anchor::End };
        canvas.text((frame.left + names, base), text, shown_names.get(place).map_or("", String::as_str));
        canvas.text((left - 14.0, base), text, &cut(figure(line), size * 1.08, figures));
        of.mark(canvas, place, scale, y, high, look);
        canvas.close();
    }
    // The title has its middle below the axis, as far as the frame lets it.
    let title = cut(&of.title(), 11.0, TEXT * frame.width());
    let half = width(&title, 11.0) / 2.0 / TEXT;
    let middle = ((left + right) / 2.0).min(frame.right - half).max(frame.left + half);
    canvas.text((middle, rows.bottom + 30.0), Type::new(11.0, palette.ink).in_middle(), &title);
}

/// What is told of those that are beyond the scale.
pub(super) fn beyond(names: &[&str]) -> Vec<String> {
    let told = |names: &[&str]| {
        format!("Beyond the scale, drawn as an arrow, with the figure in writing: {}.", names.join(", "))
    };
    (!names.is_empty()).then(|| told(names)).into_iter().collect()
}

/// A line across all rows, such as an average, with its name above.
pub(super) fn named_line(canvas: &mut Canvas, x: f64, name: &str, rows: Frame, look: Look<'_>) {
    canvas.line((x, rows.top - 4.0), (x, rows.bottom), Stroke::new(look.palette.ink, 1.2));
    let name = cut(name, 11.0, rows.width());
    let half = width(&name, 11.0) / 2.0;
    let middle = x.min(rows.right - half).max(rows.left + half);
    canvas.text((middle, rows.top - 8.0), Type::new(11.0, look.palette.ink).in_middle(), &name);
}
