use super::{SmoothedRow, SmoothingReport};
use crate::{aligned::write_aligned, number};
use std::fmt;

/// The smoothed rates as text: areas from the highest estimate to the lowest, and the notes below.
impl fmt::Display for SmoothingReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: Vec<(f64, SmoothedRow)> = self.rows().filter_map(|row| Some((row.estimate?, row))).collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.rate.unwrap_or(0.0).total_cmp(&a.1.rate.unwrap_or(0.0))));
        let highest = rows.iter().fold(0.0_f64, |most, (estimate, _)| most.max(*estimate));
        let mean = self.smoothing().prior().map(|prior| prior.mean(self.per()));
        let decimals = number::decimals(mean.ok().filter(|mean| *mean > 0.0).unwrap_or(highest));
        let mut lines = vec![vec![
            "Rank".to_owned(),
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
        for (place, (estimate, row)) in rows.iter().enumerate() {
            if *estimate != last {
                (rank, last) = (place + 1, *estimate);
            }
            lines.push(line(rank, *estimate, row, decimals));
        }
        if lines.len() > 1 {
            write_aligned(f, &lines)?;
            writeln!(f)?;
        }
        for (i, note) in self.notes().iter().enumerate() {
            write!(f, "{}{note}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

fn line(rank: usize, estimate: f64, row: &SmoothedRow, decimals: usize) -> Vec<String> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    let shown = |value: f64| number::fixed(value, decimals);
    let limits = row.lower.zip(row.upper).map(|(low, high)| format!("{} to {}", shown(low), shown(high)));
    vec![
        rank.to_string(),
        number::one_line(&row.area),
        or_none(row.count.map(number::grouped)),
        or_none(row.population.map(number::grouped)),
        or_none(row.rate.map(shown)),
        shown(estimate),
        or_none(row.weight.map(|weight| number::fixed(weight, 2))),
        or_none(limits),
        or_none(row.p_above.map(|p| number::probability(p, 0.0))),
    ]
}
