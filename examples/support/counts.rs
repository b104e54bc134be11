//! Counts of a file, whole or not, and of repeat victims.

use super::{cells::ungrouped, program::Failure};
use crimerate::{
    Confidence, Error, ErrorKind, Observation, Population,
    interval::EstimatedCount,
    read::{Cells, Document, Faults, Taken},
};
use std::{collections::HashMap, fmt};

/// A count as a file has it.
#[derive(Clone, Copy)]
pub(crate) enum Count {
    Whole(u64),
    Between(u64, u64),
    /// One that nothing bounds from above.
    AtLeast(u64),
    /// One that is not whole, or varies by more than chance.
    Estimated(EstimatedCount),
    /// None that has limits, and why.
    Without(&'static str),
}

/// A count with what is known of it.
pub(crate) struct Counted {
    pub(crate) count: Count,
    pub(crate) confidence: Confidence,
    pub(crate) area: String,
    pub(crate) population: Option<Population>,
    /// The whole count that a corrected one is a multiple of.
    pub(crate) observed: Option<u64>,
    /// Whether it is of how many offences each victim had.
    pub(crate) of_repeats: bool,
}

impl Count {
    /// The count, where it is one number.
    pub(crate) fn single(self) -> Option<f64> {
        match self {
            Self::Whole(count) => Some(count as f64),
            Self::Between(..) | Self::AtLeast(_) | Self::Without(_) => None,
            Self::Estimated(count) => Some(count.count()),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(count) => count.fmt(f),
            Self::Between(least, most) => write!(f, "{least}-{most}"),
            Self::AtLeast(least) => write!(f, ">={least}"),
            Self::Estimated(count) => count.count().fmt(f),
            Self::Without(_) => Ok(()),
        }
    }
}

/// A column by line; none where the file has none.
type Column = Option<HashMap<u64, String>>;

/// What each row may say beside its count.
struct ComparedWith {
    area: Column,
    confidence: Column,
    population: Column,
    given: Confidence,
}

/// The counts of a file; rows of repeat victims are added up by area.
pub(crate) fn read(document: &Document, confidence: Confidence) -> Result<Vec<Counted>, Failure> {
    let victims = found(document.cells(REPEATS))?;
    let main = match victims {
        Some((_, header)) => Main { heading: "victims", header },
        None => Main { heading: "count", header: document.cells(["count"])?.1.header },
    };
    let column = |name| main.column(document, name);
    let [area, population] = ["area", "population"].map(column);
    let beside =
        ComparedWith { area: area?, confidence: column("confidence")?, population: population?, given: confidence };
    if main.heading == "victims" { repeats(document, &beside) } else { rows(document, &beside, &main) }
}

/// The columns of repeat victims.
const REPEATS: [&str; 2] = ["offences_per_victim", "victims"];

/// The column that the file is read for, and the line of the header that has it.
struct Main {
    heading: &'static str,
    header: u64,
}

impl Main {
    /// A column that the same header may have beside it, without which a row may seem blank.
    fn column(&self, document: &Document, name: &str) -> Result<Column, Failure> {
        let cells = found(document.cells([self.heading, name]))?.filter(|(_, header)| *header == self.header);
        Ok(cells.map(|(cells, _)| cells.into_iter().map(|(line, [_, text])| (line, text)).collect()))
    }
}

/// The texts of columns and the line of their header; none where no header has them.
fn found<const N: usize>(
    cells: Result<(Vec<Cells<N>>, Taken), Faults>,
) -> Result<Option<(Vec<Cells<N>>, u64)>, Failure> {
    match cells {
        Ok((cells, taken)) => Ok(Some((cells, taken.header))),
        Err(faults) if matches!(faults.first().kind(), ErrorKind::NoColumn { .. }) => Ok(None),
        Err(faults) => Err(faults.into()),
    }
}

impl ComparedWith {
    fn text(column: &Column, line: u64) -> Option<&str> {
        // Of a row that is blank in it a column has nothing.
        Some(column.as_ref()?.get(&line).map_or("", String::as_str))
    }

