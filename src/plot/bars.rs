//! Bars of text.

use super::{
    drawing::{Bar, Base},
    scale::{Axis, reached},
    width,
};
use crate::base::words;
use unicode_width::UnicodeWidthStr;

/// Eighths of a block, the least first.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// The fewest columns that bars are drawn in.
const FEWEST: usize = 40;

/// The headline, what is shown, and for each row its name, its figure and its bar, to the right of where bars begin or to the left. What is
/// marked has its name above.
pub(super) fn text(headline: &str, subtitle: &str, bars: &[Bar], base: &Base, room: usize) -> String {
    let room = room.clamp(FEWEST, 400);
    let names: Vec<String> = bars.iter().map(|bar| words::one_line(&bar.name)).collect();
    let names = width::cut_apart(&names, |name| width::cut_columns(name, room / 3));
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(UnicodeWidthStr::width).max().unwrap_or(0);
    let name_room = widest(&mut names.iter().map(String::as_str));
    let whole = widest(&mut bars.iter().map(|bar| bar.shown.as_str()));
    let figure =
        |bar: &'_ Bar| if whole > room / 3 { bar.brief.clone() } else { None }.unwrap_or_else(|| bar.shown.clone());
    let figures: Vec<String> = bars.iter().map(figure).collect();
    let figure_room = widest(&mut figures.iter().map(String::as_str)).min(room / 2);
    let columns = room.saturating_sub(name_room + figure_room + 2);
    let dots = base.axis.map(|axis| Dots::of(axis, base, columns));
    let scale = Columns::of(bars, base, columns);
    let mark = dots.as_ref().map_or(scale.mark, |dots| dots.mark);
    let mut text = String::new();
    for line in [headline, subtitle].into_iter().flat_map(|line| width::wrapped_columns(&words::one_line(line), room)) {
        text.push_str(&line);
        text.push('\n');
    }
    if let Some((column, name)) = mark.zip(base.mark.as_ref().map(|(_, name)| name)) {
        let (before, name) = (name_room + figure_room + 2 + column, format!("{MARK} {}", words::one_line(name)));
        // At the right there may be no room for the name after its mark.
        let fits = before + name.width() <= room;
        let name =
            if fits { name } else { format!("{} {MARK}", words::one_line(name.trim_start_matches([MARK, ' ']))) };
        let before = if fits { before } else { (before + 1).saturating_sub(name.width()) };
        text.push_str(&format!("{}{name}", " ".repeat(before)));
    }
    text.push('\n');
    for ((bar, name), figure) in bars.iter().zip(&names).zip(&figures) {
        let shown = width::cut_columns(figure, room / 2);
        let gaps = [name_room - name.width(), figure_room.saturating_sub(shown.width())];
        let [before, between] = gaps.map(|gap| " ".repeat(gap));
        let drawn = dots.as_ref().map_or_else(|| scale.drawn(bar.value), |dots| dots.drawn(bar));
        let line = format!("{name}{before} {between}{shown} {drawn}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// What is marked across bars, and where they begin where some go to the left.
const MARK: char = '│';

/// How values become columns.
struct Columns {
    origin: f64,
    /// Columns to the left of where bars begin, and to the right.
    left: usize,
    right: usize,
    /// Columns for each of the value.
    each: f64,
    mark: Option<usize>,
}

impl Columns {
    fn of(bars: &[Bar], base: &Base, room: usize) -> Self {
        let origin = base.origin;
        let apart = bars.iter().map(|bar| bar.value - origin).filter(|apart| apart.is_finite());
        let (down, up) = apart.clone().fold((0.0_f64, 0.0_f64), |(down, up), apart| (down.max(-apart), up.max(apart)));
        // Of a bar that would leave nothing of the others the end is not drawn.
        let up = up.min(reached(apart.filter(|apart| *apart > 0.0), 0.0).max(0.0));
        let rooms = if down > 0.0 { room.saturating_sub(1).max(2) } else { room };
        let each = if down + up > 0.0 { rooms as f64 / (down + up) } else { 0.0 };
        let left = if down > 0.0 { ((down * each).ceil() as usize).clamp(1, rooms) } else { 0 };
        let right = rooms - left.min(rooms);
        let mark = base.mark.as_ref().map(|(value, _)| ((value - origin) * each).round());
        let is_inside = |at: &f64| (left == 0 || *at == 0.0) && (0.0..room as f64).contains(at);
        let mark = mark.filter(is_inside).map(|at| left + at as usize);
        Self { origin, left, right, each, mark }
    }

    fn drawn(&self, value: f64) -> String {
        // What has no end, such as a rise from nothing, has an arrow.
        let apart = if value.is_nan() { 0.0 } else { (value - self.origin) * self.each };
        let apart = if value == f64::INFINITY { value } else { apart };
        let rises = match apart > self.right as f64 + 0.5 {
            true => "█".repeat(self.right.saturating_sub(1)) + "▶",
            false => blocks(apart.max(0.0).min(self.right as f64)),
        };
        if self.left == 0 {
            return match self.mark {
                Some(at) => marked(&rises, at),
                None => rises,
            };
        }
        // There is no eighth of a block that stands at its right.
        let falls = "█".repeat(if apart < 0.0 { ((-apart).round() as usize).clamp(1, self.left) } else { 0 });
        format!("{}{falls}{MARK}{rises}", " ".repeat(self.left - falls.chars().count()))
    }
}

/// Dots between their limits, on an axis from one column to another.
struct Dots {
    axis: Axis,
    last: usize,
    mark: Option<usize>,
}

impl Dots {
    fn of(axis: Axis, base: &Base, room: usize) -> Self {
        let dots = Self { axis, last: room.saturating_sub(1), mark: None };
        Self { mark: base.mark.as_ref().and_then(|(value, _)| dots.column(*value)), ..dots }
    }

    /// The column of a value; those beyond an end stand there.
    fn column(&self, value: f64) -> Option<usize> {
        let share = self.axis.at(value);
        share.is_finite().then(|| (share * self.last as f64).round() as usize)
    }

    fn drawn(&self, bar: &Bar) -> String {
        let mut columns = vec![' '; self.last + 1];
        let mut put = |at: usize, mark: char| {
            if let Some(column) = columns.get_mut(at) {
                *column = mark;
            }
        };
        if bar.shown.is_empty() && bar.limits.is_none() {
            return String::new();
        }
        self.mark.into_iter().for_each(|at| put(at, MARK));
        if let Some((lower, upper)) = bar.limits.and_then(|(low, high)| self.column(low).zip(self.column(high))) {
            (lower..=upper).for_each(|at| put(at, if Some(at) == self.mark { '┼' } else { '─' }));
        }
        let (low, high) = self.axis.domain();
        let dot = match bar.value {
            value if value < low => '◀',
            value if value > high => '▶',
            _ => '●',
        };
        self.column(bar.value).into_iter().for_each(|at| put(at, dot));
        columns.into_iter().collect()
    }
}

/// A number of columns in eighths, at least one where there is anything.
fn blocks(columns: f64) -> String {
    let eighths = (columns * 8.0).round() as usize;
    let eighths = if columns > 0.0 { eighths.max(1) } else { 0 };
    let rest = (eighths % 8).checked_sub(1).and_then(|place| EIGHTHS.get(place));
    "█".repeat(eighths / 8).chars().chain(rest.copied()).collect()
}

/// A bar with a mark in a column.
fn marked(bar: &str, at: usize) -> String {
    let mut columns: Vec<char> = bar.chars().collect();
    columns.resize(columns.len().max(at + 1), ' ');
    if let Some(column) = columns.get_mut(at) {
        *column = MARK;
    }
    columns.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_names_aligned() {
        let bar =
            |name: &str, value: f64| Bar { name: name.into(), value, shown: format!("{value:.1}"), ..Bar::default() };
        let shown = text(
            "A finding",
            "per 1,000",
            &[bar("東京", 10.0), bar("Kent", 5.0), bar("None", 0.0)],
            &Base::default(),
            40,
        );
        let lines: Vec<&str> = shown.lines().skip(3).collect();
        assert_eq!(lines.iter().map(|line| line.matches('█').count()).collect::<Vec<_>>(), [30, 15, 0]);
        assert_eq!(
            lines,
            [format!("東京 10.0 {}", "█".repeat(30)), format!("Kent  5.0 {}", "█".repeat(15)), "None  0.0".into()]
        );
    }

    #[test]
    fn falls_go_to_the_left_and_what_is_marked_is_seen() {
        let bar =
            |name: &str, value: f64| Bar { name: name.into(), value, shown: format!("{value:+.1}"), ..Bar::default() };
        let shown = text("Changes", "", &[bar("A", 2.0), bar("B", -1.0), bar("C", 0.0)], &Base::default(), 40);
        let lines: Vec<&str> = shown.lines().skip(2).collect();
        let at = |line: &str| line.chars().position(|c| c == MARK).unwrap();
        assert_eq!([at(lines[0]), at(lines[1])], [at(lines[2]); 2]);
        let [rise, fall] = [lines[0], lines[1]].map(|line| line.matches('█').count());
        assert!(rise.abs_diff(2 * fall) <= 1 && lines[1].trim_end().ends_with(MARK), "{shown}");
        let base = Base { origin: 0.0, mark: Some((5.0, "average 5.0".into())), axis: None };
        let shown = text("Rates", "", &[bar("A", 10.0), bar("B", 2.0)], &base, 40);
        let columns: Vec<usize> = shown.lines().skip(1).map(at).collect();
        assert_eq!(columns, [columns[0]; 3]);
        assert!(shown.contains("│ average 5.0"), "{shown}");
        let one = [bar("A", 900.0), bar("B", 9.0), bar("C", 5.0), bar("D", 4.5)];
        let shown = text("Rates", "", &one, &Base::default(), 60);
        let lines: Vec<&str> = shown.lines().skip(2).collect();
        assert!(lines[0].ends_with('▶') && lines[1].matches('█').count() > 40, "{shown}");
    }

    #[test]
    fn dots_stand_between_their_limits() {
        let bar =
            |name: &str, value: f64, limits| Bar { name: name.into(), value, shown: "x".into(), limits, brief: None };
        let rows = [
            bar("A", 5.0, Some((2.0, 8.0))),
            bar("B", f64::NAN, Some((9.0, f64::INFINITY))),
            bar("C", -1.0, None),
            Bar { name: "more".into(), ..Bar::default() },
        ];
        let axis = Some(Axis::linear((0.0, 10.0), (0.0, 1.0)));
        // 33 columns from the eighth on, so 3.2 for each 1.
        let shown = text("Dots", "", &rows, &Base { origin: 0.0, mark: Some((5.0, "five".into())), axis }, 40);
        let lines: Vec<&str> = shown.lines().skip(1).collect();
        let at = |line: usize, mark: char| lines[line].chars().position(|c| c == mark);
        assert_eq!((at(0, MARK), at(1, '●'), at(1, '─'), at(1, MARK)), (Some(23), Some(23), Some(13), None), "{shown}");
        assert_eq!(lines[1].matches('─').count(), 20, "{shown}");
        assert_eq!((lines[2].chars().last(), at(2, '●'), at(2, MARK)), (Some('─'), None, Some(23)), "{shown}");
        assert_eq!((at(3, '◀'), lines[4]), (Some(7), "more"), "{shown}");
    }
}
