//! How a funnel is drawn.

use super::{
    canvas::{At, Canvas, Stroke, Type},
    curve::{self, Limit},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    funnel::{Dot, Shown},
    labels::{Block, Labels, apart},
    options::Options,
    scale::{Axis, reached, tick},
    theme::{Colour, Palette},
    width::{TEXT, cut, width},
    words,
};
use crate::{
    base::digits,
    funnel::Position,
    interval::{Confidence, Interval},
};

const NAME: f64 = 11.0;
/// Above the drawing and below.
const HEAD: f64 = 22.0;
const FOOT: f64 = 38.0;
/// In a picture that is no wider names have no room for more than a figure.
const NARROW: f64 = 480.0;
/// More areas outside than this are not all named, but this number of them.
const MOST_NAMED: usize = 60;
const NAMED_OF_MANY: usize = 40;
/// Between points of a curve, in pixels.
const STEP: f64 = 2.0;

/// Both axes of a funnel.
struct Axes {
    across: Axis,
    up: Axis,
    inside: Block,
}

/// One of two limits, from the left to the right, cut off where it leaves the drawing.
struct Curve {
    level: Confidence,
    naive: bool,
    upper: bool,
    points: Vec<At>,
}

impl Shown {
    fn axes(&self, frame: Frame, right: f64) -> Axes {
        let mut sizes: Vec<f64> = self.dots.iter().map(|dot| dot.across).collect();
        sizes.sort_by(f64::total_cmp);
        let (least, most) = (sizes.first().copied().unwrap_or(0.0), sizes.last().copied().unwrap_or(1.0));
        let low = sizes.iter().filter(|size| **size < most / 3.0).count();
        // Where most areas would stand in the left third of a linear axis.
        let logarithmic = most >= 3.0 * least && 2 * low > sizes.len();
        let top = self.top(&sizes);
        let named = Axis::linear((0.0, top), (0.0, 1.0)).ticks(6);
        let highest = named.into_iter().map(|value| width(&tick(value), 10.5) + 10.0).fold(22.0, f64::max);
        let (left, right) = (frame.left + highest, frame.right - right);
        let inside = Block { left, top: frame.top + HEAD, right, bottom: frame.bottom - FOOT };
        let range = (left, right);
        let across = if logarithmic {
            Axis::logarithmic((least / 1.25, most * 1.12), range)
        } else {
            Axis::linear((0.0, most * 1.05), range)
        };
        Axes { across, up: Axis::linear((0.0, top), (inside.bottom, inside.top)), inside }
    }

    /// The highest value of the axis, which begins at 0.
    fn top(&self, sizes: &[f64]) -> f64 {
        let middle = sizes.get(sizes.len() / 2).map(|across| self.size_at(*across));
        let usual = middle.zip(self.levels.last()).and_then(|(at, level)| {
            let limits = self.report.limits_at(at, *level, false).ok()?;
            Some(self.report.drawn(limits.upper()))
        });
        let target = self.target.unwrap_or(0.0);
        let limit = usual.unwrap_or(target).max(target);
        let top = reached(self.dots.iter().map(|dot| dot.value), limit);
        let top = [top, limit, target].into_iter().filter(|end| end.is_finite()).fold(0.0, f64::max) * 1.06;
        if top > 0.0 { top } else { 1.0 }
    }

    fn curves(&self, axes: &Axes) -> Vec<Curve> {
        let mut curves = Vec::new();
        if self.report.has_own_limits() || !self.has_limits {
            return curves;
        }
        for level in self.levels.iter().copied() {
            for naive in [true, false].into_iter().filter(|naive| !naive || self.widened()) {
                for upper in [true, false] {
                    let points = self.course(axes, level, naive, upper);
                    curves.push(Curve { level, naive, upper, points });
                }
            }
        }
        curves
    }

