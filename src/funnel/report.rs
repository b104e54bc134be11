//! A funnel as rows and notes.

use super::{
    funnel::Funnel,
    homogeneity::Homogeneity,
    limits::Limits,
    overdispersion::Overdispersion,
    point::{Point, Position},
    proportion::ProportionFunnel,
    scatter::{Drawn, Scatter},
    spec::Spec,
};
use crate::{
    base::{Figure, Line, Undefined, row, rows},
    interval::{Confidence, Correction, Interval},
    league::{Answer, Compare, Entry, LeagueTable, answer},
    rate::Per,
    table::Table,
};
use serde::Deserialize;

/// A [`Funnel`], or a [`ProportionFunnel`], read per unit population at some levels: rows and notes that
/// print, and that serialise and read back.
///
/// What is drawn is the ratio, or the proportion per unit, and the limits are of that. Read back, its figures and notes are worked out again, as those of a [`Report`](crate::Report) are; expected counts that
/// were given are read as they stand.
///
/// ```
/// use crimerate::{Average, Confidence, Per, Table, funnel::Dispersion};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
/// let funnel = table.compare(Average::POOLED).funnel(Dispersion::None);
/// let report = funnel.per(Per::THOUSAND).with_levels([Confidence::P90]);
/// assert!(report.to_string().contains("Outside the 90 % limits: 2 of 3 areas (at most 0.3 if none differs)."));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub(super) scatter: Scatter,
    pub(super) per: Per,
    pub(super) levels: Vec<Confidence>,
}

row! {
    /// One area's line of a [`Report`]; what does not exist is `None`.
    ///
    /// On its own it serialises with every column, always, its limits as `lower_95`, `upper_95` and `position_95`, so that it
    /// can be written with the crate `csv`; in a serialised report the limits are a list. Both read back.
    #[derive(Deserialize)]
    #[serde(remote = "Self")]
    pub struct Row of area {
        /// `count * per / population`; of a proportion that is it, per unit.
        rate: Option<f64>,
        /// The expected count.
        expected: Option<f64>,
        /// Count over expected count.
        ratio: Option<f64>,
        /// The limits at each level, with the dispersion of the funnel: of the ratio, or of the proportion per unit.
        #[serde(default)]
        limits: Vec<Limits> => spread,
        /// z by chance alone.
        z: Option<f64>,
        /// z after the dispersion.
        z_adjusted: Option<f64>,
        /// The two-sided p-value.
        p: Option<f64>,
        /// The same adjusted for the number of areas by Holm.
        p_holm: Option<f64>,
        /// The same adjusted for the number of areas by Benjamini and Hochberg.
        p_bh: Option<f64>,
        /// Low or high where the area lies outside the limits at any of the levels, else within.
        position: Option<Position>,
        /// The highest of the levels whose limits it lies outside.
        beyond: Option<Confidence>,
        /// The position by chance alone.
        naive_position: Option<Position>,
        /// The highest level whose limits by chance alone it lies outside.
        naive_beyond: Option<Confidence>,
        /// What was done about the area, and why figures are missing.
        note: Option<String>,
    }
}

impl Funnel {
    /// The funnel read per unit population, at 95 % and 99.8 %.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report::new(&self.0, per)
    }
}

impl ProportionFunnel {
    /// The proportions read per unit population, such as [`Per::HUNDRED`] for per cent, with limits at 95 % and 99.8 %.
    #[must_use]
    pub fn per(&self, per: Per) -> Report {
        Report::new(&self.0, per)
    }
}

/// Which of the two positions of a point at a level.
pub(super) type At = fn(&Point<'_>, Confidence) -> Result<Position, Undefined>;

pub(super) fn told(point: &Point<'_>, level: Confidence) -> Result<Position, Undefined> {
    point.position(level)
}

pub(super) fn by_chance(point: &Point<'_>, level: Confidence) -> Result<Position, Undefined> {
    point.naive_position(level)
}

/// Positions at several levels as one: outside at any, and the highest level where it is.
fn outermost(
    levels: &[Confidence],
    at: impl Fn(Confidence) -> Result<Position, Undefined>,
) -> Result<(Position, Option<Confidence>), Undefined> {
    let mut found = (Position::Within, None);
    for &level in levels {
        let position = at(level)?;
        let wider = found.1.is_none_or(|widest: Confidence| level.level() > widest.level());
        if position != Position::Within && wider {
            found = (position, Some(level));
        }
    }
    Ok(found)
}

impl Report {
    pub(super) fn new(scatter: &Scatter, per: Per) -> Self {
        let per = scatter.league.table().basis().read(per);
        Self { scatter: scatter.clone(), per, levels: vec![Confidence::P95, Confidence::P99_8] }
    }

    /// With limits and positions at these levels, each once; without any, at those that it has.
    #[must_use]
    pub fn with_levels(mut self, levels: impl IntoIterator<Item = Confidence>) -> Self {
        let mut told: Vec<Confidence> = Vec::new();
        for level in levels {
            if !told.contains(&level) {
                told.push(level);
            }
        }
        if !told.is_empty() {
            self.levels = told;
        }
        self
    }

    /// The league table that the funnel was made of.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.scatter.league
    }

    /// How the funnel was made.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.scatter.reach.spec
    }

    /// The point of an area that takes part.
    pub(super) fn point(&self, entry: &Entry<'_>) -> Option<Point<'_>> {
        let (area, place) = (entry.index, self.league().place(entry.index)?);
        self.scatter.at(place, self.league().table().areas().get(area)?)
    }

    /// How much more than by chance the areas differ.
    ///
    /// # Errors
    /// As [`Funnel::overdispersion`].
    pub const fn overdispersion(&self) -> Result<Overdispersion, Undefined> {
        self.scatter.reach.overdispersion
    }

    /// As [`Funnel::homogeneity`].
    #[must_use]
    pub fn homogeneity(&self) -> Option<Homogeneity> {
        self.scatter.homogeneity()
    }

    /// Whether proportions are drawn, and not ratios.
    #[must_use]
    pub fn of_proportions(&self) -> bool {
        self.scatter.drawn == Drawn::Proportions
    }

    /// Whether the expected counts are as given, and not the average times the population.
    #[must_use]
    pub fn given(&self) -> bool {
        self.scatter.drawn == Drawn::GivenRatios
    }

    /// The levels, in their order.
    #[must_use]
    pub fn levels(&self) -> &[Confidence] {
        &self.levels
    }

    /// What its rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    fn limits(&self, point: Option<&Point<'_>>, confidence: Confidence) -> Limits {
        let limits = point.and_then(|point| point.limits(confidence).ok());
        let drawn = |value: f64| if self.of_proportions() { self.per.scale(value) } else { value };
        let limit = |which: fn(Interval) -> f64| limits.map(which).map(drawn);
        Limits {
            lower: limit(Interval::lower),
            upper: limit(Interval::upper),
            position: point.and_then(|point| point.position(confidence).ok()),
            ..Limits::at(confidence)
        }
    }
}