    /// A count on this line.
    fn counted(&self, line: u64, count: Count, observed: Option<u64>) -> Result<Counted, Error> {
        let level = Self::text(&self.confidence, line).map_or(Ok(self.given), str::parse);
        let people = Self::text(&self.population, line).filter(|text| !text.is_empty()).map(str::parse).transpose();
        let area = Self::text(&self.area, line).unwrap_or_default().to_owned();
        Ok(Counted { count, confidence: level?, area, population: people?, observed, of_repeats: false })
    }
}

fn rows(document: &Document, beside: &ComparedWith, main: &Main) -> Result<Vec<Counted>, Failure> {
    let [observed, dispersion] = ["observed", "dispersion"].map(|name| main.column(document, name));
    let (observed, dispersion) = (observed?, dispersion?);
    let (cells, _) = document.cells(["count"])?;
    let mut found = Vec::with_capacity(cells.len());
    for (line, [text]) in cells {
        let given =
            |column: &Column| ComparedWith::text(column, line).filter(|text| !text.is_empty()).map(str::to_owned);
        let counted = || -> Result<Counted, Failure> {
            let phi =
                given(&dispersion).map(|text| decimal(&text).ok_or(format!("dispersion {text:?} is not a number")));
            let phi = phi.transpose()?;
            if let Some(phi) = phi.filter(|phi| *phi < 1.0) {
                return Err(format!("dispersion {phi} is below 1, which is the variation of chance alone").into());
            }
            let count = count(&text, phi.unwrap_or(1.0))?;
            let seen = given(&observed).map(|text| text.parse::<Observation>()).transpose()?;
            let seen = seen.and_then(Observation::known);
            let count = match (count, seen) {
                // Corrected, though it is whole.
                (Count::Whole(whole), Some(seen)) if whole != seen => {
                    Count::Estimated(EstimatedCount::new(whole as f64, 1.0)?)
                }
                _ => count,
            };
            Ok(beside.counted(line, count, seen)?)
        };
        found.push(counted().map_err(|error| at(line, error))?);
    }
    Ok(found)
}

/// A count that varies phi times as much as by chance.
fn count(text: &str, phi: f64) -> Result<Count, Failure> {
    match text.parse::<Observation>() {
        Ok(Observation::Known(count)) if phi == 1.0 => Ok(Count::Whole(count)),
        Ok(Observation::Known(count)) => Ok(Count::Estimated(EstimatedCount::new(count as f64, phi)?)),
        Ok(Observation::Suppressed { at_least, at_most: Some(at_most) }) if phi == 1.0 => {
            Ok(Count::Between(at_least, at_most))
        }
        Ok(Observation::Suppressed { at_least: at_least @ 1.., at_most: None }) if phi == 1.0 => {
            Ok(Count::AtLeast(at_least))
        }
        Ok(Observation::Suppressed { at_most: Some(_), .. }) => {
            Ok(Count::Without("a count between two ends has no limits that a dispersion widens"))
        }
        Ok(_) => Ok(Count::Without("the count is not known, so it has no interval")),
        Err(error) => match decimal(text) {
            Some(count) if count < 0.0 => Err(format!("count {text:?} is below zero").into()),
            Some(count) => Ok(Count::Estimated(EstimatedCount::new(count, phi)?)),
            None => Err(error.into()),
        },
    }
}

fn decimal(text: &str) -> Option<f64> {
    ungrouped(text)?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// An area from a line on: how many offences each of how many victims had.
type Victims = (u64, Counted, Vec<(u32, u64)>);

/// How many victims had how many offences, by area and level.
fn repeats(document: &Document, beside: &ComparedWith) -> Result<Vec<Counted>, Failure> {
    let (cells, _) = document.cells(REPEATS)?;
    let mut areas: Vec<Victims> = Vec::new();
    for (line, [times, victims]) in cells {
        let row = || -> Result<(Counted, (u32, u64)), Failure> {
            let whole = |what: &str, text: &str| match text.parse::<Observation>() {
                Ok(Observation::Known(number)) => Ok(number),
                _ => Err(format!("{what} {text:?} is not a whole number")),
            };
            let (times, victims) = (whole("offences_per_victim", &times)?, whole("victims", &victims)?);
            let times = u32::try_from(times).map_err(|_| format!("offences_per_victim {times} is too large"))?;
            Ok((beside.counted(line, Count::Whole(0), None)?, (times, victims)))
        };
        let (here, frequency) = row().map_err(|error| at(line, error))?;
        match areas.iter_mut().find(|(_, area, _)| area.area == here.area && area.confidence == here.confidence) {
            None => areas.push((line, here, vec![frequency])),
            Some((first, area, _)) if area.population != here.population => {
                let text = format!("the population of {:?} is another than in row {first}", here.area);
                return Err(at(line, text.into()));
            }
            Some((_, _, frequencies)) => frequencies.push(frequency),
        }
    }
    let count = |(line, area, frequencies): Victims| {
        let count = EstimatedCount::of_repeats(frequencies).map_err(|error| error.at_row(line))?;
        Ok(Counted { count: Count::Estimated(count), of_repeats: true, ..area })
    };
    areas.into_iter().map(count).collect()
}

/// A fault with its line, unless it has it.
fn at(line: u64, error: Failure) -> Failure {
    match error.downcast::<Error>() {
        Ok(error) => error.at_row(line).into(),
        Err(error) => format!("row {line}: {error}").into(),
    }
}