    /// A limit from the left to the right, from where it comes into the drawing to where it leaves it.
    fn course(&self, axes: &Axes, level: Confidence, naive: bool, upper: bool) -> Vec<At> {
        let (left, right) = (axes.inside.left, axes.inside.right);
        let size = |x: f64| self.size_at(axes.across.value(x));
        let ends = [left, right].map(size);
        let steps = ((right - left) / STEP).clamp(2.0, 2_000.0) as usize;
        let places = (0..=steps).map(|step| left + (right - left) * step as f64 / steps as f64);
        let limits = |size: f64| self.report.limits_at(size, level, naive).ok();
        let side = |limits: Interval| if upper { limits.upper() } else { limits.lower() };
        let limit = (!self.report.is_normal() || naive).then(|| self.limit(ends.into(), level, naive, upper));
        let value = |x: f64| {
            let size = size(x);
            let value = match &limit {
                Some(limit) => self.report.drawn(limit.at(size)? / size),
                None => self.report.drawn(side(limits(size)?)),
            };
            value.is_finite().then_some(value)
        };
        let mut known: Vec<At> = places.filter_map(|x| Some((x, value(x)?))).collect();
        // A lower limit comes up from 0, though it may rise within a pixel.
        let start = limit.as_ref().filter(|_| !upper).and_then(Limit::start);
        let start = start.map(|size| axes.across.at(size / self.each.unwrap_or(1.0)));
        if let Some(x) = start.filter(|x| left < *x && *x < right) {
            known.retain(|(place, _)| *place > x);
            known.insert(0, (x, self.report.drawn(0.0)));
        }
        curve::clipped(&known, axes.up.domain()).into_iter().map(|(x, value)| (x, axes.up.at(value))).collect()
    }

    /// Through the sizes at which whole counts come to lie outside, by the exact tails.
    fn limit(&self, (from, to): (f64, f64), level: Confidence, naive: bool, upper: bool) -> Limit {
        let first = self.report.limits_at(from, level, naive).map_or(0.0, |limits| {
            let value = if upper { limits.upper() } else { limits.lower() };
            value * from
        });
        let first = (first as u64).saturating_sub(3).max(u64::from(upper));
        let mut places: Vec<(f64, f64)> = Vec::new();
        for count in curve::counts_from(first) {
            let beyond = |size: f64| {
                let tails = self.report.tails_at(count, size, naive).ok()?;
                let rises = if upper { tails.upper() } else { tails.lower() };
                let apart = rises.max(1e-300).ln() - level.tail().ln();
                Some(if upper { apart } else { -apart })
            };
            let Some(size) = curve::crossing(beyond, (count as f64).max(1.0)) else { continue };
            // Limits rise with the size.
            if places.last().is_none_or(|(last, _)| *last < size) {
                places.push((size, count as f64));
            }
            if size > to {
                break;
            }
        }
        Limit::through(&places, if upper { 0.0 } else { 1.0 })
    }

    /// Behind what lies within the limits.
    fn shades(&self, canvas: &mut Canvas, curves: &[Curve], axes: &Axes, palette: Palette) {
        let mut levels = self.levels.clone();
        levels.reverse();
        for level in levels {
            let side = |upper| curves.iter().find(|curve| curve.level == level && !curve.naive && curve.upper == upper);
            let colour = if self.levels.len() > 1 && self.is_outermost(level) { palette.outer } else { palette.shade };
            let (Some(high), Some(low)) = (side(true), side(false)) else { continue };
            // Left of where a limit comes in, it is beyond the edge.
            let edge = |curve: &Curve, y: f64| {
                let first = curve.points.first().copied();
                let corner = (axes.inside.left, y);
                let turn = first.filter(|(x, _)| *x > axes.inside.left + STEP).map(|(x, _)| (x, y));
                if turn.is_some() || first.is_none() { [Some(corner), turn] } else { [None, None] }
            };
            let mut around: Vec<At> = edge(high, axes.inside.top).into_iter().flatten().collect();
            around.extend(curve::thinned(&high.points));
            if high.points.is_empty() {
                around.push((axes.inside.right, axes.inside.top));
            }
            let mut back: Vec<At> = edge(low, axes.inside.bottom).into_iter().flatten().collect();
            back.extend(curve::thinned(&low.points));
            if low.points.is_empty() {
                back.push((axes.inside.right, axes.inside.bottom));
            }
            around.extend(back.into_iter().rev());
            canvas.fill(&around, colour, None);
        }
    }

