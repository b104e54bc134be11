//! What a function takes, and in which types.

use datafusion::{
    arrow::datatypes::DataType,
    common::{Result, exec_err, plan_err},
    logical_expr::{Signature, Volatility},
    scalar::ScalarValue,
};

/// What a function takes at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Parameter {
    /// A column of whole numbers: counts or populations.
    Whole,
    /// A column of numbers.
    Number,
    /// A literal number of people, such as 100000.
    Per,
    /// A literal confidence level, such as 0.95.
    Level,
    /// A literal choice, such as `'byar'`.
    Word,
}

/// What a function takes, in order: what it needs, and what may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Parameters {
    pub(crate) function: &'static str,
    pub(crate) needed: &'static [Parameter],
    pub(crate) optional: &'static [Parameter],
}

impl Parameter {
    /// The type that an argument of another one is cast to.
    fn cast(self, found: &DataType) -> Option<DataType> {
        match (self, found) {
            (Self::Whole, DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64) => {
                Some(DataType::UInt64)
            }
            (Self::Whole, DataType::Decimal128(_, 0)) => Some(DataType::Decimal128(38, 0)),
            (Self::Whole | Self::Per, DataType::Null) => Some(DataType::Int64),
            (Self::Whole | Self::Per, found) if found.is_integer() => Some(DataType::Int64),
            (Self::Number | Self::Level, found) if found.is_numeric() || found.is_null() => Some(DataType::Float64),
            (Self::Word, found) if found.is_string() || found.is_null() => Some(DataType::Utf8),
            _ => None,
        }
    }

    const fn wanted(self) -> &'static str {
        match self {
            Self::Whole => "a whole number",
            Self::Number => "a number",
            Self::Per => "a literal number of people",
            Self::Level => "a literal confidence level",
            Self::Word => "a literal text",
        }
    }

    /// Whether it stands once for all rows.
    pub(crate) const fn is_literal(self) -> bool {
        matches!(self, Self::Per | Self::Level | Self::Word)
    }
}

impl Parameters {
    pub(crate) fn signature() -> Signature {
        Signature::user_defined(Volatility::Immutable)
    }

    pub(crate) fn all(self) -> impl Iterator<Item = Parameter> {
        self.needed.iter().chain(self.optional).copied()
    }

    /// The types that arguments of these types are cast to.
    pub(crate) fn coerce(self, found: &[DataType]) -> Result<Vec<DataType>> {
        let (function, least) = (self.function, self.needed.len());
        let most = least + self.optional.len();
        if !(least..=most).contains(&found.len()) {
            let wanted = if least == most { most.to_string() } else { format!("{least} to {most}") };
            return plan_err!("{function} takes {wanted} arguments, found {}", found.len());
        }
        let each = (1..).zip(self.all()).zip(found);
        each.map(|((place, parameter), found)| match parameter.cast(found) {
            Some(cast) => Ok(cast),
            None => plan_err!("{function}: argument {place} is {}, not {found}", parameter.wanted()),
        })
        .collect()
    }

    /// The literals among some arguments, each at its place.
    pub(crate) fn literals(self, given: impl Iterator<Item = Option<ScalarValue>>) -> Result<Literals> {
        let each = (1..).zip(self.all()).zip(given);
        let values = each.map(|((place, parameter), value)| match (parameter.is_literal(), value) {
            (true, Some(value)) if !value.is_null() => Ok(Some(value)),
            (true, _) => exec_err!("{}: argument {place} is {}, once for all rows", self.function, parameter.wanted()),
            (false, _) => Ok(None),
        });
        Ok(Literals { function: self.function, values: values.collect::<Result<_>>()? })
    }
}

/// The literal arguments of a call.
#[derive(Clone, Debug)]
pub(crate) struct Literals {
    pub(crate) function: &'static str,
    values: Vec<Option<ScalarValue>>,
}

impl Literals {
    pub(crate) fn get(&self, place: usize) -> Option<&ScalarValue> {
        self.values.get(place)?.as_ref()
    }
}
