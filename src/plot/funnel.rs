//! A funnel: what areas have against what is expected of them, within the limits of chance (Spiegelhalter 2005, Statistics in
//! Medicine 24:1185).

use super::{chance, drawing::Told, lines::told_apart, plot::Plot, words};
use crate::{
    base::{ErrorKind, Result, Topic, digits, note},
    funnel::{Dispersion, Position, Report, Row},
    interval::Confidence,
    rate::Per,
    table::Nouns,
};

impl Report {
    /// A picture of the funnel by expected count (of proportions, by total), with the limits at each level, by chance alone and
    /// with the dispersion, and every area outside named.
    ///
    /// Its axis is logarithmic, and says so, where most areas would else be pressed together. A limit is drawn through the sizes at which
    /// whole counts come to lie outside, so that every area is on its side of it. The headline counts the areas outside, and says
    /// how many chance alone puts there, or nothing of chance where all areas together differ by more.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, funnel::Dispersion};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let plot = table.compare(Average::POOLED).funnel(Dispersion::None).per(Per::THOUSAND).plot();
    /// assert_eq!(plot.headline(), "One of 3 areas lies outside the 95 % limits (above)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Shown::of(self, None))
    }

    /// The same picture by population, in which an area is found by its size (of proportions, by total, as [`Report::plot`]). Populations that
    /// count for several months are times years.
    ///
    /// Limits and positions are those of the expected counts, which are the average times the population.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table, funnel::Dispersion};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let plot = table.compare(Average::POOLED).funnel(Dispersion::None).per(Per::THOUSAND).plot_by_population()?;
    /// assert!(plot.to_svg().contains("Rate per 1,000 population by population"));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] where areas have no average in common, or expected counts were given: then no limits belong to a population.
    pub fn plot_by_population(&self) -> Result<Plot> {
        if self.of_proportions() {
            return Ok(self.plot());
        }
        let average = self.reads_rates().then(|| self.league().average_of_all().ok()).flatten();
        let average = average.ok_or(ErrorKind::Missing {
            whole: "the funnel",
            part: "one average that every expected count is of",
            advice: "draw it by expected count",
        })?;
        let months = if self.per().is_in_person_months() { 12.0 } else { 1.0 };
        Ok(Plot::of(Shown::of(self, Some(average.per(Per::ONE).value() * months))))
    }
}

/// An area of the funnel.
#[derive(Debug)]
pub(super) struct Dot {
    pub(super) name: String,
    pub(super) code: Option<String>,
    /// Its size on the axis.
    pub(super) across: f64,
    pub(super) value: f64,
    pub(super) position: Position,
    pub(super) beyond: Option<Confidence>,
    pub(super) z: f64,
    p_holm: Option<f64>,
    pub(super) shown: String,
}

/// A funnel with what is drawn of it.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) report: Report,
    pub(super) dots: Vec<Dot>,
    /// Where an area lies whose count is as expected.
    pub(super) target: Option<f64>,
    /// From the innermost to the outermost.
    pub(super) levels: Vec<Confidence>,
    pub(super) decimals: usize,
    rates: bool,
    /// Whether there are limits, which a mean or a median of rates has not.
    pub(super) has_limits: bool,
    /// The expected count for each of the population, where the axis is of that.
    pub(super) each: Option<f64>,
}

impl Shown {
    /// By expected count or total or, with an expected count for each of it, by population.
    pub(super) fn of(report: &Report, each: Option<f64>) -> Self {
        let rows: Vec<Row> = report.rows().collect();
        let (proportions, rates, target) = (report.of_proportions(), report.reads_rates(), report.target());
        let value = |row: &Row| if rates || proportions { row.rate } else { row.ratio };
        let highest = rows.iter().filter_map(value).filter(|value| value.is_finite()).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let dots = rows.iter().filter_map(|row| {
            let across = match each {
                None if proportions => row.population.map(|total| total as f64),
                None => row.expected,
                Some(each) => row.expected.map(|expected| expected / each),
            };
            let value = value(row).filter(|value| value.is_finite())?;
            Some(Dot {
                name: row.area.clone(),
                code: row.code.clone(),
                across: across.filter(|across| *across > 0.0 && across.is_finite())?,
                value,
                position: row.position.unwrap_or(Position::Within),
                beyond: row.beyond,
                z: row.z_adjusted.or(row.z).unwrap_or_default(),
                p_holm: row.p_holm,
                shown: digits::fixed(value, decimals),
            })
        });
        let mut dots: Vec<Dot> = dots.collect();
        told_apart(dots.iter_mut().map(|dot| (&mut dot.name, dot.code.as_ref())));
        let has_limits = rows.iter().any(|row| row.position.is_some());
        let mut levels = report.levels().to_vec();
        levels.sort_by(|a, b| a.level().total_cmp(&b.level()));
        Self { report: report.clone(), dots, target, levels, decimals, rates, has_limits, each }
    }

