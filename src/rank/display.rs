//! Ranks as text.

use super::{replicate::distribution::Distribution, report::Report, sets::Sets};
use crate::{
    base::{digits, layout, words},
    rate::Per,
    table::Nouns,
};
use std::fmt;

/// The ranks as text: areas from the first rank to the last with the average in its place, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let league = self.league();
        let found = self.distribution();
        let [counted, exposed] = Nouns::of(league.table().basis()).headings();
        let mut lines = vec![vec![
            layout::RANK.to_owned(),
            "Area".to_owned(),
            counted,
            exposed,
            format!("Rate {}", self.per()),
            format!("{} interval", league.how().interval().confidence()),
        ]];
        if let Some(heading) = lines.first_mut() {
            heading.push(if self.sets.is_some() { "Rank set" } else { "Rank interval" }.to_owned());
            heading.extend(found.iter().flat_map(|_| ["P(highest)", "P(lowest)"].map(Into::into)));
        }
        // What is rarer than one replicate is not known to be as rare as that.
        let least = found.and_then(Distribution::replicates).map_or(0.0, |replicates| 1.0 / f64::from(replicates));
        let probability = |p| digits::probability(p, least);
        lines.extend(self.report.ranked_lines(|comparison, mut line| {
            line.truncate(6);
            let row = league.table().index(comparison.area().label()).ok();
            let chances = row.and_then(|row| found?.row(row));
            let places = row.and_then(|row| self.places(row, chances));
            line.push(layout::or_dash(places.map(|(best, worst)| words::from_to(best, worst))));
            line.extend(chances.iter().flat_map(|it| [it.p_highest(), it.p_lowest()].map(probability)));
            line
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}

/// Read per 100,000, as its report prints.
impl fmt::Display for Sets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.per(Per::HUNDRED_THOUSAND).fmt(f)
    }
}

/// Read per 100,000, as its report prints.
impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.per(Per::HUNDRED_THOUSAND).fmt(f)
    }
}
