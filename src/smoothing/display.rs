//! Smoothed rates as text.

use super::{
    prior::Prior,
    report::{Report, Row},
    smoothing::{Smoothed, Smoothing},
};
use crate::{
    base::{digits, layout, words},
    league::Answer,
    rate::{Per, Rate, Reading},
    table::Nouns,
};
use std::fmt;

/// The smoothed rates as text: areas from the first rank to the last, those of one rank by their own rates, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.league().entries().filter_map(|entry| {
            let area = words::one_line(entry.area.label());
            Some((Row { area, ..self.row(&entry) }, entry.comparison()?.rate()))
        });
        let mut rows: Vec<(f64, Row, Rate)> =
            entries.filter_map(|(row, rate)| Some((row.smoothed?, row, rate))).collect();
        let order = self.league().how().order();
        rows.sort_by(|a, b| a.1.rank.cmp(&b.1.rank).then_with(|| order.place(a.2.cmp_value(&b.2))));
        let highest = rows.iter().fold(0.0_f64, |most, (smoothed, ..)| most.max(*smoothed));
        let mean = self.smoothing().prior().map(|prior| prior.mean(self.per()));
        let decimals = digits::decimals(mean.ok().filter(|mean| *mean > 0.0).unwrap_or(highest));
        let [counted, exposed] = Nouns::of(self.league().table().basis()).headings();
        let mut lines = vec![vec![
            layout::RANK.to_owned(),
            "Area".to_owned(),
            counted,
            exposed,
            format!("Rate {}", self.per()),
            "Smoothed".to_owned(),
            "Own weight".to_owned(),
            format!("{} limits", self.confidence()),
            "P(above)".to_owned(),
        ]];
        // Where no own rate has any weight every estimate is the mean.
        let all = self.mean().filter(|_| self.smoothing().prior().is_ok_and(Prior::is_pooled));
        lines.extend(rows.iter().map(|(smoothed, row, rate)| {
            let smoothed = all.unwrap_or(Reading::of_double(*smoothed, self.per()));
            let shown = |value: f64| digits::fixed(value, decimals);
            let limits = row.lower.zip(row.upper).map(|(low, high)| format!("{} to {}", shown(low), shown(high)));
            vec![
                layout::or_dash(row.rank.map(|rank| rank.to_string())),
                row.area.clone(),
                digits::grouped(rate.count()),
                digits::grouped(rate.population().get()),
                rate.per(self.per()).digits(decimals),
                smoothed.digits(decimals),
                layout::fixed(row.weight, 2),
                layout::or_dash(limits),
                layout::or_dash(row.p_above.map(|p| digits::probability(p, 0.0))),
            ]
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}

/// Read per 100,000, as its report prints.
impl fmt::Display for Smoothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.per(Per::HUNDRED_THOUSAND).fmt(f)
    }
}

/// Such as `Kent: 39.9 per 100,000 smoothed, its own figures weighing 97 %`.
impl fmt::Display for Smoothed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let estimate = self.estimate(Per::HUNDRED_THOUSAND);
        let decimals = f.precision().unwrap_or_else(|| estimate.decimals());
        let weight = digits::fixed(100.0 * self.weight(), 0);
        let area = self.area();
        layout::pad(f, &format!("{area}: {estimate:.decimals$} smoothed, its own figures weighing {weight} %"))
    }
}
