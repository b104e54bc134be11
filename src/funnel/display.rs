//! A funnel as text.

use super::{
    funnel::Funnel,
    point::Point,
    proportion::ProportionFunnel,
    report::{Report, Row},
};
use crate::{
    base::{Note, Topic, digits, layout, words},
    league::Answer,
    rate::{Per, Rate},
    table::Nouns,
};
use std::{cmp::Ordering, fmt};

/// The funnel as text: areas from the highest adjusted z to the lowest, and the notes below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match (self.of_proportions(), self.per()) {
            (false, _) | (true, Per::ONE) => String::new(),
            (true, Per::HUNDRED) => " (%)".into(),
            (true, per) => format!(" {per}"),
        };
        let [counted, _] = Nouns::of(self.league().table().basis()).headings();
        let mut heading: Vec<String> = vec!["Position".into(), "Area".into(), counted];
        heading.extend(match self.of_proportions() {
            true => ["Total".into(), "Expected".into(), format!("Proportion{unit}")],
            false => ["Expected".into(), format!("Rate {}", self.per()), "Ratio".into()],
        });
        heading.extend(self.levels().iter().map(|level| format!("{level} limits{unit}")));
        heading.extend(["z", "Adjusted z", "p (Holm)"].map(Into::into));
        let mut lines = vec![heading];
        let entries = self.league().entries().filter_map(|entry| {
            let of_z = self.point(&entry).map_or([false; 2], |point| point.contradicted());
            let row = Row { area: entry.area.label().into(), ..self.row(&entry) };
            Some((row, entry.comparison()?.rate(), of_z))
        });
        let mut rows: Vec<(Row, Rate, [bool; 2])> = entries.collect();
        rows.sort_by(|(a, ..), (b, ..)| falling(a.z_adjusted, b.z_adjusted).then(falling(a.ratio, b.ratio)));
        let highest = rows.iter().filter_map(|(row, ..)| row.rate).fold(0.0, f64::max);
        let average = self.league().average_of_all().map(|value| value.per(self.per()).value());
        let decimals = digits::decimals(average.ok().filter(|value| *value > 0.0).unwrap_or(highest));
        let any = rows.iter().any(|(.., of_z)| of_z.contains(&true));
        let marks = |of_z: &[bool; 2]| of_z.map(|marked| if marked { MARK } else { "" });
        lines.extend(rows.iter().map(|(row, rate, of_z)| self.line(row, *rate, decimals, marks(of_z))));
        let mut notes = self.notes();
        if any {
            let text = format!("{MARK}: z says otherwise at 5 % than the exact tails do; go by the position.");
            let below = notes.iter().position(|note| note.topic() == Topic::Z).map_or(notes.len(), |at| at + 1);
            notes.insert(below, Note::new(Topic::Z, text));
        }
        layout::write_report(f, &lines, &notes)
    }
}

/// At a z that the exact tails contradict.
const MARK: &str = "*";

impl Report {
    fn line(&self, row: &Row, rate: Rate, decimals: usize, marks: [&str; 2]) -> Vec<String> {
        let position = row.position.map(|position| match row.beyond {
            Some(level) => format!("{position} {level}"),
            None => position.to_string(),
        });
        let mut cells = vec![layout::or_dash(position), words::one_line(&row.area), layout::whole(row.count)];
        let population = rate.population().get();
        let (expected, rate) = (layout::fixed(row.expected, 1), rate.per(self.per()).digits(decimals));
        let proportions = self.of_proportions();
        cells.extend(match proportions {
            true => [digits::grouped(population), expected, rate],
            false => [expected, rate, layout::fixed(row.ratio, 2)],
        });
        let shown = |limit| digits::fixed(limit, if proportions { decimals } else { 2 });
        cells.extend(row.limits.iter().map(|limits| {
            let range = limits.lower.zip(limits.upper);
            layout::or_dash(range.map(|(low, high)| format!("{} to {}", shown(low), shown(high))))
        }));
        let p = row.p_holm.map(|p| if p < 0.0001 { "<0.0001".into() } else { digits::fixed(p, 4) });
        let [z, adjusted] =
            [(row.z, marks[0]), (row.z_adjusted, marks[1])].map(|(z, mark)| layout::signed(z, 2) + mark);
        cells.extend([z, adjusted, layout::or_dash(p)]);
        cells
    }
}

/// From the highest to the lowest, what does not exist last.
fn falling(a: Option<f64>, b: Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// Read per 100,000, as its report prints.
impl fmt::Display for Funnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.per(Per::HUNDRED_THOUSAND).fmt(f)
    }
}

/// Read in per cent, as its report prints.
impl fmt::Display for ProportionFunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.per(Per::HUNDRED).fmt(f)
    }
}

/// Such as `Kent: 729 counted, 801.2 expected`.
impl fmt::Display for Point<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = match self.expected() {
            Ok(expected) => format!("{} expected", digits::fixed(expected, f.precision().unwrap_or(1))),
            Err(reason) => format!("none expected: {reason}"),
        };
        layout::pad(f, &format!("{}: {} counted, {expected}", self.area(), digits::grouped(self.count())))
    }
}
