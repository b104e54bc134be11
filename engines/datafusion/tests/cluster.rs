//! A scheduler and two executors on the loopback address give the bits of one machine.

#![allow(clippy::unwrap_used, reason = "a test")]

use crimerate_datafusion::{
    RecordColumns,
    cluster::{self, ExecutorProcessConfig, SchedulerConfig},
    records, register,
};
use datafusion::{
    arrow::{array::RecordBatch, util::pretty::pretty_format_batches},
    common::Result,
    prelude::{CsvReadOptions, SessionConfig, SessionContext},
};
use std::{io::Write, net::TcpListener, time::Duration};

/// Every kind of function; areas tie, and counts take something back.
const ALL: &str = "
    select area, n, rate(n, people, 100000) as rate, rate_lower(n, people, 100000) as lower, rate_upper(n, people, 1000, 0.99, 'byar') as upper,
           poisson_two_sided(n, 12.5) as p, rate_ratio(n, people, 10, 1000) as ratio,
           rate_rank(n, people) over (partition by offence) as rank, rate_z(n, people) over (partition by offence) as z,
           pooled_rate(n, people, 1000) over (partition by offence) as pooled
    from (select area, offence, total(n) as n, max(people) as people from records group by area, offence)
    order by offence, area";

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn answer(session: &SessionContext, folder: &str) -> Result<(String, crimerate::records::NamedRecords)> {
    session.register_csv("records", folder, CsvReadOptions::new()).await?;
    let batches: Vec<RecordBatch> = session.sql(ALL).await?.collect().await?;
    let frame = session.sql("select area, offence, total(n) as n from records group by area, offence").await?;
    Ok((
        pretty_format_batches(&batches)?.to_string(),
        records(&frame, RecordColumns::new("area", "offence", "n")).await?,
    ))
}

#[test]
fn a_cluster_gives_the_bits_of_one_machine() {
    let folder = std::env::temp_dir().join(format!("crimerate-cluster-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for file in 0..4_i64 {
        let mut out = std::fs::File::create(folder.join(format!("{file}.csv"))).unwrap();
        writeln!(out, "area,offence,n,people").unwrap();
        for row in 0..2_000_i64 {
            let (area, n) = (row % 43, (row * 7 + file) % 23 - 1);
            writeln!(out, "Area {area},offence {},{n},{}", row % 11, 1_000 + area * 311).unwrap();
        }
    }
    let path = folder.display().to_string();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(32 << 20).build().unwrap();
    let outcome = runtime.block_on(async {
        let port = free_port();
        tokio::spawn(cluster::scheduler(SchedulerConfig { bind_port: port, ..SchedulerConfig::default() }));
        for _ in 0..2 {
            let (own, grpc_port) = (free_port(), free_port());
            tokio::spawn(cluster::executor(ExecutorProcessConfig {
                scheduler_port: port,
                scheduler_connect_timeout_seconds: 30,
                port: own,
                grpc_port,
                vcores: 1,
                ..ExecutorProcessConfig::default()
            }));
        }
        tokio::time::timeout(Duration::from_secs(120), async {
            let alone = SessionContext::new();
            register(&alone)?;
            let expected = answer(&alone, &path).await?;
            let session =
                cluster::connect(&format!("df://127.0.0.1:{port}"), SessionConfig::new().with_target_partitions(4))
                    .await?;
            // Until the scheduler is there, and an executor has come.
            while session.sql("select 1").await?.collect().await.is_err() {
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            Result::<_>::Ok((expected, answer(&session, &path).await?))
        })
        .await
    });
    runtime.shutdown_background();
    std::fs::remove_dir_all(&folder).unwrap();
    let (expected, found) = outcome.unwrap().unwrap();
    assert_eq!(found.0, expected.0);
    assert_eq!(found.1, expected.1);
    assert!(expected.0.lines().count() > 43 * 11);
}
