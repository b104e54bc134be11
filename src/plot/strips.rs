//! A panel: the rates of all areas over the average of each indicator, an indicator below the other.

use super::{
    canvas::{Canvas, Stroke},
    drawing::{Bar, Base, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines, MANY},
    options::Options,
    plot::Plot,
    scale::{Axis, reached_by},
    side::Side,
    theme::Palette,
    words,
};
use crate::{
    base::{ErrorKind, Note, Result, Topic, digits, note},
    league::Measure,
    panel::Figures,
};

impl Figures {
    /// A picture of where areas stand in each indicator: a line for each, with a dot for each area at its rate over the average that it is
    /// compared with, on a logarithmic axis. The indicator with the highest ratio comes first. Of more than 60 areas the middle 80 % are a
    /// shade.
    ///
    /// In colour are rates whose whole interval lies above the average or below it, where [`Measure::Lower`] and [`Measure::Upper`] were asked for.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, ndarray::array};
    ///
    /// let counts = array![[721_u64, 3_437], [103, 1_424], [29, 165]];
    /// let panel = Panel::new(["West Midlands", "Merseyside", "Durham"], counts, [2_916_500, 1_423_100, 633_500])?
    ///     .with_indicators(["firearms", "knives"])?;
    /// let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, [Measure::Ratio, Measure::Lower, Measure::Upper]);
    /// assert_eq!(figures.plot()?.headline(), "In two indicators, two of 6 rates lie above their average with the whole 95 % interval, three below; by chance alone fewer than one would");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NotAsked`] where [`Measure::Ratio`] was not asked for.
    pub fn plot(&self) -> Result<Plot> {
        Ok(Plot::of(Strips::of(self, None)?))
    }

    /// The same with one area (by its name, or else its code) in front of the others, in the order of its own ratios and with its intervals.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, ndarray::array};
    ///
    /// let counts = array![[721_u64, 3_437], [103, 1_424], [29, 165]];
    /// let panel = Panel::new(["West Midlands", "Merseyside", "Durham"], counts, [2_916_500, 1_423_100, 633_500])?
    ///     .with_indicators(["firearms", "knives"])?;
    /// let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, [Measure::Ratio, Measure::Lower, Measure::Upper]);
    /// let plot = figures.plot_area("West Midlands")?;
    /// assert_eq!(plot.headline(), "West Midlands lies above the average in both indicators; by the whole 95 % interval, above in two");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Figures::plot`], and [`ErrorKind::UnknownArea`].
    pub fn plot_area(&self, area: &str) -> Result<Plot> {
        Ok(Plot::of(Strips::of(self, Some(self.index(area)?))?))
    }
}

/// A rate over the average that it is compared with.
#[derive(Clone, Copy, Debug)]
struct DrawnRatio {
    area: usize,
    ratio: f64,
    limits: Option<(f64, f64)>,
}

impl DrawnRatio {
    fn side(&self) -> Side {
        self.limits.map_or(Side::Across, |limits| Side::of(limits, 1.0))
    }
}

/// An indicator with its areas.
#[derive(Debug)]
struct Strip {
    line: Line,
    /// That of the area in front, or else the highest.
    named: DrawnRatio,
    /// From the lowest to the highest.
    ratios: Vec<DrawnRatio>,
}

#[derive(Debug)]
struct Strips {
    areas: Vec<(String, Option<String>)>,
    front: Option<usize>,
    strips: Vec<Strip>,
    ends: (f64, f64),
    told: Told,
    has_limits: bool,
}

/// So many times the next is too far for the axis.
const FAR: f64 = 3.0;

/// Two decimals, or as many as a small one has.
fn fixed(value: f64) -> String {
    digits::fixed(value, digits::decimals(value).max(2))
}

