//! Of how many each number of a column is.

use super::{
    cell::{shortened, trimmed},
    document::Document,
    role::Role,
    taken::Taken,
    wording::{folded, is_score, text},
};
use crate::base::{Error, ErrorKind, Result, digits};
use csv::ByteRecord;

/// The columns of counts and of people, and what a file says of their units.
pub(super) struct Units<'d> {
    pub(super) document: &'d Document,
    /// The line of the header.
    pub(super) header: u64,
    pub(super) columns: Vec<(Role, usize, String)>,
}

impl Units<'_> {
    /// Refuses a column of counts that has scores by its heading.
    pub(super) fn no_scores(&self) -> Result<()> {
        let is_score = |(role, _, heading): &&(Role, usize, String)| *role == Role::Count && is_score(&folded(heading));
        match self.columns.iter().find(is_score) {
            None => Ok(()),
            Some((.., heading)) => {
                let found = format!("the column {heading:?} has scores, and a score is no count");
                let advice = "take the column of counts: scores are made of counts by offence and weights".into();
                Err(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(self.header))
            }
        }
    }

    /// What is told of columns whose numbers are multiples of a unit; an error where a heading, a title or a line of units below the header says so and
    /// nobody else does.
    pub(super) fn told<'r>(
        &self,
        taken: &Taken,
        first: impl Iterator<Item = &'r (u64, ByteRecord)>,
    ) -> Result<Vec<String>> {
        let mut below: Vec<(u64, &ByteRecord)> = Vec::new();
        let area = self.columns.iter().find(|(role, ..)| *role == Role::Area).map(|(_, column, _)| *column);
        for (line, row) in first {
            let is_blank = |column: usize| row.get(column).is_none_or(|cell| trimmed(&text(cell)).is_empty());
            let alone = row.iter().filter(|cell| !cell.trim_ascii().is_empty()).count() == 1;
            if alone || area.is_some_and(is_blank) {
                below.push((*line, row));
            }
        }
        let mut notes = Vec::new();
        for (role, column, heading) in
            self.columns.iter().filter(|(role, ..)| matches!(role, Role::Count | Role::Population))
        {
            if let Some(unit) = self.document.unit(*role) {
                notes.push(format!("Column {heading}: each number is of {}", digits::grouped(unit)));
                continue;
            }
            let said = unit(heading).map(|unit| (self.header, String::new(), unit));
            let said = said.or_else(|| titled(taken, *role)).or_else(|| {
                below.iter().find_map(|(line, row)| {
                    let own = text(row.get(*column).unwrap_or_default());
                    // What stands in no column of figures is of all of them.
                    let is_figure =
                        |at: &usize| self.columns.iter().any(|(role, column, _)| column == at && *role != Role::Area);
                    let cells = row.iter().enumerate().filter(|(at, _)| !is_figure(at)).map(|(_, cell)| text(cell));
                    let other = cells.into_iter().find(|text| !trimmed(text).is_empty()).unwrap_or_default();
                    let own = if trimmed(&own).is_empty() { other } else { own };
                    let says = trimmed(&own).to_owned();
                    Some((*line, says.clone(), alone_unit(&says)?))
                })
            });
            if let Some((line, text, unit)) = said {
                let by = if text.is_empty() { String::new() } else { format!(", by {:?}", shortened(&text)) };
                let found = format!("the numbers of the column {heading:?} seem to be {unit}{by}");
                let advice = "say of how many each number is, 1 or 1000, say".into();
                return Err(Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(line));
            }
        }
        Ok(notes)
    }
}

/// The unit that a title above the header gives the numbers of a role.
fn titled(taken: &Taken, role: Role) -> Option<(u64, String, &'static str)> {
    const PEOPLE: [&str; 4] = ["population", "people", "inhabitants", "residents"];
    const COUNTS: [&str; 5] = ["offence", "crime", "count", "incident", "offense"];
    let above = taken.passed.iter().filter(|passed| passed.reason.starts_with("above the "));
    above.flat_map(|passed| &passed.examples).find_map(|(line, title)| {
        let lower = title.to_lowercase();
        let names = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let (own, other) =
            if role == Role::Population { (&PEOPLE[..], &COUNTS[..]) } else { (&COUNTS[..], &PEOPLE[..]) };
        let of_role = names(own) || !names(other);
        Some((*line, title.clone(), of_role.then(|| alone_unit(title)).flatten()?))
    })
}

/// The unit that a text names which is no heading: one that says `in thousands`, or nothing else.
fn alone_unit(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let is_said = ["in ", "(", "'", "\u{2019}", "x1", "x 1"].iter().any(|before| lower.contains(before));
    let alone = !lower.trim().contains(char::is_whitespace)
        && !lower.starts_with(|c: char| c.is_ascii_digit() && !lower.ends_with('s'));
    unit(text).filter(|_| alone || is_said && !lower.contains("per ") && within(&lower))
}

/// Whether a unit stands in a text as one is said, and not as one counts.
fn within(lower: &str) -> bool {
    const SAID: [&str; 16] = [
        "in thousand",
        "in 1000",
        "in 1,000",
        "in 1 000",
        "in tausend",
        "in tsd",
        "(thousand",
        "('000",
        "(\u{2019}000",
        "000s",
        "(milliers",
        "en milliers",
        "in million",
        "(million",
        "'000",
        "in mio",
    ];
    SAID.iter().any(|said| lower.contains(said))
}

/// The unit that a heading names.
pub(super) fn unit(heading: &str) -> Option<&'static str> {
    let heading = heading.to_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| heading.contains(mark));
    const THOUSANDS: [&str; 18] = [
        "thousand",
        "'000",
        "\u{2019}000",
        "000s",
        "000's",
        "000\u{2019}s",
        "(000)",
        "millier",
        "tausend",
        "tsd",
        "in 1000",
        "in 1.000",
        "in 1 000",
        "in 1,000",
        "x1000",
        "x 1000",
        "x1,000",
        "x 1,000",
    ];
    // `Mio.` and `Mill.` are millions, `milliers` thousands.
    if has(&THOUSANDS) {
        return Some("thousands");
    }
    has(&["million", "in mio", "(mio"]).then_some("millions")
}

/// A heading without the unit that it names, such as `Einwohner in Tsd.`
pub(super) fn without_unit(heading: &str) -> &str {
    let cut = ["(", ", ", " in ", " en ", " x"].iter().filter_map(|before| heading.find(before)).min();
    cut.and_then(|at| heading.get(..at)).map_or(heading, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_in_every_wording() {
        for heading in [
            "Population (thousands)",
            "Population '000",
            "Population (milliers)",
            "Einwohner in Tsd.",
            "Einwohner (in 1000)",
            "Population, x1000",
        ] {
            assert_eq!(unit(heading), Some("thousands"), "{heading}");
        }
        assert_eq!(unit("Population (millions)"), Some("millions"));
        assert_eq!(unit("Population"), None);
        for text in ["Population in thousands", "thousands", "Thousands", "Numbers (thousands)", "'000", "000s"] {
            assert_eq!(alone_unit(text), Some("thousands"), "{text}");
        }
        for text in [
            "Crimes per thousand people",
            "Table 3: the thousand areas",
            "Numbers",
            "2000",
            "Rates (per million people)",
        ] {
            assert_eq!(alone_unit(text), None, "{text}");
        }
        assert_eq!(
            ["Einwohner in Tsd.", "Einwohner (in 1000)", "Population"].map(without_unit),
            ["Einwohner", "Einwohner", "Population"]
        );
    }
}
