//! Series as text.

use super::series_report::SeriesReport;
use crate::{
    base::{digits, layout, words},
    table::Nouns,
};
use std::fmt;

/// A change with its limits, such as `+5.3 (-1.2 to +12.3)`.
fn moved(change: Option<f64>, lower: Option<f64>, upper: Option<f64>) -> String {
    let signed = |value: Option<f64>| value.map_or("infinity".into(), |value| digits::signed(value, 1));
    layout::or_dash(change.map(|_| format!("{} ({} to {})", signed(change), signed(lower), signed(upper))))
}

/// The series as text, and the notes below.
impl fmt::Display for SeriesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let highest = self.rows.iter().filter_map(|row| row.rate).fold(0.0, f64::max);
        let decimals = digits::decimals(highest);
        let charted = self.chart().is_some();
        let fixed = |value: Option<f64>| layout::fixed(value, decimals);
        let [counted, _] = Nouns::of(self.series().basis()).headings();
        let mut heading = vec!["Period".to_owned(), "Area".into(), counted, format!("Rate {}", self.per())];
        let interval = format!("{} interval", self.asked.interval.confidence());
        let change = format!("Change % ({interval})");
        heading.extend([interval, change.clone()]);
        if charted {
            heading.extend(["Centre", "Limits", "Signal"].map(str::to_owned));
        }
        // Of fewer months than are added up there are none.
        let rolling = self.rolling().filter(|_| self.rows.iter().any(|row| row.rolling.is_some()));
        if let Some(months) = rolling {
            heading.extend([format!("{months} months"), change.clone()]);
        }
        if self.year_from().is_some() {
            heading.extend(["Year to date".into(), change]);
        }
        let mut lines = vec![heading];
        lines.extend(self.rows.iter().zip(self.series().labels()).map(|(row, label)| {
            let to = |low: Option<f64>, high: Option<f64>| low.map(|_| format!("{} to {}", fixed(low), fixed(high)));
            let mut line =
                vec![words::one_line(&row.period), words::one_line(label), layout::whole(row.count), fixed(row.rate)];
            line.extend([
                layout::or_dash(to(row.lower, row.upper)),
                moved(row.change, row.change_lower, row.change_upper),
            ]);
            if charted {
                let signal = layout::or_dash(row.signal.clone());
                line.extend([fixed(row.centre), layout::or_dash(to(row.limit_lower, row.limit_upper)), signal]);
            }
            if rolling.is_some() {
                let change = moved(row.rolling_change, row.rolling_change_lower, row.rolling_change_upper);
                line.extend([layout::whole(row.rolling), change]);
            }
            if self.year_from().is_some() {
                let (lower, upper) = (row.year_to_date_change_lower, row.year_to_date_change_upper);
                line.extend([layout::whole(row.year_to_date), moved(row.year_to_date_change, lower, upper)]);
            }
            line
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}