impl Strips {
    fn of(figures: &Figures, front: Option<usize>) -> Result<Self> {
        let ratios = figures.array(Measure::Ratio).ok_or(ErrorKind::NotAsked { measure: Measure::Ratio.name() })?;
        let limits = figures.array(Measure::Lower).zip(figures.array(Measure::Upper));
        let areas: Vec<(String, Option<String>)> =
            figures.areas().iter().map(|area| (area.label().to_owned(), area.code().map(Into::into))).collect();
        let at = |area: usize, indicator: usize| {
            let ratio = ratios.get((area, indicator)).copied().filter(|ratio| ratio.is_finite())?;
            let limits = limits.zip(figures.average_of(area, indicator)).and_then(|((lower, upper), average)| {
                let ends = lower.get((area, indicator)).zip(upper.get((area, indicator)));
                ends.map(|(lower, upper)| (lower / average, upper / average))
            });
            let limits = limits.filter(|(lower, upper)| lower.is_finite() && !upper.is_nan());
            Some(DrawnRatio { area, ratio, limits })
        };
        let interval = format!("{} interval", figures.how().interval().confidence());
        let (mut strips, mut without) = (Vec::new(), Vec::new());
        for (indicator, name) in figures.indicators().enumerate() {
            let mut ratios: Vec<DrawnRatio> = (0..areas.len()).filter_map(|area| at(area, indicator)).collect();
            ratios.sort_by(|a, b| a.ratio.total_cmp(&b.ratio));
            let named = match front {
                Some(front) => ratios.iter().find(|ratio| ratio.area == front),
                None => ratios.last(),
            };
            match named.copied() {
                Some(named) => {
                    strips.push(Strip { line: line(name, named, &ratios, &areas, front, &interval), named, ratios });
                }
                None => without.push(name),
            }
        }
        strips.sort_by(|a, b| b.named.ratio.total_cmp(&a.named.ratio));
        let ends = ends(&strips);
        let has_limits = strips.iter().flat_map(|strip| &strip.ratios).any(|ratio| ratio.limits.is_some());
        let mut strips = Self { areas, front, strips, ends, told: Told::default(), has_limits };
        strips.told = strips.words(figures, &without, &interval);
        Ok(strips)
    }

    fn name(&self, area: usize) -> &str {
        self.areas.get(area).map_or("", |(name, _)| name)
    }

    /// Of the area in front, or else of all, how many lie above and below, by their ratios and by their whole intervals.
    fn numbers(&self) -> [(usize, usize); 2] {
        let counted: Vec<DrawnRatio> = match self.front {
            Some(_) => self.strips.iter().map(|strip| strip.named).collect(),
            None => self.strips.iter().flat_map(|strip| strip.ratios.iter().copied()).collect(),
        };
        let number = |is: fn(&DrawnRatio) -> bool| counted.iter().filter(|ratio| is(ratio)).count();
        [
            (number(|it| it.ratio > 1.0), number(|it| it.ratio < 1.0)),
            (number(|it| it.side() == Side::Above), number(|it| it.side() == Side::Below)),
        ]
    }

