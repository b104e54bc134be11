//! The police forces as hexagons, each about where it lies.

use super::{
    canvas::{At, Canvas, Stroke, Type},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    options::Options,
    places::PLACES,
    plot::Plot,
    theme::Palette,
    words,
};
use crate::{
    base::{Topic, digits},
    forces,
    league::{Report, ReportRow},
};

impl Report {
    /// A map of the 43 police forces of England and Wales, a hexagon each, with its rate: in five classes of as many forces each
    /// (quantiles; equal rates stand in one class), dashed where there is no figure. Areas that are no force are named below.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300), ("Kent", 729, 1_846_500)])?;
    /// let plot = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).tile_map();
    /// assert_eq!(plot.headline(), "The rates of 3 forces lie from 26.0 (Durham) to 39.5 (Kent) per 100,000");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn tile_map(&self) -> Plot {
        Plot::of(Tiles::of(self))
    }
}

#[derive(Debug)]
struct Tile {
    name: String,
    code: &'static str,
    rate: f64,
    shown: String,
    class: usize,
}

#[derive(Debug)]
struct Tiles {
    report: Report,
    /// From the lowest rate to the highest.
    tiles: Vec<Tile>,
    /// Areas with a rate that are no force, or one that is there already.
    others: Vec<String>,
}

const CLASSES: usize = 5;

impl Tiles {
    fn of(report: &Report) -> Self {
        let mut rows: Vec<ReportRow> = report.rows().filter(|row| row.rate.is_some_and(f64::is_finite)).collect();
        rows.sort_by(|a, b| a.rate.unwrap_or(0.0).total_cmp(&b.rate.unwrap_or(0.0)));
        let highest = rows.last().and_then(|row| row.rate).unwrap_or(0.0);
        let decimals = digits::decimals(highest);
        let (mut tiles, mut others): (Vec<Tile>, Vec<String>) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(rate) = row.rate else { continue };
            match forces::find(row.code.as_deref().unwrap_or(&row.area)) {
                Ok(force) if tiles.iter().all(|tile| tile.code != force.code()) => tiles.push(Tile {
                    name: row.area,
                    code: force.code(),
                    rate,
                    shown: digits::fixed(rate, decimals),
                    class: 0,
                }),
                _ => others.push(row.area),
            }
        }
        let number = tiles.len().max(1);
        let mut last: Option<(f64, usize)> = None;
        for (place, tile) in tiles.iter_mut().enumerate() {
            let class =
                last.filter(|(rate, _)| *rate == tile.rate).map_or(CLASSES * place / number, |(_, class)| class);
            tile.class = class.min(CLASSES - 1);
            last = Some((tile.rate, tile.class));
        }
        Self { report: report.clone(), tiles, others }
    }

    /// The radius of a hexagon.
    fn radius(wide: f64) -> f64 {
        // Columns from 1 to 7 and a half, each as wide as a hexagon.
        (wide / (7.2 * 3_f64.sqrt())).min(46.0)
    }
}

fn hexagon((x, y): At, radius: f64) -> Vec<At> {
    (0..6)
        .map(|corner| {
            let angle = std::f64::consts::FRAC_PI_3 * f64::from(corner) + std::f64::consts::FRAC_PI_6;
            (x + radius * angle.cos(), y + radius * angle.sin())
        })
        .collect()
}

impl Drawing for Tiles {
    fn told(&self) -> Told {
        let (basis, per) = (self.report.league().table().basis(), self.report.per());
        let headline = match self.tiles.as_slice() {
            [] => "No force has a rate to show".into(),
            [only] => format!("The rate of {} is {} {per}", only.name, only.shown),
            [low, .., high] => format!(
                "The rates of {} forces lie from {} ({}) to {} ({}) {per}",
                self.tiles.len(),
                low.shown,
                low.name,
                high.shown,
                high.name
            ),
        };
        let read = format!("rate {} by police force, each about where it lies", words::per(per, basis));
        let shown = |tile: &Tile| format!("{} {}", tile.name, tile.shown);
        let highest: Vec<String> = self.tiles.iter().rev().take(5).map(shown).collect();
        let message = if highest.is_empty() { String::new() } else { format!("Highest: {}.", highest.join(", ")) };
        let topics = [Topic::Areas, Topic::LeftOut, Topic::Policy, Topic::Basis];
        Told {
            headline,
            subtitle: words::subtitle(basis, &read),
            message,
            notes: words::notes(&self.report.notes(), &topics),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let class = |class: usize| {
            let mut inside = self.tiles.iter().filter(move |tile| tile.class == class);
            let first = inside.next()?;
            let last = inside.next_back().unwrap_or(first);
            let text = if first.shown == last.shown {
                first.shown.clone()
            } else {
                format!("{} to {}", first.shown, last.shown)
            };
            Some((Shape::Shade(palette.classes.get(class).copied()?), text))
        };
        (0..CLASSES).filter_map(class).collect()
    }

    fn width(&self) -> f64 {
        640.0
    }

    fn height(&self, wide: f64, _: Option<f64>, _: &Options) -> f64 {
        Self::radius(wide) * (9.0 * 1.5 + 2.0) + 12.0
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        let (radius, palette) = (Self::radius(frame.width()), look.palette);
        let step = radius * 3_f64.sqrt();
        let left = frame.left + (frame.width() - 7.0 * step) / 2.0 - 0.5 * step;
        for (code, short, column, row) in PLACES {
            let shift = if row % 2 == 1 { 0.5 } else { 0.0 };
            let at =
                (left + (f64::from(column) + shift) * step, frame.top + 6.0 + radius + f64::from(row) * 1.5 * radius);
            let size = (radius * 0.26).clamp(8.0, 12.0);
            let (name, figure) = ((at.0, at.1 - 1.0), (at.0, at.1 + size * 1.25));
            if let Some(tile) = self.tiles.iter().find(|tile| tile.code == code) {
                let colour = palette.classes.get(tile.class).copied().unwrap_or(palette.neutral);
                let picked = look.options.highlights(&tile.name, Some(tile.code));
                let edge = if picked { Stroke::new(palette.ink, 3.0) } else { Stroke::new(palette.neutral, 0.8) };
                let ink = Type::new(size, palette.on(colour)).in_middle();
                canvas.open(&format!("{}: {}", tile.name, tile.shown));
                canvas.fill(&hexagon(at, radius - 1.5), colour, Some(edge));
                canvas.text(name, ink, short);
                canvas.text(figure, ink.bold(true), &tile.shown);
                canvas.close();
            } else {
                let edge = Stroke::new(palette.neutral, 1.0).dashed("3 3");
                canvas.fill(&hexagon(at, radius - 1.5), palette.paper, Some(edge));
                canvas.text(name, Type::new(size, palette.faint).in_middle(), short);
                canvas.text(figure, Type::new(size, palette.faint).in_middle(), "–");
            }
        }
        let mut told =
            vec!["Classes hold as many forces each, as far as equal rates allow; dashed: no figure.".to_owned()];
        if !self.others.is_empty() {
            told.push(format!("Not on the map: {}.", self.others.join(", ")));
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.tiles.iter().map(|tile| (tile.name.as_str(), Some(tile.code))).collect()
    }

    fn bars(&self) -> Vec<Bar> {
        let bar = |tile: &Tile| Bar { name: tile.name.clone(), value: tile.rate, shown: tile.shown.clone() };
        self.tiles.iter().rev().map(bar).collect()
    }
}