    fn stroke(&self, level: Confidence, naive: bool, palette: Palette) -> Stroke {
        let inside = self.levels.iter().rev().position(|other| *other == level).unwrap_or(0);
        let stroke = match inside {
            0 => Stroke::new(palette.ink, 1.6),
            1 => Stroke::new(palette.neutral, 1.4),
            2 => Stroke::new(palette.neutral, 1.4).dashed("9 3"),
            _ => Stroke::new(palette.neutral, 1.4).dashed("2 3"),
        };
        if naive { Stroke { width: 1.0, ..stroke }.dashed("4 3") } else { stroke }
    }

    /// The levels and the average, named at the right.
    fn ends_named(&self, canvas: &mut Canvas, curves: &[Curve], axes: &Axes, palette: Palette) {
        let mut named: Vec<(f64, String)> = curves
            .iter()
            .filter(|curve| !curve.naive)
            .filter_map(|curve| Some((curve.points.last()?.1, curve.level.to_string())))
            .collect();
        if let Some(target) = self.target {
            named.push((axes.up.at(target), self.target_named(target)));
        }
        let heights: Vec<f64> = named.iter().map(|(y, _)| *y).collect();
        let placed = apart(&heights, 12.5, (axes.inside.top + 4.0, axes.inside.bottom - 2.0));
        for ((y, text), at) in named.iter().zip(placed) {
            let right = axes.inside.right;
            canvas.line((right + 1.0, *y), (right + 7.0, at), Stroke::new(palette.neutral, 0.8));
            canvas.text((right + 10.0, at + 3.8), Type::new(10.5, palette.ink), text);
        }
    }

    fn colour(dot: &Dot, palette: Palette) -> Colour {
        match dot.position {
            Position::High => palette.high,
            Position::Low => palette.low,
            Position::Within => palette.neutral,
        }
    }

    fn name_outliers(
        &self,
        canvas: &mut Canvas,
        axes: &Axes,
        curves: &[Curve],
        look: Look<'_>,
        radius: f64,
    ) -> Vec<String> {
        let places: Vec<At> = self.dots.iter().map(|dot| (axes.across.at(dot.across), axes.up.at(dot.value))).collect();
        let mut lines: Vec<At> = curves.iter().flat_map(|curve| curve.points.iter().step_by(2).copied()).collect();
        if let Some(target) = self.target {
            let steps = ((axes.inside.right - axes.inside.left) / 4.0) as u32;
            lines.extend((0..=steps).map(|step| (axes.inside.left + 4.0 * f64::from(step), axes.up.at(target))));
        }
        let mut labels = Labels::new(axes.inside, &places, radius + 1.0, &lines);
        let mut wanted: Vec<(&Dot, At, bool)> = self
            .dots
            .iter()
            .zip(places)
            .filter_map(|(dot, at)| {
                let picked = look.options.highlights(&dot.name, dot.code.as_deref());
                (picked || dot.position != Position::Within).then_some((dot, at, picked))
            })
            .collect();
        wanted.sort_by(|a, b| b.2.cmp(&a.2).then(b.0.z.abs().total_cmp(&a.0.z.abs())));
        let (mut numbered, mut unplaced) = (Vec::new(), Vec::new());
        let (_, top) = axes.up.domain();
        let (all, picked) = (wanted.len(), wanted.iter().filter(|(.., picked)| *picked).count());
        let rest = wanted.split_off(if all > MOST_NAMED { NAMED_OF_MANY.max(picked).min(all) } else { all });
        for (dot, at, picked) in wanted {
            let far = dot.value > top;
            let name = cut(&dot.name, NAME, 190.0);
            let name = match far {
                true if axes.inside.right - axes.inside.left > NARROW => {
                    format!("{name} ({}, beyond the scale)", dot.shown)
                }
                true => format!("{name} ({})", dot.shown),
                false => name,
            };
            let how = Type::new(NAME, look.palette.ink).bold(picked);
            let wide = width(&name, NAME) * if picked { 1.09 } else { 1.02 };
            let (label, text) = match labels.put(at, (wide, NAME + 1.0), radius, 8) {
                Some(label) => (Some(label), name),
                None => {
                    let text = (numbered.len() + 1).to_string();
                    let label = labels.put(at, (width(&text, NAME), NAME), radius, 5);
                    match label {
                        Some(_) => numbered.push(format!("{text} {} ({})", dot.name, dot.shown)),
                        None => unplaced.push(format!("{} ({})", dot.name, dot.shown)),
                    }
                    (label, text)
                }
            };
            let Some(label) = label else { continue };
            if let Some((from, to)) = label.leader {
                let (across, down) = (to.0 - from.0, to.1 - from.1);
                let long = across.hypot(down).max(1.0);
                let from = (from.0 + across / long * (radius + 1.0), from.1 + down / long * (radius + 1.0));
                canvas.line(from, to, Stroke::new(look.palette.neutral, 0.8));
            }
            // Left of its dot a name ends where it was measured to end, whatever the font.
            let (x, how) = match label.block.right < at.0 {
                true => (label.block.right, how.at_end()),
                false => (label.block.left, how),
            };
            canvas.text((x, label.block.bottom - 2.6), how, &text);
        }
        // Of the others those that stand alone.
        let mut more = 0;
        for (dot, at, _) in rest {
            let name = cut(&dot.name, NAME, 190.0);
            match labels.put(at, (width(&name, NAME) * 1.02, NAME + 1.0), radius, 1).filter(|_| dot.value <= top) {
                Some(label) => {
                    canvas.text((label.block.left, label.block.bottom - 2.6), Type::new(NAME, look.palette.ink), &name);
                }
                None => more += 1,
            }
        }
        let told = [("Outside, by number", numbered), ("Outside, with no room for a name", unplaced)];
        let told = told.iter().filter(|(_, names)| !names.is_empty());
        let told = told.map(|(what, names)| format!("{what}: {}.", names.join(", ")));
        let rest = (more > 0).then(|| {
            let (number, area) = (digits::grouped(more as u64), words::verb(more, "area", "areas"));
            format!("Named are those farthest outside, and others with room for it; {number} more {area} outside are dots of the same colours.")
        });
        told.chain(rest).collect()
    }
}

