//! Ranks with the ranks that areas may have.

use super::{
    canvas::{Canvas, Stroke},
    chances,
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::Axis,
    theme::{Colour, Palette},
    words,
};
use crate::{
    base::{Result, Topic},
    rank::{Family, Report},
    rate::Order,
};

impl Report {
    /// A picture of each area's rank and the ranks that it may have: its set or, without sets, its interval in replicate years.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, rank::Family};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let sets = table.compare(Average::POOLED).rank_sets(Family::Simultaneous)?;
    /// let plot = sets.per(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "At 95 %, only A can have the highest rate of 3 areas");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Ranks::of(self))
    }

    /// A picture of how likely each rank is for one area in replicate years.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`](crate::ErrorKind::Missing) where the report has no probabilities, else as
    /// [`Distribution::area`](crate::rank::Distribution::area).
    pub fn plot_area(&self, area: &str) -> Result<Plot> {
        chances::of(self, area)
    }
}

#[derive(Debug)]
struct SetLine {
    line: Line,
    rank: f64,
    places: Option<(usize, usize)>,
}

#[derive(Debug)]
struct Ranks {
    report: Report,
    rows: Vec<SetLine>,
}

impl Ranks {
    fn of(report: &Report) -> Self {
        let rows = report.top(report.league().len()).filter_map(|row| {
            let rank = row.rank?;
            let places = row.rank_lower.zip(row.rank_upper);
            let shown = match places {
                Some((low, high)) if low == high => format!("{low}"),
                Some((low, high)) => format!("{low} to {high}"),
                None => rank.to_string(),
            };
            let told =
                format!("rank {rank}{}", if places.is_some() { format!(", may be {shown}") } else { String::new() });
            let line = Line { name: row.area, code: row.code, shown, told };
            Some(SetLine { line, rank: rank.value(), places })
        });
        Self { report: report.clone(), rows: rows.collect() }
    }

    fn end(&self) -> Order {
        self.report.league().ranking().order()
    }

    fn may_be(&self, row: &SetLine, rank: usize) -> bool {
        row.places.is_some_and(|(low, high)| (low..=high).contains(&rank))
    }

    fn colour(&self, row: &SetLine, palette: Palette) -> Colour {
        match (self.may_be(row, 1), self.may_be(row, self.rows.len())) {
            (true, false) => palette.high,
            (false, true) => palette.low,
            _ => palette.neutral,
        }
    }

    fn headline(&self) -> String {
        let (all, end, level) = (self.rows.len(), self.end(), self.report.confidence());
        let noun = words::noun(self.report.league().ranked().map(|here| here.area()));
        let first: Vec<&SetLine> = self.rows.iter().filter(|row| self.may_be(row, 1)).collect();
        let total = format!("{all} {}", words::verb(all, noun.0, noun.1));
        match (self.report.sets(), first.as_slice()) {
            _ if all == 0 => "No area has a rank to show".into(),
            _ if all == 1 => {
                format!("{} is the only {} compared", self.rows.first().map_or("", |row| &row.line.name), noun.0)
            }
            (None, _) => {
                format!(
                    "In replicate years, the ranks of {} reach from first: {level} intervals",
                    words::of(first.len(), all, noun).to_lowercase()
                )
            }
            (Some(sets), [only]) if sets.spec().family() == Family::Simultaneous => {
                format!("At {level}, only {} can have the {end} rate of {total}", only.line.name)
            }
            (Some(sets), many) if sets.spec().family() == Family::Simultaneous => {
                format!("At {level}, any of {} {} may have the {end} rate of {all}", words::many(many.len()), noun.1)
            }
            (Some(_), many) => {
                let verb = words::verb(many.len(), "has", "have");
                format!(
                    "{} {verb} a {level} set of ranks, each by itself, that includes the first",
                    words::of(many.len(), all, noun)
                )
            }
        }
    }
}

impl Lines for Ranks {
    fn lines(&self) -> Vec<&Line> {
        self.rows.iter().map(|row| &row.line).collect()
    }

    fn domain(&self) -> (f64, f64) {
        let last = self.rows.len() as f64;
        let edge = (0.015 * last).max(0.3);
        (1.0 - edge, last + edge)
    }

    fn title(&self) -> String {
        format!("Rank (1: {} rate)", self.end())
    }

    fn behind(&self, _: &mut Canvas, _: Axis, _: Frame, _: Look<'_>) {}

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let Some(row) = self.rows.get(place) else { return };
        let colour = self.colour(row, look.palette);
        if let Some((low, upper)) = row.places {
            let thick = (high * 0.28).clamp(2.0, 5.0);
            canvas.line((scale.at(low as f64), y), (scale.at(upper as f64), y), Stroke::new(colour, thick));
        }
        let edge = Stroke::new(look.palette.paper, 1.0);
        canvas.circle((scale.at(row.rank), y), (high * 0.3).clamp(2.8, 4.8), colour, Some(edge));
    }

    fn whole(&self) -> bool {
        true
    }
}

impl Drawing for Ranks {
    fn told(&self) -> Told {
        let basis = self.report.league().table().basis();
        let level = self.report.confidence();
        let (kind, topic) = match self.report.sets() {
            Some(sets) => (format!("ranks with their {} sets at {level}", sets.spec().family()), Topic::RankSets),
            None => (format!("ranks with their intervals in replicate years at {level}"), Topic::Replicate),
        };
        let end =
            |row: Option<&SetLine>| row.map_or_else(String::new, |row| format!("{}, {}", row.line.name, row.line.told));
        let message = match self.rows.len() {
            0 | 1 => String::new(),
            _ => format!("First: {}; last: {}.", end(self.rows.first()), end(self.rows.last())),
        };
        let topics = [Topic::Areas, Topic::LeftOut, Topic::Policy, topic, Topic::Basis];
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(basis, &format!("rates {}: {kind}", words::per(self.report.per(), basis))),
            message,
            notes: words::notes(&self.report.notes(), &topics),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let last = self.rows.len();
        let found = |colour| self.rows.iter().any(|row| self.colour(row, palette) == colour);
        let may = if self.report.sets().is_some() { "may be" } else { "is at times" };
        let mut keys = vec![(Shape::Dot(palette.ink), "dot: rank".to_owned())];
        keys.push((
            Shape::Line(Stroke::new(palette.neutral, 5.0)),
            if self.report.sets().is_some() { "bar: ranks that it may have" } else { "bar: interval" }.into(),
        ));
        if last > 1 && found(palette.high) {
            keys.push((Shape::Dot(palette.high), format!("{may} first")));
        }
        if last > 1 && found(palette.low) {
            keys.push((Shape::Dot(palette.low), format!("{may} last")));
        }
        if last == 0 { Vec::new() } else { keys }
    }

    fn width(&self) -> f64 {
        lines::usual_width(self.rows.len())
    }

    fn height(&self, wide: f64, room: Option<f64>, _: &Options) -> f64 {
        lines::height(self.rows.len(), wide, room)
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        Vec::new()
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.rows.iter().map(|row| (row.line.name.as_str(), row.line.code.as_deref())).collect()
    }

    fn bars(&self) -> Vec<Bar> {
        let last = self.rows.len() as f64;
        let bar = |row: &SetLine| Bar {
            name: row.line.name.clone(),
            value: last + 1.0 - row.rank,
            shown: row.line.shown.clone(),
        };
        self.rows.iter().map(bar).collect()
    }
}
