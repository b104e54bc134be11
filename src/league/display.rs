//! A league table as text.

use super::{bands::Bands, comparison::Comparison, league::LeagueTable, report::Report};
use crate::{
    average::{self, ZScale},
    base::{digits, layout, words},
    rate::{Order, Per, Tally},
    table::Nouns,
};
use std::fmt;

/// The report as text: areas from the first rank to the last with the average in its place, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let league = self.league();
        let decimals = self.decimals();
        let confidence = league.how().interval().confidence();
        let [counted, exposed] = Nouns::of(league.table().basis()).headings();
        let mut lines = vec![vec![
            layout::RANK.to_owned(),
            "Area".to_owned(),
            counted,
            exposed,
            format!("Rate {}", self.per()),
            format!("{confidence} interval"),
            "Difference".to_owned(),
            "Ratio".to_owned(),
            match league.how().z() {
                ZScale::Standard => "z",
                ZScale::Log => "Log z",
                ZScale::Robust => "Robust z",
            }
            .to_owned(),
        ]];
        let grouped = !league.rule().over_which().is_everyone();
        if let (true, Some(heading)) = (grouped, lines.first_mut()) {
            // Each area has an average of its own, so it stands in its line.
            heading.splice(6..6, ["Average".to_owned(), "Of".to_owned()]);
        }
        lines.extend(self.ranked_lines(|comparison, mut line| {
            if grouped {
                let own = comparison.average().ok();
                let shown = own.map(|value| value.per(self.per()).digits(decimals));
                let [shown, of] = [shown, own.map(|value| digits::grouped(value.areas() as u64))];
                line.splice(6..6, [shown, of].map(layout::or_dash));
            }
            line
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}

impl Report {
    /// A line for each area from the first rank to the last, as `finish` leaves it, and one for the average in its place.
    pub(crate) fn ranked_lines(
        &self,
        mut finish: impl FnMut(&Comparison<'_>, Vec<String>) -> Vec<String>,
    ) -> Vec<Vec<String>> {
        let (league, decimals) = (self.league(), self.decimals());
        let mut average = league.average().ok();
        let mut lines = Vec::with_capacity(league.len() + 1);
        for comparison in league.ranked() {
            let past = average.filter(|value| passes(comparison.value, value.per_head(), league.how().order()));
            if let Some(value) = past {
                lines.push(self.average_line(value, decimals));
                average = None;
            }
            lines.push(finish(&comparison, self.line(&comparison, decimals)));
        }
        lines.extend(average.map(|value| self.average_line(value, decimals)));
        lines
    }

    /// Decimals that suit the average or, where that is zero or undefined, the highest rate.
    pub(super) fn decimals(&self) -> usize {
        let average = self.league().average_of_all().map(|value| value.per(self.per()).value());
        let (rates, values) = (self.league().fractions().iter(), self.league().values().iter());
        let highest = || match self.league().fractions().is_empty() {
            true => values.map(|value| self.per().scale(*value)).fold(0.0, f64::max),
            false => rates.map(|rate| rate.per(self.per()).value()).fold(0.0, f64::max),
        };
        digits::decimals(average.ok().filter(|value| *value > 0.0).unwrap_or_else(highest))
    }

    fn line(&self, comparison: &Comparison<'_>, decimals: usize) -> Vec<String> {
        let per = self.per();
        let rate = comparison.rate();
        vec![
            comparison.rank().to_string(),
            words::one_line(comparison.area().label()),
            digits::grouped(rate.count()),
            digits::grouped(rate.population().get()),
            rate.per(per).digits(decimals),
            comparison.interval().per(per).digits(decimals),
            layout::or_dash(comparison.exact_difference(per).ok().map(|it| it.signed_digits(decimals))),
            layout::fixed(comparison.ratio().ok(), 2),
            layout::signed(comparison.z().ok(), 2),
        ]
    }

    fn average_line(&self, value: average::Value, decimals: usize) -> Vec<String> {
        let sum = |sum: fn(Tally) -> u128| value.sums().map_or_else(String::new, |tally| digits::grouped(sum(tally)));
        let mut line = vec![
            String::new(),
            format!("Average ({})", value.average()),
            sum(Tally::count),
            sum(Tally::population),
            value.per(self.per()).digits(decimals),
        ];
        line.resize(9, String::new());
        line
    }
}

/// Whether a rate comes after the average in this order.
fn passes(rate: f64, average: f64, order: Order) -> bool {
    order.place(rate.total_cmp(&average)).is_gt()
}

/// Read per 100,000, as its report prints.
impl fmt::Display for LeagueTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.per(Per::HUNDRED_THOUSAND).fmt(f)
    }
}

/// Read per 100,000: the limits, who lies beyond them and who masks whom, a sentence to a line.
impl fmt::Display for Bands<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::write_report(f, &[], &self.notes(Per::HUNDRED_THOUSAND))
    }
}
