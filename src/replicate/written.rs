use super::{RankChances, RankDistribution, Replicate};
use crate::{
    Compare, Error, Note, Result, Table,
    line::{self, Figure, Line},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(rename = "RankDistribution")]
pub(super) struct Parts {
    compare: Compare,
    replicate: Replicate,
    #[serde(skip_deserializing)]
    truncation: f64,
    rows: Vec<Row>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

/// One area as it is written.
#[derive(Serialize, Deserialize)]
struct Row {
    area: String,
    p_highest: f64,
    p_lowest: f64,
    expected: f64,
    ranks: Vec<f64>,
}

impl From<RankChances<'_>> for Row {
    fn from(chances: RankChances<'_>) -> Self {
        Self {
            area: chances.area.name().into(),
            p_highest: chances.p_highest(),
            p_lowest: chances.p_lowest(),
            expected: chances.expected(),
            ranks: chances.ranks.to_vec(),
        }
    }
}

impl Line for Row {
    fn area(&self) -> &str {
        &self.area
    }

    fn figures(&self) -> Vec<(&'static str, Figure)> {
        let mut figures = vec![
            ("ranks", Some(self.ranks.len()).into()),
            ("p_highest", Figure::Probability(Some(self.p_highest))),
            ("p_lowest", Figure::Probability(Some(self.p_lowest))),
            ("expected", Some(self.expected).into()),
        ];
        figures.extend(self.ranks.iter().map(|p| ("ranks", Figure::Probability(Some(*p)))));
        figures
    }
}

impl From<RankDistribution> for Parts {
    fn from(found: RankDistribution) -> Self {
        Self {
            compare: found.league.how(),
            replicate: found.spec,
            truncation: found.truncation,
            rows: found.areas().map(Row::from).collect(),
            notes: found.notes(),
            table: found.league.table().clone(),
        }
    }
}

impl TryFrom<Parts> for RankDistribution {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let found = parts.table.compare(parts.compare).replicate_ranks(parts.replicate)?;
        line::verify(found.areas().map(Row::from), &parts.rows)?;
        Ok(found)
    }
}