    /// What limits are looked up by at a place of the axis: an expected count, or a total.
    pub(super) fn size_at(&self, across: f64) -> f64 {
        (across * self.each.unwrap_or(1.0)).max(1e-9)
    }

    pub(super) fn widened(&self) -> bool {
        self.report.spec().dispersion() != Dispersion::None
    }

    pub(super) fn is_outermost(&self, level: Confidence) -> bool {
        self.levels.last() == Some(&level)
    }

    /// What the axis of sizes is of, with a small letter.
    fn size(&self) -> String {
        if self.report.of_proportions() {
            return "total".into();
        }
        if self.each.is_none() {
            return "expected count".into();
        }
        let years = if self.report.per().is_in_person_months() { " times years" } else { "" };
        format!("{}{years}", self.exposed())
    }

    /// What rates are per, such as `people`.
    fn exposed(&self) -> String {
        let nouns = Nouns::of(self.report.league().table().basis()).whatever_the_months();
        nouns.exposed_noun().unwrap_or("population").to_owned()
    }

    /// What is drawn, with a small letter.
    fn what(&self) -> String {
        match (self.report.of_proportions(), self.rates) {
            (true, _) => format!("proportion {}", self.report.per()),
            (_, true) => words::rate(self.report.per(), self.report.league().table().basis()),
            _ => "count over expected count".into(),
        }
    }

    /// What stands along the axes.
    pub(super) fn titles(&self) -> [String; 2] {
        let how = match (self.rates, self.report.given()) {
            _ if self.each.is_some() => String::new(),
            (true, _) => format!(" (average rate times {})", self.exposed()),
            (_, true) => ", as given".into(),
            _ => String::new(),
        };
        [format!("{}{how}", self.size()), self.what()].map(|title| words::sentence(&title))
    }

    /// What the line of what is expected is called.
    pub(super) fn target_named(&self, target: f64) -> String {
        if self.rates || self.report.of_proportions() {
            format!("{} {}", words::average(self.report.league()), digits::fixed(target, self.decimals))
        } else {
            "as expected".into()
        }
    }

    /// What, by what and when.
    pub(super) fn subtitle(&self, by: &str) -> String {
        words::subtitle(self.report.league().table().basis(), &format!("{} by {by}", self.what()))
    }

