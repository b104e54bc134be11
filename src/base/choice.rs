//! One text form for every enum of choices.

use super::{error::Error, kind::ErrorKind, nearest::nearest};

/// Refuses a text that is none of the choices.
pub(crate) fn not_a_choice(what: &'static str, text: &str, choices: &'static str, names: &[&'static str]) -> Error {
    let nearest = nearest(text, names.iter().copied());
    ErrorKind::NotAChoice { what, text: text.into(), choices, nearest }.into()
}

/// Gives an enum of choices its text form, the same in `Display`, `FromStr` and serde.
macro_rules! choice {
    ($type:ident, $what:literal, $choices:literal, { $($variant:ident => $name:literal $(| $alias:literal)*),+ $(,)? }) => {
        impl $type {
            /// Every choice, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The choice as it is written in text and in serialised form.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::base::layout::pad(f, self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::base::Error;

            fn from_str(text: &str) -> $crate::base::Result<Self> {
                match text {
                    $($name $(| $alias)* => Ok(Self::$variant),)+
                    _ => Err($crate::base::not_a_choice($what, text, $choices, &[$($name),+])),
                }
            }
        }

        impl $crate::base::Cell for $type {
            const COLUMN: $crate::base::RowColumn = $crate::base::RowColumn::TEXT;

            fn figure(&self) -> $crate::base::Figure<'_> {
                $crate::base::Figure::Word(self.name())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use choice;
