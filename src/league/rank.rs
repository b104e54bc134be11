//! A place.

use super::ties::Ties;
use crate::base::{Cell, Error, ErrorKind, Figure, RowColumn, digits, layout};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A place in a ranking, from 1; average ties make it a whole or a half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rank {
    pub(super) doubled: u64,
}

impl Rank {
    /// The place as a number, such as 2 or 2.5.
    #[must_use]
    pub fn value(self) -> f64 {
        self.doubled as f64 / 2.0
    }

    /// The place as a whole number; `None` halfway between two places.
    #[must_use]
    pub const fn whole(self) -> Option<u64> {
        if self.doubled.is_multiple_of(2) { Some(self.doubled / 2) } else { None }
    }

    /// The place in an array of whole numbers: doubled where equal rates get the mean of their places.
    pub(crate) fn number(self, ties: Ties) -> u32 {
        let number = if ties == Ties::Average { self.doubled } else { self.doubled / 2 };
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// A place that was written: from 1, whole or halfway between two.
    fn at(place: f64) -> Option<Self> {
        let doubled = 2.0 * place;
        let possible = doubled >= 2.0 && doubled.fract() == 0.0 && doubled < u64::MAX as f64;
        possible.then_some(Self { doubled: doubled as u64 })
    }

    pub(crate) const fn of(place: usize) -> Self {
        Self { doubled: 2 * place as u64 }
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &digits::as_given(self.value()))
    }
}

/// Reads what prints, such as `2`, `2.5` or `1,024`.
///
/// # Errors
/// [`ErrorKind::NotANumber`] for text that is no rank.
impl FromStr for Rank {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (what, wanted) = ("rank", "a place from 1, whole or halfway between two");
        let place = digits::ungrouped(text).and_then(|text| text.parse().ok()).and_then(Self::at);
        place.ok_or_else(|| ErrorKind::NotANumber { what, text: text.into(), wanted }.into())
    }
}

impl Cell for Rank {
    const COLUMN: RowColumn = RowColumn::NUMBER;

    fn figure(&self) -> Figure<'_> {
        Figure::Number(self.value())
    }
}

/// A whole number where it is one, else a number with `.5`.
impl Serialize for Rank {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(place) => serializer.serialize_u64(place),
            None => serializer.serialize_f64(self.value()),
        }
    }
}

impl<'de> Deserialize<'de> for Rank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A whole number or one with a point: formats that keep the two apart say which.
        struct Place;

        impl de::Visitor<'_> for Place {
            type Value = Rank;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a place from 1, whole or halfway between two")
            }

            fn visit_u64<E: de::Error>(self, place: u64) -> Result<Rank, E> {
                self.visit_f64(place as f64)
            }

            fn visit_i64<E: de::Error>(self, place: i64) -> Result<Rank, E> {
                self.visit_f64(place as f64)
            }

            fn visit_f64<E: de::Error>(self, place: f64) -> Result<Rank, E> {
                Rank::at(place).ok_or_else(|| E::custom(format_args!("{place} is not a rank")))
            }
        }

        deserializer.deserialize_any(Place)
    }
}
