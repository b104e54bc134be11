//! Ranks with the ranks that areas may have.

use super::{
    canvas::{Canvas, Stroke},
    chances,
    drawing::{Bar, Base, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::Axis,
    theme::{Colour, Palette},
    words,
};
use crate::{
    base::{Note, Result, Topic, digits, note},
    claim::Checker,
    interval::WithinDispersion,
    rank::{Family, Report},
    rate::Order,
};

impl Report {
    /// A picture of each area's rank and the ranks that it may have: its set or, without sets, its interval in replicate years. Of more than
    /// 60 areas it has the first and the last 20 and those picked out ([`Plot::with_ends`]).
    ///
    /// What the headline says of simultaneous sets by Poisson counts alone is said without more where it holds up to
    /// [`Checker::HOLDS_UP_TO`] times that variation, and else as true "by chance alone".
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, rank::Family};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let sets = table.compare(Average::POOLED).rank_sets(Family::Simultaneous)?;
    /// let plot = sets.per(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "At 95 % by chance alone, only A can have the highest rate of 3 areas");
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

/// How many of many areas are shown at each end.
const ENDS: usize = 20;

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
    /// Who may be first at the most variation that a verdict has to bear.
    first_at_most: Option<Vec<String>>,
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
            let line = Line { name: row.area, code: row.code, shown, brief: None, told };
            Some(SetLine { line, rank: rank.value(), places })
        });
        let mut rows: Vec<SetLine> = rows.collect();
        lines::told_apart(rows.iter_mut().map(|row| row.line.name_and_code()));
        Self { report: report.clone(), rows, first_at_most: first_at_most(report) }
    }

    fn end(&self) -> Order {
        self.report.league().ranking().order()
    }

    fn may_be(&self, row: &SetLine, rank: usize) -> bool {
        row.places.is_some_and(|(low, high)| (low..=high).contains(&rank))
    }

    /// Whether it may be first, and last.
    fn ends_of(&self, row: &SetLine) -> (bool, bool) {
        (self.may_be(row, 1), self.may_be(row, self.rows.len()))
    }

    /// The colours of what may be first and last: what is high has its own whichever end is the first.
    fn colours(&self, palette: Palette) -> (Colour, Colour) {
        if self.end() == Order::Lowest { (palette.low, palette.high) } else { (palette.high, palette.low) }
    }

    /// The colour of a mark, and of its edge.
    fn marked(&self, row: &SetLine, palette: Palette) -> (Colour, Option<Colour>) {
        let (first, last) = self.colours(palette);
        match self.ends_of(row) {
            (true, true) => (first, Some(last)),
            (true, false) => (first, None),
            (false, true) => (last, None),
            (false, false) => (palette.neutral, None),
        }
    }

    /// The areas that may have the first rank.
    fn first(&self) -> Vec<&str> {
        self.rows.iter().filter(|row| self.may_be(row, 1)).map(|row| row.line.name.as_str()).collect()
    }

    fn headline(&self) -> String {
        let (all, end, level) = (self.rows.len(), self.end(), self.report.confidence());
        let noun = words::noun(self.report.league().ranked().map(|here| here.area()));
        let first = self.first();
        let total = words::counted(all, noun);
        match (self.report.sets(), first.as_slice()) {
            _ if all == 0 => "No area has a rank to show".into(),
            _ if all == 1 => {
                format!("{} is the only {} compared", self.rows.first().map_or("", |row| &row.line.name), noun.0)
            }
            (None, [only]) => {
                format!("In replicate years, only {only} of {total} comes first within {level} intervals")
            }
            (None, many) => {
                let come = words::verb(many.len(), "comes", "come");
                format!(
                    "In replicate years, {} {come} first within {level} intervals",
                    words::part(many.len(), all, noun)
                )
            }
            (Some(sets), many) if sets.spec().family() == Family::Simultaneous => {
                let alone = if self.holds() == Some(false) { " by chance alone" } else { "" };
                match many {
                    [only] => format!("At {level}{alone}, only {only} can have the {end} rate of {total}"),
                    many if many.len() == all => {
                        format!("At {level}{alone}, any of the {total} may have the {end} rate")
                    }
                    many => {
                        let part = words::part(many.len(), all, noun);
                        format!("At {level}{alone}, {part} may have the {end} rate")
                    }
                }
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

    /// Whether the same areas may be first at the most variation that a verdict has to bear.
    fn holds(&self) -> Option<bool> {
        let more = self.first_at_most.as_ref()?;
        Some(more.iter().map(String::as_str).eq(self.first()))
    }

    /// On what the headline rests.
    fn grounds(&self) -> String {
        let times = digits::as_given(Checker::HOLDS_UP_TO);
        match (self.holds(), &self.first_at_most) {
            (Some(true), _) => format!("Who may be first is the same up to {times} times the variation of chance."),
            (Some(false), Some(more)) => {
                format!(
                    "The sets are by chance alone: at {times} times its variation {} may be first.",
                    words::many(more.len())
                )
            }
            _ => String::new(),
        }
    }
}

/// Who may have the first rank if counts vary by as much as a verdict has to bear: where simultaneous sets allow for Poisson counts alone.
fn first_at_most(report: &Report) -> Option<Vec<String>> {
    let spec = report.sets()?.spec();
    if spec.family() != Family::Simultaneous || spec.dispersion().is_some() {
        return None;
    }
    let wider = spec.with_dispersion(WithinDispersion::new(Checker::HOLDS_UP_TO).ok()?);
    let sets = report.league().rank_sets(wider).ok()?.per(report.per());
    let rows = sets.top(report.league().len());
    Some(rows.filter(|row| row.rank_lower == Some(1)).map(|row| row.area).collect())
}

impl Lines for Ranks {
    fn lines(&self) -> Vec<&Line> {
        self.rows.iter().map(|row| &row.line).collect()
    }

    fn value(&self, place: usize) -> f64 {
        self.rows.get(place).map_or(f64::NAN, |row| row.rank)
    }

    fn limits(&self, place: usize) -> Option<(f64, f64)> {
        self.rows.get(place)?.places.map(|(low, high)| (low as f64, high as f64))
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
        let (colour, edge) = self.marked(row, look.palette);
        if let Some((low, upper)) = row.places {
            let thick = (high * 0.28).clamp(2.0, 5.0);
            let bar = if edge.is_some() { look.palette.neutral } else { colour };
            canvas.line((scale.at(low as f64), y), (scale.at(upper as f64), y), Stroke::new(bar, thick));
        }
        let edge = edge.map_or_else(|| Stroke::new(look.palette.paper, 1.0), |edge| Stroke::new(edge, 2.2));
        canvas.circle((scale.at(row.rank), y), (high * 0.3).clamp(2.8, 4.8), colour, Some(edge));
    }

    fn whole(&self) -> bool {
        true
    }

    fn ends(&self) -> Option<usize> {
        Some(ENDS)
    }

    fn is_counted(&self, place: usize) -> bool {
        self.rows.get(place).is_some_and(|row| self.may_be(row, 1))
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
        let grounds = self.grounds();
        let topics = [Topic::Areas, Topic::LeftOut, Topic::Policy, topic, Topic::Basis];
        Told {
            headline: self.headline(),
            subtitle: words::subtitle(basis, &format!("{}: {kind}", words::rate(self.report.per(), basis))),
            message: [message, grounds.clone()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            notes: [grounds]
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(|text| Note::new(topic, text))
                .chain(note::about(&self.report.notes(), &topics))
                .collect(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let last = self.rows.len();
        let found = |ends| self.rows.iter().any(|row| self.ends_of(row) == ends);
        let (first, end) = self.colours(palette);
        let may = if self.report.sets().is_some() { "may be" } else { "is at times" };
        let mut keys = vec![(Shape::Dot(palette.ink), "dot: rank".to_owned())];
        keys.push((
            Shape::Line(Stroke::new(palette.neutral, 5.0)),
            if self.report.sets().is_some() { "bar: ranks that it may have" } else { "bar: interval" }.into(),
        ));
        let kinds = [
            ((true, false), Shape::Dot(first), "first"),
            ((true, true), Shape::Edged(first, end), "first or last"),
            ((false, true), Shape::Dot(end), "last"),
        ];
        let kinds = kinds.into_iter().filter(|(ends, ..)| last > 1 && found(*ends));
        keys.extend(kinds.map(|(_, shape, what)| (shape, format!("{may} {what}"))));
        if last == 0 { Vec::new() } else { keys }
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        Vec::new()
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.rows.iter().map(|row| (row.line.name.as_str(), row.line.code.as_deref())).collect()
    }

    fn base(&self) -> Base {
        lines::base(self, None)
    }
}
