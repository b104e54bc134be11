//! A funnel: what areas have against what is expected of them, within the limits of chance (Spiegelhalter 2005, Statistics in
//! Medicine 24:1185).

use super::{drawing::Told, plot::Plot, words};
use crate::{
    base::{Topic, digits},
    funnel::{Dispersion, Funnel, Position, ProportionFunnel, Report, Row},
    interval::{Confidence, Interval},
};

impl Report {
    /// A picture of the funnel by expected count (of proportions, by total), with the limits at each level, by chance alone and
    /// with the dispersion, and every area outside named.
    ///
    /// Its axis is logarithmic, and says so, where most areas would else be pressed together. Limits are drawn smooth; positions
    /// are those of the report.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, funnel::Dispersion};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let plot = table.compare(Average::POOLED).funnel(Dispersion::None).per(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "One of 3 areas lies outside the 95 % limits: above");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Shown::of(self))
    }
}

/// An area of the funnel.
#[derive(Debug)]
pub(super) struct Dot {
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) across: f64,
    pub(super) value: f64,
    pub(super) position: Position,
    pub(super) beyond: Option<Confidence>,
    pub(super) z: f64,
    pub(super) shown: String,
}

/// What limits are worked out by.
#[derive(Debug)]
enum By {
    Ratios(Funnel),
    Proportions(ProportionFunnel),
    Nothing,
}

/// A funnel with what is drawn of it.
#[derive(Debug)]
pub(super) struct Shown {
    report: Report,
    by: By,
    pub(super) dots: Vec<Dot>,
    /// Where an area lies whose count is as expected.
    pub(super) target: Option<f64>,
    /// What a ratio of 1 is drawn as.
    unit: f64,
    /// From the innermost to the outermost.
    pub(super) levels: Vec<Confidence>,
    pub(super) decimals: usize,
    rates: bool,
}

impl Shown {
    fn of(report: &Report) -> Self {
        let (league, per) = (report.league(), report.per());
        let rows: Vec<Row> = report.rows().collect();
        let proportions = report.of_proportions();
        let average = league.average().ok().map(|average| average.per(per).value());
        let rates = !proportions && !report.given() && average.is_some();
        let expected = || rows.iter().map(|row| row.expected.unwrap_or(0.0)).collect::<Vec<_>>();
        let by = match (proportions, report.given()) {
            (true, _) => league.proportion_funnel(report.spec()).map_or(By::Nothing, By::Proportions),
            (_, true) => league.funnel_expecting(&expected(), report.spec()).map_or(By::Nothing, By::Ratios),
            _ => By::Ratios(league.funnel(report.spec())),
        };
        let target = match &by {
            By::Proportions(funnel) => funnel.target().ok().map(|share| per.scale(share)),
            _ if rates => average,
            _ => Some(1.0),
        };
        let value = |row: &Row| if rates || proportions { row.rate } else { row.ratio };
        let highest = rows.iter().filter_map(value).filter(|value| value.is_finite()).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let dots = rows.iter().filter_map(|row| {
            let across = if proportions { row.population.map(|total| total as f64) } else { row.expected };
            let value = value(row).filter(|value| value.is_finite())?;
            Some(Dot {
                name: row.area.clone(),
                code: row.code.clone(),
                across: across.filter(|across| *across > 0.0 && across.is_finite())?,
                value,
                position: row.position.unwrap_or(Position::Within),
                beyond: row.beyond,
                z: row.z_adjusted.or(row.z).unwrap_or_default(),
                shown: digits::fixed(value, decimals),
            })
        });
        let dots = dots.collect();
        let mut levels = report.levels().to_vec();
        levels.sort_by(|a, b| a.level().total_cmp(&b.level()));
        let unit = match (&by, rates) {
            (By::Proportions(_), _) => per.scale(1.0),
            (_, true) => average.unwrap_or(1.0),
            _ => 1.0,
        };
        Self { report: report.clone(), by, dots, target, unit, levels, decimals, rates }
    }

    pub(super) fn widened(&self) -> bool {
        self.report.spec().dispersion() != Dispersion::None
    }

    /// The limits at a place of the axis, as they are drawn.
    pub(super) fn limits(&self, across: f64, level: Confidence, naive: bool) -> Option<(f64, f64)> {
        let limits: Interval = match (&self.by, naive) {
            (By::Ratios(funnel), false) => funnel.limits(across, level).ok()?,
            (By::Ratios(funnel), true) => funnel.naive_limits(across, level).ok()?,
            (By::Proportions(funnel), false) => funnel.limits(across.round() as u64, level).ok()?,
            (By::Proportions(funnel), true) => funnel.naive_limits(across.round() as u64, level).ok()?,
            (By::Nothing, _) => return None,
        };
        let ends = (limits.lower() * self.unit, limits.upper() * self.unit);
        (ends.0.is_finite() && ends.1.is_finite()).then_some(ends)
    }

