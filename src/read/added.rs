//! What is said of rows that were added up.

use super::several::Several;
use crate::base::words;
use std::ops::RangeInclusive;

/// The rows of areas that were added up, of one indicator or of each of several.
#[derive(Default)]
pub(super) struct Added {
    indicators: usize,
    rows: Option<RangeInclusive<usize>>,
    areas: Option<RangeInclusive<usize>>,
    of: Option<Several>,
    /// The headings of the columns in which the rows differ.
    differing: Vec<String>,
    /// What some areas lack, and in how many indicators.
    lacking: Vec<(String, usize)>,
}

/// How many of what areas lack are told.
const LACKING: usize = 3;

impl Added {
    /// Notes the rows of an indicator.
    pub(super) fn note(
        &mut self,
        (rows, areas): (usize, usize),
        of: Several,
        differing: &[&str],
        lacking: Vec<String>,
    ) {
        let wider = |range: &Option<RangeInclusive<usize>>, number: usize| match range {
            Some(range) => Some(number.min(*range.start())..=number.max(*range.end())),
            None => Some(number..=number),
        };
        self.indicators += 1;
        (self.rows, self.areas, self.of) = (wider(&self.rows, rows), wider(&self.areas, areas), Some(of));
        for heading in differing {
            if !self.differing.iter().any(|known| known == heading) {
                self.differing.push((*heading).to_owned());
            }
        }
        for text in lacking {
            match self.lacking.iter_mut().find(|(known, _)| *known == text) {
                Some((_, times)) => *times += 1,
                None => self.lacking.push((text, 1)),
            }
        }
    }

    /// The note, where any were.
    pub(super) fn told(&self) -> Option<String> {
        let (rows, areas, of) = (self.rows.clone()?, self.areas.clone()?, self.of?);
        let counted = |range: &RangeInclusive<usize>, noun: &str| match (*range.start(), *range.end()) {
            (1, 1) => format!("1 {noun}"),
            (least, most) => format!("{} {noun}s", words::from_to(least, most)),
        };
        let what = if of == Several::StrataAndPeople { ", with their populations" } else { "" };
        let each = if of.is_of_strata() { " in a stratum" } else { "" };
        let same = rows.start() == rows.end() && areas.start() == areas.end();
        let indicators = if same || of.is_of_strata() {
            String::new()
        } else {
            format!(" in each of {}", words::counted(self.indicators, "indicator"))
        };
        let differ = match self.differing.as_slice() {
            [] => "which differ in nothing else".to_owned(),
            some => format!("which differ in {}", some.join(", ")),
        };
        let lacking = self.lacking.iter().take(LACKING).map(|(text, times)| {
            let of = if *times == self.indicators {
                String::new()
            } else {
                format!(" (of {})", words::counted(*times, "indicator"))
            };
            format!("; {text}{of}")
        });
        let more = match self.lacking.len().saturating_sub(LACKING) {
            0 => String::new(),
            more => format!("; so of {}", words::counted_as(more, "other set of areas", "other sets of areas")),
        };
        let (rows, areas) = (counted(&rows, "row"), counted(&areas, "area"));
        Some(format!(
            "Added up{what}: {rows} of {areas}{each}{indicators}, {differ}{}{more}",
            lacking.collect::<String>()
        ))
    }
}
