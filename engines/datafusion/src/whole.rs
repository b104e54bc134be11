//! Columns of whole numbers.

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray},
        buffer::NullBuffer,
        datatypes::{DataType, Decimal128Type, Int64Type, UInt64Type},
    },
    common::{Result, exec_datafusion_err, internal_err},
};
use std::borrow::Cow;

/// A column of counts or of populations, as signed or as unsigned numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole<'a> {
    function: &'a str,
    what: &'a str,
    values: Values<'a>,
    nulls: Option<&'a NullBuffer>,
}

#[derive(Clone, Copy, Debug)]
enum Values<'a> {
    Signed(&'a [i64]),
    Unsigned(&'a [u64]),
    Decimal(&'a [i128]),
}

impl<'a> Whole<'a> {
    /// A column that was cast as [`Parameter::Whole`](crate::parameter::Parameter) is.
    pub(crate) fn of(function: &'a str, what: &'a str, column: &'a ArrayRef) -> Result<Self> {
        let values = match column.data_type() {
            DataType::Int64 => Values::Signed(column.as_primitive::<Int64Type>().values()),
            DataType::UInt64 => Values::Unsigned(column.as_primitive::<UInt64Type>().values()),
            DataType::Decimal128(_, 0) => Values::Decimal(column.as_primitive::<Decimal128Type>().values()),
            other => return internal_err!("{function}: {what} is {other}, which was not cast"),
        };
        Ok(Self { function, what, values, nulls: column.nulls() })
    }

    /// The number in a row, where there is one.
    pub(crate) fn get(&self, row: usize) -> Option<i128> {
        if self.nulls.is_some_and(|nulls| nulls.is_null(row)) {
            return None;
        }
        match self.values {
            Values::Signed(values) => values.get(row).map(|value| (*value).into()),
            Values::Unsigned(values) => values.get(row).map(|value| (*value).into()),
            Values::Decimal(values) => values.get(row).copied(),
        }
    }

    /// The same, not below zero.
    pub(crate) fn count(&self, row: usize) -> Result<Option<u64>> {
        let count = |value: i128| u64::try_from(value).map_err(|_| self.below_zero(row, value));
        self.get(row).map(count).transpose()
    }

    /// All numbers, none below zero; `absent` stands where there is none.
    pub(crate) fn counts(&self, absent: u64) -> Result<Cow<'a, [u64]>> {
        match (self.values, self.nulls) {
            (Values::Unsigned(values), None) => Ok(Cow::Borrowed(values)),
            _ => (0..self.len()).map(|row| Ok(self.count(row)?.unwrap_or(absent))).collect(),
        }
    }

    fn len(&self) -> usize {
        match self.values {
            Values::Signed(values) => values.len(),
            Values::Unsigned(values) => values.len(),
            Values::Decimal(values) => values.len(),
        }
    }

    fn below_zero(&self, row: usize, value: i128) -> datafusion::common::DataFusionError {
        let (function, what, row) = (self.function, self.what, row + 1);
        exec_datafusion_err!("{function}: row {row} of its batch: {what} is {value}, which is below zero")
    }
}
