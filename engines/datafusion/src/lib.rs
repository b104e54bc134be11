//! Rates of recorded offences in SQL: [`crimerate`] on [DataFusion](datafusion), and on a cluster.
//!
//! The engine reads the files, cuts the work into parts and brings the parts together; every figure is the library's, bit for bit,
//! whatever the parts were.
//!
//! ```
//! use crimerate_datafusion::register;
//! use datafusion::prelude::SessionContext;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> datafusion::common::Result<()> {
//! let session = SessionContext::new();
//! register(&session)?;
//! let knives = "(values ('Kent', 731, 1846500), ('Essex', 716, 1832800), ('Durham', 165, 633500)) as knives(area, n, people)";
//! let sql = format!(
//!     "select area, rate(n, people, 100000) as rate, rate_lower(n, people, 100000) as lower,
//!         rate_rank(n, people) over () as rank from {knives} order by rank"
//! );
//! session.sql(&sql).await?.show().await?;
//! # Ok(())
//! # }
//! ```
//!
//! | of a row | gives |
//! |---|---|
//! | `rate(count, population, per)` | `count * per / population`, rounded once |
//! | `rate_lower(count, population, per [, level [, method]])`, `rate_upper` | its limits: level 0.95, method `'exact'` |
//! | `rate_ratio(count, population, base_count, base_population)` | one rate over another |
//! | `rate_ratio_lower(... [, level [, test]])`, `rate_ratio_upper` | its limits: level 0.95, test `'exact'` |
//! | `poisson_lower(count, expected [, test])`, `poisson_upper`, `poisson_two_sided` | the p-values of so few or fewer, as many or more, either |
//!
//! | of a group | gives |
//! |---|---|
//! | `total(count)` | the sum of signed counts; refused where it does not fit 64 bits, where `sum` wraps in silence |
//! | `pooled_rate(count, population, per)` | sum of counts over sum of populations, rounded once |
//! | `pooled_rate_lower(count, population, per [, level [, method]])`, `pooled_rate_upper` | its limits |
//!
//! | of a row in its partition | gives |
//! |---|---|
//! | `rate_rank(count, population [, ties [, order]]) over (partition by ...)` | the place by exact fractions: ties `'competition'`, order `'highest'` |
//! | `rate_z(count, population [, scale]) over (partition by ...)` | z: scale `'standard'` |
//!
//! Counts and populations are whole numbers. What is null on one side is left out on both; what is undefined is null. A count below zero
//! and a population of zero are refused with their row: where an area without a population shall have a null, say
//! `nullif(population, 0)`. `per`, level and words are literals. Window functions take the whole partition, whatever `order by` or
//! frame says.
//!
//! ComparedWith SQL, [`records`] adds up a data frame of records into [`NamedRecords`](crimerate::records::NamedRecords), and [`to_batch`]
//! makes a record batch of a report's rows. `docs/scale.md` of the library says when an engine pays.

mod aggregate;
mod batch;
#[cfg(feature = "cluster")]
pub mod cluster;
mod fault;
mod literals;
mod parameter;
mod rates;
mod records;
mod register;
mod scalar;
mod sums;
mod whole;
mod window;

pub use aggregate::aggregate_functions;
pub use batch::to_batch;
pub use rates::scalar_functions;
pub use records::{RecordColumns, records};
pub use register::{register, register_in};
pub use window::window_functions;
