//! A count over a population, read per unit population.

mod given;
mod observation;
mod order;
mod per;
mod period;
mod period_text;
mod population;
mod proportion;
mod rate;
mod reading;
mod tally;

pub(crate) use given::Given;
pub use observation::{Observation, Reason};
pub use order::Order;
pub use per::Per;
pub use period::Period;
pub use population::Population;
pub use proportion::Proportion;
pub use rate::Rate;
pub use reading::Reading;
pub use tally::Tally;
