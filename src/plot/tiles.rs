//! The police forces as hexagons, each about where it lies.

use super::{
    about::About,
    canvas::{At, Canvas, Stroke, Type},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    funnel,
    lines::told_apart,
    options::Options,
    places::PLACES,
    plot::Plot,
    ranked::{Ranked, RankedValue, Valued},
    theme::{Colour, Palette},
    words,
};
use crate::{
    base::{ErrorKind, Result, digits},
    forces,
    funnel::{Position, Report as FunnelReport},
    interval::Confidence,
    league::{Band, Report, ScoreReport, StandardisedReport, ValuesReport},
    smoothing,
};

impl Report {
    /// A map of the 43 police forces of England and Wales, a hexagon each, with its rate: in five classes of as many forces each
    /// (quantiles; equal rates stand in one class) or, where the report has bands, above, within and below these; dashed where there is no
    /// figure. Areas that are no force are named below.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300), ("Kent", 729, 1_846_500)])?;
    /// let plot = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).tile_map()?;
    /// let found = "One of 3 forces lies above the average of 35.9 per 100,000; the highest rate is 39.5 (Kent), the lowest 26.0 (Durham)";
    /// assert_eq!(plot.headline(), found);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] where no area with a rate is such a force.
    pub fn tile_map(&self) -> Result<Plot> {
        Tiles::of(self).drawn()
    }
}

impl ValuesReport {
    /// The same map of values, as [`Report::tile_map`].
    ///
    /// # Errors
    /// As there.
    pub fn tile_map(&self) -> Result<Plot> {
        Tiles::of(self).drawn()
    }
}

impl smoothing::Report {
    /// The same map of smoothed rates, as [`Report::tile_map`].
    ///
    /// # Errors
    /// As there.
    pub fn tile_map(&self) -> Result<Plot> {
        Tiles::of(self).drawn()
    }
}

impl StandardisedReport {
    /// The same map of standardised rates, as [`Report::tile_map`].
    ///
    /// # Errors
    /// As there.
    pub fn tile_map(&self) -> Result<Plot> {
        Tiles::of(self).drawn()
    }
}

impl ScoreReport {
    /// The same map of severity scores, as [`Report::tile_map`].
    ///
    /// # Errors
    /// As there.
    pub fn tile_map(&self) -> Result<Plot> {
        Tiles::of(self).drawn()
    }
}

impl FunnelReport {
    /// A map of the 43 police forces of England and Wales, a hexagon each, in classes by the limits of the funnel: above or below those at its
    /// levels, or within.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] where no area of the funnel is such a force, or a mean or a median of rates has no limits.
    pub fn tile_map(&self) -> Result<Plot> {
        Tiles::of_funnel(self)?.drawn()
    }
}

#[derive(Debug)]
struct Tile {
    name: String,
    code: &'static str,
    value: f64,
    shown: String,
    class: Class,
}

/// What a colour stands for, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Below,
    RatherLow,
    Within,
    RatherHigh,
    Above,
    Fifth(usize),
}

#[derive(Debug)]
struct Tiles {
    told: Told,
    /// From the lowest rate to the highest.
    tiles: Vec<Tile>,
    /// What the classes are called, where not by their rates.
    named: Vec<(Class, String)>,
    /// How they were made.
    how: &'static str,
    /// Areas with a rate that are no force, or one that is there already.
    others: Vec<String>,
}

const FIFTHS: usize = 5;

/// What is on the map.
const BY_FORCE: &str = "police force, each about where it lies";

impl Class {
    fn colour(self, palette: Palette) -> Colour {
        match self {
            Self::Below => palette.low,
            Self::RatherLow => palette.rather_low,
            Self::Within => palette.shade,
            Self::RatherHigh => palette.rather_high,
            Self::Above => palette.high,
            Self::Fifth(fifth) => palette.classes.get(fifth).copied().unwrap_or(palette.neutral),
        }
    }
}

