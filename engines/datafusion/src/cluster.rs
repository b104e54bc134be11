//! The same on a cluster: a client, a scheduler and executors of Ballista that know the functions of this crate.
//!
//! ```no_run
//! use crimerate_datafusion::cluster::{self, ExecutorProcessConfig, SchedulerConfig};
//! use datafusion::prelude::{ParquetReadOptions, SessionConfig};
//!
//! # async fn all() -> datafusion::common::Result<()> {
//! // One process, on the machine that hands out the work:
//! cluster::scheduler(SchedulerConfig { bind_port: 50050, ..SchedulerConfig::default() }).await?;
//! // One process on each machine that works:
//! cluster::executor(ExecutorProcessConfig { scheduler_port: 50050, ..ExecutorProcessConfig::default() }).await?;
//! // The program that asks:
//! let session = cluster::connect("df://localhost:50050", SessionConfig::new()).await?;
//! session.register_parquet("records", "/data/records", ParquetReadOptions::default()).await?;
//! session.sql("select area, offence, total(n) from records group by area, offence").await?.show().await?;
//! # Ok(())
//! # }
//! ```
//!
//! Every machine has to see the files by the same path. The functions have no fields, so plans name them and need no codec; all three
//! programs must have them, in the same version.
//!
//! On a cluster that does not have them, `sum(n)` adds up the same totals, exactly so long as no total leaves 64 bits, where it wraps
//! without a word; `sum(cast(n as decimal(38, 0)))` adds up without that limit, at some cost. Cells are few beside records: bring them to
//! the client and take rates, limits and ranks there, by [`records`](crate::records) or by a session with the functions. The bits are the same.

use crate::{aggregate_functions, register, register_in, scalar_functions, window_functions};
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::{registry::BallistaFunctionRegistry, utils::default_session_builder};
use ballista_executor::executor_process::start_executor_process;
use ballista_scheduler::{cluster::BallistaCluster, scheduler_process::start_server};
use datafusion::{
    common::{DataFusionError, Result},
    execution::SessionStateBuilder,
    prelude::{SessionConfig, SessionContext},
};
use std::sync::Arc;

pub use ballista_executor::executor_process::ExecutorProcessConfig;
pub use ballista_scheduler::config::SchedulerConfig;

/// A session whose queries run on the cluster of a scheduler, such as `df://localhost:50050`.
///
/// Plans are made before they run: the adaptive planner of Ballista 55, which is its default, does not recover what a lost executor held
/// (datafusion-ballista, issue 1986), so a query hung when one was killed.
///
/// # Errors
/// For an address that is none. Whether a scheduler is there shows with the first query.
pub async fn connect(scheduler: &str, config: SessionConfig) -> Result<SessionContext> {
    let config = config.upgrade_for_ballista().with_ballista_adaptive_query_planner(false);
    let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
    let session = SessionContext::remote_with_state(scheduler, state).await?;
    // The session has the functions of Ballista in place of those that the state had.
    register(&session)?;
    Ok(session)
}

/// Runs a scheduler that knows the functions, until it is stopped.
///
/// # Errors
/// Where the address cannot be bound, and what the scheduler fails with.
pub async fn scheduler(config: SchedulerConfig) -> Result<()> {
    let address = format!("{}:{}", config.bind_host, config.bind_port);
    let address = address.parse().map_err(|error| DataFusionError::Configuration(format!("{address}: {error}")))?;
    let config = config.with_override_session_builder(Arc::new(|config| {
        let mut state = default_session_builder(config)?;
        register_in(&mut state)?;
        Ok(state)
    }));
    let failed = |error| DataFusionError::External(Box::new(error));
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(failed)?;
    start_server(cluster, address, Arc::new(config)).await.map_err(failed)
}

/// Runs an executor that knows the functions, until it is stopped.
///
/// # Errors
/// Where its addresses cannot be bound or the scheduler cannot be reached, and what the executor fails with.
pub async fn executor(mut config: ExecutorProcessConfig) -> Result<()> {
    let mut registry = BallistaFunctionRegistry::default();
    registry.scalar_functions.extend(scalar_functions().into_iter().map(|one| (one.name().to_owned(), one)));
    registry.aggregate_functions.extend(aggregate_functions().into_iter().map(|one| (one.name().to_owned(), one)));
    registry.window_functions.extend(window_functions().into_iter().map(|one| (one.name().to_owned(), one)));
    config.override_function_registry = Some(Arc::new(registry));
    start_executor_process(Arc::new(config)).await.map_err(|error| DataFusionError::External(Box::new(error)))
}