impl Drawing for Shown {
    fn told(&self) -> Told {
        self.told()
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let mut keys = Vec::new();
        for (position, side, colour) in [(Position::High, "above", palette.high), (Position::Low, "below", palette.low)]
        {
            let found = |level: &&Confidence| {
                self.dots.iter().any(|dot| dot.position == position && dot.beyond == Some(**level))
            };
            let (outer, inner): (Vec<&Confidence>, Vec<&Confidence>) =
                self.levels.iter().rev().filter(found).partition(|level| self.is_outermost(**level));
            keys.extend(outer.iter().map(|level| (Shape::Dot(colour), format!("{side} {level}"))));
            // The levels inside have one mark.
            if let (Some(most), Some(least)) = (inner.first(), inner.last()) {
                let levels = if inner.len() > 1 { format!("{least} to {most}") } else { most.to_string() };
                keys.push((Shape::Ring(colour), format!("{side} {levels}")));
            }
        }
        if self.has_limits && self.dots.iter().any(|dot| dot.position == Position::Within) {
            keys.push((Shape::Dot(palette.neutral), "within".into()));
        }
        for level in self.levels.iter().filter(|_| self.has_limits && !self.report.has_own_limits()) {
            keys.push((Shape::Line(self.stroke(*level, false, palette)), format!("{level} limits")));
        }
        if let Some(level) = self.levels.last().filter(|_| self.widened() && !self.report.has_own_limits()) {
            keys.push((Shape::Line(self.stroke(*level, true, palette)), "the same by chance alone".into()));
        }
        if self.dots.is_empty() { Vec::new() } else { keys }
    }

    fn width(&self, _: &Options) -> f64 {
        if self.dots.len() > 60 { 960.0 } else { 800.0 }
    }