impl Tiles {
    fn of(report: &impl Valued) -> Self {
        let (about, values) = report.valued();
        // A map says where values are high, and nothing of what they were before.
        let about = About { headline: None, ..about };
        let class = |band: Option<Band>| match band {
            Some(Band::Above) => Class::Above,
            Some(Band::Below) => Class::Below,
            Some(Band::Within) => Class::Within,
            None => Class::Fifth(0),
        };
        let places =
            |row: &RankedValue| (row.area.clone(), row.code.clone(), row.value, row.printed.clone(), class(row.band));
        let (mut tiles, others) = laid(values.iter().map(places).collect());
        let (short, per) = (about.short, about.per);
        let ends = match tiles.as_slice() {
            [] => String::new(),
            [only] => format!("The {short} of {} is {} {per}", only.name, only.shown),
            [low, .., high] => {
                let ties =
                    |end: &Tile| words::and_more(tiles.iter().filter(|tile| tile.value == end.value).count() - 1);
                // Of equal ones the first in the order of the table.
                let first = |end| tiles.iter().find(|tile: &&Tile| tile.value == end).unwrap_or(low);
                let [highest, lowest] =
                    [high.value, low.value].map(first).map(|end| format!("{} ({}{})", end.shown, end.name, ties(end)));
                format!("the highest {short} is {highest}, the lowest {lowest}")
            }
        };
        let read = format!("{} by {BY_FORCE}", about.read());
        let subtitle = words::subtitle(&about.basis, &read);
        let shown = |tile: &Tile| format!("{} {}", tile.name, tile.shown);
        let mut highest: Vec<String> = tiles.iter().rev().take(5).map(shown).collect();
        // Those that have as much as the last that is named.
        let fifth = tiles.iter().rev().nth(4);
        let same = fifth.map_or(0, |fifth| tiles.iter().rev().skip(5).filter(|tile| tile.value == fifth.value).count());
        highest.extend((same > 0).then(|| format!("{} more with as much", words::many(same))));
        let message = if highest.is_empty() { String::new() } else { format!("Highest: {}.", highest.join(", ")) };
        let (bands, notes) = (about.band.is_some(), about.notes.clone());
        let (compared, many) = (about.average.is_some(), tiles.len() > 1);
        let headline = match Ranked::new(about, values).headline() {
            found if bands => found,
            found if compared && many => format!("{found}; {ends}"),
            _ if many => format!("{} {per}", words::sentence(&ends)),
            _ => ends,
        };
        let told = Told { headline, subtitle, message, notes, source: None };
        if bands {
            let named =
                [(Class::Above, "above the band"), (Class::Within, "within it"), (Class::Below, "below the band")];
            let named = named.into_iter().map(|(class, name)| (class, name.to_owned())).collect();
            return Self { told, tiles, named, how: "Classes are by the bands; dashed: no figure.", others };
        }
        fifths(&mut tiles);
        let how = "Classes hold as many forces each, as far as equal values allow; dashed: no figure.";
        Self { told, tiles, named: Vec::new(), how, others }
    }

    fn of_funnel(report: &FunnelReport) -> Result<Self> {
        let shown = funnel::Shown::of(report, None);
        if !shown.has_limits {
            let (whole, part, advice) = ("the funnel", "control limits", "its classes would be by them");
            return Err(ErrorKind::Missing { whole, part, advice }.into());
        }
        let outermost = shown.levels.last().copied();
        let class = |position: Position, beyond: Option<Confidence>| match (position, beyond == outermost) {
            (Position::High, true) => Class::Above,
            (Position::High, false) => Class::RatherHigh,
            (Position::Within, _) => Class::Within,
            (Position::Low, false) => Class::RatherLow,
            (Position::Low, true) => Class::Below,
        };
        let places = shown.dots.iter().map(|dot| {
            let class = class(dot.position, dot.beyond);
            (dot.name.clone(), dot.code.clone(), Some(dot.value), Some(dot.shown.clone()), class)
        });
        let (tiles, others) = laid(places.collect());
        let inner = shown.levels.first().copied().filter(|inner| Some(*inner) != outermost);
        let named = [
            (Class::Above, "above", outermost),
            (Class::RatherHigh, "above", inner),
            (Class::Within, "within", None),
            (Class::RatherLow, "below", inner),
            (Class::Below, "below", outermost),
        ];
        let named = named.map(|(class, side, level)| {
            (class, level.map_or_else(|| side.to_owned(), |level| format!("{side} {level}")))
        });
        let told = Told { subtitle: shown.subtitle(BY_FORCE), ..shown.told() };
        let named = named.into_iter().collect();
        Ok(Self { told, tiles, named, how: "Classes are by the limits of the funnel; dashed: no figure.", others })
    }

