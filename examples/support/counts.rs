//! Counts of a file, whole or not, and of repeat victims.

use super::{cells::ungrouped, program::Failure};
use crimerate::{Confidence, Error, ErrorKind, Observation, Population, interval::EstimatedCount, read::Document};
use std::{collections::HashMap, fmt};

/// A count as a file has it.
#[derive(Clone, Copy)]
pub(crate) enum Count {
    Whole(u64),
    Between(u64, u64),
    /// One that is not whole, or varies by more than chance.
    Estimated(EstimatedCount),
}

/// A count with what is known of it.
pub(crate) struct Counted {
    pub(crate) count: Count,
    pub(crate) confidence: Confidence,
    pub(crate) area: String,
    pub(crate) population: Option<Population>,
    /// The whole count that a corrected one is a multiple of.
    pub(crate) observed: Option<u64>,
}

impl Count {
    /// The count, where it is one number.
    pub(crate) fn single(self) -> Option<f64> {
        match self {
            Self::Whole(count) => Some(count as f64),
            Self::Between(..) => None,
            Self::Estimated(count) => Some(count.count()),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(count) => count.fmt(f),
            Self::Between(least, most) => write!(f, "{least}-{most}"),
            Self::Estimated(count) => count.count().fmt(f),
        }
    }
}

/// A column by line; none where the file has none.
type Column = Option<HashMap<u64, String>>;

/// What each row may say beside its count.
struct Beside {
    area: Column,
    confidence: Column,
    population: Column,
    given: Confidence,
}

/// The counts of a file; rows of repeat victims are added up by area.
pub(crate) fn read(document: &Document, confidence: Confidence) -> Result<Vec<Counted>, Failure> {
    let column = |name| column(document, name);
    let [area, population] = ["area", "population"].map(column);
    let beside = Beside { area: area?, confidence: column("confidence")?, population: population?, given: confidence };
    match column("victims")? {
        Some(_) => repeats(document, &beside),
        None => rows(document, &beside),
    }
}

fn column(document: &Document, name: &str) -> Result<Column, Failure> {
    match document.cells([name]) {
        Ok((cells, _)) => Ok(Some(cells.into_iter().map(|(line, [text])| (line, text)).collect())),
        Err(faults) if matches!(faults.first().kind(), ErrorKind::NoColumn { .. }) => Ok(None),
        Err(faults) => Err(faults.into()),
    }
}

impl Beside {
    fn text(column: &Column, line: u64) -> Option<&str> {
        column.as_ref()?.get(&line).map(String::as_str)
    }

    /// A count on this line.
    fn counted(&self, line: u64, count: Count, observed: Option<u64>) -> Result<Counted, Error> {
        let level = Self::text(&self.confidence, line).map_or(Ok(self.given), str::parse);
        let people = Self::text(&self.population, line).filter(|text| !text.is_empty()).map(str::parse).transpose();
        let area = Self::text(&self.area, line).unwrap_or_default().to_owned();
        Ok(Counted { count, confidence: level?, area, population: people?, observed })
    }
}

fn rows(document: &Document, beside: &Beside) -> Result<Vec<Counted>, Failure> {
    let (observed, dispersion) = (column(document, "observed")?, column(document, "dispersion")?);
    let (cells, _) = document.cells(["count"])?;
    let mut found = Vec::with_capacity(cells.len());
    for (line, [text]) in cells {
        let given = |column: &Column| Beside::text(column, line).filter(|text| !text.is_empty()).map(str::to_owned);
        let counted = || -> Result<Counted, Failure> {
            let phi =
                given(&dispersion).map(|text| decimal(&text).ok_or(format!("dispersion {text:?} is not a number")));
            let phi = phi.transpose()?;
            let count = count(&text, phi.unwrap_or(1.0))?;
            let seen = given(&observed).map(|text| text.parse::<Observation>()).transpose()?;
            Ok(beside.counted(line, count, seen.and_then(Observation::known))?)
        };
        found.push(counted().map_err(|error| at(line, error))?);
    }
    Ok(found)
}

/// A count that varies so many times as much as by chance.
fn count(text: &str, phi: f64) -> Result<Count, Failure> {
    let unknown = || format!("count {text:?} is not known, so it has no interval");
    match text.parse::<Observation>() {
        Ok(Observation::Known(count)) if phi == 1.0 => Ok(Count::Whole(count)),
        Ok(Observation::Known(count)) => Ok(Count::Estimated(EstimatedCount::new(count as f64, phi)?)),
        Ok(Observation::Suppressed { at_least, at_most: Some(at_most) }) if phi == 1.0 => {
            Ok(Count::Between(at_least, at_most))
        }
        Ok(_) => Err(unknown().into()),
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

/// How many victims had how many offences, by area and level.
fn repeats(document: &Document, beside: &Beside) -> Result<Vec<Counted>, Failure> {
    let (cells, _) = document.cells(["offences_per_victim", "victims"])?;
    let mut areas: Vec<(u64, Counted, Repeated)> = Vec::new();
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
    let count = |(line, area, frequencies): (u64, Counted, Vec<(u32, u64)>)| {
        let count = EstimatedCount::of_repeats(frequencies).map_err(|error| error.at_row(line))?;
        Ok(Counted { count: Count::Estimated(count), ..area })
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

/// How many offences of how many victims.
type Repeated = Vec<(u32, u64)>;