    pub(super) fn is_outermost(&self, level: Confidence) -> bool {
        self.levels.last() == Some(&level)
    }

    /// What stands along the axes, and what the line of what is expected is called.
    pub(super) fn titles(&self) -> [String; 3] {
        let basis = self.report.league().table().basis();
        let per = words::per(self.report.per(), basis);
        let target = words::average(self.report.league()).trim_start_matches("the ");
        match (&self.by, self.rates) {
            (By::Proportions(_), _) => ["Total".into(), format!("Proportion {}", self.report.per()), target.into()],
            (_, true) => {
                ["Expected count (average rate times population)".into(), format!("Rate {per}"), target.into()]
            }
            (_, false) if self.report.given() => {
                ["Expected count, as given".into(), "Count over expected count".into(), "as expected".into()]
            }
            _ => ["Expected count".into(), "Count over expected count".into(), "as expected".into()],
        }
    }

    pub(super) fn told(&self) -> Told {
        let basis = self.report.league().table().basis();
        let [_, read, _] = self.titles();
        let topics = [
            Topic::Areas,
            Topic::LeftOut,
            Topic::Policy,
            Topic::Average,
            Topic::Limits,
            Topic::Dispersion,
            Topic::Basis,
        ];
        let (headline, message) = self.finding();
        let read = format!(
            "{}{} by expected count",
            read.get(..1).unwrap_or_default().to_lowercase(),
            read.get(1..).unwrap_or_default()
        );
        let read = if matches!(self.by, By::Proportions(_)) { read.replace("expected count", "total") } else { read };
        Told {
            headline,
            subtitle: words::subtitle(basis, &read),
            message,
            notes: words::notes(&self.report.notes(), &topics),
            source: None,
        }
    }

    fn names(&self, of: impl Fn(&&Dot) -> bool) -> String {
        const MOST: usize = 12;
        let mut found: Vec<&Dot> = self.dots.iter().filter(of).collect();
        found.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
        let mut names: Vec<String> =
            found.iter().take(MOST).map(|dot| format!("{} ({})", dot.name, dot.shown)).collect();
        if found.len() > MOST {
            names.push(format!("{} more", found.len() - MOST));
        }
        names.join(", ")
    }

    fn finding(&self) -> (String, String) {
        let all = self.dots.len();
        let noun = words::noun(self.report.league().ranked().map(|here| here.area()));
        let (Some(inner), 1..) = (self.levels.first(), all) else {
            return ("No area has an expected count, so there is nothing to draw".into(), String::new());
        };
        let count = |position| self.dots.iter().filter(|dot| dot.position == position).count();
        let (high, low) = (count(Position::High), count(Position::Low));
        let limits = format!("the {inner} limits");
        let which = if self.widened() { ", which allow for more variation than chance" } else { "" };
        let outer = self.levels.last().filter(|outer| *outer != inner).map(|outer| {
            let beyond = self.dots.iter().filter(|dot| dot.beyond == Some(*outer)).count();
            format!("Outside those at {outer}: {}. ", if beyond == 0 { "none".into() } else { words::many(beyond) })
        });
        let sides = match (high, low) {
            (0, 0) => return (format!("{}{which}", within(all, noun, &limits)), outer.unwrap_or_default()),
            (_, 0) => "above".to_owned(),
            (0, _) => "below".to_owned(),
            _ => format!("{} above, {} below", words::many(high), words::many(low)),
        };
        let lies = words::verb(high + low, "lies", "lie");
        let headline = format!("{} {lies} outside {limits}: {sides}", words::of(high + low, all, noun));
        let [above, below] = [Position::High, Position::Low].map(|position| self.names(|dot| dot.position == position));
        let told = [("Above", above), ("Below", below)];
        let told = told.iter().filter(|(_, names)| !names.is_empty()).map(|(side, names)| format!("{side}: {names}. "));
        let allow = if self.widened() { "The limits allow for more variation than chance. " } else { "" };
        (headline, format!("{}{}{allow}", told.collect::<String>(), outer.unwrap_or_default()).trim_end().to_owned())
    }
}

fn within(all: usize, (one, more): (&str, &str), limits: &str) -> String {
    match all {
        1 => format!("The only {one} lies within {limits}"),
        _ => format!("All {} {more} lie within {limits}", digits::grouped(all as u128)),
    }
}
