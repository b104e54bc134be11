//! Records of a data frame, added up by the library.

use crate::fault::fault;
use crimerate::records::{Dictionary, NamedRecords};
use datafusion::{
    arrow::{
        array::{Array, AsArray, DictionaryArray, RecordBatch},
        datatypes::{DataType, Int64Type, UInt32Type},
    },
    common::{Result, exec_err, internal_datafusion_err, plan_err, runtime::JoinSet},
    dataframe::DataFrame,
    logical_expr::{cast, ident},
    physical_plan::SendableRecordBatchStream,
};
use futures::TryStreamExt;
use std::borrow::Cow;

/// Which columns records stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordColumns<'a> {
    area: &'a str,
    indicator: &'a str,
    count: &'a str,
    period: Option<&'a str>,
}

impl<'a> RecordColumns<'a> {
    /// The columns of the area, of the offence or indicator, and of the count.
    #[must_use]
    pub const fn new(area: &'a str, indicator: &'a str, count: &'a str) -> Self {
        Self { area, indicator, count, period: None }
    }

    /// With the column of the period, for a panel whose populations differ by period.
    #[must_use]
    pub const fn by_period(self, period: &'a str) -> Self {
        Self { period: Some(period), ..self }
    }
}

/// Adds up the records of a data frame as [`NamedRecords`] does, each partition by a task of its own; partitions are merged, which is
/// exact, so the answer does not depend on how the frame is cut.
///
/// Names are taken by dictionaries: looked up once a batch, not once a record. A column that is no dictionary becomes one. An area
/// that is null is none ([`NamedRecords::NO_AREA`]).
///
/// ```
/// use crimerate_datafusion::{RecordColumns, records};
/// use datafusion::prelude::SessionContext;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> datafusion::common::Result<()> {
/// let session = SessionContext::new();
/// let frame = session.sql("select * from (values ('Kent', 'theft', 7), ('Kent', 'theft', -1)) as r(area, offence, n)").await?;
/// let records = records(&frame, RecordColumns::new("area", "offence", "n")).await?;
/// assert_eq!(records.total("Kent", "theft"), Some(6));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where a column is not there or is not of whole numbers, where a count is null, for a record without an indicator, where a total
/// might overflow, and what the frame itself fails with.
pub async fn records(frame: &DataFrame, columns: RecordColumns<'_>) -> Result<NamedRecords> {
    let dictionary = DataType::Dictionary(Box::new(DataType::UInt32), Box::new(DataType::Utf8));
    let counted = frame.schema().field_with_unqualified_name(columns.count)?.data_type();
    if !counted.is_integer() {
        return plan_err!("records: {} is {counted}, and counts are whole numbers", columns.count);
    }
    let names = [(columns.area, "area"), (columns.indicator, "indicator")];
    let names = names.into_iter().chain(columns.period.map(|period| (period, "period")));
    let mut selected = vec![cast(ident(columns.count), DataType::Int64).alias("count")];
    selected.extend(names.map(|(name, what)| cast(ident(name), dictionary.clone()).alias(what)));
    let streams = frame.clone().select(selected)?.execute_stream_partitioned().await?;
    let mut tasks = JoinSet::new();
    for stream in streams {
        tasks.spawn(added_up(stream));
    }
    let mut all = NamedRecords::new();
    while let Some(part) = tasks.join_next().await {
        let part = part.map_err(|error| internal_datafusion_err!("records: {error}"))??;
        all.try_merge(&part).map_err(fault("records"))?;
    }
    Ok(all)
}

async fn added_up(mut stream: SendableRecordBatchStream) -> Result<NamedRecords> {
    let mut records = NamedRecords::new();
    while let Some(batch) = stream.try_next().await? {
        add(&mut records, &batch)?;
    }
    Ok(records)
}

/// Adds a batch whose columns are count, area, indicator and perhaps period.
fn add(records: &mut NamedRecords, batch: &RecordBatch) -> Result<()> {
    let (Some(counts), names) = (batch.columns().first(), batch.columns().get(1..).unwrap_or_default()) else {
        return Ok(());
    };
    let counts = counts.as_primitive::<Int64Type>();
    if let Some(row) = (0..counts.len()).find(|row| counts.is_null(*row)) {
        return exec_err!("records: row {} of its batch: the count is null", row + 1);
    }
    let names: Vec<Names<'_>> = names.iter().map(|column| Names::of(column.as_dictionary::<UInt32Type>())).collect();
    let added = match names.as_slice() {
        [areas, indicators] => {
            records.try_extend_dictionary(areas.dictionary(), indicators.dictionary(), counts.values())
        }
        [areas, offences, periods] => {
            let each = areas.each().zip(offences.each()).zip(periods.each()).zip(counts.values());
            records.try_extend_by_period(each.map(|(((area, offence), period), count)| (area, offence, period, *count)))
        }
        _ => Ok(()),
    };
    added.map_err(fault("records"))
}

/// Names, and for each row the place of its name; null is the empty name.
struct Names<'a> {
    names: Vec<&'a str>,
    keys: Cow<'a, [u32]>,
}

impl<'a> Names<'a> {
    fn of(column: &'a DictionaryArray<UInt32Type>) -> Self {
        let mut names: Vec<&str> = column.values().as_string::<i32>().iter().map(Option::unwrap_or_default).collect();
        let keys = column.keys().values();
        let Some(nulls) = column.keys().nulls() else { return Self { names, keys: Cow::Borrowed(keys) } };
        // A dictionary of 32 bits whose keys are all taken has no room for one more: there, a null is an unknown key and refused.
        let none = u32::try_from(names.len()).unwrap_or(u32::MAX);
        names.push("");
        let key = |(row, key): (usize, &u32)| if nulls.is_null(row) { none } else { *key };
        Self { names, keys: keys.iter().enumerate().map(key).collect() }
    }

    fn dictionary(&self) -> Dictionary<'_, &'a str, u32> {
        Dictionary::new(&self.names, &self.keys)
    }

    fn each(&self) -> impl Iterator<Item = &'a str> {
        self.keys.iter().map(|key| self.names.get(*key as usize).copied().unwrap_or_default())
    }
}
