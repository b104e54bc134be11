//! Small pictures side by side, all on one scale, with periods from left to right.

use super::{
    canvas::{At, Canvas, Stroke, Type},
    drawing::Frame,
    scale::{Axis, tick},
    theme::Palette,
    width::{cut, width},
};

const GAP: f64 = 14.0;
/// Between texts on one line.
pub(super) const APART: f64 = 8.0;

/// How many stand side by side in this width.
pub(super) fn columns(number: usize, wide: f64) -> usize {
    let fits = ((wide + GAP) / 160.0) as usize;
    match number {
        0 | 1 => 1,
        2..=4 => 2,
        5..=9 => 3,
        _ => fits.clamp(2, 7),
    }
}

/// How high all of them are, where more than one stands there.
pub(super) fn height(number: usize, wide: f64, room: Option<f64>) -> f64 {
    let rows = number.div_ceil(columns(number, wide)).max(1) as f64;
    let (usual, least) = if number < 5 { (200.0, 110.0) } else { (128.0, 96.0) };
    rows * room.map_or(usual, |room| (room / rows).max(least))
}

/// How wide a picture of n is.
pub(super) const fn wide(number: usize) -> f64 {
    if number > 40 { 1_180.0 } else { 860.0 }
}

/// Where each stands, whether it is the first of its row, and whether it is the last of its column.
pub(super) fn cells(number: usize, frame: Frame) -> impl Iterator<Item = (Frame, bool, bool)> {
    let columns = columns(number, frame.width());
    let high = frame.height() / number.div_ceil(columns).max(1) as f64;
    let wide = (frame.width() - GAP * (columns as f64 - 1.0)) / columns as f64;
    (0..number).map(move |place| {
        let (column, row) = (place % columns, place / columns);
        let left = frame.left + column as f64 * (wide + GAP);
        let top = frame.top + row as f64 * high;
        (Frame { left, right: left + wide, top, bottom: top + high }, column == 0, place + columns >= number)
    })
}

/// Where periods and values lie in a drawing.
pub(super) struct Axes {
    pub(super) frame: Frame,
    pub(super) inside: Frame,
    pub(super) across: Axis,
    pub(super) up: Axis,
}

impl Axes {
    pub(super) fn at(&self, place: usize, value: f64) -> At {
        (self.across.at(place as f64), self.up.at(value))
    }

    /// Lines at round values, as many as stay apart, and what they are.
    pub(super) fn grid(&self, canvas: &mut Canvas, about: usize, named: bool, palette: Palette) {
        let fits = (self.inside.height() / 15.0).max(1.0) as usize;
        for value in self.up.ticks(about.min(fits)) {
            let y = self.up.at(value);
            canvas.line((self.inside.left, y), (self.inside.right, y), Stroke::new(palette.grid, 1.0));
            if named {
                canvas.text((self.inside.left - 5.0, y + 3.4), Type::new(10.0, palette.faint).at_end(), &tick(value));
            }
        }
    }
}

/// Some periods below a panel: the first and the last, and of a single one as many between them as there is room for.
pub(super) fn periods(canvas: &mut Canvas, names: &[&str], axes: &Axes, palette: Palette, single: bool) {
    let (inside, last) = (axes.inside, names.len().saturating_sub(1));
    let widest = names.iter().map(|name| width(name, 10.0)).fold(1.0, f64::max);
    let step = if single {
        ((widest + 2.0 * APART) * last as f64 / inside.width().max(1.0)).ceil().max(1.0) as usize
    } else {
        last.max(1)
    };
    let room = if single { inside.width().min(widest) } else { (inside.width() - APART) / 2.0 };
    let label = |place: usize| {
        let text = cut(names.get(place)?, 10.0, room);
        let half = width(&text, 10.0) / 2.0;
        let x = axes.across.at(place as f64).min(axes.frame.right - half).max(axes.frame.left + half);
        Some((x - half, x + half, text))
    };
    let end = label(last).filter(|_| last > 0);
    // Those between give way to the last.
    let limit = end.as_ref().map_or(f64::INFINITY, |(left, ..)| left - APART);
    let mut from = f64::NEG_INFINITY;
    let mut shown = Vec::new();
    for (left, right, text) in (0..last.max(1)).step_by(step).filter_map(label) {
        if left >= from && right <= limit {
            from = right + APART;
            shown.push((left, right, text));
        }
    }
    for (left, right, text) in shown.into_iter().chain(end) {
        let at = (f64::midpoint(left, right), inside.bottom + 13.0);
        canvas.text(at, Type::new(10.0, palette.faint).in_middle(), &text);
    }
}

/// Places that follow each other without a gap.
pub(super) fn runs(places: &[Option<At>]) -> Vec<Vec<At>> {
    let runs = places.split(Option::is_none).map(|run| run.iter().flatten().copied().collect::<Vec<At>>());
    runs.filter(|run| !run.is_empty()).collect()
}
