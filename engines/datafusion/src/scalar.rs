//! Functions of single rows.

use crate::{
    fault::fault,
    parameter::{Literals, Parameters},
    whole::Whole,
};
use crimerate::Rate;
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, Float64Array},
        buffer::NullBuffer,
        datatypes::{DataType, Float64Type},
    },
    common::{Result, internal_datafusion_err},
    logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature},
    scalar::ScalarValue,
};
use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

/// A function of whole columns to a column of doubles.
#[derive(Debug)]
pub(crate) struct Scalar {
    parameters: Parameters,
    signature: Signature,
    work: fn(&Call) -> Result<Float64Array>,
}

/// The arguments of a call for the rows of a batch.
pub(crate) struct Call {
    pub(crate) literals: Literals,
    columns: Vec<ArrayRef>,
    /// The rows in which any column has nothing.
    pub(crate) nulls: Option<NullBuffer>,
    rows: usize,
}

impl Scalar {
    pub(crate) fn new(parameters: Parameters, work: fn(&Call) -> Result<Float64Array>) -> Self {
        Self { parameters, signature: Parameters::signature(), work }
    }
}

impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.parameters == other.parameters
    }
}

impl Eq for Scalar {}

impl Hash for Scalar {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parameters.hash(state);
    }
}

impl ScalarUDFImpl for Scalar {
    fn name(&self) -> &str {
        self.parameters.function
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, found: &[DataType]) -> Result<Vec<DataType>> {
        self.parameters.coerce(found)
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = self.parameters.all().zip(&args.args).filter(|(parameter, _)| !parameter.is_literal());
        let columns: Vec<ColumnarValue> = columns.map(|(_, value)| value.clone()).collect();
        let once = columns.iter().all(|column| matches!(column, ColumnarValue::Scalar(_)));
        let columns = ColumnarValue::values_to_arrays(&columns)?;
        let literals = self.parameters.literals(args.args.into_iter().map(|value| match value {
            ColumnarValue::Scalar(value) => Some(value),
            ColumnarValue::Array(_) => None,
        }))?;
        let nulls = columns.iter().fold(None, |nulls, column| NullBuffer::union(nulls.as_ref(), column.nulls()));
        let rows = columns.first().map_or(0, Array::len);
        let answer = (self.work)(&Call { literals, columns, nulls, rows })?;
        match once {
            true => Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&answer, 0)?)),
            false => Ok(ColumnarValue::Array(Arc::new(answer))),
        }
    }
}

impl Call {
    fn column(&self, place: usize) -> Result<&ArrayRef> {
        let function = self.literals.function;
        self.columns.get(place).ok_or_else(|| internal_datafusion_err!("{function} has no column {place}"))
    }

    /// The counts or populations at a place.
    pub(crate) fn whole(&self, place: usize, what: &'static str) -> Result<Whole<'_>> {
        Whole::of(self.literals.function, what, self.column(place)?)
    }

    /// The numbers at a place.
    pub(crate) fn numbers(&self, place: usize) -> Result<&[f64]> {
        Ok(self.column(place)?.as_primitive::<Float64Type>().values())
    }

    /// The rates whose counts stand at a place, and whose populations stand at the next.
    pub(crate) fn rates(&self, place: usize) -> Result<impl Fn(usize) -> Result<Rate>> {
        let (counts, people) = (self.whole(place, "count")?, self.whole(place + 1, "population")?);
        Ok(move |row| {
            let (count, people) = (counts.count(row)?.unwrap_or(0), people.count(row)?.unwrap_or(1));
            Rate::new(count, people).map_err(|error| fault(self.literals.function)(error.at_row(row as u64 + 1)))
        })
    }

    /// A figure for each row in which no column has nothing; what is undefined is nothing.
    pub(crate) fn each(&self, figure: impl Fn(usize) -> Result<Option<f64>>) -> Result<Float64Array> {
        let known = |row: usize| self.nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
        (0..self.rows).map(|row| if known(row) { figure(row) } else { Ok(None) }).collect()
    }

    /// An error of the library, with its function.
    pub(crate) fn fault(&self, error: crimerate::Error) -> datafusion::common::DataFusionError {
        fault(self.literals.function)(error)
    }
}
