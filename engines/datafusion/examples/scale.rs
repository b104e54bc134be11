//! What records and limits cost: the library alone, and DataFusion with the library, on the same files in one run.
//!
//! ```sh
//! cargo run --release --example scale                           # 1,000,000 and 10,000,000 records of 44 areas x 2,400 indicators
//! cargo run --release --example scale -- 100000000 44 2400      # records, areas and indicators
//! ```

#[path = "cluster/data.rs"]
mod data;

use crimerate::{Confidence, Per, interval::Plan};
use crimerate_datafusion::{RecordColumns, records, register};
use data::Shape;
use datafusion::{
    arrow::{
        array::{ArrayRef, AsArray, RecordBatch, UInt64Array},
        datatypes::Float64Type,
    },
    common::{DataFusionError, Result},
    prelude::{ParquetReadOptions, SessionConfig, SessionContext},
};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

#[tokio::main]
async fn main() -> Result<()> {
    let numbers = std::env::args().skip(1).map(|text| text.parse());
    let numbers: Vec<u64> = numbers
        .collect::<Result<_, _>>()
        .map_err(|error| DataFusionError::Configuration(format!("numbers: {error}")))?;
    let shapes = match *numbers.as_slice() {
        [] => vec![(1_000_000, 44, 2_400), (10_000_000, 44, 2_400)],
        [records] => vec![(records, 44, 2_400)],
        [records, areas, indicators] => vec![(records, areas, indicators)],
        _ => return Err(DataFusionError::Configuration("give records, or records, areas and indicators".into())),
    };
    limits().await?;
    for (records, areas, indicators) in shapes {
        let number = |number| u32::try_from(number).unwrap_or(u32::MAX);
        let shape = Shape { records, areas: number(areas), indicators: number(indicators) };
        let folder = std::env::temp_dir().join(format!("crimerate-scale-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let outcome = of_records(shape, &folder).await;
        std::fs::remove_dir_all(&folder)?;
        outcome?;
    }
    Ok(())
}

/// An answer, and the least time of three.
async fn least<T>(mut work: impl AsyncFnMut() -> Result<T>) -> Result<(T, Duration)> {
    let (mut answer, mut least) = (None, Duration::MAX);
    for _ in 0..3 {
        let start = Instant::now();
        answer = Some(work().await?);
        least = least.min(start.elapsed());
    }
    answer.map(|answer| (answer, least)).ok_or_else(|| DataFusionError::Internal("nothing ran".into()))
}

async fn of_records(shape: Shape, folder: &Path) -> Result<()> {
    shape.write(folder)?;
    let say = |what: &str, taken: Duration| {
        let each = taken.as_secs_f64() * 1e9 / shape.records as f64;
        println!(
            "{:>11} records, {:>9} cells | {what:<44} | {:>7.3} s | {each:>6.1} ns a record",
            shape.records,
            u64::from(shape.areas) * u64::from(shape.indicators),
            taken.as_secs_f64()
        );
    };
    let columns = RecordColumns::new("area", "offence", "n");
    let (own, taken) = least(async || data::read(folder)).await?;
    say("the library, Parquet dictionaries, one thread", taken);
    for threads in [1, 2] {
        let session = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(threads));
        register(&session)?;
        session.register_parquet("records", folder.display().to_string(), ParquetReadOptions::default()).await?;
        let (found, taken) = least(async || records(&session.table("records").await?, columns).await).await?;
        assert_eq!(found, own, "other totals");
        say(&format!("records() of a frame, {threads} partitions"), taken);
        for function in ["total(n)", "sum(n)"] {
            let sql = format!("select area, offence, {function} as n from records group by area, offence");
            let (_, taken) = least(async || session.sql(&sql).await?.collect().await).await?;
            say(&format!("group by, {function}, {threads} partitions"), taken);
            let found = records(&session.sql(&sql).await?, columns).await?;
            assert!(
                own.areas()
                    .flat_map(|area| own.indicators().map(move |indicator| (area, indicator)))
                    .all(|(area, indicator)| own.total(area, indicator) == found.total(area, indicator)),
                "other totals"
            );
        }
    }
    Ok(())
}

/// Limits of 10,000,000 rates: a plan of the library, and SQL.
async fn limits() -> Result<()> {
    let rows = 10_000_000_u64;
    let counts: Vec<u64> = (0..rows).map(|row| row * 7_919 % 5_000).collect();
    let people: Vec<u64> = (0..rows).map(|row| 1_000 + row * 104_729 % 3_000_000).collect();
    let plan = Plan::new(Confidence::P95);
    let (mut lower, mut upper) = (vec![0.0; counts.len()], vec![0.0; counts.len()]);
    let failed = |error| DataFusionError::External(Box::new(error));
    let (_, own) =
        least(async || plan.rates_into(&counts, &people, Per::THOUSAND, &mut lower, &mut upper).map_err(failed))
            .await?;
    let say = |what: &str, taken: Duration| {
        println!(
            "{rows} rates | {what:<28} | {:.3} s | {:.1} ns a rate",
            taken.as_secs_f64(),
            taken.as_secs_f64() * 1e9 / rows as f64
        );
    };
    say("the library, both limits", own);
    let session = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(1));
    register(&session)?;
    let columns: [(&str, ArrayRef); 2] =
        [("x", Arc::new(UInt64Array::from(counts))), ("n", Arc::new(UInt64Array::from(people)))];
    session.register_batch("t", RecordBatch::try_from_iter(columns)?)?;
    let (found, taken) =
        least(async || session.sql("select rate_lower(x, n, 1000) as lower from t").await?.collect().await).await?;
    say("SQL, rate_lower", taken);
    let found = found.iter().flat_map(|batch| batch.column(0).as_primitive::<Float64Type>().values());
    assert!(found.map(|limit| limit.to_bits()).eq(lower.iter().map(|limit| limit.to_bits())), "other bits");
    let (_, taken) = least(async || {
        session.sql("select rate_lower(x, n, 1000), rate_upper(x, n, 1000) from t").await?.collect().await
    })
    .await?;
    say("SQL, rate_lower and rate_upper", taken);
    Ok(())
}
