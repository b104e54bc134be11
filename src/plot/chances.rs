//! How likely each rank is for one area in replicate years.

use super::{
    canvas::{Canvas, Stroke, Type},
    drawing::{Bar, Drawing, Frame, Key, Look, Told},
    options::Options,
    plot::Plot,
    scale::{Axis, tick},
    theme::Palette,
    words,
};
use crate::{
    base::{ErrorKind, Result, Topic, digits, note},
    interval::Confidence,
    rank::Report,
};

#[derive(Debug)]
struct Chances {
    report: Report,
    area: String,
    /// Of the ranks from 1.
    probabilities: Vec<f64>,
    /// Those between tails of 2.5 %.
    usual: (usize, usize),
}

pub(super) fn of(report: &Report, area: &str) -> Result<Plot> {
    let chances = report.distribution().ok_or(ErrorKind::Missing {
        whole: "the report",
        part: "probabilities of ranks",
        advice: "ask for them by `with_probabilities`",
    })?;
    let found = chances.area(area)?;
    let (area, usual) = (found.area().label().to_owned(), found.interval(Confidence::P95));
    let (probabilities, usual) = (found.probabilities().to_vec(), (*usual.start(), *usual.end()));
    Ok(Plot::of(Chances { report: report.clone(), area, probabilities, usual }))
}

/// A probability in words of figures: never a certainty by rounding.
fn probability(p: f64) -> String {
    digits::probability(p, 0.0001)
}

impl Chances {
    fn likeliest(&self) -> (usize, f64) {
        let found =
            self.probabilities.iter().copied().enumerate().reduce(|best, one| if one.1 > best.1 { one } else { best });
        found.map_or((1, 0.0), |(place, p)| (place + 1, p))
    }
}

impl Drawing for Chances {
    fn told(&self) -> Told {
        let (basis, (rank, p)) = (self.report.league().table().basis(), self.likeliest());
        let of = digits::grouped(self.probabilities.len() as u64);
        let end = self.report.league().ranking().order();
        Told {
            // A rank that has less than half is no finding.
            headline: match self.usual {
                (first, last) if p < 0.5 && first < last => format!(
                    "In 95 of 100 replicate years, {} has one of the ranks {first} to {last} of {of}; {rank} is the likeliest (p {})",
                    self.area,
                    probability(p)
                ),
                _ => format!(
                    "In replicate years, rank {rank} of {of} is the likeliest for {} (p {})",
                    self.area,
                    probability(p)
                ),
            },
            subtitle: words::subtitle(basis, &format!("probability of each rank, 1: {end} rate")),
            message: "Replicate years are no confidence in true ranks.".into(),
            notes: note::about(&self.report.notes(), &[Topic::Areas, Topic::LeftOut, Topic::Replicate, Topic::Basis])
                .collect(),
            source: None,
        }
    }

    fn keys(&self, _: Palette) -> Vec<Key> {
        Vec::new()
    }

    fn height(&self, _: f64, room: Option<f64>, _: &Options) -> f64 {
        room.unwrap_or(320.0)
    }

    fn draw(&self, canvas: &mut Canvas, frame: Frame, look: Look<'_>) -> Vec<String> {
        let palette = look.palette;
        let (left, bottom, last) = (frame.left + 40.0, frame.bottom - 38.0, self.probabilities.len() as f64);
        let across = Axis::linear((0.5, last + 0.5), (left, frame.right));
        let up = Axis::linear((0.0, (self.likeliest().1 * 1.05).max(1e-3)), (bottom, frame.top + 26.0));
        canvas.text((frame.left, frame.top + 12.0), Type::new(11.0, palette.ink), "Probability");
        for value in up.ticks(5) {
            let y = up.at(value);
            canvas.line((left, y), (frame.right, y), Stroke::new(palette.grid, 1.0));
            canvas.text((left - 6.0, y + 3.6), Type::new(10.5, palette.faint).at_end(), &tick(value));
        }
        let wide = (frame.right - left) / last.max(1.0);
        canvas.open(&self.area);
        for (place, p) in self.probabilities.iter().enumerate().filter(|(_, p)| p.is_finite() && **p > 0.0) {
            let x = across.at(place as f64 + 1.0);
            let half = (0.42 * wide).min(20.0);
            canvas.rectangle((x - half, up.at(*p)), (x + half, bottom), palette.low);
        }
        canvas.close();
        canvas.line((left, bottom), (frame.right, bottom), Stroke::new(palette.neutral, 1.0));
        for value in across.ticks(10).into_iter().filter(|value| value.fract() == 0.0 && *value >= 1.0) {
            canvas.text((across.at(value), bottom + 15.0), Type::new(10.5, palette.faint).in_middle(), &tick(value));
        }
        canvas.text(((left + frame.right) / 2.0, bottom + 31.0), Type::new(11.0, palette.ink).in_middle(), "Rank");
        Vec::new()
    }

    fn areas(&self) -> Vec<(&str, Option<&str>)> {
        vec![(&self.area, None)]
    }

    fn bars(&self, _: &Options) -> Vec<Bar> {
        let bar = |(place, p): (usize, &f64)| Bar {
            name: (place + 1).to_string(),
            value: *p,
            shown: probability(*p),
            ..Bar::default()
        };
        self.probabilities.iter().enumerate().map(bar).collect()
    }
}
