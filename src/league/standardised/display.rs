//! Standardised rates and scores as text.

use super::{super::rank::Rank, rates::Rates, report::StandardisedReport, score_report::ScoreReport};
use crate::{
    base::{digits, layout, words},
    table::Nouns,
};
use std::fmt;

/// The report as text: areas from the first rank to the last, each with its crude rate and rank, and the notes below.
impl fmt::Display for StandardisedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match &self.rates {
            Rates::Direct(_, spec) => spec.confidence(),
            Rates::Indirect(_, spec) => spec.confidence(),
        };
        let indirect = matches!(self.rates, Rates::Indirect(..));
        let [counted, exposed] = &Nouns::of(self.strata().basis()).headings();
        let heading = [
            layout::RANK,
            "Area",
            counted,
            exposed,
            &format!("Rate {}", self.per),
            &format!("{level} limits"),
            "Crude",
            "Crude rank",
        ];
        let more = ["Expected", "Ratio", "Ratio limits"].into_iter().filter(|_| indirect);
        let mut lines = vec![heading.into_iter().chain(more).map(str::to_owned).collect::<Vec<_>>()];
        let decimals = decimals(self.rows.iter().filter_map(|row| row.rate));
        let areas = self.strata().areas();
        for (index, row) in in_order(self.rows.iter().map(|row| row.rank))
            .into_iter()
            .filter_map(|index| Some((index, self.rows.get(index)?)))
        {
            let mut line = vec![
                layout::or_dash(row.rank.map(|rank| rank.to_string())),
                words::one_line(areas.get(index).map_or("", |area| area.label())),
                layout::whole(row.count),
                layout::whole(row.population),
                layout::fixed(row.rate, decimals),
                range(row.lower, row.upper, decimals),
                layout::fixed(row.crude, decimals),
                layout::or_dash(row.crude_rank.map(|rank| rank.to_string())),
            ];
            if indirect {
                line.extend([
                    layout::fixed(row.expected, 1),
                    layout::fixed(row.ratio, 2),
                    range(row.ratio_lower, row.ratio_upper, 2),
                ]);
            }
            lines.push(line);
        }
        layout::write_report(f, &lines, &self.notes())
    }
}

/// The report as text: areas from the first rank to the last, and the notes below.
impl fmt::Display for ScoreReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [_, exposed] = Nouns::of(self.scores.offences().table().basis()).headings();
        let heading = [
            layout::RANK.to_owned(),
            "Area".to_owned(),
            "Offences".to_owned(),
            "Points".to_owned(),
            exposed,
            format!("Score {}", self.per),
            format!("{} limits", self.limits.confidence()),
        ];
        let mut lines = vec![heading.to_vec()];
        let decimals = decimals(self.rows.iter().filter_map(|row| row.rate));
        let areas = self.scores.offences().areas();
        for (index, row) in in_order(self.rows.iter().map(|row| row.rank))
            .into_iter()
            .filter_map(|index| Some((index, self.rows.get(index)?)))
        {
            lines.push(vec![
                layout::or_dash(row.rank.map(|rank| rank.to_string())),
                words::one_line(areas.get(index).map_or("", |area| area.label())),
                layout::whole(row.count),
                layout::fixed(row.score, 0),
                layout::whole(row.population),
                layout::fixed(row.rate, decimals),
                range(row.lower, row.upper, decimals),
            ]);
        }
        layout::write_report(f, &lines, &self.notes())
    }
}

/// Decimals that suit the middle of some figures.
fn decimals(figures: impl Iterator<Item = f64>) -> usize {
    let mut figures: Vec<f64> = figures.filter(|figure| *figure > 0.0).collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).map_or(1, |middle| digits::decimals(*middle))
}

fn range(lower: Option<f64>, upper: Option<f64>, decimals: usize) -> String {
    let shown = |value: f64| digits::fixed(value, decimals);
    layout::or_dash(match (lower, upper) {
        (Some(lower), Some(upper)) => Some(format!("{} to {}", shown(lower), shown(upper))),
        (Some(lower), None) => Some(format!("{} and more", shown(lower))),
        _ => None,
    })
}

/// The places of those that have a rank, from the first.
fn in_order(ranks: impl Iterator<Item = Option<Rank>>) -> Vec<usize> {
    let mut places: Vec<(Rank, usize)> = ranks.zip(0..).filter_map(|(rank, place)| Some((rank?, place))).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}
