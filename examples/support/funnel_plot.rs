//! A funnel plot (Spiegelhalter 2005, Statistics in Medicine 24:1185).

use super::{
    labels::Labels,
    plot::{self, Mark, Picture, Sheet},
    program::Failure,
};
use crimerate::{
    Interval, Topic, Undefined,
    average::Rule,
    funnel::{self, Dispersion, Funnel, Position},
};
use plotters::{
    coord::ranged1d::{AsRangedCoord, ValueFormatter},
    element::DashedPathElement,
    prelude::*,
};
use std::{iter, ops::Range};

/// Where the largest expected count is over this many times the smallest, the axis is logarithmic.
const WIDE: f64 = 100.0;
/// More areas than this have smaller dots.
const MANY: usize = 100;
/// Along a curve.
const STEPS: u32 = 300;

/// The areas, those furthest from the target first, and the limits.
struct Plot {
    dots: Vec<Dot>,
    curves: Vec<Curve>,
    /// What an area is drawn at whose count is as expected: the average, or 1.
    target: f64,
    top: f64,
    across: Across,
    titles: [String; 2],
}

/// An area of the funnel.
struct Dot {
    name: String,
    expected: f64,
    value: f64,
    outside: bool,
    z: f64,
}

/// One of two limits at one level.
struct Curve {
    mark: Mark,
    points: Vec<(f64, f64)>,
}

/// The axis of expected counts.
struct Across {
    logarithmic: bool,
    ends: Range<f64>,
}

/// The funnel as a picture: rates where all areas are compared with one average, else ratios.
pub(crate) fn svg(funnel: &Funnel, report: &funnel::Report) -> Result<String, Failure> {
    let rate =
        funnel.league().average().ok().filter(|_| !funnel.given()).map(|average| average.per(report.per()).value());
    let target = rate.unwrap_or(1.0);
    let dots = dots(report, target);
    let sizes = sorted(&dots, |dot| dot.expected);
    let nothing = "there is nothing to draw: no area has an expected count";
    let (smallest, largest) = sizes.first().zip(sizes.last()).ok_or(nothing)?;
    let across = Across::new(*smallest, *largest);
    let mut levels = report.levels().to_vec();
    levels.sort_by(|a, b| b.level().total_cmp(&a.level()));
    let usual = levels.first().zip(sizes.get(sizes.len() / 2)).and_then(|(level, at)| funnel.limits(*at, *level).ok());
    let top = top(&sorted(&dots, |dot| dot.value), target, usual.map(|limits| limits.upper() * target));
    let curve = |mark, limits: &dyn Fn(f64) -> Result<Interval, Undefined>| {
        [Interval::lower, Interval::upper].map(|side: fn(Interval) -> f64| {
            let points = across.steps().map_while(|at| Some((at, side(limits(at).ok()?) * target)));
            Curve { mark, points: points.take_while(|(_, limit)| *limit <= top).collect() }
        })
    };
    let widened = report.spec().dispersion() != Dispersion::None;
    let (mut curves, mut keys) = (Vec::new(), Vec::new());
    let looks = [(plot::BLUE, 4), (plot::SKY, 3), (plot::GREY, 2)].into_iter().chain(iter::repeat((plot::GREY, 1)));
    for (level, (colour, thick)) in levels.iter().zip(looks) {
        let (line, dashes) = (Mark::Line(colour.stroke_width(thick)), Mark::Dashes(colour.stroke_width(2)));
        if widened {
            curves.extend(curve(dashes, &|at| funnel.naive_limits(at, *level)));
        }
        curves.extend(curve(line, &|at| funnel.limits(at, *level)));
        keys.push((line, format!("{level} limits")));
    }
    if widened {
        keys.push((Mark::Dashes(plot::BLUE.stroke_width(2)), "by chance alone".into()));
    }
    let notes = report.notes();
    let league = funnel.league();
    let average = league.average_of_all().ok().filter(|_| rate.is_some()).map(|value| {
        let (rule, shown) = (league.how().average(), value.per(report.per()));
        match rule.rule() {
            Rule::Fixed(_) => format!("average: {rule}"),
            _ => format!("average: {rule}, {shown} over {}", plot::areas(value.areas())),
        }
    });
    keys.extend([
        (Mark::Line(plot::INK.stroke_width(2)), average.unwrap_or_else(|| "as expected".into())),
        (Mark::Dot(plot::ORANGE.filled()), "outside, named where there is room".into()),
        (Mark::Dot(plot::INK.stroke_width(3)), "within".into()),
    ]);
    let picture = Picture {
        title: format!("Funnel plot of {}{}", plot::areas(dots.len()), plot::counted(funnel.league().table().basis())),
        keys,
        notes: plot::about(&notes, &[Topic::Areas, Topic::Limits, Topic::Dispersion, Topic::Basis]),
        height: 900,
    };
    let counted = if funnel.given() { "as given" } else { "average rate times population" };
    let scale = if across.logarithmic { ", logarithmic" } else { "" };
    let drawn = if rate.is_some() { format!("Rate {}", report.per()) } else { "Count over expected count".into() };
    let titles = [format!("Expected count ({counted}){scale}"), drawn];
    let plot = Plot { dots, curves, target, top, across, titles };
    picture.svg(|sheet| plot.draw(sheet))
}

fn dots(report: &funnel::Report, target: f64) -> Vec<Dot> {
    let dots = report.rows().filter_map(|row| {
        Some(Dot {
            name: row.area,
            expected: row.expected?,
            value: row.ratio? * target,
            outside: row.position.is_some_and(|position| position != Position::Within),
            z: row.z_adjusted.map_or(0.0, f64::abs),
        })
    });
    let mut dots: Vec<Dot> = dots.collect();
    dots.sort_by(|a, b| b.z.total_cmp(&a.z));
    dots
}

