use super::{
    Dispersion, Drawn, Funnel, FunnelPoint, FunnelSpec, Overdispersion, Position, ProportionFunnel, Scale, Scatter,
};
use crate::{
    Adjustment, Compare, Confidence, Error, Interval, LeagueTable, Note, Observation, Per, Result, Rule, Table,
    Undefined,
    line::{self, Figure, Line},
    note::{self, Topic},
    number,
};
use serde::{Deserialize, Serialize};

/// A [`Funnel`], or a [`ProportionFunnel`], read per so many at some levels: rows and notes that
/// print, and that serialise and read back.
///
/// What is drawn is the ratio, or the proportion per so many, and the limits are of that. Read back, its figures and notes are worked out again, as those of a [`Report`](crate::Report) are; expected counts that
/// were given are read as they stand.
///
/// ```
/// use crimerate::{Average, Confidence, Dispersion, Per, Table};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
/// let funnel = table.compare(Average::POOLED).funnel(Dispersion::None);
/// let report = funnel.per(Per::THOUSAND).with_levels([Confidence::P90]);
/// assert!(report.to_string().contains("Outside the 90 % limits: 2 of 3 areas."));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct FunnelReport {
    scatter: Scatter,
    per: Per,
    levels: Vec<Confidence>,
}

/// One area's line of a [`FunnelReport`]; what does not exist is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FunnelRow {
    /// The name.
    pub area: String,
    /// The official code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The count, where it is known.
    pub count: Option<u64>,
    /// The population, where there is one; of a proportion the total.
    pub population: Option<u64>,
    /// `count * per / population`; of a proportion that is it, per so many.
    pub rate: Option<f64>,
    /// The expected count.
    pub expected: Option<f64>,
    /// Count over expected count.
    pub ratio: Option<f64>,
    /// The limits at each level, with the dispersion of the funnel: of the ratio, or of the proportion per so many.
    pub limits: Vec<FunnelLimits>,
    /// z by chance alone.
    pub z: Option<f64>,
    /// z after the dispersion.
    pub z_adjusted: Option<f64>,
    /// The two-sided p-value.
    pub p: Option<f64>,
    /// The same adjusted for the number of areas by Holm.
    pub p_holm: Option<f64>,
    /// The same adjusted for the number of areas by Benjamini and Hochberg.
    pub p_bh: Option<f64>,
    /// Low or high where the area lies outside the limits at any of the levels, else within.
    pub position: Option<Position>,
    /// The highest of the levels whose limits it lies outside.
    pub beyond: Option<Confidence>,
    /// The position by chance alone.
    pub naive_position: Option<Position>,
    /// The highest level whose limits by chance alone it lies outside.
    pub naive_beyond: Option<Confidence>,
    /// What was done about the area, and why figures are missing.
    pub note: Option<String>,
}

/// The limits of one area at one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FunnelLimits {
    /// The level.
    pub confidence: Confidence,
    /// The lower limit.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: Option<f64>,
    /// Where the area lies beside them.
    pub position: Option<Position>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "FunnelReport")]
