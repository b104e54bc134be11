//! The counts and populations of all areas, and what is done about areas whose figures mislead.

mod against;
mod area;
mod areas;
mod basis;
mod ends;
mod exposure;
mod held;
mod hints;
mod left_out;
mod level;
mod months;
mod notes;
mod nouns;
mod of_areas;
mod peers;
mod policies;
mod rounded;
mod row;
mod serialised;
mod similar;
mod small;
mod sums;
mod suspects;
mod table;
mod totals;

pub use area::Area;
pub(crate) use areas::{Areas, unknown};
pub use basis::Basis;
pub(crate) use basis::Part;
pub(crate) use exposure::times;
pub(crate) use hints::Hints;
pub use left_out::LeftOut;
pub(crate) use notes::share;
pub(crate) use nouns::Nouns;
pub(crate) use of_areas::of_areas;
pub use peers::PeerGroups;
pub(crate) use peers::{Groupings, Groups};
pub(crate) use policies::decision::Decision;
pub use policies::policy::Policy;
pub(crate) use policies::policy::instead_of;
pub use row::Row;
pub(crate) use similar::plain;
#[cfg(feature = "csv")]
pub(crate) use similar::unmarked;
pub(crate) use table::Given;
pub use table::Table;