    fn words(&self, figures: &Figures, without: &[String], interval: &str) -> Told {
        let how = figures.how().average();
        let average = words::own_average(how, figures.groups(), "its");
        let average = average.unwrap_or_else(|| words::average_of(how.rule(), "rate"));
        let named = if self.front.is_some() { "" } else { ", the highest named" };
        let read = format!("rate over the {average}, for each indicator (a dot is an area{named})");
        let level = figures.how().interval().confidence();
        let cells = self.strips.iter().map(|strip| if self.front.is_some() { 1 } else { strip.ratios.len() }).sum();
        let chance = words::about(level.alpha() * cells as f64);
        let by_chance = format!("by chance alone {chance} would");
        let [plain, whole] = self.numbers();
        let each = format!(
            " Each by itself, for chance alone: of {} such intervals, {chance} would miss.",
            digits::grouped(cells as u128)
        );
        let message = match (self.strips.first(), self.strips.last()) {
            (Some(first), Some(last)) if self.strips.len() > 1 => format!(
                "Highest: {}, {}; the last line: {}, {}.{}",
                first.line.name,
                first.line.told,
                last.line.name,
                last.line.told,
                if self.has_limits { each.as_str() } else { "" }
            ),
            (Some(first), _) => format!("{}: {}.", first.line.name, first.line.told),
            _ => String::new(),
        };
        let topics = [Topic::Areas, Topic::LeftOut, Topic::Policy, Topic::Average, Topic::Interval, Topic::Basis];
        let missing = (!without.is_empty()).then(|| {
            Note::new(Topic::LeftOut, format!("Without a figure here, and not drawn: {}.", without.join(", ")))
        });
        let chance = self.has_limits.then(|| {
            let text = format!("In colour: rates whose whole {interval} lies on one side of the average, each by itself; of {}, {chance} would by chance alone.", digits::grouped(cells as u128));
            Note::new(Topic::Significance, text)
        });
        Told {
            headline: self.headline(interval, (cells, &by_chance), plain, whole),
            subtitle: words::subtitle(figures.basis(), &read),
            message,
            notes: missing.into_iter().chain(chance).chain(note::about(figures.notes(), &topics)).collect(),
            source: None,
        }
    }

    fn headline(
        &self,
        interval: &str,
        (cells, by_chance): (usize, &str),
        plain: (usize, usize),
        whole: (usize, usize),
    ) -> String {
        let all = self.strips.len();
        let nouns = ("indicator", "indicators");
        match (self.front, all) {
            (Some(front), 0) => format!("{} has no figure to show", self.name(front)),
            (None, 0) => "No indicator has a figure to show".into(),
            (Some(front), _) => {
                let name = self.name(front);
                let (above, below) = plain;
                let lies = match (above, below) {
                    (0, 0) => return format!("{name} has just the average in {}", words::part(all, all, nouns)),
                    (0, _) => format!("{name} lies below the average in {}", words::part(below, all, nouns)),
                    (_, 0) => format!("{name} lies above the average in {}", words::part(above, all, nouns)),
                    _ => {
                        let above = words::part(above, all, nouns);
                        format!("{name} lies above the average in {above} and below in {}", words::many(below))
                    }
                };
                let certain = match whole {
                    (0, 0) => "in none".to_owned(),
                    (0, below) => format!("below in {}", words::many(below)),
                    (above, 0) => format!("above in {}", words::many(above)),
                    (above, below) => format!("above in {} and below in {}", words::many(above), words::many(below)),
                };
                if self.has_limits { format!("{lies}; by the whole {interval}, {certain}") } else { lies }
            }
            (None, _) => {
                let within = format!("In {} {}", words::many(all), words::verb(all, nouns.0, nouns.1));
                let of = |number| words::part(number, cells, ("rate", "rates"));
                let (above, below) = if self.has_limits { whole } else { plain };
                let lie = words::verb(above.max(1), "lies above its", "lie above their");
                let (above, below) = (of(above), words::none_or(below));
                if self.has_limits {
                    format!("{within}, {above} {lie} average with the whole {interval}, {below} below; {by_chance}")
                } else {
                    format!("{within}, {above} {lie} average, {below} below")
                }
            }
        }
    }

    /// Who is beyond the scale, each with its ratio.
    fn beyond(&self) -> String {
        const MOST: usize = 6;
        let all = || self.strips.iter().flat_map(|strip| strip.ratios.iter().map(move |ratio| (strip, ratio)));
        let far: Vec<(&Strip, &DrawnRatio)> =
            all().filter(|(_, it)| !self.is_inside(it.ratio) && it.ratio > 0.0).collect();
        let zeros = all().filter(|(_, it)| it.ratio <= 0.0).count();
        let mut told: Vec<String> = far
            .iter()
            .take(MOST)
            .map(|(strip, it)| format!("{} in {} ({})", self.name(it.area), strip.line.name, fixed(it.ratio)))
            .collect();
        if far.len() > MOST {
            told.push(format!("{} more", far.len() - MOST));
        }
        if zeros > 0 {
            told.push(format!("{} of 0", words::counted(zeros, ("rate", "rates"))));
        }
        format!("Beyond the scale, arrows at its edge: {}.", told.join(", "))
    }

