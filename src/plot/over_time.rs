//! Ranks in each period with the ranks that areas may have, each area in a small picture, and who moved for certain.

use super::{
    canvas::{At, Canvas, Stroke, Type},
    drawing::{Bar, Base, Drawing, Frame, Key, Look, Shape, Told},
    multiples::{self, Axes, periods, runs},
    options::Options,
    plot::Plot,
    scale::{Axis, tick},
    theme::{Colour, Palette},
    width::{cut, width},
    words,
};
use crate::{
    base::{Topic, digits, note},
    league::Rank,
    rank::{OverTime, PeriodRow},
    rate::{Order, Period},
};

impl OverTime {
    /// A picture of every area's rank in each period, the first at the top, with the ranks that it may have as a shade: in colour are the periods in
    /// which it has moved for certain.
    ///
    /// ```
    /// use crimerate::{Confidence, Order, interval::WithinDispersion, rank::OverTime, time::Series};
    ///
    /// let counts = [("A", [900, 910, 300]), ("B", [500, 505, 510]), ("C", [100, 90, 95])];
    /// let rows = counts.iter().flat_map(|(area, counts)| (2019..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 100_000)));
    /// let ranks = OverTime::of(&Series::from_rows(rows)?, Order::Highest, Confidence::P95)?.with_dispersion(WithinDispersion::new(2.2)?)?;
    /// assert_eq!(ranks.plot().headline(), "Two of 3 areas moved in rank for certain (95 %, all periods together)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Moves::of(self))
    }
}

#[derive(Debug)]
struct Course {
    name: String,
    code: Option<String>,
    rows: Vec<PeriodRow>,
}

#[derive(Debug)]
struct Moves {
    ranks: OverTime,
    areas: Vec<Course>,
    /// The most areas that a period compares.
    last: usize,
}

const NAME: f64 = 11.5;
const HEAD: f64 = 24.0;
const FOOT: f64 = 18.0;

impl Course {
    fn moves(&self) -> usize {
        self.rows.iter().filter(|row| row.moved.is_some()).count()
    }

    fn told(&self) -> String {
        match self.moves() {
            0 => "did not move for certain".into(),
            1 => "moved for certain in one period".into(),
            more => format!("moved for certain in {} periods", words::many(more)),
        }
    }
}

impl Moves {
    fn of(ranks: &OverTime) -> Self {
        let series = ranks.series();
        let rows: Vec<PeriodRow> = ranks.rows().to_vec();
        let courses = rows.chunks(series.periods().len().max(1)).zip(series.areas());
        let areas = courses.map(|(rows, area)| Course {
            name: area.label().into(),
            code: area.code().map(Into::into),
            rows: rows.to_vec(),
        });
        let last = rows.iter().map(|row| row.of).max().unwrap_or(0).max(1);
        Self { ranks: ranks.clone(), areas: areas.collect(), last }
    }

    fn headline(&self) -> String {
        let noun = words::noun(self.ranks.series().areas());
        let (moved, all) = (self.areas.iter().filter(|area| area.moves() > 0).count(), self.areas.len());
        if self.areas.iter().flat_map(|area| &area.rows).all(|row| row.rank.is_none()) {
            return "No area has a rank to show".into();
        }
        if let [period] = self.ranks.series().periods() {
            let (areas, period) = (words::counted(all, noun), self.ranks.series().period_label(*period));
            return format!("{areas} in one period, {period}, so that none has moved");
        }
        format!(
            "{} moved in rank for certain ({}, all periods together)",
            words::of(moved, all, noun),
            self.ranks.confidence()
        )
    }

    fn axes(&self, frame: Frame, course: &Course) -> Axes {
        let room = width(&tick(self.last as f64), 10.0) + 8.0;
        let inside = Frame {
            left: frame.left + room,
            top: frame.top + HEAD,
            right: frame.right - 4.0,
            bottom: frame.bottom - FOOT,
        };
        let last = course.rows.len().saturating_sub(1).max(1) as f64;
        let edge = 0.5_f64.min(0.03 * self.last as f64);
        Axes {
            frame,
            inside,
            across: Axis::linear((0.0, last), (inside.left + 4.0, inside.right - 4.0)),
            // The first rank is at the top.
            up: Axis::linear((1.0 - edge, self.last as f64 + edge), (inside.top, inside.bottom)),
        }
    }

    fn colour(row: &PeriodRow, order: Order, palette: Palette) -> Option<Colour> {
        let up = row.moved.as_deref()? == "up";
        // Nearer to the first rank is higher where the first is the highest.
        Some(if up == (order == Order::Highest) { palette.high } else { palette.low })
    }