answer! {
    Report of Row csv written_by_level;
    written as |it| {
        per: Per = it.per,
        compare: Compare = it.league().how(),
        funnel: Spec = it.spec(),
        given: bool = it.given(),
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        proportions: bool = it.of_proportions(),
        levels: Vec<Confidence> = it.levels.clone(),
        #[serde(skip_deserializing)]
        phi: Option<f64> = it.overdispersion().ok().map(Overdispersion::phi),
        #[serde(skip_deserializing)]
        tau2: Option<f64> = it.overdispersion().ok().map(Overdispersion::tau2),
    } rows {
        table: Table = it.league().table().clone(),
    }
    read as |written, stated| {
        let league = written.table.compare(written.compare);
        let report = if written.proportions {
            league.proportion_funnel(written.funnel)?.per(written.per)
        } else if written.given {
            let expected: Vec<f64> = stated.iter().map(|row| row.expected.unwrap_or(0.0)).collect();
            league.funnel_expecting(&expected, written.funnel)?.per(written.per)
        } else {
            league.funnel(written.funnel).per(written.per)
        };
        Ok(report.with_levels(written.levels))
    }
}

impl Answer for Report {
    type Row = Row;

    fn league(&self) -> &LeagueTable {
        self.league()
    }

    fn row(&self, entry: &Entry<'_>) -> Row {
        let (here, point) = (entry.comparison(), self.point(entry));
        let figure = |of: &dyn Fn(&Point<'_>) -> Result<f64, Undefined>| of(point.as_ref()?).ok();
        let outermost =
            |at: At| point.and_then(|point| outermost(&self.levels, |level| at(&point, level)).ok()).unzip();
        let ((position, beyond), (naive_position, naive_beyond)) = (outermost(told), outermost(by_chance));
        // Said once, in the notes.
        let of_p = |why: &Undefined| *why != Undefined::AverageOfRates;
        let missing =
            point.map(|it| [it.value().err(), it.z().err(), it.z_adjusted().err(), it.p().err().filter(of_p)]);
        Row {
            rate: here.map(|here| here.rate().per(self.per).value()),
            expected: figure(&|point| point.expected()),
            ratio: figure(&|point| point.ratio()),
            limits: self.levels.iter().map(|level| self.limits(point.as_ref(), *level)).collect(),
            z: figure(&|point| point.z()),
            z_adjusted: figure(&|point| point.z_adjusted()),
            p: figure(&|point| point.p()),
            p_holm: figure(&|point| point.p_adjusted(Correction::Holm)),
            p_bh: figure(&|point| point.p_adjusted(Correction::BenjaminiHochberg)),
            position,
            beyond: beyond.flatten(),
            naive_position,
            naive_beyond: naive_beyond.flatten(),
            note: entry.note_with(rows::reasons(missing.unwrap_or_default()).or_else(|| point?.contradiction())),
            ..Row::of(entry.whose())
        }
    }
}

impl Report {
    /// As CSV: the columns of limits by level, the dispersion of the funnel after the z of chance alone, the rate at the end.
    fn written_by_level(&self) -> String {
        let fields = Row::FIELDS.iter().copied().filter(|field| !["rate", "note"].contains(field));
        let columns = fields.flat_map(|field| match field {
            "limits" => self.levels.iter().flat_map(|level| Limits::columns(*level)).collect(),
            "z" => vec!["z", "phi", "tau2"],
            field => vec![field],
        });
        let columns: Vec<_> = columns.chain(["rate", "note"]).collect();
        let found = self.overdispersion();
        let figure = |of: fn(Overdispersion) -> f64| found.map_or(Figure::Nothing, |found| Figure::Number(of(found)));
        rows::csv(
            &columns,
            self.rows(),
            &[("phi", figure(Overdispersion::phi)), ("tau2", figure(Overdispersion::tau2))],
        )
    }
}