    fn is_inside(&self, value: f64) -> bool {
        (self.ends.0..=self.ends.1).contains(&value)
    }
}

fn line(
    name: String,
    named: DrawnRatio,
    ratios: &[DrawnRatio],
    areas: &[(String, Option<String>)],
    front: Option<usize>,
    interval: &str,
) -> Line {
    let who = |ratio: &DrawnRatio| areas.get(ratio.area).map_or("", |(name, _)| name);
    let told = |ratio: &DrawnRatio| {
        let limits = ratio.limits.map(|(lower, upper)| {
            let to = if upper.is_finite() { format!("to {}", fixed(upper)) } else { "and more".into() };
            format!(" ({interval} {} {to})", fixed(lower))
        });
        format!("{} {} times the average{}", who(ratio), fixed(ratio.ratio), limits.unwrap_or_default())
    };
    let (shown, told) = match (front, ratios.first()) {
        (None, Some(lowest)) if ratios.len() > 1 => (
            format!("{} {}", fixed(named.ratio), who(&named)),
            format!("highest {}, lowest {}", told(&named), told(lowest)),
        ),
        (None, _) => (format!("{} {}", fixed(named.ratio), who(&named)), told(&named)),
        (Some(_), _) => (fixed(named.ratio), told(&named)),
    };
    Line { name, code: None, shown, brief: None, told }
}

/// All ratios but the very far and those of zero, and some room.
fn ends(strips: &[Strip]) -> (f64, f64) {
    let ratios = || strips.iter().flat_map(|strip| &strip.ratios).map(|ratio| ratio.ratio).filter(|ratio| *ratio > 0.0);
    let high = reached_by(FAR, ratios(), 1.0).max(1.1);
    let low = 1.0 / reached_by(FAR, ratios().map(|ratio| 1.0 / ratio), 1.0).max(1.1);
    (low / 1.05, high * 1.05)
}

impl Lines for Strips {
    fn lines(&self) -> Vec<&Line> {
        self.strips.iter().map(|strip| &strip.line).collect()
    }

    fn domain(&self) -> (f64, f64) {
        self.ends
    }

    fn axis(&self, range: (f64, f64)) -> Axis {
        Axis::logarithmic(self.ends, range)
    }

    fn value(&self, place: usize) -> f64 {
        self.strips.get(place).map_or(f64::NAN, |strip| strip.named.ratio)
    }

    fn limits(&self, place: usize) -> Option<(f64, f64)> {
        self.strips.get(place).and_then(|strip| strip.named.limits)
    }

    fn title(&self) -> String {
        "Times the average (logarithmic scale)".into()
    }

    fn ends(&self) -> Option<usize> {
        Some(20)
    }

    fn reference(&self) -> Option<f64> {
        Some(1.0)
    }