struct Parts {
    per: Per,
    compare: Compare,
    funnel: FunnelSpec,
    given: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    proportions: bool,
    levels: Vec<Confidence>,
    #[serde(skip_deserializing)]
    phi: Option<f64>,
    #[serde(skip_deserializing)]
    tau2: Option<f64>,
    rows: Vec<FunnelRow>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

impl Funnel {
    /// The funnel read per so many people, at 95 % and 99.8 %.
    #[must_use]
    pub fn per(&self, per: Per) -> FunnelReport {
        FunnelReport::new(&self.0, per)
    }
}

impl ProportionFunnel {
    /// The proportions read per so many, such as [`Per::HUNDRED`] for per cent, with limits at 95 % and 99.8 %.
    #[must_use]
    pub fn per(&self, per: Per) -> FunnelReport {
        FunnelReport::new(&self.0, per)
    }
}

/// Which of the two positions of a point at a level.
type At = fn(&FunnelPoint<'_>, Confidence) -> Result<Position, Undefined>;

fn told(point: &FunnelPoint<'_>, level: Confidence) -> Result<Position, Undefined> {
    point.position(level)
}

fn by_chance(point: &FunnelPoint<'_>, level: Confidence) -> Result<Position, Undefined> {
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

impl FunnelReport {
    /// A share of the expected count above which an area moves the average that it is compared with.
    const LARGE: f64 = 0.05;

    fn new(scatter: &Scatter, per: Per) -> Self {
        let per = per.on(scatter.league.table().basis());
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
    pub const fn spec(&self) -> FunnelSpec {
        self.scatter.reach.spec
    }

    /// How much more than by chance the areas differ.
    ///
    /// # Errors
    /// As [`Funnel::overdispersion`].
    pub const fn overdispersion(&self) -> Result<Overdispersion, Undefined> {
        self.scatter.reach.overdispersion
    }

    /// Whether proportions are drawn, and not ratios.
    #[must_use]
    pub fn of_proportions(&self) -> bool {
        self.scatter.drawn == Drawn::Proportions
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

    /// A row for every area in the order of the table; areas left out keep theirs, with a note.
    pub fn rows(&self) -> impl Iterator<Item = FunnelRow> {
        let (league, mut points) = (self.league(), self.scatter.points());
        let drawn = |value: f64| if self.of_proportions() { self.per.scale(value) } else { value };
        league.areas().enumerate().map(move |(index, (area, outcome))| {
            let (point, note) = match &outcome {
                Ok(_) => (points.next(), None),
                Err(left_out) => (None, Some(left_out.to_string())),
            };
            let figure = |of: &dyn Fn(&FunnelPoint<'_>) -> Result<f64, Undefined>| of(point.as_ref()?).ok();
            let outermost =
                |at: At| point.and_then(|point| outermost(&self.levels, |level| at(&point, level)).ok()).unzip();
            let ((position, beyond), (naive_position, naive_beyond)) = (outermost(told), outermost(by_chance));
            let undefined = point.and_then(|point| {
                line::reasons([point.value().err(), point.z().err(), point.z_adjusted().err(), point.p().err()])
            });
            let limits = self.levels.iter().map(|&confidence| {
                let limits = point.and_then(|point| point.limits(confidence).ok());
                let limit = |which: fn(Interval) -> f64| limits.map(which).map(drawn);
                FunnelLimits {
                    confidence,
                    lower: limit(Interval::lower),
                    upper: limit(Interval::upper),
                    position: point.and_then(|point| point.position(confidence).ok()),
                }
            });
            FunnelRow {
                area: area.name().into(),
                code: area.code().map(Into::into),
                count: league.table().observation(index).and_then(Observation::known),
                population: league.table().stated_population(index),
                rate: outcome.as_ref().ok().map(|comparison| comparison.rate().per(self.per).value()),
                expected: figure(&|point| point.expected()),
                ratio: figure(&|point| point.ratio()),
                limits: limits.collect(),
                z: figure(&|point| point.z()),
                z_adjusted: figure(&|point| point.z_adjusted()),
                p: figure(&|point| point.p()),
                p_holm: figure(&|point| point.p_adjusted(Adjustment::Holm)),
                p_bh: figure(&|point| point.p_adjusted(Adjustment::BenjaminiHochberg)),
                position,
                beyond: beyond.flatten(),
                naive_position,
                naive_beyond: naive_beyond.flatten(),
                note: line::told([point.and_then(|_| league.table().treatment(index)), note, undefined]),
            }
        })
    }

    /// What has to be told beside the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.league().per(self.per).notes();
        let mut notes: Vec<Note> = note::about(&told, &[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        if self.scatter.drawn == Drawn::GivenRatios {
            let expected: f64 = self.scatter.points().filter_map(|point| point.expected().ok()).sum();
            let (expected, counted) = (number::fixed(expected, 1), number::grouped(self.league().tally().count()));
            notes.push(Note::new(
                Topic::Average,
                format!("Expected counts: as given, {expected} for {counted} counted."),
            ));
        } else {
            notes.extend(note::about(&told, &[Topic::Average, Topic::Groups]));
            notes.extend(self.large_areas().map(|text| Note::new(Topic::Average, text)));
        }
        for reason in [Undefined::NothingExpected, Undefined::AllExpected] {
            let areas = match self.scatter.points().filter(|point| point.expected() == Err(reason)).count() {
                0 => continue,
                areas => number::counted(areas, "area"),
            };
            notes.push(Note::new(Topic::Limits, format!("No ratio, z, limits and p for {areas}: {reason}.")));
        }
        notes.push(Note::new(Topic::Limits, self.limits_note()));
        notes.extend(self.outside().map(|text| Note::new(Topic::Limits, text)));
        notes.push(Note::new(Topic::Z, self.z_note()));
        notes.push(Note::new(Topic::Dispersion, dispersion_note(self.spec(), self.overdispersion())));
        notes.extend(self.more_than_chance().map(|text| Note::new(Topic::Dispersion, text)));
        notes.push(Note::new(Topic::Significance, self.p_note()));
        notes.extend(note::about(&told, &[Topic::Basis]));
        notes
    }

    fn law(&self) -> &'static str {
        if self.of_proportions() { "binomial" } else { "Poisson" }
    }

    fn levels_named(&self) -> String {
        self.levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    }

    /// An average of the same areas is drawn towards those that are a large part of it.
    fn large_areas(&self) -> Option<String> {
        let average = self.league().how().average();
        if matches!(average.rule(), Rule::Fixed(_)) || !average.with_self() {
            return None;
        }
        if !average.over_which().is_everyone() {
            return Some("Target: each area is in the average of its own group, and draws it towards itself.".into());
        }
        let points = || self.scatter.points().filter_map(|point| Some((point.area(), point.expected().ok()?)));
        let total: f64 = points().map(|(_, expected)| expected).sum();
        let large = points().filter(|(_, expected)| *expected > Self::LARGE * total);
        let largest = points().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let areas = match large.count() {
            0 => return None,
            1 => "1 of them holds".to_owned(),
            many => format!("{many} of them each hold"),
        };
        let (name, share) = (largest.0, number::fixed(100.0 * largest.1 / total, 1));
        Some(format!(
            "Target: the average is one of the same areas, and {areas} more than 5 % of the expected count (most: {name}, \
             {share} %)."
        ))
    }

    fn limits_note(&self) -> String {
        let (spec, levels) = (self.spec(), self.levels_named());
        match spec.dispersion() {
            Dispersion::None => {
                let law = self.law();
                format!("Limits: exact {law} at {levels}, interpolated; positions by the exact tail probabilities.")
            }
            dispersion => format!(
                "Limits: {dispersion} dispersion on the {} scale at {levels}; positions by the limits.",
                spec.scale()
            ),
        }
    }

    /// How many areas lie outside the limits, with the dispersion and without it.
    fn outside(&self) -> impl Iterator<Item = String> {
        let judged = self.scatter.points().filter(|point| point.significance().is_ok()).count();
        let of = number::counted(judged, "area");
        self.levels.iter().filter(move |_| judged > 0).map(move |&level| {
            let beyond = |at: At| {
                self.scatter.points().filter(|point| at(point, level).is_ok_and(|it| it != Position::Within)).count()
            };
            let (alone, dispersion) = (beyond(by_chance), self.spec().dispersion());
            match (dispersion, self.overdispersion()) {
                (Dispersion::None, _) => format!("Outside the {level} limits: {alone} of {of}."),
                (_, Err(reason)) => {
                    format!("Outside the {level} limits: unknown, {reason}; by chance alone {alone} of {of}.")
                }
                (_, Ok(_)) => format!("Outside the {level} limits: {} of {of}; by chance alone {alone}.", beyond(told)),
            }
        })
    }

    /// Limits by chance alone say little of areas that differ by more than chance.
    fn more_than_chance(&self) -> Option<String> {
        let found = self.overdispersion().ok()?;
        if self.spec().dispersion() != Dispersion::None || found.phi() <= 1.0 {
            return None;
        }
        let additive = self.scatter.with_dispersion(Dispersion::Additive);
        let outside = |level: &Confidence| {
            let positions = additive.points().filter_map(|point| point.position(*level).ok());
            let beyond = positions.filter(|position| *position != Position::Within).count();
            format!("{beyond} outside the {level} limits")
        };
        let outside: Vec<String> = self.levels.iter().map(outside).collect();
        let outside = outside.join(", ");
        Some(format!(
            "More than chance: phi is above 1, which these limits leave out; with additive dispersion {outside}."
        ))
    }

    fn z_note(&self) -> String {
        let (formula, s) = match (self.spec().scale(), self.of_proportions()) {
            (Scale::SquareRoot, false) => ("(sqrt(ratio) - 1) / s", "1 / (2 sqrt(expected))"),
            (Scale::Log, false) => ("ln(ratio) / s", "1 / sqrt(expected)"),
            (Scale::SquareRoot, true) => ("(asin(sqrt(proportion)) - asin(sqrt(average))) / s", "1 / (2 sqrt(total))"),
            (Scale::Log, true) => ("(logit(proportion) - logit(average)) / s", "1 / sqrt(total average (1 - average))"),
        };
        let adjusted = match self.spec().dispersion() {
            Dispersion::None => "the same",
            Dispersion::Multiplicative => "z / sqrt(phi), phi at least 1",
            Dispersion::Additive => "with sqrt(s^2 + tau^2) for s",
        };
        format!("z: {formula}, s = {s}; adjusted z: {adjusted}.")
    }

    fn p_note(&self) -> String {
        let areas = number::counted(self.scatter.points().filter(|point| point.p().is_ok()).count(), "area");
        let which = match self.spec().dispersion() {
            Dispersion::None => format!("twice the smaller exact {} tail", self.law()),
            _ => "two-sided, of the adjusted z".into(),
        };
        format!("p: {which}; Holm and Benjamini-Hochberg over {areas}.")
    }
}

fn dispersion_note(spec: FunnelSpec, overdispersion: Result<Overdispersion, Undefined>) -> String {
    let applied = spec.dispersion();
    match overdispersion {
        Err(reason) => format!("Dispersion: {applied}; phi and tau^2 undefined, {reason}."),
        Ok(found) => {
            let [phi, tau2] = [found.phi(), found.tau2()].map(|value| number::fixed(value, number::decimals(value)));
            let areas = number::counted(found.areas(), "area");
            let caution = if found.phi() > 1.0 { "" } else { "; a phi of 1 or less is no proof that there is none" };
            format!("Dispersion: {applied}; phi = {phi}, tau^2 = {tau2} from {areas}, {}{caution}.", spec.trim())
        }
    }
}

impl From<FunnelReport> for Parts {
    fn from(report: FunnelReport) -> Self {
        let found = report.overdispersion().ok();
        Self {
            per: report.per,
            compare: report.league().how(),
            funnel: report.spec(),
            given: report.scatter.drawn == Drawn::GivenRatios,
            proportions: report.of_proportions(),
            phi: found.map(Overdispersion::phi),
            tau2: found.map(Overdispersion::tau2),
            rows: report.rows().collect(),
            notes: report.notes(),
            table: report.league().table().clone(),
            levels: report.levels,
        }
    }
}

impl TryFrom<Parts> for FunnelReport {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let league = parts.table.compare(parts.compare);
        let report = if parts.proportions {
            league.proportion_funnel(parts.funnel)?.per(parts.per)
        } else if parts.given {
            let expected: Vec<f64> = parts.rows.iter().map(|row| row.expected.unwrap_or(0.0)).collect();
            league.funnel_expecting(&expected, parts.funnel)?.per(parts.per)
        } else {
            league.funnel(parts.funnel).per(parts.per)
        };
        let report = report.with_levels(parts.levels);
        line::verify(report.rows(), &parts.rows)?;
        Ok(report)
    }
}

impl Line for FunnelRow {
    fn area(&self) -> &str {
        &self.area
    }

    fn figures(&self) -> Vec<(&'static str, Figure)> {
        let level = |level: Option<Confidence>| level.map(Confidence::level).into();
        let mut figures = vec![
            ("count", self.count.into()),
            ("population", self.population.into()),
            ("rate", self.rate.into()),
            ("expected", self.expected.into()),
            ("ratio", self.ratio.into()),
            ("z", self.z.into()),
            ("z_adjusted", self.z_adjusted.into()),
            ("p", self.p.into()),
            ("p_holm", self.p_holm.into()),
            ("p_bh", self.p_bh.into()),
            ("position", self.position.map(Position::name).into()),
            ("beyond", level(self.beyond)),
            ("naive_position", self.naive_position.map(Position::name).into()),
            ("naive_beyond", level(self.naive_beyond)),
            ("limits", Some(self.limits.len()).into()),
        ];
        for limits in &self.limits {
            figures.extend([
                ("confidence", level(Some(limits.confidence))),
                ("lower", limits.lower.into()),
                ("upper", limits.upper.into()),
                ("position", limits.position.map(Position::name).into()),
            ]);
        }
        figures
    }
}
