//! Figures as text.

use super::figures::Figures;
use crate::{
    base::{digits, layout, words},
    league::Measure,
};
use std::fmt;

/// A line for each area by each indicator with what was asked for, area by area, and the notes below; `{:.5}` shows the first five lines.
/// What does not exist is a dash, and [`Figures::at`] says why.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = |measure: &Measure| match measure {
            Measure::Rank => self.ranks().is_some(),
            _ => self.array(*measure).is_some(),
        };
        let measures: Vec<Measure> = Measure::ALL.iter().copied().filter(asked).collect();
        let mut heading = vec!["Indicator".to_owned(), "Area".to_owned()];
        heading.extend(measures.iter().map(|measure| self.heading(*measure)));
        let cells = self.areas().iter().enumerate().flat_map(|(place, area)| {
            self.indicators().enumerate().map(move |(at, indicator)| (place, at, area, indicator))
        });
        let mut lines = vec![heading];
        lines.extend(cells.map(|(place, at, area, indicator)| {
            let mut line = vec![words::one_line(&indicator), words::one_line(area.label())];
            line.extend(measures.iter().map(|measure| self.shown(*measure, place, at)));
            line
        }));
        layout::write_report(f, &lines, self.notes())
    }
}

impl Figures {
    fn heading(&self, measure: Measure) -> String {
        let per = |name: &str| format!("{name} {}", self.per());
        match measure {
            Measure::Rate => per("Rate"),
            Measure::Lower => per("Lower limit"),
            Measure::Upper => per("Upper limit"),
            Measure::Average => per("Average"),
            Measure::Difference => per("Difference"),
            Measure::Ratio => "Ratio".into(),
            Measure::Percent => "Per cent above".into(),
            Measure::Z => "z".into(),
            Measure::Percentile => "Percentile".into(),
            Measure::Rank => "Rank".into(),
        }
    }

    fn shown(&self, measure: Measure, area: usize, indicator: usize) -> String {
        let average = self.averages().get(indicator).copied().unwrap_or(f64::NAN);
        let value = self.at(measure, area, indicator).ok();
        match measure {
            Measure::Rate | Measure::Lower | Measure::Upper | Measure::Average => {
                layout::fixed(value, digits::decimals(average))
            }
            Measure::Difference => layout::signed(value, digits::decimals(average)),
            Measure::Ratio => layout::fixed(value, 2),
            Measure::Percent => layout::signed(value, 1),
            Measure::Z => layout::signed(value, 2),
            Measure::Percentile => layout::fixed(value, 1),
            Measure::Rank => layout::or_dash(value.map(|rank| rank.to_string())),
        }
    }
}
