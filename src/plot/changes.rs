//! Rates before and after, as dumb-bells.

use super::{
    canvas::{Canvas, Stroke},
    drawing::{Bar, Drawing, Frame, Key, Look, Shape, Told},
    lines::{self, Line, Lines},
    options::Options,
    plot::Plot,
    scale::{Axis, reached},
    theme::{Colour, Palette},
    words,
};
use crate::{
    base::{Note, Topic, digits, note},
    claim::Checker,
    interval::WithinDispersion,
    time::{Report, Row},
};

impl Report {
    /// A picture of each area before (a ring) and after (a dot), in the order of the changes; in colour are those that changed by
    /// more than chance, corrected for the number of areas (Holm) at the level of the report.
    ///
    /// ```
    /// use crimerate::{Per, Table};
    ///
    /// let before = Table::from_rows([("A", 200, 500_000), ("B", 310, 400_000)])?;
    /// let after = Table::from_rows([("A", 290, 510_000), ("B", 315, 401_000)])?;
    /// let plot = before.change_to(&after)?.per(Per::HUNDRED_THOUSAND).plot();
    /// assert_eq!(plot.headline(), "The rate rose in both areas; one change is more than chance alone makes (95 %, Holm)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn plot(&self) -> Plot {
        Plot::of(Bells::of(self))
    }
}

#[derive(Debug)]
struct Bell {
    line: Line,
    before: f64,
    after: f64,
    certain: bool,
}

#[derive(Debug)]
struct Bells {
    report: Report,
    bells: Vec<Bell>,
    top: f64,
}

impl Bells {
    fn of(report: &Report) -> Self {
        let alone = report.changes().of_counts_alone();
        let ends = |row: &Row| {
            let counts = row.count_before.map(|count| count as f64).zip(row.count_after.map(|count| count as f64));
            let found = if alone { counts } else { row.rate_before.zip(row.rate_after) };
            found.filter(|(before, after)| row.rank.is_some() && before.is_finite() && after.is_finite())
        };
        let highest = report.iter().filter_map(ends).map(|(before, after)| before.max(after)).fold(0.0, f64::max);
        let decimals = if alone { 0 } else { digits::decimals(highest) };
        let alpha = report.confidence().alpha();
        let mut found: Vec<(&Row, (f64, f64))> = report.iter().filter_map(|row| Some((row, ends(row)?))).collect();
        found.sort_by_key(|(row, _)| row.rank);
        let mut bells: Vec<Bell> = found
            .into_iter()
            .map(|(row, (before, after))| {
                let percent = match row.percent {
                    Some(percent) => format!("{} %", words::signed(percent, usize::from(percent.abs() < 99.95))),
                    None if after > before => "from 0".into(),
                    None => "0 %".into(),
                };
                let [from, to] = [before, after].map(|value| digits::fixed(value, decimals));
                let shown = format!("{from} \u{2192} {to}  {percent}");
                let p = row.p_holm.map(|p| format!(", {} (Holm)", digits::p_value(p)));
                let told = format!("{from} before, {to} after, {percent}{}", p.unwrap_or_default());
                let line = Line { name: row.area.clone(), code: row.code.clone(), shown, brief: Some(percent), told };
                Bell { line, before, after, certain: row.p_holm.is_some_and(|p| p <= alpha) }
            })
            .collect();
        lines::told_apart(bells.iter_mut().map(|bell| bell.line.name_and_code()));
        let top = reached(bells.iter().map(|bell| bell.before.max(bell.after)), 0.0) * 1.02;
        Self { report: report.clone(), bells, top: if top > 0.0 { top } else { 1.0 } }
    }

    fn what(&self) -> &'static str {
        if self.report.changes().of_counts_alone() { "count" } else { "rate" }
    }

    fn headline(&self) -> String {
        let all = self.bells.len();
        let noun = words::noun(self.report.changes().iter().filter(|(_, change)| change.is_ok()).map(|(area, _)| area));
        let (what, level) = (self.what(), self.report.confidence());
        let rose = self.bells.iter().filter(|bell| bell.rose()).count();
        let fell = self.bells.iter().filter(|bell| bell.after < bell.before).count();
        let certain = self.bells.iter().filter(|bell| bell.certain).count();
        if all == 0 {
            return "No area has a change to show".into();
        }
        let moved = words::moved(what, (rose, fell), all, noun);
        let sure = if certain == 0 {
            "no change".into()
        } else {
            format!("{} {}", words::many(certain), words::verb(certain, "change", "changes"))
        };
        let is = words::verb(certain.max(1), "is", "are");
        format!("{moved}; {sure} {is} more than {} makes ({level}, Holm)", self.chance())
    }

    /// What is held against the changes.
    const fn chance(&self) -> &'static str {
        if self.report.dispersion().is_some() { "the variation within areas" } else { "chance alone" }
    }

    /// How many changes are more than as much variation makes as a verdict has to bear, where chance alone was held against them.
    fn at_most(&self) -> Option<usize> {
        let wider = WithinDispersion::new(Checker::HOLDS_UP_TO).ok().filter(|_| self.report.dispersion().is_none())?;
        Some(self.report.clone().with_dispersion(wider).significant(self.report.confidence()).count())
    }

    fn colour(bell: &Bell, palette: Palette) -> Colour {
        match bell.certain {
            false => palette.neutral,
            true if bell.rose() => palette.high,
            true => palette.low,
        }
    }
}

