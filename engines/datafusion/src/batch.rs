//! Rows of reports as record batches.

use crimerate::RowColumn;
use datafusion::{
    arrow::{
        array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array},
        datatypes::{Field, Schema},
    },
    common::Result,
};
use std::sync::Arc;

/// The rows of a report as a record batch: text, whole numbers or doubles, null where there is no figure. The schema does not depend
/// on what the rows hold.
///
/// ```
/// use crimerate::{Average, Per, Table, league::Row};
/// use crimerate_datafusion::to_batch;
/// use datafusion::prelude::SessionContext;
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
/// let report = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// let batch = to_batch(Row::columns(report.rows()))?;
/// assert_eq!((batch.num_rows(), batch.num_columns()), (2, 18));
/// SessionContext::new().register_batch("league", batch)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where columns differ in length, which those of rows do not.
pub fn to_batch(columns: impl IntoIterator<Item = (&'static str, RowColumn)>) -> Result<RecordBatch> {
    let array = |column| -> ArrayRef {
        match column {
            RowColumn::Text(texts) => Arc::new(StringArray::from(texts)),
            RowColumn::Count(counts) => Arc::new(UInt64Array::from(counts)),
            RowColumn::Number(numbers) => Arc::new(Float64Array::from(numbers)),
        }
    };
    let (names, arrays): (Vec<_>, Vec<_>) = columns.into_iter().map(|(name, column)| (name, array(column))).unzip();
    let field = |(name, array): (&&str, &ArrayRef)| Field::new(*name, array.data_type().clone(), true);
    let schema = Schema::new(names.iter().zip(&arrays).map(field).collect::<Vec<_>>());
    Ok(RecordBatch::try_new(Arc::new(schema), arrays)?)
}