    fn behind(&self, canvas: &mut Canvas, scale: Axis, rows: Frame, look: Look<'_>) {
        lines::named_line(canvas, scale.at(1.0), "average", rows, look);
    }

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let (Some(strip), palette) = (self.strips.get(place), look.palette) else { return };
        let radius = (high * 0.27).clamp(2.6, 4.5);
        let (low, top) = self.ends;
        // A tenth of many at each end.
        let (number, tenth) = (strip.ratios.len(), strip.ratios.len() / 10);
        let middle = (number > MANY).then(|| tenth..number - tenth);
        let shade = middle.as_ref().and_then(|middle| strip.ratios.get(middle.clone()));
        let shade = shade.and_then(|shade| shade.first().zip(shade.last()));
        if let Some((from, to)) = shade {
            let half = high * 0.3;
            canvas.rectangle((scale.at(from.ratio), y - half), (scale.at(to.ratio), y + half), palette.grid);
        }
        let is_shaded = |at: usize| middle.as_ref().is_some_and(|middle| middle.contains(&at));
        for (at, ratio) in strip.ratios.iter().enumerate() {
            let (name, code) =
                self.areas.get(ratio.area).map_or(("", None), |(name, code)| (name.as_str(), code.as_deref()));
            let picked = look.options.highlights(name, code);
            if self.is_inside(ratio.ratio) && self.front != Some(ratio.area) && (picked || !is_shaded(at)) {
                let (colour, size) = match self.front {
                    Some(_) => (palette.neutral, radius * 0.5),
                    None => (ratio.side().colour(palette), radius * 0.75),
                };
                let edge = picked.then(|| Stroke::new(palette.ink, 2.0));
                canvas.circle((scale.at(ratio.ratio), y), if picked { radius } else { size }, colour, edge);
            }
        }
        // One arrow for all beyond an end, in the colour of them all, where they have one.
        let arrow = |is: &dyn Fn(f64) -> bool| {
            let mut sides = strip.ratios.iter().filter(|it| is(it.ratio)).map(DrawnRatio::side);
            let first = sides.next()?;
            let side = if self.front.is_none() && sides.all(|side| side == first) { first } else { Side::Across };
            Some(side.colour(palette))
        };
        if let Some(colour) = arrow(&|ratio| ratio > top) {
            canvas.arrow((scale.at(top) + 8.0, y), 7.0, radius, colour);
        }
        if let Some(colour) = arrow(&|ratio| ratio < low) {
            canvas.arrow((scale.at(low) - 8.0, y), -7.0, radius, colour);
        }
        if self.front.is_some() {
            let colour = strip.named.side().colour(palette);
            if let Some((lower, upper)) = strip.named.limits {
                canvas.line((scale.at(lower), y), (scale.at(upper), y), Stroke::new(colour, 1.8));
            }
            if self.is_inside(strip.named.ratio) {
                canvas.circle((scale.at(strip.named.ratio), y), radius, colour, None);
            }
        }
    }
}

impl Drawing for Strips {
    fn told(&self) -> Told {
        self.told.clone()
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let mut keys = Vec::new();
        let coloured: Vec<Side> = match self.front {
            Some(_) => self.strips.iter().map(|strip| strip.named.side()).collect(),
            None => self.strips.iter().flat_map(|strip| &strip.ratios).map(DrawnRatio::side).collect(),
        };
        let names = ["whole interval above the average", "interval across it", "whole interval below"];
        if self.has_limits {
            let found = Side::ALL.into_iter().zip(names).filter(|(side, _)| coloured.contains(side));
            keys.extend(found.map(|(side, name)| (Shape::Dot(side.colour(palette)), name.to_owned())));
        }
        if let Some(front) = self.front.filter(|_| self.areas.len() > 1) {
            keys.push((Shape::Dot(palette.neutral), format!("small: areas other than {}", self.name(front))));
        }
        if self.strips.iter().any(|strip| strip.ratios.len() > MANY) {
            keys.push((Shape::Shade(palette.grid), "the middle 80 % of areas".into()));
        }
        keys
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let picked = self.areas.iter().filter(|(name, code)| look.options.highlights(name, code.as_deref()));
        let picked: Vec<&str> = picked.map(|(name, _)| name.as_str()).collect();
        let picked = (!picked.is_empty()).then(|| format!("Picked out by an edge: {}.", picked.join(", ")));
        let mut ratios = self.strips.iter().flat_map(|strip| &strip.ratios);
        let beyond = ratios.any(|ratio| !self.is_inside(ratio.ratio)).then(|| self.beyond());
        picked.into_iter().chain(beyond).collect()
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.areas.iter().map(|(name, code)| (name.as_str(), code.as_deref())).collect()
    }

    fn base(&self) -> Base {
        lines::base(self, Some("average".into()))
    }
}