impl Bell {
    fn rose(&self) -> bool {
        self.after > self.before
    }
}

impl Lines for Bells {
    fn lines(&self) -> Vec<&Line> {
        self.bells.iter().map(|bell| &bell.line).collect()
    }

    /// The figure is the change, and so is the bar, a fall to the left; it has no end where nothing was before.
    fn value(&self, place: usize) -> f64 {
        self.bells.get(place).map_or(0.0, |bell| bell.after / bell.before - 1.0)
    }

    fn domain(&self) -> (f64, f64) {
        (0.0, self.top)
    }

    fn title(&self) -> String {
        if self.report.changes().of_counts_alone() {
            return "Count".into();
        }
        words::sentence(&words::rate(self.report.per(), self.report.changes().before().basis()))
    }

    fn behind(&self, _: &mut Canvas, _: Axis, _: Frame, _: Look<'_>) {}

    fn mark(&self, canvas: &mut Canvas, place: usize, scale: Axis, y: f64, high: f64, look: Look<'_>) {
        let Some(bell) = self.bells.get(place) else { return };
        let (colour, radius) = (Self::colour(bell, look.palette), (high * 0.26).clamp(2.6, 4.5));
        let [from, to] = [bell.before, bell.after].map(|value| scale.at(value));
        canvas.line((from, y), (to, y), Stroke::new(colour, 2.0));
        let tip = scale.at(self.top) + 8.0;
        let end = |canvas: &mut Canvas, value: f64, x: f64, full: bool| {
            if value > self.top {
                canvas.arrow((tip, y), 8.0, radius, colour);
            } else if full {
                canvas.circle((x, y), radius, colour, None);
            } else {
                canvas.circle((x, y), radius - 0.6, look.palette.paper, Some(Stroke::new(colour, 1.5)));
            }
        };
        end(canvas, bell.before, from, false);
        end(canvas, bell.after, to, true);
    }
}

impl Drawing for Bells {
    fn told(&self) -> Told {
        let (before, after) = (self.report.changes().before().basis(), self.report.changes().after().basis());
        let periods = before.period().zip(after.period()).filter(|(one, other)| one != other);
        let periods =
            periods.map_or_else(|| "before and after".to_owned(), |(one, other)| format!("{one} and {other}"));
        let read = if self.report.changes().of_counts_alone() {
            "count".into()
        } else {
            words::rate(self.report.per(), before)
        };
        let read = format!("{read}, {periods}, with the change in per cent");
        let largest =
            |row: Option<&Bell>| row.map_or_else(String::new, |bell| format!("{}, {}", bell.line.name, bell.line.told));
        let message = match self.bells.len() {
            0 => String::new(),
            1 => format!("{}.", largest(self.bells.first())),
            _ => format!("First: {}; last: {}.", largest(self.bells.first()), largest(self.bells.last())),
        };
        let at_most = self.at_most().filter(|_| self.bells.iter().any(|bell| bell.certain)).map(|number| {
            let text = format!(
                "Chance is that of Poisson counts; at {} times its variation {} {} more.",
                digits::as_given(Checker::HOLDS_UP_TO),
                words::none_or(number),
                words::verb(number.max(1), "is", "are")
            );
            Note::new(Topic::Significance, text)
        });
        let topics = [Topic::Areas, Topic::LeftOut, Topic::Policy, Topic::Average, Topic::Significance, Topic::Basis];
        Told {
            headline: self.headline(),
            // The periods are both told.
            subtitle: before
                .count()
                .map_or_else(|| words::sentence(&read), |what| format!("{}; {read}", words::sentence(what))),
            message,
            notes: at_most.into_iter().chain(note::about(&self.report.notes(), &topics)).collect(),
            source: None,
        }
    }

    fn keys(&self, palette: Palette) -> Vec<Key> {
        let found = |colour| self.bells.iter().any(|bell| Self::colour(bell, palette) == colour);
        let mut keys = vec![(Shape::Ring(palette.ink), "before".to_owned()), (Shape::Dot(palette.ink), "after".into())];
        let kinds = [
            (palette.high, format!("rise beyond {}", self.chance())),
            (palette.low, format!("fall beyond {}", self.chance())),
            (palette.neutral, format!("{} could do it", self.chance())),
        ];
        let kinds = kinds.into_iter().filter(|(colour, _)| found(*colour));
        keys.extend(kinds.map(|(colour, text)| (Shape::Line(Stroke::new(colour, 3.0)), text)));
        if self.bells.is_empty() { Vec::new() } else { keys }
    }

    lines::below_each_other!();

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        lines::draw(self, canvas, frame, look);
        let far = self.bells.iter().filter(|bell| bell.before.max(bell.after) > self.top);
        let far: Vec<String> = far.map(|bell| format!("{} ({})", bell.line.name, bell.line.told)).collect();
        if far.is_empty() {
            Vec::new()
        } else {
            vec![format!("Beyond the scale, drawn as an arrow: {}.", far.join("; "))]
        }
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        self.bells.iter().map(|bell| (bell.line.name.as_str(), bell.line.code.as_deref())).collect()
    }
}
