//! Records in Parquet files, the same ones each time.

use crimerate::{
    Average, Measure, Panel, Per,
    records::{Absent, NamedRecords},
};
use datafusion::{
    arrow::{
        array::{ArrayRef, DictionaryArray, Int64Array, RecordBatch, StringArray, UInt32Array},
        datatypes::{DataType, Field, Schema, UInt32Type},
    },
    common::Result,
    parquet::arrow::ArrowWriter,
};
use std::{
    fs::File,
    hash::{DefaultHasher, Hasher},
    path::Path,
    sync::Arc,
};

/// How many records of how many cells.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub records: u64,
    pub areas: u32,
    pub indicators: u32,
}

const FILES: u64 = 8;
const BATCH: u64 = 1 << 16;

impl Shape {
    fn areas(self) -> Vec<String> {
        (0..self.areas).map(|area| format!("Area {area:02}")).collect()
    }

    fn indicators(self) -> Vec<String> {
        (0..self.indicators)
            .map(|indicator| format!("offence {:03}, month {:02}", indicator / 24, indicator % 24))
            .collect()
    }

    /// Writes the records into files of a folder: area and offence as dictionaries, counts with some below zero.
    pub fn write(self, folder: &Path) -> Result<()> {
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

    /// What six measures of all cells come to, every bit of them, and how many cells there are.
    pub fn digest(self, records: &NamedRecords) -> crimerate::Result<(u64, usize)> {
        let people = self.areas().into_iter().zip((0..).map(|area: u64| 100_000 + 37_001 * area));
        let panel: Panel<'_> = records.panel(people, Absent::Zero)?;
        let measures = [Measure::Rate, Measure::Lower, Measure::Upper, Measure::Ratio, Measure::Z, Measure::Rank];
        let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, measures);
        let mut hash = DefaultHasher::new();
        for measure in measures {
            figures.array(measure).into_iter().flatten().for_each(|figure| hash.write_u64(figure.to_bits()));
        }
        figures.ranks().into_iter().flatten().for_each(|rank| hash.write_u32(*rank));
        Ok((hash.finish(), panel.len() * panel.indicators()))
    }
}
