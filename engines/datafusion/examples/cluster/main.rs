//! One machine, DataFusion and a cluster of two executors give the same bits, also while parts of the cluster die.
//!
//! ```sh
//! cargo run --release --features cluster --example cluster              # 20,000,000 records; or so many: -- 1000000
//! ```
//!
//! Everything stays on the loopback address and in a folder of its own below the temporary one, and ends with this program. Every
//! step has a limit of time. A table that differs ends it with status 1; a query that fails is told, and is no fault.

mod data;
mod digest;
mod processes;

use crimerate::records::NamedRecords;
use crimerate_datafusion::{RecordColumns, cluster, records, register};
use data::Shape;
use datafusion::{
    common::{DataFusionError, Result},
    prelude::{ParquetReadOptions, SessionConfig, SessionContext},
};
use processes::{Cluster, End};
use std::{
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};
use tokio::time::{sleep, timeout};

const TOTAL: &str = "select area, offence, total(n) as n from records group by area, offence";
const SUM: &str = "select area, offence, sum(n) as n from records group by area, offence";
const WIDE: &str =
    "select area, offence, cast(sum(cast(n as decimal(38, 0))) as bigint) as n from records group by area, offence";
const MOST: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Plans are walked by recursion, deeper than the usual stack of a thread in the development profile.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(32 << 20).build();
    let outcome = runtime.map_err(DataFusionError::from).and_then(|runtime| runtime.block_on(role(&arguments)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn role(arguments: &[String]) -> Result<()> {
    let port = |text: &String| text.parse().map_err(|_| DataFusionError::Configuration(format!("{text} is no port")));
    match arguments {
        [role, own] if role == "scheduler" => processes::scheduler(port(own)?).await,
        [role, scheduler, own, grpc, work] if role == "executor" => {
            processes::executor_of(port(scheduler)?, port(own)?, port(grpc)?, work.clone()).await
        }
        [] => all(20_000_000).await,
        [records] if records.parse::<u64>().is_ok() => all(records.parse().unwrap_or_default()).await,
        _ => Err(DataFusionError::Configuration("give the number of records, or nothing".into())),
    }
}

async fn all(records: u64) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("crimerate-cluster-{}", std::process::id()));
    let files = folder.join("records");
    std::fs::create_dir_all(&files)?;
    let outcome = compared(Shape { records, areas: 44, indicators: 2_400 }, &folder, &files).await;
    std::fs::remove_dir_all(&folder)?;
    outcome
}