    fn height(&self, _: f64, room: Option<f64>, _: &Options) -> f64 {
        if self.dots.is_empty() { 8.0 } else { room.unwrap_or(if self.dots.len() > 60 { 620.0 } else { 500.0 }) }
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        if self.dots.is_empty() {
            return Vec::new();
        }
        let palette = look.palette;
        let named = self.levels.iter().map(ToString::to_string).chain(self.target.map(|at| self.target_named(at)));
        let axes = self.axes(frame, 12.0 + named.map(|text| width(&text, 10.5)).fold(0.0, f64::max));
        let curves = self.curves(&axes);
        let inside = axes.inside;
        self.shades(canvas, &curves, &axes, palette);
        for value in axes.up.ticks((((inside.bottom - inside.top) / 16.0) as usize).clamp(1, 6)) {
            let y = axes.up.at(value);
            canvas.line((inside.left, y), (inside.right, y), Stroke::new(palette.grid, 1.0));
            canvas.text((inside.left - 6.0, y + 3.6), Type::new(10.5, palette.faint).at_end(), &tick(value));
        }
        let mut last = f64::NEG_INFINITY;
        for value in axes.across.ticks(7) {
            let (x, text) = (axes.across.at(value), tick(value));
            let half = width(&text, 10.5) / 2.0;
            if x - half < last + 6.0 || x + half > frame.right {
                continue;
            }
            last = x + half;
            canvas.line((x, inside.bottom), (x, inside.bottom + 4.0), Stroke::new(palette.neutral, 1.0));
            canvas.text((x, inside.bottom + 15.0), Type::new(10.5, palette.faint).in_middle(), &text);
        }
        canvas.line((inside.left, inside.bottom), (inside.right, inside.bottom), Stroke::new(palette.neutral, 1.0));
        if let Some(target) = self.target {
            let y = axes.up.at(target);
            canvas.line((inside.left, y), (inside.right, y), Stroke::new(palette.ink, 1.0));
        }
        for curve in &curves {
            canvas.path(&curve::thinned(&curve.points), self.stroke(curve.level, curve.naive, palette));
        }
        self.ends_named(canvas, &curves, &axes, palette);
        let radius = if self.dots.len() > 100 { 3.0 } else { 4.0 };
        let (_, top) = axes.up.domain();
        for dot in &self.dots {
            let (x, y) = (axes.across.at(dot.across), axes.up.at(dot.value));
            let colour = Self::colour(dot, palette);
            canvas.open(&format!("{}: {}", dot.name, dot.shown));
            let inner = dot.position != Position::Within && dot.beyond.is_some_and(|level| !self.is_outermost(level));
            if dot.value > top {
                canvas.fill(&[(x, y - 2.0), (x - radius - 1.0, y + 7.0), (x + radius + 1.0, y + 7.0)], colour, None);
            } else if inner {
                canvas.circle((x, y), radius, palette.paper, Some(Stroke::new(colour, 1.8)));
            } else {
                canvas.circle((x, y), radius, colour, Some(Stroke::new(palette.paper, 0.8)));
            }
            canvas.close();
        }
        let [across, up] = self.titles();
        let scale = if axes.across.is_logarithmic() { ", logarithmic scale" } else { "" };
        let (whole, room) = (format!("{across}{scale}"), TEXT * frame.width());
        // What stands in brackets goes first.
        let short = across.split_once(" (").map_or(across.as_str(), |(short, _)| short);
        let across = if width(&whole, 11.0) <= room { whole } else { cut(&format!("{short}{scale}"), 11.0, room) };
        let half = width(&across, 11.0) / 2.0 / TEXT;
        let middle = ((inside.left + inside.right) / 2.0).min(frame.right - half).max(frame.left + half);
        canvas.text((middle, inside.bottom + 31.0), Type::new(11.0, palette.ink).in_middle(), &across);
        canvas.text(
            (frame.left, frame.top + 10.0),
            Type::new(11.0, palette.ink),
            &cut(&up, 11.0, TEXT * frame.width()),
        );
        let mut told = self.name_outliers(canvas, &axes, &curves, look, radius);
        if self.report.has_own_limits() {
            told.push("No limits are drawn: each area has its own, about the others of its group.".into());
        } else if self.has_limits && !self.report.is_normal() {
            told.push(
                "Limits are drawn where a count comes to lie outside by its exact tail, smooth between whole counts."
                    .into(),
            );
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.dots.iter().map(|dot| (dot.name.as_str(), dot.code.as_deref())).collect()
    }

    fn bars(&self, _: &Options) -> Vec<Bar> {
        let mut dots: Vec<&Dot> = self.dots.iter().collect();
        dots.sort_by(|a, b| b.value.total_cmp(&a.value));
        dots.into_iter()
            .map(|dot| Bar { name: dot.name.clone(), value: dot.value, shown: dot.shown.clone(), ..Bar::default() })
            .collect()
    }
}
