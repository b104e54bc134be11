//! Series as they are written, and as rows.

use super::{series::Series, series_row::SeriesRow};
use crate::{
    base::{Error, Result, same_length},
    rate::{Observation, Population},
    table::{Area, Basis, Row},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::collections::HashSet;

#[derive(Serialize, Deserialize)]
#[serde(rename = "Series")]
struct Written {
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    basis: Basis,
    /// Whether rates are on person-months.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    person_months: bool,
    periods: Vec<String>,
    areas: Vec<Of>,
}

/// The figures of an area, period by period.
#[derive(Serialize, Deserialize)]
struct Of {
    #[serde(flatten)]
    area: Area,
    counts: Vec<Observation>,
    populations: Vec<Option<u64>>,
    /// The months that counts cover, where any covers a part of its period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    months: Vec<u32>,
}

impl Series {
    /// The rows that the series can be made of again.
    pub(super) fn rows(&self) -> impl Iterator<Item = SeriesRow> + '_ {
        let apart: HashSet<usize> = self.alike().into_iter().map(|(place, _)| place).collect();
        let labels: Vec<String> = self.periods().iter().map(|period| self.period_label(*period)).collect();
        self.areas().iter().enumerate().flat_map(move |(place, area)| {
            let apart = apart.contains(&place);
            labels.clone().into_iter().zip(self.cells(place)).map(move |(label, cell)| {
                let row = Row::new(area.name(), cell.count, cell.people).months(cell.months);
                let row = if apart { row.distinct() } else { row };
                SeriesRow::of(area.code().map_or(row.clone(), |code| row.code(code)), label)
            })
        })
    }
}

impl Serialize for Series {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Series {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl From<&Series> for Written {
    fn from(series: &Series) -> Self {
        let whole = series.months();
        let of = |(place, area): (usize, &Area)| {
            let cells = series.cells(place);
            let parts = cells.iter().any(|cell| cell.months != whole);
            Of {
                area: area.clone(),
                counts: cells.iter().map(|cell| cell.count).collect(),
                populations: cells.iter().map(|cell| cell.people).collect(),
                months: if parts { cells.iter().map(|cell| cell.months).collect() } else { Vec::new() },
            }
        };
        Self {
            basis: series.basis().clone(),
            person_months: series.is_in_person_months(),
            periods: series.periods().iter().map(|period| series.period_label(*period)).collect(),
            areas: series.areas().iter().enumerate().map(of).collect(),
        }
    }
}

impl TryFrom<Written> for Series {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let mut rows = Vec::new();
        for Of { area, counts, populations, months } in written.areas {
            let number = written.periods.len();
            let lengths = [("count", counts.len()), ("population", populations.len())];
            let months = if months.is_empty() { vec![None; number] } else { months.into_iter().map(Some).collect() };
            same_length(number, lengths.into_iter().chain([("months", months.len())]))?;
            for (((period, count), people), months) in written.periods.iter().zip(counts).zip(populations).zip(months) {
                let row = Row::new(area.name(), count, people.map(Population::new).transpose()?.map(Population::get));
                let row = area.code().map_or(row.clone(), |code| row.code(code)).distinct();
                rows.push(SeriesRow::of(Row { months, ..row }, period.clone()));
            }
        }
        let series = Self::from_rows(rows)?.with_basis(written.basis);
        if written.person_months { series.annualised() } else { Ok(series) }
    }
}