async fn compared(shape: Shape, folder: &Path, files: &Path) -> Result<()> {
    shape.write(files)?;
    let start = Instant::now();
    let own = data::read(files)?;
    let taken = start.elapsed();
    let expected = digest(shape, &own)?;
    println!("{} records, {} cells; the bits of six measures: {:016x}", shape.records, expected.1, expected.0);
    told("the library from Parquet dictionaries, one thread", expected, expected, taken)?;

    let session = SessionContext::new();
    register(&session)?;
    let session = with_records(session, files).await?;
    let start = Instant::now();
    let frame = session.table("records").await?;
    let from_frame = crimerate_datafusion::records(&frame, RecordColumns::new("area", "offence", "n")).await?;
    told("the library from a DataFusion frame", digest(shape, &from_frame)?, expected, start.elapsed())?;
    for sql in [TOTAL, SUM, WIDE] {
        let (found, taken) = run(&session, shape, sql).await?;
        told(&format!("DataFusion, {}", short(sql)), found, expected, taken)?;
    }

    let mut cluster = Cluster::start(folder)?;
    let session = connect(&cluster, files).await?;
    ready(&session).await?;
    let mut usual = Duration::ZERO;
    for sql in [TOTAL, TOTAL, SUM, WIDE] {
        let (found, taken) = run(&session, shape, sql).await?;
        told(&format!("Ballista with two executors, {}", short(sql)), found, expected, taken)?;
        if sql == TOTAL {
            usual = taken;
        }
    }
    type Death = fn(&mut Cluster) -> std::io::Result<()>;
    let deaths: [(&str, Death); 4] = [
        ("an executor killed", |cluster| cluster.end_executor(0, End::Kill)),
        ("an executor terminated", |cluster| cluster.end_executor(1, End::Terminate)),
        ("both executors killed", |cluster| {
            cluster.end_executor(0, End::Kill)?;
            cluster.end_executor(1, End::Kill)
        }),
        ("the scheduler killed", Cluster::end_scheduler),
    ];
    for (what, death) in deaths {
        let session = connect(&cluster, files).await?;
        let query = tokio::spawn(async move { run(&session, shape, TOTAL).await });
        sleep(usual / 2).await;
        death(&mut cluster)?;
        let start = Instant::now();
        match timeout(MOST, query).await {
            Err(_) => println!("{what}: no answer in {} s", MOST.as_secs()),
            Ok(Err(error)) => println!("{what}: {error}"),
            Ok(Ok(Err(error))) => {
                let told = error.to_string();
                let first = told.lines().next().unwrap_or_default();
                println!(
                    "{what}: failed after {:.1} s: {}",
                    start.elapsed().as_secs_f64(),
                    first.get(..200).unwrap_or(first)
                );
            }
            Ok(Ok(Ok((found, taken)))) => told(what, found, expected, taken)?,
        }
        cluster.restore()?;
        let session = connect(&cluster, files).await?;
        ready(&session).await?;
        let (found, taken) = run(&session, shape, TOTAL).await?;
        told("  and with all of them again", found, expected, taken)?;
    }
    Ok(())
}

fn short(sql: &str) -> &str {
    sql.split(',').nth(2).and_then(|part| part.split(" as n").next()).map_or(sql, str::trim)
}

fn digest(shape: Shape, records: &NamedRecords) -> Result<(u64, usize)> {
    shape.digest(records).map_err(|error| DataFusionError::External(Box::new(error)))
}

/// Says what came out; other bits than those expected are an error.
fn told(what: &str, found: (u64, usize), expected: (u64, usize), taken: Duration) -> Result<()> {
    if found != expected {
        return Err(DataFusionError::Execution(format!("{what}: {:016x}, which are other bits", found.0)));
    }
    println!("{what}: the same bits, {:.2} s", taken.as_secs_f64());
    Ok(())
}

async fn with_records(session: SessionContext, files: &Path) -> Result<SessionContext> {
    session.register_parquet("records", files.display().to_string(), ParquetReadOptions::default()).await?;
    Ok(session)
}

async fn connect(cluster: &Cluster, files: &Path) -> Result<SessionContext> {
    let config = SessionConfig::new().with_target_partitions(8);
    let session = cluster::connect(&format!("df://127.0.0.1:{}", cluster.port), config).await?;
    with_records(session, files).await
}

/// Waits until the cluster answers.
async fn ready(session: &SessionContext) -> Result<()> {
    let start = Instant::now();
    loop {
        let answer = timeout(MOST, async { session.sql("select count(*) from records").await?.collect().await }).await;
        match answer {
            Ok(Ok(_)) => break,
            _ if start.elapsed() > MOST => {
                return Err(DataFusionError::Execution("the cluster does not answer".into()));
            }
            _ => sleep(Duration::from_millis(500)).await,
        }
    }
    // The other executor has come by then.
    sleep(Duration::from_secs(2)).await;
    Ok(())
}

/// Takes totals by SQL, and their panel's measures here.
async fn run(session: &SessionContext, shape: Shape, sql: &str) -> Result<((u64, usize), Duration)> {
    let start = Instant::now();
    let totals = records(&session.sql(sql).await?, RecordColumns::new("area", "offence", "n"));
    let totals = timeout(MOST, totals).await.map_err(|_| DataFusionError::Execution("no answer in time".into()))??;
    let taken = start.elapsed();
    Ok((digest(shape, &totals)?, taken))
}
