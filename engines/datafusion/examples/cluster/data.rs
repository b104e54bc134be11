//! Records in Parquet files, the same ones each time.

use crimerate::records::{Dictionary, NamedRecords};
use datafusion::{
    arrow::{
        array::{ArrayRef, AsArray, DictionaryArray, Int64Array, RecordBatch, StringArray, UInt32Array},
        datatypes::{DataType, Field, Int64Type, Schema, UInt32Type},
    },
    common::{DataFusionError, Result},
    parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder},
};
use std::{fs::File, path::Path, sync::Arc};

/// How many records of how many cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) records: u64,
    pub(crate) areas: u32,
    pub(crate) indicators: u32,
}

const FILES: u64 = 8;
const BATCH: u64 = 1 << 16;

impl Shape {
    pub(crate) fn areas(self) -> Vec<String> {
        (0..self.areas).map(|area| format!("Area {area:02}")).collect()
    }

    fn indicators(self) -> Vec<String> {
        (0..self.indicators)
            .map(|indicator| format!("offence {:03}, month {:02}", indicator / 24, indicator % 24))
            .collect()
    }

    /// Writes the records into files of a folder: area and offence as dictionaries, counts with some below zero.
    pub(crate) fn write(self, folder: &Path) -> Result<()> {
        let dictionary = || DataType::Dictionary(Box::new(DataType::UInt32), Box::new(DataType::Utf8));
        let field = |name, r#type| Field::new(name, r#type, false);
        let fields = vec![field("area", dictionary()), field("offence", dictionary()), field("n", DataType::Int64)];
        let schema = Arc::new(Schema::new(fields));
        let (areas, indicators) = (self.areas(), self.indicators());
        let (areas, indicators) = (Arc::new(StringArray::from(areas)), Arc::new(StringArray::from(indicators)));
        let mut state = 17_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((u128::from(state) * u128::from(below)) >> 64) as u64
        };
        for file in 0..FILES {
            let out = File::create(folder.join(format!("records-{file}.parquet")))?;
            let mut writer = ArrowWriter::try_new(out, schema.clone(), None)?;
            let mut left = self.records * (file + 1) / FILES - self.records * file / FILES;
            while left > 0 {
                let rows = left.min(BATCH);
                left -= rows;
                let mut keys = |names: u32| (0..rows).map(|_| random(names.into()) as u32).collect::<UInt32Array>();
                let (of_areas, of_indicators) = (keys(self.areas), keys(self.indicators));
                // One in thirty-two takes something back.
                let counts =
                    (0..rows).map(|_| if random(32) == 0 { -(random(3) as i64) - 1 } else { random(50) as i64 });
                let columns: Vec<ArrayRef> = vec![
                    Arc::new(DictionaryArray::<UInt32Type>::try_new(of_areas, areas.clone())?),
                    Arc::new(DictionaryArray::<UInt32Type>::try_new(of_indicators, indicators.clone())?),
                    Arc::new(counts.collect::<Int64Array>()),
                ];
                writer.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
            }
            writer.close()?;
        }
        Ok(())
    }
}

/// The records by the library alone, whose dictionaries come as they stand in the files.
pub(crate) fn read(files: &Path) -> Result<NamedRecords> {
    let failed = |error| DataFusionError::External(Box::new(error));
    let mut records = NamedRecords::new();
    for file in std::fs::read_dir(files)? {
        for batch in
            ParquetRecordBatchReaderBuilder::try_new(File::open(file?.path())?)?.with_batch_size(1 << 16).build()?
        {
            let batch = batch?;
            let [areas, offences, counts] = batch.columns() else { continue };
            let (areas, offences) = (areas.as_dictionary::<UInt32Type>(), offences.as_dictionary::<UInt32Type>());
            let names = |column: &ArrayRef| -> Vec<String> {
                column.as_string::<i32>().iter().map(|name| name.unwrap_or_default().to_owned()).collect()
            };
            let (area_names, offence_names) = (names(areas.values()), names(offences.values()));
            let areas = Dictionary::new(&area_names, areas.keys().values());
            let offences = Dictionary::new(&offence_names, offences.keys().values());
            records
                .try_extend_dictionary(areas, offences, counts.as_primitive::<Int64Type>().values())
                .map_err(failed)?;
        }
    }
    Ok(records)
}
