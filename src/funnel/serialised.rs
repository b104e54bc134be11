//! The row of a funnel on its own as it is serialised: every column, those of limits by level.

use super::{limits::Limits, report::Row};
use crate::base::Line;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        DeserializeSeed, IntoDeserializer, MapAccess, Visitor,
        value::{MapAccessDeserializer, StringDeserializer},
    },
    ser::SerializeStruct,
};
use std::fmt;

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // How many levels there are is for reports that are read back.
        let cells: Vec<_> = self.cells().into_iter().filter(|(column, _)| *column != "limits").collect();
        let mut written = serializer.serialize_struct("Row", cells.len())?;
        cells.iter().try_for_each(|(column, figure)| written.serialize_field(column, figure))?;
        written.end()
    }
}

/// Reads limits that are columns of their own, and those that are a list as reports have them.
impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Columns)
    }
}

struct Columns;

impl<'de> Visitor<'de> for Columns {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row of a funnel")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Row, M::Error> {
        let mut limits = Vec::new();
        let mut row = Row::deserialize(MapAccessDeserializer::new(Others { map, limits: &mut limits }))?;
        row.limits.append(&mut limits);
        Ok(row)
    }
}

/// The columns that are not those of limits, which are put aside.
struct Others<'a, M> {
    map: M,
    limits: &'a mut Vec<Limits>,
}

impl<M> Others<'_, M> {
    fn limits_at(&mut self, column: Limits) -> Option<&mut Limits> {
        let place = self.limits.iter().position(|limits| limits.confidence == column.confidence);
        let place = place.unwrap_or_else(|| {
            self.limits.push(column);
            self.limits.len() - 1
        });
        self.limits.get_mut(place)
    }
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Others<'_, M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            let Some((figure, confidence)) = Limits::column(&name) else {
                let name: StringDeserializer<M::Error> = name.into_deserializer();
                return seed.deserialize(name).map(Some);
            };
            let mut found = Limits::at(confidence);
            match figure {
                Limits::LOWER => found.lower = self.map.next_value()?,
                Limits::UPPER => found.upper = self.map.next_value()?,
                _ => found.position = self.map.next_value()?,
            }
            if let Some(limits) = self.limits_at(Limits::at(confidence)) {
                limits.lower = limits.lower.or(found.lower);
                limits.upper = limits.upper.or(found.upper);
                limits.position = limits.position.or(found.position);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.map.next_value_seed(seed)
    }
}