    pub(super) fn told(&self) -> Told {
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
        Told {
            headline,
            subtitle: self.subtitle(&match self.exposed() {
                noun if self.size() == noun && noun != "population" => format!("number of {noun}"),
                _ => self.size(),
            }),
            message,
            notes: note::about(&self.report.notes(), &topics).collect(),
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

    /// How many lie outside the limits at a level, and how many of n are to be expected there where only what the limits allow for is at
    /// work.
    fn outside(&self, level: Confidence) -> (usize, f64) {
        let beyond = |dot: &&Dot| dot.beyond.is_some_and(|beyond| beyond.level() >= level.level());
        (self.dots.iter().filter(beyond).count(), level.alpha() * self.dots.len() as f64)
    }

    /// Who lies farther out than chance puts any area, where the number of those outside is not more than chance.
    fn farthest(&self) -> Option<String> {
        let mut far: Vec<&Dot> =
            self.dots.iter().filter(|dot| dot.p_holm.is_some_and(|p| p <= chance::ALARM)).collect();
        far.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
        let farther = format!("farther than chance puts any of {}", digits::grouped(self.dots.len() as u128));
        match far.as_slice() {
            [] => None,
            [one] => Some(format!("{} {farther}", one.name)),
            more => Some(format!("{} of them {farther}", words::many(more.len()))),
        }
    }

    /// Whether the areas together differ by more than chance, which limits that allow for more have left behind them.
    fn differs(&self) -> bool {
        !self.widened() && self.report.homogeneity().is_some_and(|test| test.p() <= 0.05)
    }

    /// The headline, and more for who cannot see the picture.
    pub(super) fn finding(&self) -> (String, String) {
        let all = self.dots.len();
        let noun = words::noun(self.report.league().ranked().map(|here| here.area()));
        let (Some(inner), 1..) = (self.levels.first(), all) else {
            return ("No area has an expected count, so there is nothing to draw".into(), String::new());
        };
        let more_than_chance = |level: &Confidence| {
            let (found, _) = self.outside(*level);
            chance::exceeds(found, all, level.alpha(), self.levels.len())
        };
        if !self.has_limits {
            let highest = self.dots.iter().reduce(|best, dot| if dot.value > best.value { dot } else { best });
            let ends = highest.map_or_else(String::new, |highest| {
                let same = self.dots.iter().filter(|dot| dot.value == highest.value).count() - 1;
                format!("; the highest is {} ({}{})", highest.shown, highest.name, words::and_more(same))
            });
            return (format!("{} by {}, without limits{ends}", words::counted(all, noun), self.size()), String::new());
        }
        // The innermost at which there are more than chance puts there.
        let level = self.levels.iter().find(|level| more_than_chance(level)).unwrap_or(inner);
        let (found, expected) = self.outside(*level);
        let outer = self.levels.last().filter(|outer| *outer != level).map(|outer| {
            let (beyond, _) = self.outside(*outer);
            format!("Outside those at {outer}: {}.", words::none_or(beyond))
        });
        let limits = format!("the {level} limits");
        if found == 0 {
            return (within(all, noun, &limits), String::new());
        }
        let is_beyond = |dot: &&Dot| dot.beyond.is_some_and(|beyond| beyond.level() >= level.level());
        let count = |position| self.dots.iter().filter(is_beyond).filter(|dot| dot.position == position).count();
        let (high, low) = (count(Position::High), count(Position::Low));
        let sides = match (high, low) {
            (_, 0) => "above".to_owned(),
            (0, _) => "below".to_owned(),
            _ => format!("{} above, {} below", words::many(high), words::many(low)),
        };
        // Limits that allow for more leave as many outside; exact ones leave fewer.
        let chance = if self.widened() { "chance and this dispersion" } else { "chance" };
        let alone = if self.widened() { "" } else { " alone" };
        let about = words::about(expected);
        let at_most = if self.report.is_normal() || expected < 0.95 { "" } else { "at most " };
        let by_chance = match more_than_chance(level) {
            true => Some(format!("by {chance}{alone} {at_most}{about} would")),
            // All areas together may show more than those outside do, and then nothing is said of chance.
            false => {
                self.farthest().or_else(|| (!self.differs()).then(|| format!("no more than {chance} may put there")))
            }
        };
        let by_chance = by_chance.map_or_else(String::new, |text| format!("; {text}"));
        let lies = words::verb(found, "lies", "lie");
        let headline = format!("{} {lies} outside {limits} ({sides}){by_chance}", words::of(found, all, noun));
        let [above, below] = [Position::High, Position::Low].map(|position| self.names(|dot| dot.position == position));
        let named = [("Above", above), ("Below", below)].into_iter().filter(|(_, names)| !names.is_empty());
        let chance = match (self.widened(), self.report.of_proportions()) {
            (true, _) => "The limits allow for more variation than chance, so that chance here is what they leave.",
            (false, false) => {
                "Chance is that of Poisson counts: areas that vary by more between periods lie outside more often."
            }
            (false, true) => "Chance is that of independent cases.",
        };
        let told = named.map(|(side, names)| format!("{side}: {names}.")).chain(outer).chain([chance.to_owned()]);
        (headline, told.collect::<Vec<_>>().join(" "))
    }
}

fn within(all: usize, noun: (&str, &str), limits: &str) -> String {
    match all {
        1 => format!("The only {} lies within {limits}", noun.0),
        _ => format!("{} lie within {limits}", words::of(all, all, noun)),
    }
}
