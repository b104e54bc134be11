use super::{RankChances, RankDistribution, Replicate};
use crate::{
    Compare, Error, Result, Table,
    report::{differs, same_probability},
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};

/// One area as it is written.
#[derive(Serialize)]
struct Row<'a> {
    area: &'a str,
    p_highest: f64,
    p_lowest: f64,
    expected: f64,
    ranks: &'a [f64],
}

#[derive(Deserialize)]
pub(super) struct Parts {
    compare: Compare,
    replicate: Replicate,
    rows: Vec<Stated>,
    table: Table,
}

/// A row as it was written, to be held against the one worked out again.
#[derive(Deserialize)]
struct Stated {
    area: String,
    p_highest: f64,
    p_lowest: f64,
    ranks: Vec<f64>,
}

impl<'a> From<RankChances<'a>> for Row<'a> {
    fn from(chances: RankChances<'a>) -> Self {
        Self {
            area: chances.area.name(),
            p_highest: chances.p_highest(),
            p_lowest: chances.p_lowest(),
            expected: chances.expected(),
            ranks: chances.ranks,
        }
    }
}

impl Serialize for RankDistribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<Row<'_>> = self.areas().map(Row::from).collect();
        let mut written = serializer.serialize_struct("RankDistribution", 6)?;
        written.serialize_field("compare", &self.league.how())?;
        written.serialize_field("replicate", &self.spec)?;
        written.serialize_field("truncation", &self.truncation)?;
        written.serialize_field("rows", &rows)?;
        written.serialize_field("notes", &self.notes())?;
        written.serialize_field("table", self.league.table())?;
        written.end()
    }
}

impl TryFrom<Parts> for RankDistribution {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let found = parts.table.compare(parts.compare).replicate_ranks(parts.replicate)?;
        if found.league.len() != parts.rows.len() {
            return Err(differs("rows", parts.rows.len(), found.league.len()));
        }
        for (chances, stated) in found.areas().zip(&parts.rows) {
            chances.verify(stated).map_err(|error| error.in_area(chances.area.name()))?;
        }
        Ok(found)
    }
}

impl RankChances<'_> {
    fn verify(&self, stated: &Stated) -> Result<()> {
        if self.area.name() != stated.area.trim() {
            return Err(differs("area", &stated.area, self.area.name()));
        }
        if self.of() != stated.ranks.len() {
            return Err(differs("ranks", stated.ranks.len(), self.of()));
        }
        let ends = [("p_highest", stated.p_highest, self.p_highest()), ("p_lowest", stated.p_lowest, self.p_lowest())];
        let ranks = stated.ranks.iter().zip(self.ranks).map(|(stated, p)| ("ranks", *stated, *p));
        ends.into_iter()
            .chain(ranks)
            .try_for_each(|(column, stated, p)| same_probability(column, Some(stated), Some(p)))
    }
}
