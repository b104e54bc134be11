//! The distribution of ranks as it is written.
//!
//! A distribution that is read back is worked out again, by its law and its seed. Probabilities are held to 1e-9, not to a share
//! of themselves: the smallest have no digits that another version must have.

use super::{distribution::Distribution, probabilities::Probabilities, spec::Replicate};
use crate::{
    base::{Error, Figure, Line, Note, Result, rows},
    league::Compare,
    table::Table,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(rename = "RankDistribution")]
struct Parts {
    compare: Compare,
    replicate: Replicate,
    #[serde(skip_deserializing)]
    truncation: f64,
    rows: Vec<AreaLine>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

/// One area as it is written.
#[derive(Serialize, Deserialize)]
struct AreaLine {
    area: String,
    p_highest: f64,
    p_lowest: f64,
    expected: f64,
    ranks: Vec<f64>,
}

impl From<Probabilities<'_>> for AreaLine {
    fn from(chances: Probabilities<'_>) -> Self {
        Self {
            area: chances.area.name().into(),
            p_highest: chances.p_highest(),
            p_lowest: chances.p_lowest(),
            expected: chances.expected(),
            ranks: chances.ranks.to_vec(),
        }
    }
}

impl Line for AreaLine {
    const FIELDS: &'static [&'static str] = &["area", "p_highest", "p_lowest", "expected", "ranks"];

    fn cells(&self) -> Vec<(&'static str, Figure<'_>)> {
        let mut cells = vec![
            ("area", Figure::Text(&self.area)),
            ("p_highest", Figure::Probability(self.p_highest)),
            ("p_lowest", Figure::Probability(self.p_lowest)),
            ("expected", Figure::Number(self.expected)),
            ("ranks", Figure::Count(self.ranks.len() as u64)),
        ];
        cells.extend(self.ranks.iter().map(|p| ("ranks", Figure::Probability(*p))));
        cells
    }

    fn sparse<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl From<&Distribution> for Parts {
    fn from(found: &Distribution) -> Self {
        Self {
            compare: found.league.how(),
            replicate: found.spec,
            truncation: found.truncation,
            rows: found.iter().map(AreaLine::from).collect(),
            notes: found.notes(),
            table: found.league.table().clone(),
        }
    }
}

impl TryFrom<Parts> for Distribution {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let found = parts.table.compare(parts.compare).replicate_ranks(parts.replicate)?;
        rows::verify(found.iter().map(AreaLine::from), &parts.rows)?;
        Ok(found)
    }
}

impl Serialize for Distribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Parts::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Distribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Parts::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}