fn sorted(dots: &[Dot], which: fn(&Dot) -> f64) -> Vec<f64> {
    let mut values: Vec<f64> = dots.iter().map(which).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Where the upright axis ends. Limits of the smallest areas may lie above, and so may an area that would press all
/// others together.
fn top(values: &[f64], target: f64, usual: Option<f64>) -> f64 {
    let high = values.get(values.len() * 9 / 10).map_or(target, |high| high.max(target));
    let shown = values.iter().rev().find(|value| **value <= 3.0 * high).map_or(high, |value| value.max(high));
    1.08 * shown.max(usual.unwrap_or(0.0).min(3.0 * high))
}

impl Across {
    fn new(smallest: f64, largest: f64) -> Self {
        let logarithmic = largest > WIDE * smallest;
        let ends = if logarithmic { smallest / 1.5..largest * 1.5 } else { 0.0..largest * 1.05 };
        Self { logarithmic, ends }
    }

    /// From the right to the left, closer where curves are steep.
    fn steps(&self) -> impl Iterator<Item = f64> {
        let Range { start, end } = self.ends;
        let along = (1..=STEPS).rev().map(|step| f64::from(step) / f64::from(STEPS));
        along.map(move |t| if self.logarithmic { start * (end / start).powf(t) } else { end * t * t })
    }
}

impl Plot {
    fn draw(&self, sheet: &Sheet<'_>) -> Result<(), Failure> {
        let ends = self.across.ends.clone();
        if self.across.logarithmic { self.draw_along(sheet, ends.log_scale()) } else { self.draw_along(sheet, ends) }
    }

    fn draw_along<X>(&self, sheet: &Sheet<'_>, x: X) -> Result<(), Failure>
    where
        X: AsRangedCoord<Value = f64>,
        X::CoordDescType: ValueFormatter<f64>,
    {
        let mut chart = ChartBuilder::on(sheet)
            .margin(20)
            .margin_right(70)
            .x_label_area_size(90)
            .y_label_area_size(120)
            .build_cartesian_2d(x, 0.0..self.top)?;
        chart
            .configure_mesh()
            .max_light_lines(0)
            .bold_line_style(plot::GREY.mix(0.25))
            .axis_style(plot::INK)
            .set_all_tick_mark_size(6)
            .label_style(plot::font(plot::TEXT))
            .x_labels(8)
            .y_labels(10)
            .x_label_formatter(&|value| plot::tick(*value))
            .y_label_formatter(&|value| plot::tick(*value))
            .x_desc(&*self.titles[0])
            .y_desc(&*self.titles[1])
            .draw()?;
        let area = chart.plotting_area();
        let Range { start, end } = self.across.ends;
        area.draw(&PathElement::new(vec![(start, self.target), (end, self.target)], plot::INK.stroke_width(2)))?;
        for curve in &self.curves {
            match curve.mark {
                Mark::Dashes(style) => {
                    let (dash, gap) = plot::DASH;
                    area.draw(&DashedPathElement::new(curve.points.iter().copied(), dash, gap, style))?;
                }
                Mark::Line(style) | Mark::Dot(style) => area.draw(&PathElement::new(curve.points.clone(), style))?,
            }
        }
        let radius = if self.dots.len() > MANY { plot::DOT - 2 } else { plot::DOT };
        let place = |dot: &Dot| (dot.expected, if dot.value > self.top { 0.97 * self.top } else { dot.value });
        for dot in self.dots.iter().rev() {
            let at = place(dot);
            if dot.value > self.top {
                let colour = if dot.outside { plot::ORANGE } else { plot::INK };
                area.draw(&TriangleMarker::new(at, 2 * radius, colour.filled()))?;
            } else if dot.outside {
                area.draw(&Circle::new(at, radius, plot::ORANGE.filled()))?;
            } else {
                area.draw(&Circle::new(at, radius - 1, WHITE.filled()))?;
                area.draw(&Circle::new(at, radius - 1, plot::INK.stroke_width(3)))?;
            }
        }
        let (left, above) = area.get_base_pixel();
        let pixel = |&(x, y): &(f64, f64)| {
            let (x, y) = area.map_coordinate(&(x, y));
            (x - left, y - above)
        };
        let at: Vec<(i32, i32)> = self.dots.iter().map(|dot| pixel(&place(dot))).collect();
        let lines = self.curves.iter().flat_map(|curve| curve.points.iter().map(pixel)).collect();
        let mut labels = Labels::new(area.dim_in_pixel(), &at, radius, lines);
        let (bare, size) = (area.strip_coord_spec(), plot::SMALL);
        let decimals = (2.0 - self.target.log10()).clamp(1.0, 9.0) as usize;
        for (dot, at) in self.dots.iter().zip(at).filter(|(dot, _)| dot.outside || dot.value > self.top) {
            let name = if dot.value > self.top {
                format!("{} ({:.decimals$}, off the scale)", dot.name, dot.value)
            } else {
                dot.name.clone()
            };
            if let Some(label) = labels.place(at, (plot::width(&name, size), size as i32 + 2)) {
                let [left, top, right, bottom] = label.corners;
                if label.apart {
                    bare.draw(&PathElement::new(vec![at, label.end], plot::GREY.stroke_width(1)))?;
                }
                bare.draw(&Rectangle::new([(left, top), (right, bottom)], WHITE.mix(0.7).filled()))?;
                plot::words(&bare, &name, size, label.end, label.side)?;
            }
        }
        Ok(())
    }
}
