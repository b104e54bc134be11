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
};
use std::fmt;

/// The smoothed rates as text: areas from the highest estimate to the lowest, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.league().entries().filter_map(|entry| Some((self.row(&entry), entry.comparison()?.rate())));
        let mut rows: Vec<(f64, Row, Rate)> =
            entries.filter_map(|(row, rate)| Some((row.estimate?, row, rate))).collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.rate.unwrap_or(0.0).total_cmp(&a.1.rate.unwrap_or(0.0))));
        let highest = rows.iter().fold(0.0_f64, |most, (estimate, ..)| most.max(*estimate));
        let mean = self.smoothing().prior().map(|prior| prior.mean(self.per()));
        let decimals = digits::decimals(mean.ok().filter(|mean| *mean > 0.0).unwrap_or(highest));
        let mut lines = vec![vec![
            layout::RANK.to_owned(),
            "Area".to_owned(),
            "Count".to_owned(),
            "Population".to_owned(),
            format!("Rate {}", self.per()),
            "Smoothed".to_owned(),
            "Own weight".to_owned(),
            format!("{} limits", self.confidence()),
            "P(above)".to_owned(),
        ]];
        let (mut rank, mut last) = (0, f64::NAN);
        // Where no own rate has any weight every estimate is the mean.
        let all = self.mean().filter(|_| self.smoothing().prior().is_ok_and(Prior::is_pooled));
        for (place, (estimate, row, rate)) in rows.iter().enumerate() {
            if *estimate != last {
                (rank, last) = (place + 1, *estimate);
            }
            let smoothed = all.unwrap_or(Reading::of_double(*estimate, self.per()));
            lines.push(line(rank, rate.per(self.per()), smoothed, row, decimals));
        }
        layout::write_report(f, &lines, &self.notes())
    }
}

fn line(rank: usize, rate: Reading, smoothed: Reading, row: &Row, decimals: usize) -> Vec<String> {
    let shown = |value: f64| digits::fixed(value, decimals);
    let limits = row.lower.zip(row.upper).map(|(low, high)| format!("{} to {}", shown(low), shown(high)));
    vec![
        digits::grouped(rank as u64),
        words::one_line(&row.area),
        layout::whole(row.count),
        layout::whole(row.population),
        rate.digits(decimals),
        smoothed.digits(decimals),
        layout::fixed(row.weight, 2),
        layout::or_dash(limits),
        layout::or_dash(row.p_above.map(|p| digits::probability(p, 0.0))),
    ]
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