    fn panel(&self, canvas: &mut Canvas, course: &Course, (cell, first, foot): (Frame, bool, bool), look: Look<'_>) {
        let (palette, axes) = (look.palette, self.axes(cell, course));
        let bold = look.options.highlights(&course.name, course.code.as_deref());
        canvas.open(&format!("{}: {}", course.name, course.told()));
        let name = cut(&course.name, NAME * 1.08, cell.right - axes.inside.left);
        canvas.text((axes.inside.left, cell.top + 14.0), Type::new(NAME, palette.ink).bold(bold), &name);
        let place = |of: &dyn Fn(&PeriodRow) -> Option<f64>| -> Vec<Option<At>> {
            course.rows.iter().enumerate().map(|(at, row)| of(row).map(|rank| axes.at(at, rank))).collect()
        };
        let ends = [|row: &PeriodRow| row.rank_lower, |row: &PeriodRow| row.rank_upper]
            .map(|end| runs(&place(&|row| end(row).map(|rank| rank as f64))));
        let [upper, lower] = ends;
        for (upper, lower) in upper.into_iter().zip(lower) {
            if let ([(x, top)], [(_, bottom)]) = (upper.as_slice(), lower.as_slice()) {
                canvas.rectangle((x - 2.0, *top), (x + 2.0, *bottom), palette.shade);
            }
            canvas.fill(&upper.into_iter().chain(lower.into_iter().rev()).collect::<Vec<_>>(), palette.shade, None);
        }
        for rank in [1.0, self.last as f64].into_iter().take(if self.last > 1 { 2 } else { 1 }) {
            let y = axes.up.at(rank);
            canvas.line((axes.inside.left, y), (axes.inside.right, y), Stroke::new(palette.grid, 1.0));
            if first {
                canvas.text((axes.inside.left - 5.0, y + 3.4), Type::new(10.0, palette.faint).at_end(), &tick(rank));
            }
        }
        let ranks = place(&|row| row.rank.map(Rank::value));
        for run in runs(&ranks) {
            canvas.path(&run, Stroke::new(palette.neutral, 1.6));
        }
        for (row, at) in course.rows.iter().zip(ranks) {
            let Some(at) = at else { continue };
            match Self::colour(row, self.ranks.order(), palette) {
                Some(colour) => canvas.circle(at, 3.6, colour, Some(Stroke::new(palette.paper, 0.8))),
                None => canvas.circle(at, 2.2, palette.neutral, None),
            }
        }
        canvas.close();
        if foot {
            let names: Vec<&str> = course.rows.iter().map(|row| row.period.as_str()).collect();
            periods(canvas, &names, &axes, palette, self.areas.len() == 1);
        }
    }
}

impl Drawing for Moves {
    fn told(&self) -> Told {
        let series = self.ranks.series();
        let label = |period: Option<&Period>| period.map(|at| series.period_label(*at)).unwrap_or_default();
        let (from, to) = (label(series.periods().first()), label(series.periods().last()));
        let read = format!(
            "rank in each period (1: {} rate) and the ranks that it may be, {from} to {to}",
            self.ranks.order()
        );
        let moved: Vec<String> =
            self.areas.iter().filter(|area| area.moves() > 0).map(|area| area.name.clone()).take(12).collect();
        let message = if moved.is_empty() { String::new() } else { format!("Moved: {}.", moved.join(", ")) };
        let topics = [Topic::Areas, Topic::LeftOut, Topic::RankSets, Topic::Ranking, Topic::Basis];
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(series.basis(), &read),
            message,
            notes: note::about(&self.ranks.notes(), &topics).collect(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let rows = || self.areas.iter().flat_map(|area| &area.rows);
        if rows().all(|row| row.rank.is_none()) {
            return Vec::new();
        }
        let mut keys = vec![
            (Shape::Line(Stroke::new(palette.neutral, 1.6)), "rank".to_owned()),
            (Shape::Shade(palette.shade), "ranks that it may have".into()),
        ];
        let order = self.ranks.order();
        for (way, text) in [("up", "nearer to the first for certain"), ("down", "farther from it for certain")] {
            let found = rows().find(|row| row.moved.as_deref() == Some(way));
            keys.extend(found.and_then(|row| Some((Shape::Dot(Self::colour(row, order, palette)?), text.to_owned()))));
        }
        keys
    }

    fn width(&self, _: &Options) -> f64 {
        multiples::wide(self.areas.len())
    }

    fn height(&self, wide: f64, room: Option<f64>, _: &Options) -> f64 {
        match self.areas.len() {
            1 => room.unwrap_or(240.0),
            number => multiples::height(number, wide, room),
        }
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        for (course, cell) in self.areas.iter().zip(multiples::cells(self.areas.len(), frame)) {
            self.panel(canvas, course, cell, look);
        }
        Vec::new()
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.areas.iter().map(|area| (area.name.as_str(), area.code.as_deref())).collect()
    }

    fn base(&self) -> Base {
        Base { axis: Some(Axis::linear((1.0, self.last as f64), (0.0, 1.0))), ..Base::default() }
    }

    fn bars(&self, _: &Options) -> Vec<Bar> {
        let rows = self.areas.iter().flat_map(|area| area.rows.iter().map(move |row| (area, row)));
        let bar = |(area, row): (&Course, &PeriodRow)| {
            let (rank, places) = (row.rank?.value(), row.rank_lower.zip(row.rank_upper));
            let shown = places.map(|(low, high)| format!(" ({low} to {high})")).unwrap_or_default();
            Some(Bar {
                name: format!("{} {}", area.name, row.period),
                value: rank,
                shown: format!("{}{shown}", digits::as_given(rank)),
                brief: None,
                limits: places.map(|(low, high)| (low as f64, high as f64)),
            })
        };
        rows.filter_map(bar).collect()
    }
}
