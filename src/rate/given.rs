//! Counts and populations as others give them: numbers of any type, text, nothing.

use super::{
    observation::{Observation, Reason, not_a_count},
    population::{Population, not_a_population},
};
use crate::base::{Error, ErrorKind, Result};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::fmt;

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl TryFrom<$number> for Observation {
            type Error = Error;

            fn try_from(count: $number) -> Result<Self> {
                u64::try_from(count).map(Self::Known).map_err(|_| ErrorKind::NegativeTotal { value: count as i128 }.into())
            }
        }

        impl TryFrom<Option<$number>> for Observation {
            type Error = Error;

            fn try_from(count: Option<$number>) -> Result<Self> {
                count.map_or(Ok(Self::Missing(Reason::Blank)), Self::try_from)
            }
        }

        impl TryFrom<$number> for Population {
            type Error = Error;

            fn try_from(people: $number) -> Result<Self> {
                match u64::try_from(people) {
                    Ok(people) => Self::new(people),
                    Err(_) => Err(not_a_population(&people.to_string())),
                }
            }
        }

        impl TryFrom<Option<$number>> for Population {
            type Error = Error;

            fn try_from(people: Option<$number>) -> Result<Self> {
                people.map_or_else(|| Err(ErrorKind::NoPopulation.into()), Self::try_from)
            }
        }
        )+
    };
}

numbers!(u32, i32, i64, usize);

impl From<Option<u64>> for Observation {
    fn from(count: Option<u64>) -> Self {
        count.map_or(Self::Missing(Reason::Blank), Self::Known)
    }
}

impl TryFrom<Option<u64>> for Population {
    type Error = Error;

    fn try_from(people: Option<u64>) -> Result<Self> {
        people.map_or_else(|| Err(ErrorKind::NoPopulation.into()), Self::new)
    }
}

/// A count or a population as it was read, not yet checked.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Whole(i128),
    Text(String),
    Nothing,
    Count(Observation),
}

impl Given {
    pub(crate) fn count(self) -> Result<Observation> {
        match self {
            Self::Whole(value) if value < 0 => Err(ErrorKind::NegativeTotal { value }.into()),
            Self::Whole(value) => match u64::try_from(value) {
                Ok(count) => Ok(Observation::Known(count)),
                Err(_) => Err(not_a_count(&value.to_string())),
            },
            Self::Text(text) => text.parse(),
            Self::Nothing => Ok(Observation::Missing(Reason::Blank)),
            Self::Count(count) => match count {
                Observation::Suppressed { at_least, at_most } => Observation::between(at_least, at_most),
                count => Ok(count),
            },
        }
    }

    pub(crate) fn population(self) -> Result<Population> {
        match self {
            Self::Whole(people) => people.to_string().parse(),
            Self::Text(text) => text.parse(),
            Self::Count(Observation::Known(people)) => Population::new(people),
            Self::Nothing | Self::Count(_) => Err(ErrorKind::NoPopulation.into()),
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_any(Any),
            false => GivenForm::deserialize(deserializer).map(Self::Count),
        }
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, its text, or nothing")
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Given, E> {
        Ok(Given::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Given, E> {
        Ok(Given::Whole(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Given, E> {
        Ok(Given::Whole(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> std::result::Result<Given, E> {
        Ok(Given::Whole(value))
    }

    fn visit_u128<E>(self, value: u128) -> std::result::Result<Given, E> {
        Ok(i128::try_from(value).map_or_else(|_| Given::Text(value.to_string()), Given::Whole))
    }

    /// A double is no count even where it is whole, and is named as one: `12.0`.
    fn visit_f64<E>(self, value: f64) -> std::result::Result<Given, E> {
        Ok(Given::Text(format!("{value:?}")))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Given, E> {
        Ok(Given::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> std::result::Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_none<E>(self) -> std::result::Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<Given, A::Error> {
        GivenForm::deserialize(MapAccessDeserializer::new(map)).map(Given::Count)
    }
}

/// The one form that an observation is written in.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", remote = "Observation")]
enum GivenForm {
    Known(u64),
    Suppressed {
        #[serde(default)]
        at_least: u64,
        at_most: Option<u64>,
    },
    Missing(Reason),
}

impl Serialize for Observation {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        GivenForm::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Observation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Given::deserialize(deserializer)?.count().map_err(D::Error::custom)
    }
}