    /// The map, if there is anything on it.
    fn drawn(self) -> Result<Plot> {
        if self.tiles.is_empty() {
            let (whole, part) = ("the table", "police force of England and Wales with a figure");
            return Err(ErrorKind::Missing { whole, part, advice: "a map shows nothing else" }.into());
        }
        Ok(Plot::of(self))
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

/// An area with its code, its value, that in figures where it was printed, and its class.
type Placed = (String, Option<String>, Option<f64>, Option<String>, Class);

/// The forces from the lowest value to the highest, and what is none.
fn laid(mut areas: Vec<Placed>) -> (Vec<Tile>, Vec<String>) {
    areas.retain(|(_, _, value, ..)| value.is_some_and(f64::is_finite));
    areas.sort_by(|a, b| a.2.unwrap_or(0.0).total_cmp(&b.2.unwrap_or(0.0)));
    told_apart(areas.iter_mut().map(|(name, code, ..)| (name, code.as_ref())));
    let decimals = digits::decimals(areas.last().and_then(|highest| highest.2).unwrap_or(0.0));
    let (mut tiles, mut others): (Vec<Tile>, Vec<String>) = (Vec::new(), Vec::new());
    for (name, code, value, printed, class) in areas {
        let value = value.unwrap_or_default();
        match forces::find(code.as_deref().unwrap_or(&name)) {
            Ok(force) if tiles.iter().all(|tile| tile.code != force.code()) => {
                let shown = printed.unwrap_or_else(|| digits::fixed(value, decimals));
                tiles.push(Tile { name, code: force.code(), value, shown, class });
            }
            _ => others.push(name),
        }
    }
    (tiles, others)
}

/// Gives each of the tiles the fifth that it is in.
fn fifths(tiles: &mut [Tile]) {
    let number = tiles.len().max(1);
    let mut last: Option<(f64, usize)> = None;
    for (place, tile) in tiles.iter_mut().enumerate() {
        let same = last.filter(|(value, _)| *value == tile.value);
        let fifth = same.map_or(FIFTHS * place / number, |(_, fifth)| fifth).min(FIFTHS - 1);
        tile.class = Class::Fifth(fifth);
        last = Some((tile.value, fifth));
    }
}

impl Drawing for Tiles {
    fn told(&self) -> Told {
        self.told.clone()
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let class = |class: Class| {
            let mut inside = self.tiles.iter().filter(move |tile| tile.class == class);
            let first = inside.next()?;
            let last = inside.next_back().unwrap_or(first);
            let named = self.named.iter().find(|(named, _)| *named == class).map(|(_, name)| name.clone());
            let text = named.unwrap_or_else(|| match first.shown == last.shown {
                true => first.shown.clone(),
                false => format!("{} to {}", first.shown, last.shown),
            });
            Some((Shape::Shade(class.colour(palette)), text))
        };
        let named = [Class::Above, Class::RatherHigh, Class::Within, Class::RatherLow, Class::Below];
        named.into_iter().chain((0..FIFTHS).map(Class::Fifth)).filter_map(class).collect()
    }

    fn width(&self, _: &Options) -> f64 {
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
            let size = (radius * 0.26).clamp(6.0, 12.0);
            let (name, figure) = ((at.0, at.1 - 1.0), (at.0, at.1 + size * 1.25));
            if let Some(tile) = self.tiles.iter().find(|tile| tile.code == code) {
                let colour = tile.class.colour(palette);
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
        let mut told = vec![self.how.to_owned()];
        if !self.others.is_empty() {
            told.push(format!("Not on the map: {}.", self.others.join(", ")));
        }
        told
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.tiles.iter().map(|tile| (tile.name.as_str(), Some(tile.code))).collect()
    }

    fn bars(&self, _: &Options) -> Vec<Bar> {
        let bar = |tile: &Tile| Bar {
            name: tile.name.clone(),
            value: tile.value,
            shown: tile.shown.clone(),
            ..Bar::default()
        };
        self.tiles.iter().rev().map(bar).collect()
    }
}
